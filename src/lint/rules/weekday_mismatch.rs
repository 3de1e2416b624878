//! D10: a weekday that isn't the day's.

use crate::diagnostic::{Message, Severity};
use crate::lint::date::{Date, exists, weekday};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "weekday-mismatch",
    id: "D10",
    severity: Severity::Error,
    fix: None,
    name: said("日期与星期不符", "weekday and date disagree"),
    what: said(
        "写明年月日的日期后面注的星期，与日历不符。",
        "The weekday given after a full date is not the one of the calendar.",
    ),
    why: said(
        "两者必有一个写错，读者会走错日子。",
        "One of the two is wrong, and people will come on the wrong day.",
    ),
    examples: &[Example {
        wrong: "2024年3月5日（星期一）上午召开。",
        right: "2024年3月5日（星期二）上午召开。",
    }],
    leaves: &[
        "2024年3月10日（星期日）上午，3月5日（星期一）。",
        "2024年3月10日（周日）",
    ],
    check: Check::With(&[DIGITS, "月", "期拜周"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for date in Date::all(p.scan) {
        let (Some(year), Some(month), Some(day)) = (&date.year, &date.month, &date.day) else {
            continue;
        };
        let mut i = date.end;
        i += usize::from(matches!(p.c(i), '（' | '(' | '，' | ' '));
        let word = ["星期", "礼拜", "周"]
            .into_iter()
            .find(|word| p.starts_with(i, word));
        let Some(word) = word else { continue };
        i += word.chars().count();
        let written = match p.c(i) {
            '日' | '天' | '末' => 0,
            c => "一二三四五六"
                .chars()
                .position(|other| other == c)
                .map_or(9, |n| n as u32 + 1),
        };
        // 周年 and 周末 are no weekdays.
        if written == 9 || p.c(i) == '末' || !exists(Some(year.value), month.value, Some(day.value)) {
            continue;
        }
        let right = weekday(year.value, month.value, day.value);
        if right != written {
            let name = ["日", "一", "二", "三", "四", "五", "六"][right as usize];
            report.find(
                p.bytes(date.start..i + 1),
                Message::new(format!("这一天是星期{name}"), format!("that day is 星期{name}")),
            );
        }
    }
}
