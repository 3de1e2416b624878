//! N01: a document's number with 第, leading zeros or half a year.

use crate::diagnostic::Severity;
use crate::lint::doc_number::DocNumber;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::signs::{DIGITS, YEAR_BRACKETS};

pub(crate) static RULE: Rule = Rule {
    code: "doc-number-form",
    id: "N01",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("发文字号写法", "form of a document's number"),
    what: said(
        "发文字号的顺序号前加了“第”、编了虚位（05号），或年份不全。令号、公告号、“字第”形式的旧字号和1999年以前的字号不算；年份不全只提示，不改。",
        "第 or leading zeros before the serial number, or a year of two digits. Orders, public notices, old numbers of the form 字第 and numbers of 1999 and earlier are no fault; a short year is reported, not corrected.",
    ),
    why: said(
        "GB/T 9704—2012 第7.2.5节：年份应标全称；发文顺序号不加“第”字，不编虚位。",
        "GB/T 9704-2012 §7.2.5: the year in full, no 第, no leading zeros.",
    ),
    examples: &[Example {
        wrong: "国发〔2024〕第05号",
        right: "国发〔2024〕5号",
    }],
    leaves: &[
        "国发〔2024〕5号",
        "财税字〔1994〕第037号",
        "国税函〔1999〕第012号",
        "某某部公告〔2024〕第5号",
        "总队令〔2020〕第3号",
    ],
    check: Check::With(&[YEAR_BRACKETS, DIGITS, "号"], check),
};

/// The first year whose numbers have neither 第 nor leading zeros: GB/T 9704-1999 was in force from its first day.
const FORM_SINCE: u32 = 2000;

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in DocNumber::all(p.scan) {
        let code_end = (0..number.open).rev().find(|&i| p.c(i) != ' ').unwrap_or(0);
        if matches!(p.c(code_end), '字' | '令' | '告') {
            continue;
        }
        let whole = p.bytes(number.open..number.serial.end + 1);
        if number.year.len() == 2 {
            report.find(
                whole,
                said(
                    "发文字号的年份应写全四位",
                    "the year of a document's number needs four digits",
                ),
            );
            continue;
        }
        let zeros = (number.serial.clone()).take_while(|&i| p.c(i) == '0').count();
        if zeros == number.serial.len() || (number.di.is_none() && zeros == 0) {
            continue;
        }
        // Numbers given before the form was fixed are cited as they are.
        if p.scan
            .number(number.year.clone())
            .is_some_and(|year| year < FORM_SINCE)
        {
            continue;
        }
        let start = number.di.unwrap_or(number.serial.start);
        report
            .find(
                whole,
                said(
                    "发文字号的顺序号不加“第”，不编虚位",
                    "no 第 and no leading zeros in a document's number",
                ),
            )
            .change(p.bytes(start..number.serial.start + zeros), "");
    }
}
