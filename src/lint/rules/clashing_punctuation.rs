//! P10: two different points in a row.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::is_point;

pub(crate) static RULE: Rule = Rule {
    code: "clashing-punctuation",
    id: "P10",
    severity: Severity::Warning,
    fix: None,
    name: said("两个点号连用", "two points in a row"),
    what: said(
        "两个不同的点号连在一起，如“。，”。“？！”“！？”可以连用。",
        "Two different points in a row, such as 。，. ？！ and ！？ are right.",
    ),
    why: said(
        "GB/T 15834—2011 第4节：一处停顿只用一个点号。",
        "GB/T 15834-2011 §4: one pause, one mark.",
    ),
    examples: &[Example {
        wrong: "工作已经完成。，下一步抓落实。",
        right: "工作已经完成，下一步抓落实。",
    }],
    leaves: &["真的吗？！", "他问：“好吗？”，没有人回答。"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for pair in p.scan.points.windows(2) {
        let i = pair[0];
        if pair[1] != i + 1 {
            continue;
        }
        let (a, b) = (p.c(i), p.c(i + 1));
        if is_point(a) && is_point(b) && a != b && !(matches!(a, '！' | '？') && matches!(b, '！' | '？'))
        {
            report.find(
                p.bytes(i..i + 2),
                Message::new(
                    format!("“{a}”和“{b}”不能连用"),
                    format!("“{a}” and “{b}” in a row"),
                ),
            );
        }
    }
}
