//! T05: 的的, 了了.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "doubled-particle",
    id: "T05",
    severity: Severity::Info,
    fix: None,
    name: said("虚词重复", "doubled particle"),
    what: said(
        "“的的”“了了”“在在”“是是”“和和”，其中“为了了解”“的的确确”“是是非非”一类不算。",
        "的的, 了了, 在在, 是是 or 和和, save such words as 为了了解 and 的的确确.",
    ),
    why: said("多半是多打了一个字。", "Usually one too many."),
    examples: &[Example {
        wrong: "这是我们的的责任。",
        right: "这是我们的责任。",
    }],
    leaves: &[
        "为了了解情况。",
        "的的确确如此。",
        "是是非非。",
        "实事求是是根本。",
        "目的的实现",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.doubles {
        let c = p.c(i);
        if !matches!(c, '的' | '了' | '在' | '是' | '和') || p.c(i + 1) == c || (i > 1 && p.c(i - 2) == c)
        {
            continue;
        }
        let (before, after) = (if i > 1 { p.c(i - 2) } else { '\0' }, p.c(i + 1));
        let word = match c {
            '的' => {
                after == '确' || matches!(before, '目' | '标' | '有' | '中') || after == '士' || after == '是'
            }
            '了' => {
                matches!(after, '解' | '却' | '结' | '然' | '断' | '望' | '悟' | '事')
                    || matches!(before, '为' | '未' | '明' | '终')
            }
            '是' => {
                matches!(after, '否' | '非')
                    || matches!(
                        before,
                        '求' | '于'
                            | '但'
                            | '只'
                            | '可'
                            | '都'
                            | '凡'
                            | '总'
                            | '就'
                            | '还'
                            | '要'
                            | '正'
                            | '实'
                    )
            }
            '在' => {
                matches!(
                    after,
                    '于' | '线' | '校' | '职' | '场' | '岗' | '建' | '押' | '位' | '编' | '册' | '野'
                ) || matches!(
                    before,
                    '现' | '存' | '实' | '正' | '所' | '内' | '自' | '旨' | '潜'
                )
            }
            _ => {
                matches!(
                    after,
                    '谐' | '平' | '睦' | '解' | '气' | '美' | '顺' | '善' | '蔼'
                ) || matches!(before, '共' | '饱' | '温' | '调' | '总' | '缓' | '平' | '柔')
            }
        };
        if !word {
            report.find(
                p.bytes(i - 1..i + 1),
                Message::new(
                    format!("“{c}{c}”可能多打了一个字"),
                    format!("“{c}{c}” may be one too many"),
                ),
            );
        }
    }
}
