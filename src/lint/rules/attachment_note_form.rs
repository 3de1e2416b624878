//! F01: 附件说明 in the wrong form.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "attachment-note-form",
    id: "F01",
    severity: Severity::Error,
    fix: None,
    name: said("附件说明写法", "form of the list of attachments"),
    what: said(
        "附件说明中“附件”后面不是全角冒号，“附件1：”把序号写在冒号前面，或附件名称后面加了标点。",
        "A list of attachments without a full-width colon after 附件, with the number before the colon, or with a mark after a name.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.4节：“附件”后标全角冒号和附件名称；附件名称后不加标点符号。",
        "GB/T 9704-2012 §7.3.4: a full-width colon after 附件; no mark after a name.",
    ),
    examples: &[
        Example {
            wrong: "〖附件说明〗附件：责任分工表。",
            right: "〖附件说明〗附件：责任分工表",
        },
        Example {
            wrong: "〖附件说明〗附件1：责任分工表",
            right: "〖附件说明〗附件：1.责任分工表",
        },
    ],
    leaves: &[
        "〖附件说明〗附件：1.责任分工表",
        "〖附件说明〗2.考核办法（试行）",
        "附件：见后。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    // 附件1：名单, which is no form the parser knows, ends up as body text.
    let short = p.role() == Role::Body && p.len() <= 40 && !p.text().contains('。');
    if p.role() != Role::AttachmentNote && !(short && is_numbered(p.text())) {
        return;
    }
    let mut start = 0;
    for line in p.text().split('\n') {
        let text = line.trim_end();
        if let Some(rest) = text.trim_start().strip_prefix("附件") {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            if digits.len() < rest.len() && digits.starts_with(['：', ':']) {
                report.find(
                    start..start + text.len(),
                    said(
                        "序号应写在冒号后面：“附件：1.…”",
                        "the number belongs behind the colon: 附件：1.…",
                    ),
                );
            } else if !rest.starts_with('：') {
                report.find(
                    start..start + text.len(),
                    said("“附件”后面应用全角冒号", "a full-width colon should follow 附件"),
                );
            }
        }
        if let Some(c) = text
            .chars()
            .next_back()
            .filter(|c| matches!(c, '。' | '；' | '，' | '、'))
        {
            let end = start + text.len();
            report.find(
                end - c.len_utf8()..end,
                said("附件名称后面不加标点", "no mark after the name of an attachment"),
            );
        }
        start += line.len() + 1;
    }
}

/// Whether the number stands between 附件 and the colon.
fn is_numbered(text: &str) -> bool {
    text.strip_prefix("附件").is_some_and(|rest| {
        let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        name.len() < rest.len() && name.starts_with(['：', ':'])
    })
}
