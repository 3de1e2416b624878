//! T06: a paragraph or a sentence twice.

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Example, Report, Rule, said};

use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "doubled-paragraph",
    id: "T06",
    severity: Severity::Warning,
    fix: None,
    name: said("整段或整句重复", "doubled paragraph or sentence"),
    what: said(
        "20字以上的正文段落出现两次，或12字以上的同一句话连着写了两遍。",
        "A paragraph of 20 characters and more that occurs twice, or a sentence of 12 and more twice in a row.",
    ),
    why: said("多半是粘贴了两遍。", "Usually pasted twice."),
    examples: &[Example {
        wrong: "要坚持以人民为中心，切实抓好落实。要坚持以人民为中心，切实抓好落实。",
        right: "要坚持以人民为中心，切实抓好落实。",
    }],
    leaves: &["谢谢大家！\n谢谢大家！", "要抓好落实。要抓好落实。"],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    let repeated = repeated(view);
    for (i, block) in view.document.blocks.iter().enumerate() {
        if !matches!(block.role, Role::Body | Role::RunIn) {
            continue;
        }
        let text = block.text.as_str();
        if repeated.binary_search(&i).is_ok() {
            report.find_in(
                i,
                0..text.len(),
                said("这一段与前面的一段完全相同", "this paragraph occurred before"),
            );
            continue;
        }
        let mut last = "";
        let mut start = 0;
        // All three marks are three bytes long, with one of two first bytes.
        for at in memchr::memchr2_iter("。".as_bytes()[0], "！".as_bytes()[0], text.as_bytes()) {
            let end = at + "。".len();
            if !matches!(text[at..].chars().next(), Some('。' | '！' | '？')) {
                continue;
            }
            let sentence = &text[start..end];
            if sentence == last && sentence.chars().nth(11).is_some() {
                report.find_in(
                    i,
                    start..end,
                    said("这一句与前一句完全相同", "this sentence repeats the last"),
                );
            }
            last = sentence;
            start = end;
        }
    }
}

/// The paragraphs of some length that are the same as one before them, in order.
fn repeated(view: &View<'_>) -> Vec<usize> {
    let blocks = view.document.blocks.iter().enumerate();
    let mut texts: Vec<(&str, usize)> = blocks
        .filter(|(_, block)| matches!(block.role, Role::Body | Role::RunIn))
        .map(|(i, block)| (block.text.as_str(), i))
        .filter(|(text, _)| text.chars().nth(19).is_some())
        .collect();
    texts.sort_unstable();
    let mut repeated: Vec<usize> = texts
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| pair[1].1)
        .collect();
    repeated.sort_unstable();
    repeated
}
