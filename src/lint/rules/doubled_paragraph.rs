//! T06: a paragraph or a sentence twice.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
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
    check: Check::Paragraph(check),
};

/// The shortest paragraph and the shortest sentence that are reported, in characters.
const SHORTEST_PARAGRAPH: usize = 20;
const SHORTEST_SENTENCE: usize = 12;

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !matches!(p.role(), Role::Body | Role::RunIn) {
        return;
    }
    if p.len() >= SHORTEST_PARAGRAPH && p.view.repeats(p.index) {
        report.find(
            0..p.text().len(),
            said("这一段与前面的一段完全相同", "this paragraph occurred before"),
        );
        return;
    }
    let mut last = 0..0;
    for &i in &p.scan.points {
        if !matches!(p.c(i), '。' | '！' | '？') {
            continue;
        }
        let sentence = last.end..i + 1;
        if sentence.len() >= SHORTEST_SENTENCE
            && sentence.len() == last.len()
            && p.slice(sentence.clone()) == p.slice(last)
        {
            report.find(
                p.bytes(sentence.clone()),
                said("这一句与前一句完全相同", "this sentence repeats the last"),
            );
        }
        last = sentence;
    }
}
