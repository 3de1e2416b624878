//! D01: 2024年01月05日.

use crate::diagnostic::Severity;
use crate::lint::date::Date;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "zero-padded-date",
    id: "D01",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("日期编虚位", "zeros in a date"),
    what: said(
        "年月日形式的日期里，月、日前面多了0。",
        "A zero before the month or the day of a date written with 年月日.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.5.4节：月、日不编虚位（即1不编为01）。",
        "GB/T 9704-2012 §7.3.5.4: month and day are written without leading zeros.",
    ),
    examples: &[Example {
        wrong: "2024年01月05日召开，03月08日结束。",
        right: "2024年1月5日召开，3月8日结束。",
    }],
    leaves: &["2024年10月20日召开。", "2024-01-05", "08时05分", "2024年00月00日"],
    check: Check::With(&["0", "月"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for date in Date::all(p.scan) {
        let parts: Vec<_> = [&date.month, &date.day].into_iter().flatten().collect();
        if parts.iter().any(|part| part.value == 0) || !parts.iter().any(|part| p.c(part.digits.start) == '0')
        {
            continue;
        }
        let found = report.find(
            p.bytes(date.start..date.end),
            said("月、日前面不加0", "no zero before the month or the day"),
        );
        for part in parts {
            if p.c(part.digits.start) == '0' {
                found.change(p.bytes(part.digits.start..part.digits.start + 1), "");
            }
        }
    }
}
