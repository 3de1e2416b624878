//! What an author says about the text in the file itself: front matter between two lines `---` at the top, and marks
//! `{#标题}` at the beginning of lines.
//!
//! Neither can be mistaken for text. Front matter is taken only when the file begins with a line `---` and ends its fields
//! with another, and either the first field has a known key or every line is a field and one of the keys is known, or
//! looks like one mistyped, which is told and not printed. Fields
//! are those of YAML (`key: value`) or TOML (`key = "value"`), with lists in `[…]` or on lines `- value`. A mark is taken
//! only with the exact name of a role. What is taken is not part of the text.

use super::Parsed;
use super::given::{Origin, give};
use super::metadata::{Given, Key};
use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::model::{Block, Role, Text};
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

/// A line of the front matter, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    key: String,
    key_span: Span,
    values: Vec<String>,
    /// Where the value stands, without quotation marks; the whole of a list.
    span: Span,
    /// What is wrong with the line, when it is no field.
    fault: Option<Message>,
}

/// No front matter has more lines.
const LONGEST: usize = 200;

/// Reads the front matter at the beginning of `source`: its lines, and where the text begins.
pub(super) fn read(source: &str) -> Option<(Vec<Line>, usize)> {
    let mut offset = 0;
    let mut opened = false;
    let mut lines: Vec<Line> = Vec::new();
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
            let known = |line: &Line| Key::from_name(&line.key).is_some();
            let mistyped = |line: &Line| Key::is_mistyped(&line.key);
            let meant = lines.first().is_some_and(known)
                || lines.iter().any(|line| known(line) || mistyped(line))
                    && lines.iter().all(|line| !line.key.is_empty());
            return meant.then_some((lines, offset));
        } else if count > LONGEST {
            return None;
        } else if !text.is_empty() && !text.starts_with('#') {
            let at = start + line.find(text)?;
            // An item of a list of YAML.
            if let (Some(item), Some(last)) = (text.strip_prefix("- "), lines.last_mut())
                && (last.span.start == last.span.end || last.is_block_list(source))
            {
                let (value, span, fault) = scalar(item, at + 2);
                if last.span.start == last.span.end {
                    last.span = span;
                    last.values.clear();
                }
                last.span = last.span.join(span);
                last.values.push(value);
                last.fault = last.fault.take().or(fault);
                continue;
            }
            lines.push(field(text, at));
        }
    }
    None
}

/// What is to be said of front matter that begins and never ends: a line `---`, a field with a known key, and no further
/// `---`. It stays text, as everything does that is no front matter.
pub(super) fn not_closed(source: &str) -> Option<Diagnostic> {
    let mut offset = 0;
    let mut opening = None;
    let mut fields = 0;
    let mut last = 0;
    for (number, line) in (1..).zip(source.split_inclusive('\n')) {
        let start = offset;
        offset += line.len();
        let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if text.is_empty() {
            continue;
        }
        let at = start + line.find(text)?;
        if opening.is_none() {
            if text != "---" {
                return None;
            }
            opening = Some(Span::new(at, at + text.len()));
        } else if Key::from_name(&field(text, at).key).is_some() {
            fields += 1;
            last = number;
        } else if fields == 0 || !text.starts_with(['-', '#']) {
            break;
        } else {
            last = number;
        }
    }
    let mut found = Diagnostic::new(
        "front-matter-not-closed",
        Severity::Warning,
        Message::new(
            "文件头：以“---”开始，但没有以“---”结束，已作为正文处理",
            "front matter: it begins with “---” and never ends with one, so it was taken for text",
        ),
    )
    .at(opening.filter(|_| fields > 0)?);
    found.help = Some(Message::new(
        format!("如果第 {last} 行是文件头的最后一行，请在其后另起一行写“---”"),
        format!("if line {last} is the last of the front matter, write “---” on a line of its own after it"),
    ));
    Some(found)
}

impl Line {
    /// Whether its value is a list on lines of its own.
    fn is_block_list(&self, source: &str) -> bool {
        source
            .get(self.key_span.end..self.span.start)
            .is_some_and(|between| between.contains('\n'))
    }
}

