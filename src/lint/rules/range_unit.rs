//! U03: 9～16亿.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::{DIGITS, JOINERS};

pub(crate) static RULE: Rule = Rule {
    code: "range-unit",
    id: "U03",
    severity: Severity::Error,
    fix: None,
    name: said("数值范围缺“万”“亿”", "range without the first 万 or 亿"),
    what: said(
        "以“万”“亿”为单位的数值范围，前一个数没有“万”“亿”，如“13～17万元”。",
        "A range counted in 万 or 亿 whose first number lacks it, such as 13～17万元.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.3节：“9亿～16亿”不能写作“9～16亿”。",
        "GB/T 15835-2011 §5.1.3: 9亿～16亿 is not written 9～16亿.",
    ),
    examples: &[Example {
        wrong: "投资9～16亿元。",
        right: "投资9亿～16亿元。",
    }],
    leaves: &["投资9亿～16亿元。", "2020—2024亿元", "第3—5万人"],
    check: Check::With(&[JOINERS, DIGITS, "万亿"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for (left, right) in p.ranges() {
        let year = left.len() == 4;
        let month = p.before(left.start) == '月';
        let unit = p.c(right.end);
        if !year && !month && matches!(unit, '万' | '亿') {
            report.find(
                p.bytes(left.start..right.end + 1),
                Message::new(
                    format!("前一个数也应带“{unit}”"),
                    format!("the first number needs its {unit} as well"),
                ),
            );
        }
    }
}
