//! P09: the same point twice.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "repeated-punctuation",
    id: "P09",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("标点重复", "repeated punctuation"),
    what: said(
        "连着两个以上同样的 ， 、 ； ：，或连着两个句号。叹号和问号可以连用，不算；三个以上句号是省略号的误写，另有规则。",
        "The same ， 、 ； ： twice or more, or two full stops. Exclamation and question marks may be repeated; three stops and more are an ellipsis, with a rule of its own.",
    ),
    why: said(
        "GB/T 15834—2011 第4节：一处停顿只用一个点号。",
        "GB/T 15834-2011 §4: one pause, one mark.",
    ),
    examples: &[Example {
        wrong: "今年以来，，全市经济稳中向好。。",
        right: "今年以来，全市经济稳中向好。",
    }],
    leaves: &["好！！干得好！", "真的吗？？", "他走了。。。"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let mut done = 0;
    for &second in &p.scan.doubles {
        let i = second - 1;
        let c = p.c(i);
        if i < done || !matches!(c, '，' | '、' | '；' | '：' | '。') {
            continue;
        }
        let mut end = i + 2;
        while p.c(end) == c {
            end += 1;
        }
        done = end;
        if c == '。' && end > i + 2 {
            continue;
        }
        report
            .find(
                p.bytes(i..end),
                Message::new(format!("“{c}”重复"), format!("“{c}” is repeated")),
            )
            .change(p.bytes(i + 1..end), "");
    }
}
