//! F10: 主题词, abolished in 2012.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "subject-words",
    id: "F10",
    severity: Severity::Warning,
    fix: None,
    name: said("主题词", "subject words"),
    what: said("文末标了“主题词：”。", "主题词： at the end of a document."),
    why: said(
        "2012年《党政机关公文处理工作条例》和 GB/T 9704—2012 取消了主题词。",
        "The 2012 rules and GB/T 9704-2012 no longer have them.",
    ),
    examples: &[Example {
        wrong: "主题词：农业　通知",
        right: "此页无内容",
    }],
    leaves: &["主题词语要准确。", "会议主题词是团结。"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.starts_with(0, "主题词：") || p.starts_with(0, "主题词:") {
        report
            .find(
                0..p.text().len(),
                said("主题词已经取消", "subject words have been abolished"),
            )
            .help("删去这一行", "delete this line");
    }
}
