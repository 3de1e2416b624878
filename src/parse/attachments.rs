//! Attachments (附件) below the text: label, title, and a body of their own with its own numbering.

use super::body;
use super::draft::Draft;
use super::marks::{self, End};
use super::shape;
use super::tail;
use super::vocabulary;
use crate::model::Role;

/// Where the attachments begin in paragraphs `start..`: the first label 附件, 附件1 on a line of its own that stands
/// below the text. Labels in the first third of a text without a signature above them are words of the text.
pub(super) fn find(draft: &Draft<'_>, start: usize) -> Option<usize> {
    let len = draft.len();
    let mut signed = false;
    for index in start..len {
        if !draft.is_open(index) {
            signed |= matches!(draft.role(index), Some(Role::AttachmentLabel));
            if draft.role(index) == Some(Role::AttachmentLabel) {
                return Some(index);
            }
            continue;
        }
        let text = marks::trim(draft.text(index));
        if super::date::is_whole(shape::without_outer_brackets(text)) {
            signed = true;
        }
        let labelled = shape::is_attachment_label(text) && !text.ends_with(['：', ':'])
            || signed && shape::is_attachment_label(text);
        if labelled && (signed || (index - start) * 3 >= len - start) {
            return Some(index);
        }
        // 附件1　名称 on one line, below the signature.
        if signed
            && draft.facts[index].end == End::Open
            && draft.facts[index].count <= 60
            && labelled_title(text)
        {
            return Some(index);
        }
    }
    None
}

/// Whether `text` is a label with the title after it: 附件1：任务分工表.
fn labelled_title(text: &str) -> bool {
    shape::attachment_label(text).is_some_and(|len| !text[len..].trim().is_empty())
}

/// Reads the attachments from paragraph `start` on.
pub(super) fn read(draft: &mut Draft<'_>, start: usize) {
    let labels: Vec<usize> = (start..draft.len())
        .filter(|&index| {
            let text = draft.text(index).trim();
            match draft.role(index) {
                Some(role) => role == Role::AttachmentLabel,
                None => {
                    index == start
                        || shape::is_attachment_label(text)
                        || labelled_title(text)
                            && draft.facts[index].count <= 60
                            && draft.facts[index].end == End::Open
                }
            }
        })
        .collect();
    for (place, &label) in labels.iter().enumerate() {
        let end = labels.get(place + 1).copied().unwrap_or(draft.len());
        draft.decide(
            label,
            Role::AttachmentLabel,
            "正文之后单独成行的“附件”",
            "附件 on a line of its own below the text",
        );
        let text = read_title(draft, label + 1, end);
        read_parts(draft, text, end);
        body::read(draft, text, end);
    }
}

/// Reads the title of an attachment: the short lines below its label. Returns where its text begins.
fn read_title(draft: &mut Draft<'_>, start: usize, end: usize) -> usize {
    let mut first = true;
    let mut index = start;
    while index < end && index < start + 5 {
        if !draft.is_open(index) {
            index += 1;
            continue;
        }
        let facts = &draft.facts[index];
        let text = facts.text.trim();
        let plain = facts.end == End::Open
            && facts.ordinal.is_none()
            && facts.count <= 60
            && !shape::is_doc_number(text)
            && !super::date::is_whole(text);
        let complete = !first && index > start && vocabulary::ends_with_kind(draft.text(index - 1));
        if !plain || complete || shape::is_address(text) || shape::is_label(text) {
            break;
        }
        // A second line belongs to the title only when something follows that is no title.
        let next_runs = index + 1 < end && draft.is_open(index + 1);
        if !first && !next_runs {
            break;
        }
        draft.decide(
            index,
            Role::AttachmentTitle,
            "附件顺序号下面的短行",
            "a short line below the attachment's label",
        );
        if !first {
            draft.continue_block(index);
        }
        first = false;
        index += 1;
        if index < end && draft.is_open(index) && !continues(draft, index - 1, index) {
            break;
        }
    }
    index
}

/// Whether the line `index` goes on with the title that the line `last` began.
fn continues(draft: &Draft<'_>, last: usize, index: usize) -> bool {
    let (above, below) = (draft.text(last), draft.text(index));
    draft.paragraphs[index].blanks_before <= 1
        && !vocabulary::ends_with_kind(above)
        && (vocabulary::is_organ(above) || vocabulary::ends_with_kind(below))
}

/// Reads the parts that an attachment, often a document itself, may have: number, recipient, closing, signature, date.
fn read_parts(draft: &mut Draft<'_>, start: usize, end: usize) {
    for index in start..end {
        if !draft.is_open(index) {
            continue;
        }
        let text = draft.text(index).trim().to_owned();
        if shape::is_doc_number(&text) && index < start + 3 {
            draft.decide(
                index,
                Role::DocNumber,
                "发文字号的形式：代字、年份、序号",
                "the form of a document number",
            );
        } else if index < start + 4 && matches!(shape::address(&text), Some(shape::Address::Organs)) {
            draft.decide(
                index,
                Role::Recipient,
                "正文之前，机关名称加冒号",
                "organs with a colon before the text",
            );
        } else {
            break;
        }
    }
    tail::read(draft, start, end);
}
