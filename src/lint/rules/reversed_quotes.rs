//! P05: a closing mark where the opening one should stand, and the other way round.

use crate::diagnostic::Severity;
use crate::lint::pairs::{Fault, partnerless};
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::view::View;

pub(crate) static RULE: Rule = Rule {
    code: "reversed-quotes",
    id: "P05",
    severity: Severity::Error,
    fix: Some(Applicability::All),
    name: said("引号前后颠倒", "reversed marks"),
    what: said(
        "前后两半写反了的引号，如”实干“；以及两半方向相同的引号，如“实干“。",
        "A pair whose halves changed places, such as ”实干“, and two marks that look to the same side, such as “实干“.",
    ),
    why: said(
        "GB/T 15834—2011 第4.8.2节：左为前引号，右为后引号。",
        "GB/T 15834-2011 §4.8.2: the left one opens, the right one closes.",
    ),
    examples: &[
        Example {
            wrong: "大力弘扬”实干“精神。",
            right: "大力弘扬“实干”精神。",
        },
        Example {
            wrong: "落实“三会一课“制度。",
            right: "落实“三会一课”制度。",
        },
    ],
    leaves: &["他说：“学习。\n这”是他的原话，“记住了。”", "“学习。\n“实践。”"],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    for single in partnerless(view) {
        let (other, both) = match single.fault {
            Fault::Reversed { other } => (other, true),
            Fault::SameSide { other } => (other, false),
            _ => continue,
        };
        let (left, right) = if matches!(single.c, '“' | '”') {
            ("“", "”")
        } else {
            ("‘", "’")
        };
        let len = single.c.len_utf8();
        let message = if both {
            said(
                "前引号和后引号写反了",
                "the opening and the closing mark have changed places",
            )
        } else {
            said(
                "有一个引号方向反了",
                "one of the two marks is turned the wrong way",
            )
        };
        let found = report.find_in(single.block, single.at..other + len, message);
        if both || !matches!(single.c, '“' | '‘') {
            found.change(single.at..single.at + len, left);
        }
        if both || matches!(single.c, '“' | '‘') {
            found.change(other..other + len, right);
        }
    }
}
