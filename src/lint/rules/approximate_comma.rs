//! U06: 三、四个月.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::numeral;

pub(crate) static RULE: Rule = Rule {
    code: "approximate-comma",
    id: "U06",
    severity: Severity::Info,
    fix: None,
    name: said("概数中的顿号", "、 in an approximate number"),
    what: said(
        "相邻两个数字表示概数时中间用了顿号，如“三、四个月”。“二、三产业”“第三、四个”不算。",
        "、 between two neighbouring numbers that mean an approximate one, such as 三、四个月. 二、三产业 and 第三、四个 are no fault.",
    ),
    why: said(
        "GB/T 15835—2011 第5.2.1节：概数中的两个数字之间不用顿号。",
        "GB/T 15835-2011 §5.2.1: no 、 within an approximate number.",
    ),
    examples: &[Example {
        wrong: "大约需要三、四个月。",
        right: "大约需要三四个月。",
    }],
    leaves: &[
        "二、三产业协调发展。",
        "第三、四个问题。",
        "一、二等奖。",
        "一、三个月",
    ],
    check: Check::With(&["、", "个天次倍岁百千十"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if p.c(i) != '、' || i < 2 {
            continue;
        }
        let (Some(a), Some(b)) = (numeral(p.before(i)), numeral(p.c(i + 1))) else {
            continue;
        };
        let alone =
            !matches!(p.c(i - 2), '第' | '十' | '百' | '千' | '月' | '、') && numeral(p.c(i - 2)).is_none();
        let counted = (matches!(p.c(i + 2), '个' | '天' | '次' | '倍' | '岁' | '百' | '千') && p.c(i + 3) != '问')
            // 七、八十年代 are two decades.
            || (p.c(i + 2) == '十' && matches!(p.c(i + 3), '人' | '个' | '名' | '户' | '岁' | '家' | '里'));
        if a >= 1 && b == a + 1 && b < 10 && alone && counted {
            report.find(
                p.bytes(i - 1..i + 2),
                said("概数中间不用顿号", "no 、 within an approximate number"),
            );
        }
    }
}
