//! P22: a stranger in the place of ·.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "interpunct-form",
    id: "P22",
    severity: Severity::Info,
    fix: None,
    name: said("间隔号形式", "form of the interpunct"),
    what: said(
        "夹在汉字或数字之间的 • ・ ∙ ‧，应为“·”；夹在两个汉字之间的半角句点，可能是间隔号或句号。",
        "• ・ ∙ or ‧ between hanzi or digits, which should be ·; and a half-width stop between two hanzi, which may be an interpunct or a full stop.",
    ),
    why: said(
        "GB/T 15834—2011 第4.14节：间隔号的形式是“·”。",
        "GB/T 15834-2011 §4.14: the interpunct is ·.",
    ),
    examples: &[
        Example {
            wrong: "约翰•史密斯先生。",
            right: "约翰·史密斯先生。",
        },
        Example {
            wrong: "完成工作.版本不变。",
            right: "完成工作。版本不变。",
        },
    ],
    leaves: &["“一二·九”运动。", "• 第一项", "一.总则"],
    check: Check::With(&["•・∙‧･."], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        let c = p.c(i);
        let between = i > 0 && p.hanzi_before(i) && p.is_hanzi(i + 1);
        if matches!(c, '•' | '・' | '∙' | '‧' | '･') && between {
            report.find(
                p.bytes(i..i + 1),
                said("间隔号应为“·”", "an interpunct should be ·"),
            );
        }
        if c == '.' && between && p.is_plain(i) && i > 3 {
            report.find(
                p.bytes(i..i + 1),
                said(
                    "汉字之间的半角句点，是“·”还是“。”",
                    "a half-width stop between hanzi: · or 。",
                ),
            );
        }
    }
}
