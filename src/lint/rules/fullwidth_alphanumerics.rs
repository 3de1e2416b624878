//! P19: full-width digits and letters.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;

pub(crate) static RULE: Rule = Rule {
    code: "fullwidth-alphanumerics",
    id: "P19",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("全角数字和字母", "full-width digits and letters"),
    what: said(
        "全角的阿拉伯数字和西文字母，连同夹在中间的全角小数点、分节号和后面的全角百分号。用作替代号的Ｘ不动。",
        "Full-width Arabic digits and Western letters, with full-width decimal points and commas of thousands between and a per-cent sign behind them. Ｘ that stands for something left out is left alone.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.7.1节：阿拉伯数字占半个汉字位置。",
        "GB/T 15835-2011 §5.1.7.1: an Arabic digit is half a character wide.",
    ),
    examples: &[
        Example {
            wrong: "总产量３，６８０亿斤。",
            right: "总产量3,680亿斤。",
        },
        Example {
            wrong: "２０２４年增长７．３％，ＧＤＰ达到1２亿元，支出１１，１９４，０４８元。",
            right: "2024年增长7.3%，GDP达到12亿元，支出11,194,048元。",
        },
    ],
    leaves: &["2024年增长7.3%。", "ＸＸ县，２０ＸＸ年。"],
    check: Check::With(&[WIDE], check),
};

/// Full-width digits and letters.
const WIDE: &str = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ\
                    ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ";

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let mut done = 0;
    for &i in &p.scan.points {
        if i < done || p.class(i) != Class::Wide {
            continue;
        }
        let narrow = |k: usize| matches!(p.class(k), Class::Digit | Class::Letter);
        let mut end = i;
        while p.class(end) == Class::Wide || narrow(end) || is_inner(p, end) {
            end += 1;
        }
        done = end;
        // ２０ＸＸ年 is unfinished; what stands there is for the author to fill in.
        if (i..end).any(|k| matches!(p.c(k), 'Ｘ' | 'ｘ')) {
            continue;
        }
        // １．at the beginning of a paragraph is an ordinal.
        if i == 0 && p.c(end) == '．' && p.before(end).is_numeric() {
            end += 1;
        }
        if p.c(end) == '％' && p.before(end).is_numeric() {
            end += 1;
        }
        let with: String = p.slice(i..end).chars().map(narrowed).collect();
        report
            .find(
                p.bytes(i..end),
                Message::new(
                    format!("全角数字或字母，应为“{with}”"),
                    format!("full-width digits or letters, should be “{with}”"),
                ),
            )
            .change(p.bytes(i..end), with);
    }
}

/// Whether the mark at `i` is a decimal point between full-width digits, or parts a number into groups of three.
fn is_inner(p: &Paragraph<'_>, i: usize) -> bool {
    let digit = |k: usize| matches!(p.c(k), '０'..='９' | '0'..='9');
    if i == 0 || !digit(i - 1) || !digit(i + 1) {
        return false;
    }
    match p.c(i) {
        '．' => true,
        '，' | ',' => {
            let before = (0..i).rev().take_while(|&k| digit(k)).take(4).count();
            let after = (i + 1..i + 5).take_while(|&k| digit(k)).count();
            let comma = |k: usize| matches!(p.c(k), '，' | ',');
            // One comma alone may part two numbers of a list: ２００，３００.
            let more = comma(i + 4) && digit(i + 5) || i > 4 && comma(i - 4) && digit(i - 5);
            let round = (i + 1..i + 4).all(|k| matches!(p.c(k), '０' | '0'));
            // ３，６８０亿斤: a list would have 、 between its numbers.
            let counted = MEASURES.contains(p.c(i + 4));
            (1..=3).contains(&before) && after == 3 && (more || round || counted)
        }
        _ => false,
    }
}

/// What is counted in thousands.
const MEASURES: &str = "万亿元斤吨担人户名个亩米平多余条台部家处座";

fn narrowed(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '，' | '％' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        _ => c,
    }
}
