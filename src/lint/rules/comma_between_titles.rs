//! P15: 、 between quoted or titled items. Looked for only when asked.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "comma-between-titles",
    id: "P15",
    severity: Severity::Info,
    fix: None,
    name: said("并列引号、书名号间的顿号", "、 between quoted or titled items"),
    what: said(
        "相邻的引号或书名号之间用了顿号。标准只说“通常不用”，党政机关文件普遍使用，所以只在点名时查，不改。",
        "、 between adjacent quoted or titled items. The standard says “usually not”, and government texts use it throughout, so it is looked for only when asked, and never corrected.",
    ),
    why: said(
        "GB/T 15834—2011 第4.5.3.5节：标有引号、书名号的并列成分之间通常不用顿号。",
        "GB/T 15834-2011 §4.5.3.5: usually no 、 between items in quotation or book-title marks.",
    ),
    examples: &[Example {
        wrong: "学习《论语》、《孟子》和“四书”、“五经”。",
        right: "学习《论语》《孟子》和“四书”“五经”。",
    }],
    leaves: &[
        "学习《论语》《孟子》。",
        "《论语》（节选）、《孟子》（节选）",
        "“甲”、乙",
    ],
    check: Check::With(&["、", "”》"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        let between = matches!((p.before(i), p.c(i + 1)), ('”', '“') | ('》', '《'));
        if p.c(i) == '、' && between {
            report.find(
                p.bytes(i..i + 1),
                said("这里通常不用顿号", "usually no 、 stands here"),
            );
        }
    }
}
