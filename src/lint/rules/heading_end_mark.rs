//! H09: a heading on a line of its own with a mark at its end.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "heading-end-mark",
    id: "H09",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("标题末尾的标点", "mark at the end of a heading"),
    what: said(
        "独占一行的一、二级标题末尾用了 。；，：、。",
        "A first- or second-level heading on a line of its own that ends with 。；，： or 、.",
    ),
    why: said(
        "公文惯例：独立成行的标题末尾不用标点。",
        "Office practice: no mark at the end of a heading on its own line.",
    ),
    examples: &[Example {
        wrong: "〖一级标题〗一、提高思想认识。\n全体干部要认真学习。",
        right: "〖一级标题〗一、提高思想认识\n全体干部要认真学习。",
    }],
    leaves: &[
        "〖一级标题〗一、提高思想认识",
        "〖二级标题〗（一）为了谁？依靠谁？",
        "〖段首领句〗一、提高思想认识。全体干部要学习。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !matches!(p.role().heading_level(), Some(1 | 2)) {
        return;
    }
    let text = p.text().trim_end();
    let Some(last) = text
        .chars()
        .next_back()
        .filter(|c| matches!(c, '。' | '；' | '，' | '：' | '、'))
    else {
        return;
    };
    let at = text.len() - last.len_utf8();
    if !text[..at].contains('。') {
        report
            .find(
                at..text.len(),
                said(
                    "独立成行的标题末尾不用标点",
                    "no mark at the end of a heading on its own line",
                ),
            )
            .change(at..text.len(), "");
    }
}
