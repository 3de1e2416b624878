//! U09: 百分之20.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "baifenzhi-digits",
    id: "U09",
    severity: Severity::Warning,
    fix: None,
    name: said("“百分之”接阿拉伯数字", "百分之 before Arabic digits"),
    what: said(
        "“百分之20”这样汉字与阿拉伯数字混写的百分数。",
        "A percentage half in hanzi, half in Arabic digits, such as 百分之20.",
    ),
    why: said(
        "GB/T 15835—2011 第4.3节：写“20%”或“百分之二十”。",
        "GB/T 15835-2011 §4.3: 20% or 百分之二十.",
    ),
    examples: &[Example {
        wrong: "占百分之20。",
        right: "占20%。",
    }],
    leaves: &["占百分之二十。", "占20%。"],
    check: Check::With(&[DIGITS, "百"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in p.scan.numbers() {
        if p.ends_with(number.start, "百分之") && p.class(number.start) == Class::Digit {
            report.find(
                p.bytes(number.start - 3..number.end),
                said(
                    "应写“20%”或“百分之二十”的形式",
                    "should be written like 20% or 百分之二十",
                ),
            );
        }
    }
}
