//! Metadata into the document: each value becomes an element in its place, or says something about the whole.

use super::metadata::{Given, Key};
use super::{Field, Parsed, front_matter};
use crate::model::{Block, Kind, Role, SignatureCase, Text};
use crate::source::Span;

/// Where a value stands in the source, when it stands there as it is.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) source: &'a str,
    pub(super) span: Span,
}

/// Puts `given` into `parsed`; what it replaces is an edit.
pub(super) fn give(parsed: &mut Parsed, given: &Given, origin: Option<Origin<'_>>) {
    let Some(first) = given.values.first() else { return };
    let span = origin.map_or_else(Span::default, |origin| origin.span);
    let inserted = |text: String| {
        let mut own = Text::default();
        own.push_inserted(&text);
        own
    };
    match given.key {
        Key::Kind => {
            if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == first) {
                parsed.document.kind = kind;
            }
        }
        Key::SignatureCase => {
            parsed.document.signing = SignatureCase::ALL.into_iter().find(|case| case.name() == first);
        }
        Key::Style | Key::Author | Key::Ignore => {
            // letter, order and minutes are kinds of text as well.
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == first);
            if given.key == Key::Style
                && parsed.document.kind == Kind::Generic
                && let Some(kind) = kind
            {
                parsed.document.kind = kind;
            }
            let key = given.key.name();
            parsed.fields.retain(|field| field.key != key);
            parsed.fields.push(Field {
                key,
                value: given.values.join(", "),
                span,
            });
        }
        Key::Organization => {
            parsed.document.mark_is_name = true;
            let text = text(&given.values, "\n", origin);
            front_matter::set(parsed, Role::IssuerMark, text, span);
        }
        Key::ImprintOffice | Key::ImprintDate => {
            let before = parsed
                .document
                .blocks
                .iter()
                .find(|block| block.role == Role::Imprint);
            let before = before
                .map(|block| block.text.as_str().to_owned())
                .unwrap_or_default();
            let line = imprint(&before, given.key, first);
            front_matter::set(parsed, Role::Imprint, inserted(line), span);
        }
        Key::Present | Key::Absent | Key::Observers => {
            let label = match given.key {
                Key::Present => "出席：",
                Key::Absent => "请假：",
                _ => "列席：",
            };
            if parsed.document.kind == Kind::Generic {
                parsed.document.kind = Kind::Minutes;
            }
            let mut text = inserted(label.to_owned());
            text.push_text(&self::text(&given.values, "、", origin));
            attend(parsed, label, text, span);
        }
        Key::Element(role) => element(parsed, role, &given.values, origin, span),
    }
}

/// The values in one text; one value keeps its place in the source.
fn text(values: &[String], between: &str, origin: Option<Origin<'_>>) -> Text {
    let mut text = Text::default();
    match (values, origin) {
        ([value], Some(origin)) if origin.span.of(origin.source) == value => {
            text.push_source(origin.source, origin.span);
        }
        _ => text.push_inserted(&values.join(between)),
    }
    text
}

/// An element with the words and marks that belong to it: 抄送：, 签发人：, a colon after 主送机关.
fn element(parsed: &mut Parsed, role: Role, values: &[String], origin: Option<Origin<'_>>, span: Span) {
    if role == Role::IssuerMark {
        parsed.document.mark_is_name = false;
    }
    if role == Role::Signature && values.len() > 1 {
        return signatures(parsed, values, span);
    }
    let (label, between, end) = match role {
        Role::Signatory => ("签发人：", "\u{3000}", ""),
        Role::Cc => ("抄送：", "，", "。"),
        Role::Recipient => ("", "、", "："),
        Role::Note => ("（", "", "）"),
        Role::AttachmentNote => ("附件：", "", ""),
        _ => ("", "、", ""),
    };
    let first = values.first().map_or("", String::as_str);
    let last = values.last().map_or("", String::as_str);
    let mut text = Text::default();
    let labelled = first.starts_with(label) || role == Role::Cc && first.contains('：');
    if !labelled {
        text.push_inserted(label);
    }
    text.push_text(&self::text(values, between, origin));
    if !last.ends_with(end) {
        text.push_inserted(end);
    }
    front_matter::set(parsed, role, text, span);
}

/// Several organs that sign: a line for each.
fn signatures(parsed: &mut Parsed, values: &[String], span: Span) {
    let line = |value: &String| {
        let mut text = Text::default();
        text.push_inserted(value);
        text
    };
    let mut rest = values.iter();
    if let Some(first) = rest.next() {
        front_matter::set(parsed, Role::Signature, line(first), span);
    }
    let blocks = &mut parsed.document.blocks;
    if let Some(first) = blocks.iter().position(|block| block.role == Role::Signature) {
        let more = rest.map(|value| Block::new(Role::Signature, line(value), span));
        blocks.splice(first + 1..first + 1, more.collect::<Vec<_>>());
    }
}

/// The line of 版记 `before` with another office or date.
fn imprint(before: &str, key: Key, value: &str) -> String {
    let date_at = before.find('年').map(|year| {
        let digits = before[..year]
            .bytes()
            .rev()
            .take_while(u8::is_ascii_digit)
            .count();
        year - digits
    });
    let body = before.trim_end().trim_end_matches("印发");
    let (office, date) = match date_at {
        Some(at) => (
            before[..at].trim_end(),
            before[at..].trim_end().trim_end_matches("印发"),
        ),
        None => (body.trim_end(), ""),
    };
    let (office, date) = match key {
        Key::ImprintOffice => (value, date),
        _ => (office, value),
    };
    match (office.is_empty(), date.is_empty()) {
        (false, false) => format!("{office}\u{3000}{date}印发"),
        _ => format!("{office}{date}印发"),
    }
}

/// 出席, 请假 or 列席, in this order, below the text and its 附件说明.
fn attend(parsed: &mut Parsed, label: &str, text: Text, span: Span) {
    const ORDER: [&str; 3] = ["出席：", "请假：", "列席："];
    let rank = |text: &str| ORDER.iter().position(|label| text.starts_with(label));
    let blocks = &mut parsed.document.blocks;
    let own = rank(label);
    blocks.retain(|block| block.role != Role::Body || rank(block.text.as_str()) != own || own.is_none());
    let tail = |block: &Block| {
        matches!(
            block.role,
            Role::Signature | Role::Date | Role::Note | Role::AttachmentLabel | Role::Cc | Role::Imprint
        )
    };
    let first_of_tail = blocks
        .iter()
        .rposition(|block| !tail(block))
        .map_or(0, |last| last + 1);
    let before = blocks[..first_of_tail]
        .iter()
        .position(|block| block.role == Role::Body && rank(block.text.as_str()) > own);
    let mut block = Block::new(Role::Body, text, span);
    block.evidence.push(front_matter::given());
    blocks.insert(before.unwrap_or(first_of_tail), block);
}
