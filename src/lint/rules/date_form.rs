//! D02: the date of a document in another form than 2024年1月5日.

use crate::diagnostic::Severity;
use crate::lint::date::{Date, Part};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, numeral};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "date-form",
    id: "D02",
    severity: Severity::Warning,
    fix: None,
    name: said("成文日期写法", "form of a document's date"),
    what: said(
        "成文日期、印发日期写成 2024.1.5、2024/1/5、2024-1-5、2024年1月5号或二〇二四年一月五日，或没有写日。",
        "The date of a document written 2024.1.5, 2024/1/5, 2024-1-5, 2024年1月5号 or 二〇二四年一月五日, or without its day.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.5.4、7.4.3节：用阿拉伯数字将年、月、日标全。",
        "GB/T 9704-2012 §7.3.5.4, 7.4.3: year, month and day in full, in Arabic digits.",
    ),
    examples: &[
        Example {
            wrong: "〖成文日期〗二〇二四年一月五日",
            right: "〖成文日期〗2024年1月5日",
        },
        Example {
            wrong: "〖成文日期〗2024.1.5",
            right: "〖成文日期〗2024年1月5日",
        },
        Example {
            wrong: "〖成文日期〗2024年1月",
            right: "〖成文日期〗2024年1月5日",
        },
    ],
    leaves: &["〖成文日期〗2024年1月5日", "二〇二四年一月五日召开。"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !matches!(p.role(), Role::Date | Role::Imprint) {
        return;
    }
    let hanzi = (0..p.len()).find(|&i| p.c(i) == '年' && i >= 4 && (i - 4..i).all(|k| is_year_digit(p.c(k))));
    let range = match hanzi {
        Some(year) => {
            let end = (year..p.len())
                .find(|&i| p.c(i) == '日')
                .map_or(p.len(), |i| i + 1);
            year - 4..end
        }
        None => {
            let start = p.scan.points.iter().copied().find(|&i| {
                let end = p.digits_end(i);
                end == i + 4
                    && p.class_before(i) != Class::Digit
                    && matches!(p.c(end), '.' | '/' | '-' | '．' | '／')
                    && p.class(end + 1) == Class::Digit
            });
            let Some(start) = start else {
                return incomplete(p, report);
            };
            let mut end = start;
            while matches!(p.class(end), Class::Digit) || matches!(p.c(end), '.' | '/' | '-' | '．' | '／')
            {
                end += 1;
            }
            start..end
        }
    };
    report.find(
        p.bytes(range),
        said(
            "成文日期应用阿拉伯数字，写成“2024年1月5日”的形式",
            "a document's date should be written like 2024年1月5日",
        ),
    );
}

/// Reports a date that lacks its day, or has 号 for 日.
fn incomplete(p: &Paragraph<'_>, report: &mut Report) {
    for date in Date::all(p.scan) {
        let spoken = |day: &Part| p.c(day.digits.end) == '号';
        if date.year.is_some() && date.day.as_ref().is_none_or(spoken) {
            report.find(
                p.bytes(date.start..date.end),
                said(
                    "成文日期应标全年、月、日，写成“2024年1月5日”的形式",
                    "a document's date has year, month and day, like 2024年1月5日",
                ),
            );
        }
    }
}

fn is_year_digit(c: char) -> bool {
    numeral(c).is_some_and(|n| n < 10) || matches!(c, '零' | '○' | 'O' | 'Ｏ' | '0' | 'o')
}
