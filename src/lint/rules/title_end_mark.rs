//! H10: a title with a mark at its end.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "title-end-mark",
    id: "H10",
    severity: Severity::Warning,
    fix: None,
    name: said("公文标题末尾的标点", "mark at the end of a title"),
    what: said(
        "标题末尾用了 。；，：、。",
        "A title that ends with 。；，： or 、.",
    ),
    why: said(
        "公文惯例：标题末尾不用标点。",
        "Office practice: no mark at the end of a title.",
    ),
    examples: &[Example {
        wrong: "〖标题〗在全市工作会议上的讲话。",
        right: "〖标题〗在全市工作会议上的讲话",
    }],
    leaves: &["〖标题〗关于贯彻《条例》的通知", "〖标题〗青年，你准备好了吗？"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() != Role::Title {
        return;
    }
    let text = p.text().trim_end();
    let last = text.chars().next_back();
    if let Some(c) = last.filter(|c| matches!(c, '。' | '；' | '，' | '：' | '、')) {
        report.find(
            text.len() - c.len_utf8()..text.len(),
            said("标题末尾不用标点", "no mark at the end of a title"),
        );
    }
}
