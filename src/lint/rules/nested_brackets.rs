//! P08: round brackets inside round brackets.

use crate::diagnostic::Severity;
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::numeral;

pub(crate) static RULE: Rule = Rule {
    code: "nested-brackets",
    id: "P08",
    severity: Severity::Warning,
    fix: None,
    name: said("圆括号套圆括号", "brackets inside brackets"),
    what: said(
        "套在（ ）里面的（ ）。括号里的序号（一）（1）不算。",
        "（ ） inside （ ）. Numbers such as （一） and （1） are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 第4.9.3.6节：尽量避免套用括号，不能避免时外层宜用方括号或六角括号。",
        "GB/T 15834-2011 §4.9.3.6: avoid brackets within brackets; where they can't be avoided, use different ones.",
    ),
    examples: &[Example {
        wrong: "有关单位（包括企业（国有企业除外））要抓紧。",
        right: "有关单位〔包括企业（国有企业除外）〕要抓紧。",
    }],
    leaves: &["按规定（见第三条第（二）项）办理。", "甲（乙），丙（丁）。"],
    check: Check::With(&["（("], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for pair in p.pairs.pairs.iter().filter(|pair| pair.kind == Kind::Round) {
        let mut around = p.pairs.parent(pair);
        while let Some(outer) = around
            && outer.kind != Kind::Round
        {
            around = p.pairs.parent(outer);
        }
        let number = pair.close - pair.open <= 4
            && (pair.open + 1..pair.close)
                .all(|i| p.c(i).is_ascii_alphanumeric() || numeral(p.c(i)).is_some());
        // A year in a document's number, which has a rule of its own.
        let year =
            pair.close - pair.open == 5 && (pair.open + 1..pair.close).all(|i| p.c(i).is_ascii_digit());
        if around.is_some() && !number && !year {
            report.find(
                p.bytes(pair.open..pair.close + 1),
                said("圆括号里面又用了圆括号", "round brackets inside round brackets"),
            );
        }
    }
}
