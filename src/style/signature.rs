//! Where signature (署名) and date (成文日期) stand: GB/T 9704-2012 §7.3.5.2, the case without a seal.
//!
//! The signature ends two characters from the right edge. The date begins two characters to the right of the
//! signature's first character; when that would bring it closer than two characters to the edge because it is the longer
//! one, the date ends two characters from the edge instead and the signature moves left.

use super::StyledParagraph;
use crate::model::Role;
use crate::profile::Profile;
use crate::units::{Chars, Lines};

/// Blank to the right of the signature, and shift of the date against the signature.
const TWO: i32 = 200;

/// Sets the right indents of every run of signatures followed by a date.
pub(super) fn place(paragraphs: &mut [StyledParagraph], profile: &Profile) {
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
        place_block(&mut paragraphs[start..start + len], profile);
        start += len;
    }
}

fn place_block(block: &mut [StyledParagraph], profile: &Profile) {
    let name = block
        .iter()
        .filter(|p| p.role == Role::Signature)
        .map(|p| width(&p.text))
        .max();
    let date = block
        .iter()
        .filter(|p| p.role == Role::Date)
        .map(|p| width(&p.text))
        .max();
    let (name_right, date_right) = match (name, date) {
        (Some(name), Some(date)) if date > name => (TWO + (date - name) + TWO, TWO),
        // The date's right edge lies |date| − 2 to the right of the name's left edge.
        (Some(name), Some(date)) => (TWO, (name - date).max(0)),
        _ => (TWO, TWO),
    };
    let space = profile.element(Role::Signature).space_before;
    for (i, paragraph) in block.iter_mut().enumerate() {
        let right = if paragraph.role == Role::Date {
            date_right
        } else {
            name_right
        };
        let room = profile.grid.chars as i32 * 100 - width(&paragraph.text);
        paragraph.style.indent_right = Chars(right.min(room.max(0)));
        paragraph.style.space_before = if i == 0 { space } else { Lines::ZERO };
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
    use crate::profile::Profile;
    use crate::source::Span;

    fn indents(lines: &[(Role, &str)]) -> Vec<i32> {
        let profile = Profile::builtin("gb9704").unwrap();
        let mut paragraphs: Vec<StyledParagraph> = lines
            .iter()
            .map(|(role, text)| StyledParagraph {
                role: *role,
                style: *profile.element(*role),
                text: (*text).to_owned(),
                runs: Vec::new(),
                table: None,
                turned: false,
                span: Span::default(),
            })
            .collect();
        place(&mut paragraphs, &profile);
        paragraphs.iter().map(|p| p.style.indent_right.0).collect()
    }

    #[test]
    fn date_begins_two_characters_right_of_the_signature() {
        // Nine characters, and a date of six: name from 17 to 26, date from 19 to 25.
        assert_eq!(
            indents(&[
                (Role::Signature, "青山县人民政府办公"),
                (Role::Date, "2024年1月5日")
            ]),
            [200, 300]
        );
    }

    #[test]
    fn a_longer_date_moves_the_signature_left() {
        // Name 3, date 7 characters: date from 19 to 26, name from 17 to 20.
        assert_eq!(
            indents(&[(Role::Signature, "县政府"), (Role::Date, "2024年12月25日")]),
            [800, 200]
        );
    }

    #[test]
    fn a_lone_date_ends_two_characters_from_the_edge() {
        assert_eq!(indents(&[(Role::Date, "2024年1月5日")]), [200]);
    }
}
