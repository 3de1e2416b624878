//! T01: letters and crosses in the place of names and numbers.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::placeholder::{is_filler, runs};
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_closing, is_opening};
use crate::lint::signs::FILLERS;

pub(crate) static RULE: Rule = Rule {
    code: "letter-placeholder",
    id: "T01",
    severity: Severity::Error,
    fix: None,
    name: said("占位符", "placeholder"),
    what: said(
        "代替人名、地名、数字的 x、X、Ｘ、×、＊、*，如“x县”“××局”“XX同志”“X月X日”。X光、X射线、乘号、脚注星号不算。",
        "x, X, Ｘ, ×, ＊ or * in the place of a name or a number, such as x县, ××局 or X月X日. X光, multiplication signs and footnote marks are no fault.",
    ),
    why: said(
        "稿子还没有填完；照原样印出来就是事故。",
        "The text is not finished, and would be printed as it is.",
    ),
    examples: &[
        Example {
            wrong: "x主任代表“x”作了讲话，构建和谐x县。",
            right: "王主任代表大会作了讲话，构建和谐阳光县。",
        },
        Example {
            wrong: "X月X日，××局XX同志到会。",
            right: "3月5日，某局王某同志到会。",
        },
        Example {
            wrong: "**茶厂产值达到xx%。",
            right: "东山茶厂产值达到12%。",
        },
    ],
    leaves: &[
        "用X光机检查，X射线、X染色体、x轴。",
        "尺寸3×5米，4×100米接力，面积＝长×宽。",
        "* 数据来自统计局",
        "产值12亿元*。",
        "Windows XP系统，iPhone X手机，SpaceX公司。",
        "推行1+X证书制度。",
        "这里是**重点**内容。",
        "**同志们：**",
        "**一、提高认识，抓好落实。**各级要行动起来。",
    ],
    check: Check::With(&[FILLERS], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.scan.hanzi == 0 {
        return;
    }
    for run in runs(p.scan) {
        let (i, end) = (run.start, run.end);
        let len = end - i;
        let before = p.before(i);
        let after = p.c(end);
        let beside = |hanzi: bool, c: char| hanzi || is_opening(c) || is_closing(c);
        if !(beside(p.hanzi_before(i), before)
            || beside(p.is_hanzi(end), after)
            || len >= 2
            || unit_after(p, i, end))
        {
            continue;
        }
        if is_year(p, i, end) || is_word(p, i, end) || (len == 2 && is_bold(p, i)) {
            continue;
        }
        report
            .find(
                p.bytes(i..end),
                Message::new(
                    format!("“{}”是没有填的占位符", p.slice(i..end)),
                    format!("“{}” is a placeholder", p.slice(i..end)),
                ),
            )
            .help("填上实际内容", "fill in what belongs here");
    }
}

/// Whether the stars at `i` are one half of Markdown's **bold**: all of the paragraph pair up around words.
fn is_bold(p: &Paragraph<'_>, i: usize) -> bool {
    if p.c(i) != '*' {
        return false;
    }
    let stars: Vec<usize> = runs(p.scan)
        .filter(|run| p.c(run.start) == '*')
        .map(|run| run.start)
        .collect();
    stars.len().is_multiple_of(2)
        && stars.chunks(2).all(|pair| {
            let words = pair[0] + 2..pair[1];
            // A line in bold is a heading or a form of address; names left out stand inside lines.
            let whole = pair[0] == 0 && pair[1] + 2 == p.len() && words.len() > 2;
            !words.is_empty()
                && (whole || !place_after(p, words.start) && !place_after(p, pair[1] + 2))
                && p.class(words.start) != Class::Space
                && p.class_before(words.end) != Class::Space
        })
}

/// 20x年 belongs to another rule.
fn is_year(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    crate::lint::placeholder::year(p.scan, i, end).is_some()
}

fn unit_after(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    p.class_before(i) == Class::Digit && matches!(p.c(end), '年' | '月' | '日' | '%' | '％')
}

/// Whether the run is no placeholder but part of a term, a product or a note.
fn is_word(p: &Paragraph<'_>, i: usize, end: usize) -> bool {
    const TERMS: [&str; 22] = [
        "光",
        "射线",
        "线",
        "染色体",
        "轴",
        "档案",
        "形",
        "型",
        "波段",
        "级",
        "证书",
        "世代",
        "坐标",
        "的平方",
        "值",
        "为",
        "等于",
        "大于",
        "小于",
        "方向",
        "刀",
        "战警",
    ];
    let (before, after, c) = (p.before(i), p.c(end), p.c(i));
    if end - i == 1 {
        let letter = matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ');
        if letter
            && (TERMS.iter().any(|term| p.starts_with(end, term))
                || matches!(before, '+' | '＋' | '“') && after == '+')
        {
            return true;
        }
        // 平台X, 未知数x, a product called X, an alternative X in a list of letters.
        let named = ["平台", "媒体", "网站", "数", "量", "设", "令", "求", "当"]
            .iter()
            .any(|word| p.ends_with(i, word));
        let western = i >= 2 && before == ' ' && p.class(i - 2) == Class::Letter;
        if letter
            && ((c == 'x' || !p.is_hanzi(end)) && named
                || western
                || matches!(before, '+' | '-' | '=' | '＋'))
        {
            return true;
        }
        if letter && before.is_ascii_alphabetic() {
            return true;
        }
        // A multiplication sign between quantities or words for them.
        let cross = matches!(c, '×' | '✕' | '*' | '＊');
        if cross && p.hanzi_before(i) && p.is_hanzi(end) {
            return !place_after(p, end) || c == '*' && i == 0;
        }
        let number = |class| matches!(class, Class::Digit | Class::Letter | Class::Wide);
        if cross && (number(p.class(end)) || number(p.class_before(i))) {
            return true;
        }
        // A footnote's star: at the beginning of the note, or behind the word it belongs to.
        if matches!(c, '*' | '＊') && (i == 0 || !p.is_hanzi(end)) {
            return true;
        }
        // ×的 in a table of marks.
        if cross && !place_after(p, end) && !(is_opening(before) && is_closing(after)) {
            return true;
        }
    }
    // A line of stars or crosses is a rule.
    (i..end).all(|k| !matches!(p.c(k), 'x' | 'X' | 'ｘ' | 'Ｘ'))
        && (0..p.len()).all(|k| is_filler(p.c(k)) || p.class(k) == Class::Space)
}

/// Whether a place, office, person or time follows, as it does after a name left out.
fn place_after(p: &Paragraph<'_>, end: usize) -> bool {
    const NOUNS: &str = "省市县区州盟旗乡镇村街局厅委部办处科院校所站厂场矿司行社团书主同总董经校老先女士副秘党年月日号万亿元";
    NOUNS.contains(p.c(end))
}
