//! F04: 抄送 without its full stop, or the issuing line without 印发.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "imprint-form",
    id: "F04",
    severity: Severity::Error,
    fix: None,
    name: said("版记写法", "form of the imprint"),
    what: said(
        "抄送机关末尾没有句号，或印发日期后面没有“印发”二字。",
        "No full stop after the last organ of 抄送, or no 印发 after the date of issue.",
    ),
    why: said(
        "GB/T 9704—2012 第7.4.2、7.4.3节：最后一个抄送机关后标句号；印发日期后加“印发”二字。",
        "GB/T 9704-2012 §7.4.2, 7.4.3: a full stop after the last organ; 印发 after the date.",
    ),
    examples: &[
        Example {
            wrong: "〖抄送机关〗抄送：市委办公室，市人大常委会办公室",
            right: "〖抄送机关〗抄送：市委办公室，市人大常委会办公室。",
        },
        Example {
            wrong: "〖印发机关和印发日期〗市政府办公室　2024年3月6日",
            right: "〖印发机关和印发日期〗市政府办公室　2024年3月6日印发",
        },
    ],
    leaves: &[
        "〖抄送机关〗抄送：市委办公室。",
        "〖印发机关和印发日期〗市政府办公室",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !matches!(p.role(), Role::Cc | Role::Imprint) {
        return;
    }
    let text = p.text().trim_end();
    let Some(last) = text.chars().next_back() else {
        return;
    };
    let end = text.len() - last.len_utf8()..text.len();
    match p.role() {
        // A list over several paragraphs ends with the last of them.
        Role::Cc if last != '。' && p.view.block(p.index + 1).is_none_or(|next| next.role != Role::Cc) => {
            report.find(
                end,
                said(
                    "最后一个抄送机关后面应有句号",
                    "a full stop should follow the last organ",
                ),
            );
        }
        Role::Imprint if last == '日' => {
            report.find(
                end,
                said(
                    "印发日期后面应有“印发”二字",
                    "印发 should follow the date of issue",
                ),
            );
        }
        _ => {}
    }
}
