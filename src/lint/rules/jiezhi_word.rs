//! D09: 截止 where 截至 should stand.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;

pub(crate) static RULE: Rule = Rule {
    code: "jiezhi-word",
    id: "D09",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("截止与截至", "截止 and 截至"),
    what: said(
        "“截止”后面直接跟时间，如“截止2024年底”“截止目前”。",
        "截止 directly before a point of time, such as 截止2024年底 or 截止目前.",
    ),
    why: said(
        "“截止”是到期停止，后面不带时间；“截至”是到某个时间为止，后面带时间（《现代汉语词典》）。",
        "截止 means to end and takes no object; 截至 means up to a time.",
    ),
    examples: &[Example {
        wrong: "截止2024年底，全县有100家企业；截止目前无变化。",
        right: "截至2024年底，全县有100家企业；截至目前无变化。",
    }],
    leaves: &["报名截止日期为5月1日。", "报名于5月1日截止。", "截止时间5月1日。"],
    check: Check::With(&["截"], check),
};

const TIMES: [&str; 14] = [
    "目前", "今年", "去年", "上年", "本月", "上月", "现在", "今天", "昨天", "昨日", "当前", "年底", "今日",
    "此时",
];

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for i in 0..p.len() {
        if p.c(i) != '截' || p.c(i + 1) != '止' {
            continue;
        }
        let mut next = i + 2;
        if matches!(p.c(next), '到' | '至') {
            next += 1;
        }
        let digits = p.digits_end(next);
        let dated = p.class(next) == Class::Digit && matches!(p.c(digits), '年' | '月' | '日');
        if dated || TIMES.iter().any(|time| p.starts_with(next, time)) {
            let with = "截至";
            report
                .find(
                    p.bytes(i..i + 2),
                    said("后面带时间，应为“截至”", "before a point of time, should be 截至"),
                )
                .change(p.bytes(i..next), with);
        }
    }
}
