//! U01: a range of values joined by a hyphen or an ASCII tilde.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::{DIGITS, JOINERS};

pub(crate) static RULE: Rule = Rule {
    code: "range-connector",
    id: "U01",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("数值范围的连接号", "connector in a range of values"),
    what: said(
        "数值范围用了半角波浪线，或两头都带百分号、后面带量词的短横线。电话、编号、日期、“第3-5条”不算。",
        "An ASCII tilde between two values, or a hyphen between two percentages or before a measure word. Telephone numbers, codes, dates and 第3-5条 are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 第4.13.3.3节、GB/T 15835—2011 第5.1.3节：数值范围用浪纹线“～”或一字线“—”。",
        "GB/T 15834-2011 §4.13.3.3, GB/T 15835-2011 §5.1.3: ～ or — joins the ends of a range.",
    ),
    examples: &[Example {
        wrong: "需要3~5天，增长3.75%-4%，约10-15人。",
        right: "需要3～5天，增长3.75%～4%，约10～15人。",
    }],
    leaves: &[
        "需要3～5天。",
        "电话010-6512人工接听",
        "第3-5条",
        "2016-2020年",
        "3-5号楼",
        "1-6月",
    ],
    check: Check::With(&[JOINERS, DIGITS], check),
};

const MEASURES: &str = "天个人元万亿倍岁吨名次家户亩米件台套项座辆张份克升℃度公小分";

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let numbers: Vec<_> = p.scan.numbers().collect();
    for pair in numbers.windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        let percent = p.c(left.end) == '%';
        let join = left.end + usize::from(percent);
        if right.start != join + 1 || !p.is_chinese() {
            continue;
        }
        let plain = |c: char| matches!(c, '-' | '~' | '～' | '.' | '/' | ':' | '第' | '－' | '–' | '—');
        let time = p.slice(left.clone()).contains(':') || p.slice(right.clone()).contains(':');
        if plain(p.before(left.start))
            || plain(p.c(right.end))
            || time
            || p.class_before(left.start) == Class::Letter
        {
            continue;
        }
        // 010-6512 is a telephone number.
        if p.c(left.start) == '0' && left.len() > 1 && p.c(left.start + 1) != '.' {
            continue;
        }
        let unit = p.c(right.end);
        // 3-5年, 3-5月 are told apart by another rule.
        let span = matches!(unit, '年' | '月' | '日' | '号' | '时' | '点');
        let wrong = match p.c(join) {
            '~' => !span,
            '-' | '－' | '–' => {
                (percent && unit == '%') || (MEASURES.contains(unit) && left.len() <= 4 && right.len() <= 4)
            }
            _ => false,
        };
        if wrong {
            report
                .find(
                    p.bytes(join..join + 1),
                    said("数值范围应用“～”", "～ should join the ends of a range"),
                )
                .change(p.bytes(join..join + 1), "～");
        }
    }
}
