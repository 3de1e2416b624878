//! P01: half-width marks in Chinese text.

use super::salutation_colon;
use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_closing, is_opening, numeral};

pub(crate) static RULE: Rule = Rule {
    code: "halfwidth-punctuation",
    id: "P01",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("半角标点", "half-width punctuation"),
    what: said(
        "汉字或中文标点旁边的半角 , ; : ! ?，以及句末的半角句点。网址、邮箱、时间、比例、数字、版本号、标准号、文件名、西文和代码里的标点不动；标点后多出的一个空格随标点一并去掉。",
        "A half-width , ; : ! ? beside a hanzi or a Chinese mark, and a half-width stop at the end of a sentence. Marks inside addresses, times, ratios, numbers, versions, standard numbers, file names, Western words and code are left alone; one space after the mark goes with it.",
    ),
    why: said(
        "GB/T 15834—2011 第5.1节：横排文稿的点号各占一个字的位置。半角标点只占半个字，与汉字混排时错位，也破坏每行28字的版面。",
        "GB/T 15834-2011 §5.1: in horizontal text a point takes the width of one character. A half-width mark stands askew among hanzi and spoils the line of 28 characters.",
    ),
    examples: &[
        Example {
            wrong: "向受到表彰的单位表示祝贺!会后要抓好落实.",
            right: "向受到表彰的单位表示祝贺！会后要抓好落实。",
        },
        Example {
            wrong: "能力提高了;作风转变了, 成效明显",
            right: "能力提高了；作风转变了，成效明显",
        },
        Example {
            wrong: "登录https://x.cn/a?b=1,2,查看“通知”;联系",
            right: "登录https://x.cn/a?b=1,2，查看“通知”；联系",
        },
        Example {
            wrong: "今年开局良好 , 增速为5%.",
            right: "今年开局良好 ，增速为5%。",
        },
        Example {
            wrong: "你知道吗?!",
            right: "你知道吗？！",
        },
        Example {
            wrong: "温度为5℃;增长8%, 其中工业增长9%;",
            right: "温度为5℃；增长8%，其中工业增长9%；",
        },
    ],
    leaves: &[
        "会议时间14:30，比例1:5，金额1,234.5元。",
        "执行GB/T 9704-2012，升级到v2.0。",
        "发展5G,AI等产业。",
        "他说“Hello, world!”就走了。",
        "The word 中国, meaning China, is old and known to all.",
        "[1] 王某. 公文格式研究[J]. 某学报, 2010(3): 12-15.",
        "王某, 李某. 公文格式研究[M]. 北京: 某出版社, 2010: 12-15.",
        "共投资3.5亿元，详见表1.",
        "一期、?水灌区建设完成。",
    ],
    check: Check::With(&[",;:!?."], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !p.is_chinese() || is_reference(p) {
        return;
    }
    let mut done = 0;
    for &i in &p.scan.points {
        if i < done || !is_halfwidth_point(p, i) {
            continue;
        }
        // Neighbouring marks share the fate of the run: 吗?!
        let mut end = i + 1;
        while is_halfwidth_point(p, end) {
            end += 1;
        }
        done = end;
        // The colon of the salutation has a rule of its own.
        if end == p.len() && p.c(i) == ':' && salutation_colon::addresses(p) {
            continue;
        }
        let stop = p.c(i) == '.';
        if stop && end > i + 1 {
            continue;
        }
        let chinese = if stop {
            ends_sentence(p, i)
        } else {
            touches_chinese(p, i, end)
        };
        if !chinese {
            continue;
        }
        let space = usize::from(p.c(end) == ' ' && p.class(end + 1) != Class::Space);
        let last = end;
        for k in i..end {
            let (from, to) = (p.c(k), fullwidth(p.c(k)));
            let after = if k + 1 == last { k + 1 + space } else { k + 1 };
            report
                .find(
                    p.bytes(k..k + 1),
                    Message::new(
                        format!("中文里用了半角标点“{from}”，应为“{to}”"),
                        format!("half-width “{from}” in Chinese text, should be “{to}”"),
                    ),
                )
                .change(p.bytes(k..after), to.to_string());
        }
    }
}

fn is_halfwidth_point(p: &Paragraph<'_>, i: usize) -> bool {
    matches!(p.plain(i), Some(',' | ';' | ':' | '!' | '?' | '.'))
}

fn fullwidth(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        _ => '。',
    }
}

/// Whether the marks `i..end` stand in Chinese: after a hanzi or a Chinese mark, or directly before one.
fn touches_chinese(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    // A character that was lost: 二期、?水灌区. Nothing is asked after a mark that ends nothing.
    if p.c(i) == '?'
        && p.is_hanzi(end)
        && (matches!(p.before(i), '、' | '，' | '；' | '：') || is_opening(p.before(i)))
    {
        return false;
    }
    // A name, not an exclamation.
    if p.ends_with(i, "Yahoo") && p.c(i) == '!' {
        return false;
    }
    match p.class_before(i) {
        Class::Hanzi | Class::Mark | Class::Wide => true,
        Class::Letter => p.is_hanzi(end),
        // After a figure and its unit: 增长5%; 其中.
        Class::Digit | Class::Ascii | Class::Other => {
            let figure = p.class_before(i) != Class::Ascii || matches!(p.before(i), '%' | ')');
            let next = if p.c(end) == ' ' { end + 1 } else { end };
            p.is_hanzi(end)
                || p.class(end) == Class::Mark
                || (figure && (p.is_hanzi(next) || (next >= p.len() && p.is_hanzi(0))))
        }
        Class::Space => {
            // 良好 , 增速: set apart on both sides.
            let before = (0..i).rev().find(|&k| p.class(k) != Class::Space);
            let hanzi = before.is_some_and(|k| p.is_hanzi(k));
            p.is_hanzi(end) || is_opening(p.c(end)) || (hanzi && p.is_hanzi(p.skip_spaces(end)))
        }
    }
}

/// Whether the stop at `i` ends a Chinese sentence: after a hanzi or a closing mark, before the end, a space or a closing
/// mark.
fn ends_sentence(p: &Paragraph<'_>, i: usize) -> bool {
    let before = p.before(i);
    let measured = matches!(before, '%' | '％' | '℃' | '‰');
    if measured && i + 1 == p.len() {
        return p.is_prose()
            && p.scan
                .points
                .iter()
                .any(|&k| matches!(p.c(k), '，' | '。' | '、'));
    }
    if !(p.hanzi_before(i) || is_closing(before)) {
        return false;
    }
    // 一. is an ordinal.
    if i <= 3 && (0..i).all(|k| numeral(p.c(k)).is_some()) {
        return false;
    }
    let next = p.c(i + 1);
    if is_closing(next) || i + 1 == p.len() || next == '\n' {
        return true;
    }
    let after = p.skip_spaces(i + 1);
    p.class(i + 1) == Class::Space && (after == p.len() || p.is_hanzi(after) || is_opening(p.c(after)))
}

/// Whether the paragraph is an entry of a list of references, whose marks are half-width by GB/T 7714.
fn is_reference(p: &Paragraph<'_>) -> bool {
    let kinds = [
        "[J]", "[M]", "[N]", "[R]", "[S]", "[D]", "[C]", "[Z]", "[G]", "[P]", "/OL]",
    ];
    p.text().contains(']') && kinds.iter().any(|kind| p.text().contains(kind))
}
