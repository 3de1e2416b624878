//! H12: 一是 … 三是.

use memchr::memmem::Finder;

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
        "“一是……三是”“一要……三要”“第一……第三”中间缺号、重号，在一段之内或各成一段的都算。",
        "Numbers left out or repeated in a series of 一是, 一要 or 第一, within a paragraph or one to a paragraph.",
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
        Example {
            wrong: "第一，抓学习。第二，抓实践。第四，抓落实。",
            right: "第一，抓学习。第二，抓实践。第三，抓落实。",
        },
    ],
    leaves: &[
        "一是抓学习。\n二是抓落实。",
        "一是一，二是二，不能含糊。",
        "一要学习，五要实践的说法，是比喻。",
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
    let series = ["是", "要", "，"].map(Finder::new);
    for (i, block) in view.document.blocks.iter().enumerate() {
        let text = block.text.as_str();
        inside(i, text, "", &series[0], report);
        inside(i, text, "", &series[1], report);
        if text.contains("第") {
            inside(i, text, "第", &series[2], report);
        }
    }
}

/// The series of 一是, 一要 or 第一， inside one paragraph: numerals between `head` and `tail`.
fn inside(block: usize, text: &str, head: &str, tails: &Finder<'_>, report: &mut Report) {
    // The values of the series so far; 一要 also is an ordinary word, so that two must follow each other first.
    let (mut last, mut seen) = (0, 0);
    for at in tails.find_iter(text.as_bytes()) {
        let tail = &text[at..at + tails.needle().len()];
        let before = &text[..at];
        let Some(value) = before
            .chars()
            .next_back()
            .and_then(numeral)
            .filter(|&value| value > 0)
        else {
            continue;
        };
        let start = at - '一'.len_utf8();
        if !before[..start].ends_with(head) {
            continue;
        }
        let start = start - head.len();
        let begins = before[..start].chars().next_back().is_none_or(|c| {
            is_end(c) || matches!(c, '；' | '：' | ';') || (tail != "，" && matches!(c, '，' | ','))
        });
        if !begins {
            continue;
        }
        let sure = tail == "是" || seen >= 2;
        let written = |value| format!("{head}{}{tail}", hanzi(value));
        if last > 0
            && sure
            && value != 1
            && (value == last || (value > last + 1 && !text.contains(&written(last + 1))))
        {
            gap(block, start..at + tail.len(), value, report);
        }
        seen = if value == 1 || value != last + 1 {
            1
        } else {
            seen + 1
        };
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
