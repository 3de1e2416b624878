//! D07: a span of time joined by a hyphen or a tilde.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::{DIGITS, JOINERS};

pub(crate) static RULE: Rule = Rule {
    code: "span-connector",
    id: "D07",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("时间起止的连接号", "connector in a span of time"),
    what: said(
        "年、月、日、时刻的起止之间用了短横线或波浪线，没有用一字线。",
        "A hyphen or a tilde between two years, months, days or times, where — should stand.",
    ),
    why: said(
        "GB/T 15834—2011 第4.13.3.2节：标示时间、地域的起止用一字线。",
        "GB/T 15834-2011 §4.13.3.2: — joins the ends of a span of time or space.",
    ),
    examples: &[
        Example {
            wrong: "2016-2020年，2月3日-10日，1~6月。",
            right: "2016—2020年，2月3日—10日，1—6月。",
        },
        Example {
            wrong: "会议时间为9:00-11:30。",
            right: "会议时间为9:00—11:30。",
        },
    ],
    leaves: &[
        "2016—2020年。",
        "2024-01-05",
        "3-5天",
        "电话0571-8888",
        "GB/T 9704-2012年发布",
    ],
    check: Check::With(&[JOINERS, DIGITS], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if !matches!(p.c(i), '-' | '－' | '–' | '~' | '～') || !p.is_plain(i) || i == 0 {
            continue;
        }
        let end = p.digits_end(i + 1);
        if end == i + 1 {
            continue;
        }
        let unit = p.c(end);
        let (mut start, left_unit) = match p.before(i) {
            c @ ('年' | '月' | '日') => (i - 1, Some(c)),
            _ => (i, None),
        };
        let digits_end = start;
        while start > 0 && p.class_before(start) == Class::Digit {
            start -= 1;
        }
        let digits = digits_end - start;
        let time = p.class_before(i) == Class::Digit && clock_before(p, i) && clock_after(p, i + 1);
        let plain_start = !matches!(
            p.before(start),
            '-' | '－' | '–' | '~' | '～' | '.' | '/' | ':' | '第'
        );
        let year = digits == 4 && end - i == 5 && unit == '年';
        let tilde = p.c(i) == '～';
        let short = (1..=2).contains(&digits) && end - i <= 3;
        let day = short
            && matches!(unit, '月' | '日')
            && left_unit.is_none_or(|left| left == unit || (left == '日' && unit == '月'));
        // 3-5日 after a month is a span of days; 3-5月 one of months.
        let spans = time || (plain_start && !tilde && (year || day));
        if spans {
            report
                .find(
                    p.bytes(i..i + 1),
                    said(
                        "时间起止之间应用一字线“—”",
                        "— should join the ends of a span of time",
                    ),
                )
                .change(p.bytes(i..i + 1), "—");
        }
    }
}

fn clock_before(p: &Paragraph<'_>, i: usize) -> bool {
    i >= 4 && p.digits_end(i - 2) == i && p.c(i - 3) == ':' && p.class(i - 4) == Class::Digit
}

fn clock_after(p: &Paragraph<'_>, i: usize) -> bool {
    let end = p.digits_end(i);
    (1..=2).contains(&(end - i)) && p.c(end) == ':' && p.digits_end(end + 1) == end + 3
}
