//! P07: 《 》 directly inside 《 》.

use crate::diagnostic::Severity;
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "nested-book-marks",
    id: "P07",
    severity: Severity::Error,
    fix: Some(Applicability::All),
    name: said("双书名号套双书名号", "book-title marks inside book-title marks"),
    what: said(
        "套在《 》里面的《 》，里面一层应为〈 〉。",
        "《 》 inside 《 》; the inner ones should be 〈 〉.",
    ),
    why: said(
        "GB/T 15834—2011 第4.15.3.5节：书名号里面还要用书名号时，外面一层用双书名号，里面一层用单书名号。",
        "GB/T 15834-2011 §4.15.3.5: outside 《 》, inside 〈 〉.",
    ),
    examples: &[Example {
        wrong: "《关于印发《管理办法》的通知》已经下发。",
        right: "《关于印发〈管理办法〉的通知》已经下发。",
    }],
    leaves: &["《甲》和《乙》。", "《关于修改〈办法〉的决定》施行。"],
    check: Check::With(&["《"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for pair in p.pairs.pairs.iter().filter(|pair| pair.kind == Kind::Book) {
        let mut around = p.pairs.parent(pair);
        while let Some(outer) = around
            && !matches!(outer.kind, Kind::Book | Kind::InnerBook)
        {
            around = p.pairs.parent(outer);
        }
        if around.is_some_and(|outer| outer.kind == Kind::Book) {
            report
                .find(
                    p.bytes(pair.open..pair.close + 1),
                    said(
                        "书名号里面又用了双书名号，里层应为〈 〉",
                        "《 》 inside 《 》; the inner should be 〈 〉",
                    ),
                )
                .change(p.bytes(pair.open..pair.open + 1), "〈")
                .change(p.bytes(pair.close..pair.close + 1), "〉");
        }
    }
}
