//! P04: a quotation mark or bracket without its partner.

use crate::diagnostic::{Message, Severity};
use crate::lint::pairs::{Fault, partnerless};
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "unpaired-marks",
    id: "P04",
    severity: Severity::Error,
    fix: None,
    name: said("标点不成对", "unpaired marks"),
    what: said(
        "“ ” ‘ ’ （ ） 《 》 〈 〉 〔 〕 【 】 只有一半。跨段的引文（前一段没有后引号、后面某段补上）不算；一段一段都以前引号开头的长引文只作提醒。",
        "One half of “ ” ‘ ’ （ ） 《 》 〈 〉 〔 〕 【 】 without the other. A quotation over several paragraphs is no fault; one whose paragraphs all begin with an opening mark and never end is a warning.",
    ),
    why: said(
        "GB/T 15834—2011 第4.8.2、4.9.2、4.15.2节：引号、括号、书名号成对使用。",
        "GB/T 15834-2011 §4.8.2, 4.9.2, 4.15.2: quotation marks, brackets and book-title marks come in pairs.",
    ),
    examples: &[
        Example {
            wrong: "要落实“三会一课制度，抓好支部建设。",
            right: "要落实“三会一课”制度，抓好支部建设。",
        },
        Example {
            wrong: "根据《中华人民共和国预算法的规定，编制预算。",
            right: "根据《中华人民共和国预算法》的规定，编制预算。",
        },
    ],
    leaves: &[
        "他说：“第一件事是学习。\n第二件事还是学习。”",
        "步骤如下：1）登记；2）审核。",
        "it’s OK，’98年的事。",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    for single in partnerless(view) {
        let Some(block) = view.block(single.block) else {
            continue;
        };
        if matches!(block.role, Role::Other | Role::Table) {
            continue;
        }
        let (zh, en, severity) = match single.fault {
            Fault::Reversed { .. } | Fault::SameSide { .. } => continue,
            Fault::Unopened => ("没有对应的前一半", "has no opening partner", Severity::Error),
            Fault::Unclosed => ("没有对应的后一半", "has no closing partner", Severity::Error),
            Fault::Continued => ("一直没有后一半", "is never closed", Severity::Warning),
        };
        let c = single.c;
        report
            .find_in(
                single.block,
                single.at..single.at + c.len_utf8(),
                Message::new(format!("“{c}”{zh}"), format!("“{c}” {en}")),
            )
            .severity(severity);
    }
}
