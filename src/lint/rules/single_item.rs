//! H08: a level of one item.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "single-item",
    id: "H08",
    severity: Severity::Warning,
    fix: None,
    name: said("只有一项的层次", "level of one item"),
    what: said(
        "标题有“一、”没有“二、”，有“（一）”没有“（二）”，或有“1.”没有“2.”。",
        "A heading 一、 without 二、, （一） without （二）, or 1. without 2.",
    ),
    why: said(
        "只有一项不必编号；多半是漏了后面的，或编号有误。",
        "One item needs no number; usually the next is lost or misnumbered.",
    ),
    examples: &[Example {
        wrong: "〖一级标题〗一、加强领导\n要落实责任。\n〖标题〗附",
        right: "〖一级标题〗一、加强领导\n要落实责任。\n〖一级标题〗二、抓好落实\n要加强督查。",
    }],
    leaves: &["〖一级标题〗一、甲\n内容。二、乙。", "一、甲。"],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    let blocks = &view.document.blocks;
    for (i, block) in blocks.iter().enumerate() {
        let Some(ordinal) = view.ordinals[i].filter(|ordinal| ordinal.value == 1) else {
            continue;
        };
        let (second, outer): (&[&str], &[Form]) = match ordinal.form {
            Form::Hanzi => (&["二、", "二.", "二，", "二 "], &[]),
            Form::BracketedHanzi => (&["（二）", "(二)"], &[Form::Hanzi]),
            Form::Arabic => (&["2.", "2、", "2．"], &[Form::Hanzi, Form::BracketedHanzi]),
            _ => continue,
        };
        let run_in = block.role == Role::RunIn && ordinal.form != Form::Hanzi;
        if block.role.heading_level().is_none() && !run_in {
            continue;
        }
        let rest = || {
            (i + 1..blocks.len()).take_while(|&k| {
                !matches!(
                    blocks[k].role,
                    Role::Title | Role::AttachmentLabel | Role::AttachmentTitle
                ) && !view.ordinals[k].is_some_and(|other| {
                    outer.contains(&other.form) || (other.form == ordinal.form && other.value == 1)
                })
            })
        };
        // A second 一、 of the same level is a number repeated, which is said at that one.
        let repeated = (i + 1..blocks.len())
            .find(|&k| {
                view.ordinals[k].is_some_and(|other| {
                    outer.contains(&other.form)
                        || (other.form == ordinal.form && blocks[k].role == block.role)
                })
            })
            .is_some_and(|k| view.ordinals[k].is_some_and(|other| other.form == ordinal.form));
        let repeats = (0..i)
            .rev()
            .find(|&k| {
                view.ordinals[k].is_some_and(|other| {
                    outer.contains(&other.form)
                        || (other.form == ordinal.form && blocks[k].role == block.role)
                })
            })
            .is_some_and(|k| {
                view.ordinals[k].is_some_and(|other| other.form == ordinal.form && other.value == 1)
            });
        let followed = repeated
            || repeats
            || rest().any(|k| {
                view.ordinals[k].is_some_and(|other| other.form == ordinal.form)
                    || second
                        .iter()
                        .any(|second| blocks[k].text.as_str().contains(second))
            })
            || second.iter().any(|second| block.text.as_str().contains(second));
        if !followed {
            report.find_in(
                i,
                0..ordinal.len,
                said("这一层只有一项", "this level has one item only"),
            );
        }
    }
}
