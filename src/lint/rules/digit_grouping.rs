//! U13: long numbers grouped in one place and not in another. Looked for only when asked.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "digit-grouping",
    id: "U13",
    severity: Severity::Info,
    fix: None,
    name: said("多位数分节不一", "long numbers grouped and ungrouped"),
    what: said(
        "同一段里，有的五位以上的数用千分撇分节，有的没有。只看后面带量词的数；只在点名时查。",
        "Numbers of five digits and more, grouped by commas in one place of a paragraph and not in another. Only numbers before a measure word are looked at, and only when asked.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.1节：四位以上的数可以分节，全文应一致。",
        "GB/T 15835-2011 §5.1.1: long numbers may be grouped, consistently.",
    ),
    examples: &[Example {
        wrong: "收入12,345元，支出23456元。",
        right: "收入12,345元，支出23,456元。",
    }],
    leaves: &[
        "收入12345元，支出23456元。",
        "收入12,345元，编号23456。",
        "收入12,345元，共2345人。",
    ],
    check: Check::With(&[DIGITS, ","], check),
};

const MEASURES: &str = "元人户个吨亩家件辆台套米册份";

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let counted = |range: &std::ops::Range<usize>| MEASURES.contains(p.c(range.end));
    let grouped = p.scan.numbers().any(|number| p.slice(number).contains(','));
    if !grouped {
        return;
    }
    for number in p.scan.numbers().filter(counted) {
        let plain = p
            .slice(number.clone())
            .split('.')
            .next()
            .is_some_and(|whole| whole.len() >= 5 && whole.bytes().all(|byte| byte.is_ascii_digit()));
        if plain {
            report.find(
                p.bytes(number),
                said(
                    "同一段里多位数的分节应一致",
                    "long numbers should be grouped alike",
                ),
            );
        }
    }
}
