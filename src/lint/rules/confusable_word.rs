//! L01: words mistaken for others, from a lexicon.

use std::collections::BTreeSet;

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "confusable-word",
    id: "L01",
    severity: Severity::Error,
    fix: Some(Applicability::All),
    name: said("错别字", "wrong words"),
    what: said(
        "词表里的错别字：同音、近形而误的词，带上下文条件的只在条件成立时才算。词表可以用自己的文件扩充：每行一条，依次是错、对、级别、前接、前不接、后接、后不接、说明，用制表符分开。",
        "Wrong words of the lexicon: mistaken for others that sound or look alike; those with conditions only where these hold. The lexicon can be extended by a file of one's own: wrong, right, level, before, not before, after, not after, note, separated by tabs.",
    ),
    why: said(
        "输入法选错的字，拼写检查查不出来。",
        "Slips of the input method, which no spelling check finds.",
    ),
    examples: &[
        Example {
            wrong: "总得来说，要布署好工作，再接再励。",
            right: "总的来说，要部署好工作，再接再厉。",
        },
        Example {
            wrong: "探索有效途经，珍惜自己和岗位。",
            right: "探索有效途径，珍惜自己的岗位。",
        },
    ],
    leaves: &[
        "道理总得讲清楚。",
        "列车途经三站。",
        "照顾好自己和家人。",
        "发布署名文章。",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let mut places = BTreeSet::new();
    for lexicon in p.view.lexicons() {
        for (start, entry) in lexicon.matches(p.scan) {
            let place = start..start + entry.wrong.chars().count();
            if !places.insert((place.start, place.end)) {
                continue;
            }
            let found = report.find(
                p.bytes(place.clone()),
                Message::new(
                    format!("“{}”应为“{}”", entry.wrong, entry.right),
                    format!("“{}” should be “{}”", entry.wrong, entry.right),
                ),
            );
            found
                .severity(entry.severity)
                .change(p.bytes(place), entry.right.clone());
            if !entry.note.is_empty() {
                found.help(entry.note.clone(), entry.note.clone());
            }
        }
    }
}
