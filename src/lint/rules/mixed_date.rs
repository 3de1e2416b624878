//! D05: a date half in hanzi, half in Arabic digits.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, numeral};
use crate::lint::signs::DIGITS;

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
    examples: &[
        Example {
            wrong: "2008年八月召开。",
            right: "2008年8月召开。",
        },
        Example {
            wrong: "二〇〇八年8月8日开幕。",
            right: "2008年8月8日开幕。",
        },
    ],
    leaves: &[
        "2008年五月天",
        "二〇〇八年八月八日开幕。",
        "2008年8月8日",
        "2024年三月初三",
    ],
    check: Check::With(&["年", "月", DIGITS], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for i in 4..p.len() {
        if p.c(i) != '年' {
            continue;
        }
        let hanzi_year = (i - 4..i).all(|k| numeral(p.c(k)).is_some_and(|n| n < 10));
        let digits = p.digits_end(i + 1);
        let numerals = (i + 1..p.len())
            .take_while(|&k| numeral(p.c(k)).is_some())
            .count();
        let arabic_year = (i - 4..i).all(|k| p.class(k) == Class::Digit)
            && p.class_before(i - 4) != Class::Digit
            && matches!(p.c(i - 4), '1' | '2');
        let end = if hanzi_year && digits > i + 1 && digits - i <= 3 {
            digits
        } else if arabic_year && (1..=2).contains(&numerals) && !p.c(i + 2 + numerals).eq(&'天') {
            i + 1 + numerals
        } else {
            continue;
        };
        // 三月初三, 三月十五: a lunar day beside a year in digits.
        let lunar = matches!(p.c(end + 1), '初' | '廿' | '卅') || {
            let day = (end + 1..p.len())
                .take_while(|&k| numeral(p.c(k)).is_some())
                .count();
            day > 0 && p.c(end + 1 + day) != '日'
        };
        if p.c(end) == '月' && !(arabic_year && lunar) {
            report.find(
                p.bytes(i - 4..end + 1),
                said(
                    "年、月一个用汉字、一个用阿拉伯数字，应统一",
                    "year and month are in different numerals",
                ),
            );
        }
    }
}
