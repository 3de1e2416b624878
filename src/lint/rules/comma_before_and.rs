//! P17: 、 before 和, 及 or 以及.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "comma-before-and",
    id: "P17",
    severity: Severity::Info,
    fix: None,
    name: said("“和”前用顿号", "、 before 和"),
    what: said(
        "最后一项之前既用顿号又用“和”“及”“以及”。",
        "Both 、 and 和, 及 or 以及 before the last member of a list.",
    ),
    why: said(
        "顿号与连词作用相同，留一个。机关行文习惯，国家标准没有规定。",
        "The mark and the conjunction do the same work; one is enough. Office practice, not in the standard.",
    ),
    examples: &[Example {
        wrong: "农村、社区、和企业都要行动起来。",
        right: "农村、社区和企业都要行动起来。",
    }],
    leaves: &["团结、和谐、和睦的邻里。", "准确、及时、全面。", "民主、和平。"],
    check: Check::With(&["、", "和及以"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if p.c(i) != '、' {
            continue;
        }
        let next = p.c(i + 2);
        let and = match p.c(i + 1) {
            '和' => !matches!(
                next,
                '平' | '谐'
                    | '睦'
                    | '解'
                    | '气'
                    | '美'
                    | '顺'
                    | '善'
                    | '蔼'
                    | '好'
                    | '合'
                    | '风'
                    | '县'
                    | '田'
                    | '稳'
            ),
            '及' => !matches!(next, '时' | '早' | '格' | '物' | '第'),
            '以' => next == '及',
            _ => false,
        };
        if and {
            report.find(
                p.bytes(i..i + 1),
                said(
                    "“和”“及”“以及”前一般不用顿号",
                    "usually no 、 before 和, 及 or 以及",
                ),
            );
        }
    }
}
