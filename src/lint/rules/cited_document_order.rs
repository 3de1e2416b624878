//! F07: a cited document's number before its title.

use crate::diagnostic::Severity;
use crate::lint::doc_number::DocNumber;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::{DIGITS, YEAR_BRACKETS};

pub(crate) static RULE: Rule = Rule {
    code: "cited-document-order",
    id: "F07",
    severity: Severity::Warning,
    fix: None,
    name: said("引用公文的顺序", "order of a cited document"),
    what: said(
        "引用公文时，发文字号写在了标题前面：国发〔2024〕5号《……》。",
        "A document cited with its number before its title: 国发〔2024〕5号《…》.",
    ),
    why: said(
        "公文惯例：引用公文先引标题，后引发文字号，字号加圆括号。",
        "Office practice: the title first, then the number in round brackets.",
    ),
    examples: &[
        Example {
            wrong: "根据国发〔2024〕5号《关于加强管理的通知》精神，",
            right: "根据《关于加强管理的通知》（国发〔2024〕5号）精神，",
        },
        Example {
            wrong: "根据（国发〔2024〕5号）《关于加强管理的通知》精神，",
            right: "根据《关于加强管理的通知》（国发〔2024〕5号）精神，",
        },
    ],
    leaves: &[
        "《关于加强管理的通知》（国发〔2024〕5号）",
        "《甲通知》（国发〔2024〕5号）、《乙通知》（国发〔2024〕6号）",
        "《甲通知》（国发〔2024〕5号）《乙通知》（国发〔2024〕6号）",
        "按照国发〔2024〕5号文件和《条例》办理。",
    ],
    check: Check::With(&[YEAR_BRACKETS, DIGITS, "号", "《"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in DocNumber::all(p.scan) {
        let mut end = number.serial.end + 1;
        if p.c(number.serial.end) != '号' {
            continue;
        }
        end += usize::from(p.c(end) == '文') + usize::from(p.starts_with(end, "文件"));
        let bracketed = matches!(p.c(end), '）' | ')');
        end += usize::from(bracketed);
        if p.c(end) != '《' {
            continue;
        }
        let code = (0..number.open)
            .rev()
            .take_while(|&k| p.class(k) == Class::Hanzi)
            .count();
        let before = p.before(number.open - code.min(number.open));
        // In a row of citations the number belongs to the title before it.
        if before == '》'
            || (bracketed && p.before(number.open - code - usize::from(code < number.open)) == '》')
        {
            continue;
        }
        let found = report.find(
            p.bytes(number.open..end),
            said(
                "引用公文应先引标题，后引发文字号",
                "a cited document's title goes before its number",
            ),
        );
        found.help("写成《标题》（发文字号）", "write 《title》（number）");
    }
}
