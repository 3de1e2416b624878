//! P03: straight quotation marks in Chinese text.

use crate::diagnostic::{Message, Severity};
use crate::lint::pairs::{Kind, straight};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;

pub(crate) static RULE: Rule = Rule {
    code: "straight-quotes",
    id: "P03",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("直引号", "straight quotation marks"),
    what: said(
        "中文段落里的直引号。逐段配对，能确定哪个是前引号、哪个是后引号时才改；套在“ ”里面的改成‘ ’。英文撇号、英寸号、代码和西文句子里的不动。",
        "Straight quotation marks in a Chinese paragraph. They are paired within the paragraph and changed only when it is certain which opens and which closes; inside “ ” they become ‘ ’. Apostrophes, inch marks, code and Western sentences are left alone.",
    ),
    why: said(
        "GB/T 15834—2011 第4.8.2节：引号的形式是“ ”和‘ ’，左为前引号，右为后引号。",
        "GB/T 15834-2011 §4.8.2: quotation marks are “ ” and ‘ ’, the left one opening, the right one closing.",
    ),
    examples: &[
        Example {
            wrong: "落实\"三会一课\"制度，用\"A\"表示。",
            right: "落实“三会一课”制度，用“A”表示。",
        },
        Example {
            wrong: "他说：“要记住\"实干\"二字。”",
            right: "他说：“要记住‘实干’二字。”",
        },
        Example {
            wrong: "开展'回头看'活动。",
            right: "开展‘回头看’活动。",
        },
        Example {
            wrong: "落实“三会一课\"制度。",
            right: "落实“三会一课”制度。",
        },
    ],
    leaves: &[
        "it's OK，好的。",
        "采购27\"屏幕和24\"屏幕各一批。",
        "调用print(\"你好\")即可。",
    ],
    check: Check::With(&["\"'"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if !p.is_chinese() {
        return;
    }
    for mark in ['"', '\''] {
        let marks: Vec<usize> = p
            .scan
            .points
            .iter()
            .copied()
            .filter(|&i| p.plain(i) == Some(mark))
            .collect();
        if marks.is_empty() {
            continue;
        }
        match straight(p.scan, p.pairs, mark) {
            Some(pairs) => {
                // The last mark that is corrected here: what stands behind it stands behind a Chinese mark.
                let mut corrected = None;
                for (open, close, inner) in pairs {
                    let hanzi = p.hanzi_before(open)
                        || p.is_hanzi(close + 1)
                        || (open..close).any(|i| p.is_hanzi(i))
                        || p.class_before(open) == Class::Mark
                        || open > 0 && corrected == Some(open - 1);
                    // Single ones may be feet, minutes or apostrophes: only around Chinese.
                    let single = mark == '\'' && !(open..close).any(|i| p.is_hanzi(i));
                    if !hanzi || single {
                        continue;
                    }
                    corrected = Some(close);
                    let (left, right) = if inner || mark == '\'' {
                        ("‘", "’")
                    } else {
                        ("“", "”")
                    };
                    report
                        .find(
                            p.bytes(open..close + 1),
                            Message::new(
                                format!("中文里用了直引号，应为 {left} 和 {right}"),
                                format!(
                                    "straight quotation marks in Chinese text, should be {left} and {right}"
                                ),
                            ),
                        )
                        .change(p.bytes(open..open + 1), left)
                        .change(p.bytes(close..close + 1), right);
                }
            }
            None => mixed(p, mark, &marks, report),
        }
    }
}

/// A single straight mark whose partner is a curly one; anything else is only reported.
fn mixed(p: &Paragraph<'_>, mark: char, marks: &[usize], report: &mut Report) {
    let kind = if mark == '"' { Kind::Double } else { Kind::Single };
    let (left, right) = if mark == '"' {
        ('“', '”')
    } else {
        ('‘', '’')
    };
    let singles: Vec<usize> = p
        .pairs
        .single
        .iter()
        .copied()
        .filter(|&i| matches!(p.c(i), c if c == left || c == right))
        .collect();
    if let (&[straight], &[curly]) = (marks, &singles[..]) {
        let opens = p.c(curly) == left;
        let inside = (straight.min(curly)..straight.max(curly)).any(|i| p.is_hanzi(i));
        let ordered = if opens { curly < straight } else { straight < curly };
        let nested = p.pairs.pairs.iter().any(|pair| {
            pair.kind == kind && (pair.open < straight.min(curly)) && (pair.close > straight.max(curly))
        });
        let space = if opens {
            p.class_before(straight)
        } else {
            p.class(straight + 1)
        } == Class::Space;
        if inside && ordered && !nested && !space {
            let with = if opens { right } else { left };
            report
                .find(
                    p.bytes(straight..straight + 1),
                    Message::new(
                        format!("中文里用了直引号，应为 {with}"),
                        format!("straight quotation mark in Chinese text, should be {with}"),
                    ),
                )
                .change(p.bytes(straight..straight + 1), with.to_string());
            return;
        }
    }
    if mark == '\'' {
        return;
    }
    // An inch mark after a digit is no quotation mark.
    for &i in marks.iter().filter(|&&i| !p.before(i).is_ascii_digit()) {
        report
            .find(
                p.bytes(i..i + 1),
                Message::new(
                    "中文里用了直引号，且不能确定与谁配对",
                    "straight quotation mark in Chinese text, and its partner is doubtful",
                ),
            )
            .help("改成“或”", "make it “ or ”");
    }
}
