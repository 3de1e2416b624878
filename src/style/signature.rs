//! Where signature (署名) and date (成文日期) stand: GB/T 9704-2012 §7.3.5, in its three cases.
//!
//! Without a seal, the signature ends two characters from the right edge and the date begins two characters to the right
//! of the signature's first character; when the date is the longer one, it ends two characters from the edge instead and
//! the signature moves left. With a seal, the date ends four characters from the edge, the name above is centred on it,
//! and room is left for the seal; names of several organs stand in rows, each with room for its own. With a stamp, the
//! name stands for the stamp: four characters from the edge, the office two characters before it.
//!
//! Organs that share a line of the text are one name each. A name longer than a line is set in lines of about one length
//! that end between words.

use std::ops::Range;

use super::StyledParagraph;
use super::width::width;
use crate::model::{Role, SignatureCase};
use crate::parse::is_organ;
use crate::profile::{Align, Profile};
use crate::units::{Chars, Lines};
use crate::words::word_starts;

/// What a folded name has besides its longest line, so that no rounding breaks that one, in hundredths of a character.
const SPARE: i32 = 10;

/// Sets the places of every run of signatures and dates.
pub(super) fn place(paragraphs: &mut Vec<StyledParagraph>, profile: &Profile, case: SignatureCase) {
    if case != SignatureCase::Stamp {
        part_organs(paragraphs);
    }
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

/// Makes a signature of each organ of a line (§7.3.5.1, §7.3.5.2).
fn part_organs(paragraphs: &mut Vec<StyledParagraph>) {
    if !paragraphs
        .iter()
        .any(|p| p.role == Role::Signature && organs(&p.text).len() > 1)
    {
        return;
    }
    for paragraph in std::mem::take(paragraphs) {
        match organs(&paragraph.text) {
            organs if paragraph.role == Role::Signature && organs.len() > 1 => {
                paragraphs.extend(organs.into_iter().map(|organ| paragraph.part(organ)));
            }
            _ => paragraphs.push(paragraph),
        }
    }
}

/// Where the names of organs stand in a line in which nothing else stands, parted by a full-width blank or several others.
fn organs(text: &str) -> Vec<Range<usize>> {
    let is_wide_blank = |at: &usize| {
        let rest = &text[*at..];
        rest.starts_with(['\u{3000}', '\t']) || rest.starts_with("  ")
    };
    let mut organs = Vec::new();
    let mut start = 0;
    loop {
        let mut places = text[start..].char_indices().map(|(at, _)| start + at);
        let end = places.find(is_wide_blank).unwrap_or(text.len());
        let organ = &text[start..end];
        let rest = text[end..].trim_start();
        if !is_organ(organ) {
            return Vec::new();
        }
        organs.push(start..start + organ.trim_end().len());
        if rest.is_empty() {
            return organs;
        }
        start = text.len() - rest.len();
    }
}

/// The width of the widest paragraph of a role, when no line is wider than `room`.
fn widest(block: &[StyledParagraph], role: Role, room: i32) -> Option<i32> {
    block
        .iter()
        .filter(|p| p.role == role)
        .map(|p| set_width(&p.text, room))
        .max()
}

/// The width of the widest line of a text whose lines are no wider than `room`: those that are get folded.
fn set_width(text: &str, room: i32) -> i32 {
    let widest = line_width(text);
    if widest <= room {
        widest
    } else {
        folded(text, room)
    }
}

fn line_width(text: &str) -> i32 {
    text.lines().map(width).max().unwrap_or(0)
}

/// The narrowest measure in which a text takes no more lines than it must, each filled, and none ends inside a word; if
/// there is none such, the narrowest at all.
fn folded(text: &str, room: i32) -> i32 {
    const STEP: usize = 50;
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let starts: Vec<Vec<bool>> = lines.iter().map(|line| word_starts(line)).collect();
    // How many lines there are in a measure, and whether all break between words.
    let fold = |measure: i32| {
        let mut count = 0;
        let mut whole = true;
        for (line, starts) in lines.iter().zip(&starts) {
            let mut used = 0;
            count += 1;
            for (c, starts_word) in line.iter().zip(starts) {
                let own = width(c.encode_utf8(&mut [0; 4]));
                if used > 0 && used + own > measure {
                    count += 1;
                    whole &= starts_word;
                    used = 0;
                }
                used += own;
            }
        }
        (count, whole)
    };
    let (count, _) = fold(room);
    let narrow = (width(text) / count.max(1)).min(room);
    let mut measures = (narrow..room)
        .step_by(STEP)
        .filter(|measure| fold(*measure).0 == count);
    let first = measures.clone().next();
    measures
        .find(|measure| fold(*measure).1)
        .or(first)
        .unwrap_or(room)
}

/// Sets the right indent, as far as there is room; a name that is folded is set from the left.
fn set_right(paragraph: &mut StyledParagraph, right: i32, room: i32, profile: &Profile) {
    let full = profile.grid.chars as i32 * 100;
    let own = set_width(&paragraph.text, room);
    let right = right.min((full - own).max(0));
    if own < line_width(&paragraph.text) {
        set_left(paragraph, full - right - own, own, profile);
    } else {
        paragraph.style.indent_right = Chars(right);
    }
}

/// Sets a text of the width `own` so far from the left.
fn set_left(paragraph: &mut StyledParagraph, left: i32, own: i32, profile: &Profile) {
    let full = profile.grid.chars as i32 * 100;
    let left = left.max(0);
    let style = &mut paragraph.style;
    style.align = Align::Left;
    style.indent_left = Chars(left);
    style.indent_right = if own < line_width(&paragraph.text) {
        Chars((full - left - own - SPARE).max(0))
    } else {
        Chars::ZERO
    };
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
    let room = profile.grid.chars as i32 * 100 - edge;
    let of = |role| widest(block, role, room);
    let (name_right, date_right) = match (of(Role::Signature), of(Role::Date)) {
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
        set_right(paragraph, right, room, profile);
    }
    set_space(block, profile.element(Role::Signature).space_before);
}

fn sealed(block: &mut [StyledParagraph], profile: &Profile) {
    let zone = &profile.signature;
    let full = profile.grid.chars as i32 * 100;
    let date = widest(block, Role::Date, full).unwrap_or(0);
    let name = widest(block, Role::Signature, full).unwrap_or(0);
    // The middle of the last name and of the date, from the right edge: further left where the name needs the room.
    let middle = (zone.seal_right.0 + date / 2).max(name / 2).min(full / 2);
    set_space(block, zone.seal_room);
    for paragraph in block.iter_mut() {
        let own = set_width(&paragraph.text, full);
        set_right(paragraph, (middle - own / 2).max(0), full, profile);
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
    let full = profile.grid.chars as i32 * 100;
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
            let own = set_width(&name.text, full);
            set_left(name, middle - own / 2, own, profile);
            name.beside = place > 0;
            if number > 0 {
                name.style.space_before = if place == 0 { between } else { Lines::ZERO };
            }
        }
    }
}

