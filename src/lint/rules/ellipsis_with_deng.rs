//! P12: …… and 等 for the same thing.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "ellipsis-with-deng",
    id: "P12",
    severity: Severity::Warning,
    fix: None,
    name: said("省略号与“等”并用", "ellipsis together with 等"),
    what: said(
        "“……等”“等……”：两者意思相同，留一个。",
        "……等 and 等……: both say the same; keep one.",
    ),
    why: said(
        "GB/T 15834—2011 附录A.9.2：不能用省略号表示后又用“等”“等等”。",
        "GB/T 15834-2011 A.9.2: not an ellipsis and 等 together.",
    ),
    examples: &[Example {
        wrong: "粮食、棉花、油料……等作物都增产。",
        right: "粮食、棉花、油料等作物都增产。",
    }],
    leaves: &["他说着……等他说完，会就散了。", "我们还要等……等到什么时候？"],
    check: Check::With(&["…", "等"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if p.c(i) != '…' || p.before(i) == '…' {
            continue;
        }
        let mut end = i;
        while p.c(end) == '…' {
            end += 1;
        }
        // 等 in the sense of “and so on” closes a list.
        let list = (i.saturating_sub(12)..i).any(|k| p.c(k) == '、');
        let after = p.c(end) == '等'
            && !matches!(
                p.c(end + 1),
                '他' | '她' | '我' | '你' | '到' | '待' | '着' | '了'
            );
        let before = p.ends_with(i, "等") && p.c(end) != '等';
        if list && (after || before) {
            let range = if after { i..end + 1 } else { i - 1..end };
            report.find(
                p.bytes(range),
                said("省略号和“等”留一个即可", "keep either the ellipsis or 等"),
            );
        }
    }
}
