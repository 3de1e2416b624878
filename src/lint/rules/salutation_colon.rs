//! H13: 主送机关 or the first 称谓 without its colon.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "salutation-colon",
    id: "H13",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("主送机关后的冒号", "colon after the recipients"),
    what: said(
        "主送机关、开头的称谓末尾不是全角冒号。称谓以叹号结尾的不算；以句号、逗号结尾的主送机关只提示。",
        "Recipients, or the first salutation, that don't end with a full-width colon. A salutation may end with an exclamation mark; one that ends with another point is reported, not corrected.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.2节：最后一个机关名称后标全角冒号。",
        "GB/T 9704-2012 §7.3.2: a full-width colon follows the last recipient.",
    ),
    examples: &[
        Example {
            wrong: "〖主送机关〗各县区人民政府",
            right: "〖主送机关〗各县区人民政府：",
        },
        Example {
            wrong: "〖称谓〗同志们:",
            right: "〖称谓〗同志们：",
        },
    ],
    leaves: &[
        "〖主送机关〗各县区人民政府：",
        "〖称谓〗亲爱的同学们！",
        "〖称谓〗女士们，先生们，\n〖称谓〗朋友们：",
        "同志们",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !addresses(p) {
        return;
    }
    // Invisible characters behind the colon are no fault of the colon.
    let invisible =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}');
    let end = p.text().trim_end_matches(invisible).chars().count();
    let Some(last) = end.checked_sub(1).map(|i| p.c(i)) else {
        return;
    };
    if matches!(last, '：' | '！') || (last == '!' && p.role() == Role::Salutation) {
        return;
    }
    let found = report.find(
        p.bytes(end - 1..end),
        said(
            "主送机关（称谓）后面应用全角冒号",
            "a full-width colon should follow the recipients (the salutation)",
        ),
    );
    if last == ':' {
        found.change(p.bytes(end - 1..end), "：");
    } else if p.class_before(end) == Class::Hanzi || matches!(last, '）' | '”') {
        found.change(p.bytes(end..end), "：");
    }
}

/// Whether the paragraph is what must end with a colon: the recipients, or the first salutation. Of several lines of
/// either the last one.
pub(super) fn addresses(p: &Paragraph<'_>) -> bool {
    let role = p.role();
    let first = role == Role::Recipient
        || (role == Role::Salutation
            && p.view.document.blocks[..p.index]
                .iter()
                .all(|block| !matches!(block.role, Role::Body | Role::RunIn)));
    let goes_on = p.view.block(p.index + 1).is_some_and(|next| next.role == role);
    first && !goes_on && !p.text().contains('\n')
}
