//! U10: 3个、五个.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::numeral;
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "mixed-measures",
    id: "U10",
    severity: Severity::Info,
    fix: None,
    name: said("并列数字形式不一", "numbers of a list in different forms"),
    what: said(
        "并列的两个数量，量词相同，一个用阿拉伯数字，一个用汉字，如“3个、五个”。",
        "Two numbers of a list with the same measure word, one in Arabic digits, one in hanzi: 3个、五个.",
    ),
    why: said(
        "GB/T 15835—2011 第4.3节：同类别同形式。",
        "GB/T 15835-2011 §4.3: the same form for the same sort.",
    ),
    examples: &[Example {
        wrong: "分别有3个、五个和6个。",
        right: "分别有3个、5个和6个。",
    }],
    leaves: &[
        "分别有3个、5个。",
        "有3个，一个也不能少。",
        "3个和一些",
        "奖励3名、两个",
    ],
    check: Check::With(&[DIGITS, "、和"], check),
};

const MEASURES: &str = "个名家项次户台件场期条";

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in p.scan.numbers() {
        let measure = p.c(number.end);
        let joint = number.end + 1;
        if !MEASURES.contains(measure) || !matches!(p.c(joint), '、' | '和') {
            continue;
        }
        let end = (joint + 1..p.len())
            .find(|&k| numeral(p.c(k)).is_none() && !matches!(p.c(k), '百' | '千' | '两'))
            .unwrap_or(p.len());
        if end > joint + 1 && p.c(end) == measure && !matches!(p.c(end + 1), '是' | '要') {
            report.find(
                p.bytes(number.start..end + 1),
                said(
                    "并列的数字形式应一致",
                    "the numbers of a list should have one form",
                ),
            );
        }
    }
}
