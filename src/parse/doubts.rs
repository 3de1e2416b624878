//! Findings about the structure itself: what the reader should look at again.

use std::collections::BTreeMap;

use super::ordinal::{Form, Ordinal};
use super::paragraphs::Repairs;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Block, Document, Role};

/// What is doubtful in `document`, in source order.
pub(super) fn find(document: &Document, repairs: &Repairs) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    report_repairs(repairs, &mut found);
    report_title(document, &mut found);
    report_marks(document, &mut found);
    report_headings(document, &mut found);
    found.sort_by_key(|diagnostic: &Diagnostic| diagnostic.span.map(|span| span.start));
    found
}

fn report_repairs(repairs: &Repairs, found: &mut Vec<Diagnostic>) {
    if repairs.joined > 0 {
        let wrapped = repairs.wrapped_at.map(|width| width.div_ceil(2));
        let (zh, en) = match wrapped {
            Some(width) => (
                format!(
                    "原文每行约 {width} 字硬换行，已把 {} 处断行接回段落",
                    repairs.joined
                ),
                format!(
                    "the source breaks lines at about {width} characters; {} lines were joined again",
                    repairs.joined
                ),
            ),
            None => (
                format!("原文有 {} 处段落被断行，已接回", repairs.joined),
                format!(
                    "{} lines that break a paragraph were joined again",
                    repairs.joined
                ),
            ),
        };
        found.push(Diagnostic::new(
            "lines-joined",
            Severity::Info,
            Message::new(zh, en),
        ));
    }
    if repairs.split > 0 {
        found.push(Diagnostic::new(
            "paragraphs-split",
            Severity::Info,
            Message::new(
                format!("原文有 {} 处段落之间缺少换行，已分开", repairs.split),
                format!(
                    "{} places where a line end was missing between paragraphs were parted",
                    repairs.split
                ),
            ),
        ));
    }
}

/// Marks whose name is no role: the author meant something that was not understood.
fn report_marks(document: &Document, found: &mut Vec<Diagnostic>) {
    for block in &document.blocks {
        let text = block.text.as_str();
        let Some(close) = text.strip_prefix("{#").and_then(|inner| inner.find('}')) else {
            continue;
        };
        let mark = &text[..close + "{#}".len()];
        found.push(
            Diagnostic::new(
                "unknown-role-mark",
                Severity::Warning,
                Message::new(
                    format!("不认识的行首标记“{mark}”，已当作正文"),
                    format!("unknown mark “{mark}”, taken as text"),
                ),
            )
            .at(block.text.source_span(0..mark.len()))
            .help(Message::new(
                "可用的名称见 docs/recognition.zh-CN.md，如 {#标题}、{#正文}、{#一级标题}",
                "see docs/recognition.md for the names, such as {#title}, {#body}, {#heading1}",
            )),
        );
    }
}

fn report_title(document: &Document, found: &mut Vec<Diagnostic>) {
    let visible = document.blocks.iter().find(|block| block.role != Role::Other);
    let Some(first) = visible else { return };
    if !document.blocks.iter().any(|block| block.role == Role::Title) {
        found.push(
            Diagnostic::new(
                "title-missing",
                Severity::Warning,
                Message::new("没有找到标题", "no title found"),
            )
            .at(first.span)
            .help(Message::new(
                "在第一行写标题，或在标题行前加标记 {#标题}",
                "write the title on the first line, or put the mark {#title} before it",
            )),
        );
    }
}

/// Headings without text, and numbers that jump or repeat among siblings.
fn report_headings(document: &Document, found: &mut Vec<Diagnostic>) {
    let mut numbers = Numbers::default();
    let mut blocks = document
        .blocks
        .iter()
        .filter(|block| block.role != Role::Other)
        .peekable();
    while let Some(block) = blocks.next() {
        let level = block.role.heading_level();
        if let Some(level) = level {
            let empty = match blocks.peek() {
                None => true,
                Some(next) => match next.role.heading_level() {
                    Some(next) => next <= level,
                    None => matches!(
                        next.role,
                        Role::Signature | Role::Date | Role::AttachmentLabel | Role::Cc | Role::Imprint
                    ),
                },
            };
            if empty {
                found.push(
                    Diagnostic::new(
                        "heading-without-text",
                        Severity::Warning,
                        Message::new("标题下面没有正文", "no text stands below this heading"),
                    )
                    .at(block.span),
                );
            }
        }
        match block.role {
            Role::AttachmentLabel | Role::Title | Role::AttachmentTitle => numbers = Numbers::default(),
            Role::RunIn | Role::Body => numbers.check(block, None, found),
            _ if level.is_some() => numbers.check(block, level, found),
            _ => {}
        }
    }
}

/// The last number of each open sequence: by its form and, for headings, their level.
#[derive(Default)]
struct Numbers {
    last: BTreeMap<(Option<u8>, Form), u32>,
}

impl Numbers {
    fn check(&mut self, block: &Block, level: Option<u8>, found: &mut Vec<Diagnostic>) {
        let text = block.text.as_str().trim_start_matches(['#', ' ']);
        let ordinal = Ordinal::at(text).filter(|ordinal| !ordinal.doubtful && ordinal.value > 0);
        if let Some(level) = level {
            // A heading ends the sequences below it; one without a number ends those beside it too.
            let kept = if ordinal.is_some() { level } else { level - 1 };
            self.last
                .retain(|(other, _), _| other.is_some_and(|other| other <= kept));
        }
        let Some(ordinal) = ordinal else { return };
        let before = self.last.insert((level, ordinal.form), ordinal.value);
        if level.is_none() {
            self.last
                .retain(|(other, form), _| other.is_some() || *form <= ordinal.form);
        }
        if let Some(before) = before
            && ordinal.value != before + 1
            && ordinal.value != 1
        {
            found.push(jump(block, text, ordinal, before));
        }
    }
}

fn jump(block: &Block, text: &str, ordinal: Ordinal, before: u32) -> Diagnostic {
    let sample = ordinal.form.sample();
    let (code, zh, en) = if ordinal.value == before {
        (
            "numbering-repeated",
            format!("序号重复：又是第 {before} 个“{sample}”式序号"),
            format!("the number {before} is repeated (form {sample})"),
        )
    } else {
        (
            "numbering-jump",
            format!("序号不连续：上一个是 {before}，这里是 {}", ordinal.value),
            format!("the numbers jump from {before} to {}", ordinal.value),
        )
    };
    let number = text[..ordinal.len].trim_end();
    let offset = block.text.as_str().len() - text.len();
    let span = block.text.source_span(offset..offset + number.len());
    Diagnostic::new(code, Severity::Warning, Message::new(zh, en)).at(span)
}
