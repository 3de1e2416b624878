//! H09: a heading on a line of its own with a mark at its end.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "heading-end-mark",
    id: "H09",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("标题末尾的标点", "mark at the end of a heading"),
    what: said(
        "独占一行的一、二级标题末尾用了 。；，：、；下面各带正文的短句“一、……。”也算。",
        "A first- or second-level heading on a line of its own that ends with 。；，： or 、; short lines 一、…。 with text below each count as such.",
    ),
    why: said(
        "公文惯例：独立成行的标题末尾不用标点。",
        "Office practice: no mark at the end of a heading on its own line.",
    ),
    examples: &[
        Example {
            wrong: "〖一级标题〗一、提高思想认识。\n全体干部要认真学习。",
            right: "〖一级标题〗一、提高思想认识\n全体干部要认真学习。",
        },
        Example {
            wrong: "一、提高思想认识。\n全体干部要认真学习。\n二、抓好工作落实。\n各单位要压实责任。",
            right: "一、提高思想认识\n全体干部要认真学习。\n二、抓好工作落实\n各单位要压实责任。",
        },
    ],
    leaves: &[
        "〖一级标题〗一、提高思想认识",
        "〖二级标题〗（一）为了谁？依靠谁？",
        "〖段首领句〗一、提高思想认识。全体干部要学习。",
        "一、原则同意该方案。\n二、请认真组织实施。\n三、重大事项及时报告。",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    for (i, block) in view.document.blocks.iter().enumerate() {
        let heading = matches!(block.role.heading_level(), Some(1 | 2));
        if !(heading || stands_as_heading(view, i) && has_sibling(view, i)) {
            continue;
        }
        let text = block.text.as_str().trim_end();
        let Some(last) = text
            .chars()
            .next_back()
            .filter(|c| matches!(c, '。' | '；' | '，' | '：' | '、'))
        else {
            continue;
        };
        let at = text.len() - last.len_utf8();
        if !text[..at].contains('。') {
            report
                .find_in(
                    i,
                    at..text.len(),
                    said(
                        "独立成行的标题末尾不用标点",
                        "no mark at the end of a heading on its own line",
                    ),
                )
                .change(at..text.len(), "");
        }
    }
}

/// Longer ones are sentences, in characters.
const LONGEST: usize = 24;

/// Whether paragraph `i`, though it ends like a sentence, stands where a heading does: a short numbered line with a
/// paragraph of text below.
fn stands_as_heading(view: &View<'_>, i: usize) -> bool {
    let (Some(block), Some(below)) = (view.block(i), view.block(i + 1)) else {
        return false;
    };
    let text = block.text.as_str().trim_end();
    let numbered = form(view, i).is_some() && text.ends_with(['。', '；']);
    if block.role != Role::Body || !numbered {
        return false;
    }
    let short = text.chars().count() <= LONGEST && text.matches('，').count() <= 1;
    let one = !text
        .trim_end_matches(['。', '；'])
        .contains(['。', '；', '：', '！', '？']);
    let text_below = matches!(below.role, Role::Body | Role::RunIn) && form(view, i + 1).is_none();
    short && one && text_below
}

/// Whether the number before or after that of paragraph `i`, with text between, also stands as a heading does. The
/// points of a list follow each other without text, and its last one only looks like a heading.
fn has_sibling(view: &View<'_>, i: usize) -> bool {
    let before = (i.saturating_sub(40)..i)
        .rev()
        .find(|&k| form(view, k) == form(view, i));
    let after = (i + 1..view.ordinals.len().min(i + 40)).find(|&k| form(view, k) == form(view, i));
    let value = |k: usize| view.ordinals[k].map_or(0, |ordinal| ordinal.value);
    let heads = |k: usize| {
        k.abs_diff(i) > 1
            && value(k).abs_diff(value(i)) == 1
            && (stands_as_heading(view, k)
                || view
                    .block(k)
                    .is_some_and(|block| block.role.heading_level().is_some()))
    };
    before.is_some_and(heads) || after.is_some_and(heads)
}

/// The form of the ordinal paragraph `i` begins with, of the first two levels.
fn form(view: &View<'_>, i: usize) -> Option<Form> {
    view.ordinals
        .get(i)
        .copied()
        .flatten()
        .map(|ordinal| ordinal.form)
        .filter(|form| matches!(form, Form::Hanzi | Form::BracketedHanzi))
}
