//! P11: an ellipsis that isn't six dots in the middle of the line.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_opening};

pub(crate) static RULE: Rule = Rule {
    code: "ellipsis-form",
    id: "P11",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("省略号形式", "form of the ellipsis"),
    what: said(
        "中文里写成 ... 。。。 … ··· 的省略号，以及多于六点的省略号。独占一段的十二点省略号、目录里引出页码的点线不动。",
        "An ellipsis in Chinese written ... 。。。 … or ···, and one of more than six dots. Twelve dots that are a paragraph of their own, and leaders before a page number, are left alone.",
    ),
    why: said(
        "GB/T 15834—2011 第4.11.2节：省略号的形式是“……”，占两个字的位置。",
        "GB/T 15834-2011 §4.11.2: the ellipsis is ……, two characters wide.",
    ),
    examples: &[
        Example {
            wrong: "农业、工业、服务业...都有进步。",
            right: "农业、工业、服务业……都有进步。",
        },
        Example {
            wrong: "他想了很久。。。",
            right: "他想了很久……",
        },
        Example {
            wrong: "他想了很久…没有回答………",
            right: "他想了很久……没有回答……",
        },
    ],
    leaves: &[
        "他想了很久……没有回答。",
        "…………",
        "第一章　总则…………3",
        "下载the file ...and go，谢谢。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    // Alone, only one of them is a fault.
    if p.scan.doubles.is_empty() && !p.text().contains('…') {
        return;
    }
    for (c, run) in p.runs_of(is_dot) {
        let len = run.len();
        let dots = match c {
            '…' => len != 2,
            '·' => len == 3 || len == 6,
            _ => len >= 3,
        };
        if !dots || !beside_chinese(p, run.start, run.end) || is_leader(p, run.start, run.end) {
            continue;
        }
        report
            .find(
                p.bytes(run.clone()),
                said("省略号应为“……”", "an ellipsis should be ……"),
            )
            .change(p.bytes(run), "……");
    }
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '…' | '·' | '．')
}

fn beside_chinese(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    let before = p.class_before(i);
    let after = p.class(end);
    matches!(before, Class::Hanzi | Class::Mark) || after == Class::Hanzi || is_opening(p.c(end))
}

/// Whether the dots are no ellipsis: a paragraph of dots, or the line of dots before a page number or a blank.
fn is_leader(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    if p.scan.glyphs.iter().all(|glyph| is_dot(glyph.c)) {
        return true;
    }
    let mut k = p.skip_spaces(end);
    while matches!(p.class(k), Class::Digit | Class::Wide)
        || matches!(p.c(k), '(' | ')' | '（' | '）' | '-' | '—')
    {
        k += 1;
    }
    let number = k > end && p.skip_spaces(k) >= p.len();
    let long = if p.c(i) == '…' { 6 } else { 12 };
    number || end - i > long
}
