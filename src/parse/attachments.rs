//! Attachments (附件) below the text: label, title, and a body of their own with its own numbering. The text that a
//! document issues (印发, 公布) is one too, though it has no label.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::body;
use super::draft::Draft;
use super::marks::{self, End};
use super::ordinal::Form;
use super::shape;
use super::tail;
use super::vocabulary;
use crate::model::Role;

/// No title of an attachment is longer, in characters.
const LONGEST_TITLE: usize = 60;
/// No remark in brackets below a title is longer, in characters.
const LONGEST_REMARK: usize = 14;
/// No list of attachments is longer, in paragraphs.
const LONGEST_LIST: usize = 60;

/// Where the attachments begin in paragraphs `start..`: the first label 附件, 附件1 on a line of its own that stands
/// below the text, or the title of a text that the document issues. Labels in the first third of a text without a
/// signature above them are words of the text.
pub(super) fn find(draft: &Draft<'_>, start: usize) -> Option<usize> {
    let len = draft.len();
    let mut signed = false;
    let mut named = BTreeSet::new();
    let mut named_until = 0;
    for index in start..len {
        if !draft.is_open(index) {
            if matches!(
                draft.role(index),
                Some(Role::AttachmentLabel | Role::AttachmentTitle)
            ) {
                return Some(index);
            }
            continue;
        }
        let text = marks::trim(draft.text(index));
        if super::date::is_whole(shape::without_outer_brackets(text)) {
            signed = true;
        }
        if tail::is_signed_date(draft, index) {
            named.extend((named_until..index).flat_map(|above| book_titles(draft.text(above))));
            named_until = index;
            if let Some(title) = issued_title(draft, index + 1, &named) {
                return Some(title);
            }
        }
        if signed && is_note(draft, index) {
            continue;
        }
        let labelled = shape::is_attachment_label(text) && !text.ends_with(['：', ':'])
            || signed && (shape::is_attachment_label(text) || shape::is_table_label(text));
        if labelled && (signed || (index - start) * 3 >= len - start) {
            return Some(index);
        }
        // 附件1　名称 on one line, below the signature.
        if signed && is_labelled_title(draft, index) {
            return Some(index);
        }
    }
    None
}

/// The names in 《》 in `text`, without blanks.
fn book_titles(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split('《')
        .skip(1)
        .filter_map(|rest| rest.split_once('》'))
        .map(|(name, _)| marks::without_blanks(name))
}

/// The title of the text that a document issues, below the signed date above paragraph `from`: a short line that the
/// text above names in 《》, or one that ends as the titles of such texts do or stands above a table, with text below it.
fn issued_title(draft: &Draft<'_>, from: usize, named: &BTreeSet<Cow<'_, str>>) -> Option<usize> {
    let remark = |index: &usize| draft.is_open(*index) && shape::in_brackets(draft.text(*index));
    let index = from + (from..draft.len()).take_while(remark).count();
    let is_line = |index: usize| {
        index < draft.len()
            && draft.is_open(index)
            && is_title_line(draft, index)
            && !tail::is_imprint_line(draft.text(index))
    };
    if index + 1 >= draft.len() || !is_line(index) {
        return None;
    }
    let text = draft.text(index);
    let ends = |index: usize| {
        let text = draft.text(index);
        vocabulary::ends_with_kind(text) && !vocabulary::ends_with_spoken_kind(text)
    };
    let ends_as_title =
        || ends(index) || is_line(index + 1) && continues(draft, index, index + 1) && ends(index + 1);
    let above_table = || {
        (index + 1..draft.len())
            .take(2)
            .any(|below| draft.role(below) == Some(Role::Table))
    };
    let labelled = text.contains(['：', ':']) || shape::attachment_label(text).is_some();
    let is_title = || named.contains(&*marks::without_blanks(text)) || ends_as_title() || above_table();
    (!labelled && is_title()).then_some(index)
}

/// Whether paragraph `index` is a label with the title after it: 附件1：任务分工表.
fn is_labelled_title(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    let text = marks::trim(&facts.text);
    facts.end == End::Open
        && facts.count <= LONGEST_TITLE
        && shape::attachment_label(text).is_some_and(|len| !text[len..].trim().is_empty())
}

