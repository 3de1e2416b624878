//! F05: 份号 of other than six digits.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "copy-number-form",
    id: "F05",
    severity: Severity::Error,
    fix: None,
    name: said("份号写法", "form of the copy number"),
    what: said(
        "份号不是6位阿拉伯数字。",
        "A copy number of other than six Arabic digits.",
    ),
    why: said(
        "GB/T 9704—2012 第7.2.1节：份号一般用6位3号阿拉伯数字。",
        "GB/T 9704-2012 §7.2.1: six Arabic digits.",
    ),
    examples: &[Example {
        wrong: "〖份号〗0001",
        right: "〖份号〗000001",
    }],
    leaves: &["〖份号〗000123", "0001"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() != Role::CopyNumber {
        return;
    }
    let digits = p.text().trim();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        report.find(
            0..p.text().len(),
            said("份号应为6位阿拉伯数字", "a copy number has six Arabic digits"),
        );
    }
}
