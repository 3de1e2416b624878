//! 版记: 抄送, 主送 when it stands there, 印发机关 and 印发日期 (GB/T 9704-2012 §7.4).
//!
//! What follows the text at the end of the document and belongs to 版记 is taken out of the flow; on which page it
//! comes to stand is for the layout to find.

use std::ops::Range;

use super::width::width;
use super::{Place, StyledParagraph};
use crate::model::Role;
use crate::profile::{Align, Profile};
use crate::units::{Chars, Lines};

/// Marks the elements of 版记 and sets their indents.
pub(super) fn place(paragraphs: &mut Vec<StyledParagraph>, profile: &Profile) {
    let start = paragraphs
        .iter()
        .rposition(|paragraph| !matches!(paragraph.role, Role::Cc | Role::Imprint))
        .map_or(0, |last| last + 1);
    // A document of nothing else is no 版记.
    if start == 0 {
        return;
    }
    for mut paragraph in paragraphs.split_off(start) {
        paragraph.place = Place::Imprint;
        paragraph.style.space_before = Lines::ZERO;
        paragraph.style.space_after = Lines::ZERO;
        match office_and_date(&paragraph.text).filter(|_| paragraph.role == Role::Imprint) {
            Some((office, date)) => {
                let mut printed = paragraph.part(date);
                printed.style.align = Align::Right;
                if !office.is_empty() {
                    let office = left(paragraph.part(office));
                    printed.beside = stand_beside(&office, &printed, profile);
                    paragraphs.push(office);
                }
                paragraphs.push(printed);
            }
            None => paragraphs.push(hanging(paragraph, profile)),
        }
    }
}

/// Between office and date on one line at least, in hundredths of a character.
const BETWEEN: i64 = 200;

/// Whether the date has room on the last line of the office (§7.4.3); else it stands on a line of its own.
fn stand_beside(office: &StyledParagraph, date: &StyledParagraph, profile: &Profile) -> bool {
    let style = &office.style;
    let size = style.character.size.to_emu().max(1);
    let indents = Chars(style.indent_left.0 + style.indent_right.0).times(profile.grid.char_pitch);
    let room = (profile.page.text_width() - indents).to_emu() * 100 / size;
    // Every full line of the office ends with a whole character.
    let last = i64::from(width(&office.text)) % (room - room % 100).max(100);
    last + BETWEEN + i64::from(width(&date.text)) <= room
}

fn left(mut paragraph: StyledParagraph) -> StyledParagraph {
    paragraph.style.align = Align::Left;
    paragraph
}

/// Further lines begin under the first character after 抄送：.
fn hanging(mut paragraph: StyledParagraph, profile: &Profile) -> StyledParagraph {
    let label = match paragraph.text.find('：') {
        Some(at) => paragraph.text[..at].chars().count() as i64 + 1,
        None => 0,
    };
    let style = &mut paragraph.style;
    if (1..=5).contains(&label) {
        // The label is set in characters of its own size.
        let grid = profile.grid.char_pitch.to_emu().max(1);
        let hang = (style.character.size.to_emu() * label * 100 / grid) as i32;
        style.indent_left = Chars(style.indent_left.0 + hang);
        style.first_line_indent = Chars(-hang);
    }
    paragraph
}

/// Where 印发机关 and 印发日期 stand in a line such as 青山县人民政府办公室　2024年1月5日印发.
fn office_and_date(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let trimmed = text.trim_end();
    if !trimmed.trim_end_matches('。').ends_with("印发") {
        return None;
    }
    let year = text.find('年')?;
    let digits = text[..year].bytes().rev().take_while(u8::is_ascii_digit).count();
    (digits == 4).then(|| {
        let date = year - digits;
        (0..text[..date].trim_end().len(), date..trimmed.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the date of 版记 stands beside its office.
    fn beside(text: &str) -> Vec<bool> {
        let profile = Profile::builtin("gb9704").unwrap();
        let body = StyledParagraph::plain(Role::Body, "正文。", &profile);
        let mut paragraphs = vec![body, StyledParagraph::plain(Role::Imprint, text, &profile)];
        place(&mut paragraphs, &profile);
        paragraphs[1..].iter().map(|paragraph| paragraph.beside).collect()
    }

    #[test]
    fn a_date_without_room_beside_the_office_has_its_own_line() {
        // 29.3 characters of 4号 fit a line; the date takes nine.
        let office = |count: usize| format!("{}\u{3000}2026年11月25日印发", "局".repeat(count));
        assert_eq!(beside(&office(18)), [false, true]);
        assert_eq!(beside(&office(19)), [false, false]);
        assert_eq!(
            beside(&office(29 + 18)),
            [false, true],
            "beside the last of its lines"
        );
        assert_eq!(beside("2026年11月25日印发"), [false]);
    }
}
