//! U08: 约300人左右.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{is_end, is_point};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "double-approximation",
    id: "U08",
    severity: Severity::Warning,
    fix: None,
    name: said("约数重复标记", "approximation marked twice"),
    what: said(
        "数字前有“约”“大约”“近”“将近”，后面又有“左右”“上下”。",
        "约, 大约 or 近 before a number, and 左右 or 上下 after it.",
    ),
    why: said("两者意思重复，留一个。", "Both say the same; keep one."),
    examples: &[
        Example {
            wrong: "约300人左右参加。",
            right: "约300人参加。",
        },
        Example {
            wrong: "约有300家左右达标。",
            right: "约有300家达标。",
        },
    ],
    leaves: &["约300人参加。", "300人左右参加。", "预约300人，左右两侧就座。"],
    check: Check::With(&[DIGITS, "约近"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in p.scan.numbers() {
        // 约300人, 约有300人, 大约为300人.
        let mark = number.start - usize::from(matches!(p.before(number.start), '有' | '为' | '是'));
        let before = matches!(p.before(mark), '约' | '近')
            && !(mark > 1
                && matches!(
                    p.c(mark - 2),
                    '预' | '邀' | '最' | '附' | '临' | '合' | '制' | '条' | '靠' | '节'
                ));
        if !before {
            continue;
        }
        let tail =
            (number.end..number.end + 6).find(|&i| p.starts_with(i, "左右") || p.starts_with(i, "上下"));
        if let Some(tail) = tail
            && !(number.end..tail).any(|i| is_point(p.c(i)) || is_end(p.c(i)))
        {
            report.find(
                p.bytes(mark - 1..tail + 2),
                said("“约”和“左右”留一个即可", "keep either 约 or 左右"),
            );
        }
    }
}
