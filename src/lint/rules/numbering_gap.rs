//! H06: numbers left out, repeated or going back.

use crate::diagnostic::{Message, Severity};
use crate::lint::ordinal::Form;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::series::{Break, faults, hanzi};
use crate::lint::view::View;

pub(crate) static RULE: Rule = Rule {
    code: "numbering-gap",
    id: "H06",
    severity: Severity::Error,
    fix: None,
    name: said("序号跳号、重号", "gap or repeat in the numbering"),
    what: said(
        "同一层次的序号（一、（一）1.（1）①）跳号、重号或倒退。换了上一级标题后重新从一起，或接着往下排，都可以；从二开始的只作提醒。",
        "Numbers of one level (一、 （一） 1. （1） ①) that are left out, repeated or go back. A level may begin anew or go on under a new heading; a series that begins with two is a warning.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.3节：结构层次序数依次标注。",
        "GB/T 9704-2012 §7.3.3: the ordinals of each level follow in order.",
    ),
    examples: &[
        Example {
            wrong: "一、加强领导。\n三、明确责任。",
            right: "一、加强领导。\n二、明确责任。",
        },
        Example {
            wrong: "（一）加强领导。\n（一）明确责任。\n（二）抓好落实。\n（二）加强监督。",
            right: "（一）加强领导。\n（二）明确责任。\n（三）抓好落实。\n（四）加强监督。",
        },
    ],
    leaves: &[
        "一、甲。\n（一）子。\n（二）丑。\n二、乙。\n（一）寅。",
        "1.甲。\n（1）子。\n2.乙。\n（2）丑。",
        "一、甲。二、乙。\n三、丙。",
        "一、二线城市房价平稳。\n一、甲。\n二、乙。",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    for fault in faults(view) {
        let ordinal = fault.ordinal;
        if matches!(ordinal.form, Form::Shi | Form::Yao | Form::Di | Form::Qi) {
            continue;
        }
        let shown = |value| match ordinal.form {
            Form::Hanzi | Form::BracketedHanzi => hanzi(value),
            _ => value.to_string(),
        };
        let (message, severity) = match fault.fault {
            Break::Gap(expected) | Break::Back(expected) => {
                let (found, expected) = (shown(ordinal.value), shown(expected));
                let message = Message::new(
                    format!("序号跳到了“{found}”，应为“{expected}”"),
                    format!("the numbering jumps to {found}, should be {expected}"),
                );
                (message, Severity::Error)
            }
            Break::Repeat => {
                let found = shown(ordinal.value);
                (
                    Message::new(
                        format!("序号“{found}”重复"),
                        format!("number {found} is repeated"),
                    ),
                    Severity::Error,
                )
            }
            Break::Start => (
                said("这一层序号不是从一开始的", "this level does not begin with one"),
                Severity::Warning,
            ),
        };
        report
            .find_in(fault.block, 0..ordinal.len, message)
            .severity(severity);
    }
}
