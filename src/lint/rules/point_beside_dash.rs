//! P14: a point beside —— or ……. Looked for only when asked.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::is_point;

pub(crate) static RULE: Rule = Rule {
    code: "point-beside-dash",
    id: "P14",
    severity: Severity::Info,
    fix: None,
    name: said("破折号、省略号旁的点号", "point beside a dash or an ellipsis"),
    what: said(
        "破折号前面，或省略号前后，又用了逗号、顿号、分号。引语和对话里可能是对的，所以只在点名时查。",
        "A comma, 、 or semicolon before ——, or beside ……. It can be right in quotations, so it is looked for only when asked.",
    ),
    why: said(
        "GB/T 15834—2011 附录B.2.3、B.2.4：破折号之前通常不用点号，省略号前后通常不用点号。",
        "GB/T 15834-2011 B.2.3 and B.2.4: usually no point before a dash or beside an ellipsis.",
    ),
    examples: &[Example {
        wrong: "我们的目标，——高质量发展，农业、工业，……都有进步。",
        right: "我们的目标——高质量发展，农业、工业……都有进步。",
    }],
    leaves: &["我们的目标——高质量发展。", "他走了。——编者注", "农业、工业……"],
    check: Check::With(&["—…"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        let pause = |c: char| is_point(c) && !matches!(c, '。' | '！' | '？' | '：');
        let dash = p.starts_with(i, "——");
        let dots = p.starts_with(i, "……");
        if (dash || dots) && pause(p.before(i)) {
            report.find(
                p.bytes(i - 1..i + 2),
                said("这里通常不用点号", "usually no point stands here"),
            );
        } else if dots && pause(p.c(i + 2)) {
            report.find(
                p.bytes(i..i + 3),
                said("这里通常不用点号", "usually no point stands here"),
            );
        }
    }
}
