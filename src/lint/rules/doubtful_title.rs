//! T08: a title that is the headline of a web page.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "doubtful-title",
    id: "T08",
    severity: Severity::Error,
    fix: None,
    name: said("可疑的标题", "doubtful title"),
    what: said(
        "以“范文”“大全”“最新”“精选”“模板”“（三篇）”等结尾的标题，是网页给文章起的题目，不是文章自己的标题。",
        "A title that ends with 范文, 大全, 最新, 精选, 模板 or a number of pieces: the headline of a web page, not the title of the text.",
    ),
    why: said(
        "照原样会印在首页最显眼的地方。",
        "It would be printed in the most conspicuous place.",
    ),
    examples: &[
        Example {
            wrong: "〖标题〗年终工作总结范文最新",
            right: "〖标题〗在年终工作总结会议上的讲话",
        },
        Example {
            wrong: "〖标题〗领导讲话稿精选（5篇）",
            right: "〖标题〗在全县教育工作会议上的讲话",
        },
    ],
    leaves: &[
        "〖标题〗关于印发合同示范文本的通知",
        "〖标题〗在全县教育工作会议上的讲话",
        "最新",
    ],
    check: Check::Paragraph(check),
};

const ENDINGS: [&str; 16] = [
    "范文", "大全", "最新", "精选", "集锦", "汇编", "模板", "通用", "优秀", "合集", "推荐", "模版", "格式",
    "免费", "锦集", "样本",
];

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.role() != Role::Title {
        return;
    }
    let text = p.text().trim();
    // The number of pieces, in brackets or not.
    let bare = text.trim_end_matches(['）', ')', '】', ']']);
    let pieces = bare.strip_suffix('篇').is_some_and(|rest| {
        rest.ends_with(|c: char| c.is_ascii_digit() || crate::lint::scan::numeral(c).is_some())
    });
    let whole = ENDINGS.contains(&text);
    let weak = ["汇编", "格式", "样本", "模板", "优秀", "推荐"]
        .iter()
        .any(|ending| text.ends_with(ending));
    if pieces || (!whole && ENDINGS.iter().any(|ending| text.ends_with(ending))) {
        let severity = if weak { Severity::Warning } else { Severity::Error };
        report
            .find(
                0..p.text().len(),
                said(
                    "像是网页的题目，不是文章的标题",
                    "looks like the headline of a web page",
                ),
            )
            .help("改成文章自己的标题", "give the text its own title")
            .severity(severity);
    }
}
