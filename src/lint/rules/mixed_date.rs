//! D05: a date half in hanzi, half in Arabic digits.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, numeral};

pub(crate) static RULE: Rule = Rule {
    code: "mixed-date",
    id: "D05",
    severity: Severity::Warning,
    fix: None,
    name: said("日期数字混用", "mixed digits in a date"),
    what: said(
        "同一个日期里，年用汉字数字、月日用阿拉伯数字，或者反过来。",
        "A date whose year is in hanzi and whose month or day is in Arabic digits, or the other way round.",
    ),
    why: said(
        "GB/T 15835—2011 第4.3节：同一场合数字形式应统一。",
        "GB/T 15835-2011 §4.3: one form of numerals at a time.",
    ),
    examples: &[Example {
        wrong: "二〇〇八年8月8日开幕。",
        right: "2008年8月8日开幕。",
    }],
    leaves: &["二〇〇八年八月八日开幕。", "2008年8月8日", "2024年三月初三"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for i in 4..p.len() {
        let hanzi_year = p.c(i) == '年' && (i - 4..i).all(|k| numeral(p.c(k)).is_some_and(|n| n < 10));
        if !hanzi_year || p.class(i + 1) != Class::Digit {
            continue;
        }
        let end = p.digits_end(i + 1);
        if end - i <= 3 && p.c(end) == '月' {
            report.find(
                p.bytes(i - 4..end + 1),
                said(
                    "年用汉字、月用阿拉伯数字，应统一",
                    "the year is in hanzi, the month in Arabic digits",
                ),
            );
        }
    }
}
