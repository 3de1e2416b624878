//! Where signature (署名) and date (成文日期) stand: GB/T 9704-2012 §7.3.5, in its three cases.
//!
//! Without a seal, the signature ends two characters from the right edge and the date begins two characters to the right
//! of the signature's first character; when the date is the longer one, it ends two characters from the edge instead and
//! the signature moves left. With a seal, the date ends four characters from the edge, the name above is centred on it,
//! and room is left for the seal; names of several organs stand in rows, each with room for its own. With a stamp, the
//! name stands for the stamp: four characters from the edge, the office two characters before it.

use super::StyledParagraph;
use crate::model::{Role, SignatureCase};
use crate::profile::{Align, Profile};
use crate::units::{Chars, Lines};

/// Sets the places of every run of signatures and dates.
pub(super) fn place(paragraphs: &mut [StyledParagraph], profile: &Profile, case: SignatureCase) {
    let mut start = 0;
    while start < paragraphs.len() {
        if !matches!(paragraphs[start].role, Role::Signature | Role::Date) {
            start += 1;
            continue;
        }
        let len = paragraphs[start..]
            .iter()
            .take_while(|p| matches!(p.role, Role::Signature | Role::Date))
            .count();
        take_text_along(&mut paragraphs[..start]);
        // 附注 stands below the date, and alone on a page it would be no less odd than a signature.
        let note_follows = paragraphs
            .get(start + len)
            .is_some_and(|next| next.role == Role::Note);
        paragraphs[start + len - 1].style.keep_with_next |= note_follows;
        let block = &mut paragraphs[start..start + len];
        match case {
            SignatureCase::None => plain(block, profile),
            SignatureCase::Seal => sealed(block, profile),
            SignatureCase::Stamp => stamped(block, profile),
        }
        start += len;
    }
}

/// The last paragraph of text stays with the signature, which never stands alone on a page (§7.3.5.5).
fn take_text_along(above: &mut [StyledParagraph]) {
    for paragraph in above.iter_mut().rev() {
        paragraph.style.keep_with_next = true;
        if paragraph.role != Role::AttachmentNote {
            return;
        }
    }
}

fn widest(block: &[StyledParagraph], role: Role) -> Option<i32> {
    block
        .iter()
        .filter(|p| p.role == role)
        .map(|p| width(&p.text))
        .max()
}

/// Sets the right indent, as far as there is room.
fn set_right(paragraph: &mut StyledParagraph, right: i32, profile: &Profile) {
    let room = profile.grid.chars as i32 * 100 - width(&paragraph.text);
    paragraph.style.indent_right = Chars(right.min(room.max(0)));
}

/// Blank lines before the first paragraph, none before the others.
fn set_space(block: &mut [StyledParagraph], first: Lines) {
    for (i, paragraph) in block.iter_mut().enumerate() {
        paragraph.style.space_before = if i == 0 { first } else { Lines::ZERO };
    }
}

fn plain(block: &mut [StyledParagraph], profile: &Profile) {
    let zone = &profile.signature;
    let (edge, shift) = (zone.plain_right.0, zone.plain_shift.0);
    let (name_right, date_right) = match (widest(block, Role::Signature), widest(block, Role::Date)) {
        (Some(name), Some(date)) if date > name => (edge + (date - name) + shift, edge),
        // The date's right edge lies |date| + shift to the right of the name's left edge.
        (Some(name), Some(date)) => (edge, (edge + name - shift - date).max(0)),
        _ => (edge, edge),
    };
    for paragraph in block.iter_mut() {
        let right = if paragraph.role == Role::Date {
            date_right
        } else {
            name_right
        };
        set_right(paragraph, right, profile);
    }
    set_space(block, profile.element(Role::Signature).space_before);
}

fn sealed(block: &mut [StyledParagraph], profile: &Profile) {
    let zone = &profile.signature;
    let full = profile.grid.chars as i32 * 100;
    let date = widest(block, Role::Date).unwrap_or(0);
    let name = widest(block, Role::Signature).unwrap_or(0);
    // The middle of the last name and of the date, from the right edge: further left where the name needs the room.
    let middle = (zone.seal_right.0 + date / 2).max(name / 2).min(full / 2);
    set_space(block, zone.seal_room);
    for paragraph in block.iter_mut() {
        let own = width(&paragraph.text);
        set_right(paragraph, (middle - own / 2).max(0), profile);
    }
    let names = block
        .iter()
        .take_while(|paragraph| paragraph.role == Role::Signature)
        .count();
    if names > 1 {
        in_rows(&mut block[..names], profile, full - middle, name);
    }
}

/// Sets names in rows, so that a seal on each touches no other; the last name has its middle at `last` from the left.
fn in_rows(names: &mut [StyledParagraph], profile: &Profile, last: i32, widest: i32) {
    let zone = &profile.signature;
    let step = zone.seal_step.0.max(widest + 100).max(1);
    let columns = 1 + ((last - zone.seal_step.0 / 2).max(0) / step) as usize;
    // From row to row as far as from seal to seal.
    let pitch = profile.grid.line_pitch;
    let between = zone.seal_step.times(profile.grid.char_pitch) - pitch;
    let between = Lines((between.to_emu().max(0) * 100 / pitch.to_emu().max(1)) as i32);
    for (number, row) in names.chunks_mut(columns).enumerate() {
        let count = row.len();
        for (place, name) in row.iter_mut().enumerate() {
            let middle = last - step * (count - 1 - place) as i32;
            name.style.align = Align::Left;
            name.style.indent_right = Chars::ZERO;
            name.style.indent_left = Chars((middle - width(&name.text) / 2).max(0));
            name.beside = place > 0;
            if number > 0 {
                name.style.space_before = if place == 0 { between } else { Lines::ZERO };
            }
        }
    }
}

