//! H04: 第一、 where 第一， should stand.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{is_end, numeral};

pub(crate) static RULE: Rule = Rule {
    code: "ordinal-word-mark",
    id: "H04",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("“第一”“首先”后的标点", "mark after 第一 and 首先"),
    what: said(
        "句首的“第一”“首先”“其次”“再次”“最后”“其一”后面用了顿号，没有用逗号。“第一、二季度”“第一、第二产业”不算。",
        "、 instead of ， after 第一, 首先, 其次, 再次, 最后 or 其一 at the beginning of a sentence. 第一、二季度 and 第一、第二产业 are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 附录B.3.1：“第”字头的序次语、“首先”“其次”之后用逗号。",
        "GB/T 15834-2011 B.3.1: a comma after 第一 and the like.",
    ),
    examples: &[Example {
        wrong: "第一、要提高认识。首先、要学好文件。",
        right: "第一，要提高认识。首先，要学好文件。",
    }],
    leaves: &[
        "第一、二季度开局良好。",
        "第一、第二、第三产业协调发展。",
        "第一，要提高认识。",
        "发挥第一、要紧的作用",
        "首先、其次、再次是序次语。",
    ],
    check: Check::With(&["、", "首其再最第"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if p.c(i) != '、' {
            continue;
        }
        let start = ordinal_start(p, i);
        let begins = start < i
            && (start == 0
                || is_end(p.before(start))
                || matches!(p.before(start), '；' | '：' | ' ' | '\u{3000}'));
        if !begins {
            continue;
        }
        let next = p.c(i + 1);
        // 首先、其次、再次是序次语: an enumeration of the words themselves.
        let words = ["首先", "其次", "再次", "最后"];
        let series = words.iter().any(|word| p.starts_with(i + 1, word))
            || numeral(next).is_some()
            || matches!(next, '第' | '其' | '零' | '百' | '两')
            || !p.is_hanzi(i + 1) && next != '“';
        if !series {
            report
                .find(
                    p.bytes(start..i + 1),
                    said(
                        "“第一”“首先”一类序次语后面应用逗号",
                        "a comma should follow 第一, 首先 and the like",
                    ),
                )
                .change(p.bytes(i..i + 1), "，");
        }
    }
}

/// Where the ordinal word begins that ends before `i`; `i` itself when there is none.
fn ordinal_start(p: &Paragraph<'_>, i: usize) -> usize {
    let word = i >= 2
        && matches!(
            (p.c(i - 2), p.c(i - 1)),
            ('首', '先') | ('其' | '再', '次') | ('最', '后')
        );
    if word {
        return i - 2;
    }
    let mut start = i;
    while start > 0 && numeral(p.before(start)).is_some() {
        start -= 1;
    }
    if start < i && matches!(p.before(start), '第' | '其') {
        start - 1
    } else {
        i
    }
}