fn stamped(block: &mut [StyledParagraph], profile: &Profile) {
    let zone = &profile.signature;
    let room = profile.grid.chars as i32 * 100 - zone.stamp_right.0;
    set_space(block, zone.stamp_room);
    for paragraph in block.iter_mut() {
        if paragraph.role == Role::Signature {
            part_office(paragraph, zone.stamp_gap);
        } else {
            paragraph.style.space_before = zone.stamp_date_gap;
        }
        set_right(paragraph, zone.stamp_right.0, room, profile);
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
    fn organs_on_one_line_are_a_name_each() {
        let names = |case, line| -> Vec<String> {
            let placed = placed(case, &[(Role::Signature, line), (Role::Date, "2024年1月5日")]);
            placed.into_iter().map(|p| p.text).collect()
        };
        let parted = ["中共青山县委", "青山县人民政府", "2024年1月5日"];
        for case in [SignatureCase::Seal, SignatureCase::None] {
            assert_eq!(names(case, "中共青山县委\u{3000}青山县人民政府"), parted);
            assert_eq!(names(case, "中共青山县委    青山县人民政府"), parted);
        }
        // One blank may stand inside a name, and a name stands with its office.
        for line in [
            "中共青山县委 办公室",
            "县长\u{3000}\u{3000}周明远",
            "青山县\u{3000}人民政府",
        ] {
            assert_eq!(names(SignatureCase::Seal, line), [line, "2024年1月5日"]);
        }
    }

    #[test]
    fn a_name_longer_than_a_line_is_folded_between_words() {
        let long = "云溪县推动长江经济带发展暨生态环境突出问题整改工作领导小组办公室";
        let lines = [(Role::Signature, long), (Role::Date, "2026年1月24日")];
        let placed = placed(SignatureCase::None, &lines);
        // 云溪县…生态环境突出问题 are 17… characters wide, and end two from the edge.
        let name = &placed[0].style;
        assert_eq!(name.align, Align::Left);
        let measure = 2800 - name.indent_left.0 - name.indent_right.0;
        assert_eq!((name.indent_left.0, measure), (900, 1710));
        // The date begins two characters right of the name.
        assert_eq!(2800 - placed[1].style.indent_right.0 - 650, 1100);
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
