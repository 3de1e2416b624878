//! U12: 3.15晚会, “一二九”.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "event-date",
    id: "U12",
    severity: Severity::Warning,
    fix: None,
    name: said("含月日的事件名", "events named by their day"),
    what: said(
        "用日期命名的事件、节日，阿拉伯数字没加引号和间隔号（3.15晚会），或涉及一月、十一月、十二月的汉字形式没有间隔号（“一二九”运动）。",
        "An event named by its day without quotation marks and · (3.15晚会), or in hanzi without · in January, November or December (“一二九”运动).",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.6、5.2.3节。",
        "GB/T 15835-2011 §5.1.6, 5.2.3.",
    ),
    examples: &[
        Example {
            wrong: "纪念“12.9”运动。",
            right: "纪念“12·9”运动。",
        },
        Example {
            wrong: "3.15晚会和“一二九”运动。",
            right: "“3·15”晚会和“一二·九”运动。",
        },
    ],
    leaves: &["“3·15”晚会。", "“五四”运动。", "增长3.15万元。", "“一二三”工程"],
    check: Check::With(&[".九八"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    const EVENTS: [&str; 9] = [
        "晚会",
        "事件",
        "事变",
        "地震",
        "惨案",
        "运动",
        "特大",
        "爆炸事故",
        "消费者权益",
    ];
    for number in p.scan.numbers() {
        let Some((month, day)) = p.slice(number.clone()).split_once('.') else {
            continue;
        };
        let (Ok(month), Ok(day)) = (month.parse::<u32>(), day.parse::<u32>()) else {
            continue;
        };
        let quoted = p.before(number.start) == '“' && p.c(number.end) == '”';
        let next = number.end + usize::from(quoted);
        let named = EVENTS.iter().any(|event| p.starts_with(next, event));
        if named
            && crate::lint::date::exists(None, month, Some(day))
            && (quoted || p.before(number.start) != '“')
        {
            report.find(
                p.bytes(number),
                Message::new(
                    format!("应写作“{month}·{day}”，加引号"),
                    format!("should be “{month}·{day}”, with quotation marks"),
                ),
            );
        }
    }
    for pair in &p.pairs.pairs {
        let inner = p.slice(pair.open + 1..pair.close);
        let name = match inner {
            "一二九" => "一二·九",
            "一二八" => "一·二八",
            _ => continue,
        };
        report.find(
            p.bytes(pair.open..pair.close + 1),
            Message::new(format!("应写作“{name}”"), format!("should be “{name}”")),
        );
    }
}