fn field(text: &str, at: usize) -> Line {
    let whole = Span::new(at, at + text.len());
    let no_field = Line {
        key: String::new(),
        key_span: whole,
        values: Vec::new(),
        span: whole,
        fault: Some(Message::new("不是“键: 值”的形式", "not of the form “key: value”")),
    };
    let Some(mark) = text.find([':', '=', '：']) else {
        return no_field;
    };
    let key = text[..mark].trim_end();
    let plain = !key.is_empty()
        && key.chars().count() <= 20
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if !plain {
        return no_field;
    }
    let after = mark + text[mark..].chars().next().map_or(0, char::len_utf8);
    let value = text[after..].trim_start();
    let start = at + text.len() - value.len();
    let mut line = Line {
        key: key.to_owned(),
        key_span: Span::new(at, at + key.len()),
        values: Vec::new(),
        span: Span::new(start, start + value.len()),
        fault: None,
    };
    if let Some(inner) = value.strip_prefix('[') {
        // 〔 and ［ are other characters, so that a number cannot be mistaken for a list.
        match inner.strip_suffix(']') {
            Some(inner) => {
                for item in inner.split([',', '，']).filter(|item| !item.trim().is_empty()) {
                    let (value, _, fault) = scalar(item.trim(), start);
                    line.values.push(value);
                    line.fault = line.fault.take().or(fault);
                }
            }
            None => {
                line.fault = Some(Message::new(
                    "列表没有右方括号",
                    "the list has no closing bracket",
                ))
            }
        }
    } else {
        let (value, span, fault) = scalar(value, start);
        line.values.push(value);
        line.span = span;
        line.fault = fault;
    }
    line
}

/// A value without its quotation marks and the comment after it, and where it stands.
fn scalar(text: &str, at: usize) -> (String, Span, Option<Message>) {
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”')] {
        let Some(inner) = text.strip_prefix(open) else {
            continue;
        };
        let start = at + open.len_utf8();
        return match inner.find(close) {
            Some(end) => {
                let rest = inner[end + close.len_utf8()..].trim_start();
                let fault = (!rest.is_empty() && !rest.starts_with('#'))
                    .then(|| Message::new("引号之后还有文字", "there is more after the quotation mark"));
                (inner[..end].to_owned(), Span::new(start, start + end), fault)
            }
            None => (
                inner.to_owned(),
                Span::new(at, at + text.len()),
                Some(Message::new("引号没有配对", "a quotation mark is missing")),
            ),
        };
    }
    let value = text.find(" #").map_or(text, |comment| text[..comment].trim_end());
    (value.to_owned(), Span::new(at, at + value.len()), None)
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

/// Puts what the lines say into `parsed`; what they cannot say is an error at its place.
pub(super) fn apply(source: &str, lines: &[Line], parsed: &mut Parsed) {
    let mut seen: Vec<Key> = Vec::new();
    for line in lines {
        if let Some(fault) = &line.fault {
            parsed
                .diagnostics
                .push(error("front-matter-syntax", fault.clone()).at(line.span));
            continue;
        }
        let key_named = Key::from_name(&line.key);
        if let Some(key) = key_named {
            if seen.contains(&key) {
                let message = Message::new(
                    format!("“{}”已经写过", line.key),
                    format!("“{}” was given before", line.key),
                );
                parsed
                    .diagnostics
                    .push(error("front-matter-duplicate-key", message).at(line.key_span));
                continue;
            }
            seen.push(key);
        }
        match Given::new(&line.key, line.values.clone()) {
            Ok(given) => give(
                parsed,
                &given,
                Some(Origin {
                    source,
                    span: line.span,
                }),
            ),
            Err(fault) => {
                let (code, span) = match (fault.in_value, key_named) {
                    (false, _) => ("front-matter-unknown-key", line.key_span),
                    (true, Some(Key::Kind)) => ("front-matter-unknown-kind", line.span),
                    (true, _) => ("front-matter-value", line.span),
                };
                let mut found = error(code, fault.message).at(span);
                found.help = fault.help;
                parsed.diagnostics.push(found);
            }
        }
    }
}

fn error(code: &'static str, message: Message) -> Diagnostic {
    Diagnostic::new(
        code,
        Severity::Error,
        Message::new(
            format!("文件头：{}", message.zh),
            format!("front matter: {}", message.en),
        ),
    )
}

