//! P21: a point at the beginning of a paragraph.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_closing, is_end, is_point};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "leading-punctuation",
    id: "P21",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("段首点号", "point at the beginning of a paragraph"),
    what: said(
        "段落以点号开头。前一段没有句末标点时，这个点号可能是从前一段断下来的，只提示，不改。",
        "A paragraph that begins with a point. When the paragraph before has no end mark, the point may have been broken off it: reported, not corrected.",
    ),
    why: said(
        "GB/T 15834—2011 第5.1.1节：点号不出现在一行之首。",
        "GB/T 15834-2011 §5.1.1: a point never stands at the beginning of a line.",
    ),
    examples: &[Example {
        wrong: "各项工作进展顺利。\n，同时也要看到不足。",
        right: "各项工作进展顺利。\n同时也要看到不足。",
    }],
    leaves: &["同时也要看到不足。", "——同时也要看到不足。", "……"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let mut end = 0;
    while is_point(p.c(end)) {
        end += 1;
    }
    if end == 0 || end >= p.len() || matches!(p.role(), Role::Other | Role::Table) {
        return;
    }
    let whole = p.view.block_before(p.index).is_none_or(|before| {
        let last = before.text.as_str().trim_end().chars().next_back();
        !matches!(
            before.role,
            Role::Body | Role::RunIn | Role::Closing | Role::Other | Role::Note
        ) || last.is_some_and(|c| is_end(c) || is_closing(c) || matches!(c, '；' | '：'))
    });
    let found = report.find(
        p.bytes(0..end),
        said("段落不能以点号开头", "a paragraph can't begin with a point"),
    );
    if whole && matches!(p.class(end), Class::Hanzi | Class::Digit | Class::Letter) {
        found.change(p.bytes(0..end), "");
    }
}
