//! H14: recipients without the colon that would mark them.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "unmarked-recipients",
    id: "H14",
    severity: Severity::Error,
    fix: None,
    name: said("主送机关没有冒号", "recipients without a colon"),
    what: said(
        "标题与正文之间有一行“各……单位”，末尾没有冒号，因而认不出是主送机关。",
        "A line 各…单位 between title and text without a colon at its end, and so not recognised as the recipients.",
    ),
    why: said(
        "GB/T 9704—2012 第7.3.2节：最后一个机关名称后标全角冒号。没有冒号，会排成标题或正文。",
        "GB/T 9704-2012 §7.3.2: a full-width colon follows the last recipient. Without it the line is set as title or text.",
    ),
    examples: &[Example {
        wrong: "〖标题〗关于检查的通知\n〖标题〗各乡镇人民政府，县直各单位\n现通知如下。",
        right: "〖标题〗关于检查的通知\n〖主送机关〗各乡镇人民政府，县直各单位：\n现通知如下。",
    }],
    leaves: &[
        "〖标题〗关于开展检查的通知\n各单位要高度重视，抓好落实。\n具体如下。",
        "各乡镇人民政府，县直各单位",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if names_recipients(p) {
        report
            .find(
                p.bytes(p.len() - 1..p.len()),
                said(
                    "主送机关后面应用全角冒号",
                    "a full-width colon should follow the recipients",
                ),
            )
            .help("在末尾加“：”", "add ： at the end");
    }
}

/// Whether the paragraph can't be anything but recipients, though without their colon: 各…， between title and text.
fn names_recipients(p: &Paragraph<'_>) -> bool {
    const ORGANS: [&str; 14] = [
        "单位",
        "部门",
        "人民政府",
        "机构",
        "企业",
        "学校",
        "街道",
        "委员会",
        "办事处",
        "公司",
        "直属机构",
        "科室",
        "分局",
        "支行",
    ];
    let between = matches!(p.role(), Role::Title | Role::Body)
        && p.view
            .block_before(p.index)
            .is_some_and(|before| before.role == Role::Title)
        && p.view
            .block(p.index + 1)
            .is_some_and(|next| matches!(next.role, Role::Body | Role::RunIn));
    let text = p.text();
    between
        && text.starts_with('各')
        && (5..=60).contains(&p.len())
        && !text.contains(['\n', '。', '：'])
        && ORGANS.iter().any(|organ| text.ends_with(organ))
}
