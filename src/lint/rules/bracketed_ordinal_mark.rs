//! H03: a mark after （一）, or half-width brackets around an ordinal.

use crate::diagnostic::Severity;
use crate::lint::ordinal::{Form, hanzi_value};
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::is_end;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "bracketed-ordinal-mark",
    id: "H03",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("带括号的序数", "bracketed ordinals"),
    what: said(
        "段首的（一）（1）①后面多了顿号、逗号或句点，或用了半角括号。“（一）、（二）项”这样并列的不算。",
        "A 、, comma or stop after （一）, （1） or ① at the beginning of a paragraph, or half-width brackets around it. Enumerations such as （一）、（二） are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 附录B.3.4：带括号的序次语后面不用标点；GB/T 9704—2012 第7.3.3节。",
        "GB/T 15834-2011 B.3.4: no mark after a bracketed ordinal; GB/T 9704-2012 §7.3.3.",
    ),
    examples: &[
        Example {
            wrong: "（一）、加强领导。",
            right: "（一）加强领导。",
        },
        Example {
            wrong: "(1)加强领导。\n(二) “三会一课”",
            right: "（1）加强领导。\n（二） “三会一课”",
        },
        Example {
            wrong: "（1）、制定方案；（2）、抓好落实。",
            right: "（1）制定方案；（2）抓好落实。",
        },
        Example {
            wrong: "①、加强领导。",
            right: "①加强领导。",
        },
    ],
    leaves: &[
        "（一）加强领导。",
        "（一）、（二）项规定不适用。",
        "（试行），自发布之日起施行。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let Some(ordinal) = p.view.ordinals[p.index].filter(|ordinal| {
        matches!(
            ordinal.form,
            Form::BracketedHanzi | Form::BracketedArabic | Form::Circled
        )
    }) else {
        return;
    };
    if matches!(p.role(), Role::Title | Role::Table | Role::Other) || !p.is_chinese() {
        return;
    }
    let end = p.text()[..ordinal.len].chars().count();
    if p.c(0) == '(' || p.c(end - 1) == ')' {
        let found = report.find(
            p.bytes(0..end),
            said(
                "序数的括号应为全角",
                "the brackets of an ordinal should be full-width",
            ),
        );
        if p.c(0) == '(' {
            found.change(p.bytes(0..1), "（");
        }
        if p.c(end - 1) == ')' {
            found.change(p.bytes(end - 1..end), "）");
        }
    }
    marked(p, 0, end, report);
    // The next of the series in this paragraph: ；（2）、
    let mut value = ordinal.value;
    for pair in p.pairs.pairs.iter().filter(|pair| pair.open >= end) {
        let inner = p.slice(pair.open + 1..pair.close);
        let number = inner.parse().ok().or_else(|| hanzi_value(inner));
        let before = p.before(pair.open);
        if pair.kind == Kind::Round
            && number == Some(value + 1)
            && (is_end(before) || matches!(before, '；' | ';'))
        {
            value += 1;
            marked(p, pair.open, pair.close + 1, report);
        }
    }
}

/// Reports the mark after the ordinal `start..end`.
fn marked(p: &Paragraph<'_>, start: usize, end: usize, report: &mut Report) {
    let next = p.skip_spaces(end + 1);
    let series = matches!(p.c(next), '（' | '(') || ('①'..='⑳').contains(&p.c(next));
    if matches!(p.c(end), '、' | '，' | ',' | '.' | '．' | '。' | '；' | '：')
        && !series
        && next < p.len()
        && !p.c(next).is_ascii_digit()
    {
        report
            .find(
                p.bytes(start..end + 1),
                said("带括号的序数后面不用标点", "no mark after a bracketed ordinal"),
            )
            .change(p.bytes(end..end + 1), "");
    }
}
