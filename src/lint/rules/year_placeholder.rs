//! T02: 20x年, 20××年.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::placeholder::{runs, year};
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "year-placeholder",
    id: "T02",
    severity: Severity::Error,
    fix: None,
    name: said("年份没有填全", "year not filled in"),
    what: said(
        "“20x年”“20××年”“20__年”“20--年”“２０ＸＸ年”。",
        "20x年, 20××年, 20__年, 20--年 or ２０ＸＸ年.",
    ),
    why: said(
        "稿子还没有填完；照原样印出来就是事故。",
        "The text is not finished, and would be printed as it is.",
    ),
    examples: &[Example {
        wrong: "20x年度先进单位，２０ＸＸ年计划，20__年，20--年。",
        right: "2024年度先进单位，2025年计划，2026年，2027年。",
    }],
    leaves: &["2024年度。", "20×30厘米。", "5×20米。"],
    check: Check::With(&["年", "_＿-—xXｘＸ×✕╳*＊"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for run in runs(p.scan) {
        if let Some(start) = year(p.scan, run.start, run.end) {
            report
                .find(
                    p.bytes(start..run.end),
                    Message::new(
                        format!("年份“{}”没有填全", p.slice(start..run.end)),
                        format!("the year “{}” is not filled in", p.slice(start..run.end)),
                    ),
                )
                .help("填上年份", "fill in the year");
        }
    }
    let mut done = 0;
    for &i in &p.scan.points {
        if i < done || !matches!(p.c(i), '_' | '＿' | '-' | '—') {
            continue;
        }
        let mut end = i;
        while matches!(p.c(end), '_' | '＿' | '-' | '—') {
            end += 1;
        }
        done = end;
        if p.ends_with(i, "20") && p.c(end) == '年' && end - i == 2 && !p.before(i - 2).is_ascii_digit() {
            report
                .find(
                    p.bytes(i - 2..end),
                    said("年份没有填全", "the year is not filled in"),
                )
                .help("填上年份", "fill in the year");
        }
    }
}
