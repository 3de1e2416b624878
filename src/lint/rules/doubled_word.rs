//! T09: a word or phrase twice.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, ECHO_REACH, Scan};

pub(crate) static RULE: Rule = Rule {
    code: "doubled-word",
    id: "T09",
    severity: Severity::Warning,
    fix: None,
    name: said("词语重复", "doubled word"),
    what: said(
        "同一个词语连着写了两遍：四个字以上的词组，或“工作工作”这样不会重叠的名词。“研究研究”这样的动词重叠不算。",
        "The same words twice in a row: phrases of four characters and more, or nouns such as 工作 that are never doubled. Doubled verbs such as 研究研究 are no fault.",
    ),
    why: said("多半是改稿时没有删净。", "Usually left over from a revision."),
    examples: &[Example {
        wrong: "各级各部门各级各部门要认真做好工作工作。",
        right: "各级各部门要认真做好工作。",
    }],
    leaves: &[
        "大家研究研究，讨论讨论。",
        "一步一步走，一点一点做。",
        "发展、发展、再发展。",
    ],
    check: Check::Paragraph(check),
};

/// Nouns that nobody doubles.
const NOUNS: [&str; 34] = [
    "工作", "单位", "部门", "干部", "群众", "企业", "政府", "社会", "经济", "同志", "人民", "我们", "国家",
    "问题", "加强", "推进", "落实", "发展", "建设", "管理", "组织", "领导", "认真", "积极", "进行", "会议",
    "精神", "任务", "责任", "制度", "他们", "提高", "完善", "通过",
];

/// The shortest and the longest phrase that is looked for.
const SHORTEST: usize = 4;
const LONGEST: usize = ECHO_REACH;

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let glyphs = &p.scan.glyphs[..];
    let mut next = 0;
    for found in repeats(p.scan).chunk_by(|a, b| a.0 == b.0) {
        let i = found[0].0;
        if i < next {
            continue;
        }
        let rest = &glyphs[i..];
        let same = |len: usize| {
            rest.len() >= 2 * len
                && (0..len).all(|k| rest[k].class == Class::Hanzi && rest[k].c == rest[len + k].c)
        };
        let mut lengths = found.iter().rev().map(|&(_, len)| len);
        let long = lengths.find(|&len| len >= SHORTEST && same(len) && !is_periodic(p, i, len));
        let noun = found[0].1 == 2 && same(2) && NOUNS.iter().any(|noun| p.starts_with(i, noun));
        let Some(len) = long.or(noun.then_some(2)) else {
            continue;
        };
        report.find(
            p.bytes(i..i + 2 * len),
            Message::new(
                format!("“{}”重复", p.slice(i..i + len)),
                format!("“{}” is written twice", p.slice(i..i + len)),
            ),
        );
        next = i + 2 * len;
    }
}

/// Where two characters stand that are written again no more than [`LONGEST`] places on, with how far; in order.
fn repeats(scan: &Scan) -> Vec<(usize, usize)> {
    let mut found = Vec::with_capacity(scan.echoes.len());
    for &second in &scan.echoes {
        let first = second - 1;
        let start = first.saturating_sub(LONGEST);
        let (a, b) = (scan.c(first), scan.c(second));
        for (i, pair) in (start..).zip(scan.glyphs[start..first].windows(2)) {
            if pair[0].c == a && pair[1].c == b {
                found.push((i, first - i));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether the phrase itself repeats something: 哈哈哈哈, 加油加油.
fn is_periodic(p: &Paragraph<'_>, i: usize, len: usize) -> bool {
    (1..=len / 2)
        .any(|period| len.is_multiple_of(period) && (period..len).all(|k| p.c(i + k) == p.c(i + k - period)))
}