/// Gives the document an element, in its place among the others; one that stands in the text already is replaced, and
/// the replacement is an edit.
pub(super) fn set(parsed: &mut Parsed, role: Role, text: Text, span: Span) {
    let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
    let blocks = &mut parsed.document.blocks;
    if let Some(block) = blocks.iter_mut().find(|block| block.role == role) {
        if same(block.text.as_str(), text.as_str()) {
            return;
        }
        // What was given before and is given again changes no text of the author's.
        if block.evidence != [given()] {
            parsed.edits.push(Edit {
                code: "metadata",
                span: block.span,
                before: block.text.as_str().to_owned(),
                after: text.as_str().to_owned(),
            });
            block.evidence = vec![given()];
        }
        block.text = text;
        return;
    }
    // A table is text as other text is.
    let rank = |role: Role| {
        let role = if role == Role::Table { Role::Body } else { role };
        Role::ALL
            .iter()
            .position(|&other| other == role)
            .unwrap_or(Role::ALL.len())
    };
    let of = |blocks: &[Block], roles: &[Role]| {
        let found = blocks.iter().position(|block| roles.contains(&block.role));
        found.unwrap_or(blocks.len())
    };
    let place = match role {
        // 版记 is last of all, whatever stands above it.
        Role::Imprint => blocks.len(),
        Role::Cc => of(blocks, &[Role::Imprint]),
        // An element of 版头 or the head of the text: above the first that comes after it.
        _ if rank(role) <= rank(Role::Recipient) => blocks
            .iter()
            .position(|block| block.role != Role::Other && rank(block.role) > rank(role))
            .unwrap_or(blocks.len()),
        // Below the last element of the text that comes before it.
        _ => {
            let end = of(blocks, &[Role::AttachmentLabel, Role::Cc, Role::Imprint]);
            let last = blocks[..end]
                .iter()
                .rposition(|block| block.role != Role::Other && rank(block.role) <= rank(role));
            last.map_or(end, |last| last + 1)
        }
    };
    let mut block = Block::new(role, text, span);
    block.evidence.push(given());
    blocks.insert(place, block);
}

