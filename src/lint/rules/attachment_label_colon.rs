//! F02: 附件1： on the attachment itself.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "attachment-label-colon",
    id: "F02",
    severity: Severity::Error,
    fix: None,
    name: said("附件顺序号后的冒号", "colon after the number of an attachment"),
    what: said(
        "附件首页的“附件1”后面加了冒号。",
        "A colon after 附件1 on the attachment itself.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.7节：附件首页只标“附件”和顺序号。",
        "GB/T 9704-2012 §7.3.7: 附件 and its number, nothing else.",
    ),
    examples: &[Example {
        wrong: "〖附件顺序号〗附件1：",
        right: "〖附件顺序号〗附件1",
    }],
    leaves: &["〖附件顺序号〗附件", "〖附件说明〗附件：1.责任分工表"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() != Role::AttachmentLabel {
        return;
    }
    let text = p.text().trim_end();
    if let Some(c) = text.chars().next_back().filter(|c| matches!(c, '：' | ':')) {
        report.find(
            text.len() - c.len_utf8()..text.len(),
            said(
                "附件顺序号后面不用冒号",
                "no colon after the number of an attachment",
            ),
        );
    }
}
