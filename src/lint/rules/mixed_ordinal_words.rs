//! H05: 首先, 其次 and then 第三.

use crate::diagnostic::Severity;
use crate::lint::ordinal::Form;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;

pub(crate) static RULE: Rule = Rule {
    code: "mixed-ordinal-words",
    id: "H05",
    severity: Severity::Warning,
    fix: None,
    name: said("序次语混用", "mixed series of ordinal words"),
    what: said(
        "前面用“首先”“其次”，后面接“第二”“第三”“第四”。",
        "A series that begins 首先, 其次 and goes on 第二, 第三, 第四.",
    ),
    why: said(
        "“首先……其次……再次……最后”与“第一……第二……第三”是两个序列，不能混用。",
        "首先 … 其次 … 再次 … 最后 and 第一 … 第二 … 第三 are two series, not to be mixed.",
    ),
    examples: &[
        Example {
            wrong: "首先，要学习。\n其次，要实践。\n第三，要总结。",
            right: "首先，要学习。\n其次，要实践。\n再次，要总结。",
        },
        Example {
            wrong: "首先，要学习。其次，要实践。第三，要总结。",
            right: "首先，要学习。其次，要实践。再次，要总结。",
        },
        Example {
            wrong: "首先，要学习；第二，要实践；第三，要总结。",
            right: "第一，要学习；第二，要实践；第三，要总结。",
        },
    ],
    leaves: &[
        "首先，看全局。第一，要学习。第二，要实践。其次，看局部。第三，要总结。",
        "第一，要学习。\n第二，要实践。\n第三，首先要总结。",
    ],
    check: Check::Both(check_paragraph, check),
};

fn check_paragraph(p: &Paragraph<'_>, report: &mut Report) {
    let words = |&i: &usize| {
        matches!(p.before(i), '先' | '次')
            && p.c(i) == '，'
            && (p.ends_with(i, "首先") || p.ends_with(i, "其次"))
    };
    if p.scan.points.iter().any(words)
        && let Some(at) = inside(p.text())
    {
        report.find(at..at + "第三".len(), said(MIXED.0, MIXED.1));
    }
}

fn check(view: &View<'_>, report: &mut Report) {
    let mut words = false;
    for (i, block) in view.document.blocks.iter().enumerate() {
        let text = block.text.as_str();
        if text.starts_with("首先，") || text.starts_with("其次，") {
            words = true;
            continue;
        }
        match view.ordinals[i].map(|ordinal| (ordinal.form, ordinal.value, ordinal.len)) {
            Some((Form::Di, 2..=4, len)) if words => {
                report.find_in(i, 0..len, said(MIXED.0, MIXED.1));
                words = false;
            }
            Some((Form::Di | Form::Hanzi | Form::BracketedHanzi, _, _)) => words = false,
            _ => {}
        }
    }
}

const MIXED: (&str, &str) = (
    "前面用的是“首先”“其次”，这里不能接“第二”“第三”",
    "a series that began 首先, 其次 can't go on 第二, 第三",
);

/// Where 第二， or 第三， stands in a paragraph that said 首先， or 其次， before and not 第一.
fn inside(text: &str) -> Option<usize> {
    let begins = |at: usize| at == 0 || text[..at].ends_with(['。', '；', '！', '？', '：']);
    let first = |word: &str| text.match_indices(word).map(|(at, _)| at).find(|&at| begins(at));
    let start = first("首先，").or_else(|| first("其次，"))?;
    if text.contains("第一") {
        return None;
    }
    let next = |word: &str| {
        let found = text[start..].match_indices(word).map(|(at, _)| start + at);
        found.into_iter().find(|&at| begins(at))
    };
    match next("第二，") {
        Some(second) if next("其次，").is_none() => Some(second),
        Some(_) => None,
        None => next("第三，"),
    }
}
