//! Findings about the structure itself: what the reader should look at again.

use super::paragraphs::Repairs;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Document, Kind, Role};
use crate::source::Span;

/// What is doubtful in `document`, in source order. `markdown` is the first mark of Markdown that was left in its text.
pub(super) fn find(document: &Document, repairs: &Repairs, markdown: Option<Span>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(markdown.map(|mark| {
        Diagnostic::new(
            "markdown-marks",
            Severity::Warning,
            Message::new(
                "文中有 Markdown 标记（# ** - > 等），会原样印出来",
                "the text has marks of Markdown (# ** - > and the like), which would be printed",
            ),
        )
        .at(mark)
        .help(Message::new(
            "用 --fix safe 去掉，每处都会列出",
            "--fix safe takes them away and lists each",
        ))
    }));
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
    // Orders and minutes have their name in the mark (GB/T 9704-2012 §10.2, §10.3).
    let named_by_mark = matches!(document.kind, Kind::Order | Kind::Minutes)
        && document.blocks.iter().any(|block| block.role == Role::IssuerMark);
    if !named_by_mark && !document.blocks.iter().any(|block| block.role == Role::Title) {
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

/// Headings without text. Whether their numbers follow each other is the proof-reader's to see.
fn report_headings(document: &Document, found: &mut Vec<Diagnostic>) {
    let mut blocks = document
        .blocks
        .iter()
        .filter(|block| block.role != Role::Other)
        .peekable();
    while let Some(block) = blocks.next() {
        if let Some(level) = block.role.heading_level() {
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
    }
}
