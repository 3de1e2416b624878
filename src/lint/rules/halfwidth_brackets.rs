//! P02: half-width brackets around Chinese.

use crate::diagnostic::{Message, Severity};
use crate::lint::doc_number::DocNumber;
use crate::lint::ordinal::Form;
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::is_point;

pub(crate) static RULE: Rule = Rule {
    code: "halfwidth-brackets",
    id: "P02",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("半角括号", "half-width brackets"),
    what: said(
        "里面有汉字，或紧跟在汉字后面的成对半角括号 ( )，包括一半全角、一半半角的。文件名、网址和代码里的不动。",
        "A pair of half-width brackets with hanzi inside or directly after a hanzi, also when one of the two is full-width already. Those in file names, addresses and code are left alone.",
    ),
    why: said(
        "GB/T 15834—2011 第4.9节、第5.1.3节：括号用全角形式，各占一个字的位置。",
        "GB/T 15834-2011 §4.9 and §5.1.3: brackets are full-width and take one character each.",
    ),
    examples: &[
        Example {
            wrong: "《办法》(试行)已经印发。",
            right: "《办法》（试行）已经印发。",
        },
        Example {
            wrong: "国内生产总值(GDP)增长，GDP(国内生产总值）达标。",
            right: "国内生产总值（GDP）增长，GDP（国内生产总值）达标。",
        },
    ],
    leaves: &[
        "函数f(x)连续。",
        "请填写报名表(2024年).docx。",
        "调用getName(用户)即可。",
        "（一）已用全角。",
    ],
    check: Check::With(&["()"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !p.is_chinese() {
        return;
    }
    for pair in &p.pairs.pairs {
        let (open, close) = (pair.open, pair.close);
        let half_open = p.c(open) == '(';
        let half_close = p.c(close) == ')';
        if pair.kind != Kind::Round || !(half_open || half_close) || p.c(0) == '[' {
            continue;
        }
        // Those have rules of their own.
        if DocNumber::at(p.scan, open).is_some() || is_ordinal(p, open) {
            continue;
        }
        let hanzi_inside = (open + 1..close).any(|i| p.is_hanzi(i));
        let chinese_before = p.hanzi_before(open) || matches!(p.before(open), '》' | '”' | '％' | '）');
        let in_list = (open == 0 || is_point(p.before(open))) && p.is_hanzi(close + 1);
        let mixed = half_open != half_close;
        if !(hanzi_inside || chinese_before || in_list || mixed) {
            continue;
        }
        let found = report.find(
            p.bytes(open..close + 1),
            Message::new(
                "中文里用了半角括号，应为“（）”",
                "half-width brackets in Chinese text, should be （）",
            ),
        );
        if half_open {
            found.change(p.bytes(open..open + 1), "（");
        }
        if half_close {
            found.change(p.bytes(close..close + 1), "）");
        }
    }
}

/// Whether the bracket at `open` begins the ordinal of the paragraph.
fn is_ordinal(p: &Paragraph<'_>, open: usize) -> bool {
    open == 0
        && p.view.ordinals[p.index]
            .is_some_and(|ordinal| matches!(ordinal.form, Form::BracketedHanzi | Form::BracketedArabic))
}
