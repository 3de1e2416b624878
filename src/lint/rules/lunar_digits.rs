//! U11: 8月15中秋.

use crate::diagnostic::Severity;
use crate::lint::date::Date;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

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
    examples: &[
        Example {
            wrong: "8月15中秋节前完成。",
            right: "八月十五中秋节前完成。",
        },
        Example {
            wrong: "农历8月15日团聚。",
            right: "农历八月十五团聚。",
        },
    ],
    leaves: &[
        "9月17日中秋节放假。",
        "农历八月十五团聚。",
        "公历8月15日。",
        "农历2024年",
    ],
    check: Check::With(&[DIGITS, "月"], check),
};

/// Festivals whose day is one of the lunar calendar.
const FESTIVALS: [&str; 6] = ["中秋", "端午", "元宵", "重阳", "七夕", "中元"];

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
        // 农历8月15, 8月15中秋: without 日.
        let month = number.end;
        let day = p.digits_end(month + 1);
        if p.c(month) == '月'
            && day > month + 1
            && p.c(day) != '日'
            && (["农历", "阴历", "旧历"]
                .iter()
                .any(|word| p.ends_with(number.start, word))
                || FESTIVALS.iter().any(|word| p.starts_with(day, word)))
        {
            report.find(
                p.bytes(number.start..day),
                said("农历月日应用汉字数字", "a lunar date should be in hanzi"),
            );
        }
        if p.ends_with(number.start, "正月") || p.ends_with(number.start, "腊月") {
            report.find(
                p.bytes(number.start - 2..number.end),
                said("农历月日应用汉字数字", "a lunar date should be in hanzi"),
            );
        }
    }
}
