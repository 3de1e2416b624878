//! U07: 3、4个.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "approximate-digits",
    id: "U07",
    severity: Severity::Warning,
    fix: None,
    name: said("概数用阿拉伯数字", "approximate number in Arabic digits"),
    what: said(
        "相邻两个阿拉伯数字加顿号表示概数，如“3、4个”。“第3、4个”“3、4月份”不算。",
        "Two neighbouring Arabic digits with 、 for an approximate number, such as 3、4个. 第3、4个 and 3、4月份 are no fault.",
    ),
    why: said(
        "GB/T 15835—2011 第4.2.2节：概数用汉字数字。",
        "GB/T 15835-2011 §4.2.2: approximate numbers are written in hanzi.",
    ),
    examples: &[Example {
        wrong: "有5、6个人在场。",
        right: "有五六个人在场。",
    }],
    leaves: &["第5、6个问题。", "3、4月份", "1、3个", "5、6号楼"],
    check: Check::With(&[DIGITS, "、"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in p.scan.numbers() {
        let i = number.start;
        let (Some(a), Some(b)) = (p.c(i).to_digit(10), p.c(i + 2).to_digit(10)) else {
            continue;
        };
        let shape = number.len() == 1 && p.c(i + 1) == '、' && p.digits_end(i + 2) == i + 3;
        let counted = matches!(p.c(i + 3), '个' | '天' | '次' | '倍' | '岁' | '十');
        let joined = matches!(p.before(i), '第' | '、' | '.' | '-' | '月');
        if shape && b == a + 1 && counted && !joined && i > 0 {
            report.find(
                p.bytes(i..i + 3),
                said("概数应用汉字数字", "an approximate number should be in hanzi"),
            );
        }
    }
}
