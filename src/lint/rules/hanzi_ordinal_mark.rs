//! H01: 一. or 一， where 一、 should stand.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_opening, numeral};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "hanzi-ordinal-mark",
    id: "H01",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("汉字序数后的标点", "mark after a hanzi ordinal"),
    what: said(
        "段首的汉字序数“一”“二”后面用了句点、逗号等，没有用顿号。后面是空格或冒号的，要有相邻的序数作证才算。",
        "A stop, comma or other mark instead of 、 after 一, 二 … at the beginning of a paragraph. A space or colon counts only when a neighbouring number bears it out.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.3节：第一层用“一、”；GB/T 15834—2011 附录B.3.2：不带括号的汉字数字序次语后用顿号。",
        "GB/T 9704-2012 §7.3.3: the first level is 一、; GB/T 15834-2011 B.3.2: 、 after an ordinal in hanzi.",
    ),
    examples: &[
        Example {
            wrong: "一.提高思想认识\n二，加强组织领导",
            right: "一、提高思想认识\n二、加强组织领导",
        },
        Example {
            wrong: "一 提高思想认识\n二 加强组织领导",
            right: "一、提高思想认识\n二、加强组织领导",
        },
    ],
    leaves: &[
        "一、提高思想认识",
        "一 个人也不能少。",
        "一.五倍",
        "一，二，三，开始！",
        "十 月",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let Some(ordinal) =
        p.view.ordinals[p.index].filter(|ordinal| ordinal.form == Form::Hanzi && !ordinal.marked)
    else {
        return;
    };
    if matches!(
        p.role(),
        Role::Table | Role::Other | Role::Date | Role::DateLine | Role::Signature
    ) {
        return;
    }
    let mark = p.text()[..ordinal.len].chars().count();
    let next = p.skip_spaces(mark + 1);
    let text = p.is_hanzi(next) && numeral(p.c(next)).is_none() || is_opening(p.c(next));
    let sure = match p.c(mark) {
        '.' | '．' => true,
        '，' | ',' => p.len() - next >= 4 && p.class(next) == Class::Hanzi,
        _ => false,
    };
    let borne_out = || {
        let near = p.index.saturating_sub(60)..p.view.ordinals.len().min(p.index + 60);
        near.into_iter().any(|i| {
            i != p.index
                && p.view.ordinals[i].is_some_and(|other| {
                    other.form == Form::Hanzi && other.value.abs_diff(ordinal.value) == 1
                })
        })
    };
    if !text || !(sure || borne_out()) {
        return;
    }
    report
        .find(
            p.bytes(0..mark + 1),
            said("汉字序数后面应用顿号", "、 should follow an ordinal in hanzi"),
        )
        .change(p.bytes(mark..next), "、");
}
