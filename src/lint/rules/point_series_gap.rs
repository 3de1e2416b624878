//! H12: 一是 … 三是.

use crate::diagnostic::{Message, Severity};
use crate::lint::ordinal::Form;
use crate::lint::paragraph::Paragraph;
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
    check: Check::Both(check_paragraph, check),
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
}

/// What a series counts with: numerals between the first and the second.
const SERIES: [(&str, char); 3] = [("", '是'), ("", '要'), ("第", '，')];

/// The series of 一是, 一要 or 第一， inside one paragraph.
fn check_paragraph(p: &Paragraph<'_>, report: &mut Report) {
    // The values of each series so far; 一要 also is an ordinary word, so that two must follow each other first.
    let mut series = [(0, 0); SERIES.len()];
    // Of each number of a series, whether it stands in the paragraph; looked for once.
    let mut written = [[None; 12]; SERIES.len()];
    let clauses = p.scan.points.iter().map(|i| i + 1);
    for start in std::iter::once(0).chain(clauses) {
        let first = p.c(start);
        let (head, numeral_at) = if first == '第' {
            ("第", start + 1)
        } else {
            ("", start)
        };
        let Some(value) = numeral(p.c(numeral_at)).filter(|&value| value > 0) else {
            continue;
        };
        let tail = p.c(numeral_at + 1);
        let Some(which) = SERIES.iter().position(|one| *one == (head, tail)) else {
            continue;
        };
        let before = p.before(start);
        let begins = start == 0
            || is_end(before)
            || matches!(before, '；' | '：' | ';')
            || (tail != '，' && matches!(before, '，' | ','));
        if !begins {
            continue;
        }
        let (last, seen) = &mut series[which];
        let sure = tail == '是' || *seen >= 2;
        let mut stands = |value: u32| {
            let look = || p.text().contains(&format!("{head}{}{tail}", hanzi(value)));
            *written[which][value as usize].get_or_insert_with(look)
        };
        if *last > 0 && sure && value != 1 && (value == *last || (value > *last + 1 && !stands(*last + 1))) {
            gap(p.index, p.bytes(start..numeral_at + 2), value, report);
        }
        *seen = if value == 1 || value != *last + 1 {
            1
        } else {
            *seen + 1
        };
        *last = value;
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
