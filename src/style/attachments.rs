//! Where the note of attachments (附件说明) stands: GB/T 9704-2012 §7.3.4; and where attachments begin: §7.3.7.
//!
//! A blank line before the whole note; 附件： two characters from the left; further numbers under the first one; a name
//! that takes more than a line goes on under its own first character.

use super::StyledParagraph;
use super::width::width;
use crate::model::Role;
use crate::profile::Profile;
use crate::units::{Chars, Lines};

/// Sets the indents of every note, and the space before its paragraphs but the first.
pub(super) fn place(paragraphs: &mut [StyledParagraph]) {
    // Where the numbers of the note stand, in hundredths of a character from the left edge, when it has begun.
    let mut numbers: Option<i32> = None;
    for paragraph in paragraphs {
        if paragraph.role != Role::AttachmentNote {
            numbers = None;
            continue;
        }
        let (label, name) = paragraph.text.split_at(label_len(&paragraph.text));
        let style = &mut paragraph.style;
        if numbers.is_some() {
            style.space_before = Lines::ZERO;
        }
        let edge = style.indent_left.0 + style.first_line_indent.0;
        if label.is_empty() && numbers.is_none_or(|numbers| numbers == edge) {
            // No list: lines that say something else.
            numbers = numbers.or(Some(edge));
            continue;
        }
        let left = numbers.filter(|_| label.is_empty()).unwrap_or(edge);
        let label = width(label);
        numbers = Some(left + label);
        // Lines of the author's own stand under the number, since they begin with numbers themselves.
        let number = if name.contains('\n') {
            0
        } else {
            number_width(name)
        };
        style.indent_left = Chars(left + label + number);
        style.first_line_indent = Chars(-label - number);
    }
}

/// Lets the title of an attachment without a label, as issued texts are, begin it as the label would: on a page of its own
/// and at its place in the outline.
pub(super) fn begin(paragraphs: &mut [StyledParagraph], profile: &Profile) {
    let label = profile.element(Role::AttachmentLabel);
    for i in 1..paragraphs.len() {
        let below = matches!(
            paragraphs[i - 1].role,
            Role::AttachmentLabel | Role::AttachmentTitle
        );
        let title = &mut paragraphs[i];
        if title.role == Role::AttachmentTitle && !below {
            title.style.page_break_before = label.page_break_before;
            title.style.outline_level = label.outline_level;
        }
    }
}

/// The length of what a note begins with, 附件：, or each of its lines, 附件1：.
fn label_len(text: &str) -> usize {
    let rest = text
        .strip_prefix("附件")
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .and_then(|rest| rest.strip_prefix(['：', ':']));
    rest.map_or(0, |rest| text.len() - rest.len())
}

/// The width of the number before a name, with its point.
fn number_width(name: &str) -> i32 {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, name[digits..].chars().next()) {
        (1..=3, Some(point @ ('.' | '．'))) => width(&name[..digits + point.len_utf8()]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Indent of all lines, indent of the first beyond it, and space before.
    fn placed(texts: &[&str]) -> Vec<(i32, i32, i32)> {
        let profile = Profile::builtin("gb9704").unwrap();
        let mut paragraphs: Vec<StyledParagraph> = texts
            .iter()
            .map(|text| StyledParagraph::plain(Role::AttachmentNote, text, &profile))
            .collect();
        place(&mut paragraphs);
        paragraphs
            .iter()
            .map(|p| {
                (
                    p.style.indent_left.0,
                    p.style.first_line_indent.0,
                    p.style.space_before.0,
                )
            })
            .collect()
    }

    #[test]
    fn names_go_on_under_their_first_character() {
        // 附件： at 2, the name at 5.
        assert_eq!(placed(&["附件：森林防火工作安排"]), [(500, -300, 100)]);
    }

    #[test]
    fn numbers_stand_under_the_first_one() {
        // 附件： at 2, numbers at 5, names ¾ of a character further.
        assert_eq!(
            placed(&["附件：1.工作总结提纲", "2.完成情况表", "10.名单"]),
            [(575, -375, 100), (575, -75, 0), (625, -125, 0)]
        );
    }

    #[test]
    fn the_authors_lines_stand_under_the_number() {
        assert_eq!(
            placed(&["附件：1.工作总结提纲\n2.完成情况表"]),
            [(500, -300, 100)]
        );
    }

    #[test]
    fn a_title_without_a_label_begins_the_attachment() {
        let profile = Profile::builtin("gb9704").unwrap();
        let roles = [
            Role::Date,
            Role::AttachmentTitle,
            Role::Body,
            Role::AttachmentLabel,
            Role::AttachmentTitle,
        ];
        let mut paragraphs = roles.map(|role| StyledParagraph::plain(role, "检查表", &profile));
        begin(&mut paragraphs, &profile);
        let begun = paragraphs.map(|p| (p.style.page_break_before, p.style.outline_level));
        let no = (false, None);
        assert_eq!(
            begun,
            [no, (true, Some(1)), no, (true, Some(1)), (false, Some(2))]
        );
    }

    #[test]
    fn a_note_has_one_blank_line_before_it() {
        assert_eq!(
            placed(&["附件1：岗位表", "附件2：登记表"]),
            [(550, -350, 100), (550, -350, 0)]
        );
        assert_eq!(
            placed(&["附件:1.岗位表", "2.登记表"]),
            [(503, -303, 100), (503, -75, 0)]
        );
        assert_eq!(
            placed(&["另附名单一份", "另附图一张"]),
            [(0, 200, 100), (0, 200, 0)]
        );
    }

    #[test]
    fn other_notes_are_left_alone() {
        assert_eq!(placed(&["另附名单一份"]), [(0, 200, 100)]);
    }
}
