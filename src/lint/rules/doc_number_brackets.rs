//! P23: other brackets than 〔〕 around the year of a document's number.

use crate::diagnostic::Severity;
use crate::lint::doc_number::DocNumber;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::signs::{DIGITS, YEAR_BRACKETS};

pub(crate) static RULE: Rule = Rule {
    code: "doc-number-brackets",
    id: "P23",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("发文字号括号", "brackets in a document's number"),
    what: said(
        "发文字号的年份用了方括号、圆括号等，没有用六角括号〔〕。",
        "The year in a document's number stands in square, round or other brackets instead of 〔〕.",
    ),
    why: said(
        "GB/T 9704—2012 第7.2.5节：年份用六角括号“〔〕”括入。",
        "GB/T 9704-2012 §7.2.5: the year stands in 〔〕.",
    ),
    examples: &[
        Example {
            wrong: "根据国发[2024]5号文件，国发(2012)1号",
            right: "根据国发〔2024〕5号文件，国发〔2012〕1号",
        },
        Example {
            wrong: "（国办发【2023】12号）",
            right: "（国办发〔2023〕12号）",
        },
    ],
    leaves: &["国发〔2024〕5号", "会议室（2024）5号楼", "（2019）京01民初123号"],
    check: Check::With(&[YEAR_BRACKETS, DIGITS, "号"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in DocNumber::all(p.scan) {
        let (open, close) = (number.open, number.close);
        if (p.c(open), p.c(close)) == ('〔', '〕') {
            continue;
        }
        let found = report.find(
            p.bytes(open..close + 1),
            said(
                "发文字号的年份应用六角括号〔〕",
                "the year of a document's number should stand in 〔〕",
            ),
        );
        if p.c(open) != '〔' {
            found.change(p.bytes(open..open + 1), "〔");
        }
        if p.c(close) != '〕' {
            found.change(p.bytes(close..close + 1), "〕");
        }
    }
}
