//! 出席, 请假 and 列席 of minutes (GB/T 9704-2012 §10.3): the label in its own face, names going on below their first.

use super::{StyledParagraph, StyledRun};
use crate::model::Role;
use crate::profile::{CharacterStyle, Profile};
use crate::units::{Chars, Lines};

/// How the paragraphs begin.
const LABELS: [&str; 4] = ["出席", "请假", "列席", "缺席"];

/// Sets them; the first has a blank line before it.
pub(super) fn place(paragraphs: &mut [StyledParagraph], profile: &Profile) {
    let mut inside = false;
    for paragraph in paragraphs {
        let label = (paragraph.role == Role::Body)
            .then(|| label_len(&paragraph.text))
            .flatten();
        let Some(label) = label else {
            inside = false;
            continue;
        };
        let of_label = CharacterStyle {
            font: profile.attendance.label_font,
            ..paragraph.style.character
        };
        paragraph.runs = vec![
            StyledRun {
                len: label,
                character: of_label,
                lead: None,
            },
            StyledRun {
                len: paragraph.text.len() - label,
                character: paragraph.style.character,
                lead: None,
            },
        ];
        let style = &mut paragraph.style;
        let hang = paragraph.text[..label].chars().count() as i32 * 100;
        style.indent_left = Chars(style.indent_left.0 + style.first_line_indent.0 + hang);
        style.first_line_indent = Chars(-hang);
        style.space_before = if inside {
            Lines::ZERO
        } else {
            profile.attendance.space_before
        };
        inside = true;
    }
}

/// The length of 出席： when a paragraph begins with it and goes on.
fn label_len(text: &str) -> Option<usize> {
    let label = LABELS.iter().find(|label| text.starts_with(**label))?;
    let rest = text[label.len()..].trim_start_matches(['人', '员']);
    let colon = rest.chars().next().filter(|c| matches!(c, '：' | ':'))?;
    let len = text.len() - rest.len() + colon.len_utf8();
    (len < text.len()).then_some(len)
}
