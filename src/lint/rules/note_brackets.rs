//! F03: 附注 without its brackets.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "note-brackets",
    id: "F03",
    severity: Severity::Error,
    fix: None,
    name: said("附注缺括号", "note without brackets"),
    what: said(
        "“此件公开发布”“此件发至县级”一类附注没有加圆括号。",
        "A note such as 此件公开发布 without round brackets.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.6节：附注居左空二字加圆括号。",
        "GB/T 9704-2012 §7.3.6: a note stands in round brackets.",
    ),
    examples: &[Example {
        wrong: "〖附注〗此件公开发布",
        right: "〖附注〗（此件公开发布）",
    }],
    leaves: &[
        "〖附注〗（此件发至县级）",
        "〖附注〗联系人：王某，电话：12345",
        "此件公开发布后，反响热烈。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() == Role::Note && (p.text().starts_with("此件") || p.text().starts_with("此文")) {
        report.find(
            0..p.text().len(),
            said("附注应加圆括号", "a note stands in round brackets"),
        );
    }
}
