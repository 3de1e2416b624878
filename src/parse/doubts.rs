//! Findings about the structure itself: what the reader should look at again.

use super::ordinal::{Form, Ordinal};
use super::paragraphs::Repairs;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Block, Document, Role};

/// What is doubtful in `document`, in source order.
pub(super) fn find(document: &Document, repairs: &Repairs) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    report_repairs(repairs, &mut found);
    report_title(document, &mut found);
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
    let mut last: [Option<u32>; 16] = [None; 16];
    let mut blocks = document
        .blocks
        .iter()
        .filter(|block| block.role != Role::Other)
        .peekable();
    while let Some(block) = blocks.next() {
        if block.role == Role::AttachmentLabel {
            last = [None; 16];
        }
        let heading = block.role.heading_level();
        if let Some(level) = heading {
            let next_level = blocks.peek().map(|next| next.role.heading_level());
            let empty = match next_level {
                None => true,
                Some(Some(next)) => next <= level,
                Some(None) => blocks.peek().is_some_and(|next| {
                    matches!(
                        next.role,
                        Role::Signature | Role::Date | Role::AttachmentLabel | Role::Cc | Role::Imprint
                    )
                }),
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
        if heading.is_some() || matches!(block.role, Role::RunIn | Role::Body) {
            report_number(block, &mut last, found);
        } else if matches!(block.role, Role::Title | Role::AttachmentTitle) {
            last = [None; 16];
        }
        // A heading without a number opens a section whose numbers begin anew.
        if heading.is_some() && Ordinal::at(block.text.as_str()).is_none() {
            last = [None; 16];
        }
    }
}

fn report_number(block: &Block, last: &mut [Option<u32>; 16], found: &mut Vec<Diagnostic>) {
    let text = block.text.as_str().trim_start_matches(['#', ' ']);
    let Some(ordinal) = Ordinal::at(text) else { return };
    if matches!(ordinal.form, Form::Dash | Form::First) || ordinal.value == 0 {
        return;
    }
    let slot = ordinal.form as usize;
    let expected = last[slot].map(|value| value + 1);
    if let Some(expected) = expected
        && ordinal.value != expected
        && ordinal.value != 1
    {
        let (code, zh, en) = if ordinal.value + 1 == expected {
            (
                "numbering-repeated",
                format!("序号重复：又是第 {} 个“{}”", ordinal.value, ordinal.form.sample()),
                format!(
                    "the number {} is repeated (form {})",
                    ordinal.value,
                    ordinal.form.sample()
                ),
            )
        } else {
            (
                "numbering-jump",
                format!("序号不连续：上一个是 {}，这里是 {}", expected - 1, ordinal.value),
                format!("the numbers jump from {} to {}", expected - 1, ordinal.value),
            )
        };
        let number = text[..ordinal.len].trim_end();
        let offset = block.text.as_str().len() - text.len();
        let span = block.text.source_span(offset..offset + number.len());
        found.push(Diagnostic::new(code, Severity::Warning, Message::new(zh, en)).at(span));
    }
    last[slot] = Some(ordinal.value);
    // Numbers of lower forms begin anew below this one; spoken numbers do under every heading.
    for lower in slot + 1..last.len() {
        last[lower] = None;
    }
}