fn stamped(block: &mut [StyledParagraph], profile: &Profile) {
    let zone = &profile.signature;
    set_space(block, zone.stamp_room);
    for paragraph in block.iter_mut() {
        if paragraph.role == Role::Signature {
            part_office(paragraph, zone.stamp_gap);
        } else {
            paragraph.style.space_before = zone.stamp_date_gap;
        }
        set_right(paragraph, zone.stamp_right.0, profile);
    }
}

/// Makes the blank between office and name so many characters wide.
fn part_office(paragraph: &mut StyledParagraph, gap: Chars) {
    let text = paragraph.text.trim_end();
    let Some(end) = text.find(char::is_whitespace) else {
        return;
    };
    let name = text[end..].trim_start();
    // 张　明 without an office.
    if text[..end].chars().count() < 2 {
        return;
    }
    let blanks = "\u{3000}".repeat((gap.0 / 100).max(1) as usize);
    let parted = format!("{}{blanks}{name}", &text[..end]);
    if let [run] = paragraph.runs.as_mut_slice() {
        run.len = parted.len();
        paragraph.text = parted;
    }
}

/// Width in hundredths of a character: full-width characters one, others (digits, Latin, blanks) half.
fn width(text: &str) -> i32 {
    text.lines()
        .map(|line| {
            line.chars()
                .map(|c| if (c as u32) < 0x2000 { 50 } else { 100 })
                .sum()
        })
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(case: SignatureCase, lines: &[(Role, &str)]) -> Vec<StyledParagraph> {
        let profile = Profile::builtin("gb9704").unwrap();
        let mut paragraphs: Vec<StyledParagraph> = lines
            .iter()
            .map(|(role, text)| StyledParagraph::plain(*role, text, &profile))
            .collect();
        place(&mut paragraphs, &profile, case);
        paragraphs
    }

    fn indents(case: SignatureCase, lines: &[(Role, &str)]) -> Vec<i32> {
        let placed = placed(case, lines);
        placed.iter().map(|p| p.style.indent_right.0).collect()
    }

    #[test]
    fn a_note_stays_with_the_date() {
        let lines = [
            (Role::Body, "请予支持。"),
            (Role::Signature, "县发展和改革局"),
            (Role::Date, "2026年5月6日"),
            (Role::Note, "（联系人：何文）"),
        ];
        let keeps = |lines: &[(Role, &str)]| placed(SignatureCase::None, lines)[2].style.keep_with_next;
        assert!(keeps(&lines));
        assert!(!keeps(&lines[..3]));
    }

    #[test]
    fn date_begins_two_characters_right_of_the_signature() {
        // Nine characters, and a date of six: name from 17 to 26, date from 19 to 25.
        assert_eq!(
            indents(
                SignatureCase::None,
                &[
                    (Role::Signature, "青山县人民政府办公"),
                    (Role::Date, "2024年1月5日")
                ]
            ),
            [200, 300]
        );
    }

    #[test]
    fn a_longer_date_moves_the_signature_left() {
        // Name 3, date 7 characters: date from 19 to 26, name from 17 to 20.
        assert_eq!(
            indents(
                SignatureCase::None,
                &[(Role::Signature, "县政府"), (Role::Date, "2024年12月25日")]
            ),
            [800, 200]
        );
    }

    #[test]
    fn a_lone_date_ends_two_characters_from_the_edge() {
        assert_eq!(
            indents(SignatureCase::None, &[(Role::Date, "2024年1月5日")]),
            [200]
        );
    }

    #[test]
    fn a_name_under_a_seal_is_centred_on_the_date() {
        // The date of 6 ends 4 from the edge, its middle is 7 from it; a name of 7 ends 3½ from the edge.
        let block = [(Role::Signature, "青山县人民政府"), (Role::Date, "2024年1月5日")];
        assert_eq!(indents(SignatureCase::Seal, &block), [350, 400]);
        // A name of 18 would reach over the edge: both move left, still centred on each other.
        let long = [
            (Role::Signature, "青山县退役军人服务保障工作联席会议办公"),
            (Role::Date, "2024年1月5日"),
        ];
        assert_eq!(indents(SignatureCase::Seal, &long), [0, 650]);
    }

    #[test]
    fn names_under_seals_stand_in_rows_without_touching() {
        let names = [
            (Role::Signature, "甲县财政局"),
            (Role::Signature, "甲县教育局"),
            (Role::Signature, "甲县审计局"),
            (Role::Signature, "甲县民政局"),
            (Role::Date, "2024年1月5日"),
        ];
        let placed = placed(SignatureCase::Seal, &names);
        // Middles at 5, 13 and 21 of 28: eight characters, 44.6 mm, from seal to seal of 42 mm.
        let middles: Vec<i32> = placed[..4].iter().map(|p| p.style.indent_left.0 + 250).collect();
        assert_eq!(middles, [500, 1300, 2100, 2100]);
        let beside: Vec<bool> = placed.iter().map(|p| p.beside).collect();
        assert_eq!(beside, [false, true, true, false, false]);
        assert_eq!(placed[4].style.indent_right.0 + 300, 700);
    }

    #[test]
    fn an_office_stands_two_characters_before_the_stamp() {
        let profile = Profile::builtin("gb9704").unwrap();
        let text = "县长 周明远";
        let mut paragraphs = vec![StyledParagraph::plain(Role::Signature, text, &profile)];
        place(&mut paragraphs, &profile, SignatureCase::Stamp);
        assert_eq!(paragraphs[0].text, "县长\u{3000}\u{3000}周明远");
        assert_eq!(paragraphs[0].style.indent_right, Chars::whole(4));
        assert_eq!(paragraphs[0].style.space_before, Lines(200));
    }
}
