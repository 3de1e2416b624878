//! P13: a dash that isn't ——.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_closing, is_opening};

pub(crate) static RULE: Rule = Rule {
    code: "dash-form",
    id: "P13",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("破折号形式", "form of the dash"),
    what: said(
        "中文里写成 -- －－ ――  ─── 的破折号，以及三到五个相连的一字线。单个一字线可能是连接号，不动；分隔线、填空线、程序参数不动。",
        "A dash in Chinese written --, －－, ―― or ───, and three to five joined lines. A single line may be a connector and is left alone, as are rules, blanks to fill in and program options.",
    ),
    why: said(
        "GB/T 15834—2011 第4.10.2节：破折号的形式是“——”，占两个字的位置。",
        "GB/T 15834-2011 §4.10.2: the dash is ——, two characters wide.",
    ),
    examples: &[
        Example {
            wrong: "--在全市工作会议上的讲话",
            right: "——在全市工作会议上的讲话",
        },
        Example {
            wrong: "我们的目标－－高质量发展———一定能实现。",
            right: "我们的目标——高质量发展——一定能实现。",
        },
    ],
    leaves: &[
        "破折号——都有。",
        "2020—2024年，京—沪高铁。",
        "使用 --fix 参数，或--all。",
        "姓名——————————",
        "建国--周年",
        "2020--2024年",
    ],
    check: Check::With(&["-－—―─–"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for (c, run) in p.runs_of(|c| matches!(c, '-' | '－' | '—' | '―' | '─' | '–')) {
        let wrong = if c == '—' {
            (3..=5).contains(&run.len())
        } else {
            (2..=4).contains(&run.len())
        };
        if !wrong || !between_chinese(p, run.start, run.end) {
            continue;
        }
        report
            .find(
                p.bytes(run.clone()),
                said("破折号应为“——”", "a dash should be ——"),
            )
            .change(p.bytes(run), "——");
    }
}

/// Whether the dash `i..end` joins Chinese on both sides; at the beginning of a subtitle, on its right.
fn between_chinese(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    let before = p.before(i);
    let left = i == 0 || p.hanzi_before(i) || is_closing(before) || crate::lint::scan::is_point(before);
    let right = p.is_hanzi(end)
        || is_opening(p.c(end))
        || (p.class(end) == Class::Digit && i > 0 && p.hanzi_before(i));
    // --周年: a number was left out there.
    let blank =
        matches!(p.c(end), '年' | '月' | '日' | '届' | '次' | '名' | '号') || p.starts_with(end, "周年");
    left && right && !blank
}
