//! What an author says about the text in the file itself: front matter between two lines `---` at the top, and marks
//! `{#标题}` at the beginning of lines.
//!
//! Neither can be mistaken for text. Front matter is taken only when the file begins with a line `---`, every line up to
//! the next `---` is a field `key: value` (or `key = "value"`), and at least one key is known. A mark is taken only with
//! the exact name of a role. What is taken is not part of the text.

use super::Parsed;
use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::model::{Block, Kind, Role, Text};
use crate::source::Span;

/// A field of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key, in lower case with hyphens: `doc-number`.
    pub key: String,
    /// The value, without quotation marks.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// Keys that are no role.
const SETTINGS: [&str; 4] = ["kind", "style", "author", "ignore"];

/// No front matter has more lines.
const LONGEST: usize = 200;

/// Reads the front matter at the beginning of `source`: its fields, and where the text begins.
pub(super) fn read(source: &str) -> Option<(Vec<Field>, usize)> {
    let mut offset = 0;
    let mut opened = false;
    let mut fields: Vec<Field> = Vec::new();
    for (count, line) in source.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if !opened {
            if text.is_empty() {
                continue;
            }
            if text != "---" {
                return None;
            }
            opened = true;
        } else if text == "---" {
            return fields
                .iter()
                .any(|field| is_known(&field.key))
                .then_some((fields, offset));
        } else if count > LONGEST {
            return None;
        } else if !text.is_empty() && !text.starts_with('#') {
            let at = start + line.find(text)?;
            fields.push(field(text, at)?);
        }
    }
    None
}

fn field(text: &str, at: usize) -> Option<Field> {
    let mark = text.find([':', '=', '：'])?;
    let key = text[..mark].trim();
    let plain = !key.is_empty()
        && key.chars().count() <= 20
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if !plain {
        return None;
    }
    let mark_len = text[mark..].chars().next()?.len_utf8();
    let value = text[mark + mark_len..].trim();
    let quoted = [('"', '"'), ('\'', '\''), ('“', '”')]
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close));
    let value = quoted.unwrap_or(value);
    let start = at + (value.as_ptr() as usize - text.as_ptr() as usize);
    Some(Field {
        key: key.to_lowercase().replace('_', "-"),
        value: value.to_owned(),
        span: Span::new(start, start + value.len()),
    })
}

fn is_known(key: &str) -> bool {
    SETTINGS.contains(&key) || role(key).is_some()
}

/// The role a key or a mark names: `doc-number`, `doc_number` or 发文字号.
pub(super) fn role(name: &str) -> Option<Role> {
    let name = name.trim();
    Role::from_name(&name.replace('-', "_"))
        .or_else(|| Role::ALL.into_iter().find(|role| role.term() == name))
}

/// The role and the length of the mark at the beginning of `text`.
pub(super) fn mark(text: &str) -> Option<(Role, usize)> {
    let inner = text.strip_prefix("{#")?;
    let close = inner.find('}')?;
    Some((role(&inner[..close])?, "{#".len() + close + "}".len()))
}

/// Puts what the fields say into `parsed`; fields that say nothing known are reported.
pub(super) fn apply(source: &str, fields: &[Field], parsed: &mut Parsed) {
    for field in fields {
        if field.key == "kind" {
            match Kind::ALL.into_iter().find(|kind| kind.name() == field.value) {
                Some(kind) => parsed.document.kind = kind,
                None => parsed
                    .diagnostics
                    .push(unknown(field, "front-matter-unknown-kind", "文种", "kind")),
            }
        } else if let Some(role) = role(&field.key) {
            set(parsed, role, Text::from_source(source, field.span), field.span);
        } else if !is_known(&field.key) {
            parsed
                .diagnostics
                .push(unknown(field, "front-matter-unknown-key", "键名", "key"));
        }
    }
}

fn unknown(field: &Field, code: &'static str, zh: &str, en: &str) -> Diagnostic {
    let what = if code == "front-matter-unknown-kind" {
        &field.value
    } else {
        &field.key
    };
    Diagnostic::new(
        code,
        Severity::Warning,
        Message::new(
            format!("文件头中不认识的{zh}“{what}”"),
            format!("unknown {en} “{what}” in the front matter"),
        ),
    )
    .at(field.span)
}

