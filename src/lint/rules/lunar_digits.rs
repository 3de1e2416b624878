//! U11: 8月15中秋.

use crate::diagnostic::Severity;
use crate::lint::date::Date;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "lunar-digits",
    id: "U11",
    severity: Severity::Warning,
    fix: None,
    name: said("农历用阿拉伯数字", "lunar date in Arabic digits"),
    what: said(
        "“农历8月15日”“正月15”这样用阿拉伯数字写的农历月日。",
        "A date of the lunar calendar in Arabic digits, such as 农历8月15日.",
    ),
    why: said(
        "GB/T 15835—2011 第4.2.1节：非公历纪年用汉字数字。",
        "GB/T 15835-2011 §4.2.1: dates of other calendars are written in hanzi.",
    ),
    examples: &[Example {
        wrong: "农历8月15日团聚。",
        right: "农历八月十五团聚。",
    }],
    leaves: &["农历八月十五团聚。", "公历8月15日。", "农历2024年"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for date in Date::all(p.scan) {
        if p.ends_with(date.start, "农历") {
            report.find(
                p.bytes(date.start..date.end),
                said("农历月日应用汉字数字", "a lunar date should be in hanzi"),
            );
        }
    }
    for number in p.scan.numbers() {
        if p.ends_with(number.start, "正月") || p.ends_with(number.start, "腊月") {
            report.find(
                p.bytes(number.start - 2..number.end),
                said("农历月日应用汉字数字", "a lunar date should be in hanzi"),
            );
        }
    }
}
