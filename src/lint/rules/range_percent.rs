//! U02: 15～30%.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::{DIGITS, JOINERS};

pub(crate) static RULE: Rule = Rule {
    code: "range-percent",
    id: "U02",
    severity: Severity::Error,
    fix: None,
    name: said(
        "百分数范围缺百分号",
        "range of percentages without the first sign",
    ),
    what: said(
        "百分数范围的前一个数没有百分号，如“15～30%”。",
        "A range of percentages whose first number has no sign, such as 15～30%.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.3节：百分数前一个“%”不能省略。",
        "GB/T 15835-2011 §5.1.3: the first % is not left out.",
    ),
    examples: &[Example {
        wrong: "增长15～30%。",
        right: "增长15%～30%。",
    }],
    leaves: &["增长15%～30%。", "2020—2024年增长5%。", "第3—5%"],
    check: Check::With(&[JOINERS, DIGITS, "%"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for (left, right) in p.ranges() {
        if p.c(right.end) == '%' {
            report.find(
                p.bytes(left.start..right.end + 1),
                said("前一个数也应带百分号", "the first number needs its % as well"),
            );
        }
    }
}
