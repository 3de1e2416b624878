//! P20: a sentence without its end mark.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "missing-end-mark",
    id: "P20",
    severity: Severity::Warning,
    fix: None,
    name: said("段末缺句末标点", "no mark at the end of a sentence"),
    what: said(
        "超过30字、里面有逗号的正文段落，末尾没有标点。标题、序号短语、署名不算。",
        "A paragraph of body text of more than 30 characters with a comma inside that ends without a mark. Headings, numbered phrases and signatures are no fault.",
    ),
    why: said(
        "GB/T 15834—2011 第4.1节：句末用句末点号。",
        "GB/T 15834-2011 §4.1: a sentence ends with an end mark.",
    ),
    examples: &[Example {
        wrong: "今年以来，各级各部门认真贯彻落实市委部署，扎实推进各项重点工作，全市经济社会发展取得了新的成绩",
        right: "今年以来，各级各部门认真贯彻落实市委部署，扎实推进各项重点工作，全市经济社会发展取得了新的成绩。",
    }],
    leaves: &[
        "一、充分认识做好这项工作的重要意义，切实增强责任感和紧迫感，推动各项工作再上一个新的更高的台阶",
        "各地要做好以下工作，务必抓紧抓细抓实，确保按期完成，确保不出问题，确保群众满意：",
        "〖署名〗某某市工业和信息化局，某某市发展和改革委员会，某某市财政局，某某市商务局",
    ],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    // A long line without a number and with several commas is no heading, whatever stands below it, unless the
    // headings of the text are of that sort.
    let unnumbered = |i: usize| {
        let heading = p
            .view
            .block(i)
            .is_some_and(|block| block.role.heading_level().is_some());
        heading && p.view.ordinals[i].is_none()
    };
    let sentence = p.role() != Role::Title
        && unnumbered(p.index)
        && p.text().matches('，').count() >= 3
        && !(0..p.view.ordinals.len()).any(|i| i != p.index && unnumbered(i));
    if !(matches!(p.role(), Role::Body | Role::RunIn) || sentence) || p.len() <= 30 {
        return;
    }
    let mut end = p.len();
    while end > 0 && p.class_before(end) == Class::Space {
        end -= 1;
    }
    let bare =
        matches!(p.class_before(end), Class::Hanzi | Class::Digit | Class::Letter) || p.before(end) == '，';
    if !bare {
        return;
    }
    let sentences = p.text().contains('。');
    let phrase = p.view.ordinals[p.index].is_some() && !sentences;
    if p.text().contains('，') && !phrase && p.is_chinese() && !p.text().contains('\n') {
        report.find(
            p.bytes(end.saturating_sub(1)..end),
            said("段末没有句末标点", "no mark at the end of the paragraph"),
        );
    }
}
