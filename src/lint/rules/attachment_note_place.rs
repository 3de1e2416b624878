//! F12: 附件说明 below the signature.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "attachment-note-place",
    id: "F12",
    severity: Severity::Warning,
    fix: None,
    name: said("附件说明的位置", "place of the list of attachments"),
    what: said(
        "附件说明写在署名、成文日期后面。",
        "A list of attachments below the signature and date.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.4节：附件说明在正文下空一行编排，在发文机关署名之前。",
        "GB/T 9704-2012 §7.3.4: the list stands a line below the text, above the signature.",
    ),
    examples: &[Example {
        wrong: "〖署名〗青山县水利局\n〖成文日期〗2024年1月10日\n〖附件说明〗附件：经费表",
        right: "〖附件说明〗附件：经费表\n〖署名〗青山县水利局\n〖成文日期〗2024年1月10日",
    }],
    leaves: &["〖附件说明〗附件：经费表\n〖成文日期〗2024年1月10日"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let signed = |role| matches!(role, Role::Signature | Role::Date);
    let above = p.view.block_before(p.index).map(|block| block.role);
    if p.role() == Role::AttachmentNote && above.is_some_and(signed) {
        report.find(
            0..p.text().len(),
            said(
                "附件说明应写在正文之后、署名之前",
                "the list of attachments belongs above the signature",
            ),
        );
    }
}
