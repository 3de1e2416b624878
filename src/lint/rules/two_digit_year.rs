//! D06: a year of two digits.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "two-digit-year",
    id: "D06",
    severity: Severity::Warning,
    fix: None,
    name: said("年份不写全", "year of two digits"),
    what: said(
        "年份只写两位数，如“98年7月”“08年5月”。“90年代”“有期徒刑10年6个月”不算。",
        "A year of two digits, such as 98年7月. 90年代 and a length of time are no fault.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.4节：年份不应简写。",
        "GB/T 15835-2011 §5.1.4: years are not shortened.",
    ),
    examples: &[Example {
        wrong: "98年7月入党，08年5月任现职。",
        right: "1998年7月入党，2008年5月任现职。",
    }],
    leaves: &[
        "20世纪90年代。",
        "1998年7月。",
        "有期徒刑10年6个月。",
        "历时15年。",
    ],
    check: Check::With(&["年", DIGITS], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        let end = p.digits_end(i);
        if end != i + 2
            || p.class_before(i) == Class::Digit
            || p.c(end) != '年'
            || p.c(end + 1).is_whitespace()
        {
            continue;
        }
        let month = p.digits_end(end + 1);
        let value = p.number(end + 1..month).unwrap_or(0);
        let joined = matches!(
            p.before(i),
            '.' | ',' | '-' | '—' | '～' | '第' | '满' | '近' | '约'
        ) || p.class_before(i) == Class::Wide;
        let dated = (1..=12).contains(&value) && p.c(month) == '月' && !matches!(p.c(month + 1), '有' | '的');
        let term = p.ends_with(i, "徒刑") || p.ends_with(i, "期限") || p.ends_with(i, "工龄");
        // 自98年以来: no span of years, but a year.
        let since = ["以来", "以后", "以前", "年底", "底", "初"]
            .iter()
            .any(|word| p.starts_with(end + 1, word));
        let from = p.c(i) == '8' || p.c(i) == '9';
        let since = since
            && from
            && (i == 0 || matches!(p.before(i), '自' | '从' | '到' | '至' | '在' | '于' | '，' | '。'));
        if (dated || since) && !joined && !term {
            report.find(
                p.bytes(i..end + 1),
                said("年份应写全四位", "a year needs four digits"),
            );
        }
    }
}
