//! D03: a day that isn't in the calendar.

use crate::diagnostic::Severity;
use crate::lint::date::{Date, exists};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "impossible-date",
    id: "D03",
    severity: Severity::Error,
    fix: None,
    name: said("不存在的日期", "impossible date"),
    what: said(
        "13月、2月30日、4月31日这样的日期，闰年按年份算。",
        "Dates such as 13月, 2月30日 or 4月31日, by the calendar of the year.",
    ),
    why: said("日历上没有这一天。", "There is no such day."),
    examples: &[Example {
        wrong: "2023年2月29日召开，4月31日结束。",
        right: "2024年2月29日召开，4月30日结束。",
    }],
    leaves: &["2024年2月29日召开。", "2月29日", "3月5日至12月31日", "00月00日"],
    check: Check::With(&[DIGITS, "月"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for date in Date::all(p.scan) {
        let Some(month) = date.month.as_ref().map(|part| part.value) else {
            continue;
        };
        let year = date.year.as_ref().map(|part| part.value);
        let day = date.day.as_ref().map(|part| part.value);
        // 00月00日 is a blank to be filled in.
        if month == 0 || day == Some(0) || (day.is_none() && year.is_none()) {
            continue;
        }
        if !exists(year, month, day) {
            report.find(
                p.bytes(date.start..date.end),
                said("没有这一天", "there is no such day"),
            );
        }
    }
}
