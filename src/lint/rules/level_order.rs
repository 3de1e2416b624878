//! H07: a level of headings passed over.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "level-order",
    id: "H07",
    severity: Severity::Warning,
    fix: None,
    name: said("层次顺序", "order of levels"),
    what: said(
        "“（一）”下面直接用“（1）”，“一、”下面直接用“（1）”，或“（一）”下面反而用“一、”。只有两层时“一、”下面用“1.”是可以的。",
        "（1） directly below （一） or 一、, or 一、 below （一）. 1. below 一、 is right when there are only two levels.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.3节：结构层次序数依次为“一、”“（一）”“1.”“（1）”。",
        "GB/T 9704-2012 §7.3.3: the levels are 一、, （一）, 1., （1）, in this order.",
    ),
    examples: &[Example {
        wrong: "一、总体要求\n（一）基本原则\n（1）坚持实事求是。\n（2）坚持问题导向。",
        right: "一、总体要求\n（一）基本原则\n1.坚持实事求是。\n2.坚持问题导向。",
    }],
    leaves: &[
        "一、总体要求\n1.坚持实事求是。\n2.坚持问题导向。",
        "一、甲\n（一）乙\n1.丙\n（1）丁\n二、戊",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    let mut open: Vec<u8> = Vec::new();
    for (i, block) in view.document.blocks.iter().enumerate() {
        if matches!(
            block.role,
            Role::Title | Role::AttachmentLabel | Role::AttachmentTitle
        ) {
            open.clear();
        }
        if matches!(
            block.role,
            Role::Other | Role::Table | Role::AttachmentNote | Role::Note
        ) {
            continue;
        }
        let Some(ordinal) = view.ordinals[i] else { continue };
        let level = match ordinal.form {
            Form::Hanzi => 1,
            Form::BracketedHanzi => 2,
            Form::Arabic => 3,
            Form::BracketedArabic => 4,
            _ => continue,
        };
        if let Some(at) = open.iter().position(|&other| other == level) {
            open.truncate(at + 1);
            continue;
        }
        let skipped = match open.last() {
            Some(1 | 2) if level == 4 && ordinal.value == 1 => true,
            Some(2) if level == 1 && ordinal.value == 1 => true,
            _ => false,
        };
        if skipped {
            report.find_in(
                i,
                0..ordinal.len,
                said(
                    "层次顺序应为“一、”“（一）”“1.”“（1）”",
                    "the levels should be 一、, （一）, 1., （1）",
                ),
            );
        }
        open.push(level);
    }
}