/// Whether paragraph `index`, below the date, is 附件说明 all the same: it begins with 附件：, and there is no text below
/// the names that it lists.
fn is_note(draft: &Draft<'_>, index: usize) -> bool {
    let is_item = |index: usize| {
        let facts = &draft.facts[index];
        tail::is_attachment_note(&facts.text)
            || facts.end == End::Open
                && facts.count <= LONGEST_TITLE
                && facts.ordinal.is_some_and(|ordinal| ordinal.form == Form::Arabic)
    };
    if !tail::is_attachment_note(draft.text(index)) {
        return false;
    }
    let reach = draft.len().min(index + LONGEST_LIST);
    let below = (index + 1..reach).find(|&below| match draft.role(below) {
        Some(role) => !matches!(role, Role::Other | Role::Note | Role::Cc | Role::Imprint),
        None => !is_item(below),
    });
    let lists = |end: usize| !shape::is_attachment_label(draft.text(index)) || end > index + 1;
    match below {
        None => lists(draft.len()),
        Some(below) => {
            let text = draft.text(below);
            lists(below)
                && (draft.role(below) == Some(Role::AttachmentLabel)
                    || shape::is_attachment_label(text)
                    || shape::in_brackets(text)
                    || tail::is_imprint_line(text))
        }
    }
}

/// Reads the attachments from paragraph `start` on.
pub(super) fn read(draft: &mut Draft<'_>, start: usize) {
    let tables = shape::is_table_label(draft.text(start).trim());
    let begins: Vec<usize> = (start..draft.len())
        .filter(|&index| {
            index == start
                || is_label(draft, index)
                || tables && shape::is_table_label(draft.text(index).trim())
                || begins_with_title(draft, index)
        })
        .collect();
    for (place, &begin) in begins.iter().enumerate() {
        let end = begins.get(place + 1).copied().unwrap_or(draft.len());
        let title = if is_label(draft, begin) || shape::is_table_label(draft.text(begin).trim()) {
            draft.decide(
                begin,
                Role::AttachmentLabel,
                "正文之后单独成行的“附件”或“附表”",
                "附件 or 附表 on a line of its own below the text",
            );
            begin + 1
        } else {
            begin
        };
        let text = read_title(draft, title, end, title > begin);
        read_parts(draft, text, end);
        body::read(draft, text, end);
    }
}

/// Whether paragraph `index`, where attachments are, is the label of one.
fn is_label(draft: &Draft<'_>, index: usize) -> bool {
    match draft.role(index) {
        Some(role) => role == Role::AttachmentLabel,
        None => shape::is_attachment_label(draft.text(index).trim()) || is_labelled_title(draft, index),
    }
}

/// Whether paragraph `index` was called the title of an attachment, and no label or line of it stands above.
fn begins_with_title(draft: &Draft<'_>, index: usize) -> bool {
    draft.role(index) == Some(Role::AttachmentTitle)
        && !is_label(draft, index - 1)
        && draft.role(index - 1) != Some(Role::AttachmentTitle)
}

/// Whether paragraph `index` can be a line of a title.
fn is_title_line(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    let text = facts.text.trim();
    facts.end == End::Open
        && facts.ordinal.is_none()
        && facts.count <= LONGEST_TITLE
        && !shape::is_doc_number(text)
        && !super::date::is_whole(text)
        && !shape::is_address(text)
        && !shape::is_label(text)
}

/// Reads the title of an attachment: the short lines at its beginning, below its label if it is `labelled`. Returns where
/// its text begins.
fn read_title(draft: &mut Draft<'_>, start: usize, end: usize, labelled: bool) -> usize {
    let (zh, en) = if labelled {
        (
            "附件顺序号下面的短行",
            "a short line below the attachment's label",
        )
    } else {
        (
            "落款之后，正文中用书名号提到、以文种结尾或下面是表格",
            "below the signature; named in 《》 above, ends with a kind of document, or stands above a table",
        )
    };
    let mut first = true;
    let mut index = start;
    while index < end && index < start + 5 {
        if !draft.is_open(index) {
            index += 1;
            continue;
        }
        let complete = !first && index > start && vocabulary::ends_with_kind(draft.text(index - 1));
        if complete || !is_title_line(draft, index) {
            break;
        }
        // A second line belongs to the title only when something follows that is no title.
        let next_runs = index + 1 < end && draft.is_open(index + 1);
        if !first && !next_runs {
            break;
        }
        draft.decide(index, Role::AttachmentTitle, zh, en);
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

/// Reads the parts that an attachment, often a document itself, may have: what stands in brackets below its title,
/// number, recipient, closing, signature, date.
fn read_parts(draft: &mut Draft<'_>, start: usize, end: usize) {
    for index in start..end {
        if !draft.is_open(index) {
            continue;
        }
        let text = draft.text(index).trim().to_owned();
        if shape::in_brackets(&text) && index < start + 2 && shape::is_date_line(&text) {
            draft.decide(
                index,
                Role::DateLine,
                "附件标题下括号中的日期",
                "a date in brackets below the attachment's title",
            );
        } else if shape::in_brackets(&text) && index < start + 2 && shape::count(&text) <= LONGEST_REMARK {
            draft.decide(
                index,
                Role::Subtitle,
                "附件标题下括号中的说明（如“试行”）",
                "a remark in brackets below the attachment's title",
            );
        } else if shape::is_doc_number(&text) && index < start + 3 {
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
