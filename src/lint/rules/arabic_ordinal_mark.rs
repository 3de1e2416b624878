//! H02: 1、 where 1. should stand.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_end};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "arabic-ordinal-mark",
    id: "H02",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("阿拉伯数字序数后的标点", "mark after an Arabic ordinal"),
    what: said(
        "段首的阿拉伯数字序数后面用了顿号，没有用下脚点；同一段里接着排下去的“；2、”一并改。",
        "、 instead of a stop on the line after a number at the beginning of a paragraph; the numbers that go on in the same paragraph (；2、) are corrected with it.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.3节：第三层用“1.”；GB/T 15834—2011 附录B.3.3：不带括号的阿拉伯数字序次语后用下脚点。",
        "GB/T 9704-2012 §7.3.3: the third level is 1.; GB/T 15834-2011 B.3.3: a stop after an ordinal in Arabic digits.",
    ),
    examples: &[
        Example {
            wrong: "1、加强组织领导。",
            right: "1.加强组织领导。",
        },
        Example {
            wrong: "1、加强领导；2、明确责任；3、抓好落实。",
            right: "1.加强领导；2.明确责任；3.抓好落实。",
        },
    ],
    leaves: &[
        "1.加强组织领导。",
        "3、4月份要抓紧。",
        "110、119接警平台。",
        "1、2号楼已经封顶。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let Some(ordinal) = p.view.ordinals[p.index].filter(|ordinal| ordinal.form == Form::Arabic) else {
        return;
    };
    if matches!(p.role(), Role::Title | Role::Table | Role::Other) || !p.is_chinese() || ordinal.value > 99 {
        return;
    }
    let mut mark = ordinal.len;
    let mut value = ordinal.value;
    loop {
        if p.c(mark) == '、' && introduces(p, mark + 1) {
            let next = p.skip_spaces(mark + 1);
            report
                .find(
                    p.bytes(mark - 1..mark + 1),
                    said(
                        "阿拉伯数字序数后面应用“.”",
                        "a stop should follow an ordinal in Arabic digits",
                    ),
                )
                .change(p.bytes(mark..next), ".");
        }
        // The next of the series in this paragraph.
        value += 1;
        let rest = p.scan.points.partition_point(|&i| i <= mark);
        let found = p.scan.points[rest..].iter().copied().find(|&i| {
            let end = p.digits_end(i);
            end > i
                && (matches!(p.before(i), '；' | ';') || is_end(p.before(i)))
                && p.number(i..end) == Some(value)
                && matches!(p.c(end), '、' | '.')
                && introduces(p, end + 1)
        });
        let Some(i) = found else { return };
        mark = p.digits_end(i);
    }
}

/// Whether what stands at `i` can follow an ordinal: no digit, nor another number of an enumeration.
fn introduces(p: &Paragraph<'_>, i: usize) -> bool {
    let next = p.skip_spaces(i);
    matches!(p.class(next), Class::Hanzi | Class::Letter | Class::Mark) && next < p.len()
}
