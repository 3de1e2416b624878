//! H12: 一是 … 三是.

use crate::diagnostic::{Message, Severity};
use crate::lint::ordinal::Form;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{is_end, numeral};
use crate::lint::series::{Break, faults, hanzi};
use crate::lint::view::View;

pub(crate) static RULE: Rule = Rule {
    code: "point-series-gap",
    id: "H12",
    severity: Severity::Warning,
    fix: None,
    name: said("“一是”“第一”跳号", "gap in 一是, 第一"),
    what: said(
        "“一是……三是”“第一……第三”中间缺号、重号，在一段之内或各成一段的都算。",
        "Numbers left out or repeated in a series of 一是 or 第一, within a paragraph or one to a paragraph.",
    ),
    why: said(
        "序次语应依次排列；缺号多半是漏了一条，或改稿时忘了改号。",
        "Ordinals follow in order; a gap is usually a point lost, or a number forgotten in revision.",
    ),
    examples: &[
        Example {
            wrong: "一是抓学习。\n三是抓落实。",
            right: "一是抓学习。\n二是抓落实。",
        },
        Example {
            wrong: "要做到：一是抓学习；二是抓实践；四是抓落实。",
            right: "要做到：一是抓学习；二是抓实践；三是抓落实。",
        },
    ],
    leaves: &[
        "一是抓学习。\n二是抓落实。",
        "一是一，二是二，不能含糊。",
        "问题有二：一是不实，二是不细。对策有三：一是抓，二是严，三是实。",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    for fault in faults(view) {
        let ordinal = fault.ordinal;
        if !matches!(ordinal.form, Form::Shi | Form::Di | Form::Qi)
            || matches!(fault.fault, Break::Start | Break::Back(_))
        {
            continue;
        }
        gap(fault.block, 0..ordinal.len, ordinal.value, report);
    }
    for (i, block) in view.document.blocks.iter().enumerate() {
        inside(i, block.text.as_str(), report);
    }
}

/// The series of 一是 inside one paragraph.
fn inside(block: usize, text: &str, report: &mut Report) {
    let mut last = 0;
    for (at, _) in text.match_indices('是') {
        let before = &text[..at];
        let Some(value) = before
            .chars()
            .next_back()
            .and_then(numeral)
            .filter(|&value| value > 0)
        else {
            continue;
        };
        let start = at - '是'.len_utf8();
        let begins = before[..start]
            .chars()
            .next_back()
            .is_none_or(|c| is_end(c) || matches!(c, '；' | '，' | '：' | ';' | ','));
        if !begins {
            continue;
        }
        if last > 0
            && value != 1
            && (value == last || (value > last + 1 && !text.contains(&format!("{}是", hanzi(last + 1)))))
        {
            gap(block, start..at + '是'.len_utf8(), value, report);
        }
        last = value;
    }
}

fn gap(block: usize, range: std::ops::Range<usize>, value: u32, report: &mut Report) {
    let value = hanzi(value);
    report.find_in(
        block,
        range,
        Message::new(
            format!("到“{value}”处序号不连续"),
            format!("the series breaks at {value}"),
        ),
    );
}
