//! D08: 4月1号.

use crate::diagnostic::Severity;
use crate::lint::date::Date;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "hao-in-date",
    id: "D08",
    severity: Severity::Info,
    fix: None,
    name: said("日期用“号”", "号 in a date"),
    what: said(
        "书面的日期写成“4月1号”。",
        "A written date with 号 instead of 日.",
    ),
    why: said(
        "书面语用“日”，“号”是口语。",
        "日 is the written form, 号 the spoken one.",
    ),
    examples: &[Example {
        wrong: "4月1号召开。",
        right: "4月1日召开。",
    }],
    leaves: &["4月1日召开。", "2024年3月1号文件"],
    check: Check::With(&[DIGITS, "月", "号"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    // The date of a document has a rule of its own.
    if matches!(p.role(), Role::Date | Role::Imprint) {
        return;
    }
    for date in Date::all(p.scan) {
        if let Some(day) = &date.day
            && p.c(day.digits.end) == '号'
            && !matches!(p.c(date.end), '文' | '令' | '楼' | '线')
        {
            report.find(
                p.bytes(day.digits.end..date.end),
                said("书面日期宜用“日”", "日 is the written form"),
            );
        }
    }
}
