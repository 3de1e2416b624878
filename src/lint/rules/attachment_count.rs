//! F11: more or fewer attachments than listed.

use crate::diagnostic::{Message, Severity};
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "attachment-count",
    id: "F11",
    severity: Severity::Warning,
    fix: None,
    name: said("附件数目不符", "number of attachments"),
    what: said(
        "附件说明列出的件数，与后面实际的附件数不同。没有附上附件的不算。",
        "The list of attachments names more or fewer than follow. A text without its attachments is no fault.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.7节：附件顺序号和附件标题应与附件说明一致。",
        "GB/T 9704-2012 §7.3.7: numbers and titles of attachments agree with the list.",
    ),
    examples: &[Example {
        wrong: "〖附件说明〗附件：1.分工表\n〖附件说明〗2.办法\n〖附件顺序号〗附件1\n分工。",
        right: "〖附件说明〗附件：分工表\n〖附件顺序号〗附件\n分工。",
    }],
    leaves: &[
        "〖附件说明〗附件：1.分工表\n〖附件说明〗2.办法",
        "〖附件说明〗附件：分工表\n〖附件顺序号〗附件",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    let blocks = &view.document.blocks;
    let mut listed = 0;
    let mut first = None;
    for (i, block) in blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.role == Role::AttachmentNote)
    {
        first = first.or(Some(i));
        for line in block.text.as_str().split('\n') {
            let line = line
                .trim_start()
                .trim_start_matches("附件")
                .trim_start_matches(['：', ':'])
                .trim_start();
            let numbered = line.starts_with(|c: char| c.is_ascii_digit());
            listed += usize::from(numbered || listed == 0);
        }
    }
    let labels = blocks
        .iter()
        .filter(|block| block.role == Role::AttachmentLabel)
        .count();
    if let Some(first) = first
        && labels > 0
        && labels != listed
    {
        report.find_in(
            first,
            0..blocks[first].text.as_str().len(),
            Message::new(
                format!("附件说明列了{listed}件，后面有{labels}件"),
                format!("{listed} attachments are listed, {labels} follow"),
            ),
        );
    }
}
