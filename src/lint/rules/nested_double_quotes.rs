//! P06: double quotation marks directly inside double ones.

use crate::diagnostic::Severity;
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "nested-double-quotes",
    id: "P06",
    severity: Severity::Error,
    fix: Some(Applicability::All),
    name: said("双引号套双引号", "double marks inside double marks"),
    what: said(
        "直接套在“ ”里面的“ ”，里面一层应为‘ ’。",
        "“ ” directly inside “ ”; the inner ones should be ‘ ’.",
    ),
    why: said(
        "GB/T 15834—2011 第4.8.3.4节：引号里面还要用引号时，外面一层用双引号，里面一层用单引号。",
        "GB/T 15834-2011 §4.8.3.4: outside double, inside single quotation marks.",
    ),
    examples: &[Example {
        wrong: "“要把“实干”二字记在心里”，他说。",
        right: "“要把‘实干’二字记在心里”，他说。",
    }],
    leaves: &["“甲”和“乙”。", "“他说‘要记住“实干”二字’”。"],
    check: Check::With(&["“"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for pair in p.pairs.pairs.iter().filter(|pair| pair.kind == Kind::Double) {
        let mut around = p.pairs.parent(pair);
        while let Some(outer) = around
            && !matches!(outer.kind, Kind::Double | Kind::Single)
        {
            around = p.pairs.parent(outer);
        }
        if around.is_some_and(|outer| outer.kind == Kind::Double) {
            report
                .find(
                    p.bytes(pair.open..pair.close + 1),
                    said(
                        "双引号里面又用了双引号，里层应为‘ ’",
                        "double quotation marks inside double ones; the inner should be ‘ ’",
                    ),
                )
                .change(p.bytes(pair.open..pair.open + 1), "‘")
                .change(p.bytes(pair.close..pair.close + 1), "’");
        }
    }
}