/// Why an element is there that the text does not have.
pub(super) fn given() -> Message {
    Message::new(
        "由文件头或命令行给出",
        "given in the front matter or on the command line",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
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
        assert_eq!(parsed.document.blocks[6].text.as_str(), "抄送：市委办公室。");
    }

    #[test]
    fn the_imprint_is_last_of_all() {
        let source = "---\ncc: 市委办公室\nimprint-office: 某某市人民政府办公室\nimprint-date: 2024-03-06\n---\n关于节水的通知\n各街道：\n请按附件填报。\n附件：情况表\n某某市人民政府\n2024年3月5日\n\n附件\n情况表\n单位\t人数\n甲\t3\n";
        let parsed = parse(source, &ParseOptions::default());
        let roles: Vec<&str> = parsed
            .document
            .blocks
            .iter()
            .map(|block| block.role.name())
            .collect();
        assert_eq!(roles[roles.len() - 3..], ["table", "cc", "imprint"]);
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for source in [
            "---\n同志们：\n---\n正文。\n",
            "---\nfoo: bar\n---\n正文。\n",
            "---\n标签：甲\n---\n正文。\n",
            "---\nfoo: bar\nkind: notice\n没有冒号\n---\n正文。\n",
            "---\nkind: notice\n正文。\n",
            "正文。\n---\nkind: notice\n---\n",
        ] {
            assert!(read(source).is_none(), "{source}");
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
    fn front_matter_that_never_ends_is_told_and_kept() {
        let source =
            "---\nkind: notice\norganization:\n  - 甲县财政局\n\n关于节水的通知\n各街道：\n现通知如下。\n";
        let parsed = parse(source, &ParseOptions::default());
        let found = parsed
            .diagnostics
            .iter()
            .find(|found| found.code == "front-matter-not-closed")
            .expect("a warning");
        assert_eq!(found.span.unwrap().start, 0);
        assert!(
            found.help.as_ref().unwrap().en.contains("line 4"),
            "{:?}",
            found.help
        );
        for text in [
            "---\n同志们：\n正文。\n",
            "正文。\n---\nkind: notice\n",
            "---\nkind: notice\n---\n正文。\n",
            "---\n",
            "",
        ] {
            let parsed = parse(text, &ParseOptions::default());
            let told = |found: &Diagnostic| found.code == "front-matter-not-closed";
            assert!(!parsed.diagnostics.iter().any(told), "{text}");
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

    /// The code, the place and the words of the first error.
    fn fault(front_matter: &str) -> (&'static str, String, String) {
        let source = format!("---\n{front_matter}\n---\n关于节水的通知\n各街道：\n现通知如下。\n");
        let parsed = parse(&source, &ParseOptions::default());
        let found = parsed
            .diagnostics
            .iter()
            .find(|found| found.severity == Severity::Error)
            .unwrap_or_else(|| panic!("nothing wrong with {front_matter}"));
        let help = found.help.clone().unwrap_or_default();
        (
            found.code,
            found.span.unwrap().of(&source).to_owned(),
            format!("{} {}", found.message.en, help.en),
        )
    }

    #[test]
    fn faults_have_their_place_and_their_remedy() {
        for (front_matter, code, place, part) in [
            (
                "kind: notice\ncolour: red",
                "front-matter-unknown-key",
                "colour",
                "no key",
            ),
            (
                "kind: notice\ndoc-nmuber: 青政发〔2024〕5号",
                "front-matter-unknown-key",
                "doc-nmuber",
                "doc-number",
            ),
            ("kind: notic", "front-matter-unknown-kind", "notic", "notice"),
            (
                "date: 2024年13月1日",
                "front-matter-value",
                "2024年13月1日",
                "no date",
            ),
            ("date: 5", "front-matter-value", "5", "no date"),
            (
                "date = \"2023-02-29\"",
                "front-matter-value",
                "2023-02-29",
                "a day that exists",
            ),
            (
                "date: [2024-01-05, 2024-01-06]",
                "front-matter-value",
                "[2024-01-05, 2024-01-06]",
                "one value",
            ),
            (
                "doc-number: 青政发[2024]5号",
                "front-matter-value",
                "青政发[2024]5号",
                "〔〕",
            ),
            (
                "doc-number: 青政发〔2024〕05号",
                "front-matter-value",
                "青政发〔2024〕05号",
                "leading zeros",
            ),
            ("copy-number: 1234", "front-matter-value", "1234", "six digits"),
            ("密级: 保密", "front-matter-value", "保密", "机密"),
            ("urgency: soon", "front-matter-value", "soon", "特急"),
            ("signature-case: yes", "front-matter-value", "yes", "seal"),
            ("kind: notice\ntitle:", "front-matter-value", "", "no value"),
            (
                "kind: notice\nkind: letter",
                "front-matter-duplicate-key",
                "kind",
                "before",
            ),
            (
                "kind: notice\n文种: letter",
                "front-matter-duplicate-key",
                "文种",
                "before",
            ),
            (
                "kind: notice\njust words",
                "front-matter-syntax",
                "just words",
                "key: value",
            ),
            ("title: \"节水", "front-matter-syntax", "\"节水", "quotation mark"),
            (
                "title: \"节水\"通知",
                "front-matter-syntax",
                "节水",
                "after the quotation",
            ),
            (
                "organization: [甲县财政局",
                "front-matter-syntax",
                "[甲县财政局",
                "closing bracket",
            ),
        ] {
            let (found, at, said) = fault(front_matter);
            assert_eq!((found, at.as_str()), (code, place), "{front_matter}");
            assert!(said.contains(part), "{front_matter}: {said}");
        }
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let blocks = |front_matter: &str| -> Vec<(Role, String)> {
            let source = format!("---\n{front_matter}\n---\n关于节水的通知\n各街道：\n现通知如下。\n");
            let parsed = parse(&source, &ParseOptions::default());
            assert!(
                parsed
                    .diagnostics
                    .iter()
                    .all(|found| found.severity < Severity::Error),
                "{:?}",
                parsed.diagnostics
            );
            let blocks = parsed.document.blocks.into_iter();
            blocks
                .map(|block| (block.role, block.text.as_str().to_owned()))
                .collect()
        };
        let yaml = blocks(
            "organization:\n  - 甲县财政局\n  - 甲县教育局\nsignatory: 周砚清\ncc: 县委办公室，县人大办公室 # 两家\nimprint-office: 甲县财政局办公室\nimprint-date: 2024-01-05",
        );
        let toml = blocks(
            "organization = [\"甲县财政局\", \"甲县教育局\"]\nsignatory = \"周砚清\"\n抄送 = '县委办公室，县人大办公室。'\nimprint_date = \"2024年1月5日\"\nimprint_office = \"甲县财政局办公室\"",
        );
        assert_eq!(yaml, toml);
        let texts: Vec<&str> = yaml.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "甲县财政局\n甲县教育局",
                "签发人：周砚清",
                "关于节水的通知",
                "各街道：",
                "现通知如下。",
                "抄送：县委办公室，县人大办公室。",
                "甲县财政局办公室\u{3000}2024年1月5日印发",
            ]
        );
    }

    #[test]
    fn attendance_stands_below_the_text_in_order() {
        let source = "---\nobservers: 甲某\npresent: [乙某, 丙某]\n---\n县政府常务会议纪要\n会议研究了节水工作。\n某某县人民政府\n2024年3月5日\n";
        let parsed = parse(source, &ParseOptions::default());
        let texts: Vec<&str> = parsed
            .document
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(
            texts,
            [
                "县政府常务会议纪要",
                "会议研究了节水工作。",
                "出席：乙某、丙某",
                "列席：甲某",
                "某某县人民政府",
                "2024年3月5日"
            ]
        );
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
