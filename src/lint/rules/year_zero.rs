//! D04: a year in hanzi with another zero than 〇.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::numeral;

pub(crate) static RULE: Rule = Rule {
    code: "year-zero",
    id: "D04",
    severity: Severity::Error,
    fix: Some(Applicability::All),
    name: said("汉字年份里的“〇”", "zero in a year in hanzi"),
    what: said(
        "汉字写的年份里，〇写成了零、○、0或字母O。",
        "零, ○, 0 or the letter O instead of 〇 in a year written in hanzi.",
    ),
    why: said(
        "GB/T 15835—2011 第5.2.5节：年份中的“0”写作“〇”。",
        "GB/T 15835-2011 §5.2.5: the zero of a year is 〇.",
    ),
    examples: &[Example {
        wrong: "二零二四年和二○一九年。",
        right: "二〇二四年和二〇一九年。",
    }],
    leaves: &["二〇二四年。", "一百零二年", "2004年。", "零零后青年"],
    check: Check::With(&["年", "零○◯OoＯ0０"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for i in 4..p.len() {
        if p.c(i) != '年' {
            continue;
        }
        let zero = |k: usize| matches!(p.c(k), '零' | '○' | '◯' | 'O' | 'o' | 'Ｏ' | '0' | '０');
        let digit = |k: usize| numeral(p.c(k)).is_some_and(|n| n < 10);
        let year = (i - 4..i).all(|k| zero(k) || digit(k));
        let hanzi = (i - 4..i).filter(|&k| digit(k)).count();
        let begins = i == 4 || !(zero(i - 5) || numeral(p.c(i - 5)).is_some());
        if !year || hanzi < 2 || hanzi == 4 || !begins || !matches!(p.c(i - 4), '一' | '二') {
            continue;
        }
        let zeros = (i - 4..i).filter(|&k| zero(k));
        let written = zeros.clone().next().map_or('0', |k| p.c(k));
        let found = report.find(
            p.bytes(i - 4..i + 1),
            Message::new(
                format!("年份里的“{written}”应写作“〇”"),
                format!("“{written}” in a year should be “〇”"),
            ),
        );
        for k in zeros {
            found.change(p.bytes(k..k + 1), "〇");
        }
    }
}
