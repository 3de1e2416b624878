//! F06: a request without its 签发人, or another document with one.

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::{Kind, Role};

pub(crate) static RULE: Rule = Rule {
    code: "missing-signatory",
    id: "F06",
    severity: Severity::Warning,
    fix: None,
    name: said("签发人", "signatory"),
    what: said(
        "有发文机关标志的请示、报告没有标签发人，或者通知、函等下行文、平行文标了签发人。",
        "A request or report under a letterhead without 签发人, or a notice or letter with one.",
    ),
    why: said(
        "《党政机关公文处理工作条例》第九条：上行文应当标注签发人姓名。",
        "Rules of 2012, article 9: documents sent upward name their signatory.",
    ),
    examples: &[Example {
        wrong: "〖发文机关标志〗某县人民政府文件\n〖发文字号〗某政〔2024〕5号\n〖标题〗关于解决资金的请示\n请批示。",
        right: "〖发文机关标志〗某县人民政府文件\n〖发文字号〗某政〔2024〕5号\n〖签发人〗签发人：王明\n〖标题〗关于解决资金的请示\n请批示。",
    }],
    leaves: &[
        "〖标题〗关于解决资金的请示\n请批示。",
        "〖发文机关标志〗某县人民政府文件\n〖标题〗关于放假的通知",
    ],
    check: Check::Document(check),
};

fn check(view: &View<'_>, report: &mut Report) {
    let find = |role| view.document.blocks.iter().position(|block| block.role == role);
    let title = view.document.title().unwrap_or_default();
    let upward = title.ends_with("请示") || title.ends_with("报告");
    match (find(Role::Signatory), find(Role::IssuerMark), find(Role::Title)) {
        (None, Some(_), Some(at)) if upward && !title.ends_with("工作报告") => {
            let text = view.document.blocks[at].text.as_str();
            report.find_in(
                at,
                0..text.len(),
                said("上行文应标注签发人", "a document sent upward names its signatory"),
            );
        }
        (Some(at), _, Some(_))
            if !upward && matches!(view.document.kind, Kind::Notice | Kind::Letter | Kind::Reply) =>
        {
            let text = view.document.blocks[at].text.as_str();
            report.find_in(
                at,
                0..text.len(),
                said(
                    "只有上行文才标注签发人",
                    "only documents sent upward name a signatory",
                ),
            );
        }
        _ => {}
    }
}
