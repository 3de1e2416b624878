//! P16: 、 before 等.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "comma-before-deng",
    id: "P16",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("“等”前用顿号", "、 before 等"),
    what: said(
        "“等”“等等”前面的顿号。“、等级”“、等待”这类词不算。",
        "、 before 等 or 等等 in the sense of “and so on”; words such as 等级 and 等待 are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 附录B.1.2：“等”“等等”前不用点号。",
        "GB/T 15834-2011 B.1.2: no point before 等.",
    ),
    examples: &[Example {
        wrong: "学习、工作、等各方面都有进步。",
        right: "学习、工作等各方面都有进步。",
    }],
    leaves: &["排名、等级和分数。", "登记、等待、叫号。"],
    check: Check::With(&["、", "等"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        let word = matches!(
            p.c(i + 2),
            '级' | '待'
                | '额'
                | '同'
                | '候'
                | '价'
                | '量'
                | '号'
                | '次'
                | '于'
                | '距'
                | '闲'
                | '高'
                | '着'
                | '到'
                | '离'
                | '分'
                | '边'
                | '效'
                | '式'
                | '位'
                | '差'
                | '第'
                | '温'
                | '身'
                | '速'
                | '宽'
                | '长'
                | '压'
                | '比'
        );
        if p.c(i) == '、' && p.c(i + 1) == '等' && !word {
            report
                .find(p.bytes(i..i + 1), said("“等”前不用顿号", "no 、 before 等"))
                .change(p.bytes(i..i + 1), "");
        }
    }
}