/// Gives the document an element, in its place among the others; one that stands in the text already is replaced, and
/// the replacement is an edit.
pub(super) fn set(parsed: &mut Parsed, role: Role, text: Text, span: Span) {
    let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
    let blocks = &mut parsed.document.blocks;
    if let Some(block) = blocks.iter_mut().find(|block| block.role == role) {
        if !same(block.text.as_str(), text.as_str()) {
            parsed.edits.push(Edit {
                code: "metadata",
                span: block.span,
                before: block.text.as_str().to_owned(),
                after: text.as_str().to_owned(),
            });
            block.text = text;
            block.evidence = vec![given()];
        }
        return;
    }
    let rank = |role: Role| {
        Role::ALL
            .iter()
            .position(|&other| other == role)
            .unwrap_or(Role::ALL.len())
    };
    let is_head = rank(role) <= rank(Role::Recipient);
    let place = if is_head {
        // Above the first element that comes after it.
        blocks
            .iter()
            .position(|block| block.role != Role::Other && rank(block.role) > rank(role))
    } else {
        // Below the last element of the text that comes before it; 版记 is last of all.
        let end = match role {
            Role::Cc | Role::Imprint => blocks
                .iter()
                .position(|block| block.role == Role::Imprint && role == Role::Cc),
            _ => blocks
                .iter()
                .position(|block| matches!(block.role, Role::AttachmentLabel | Role::Cc | Role::Imprint)),
        };
        let end = end.unwrap_or(blocks.len());
        let last = blocks[..end]
            .iter()
            .rposition(|block| block.role != Role::Other && rank(block.role) <= rank(role));
        Some(last.map_or(end, |last| last + 1))
    };
    let mut block = Block::new(role, text, span);
    block.evidence.push(given());
    let place = place.unwrap_or(blocks.len());
    blocks.insert(place, block);
}

fn given() -> Message {
    Message::new(
        "由文件头或命令行给出",
        "given in the front matter or on the command line",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    const NOTICE: &str = "---\nkind: notice\ndoc-number: \"某政发〔2024〕5号\"\n抄送机关：市委办公室。\n---\n关于节水的通知\n各街道：\n现通知如下。\n某某市人民政府\n2024年3月5日\n";

    #[test]
    fn front_matter_gives_elements_their_place() {
        let parsed = parse(NOTICE, &ParseOptions::default());
        let roles: Vec<&str> = parsed
            .document
            .blocks
            .iter()
            .map(|block| block.role.name())
            .collect();
        assert_eq!(
            roles,
            [
                "doc_number",
                "title",
                "recipient",
                "body",
                "signature",
                "date",
                "cc"
            ]
        );
        assert_eq!(parsed.document.kind, Kind::Notice);
        let number = &parsed.document.blocks[0];
        assert_eq!(number.text.as_str(), "某政发〔2024〕5号");
        assert_eq!(number.span.of(NOTICE), "某政发〔2024〕5号");
        assert_eq!(parsed.document.blocks[6].text.as_str(), "市委办公室。");
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for source in [
            "---\n同志们：\n---\n正文。\n",
            "---\nfoo: bar\n---\n正文。\n",
            "---\nkind: notice\n正文。\n",
            "正文。\n---\nkind: notice\n---\n",
        ] {
            assert_eq!(read(source), None, "{source}");
            let parsed = parse(source, &ParseOptions::default());
            let all: String = parsed
                .document
                .blocks
                .iter()
                .map(|block| block.text.as_str())
                .collect();
            assert_eq!(all, source.replace('\n', ""));
        }
    }

    #[test]
    fn front_matter_replaces_what_the_text_says_and_lists_it() {
        let source = "---\ndate: 2024年3月6日\n---\n关于节水的通知\n各街道：\n现通知如下。\n某某市人民政府\n2024年3月5日\n";
        let parsed = parse(source, &ParseOptions::default());
        let date = parsed.document.blocks.last().unwrap();
        assert_eq!(date.text.as_str(), "2024年3月6日");
        assert_eq!(parsed.edits.len(), 1);
        assert_eq!(parsed.edits[0].before, "2024年3月5日");
    }

    #[test]
    fn unknown_keys_are_reported() {
        let source = "---\nkind: notice\ncolour: red\n---\n关于节水的通知\n";
        let codes: Vec<&str> = parse(source, &ParseOptions::default())
            .diagnostics
            .iter()
            .map(|found| found.code)
            .collect();
        assert!(codes.contains(&"front-matter-unknown-key"));
    }

    #[test]
    fn marks_force_roles() {
        let source = "{#标题}第一季度\n{#标题}一、二线城市调研\n{#byline} 王明\n{#body}同志们：\n一、提高认识\n要提高认识。\n";
        let parsed = parse(source, &ParseOptions::default());
        let blocks: Vec<(&str, &str)> = parsed
            .document
            .blocks
            .iter()
            .map(|block| (block.role.name(), block.text.as_str()))
            .collect();
        assert_eq!(
            blocks,
            [
                ("title", "第一季度\n一、二线城市调研"),
                ("byline", "王明"),
                ("body", "同志们："),
                ("heading1", "一、提高认识"),
                ("body", "要提高认识。"),
            ]
        );
    }

    #[test]
    fn unknown_marks_stay_text_and_are_reported() {
        let parsed = parse("{#题目}关于节水的通知\n", &ParseOptions::default());
        assert_eq!(parsed.document.blocks[0].text.as_str(), "{#题目}关于节水的通知");
        assert!(
            parsed
                .diagnostics
                .iter()
                .any(|found| found.code == "unknown-role-mark")
        );
    }
}
