//! H11: 三点意见, and then two or four.

use std::ops::{Range, RangeInclusive};

use memchr::memmem::Finder;

use crate::diagnostic::{Message, Severity};
use crate::lint::ordinal::{Form, hanzi_value};
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::view::View;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "announced-points",
    id: "H11",
    severity: Severity::Warning,
    fix: None,
    name: said("预告的点数与实际不符", "announced number of points"),
    what: said(
        "段末说“讲三点意见”“提几项要求”，后面同一序列的项数却不是这个数。说法含糊的（几点）不算。",
        "A paragraph that ends by announcing three points, with another number of points after it. Vague announcements are no fault.",
    ),
    why: said(
        "听众会数；不符多半是漏了一条或忘了改数。",
        "The audience counts; usually a point is lost or the number was not revised.",
    ),
    examples: &[Example {
        wrong: "下面，我讲三点意见：\n一、提高认识。\n二、抓好落实。",
        right: "下面，我讲两点意见：\n一、提高认识。\n二、抓好落实。",
    }],
    leaves: &[
        "下面，我讲几点意见：\n一、提高认识。\n二、抓好落实。",
        "下面，我讲三点意见。\n一、提高认识。\n二、抓好落实。\n三、加强领导。",
        "会上讲了三点意见，大家一致同意。\n一、提高认识。\n二、抓好落实。",
        // A number is skipped, no point is missing: H06 says so.
        "下面，我讲三点意见。\n一、提高认识。\n二、抓好落实。\n四、加强领导。",
    ],
    check: Check::Document(check),
};

/// What is announced.
const POINTS: [&str; 16] = [
    "意见", "要求", "建议", "希望", "体会", "看法", "认识", "想法", "工作", "任务", "问题", "措施", "感受",
    "期望", "倡议", "内容",
];

fn check(view: &View<'_>, report: &mut Report) {
    let blocks = &view.document.blocks;
    for (i, block) in blocks.iter().enumerate() {
        if !matches!(block.role, Role::Body | Role::RunIn) {
            continue;
        }
        let Some((announced, range)) = announcement(block.text.as_str()) else {
            continue;
        };
        let Some((form, count)) = count(view, i + 1) else {
            continue;
        };
        if !count.contains(&announced)
            && matches!(
                form,
                Form::Hanzi | Form::BracketedHanzi | Form::Di | Form::Shi | Form::Arabic | Form::Qi
            )
        {
            report.find_in(
                i,
                range,
                Message::new(
                    format!("这里说有{announced}点，后面有{}点", count.start()),
                    format!("{announced} points are announced, {} follow", count.start()),
                ),
            );
        }
    }
}

/// The number of points that the end of a paragraph announces: 讲三点意见： 提五个方面的要求。
fn announcement(text: &str) -> Option<(u32, Range<usize>)> {
    let end = text.trim_end_matches(['。', '：', ':', '，', ' ', '.']).len();
    let body = &text[..end];
    // 强调四点： announces points without saying of what.
    let what = POINTS.iter().copied().find(|what| body.ends_with(what));
    let what = what.or_else(|| body.ends_with('点').then_some(""))?;
    let mut rest = body[..body.len() - what.len()].trim_end_matches('的');
    let unit = ["个方面", "点", "条", "项", "个"]
        .into_iter()
        .find(|unit| rest.ends_with(unit))?;
    rest = &rest[..rest.len() - unit.len()];
    let number = rest
        .char_indices()
        .rev()
        .take_while(|(_, c)| crate::lint::scan::numeral(*c).is_some() || *c == '两' || c.is_ascii_digit())
        .last()?
        .0;
    let written = &rest[number..];
    let value = match written {
        "两" => 2,
        _ => written.parse().ok().or_else(|| hanzi_value(written))?,
    };
    let verb = ["讲", "谈", "提", "说", "提出", "强调", "做好", "抓好", "作"];
    let before = &rest[..number];
    let before = before.trim_end_matches(['以', '下', '如', '这', '了', '出', '以']);
    let said = verb.iter().any(|verb| before.ends_with(verb));
    (said && (2..=12).contains(&value)).then_some((value, number..end))
}

/// The form of the first series after paragraph `from`, and how many points it has: from those there are to the number
/// of the last, which is more when a number is skipped.
fn count(view: &View<'_>, from: usize) -> Option<(Form, RangeInclusive<u32>)> {
    // The series begins at once, or after a sentence at most.
    let first = (from..view.ordinals.len().min(from + 2))
        .find_map(|i| view.ordinals[i].map(|ordinal| (i, ordinal)))?;
    let form = first.1.form;
    if first.1.value != 1 {
        return None;
    }
    let (mut count, mut number, mut last) = (1, 1, first.0);
    for i in first.0 + 1..view.ordinals.len() {
        if matches!(view.document.blocks[i].role, Role::Title | Role::AttachmentLabel) {
            break;
        }
        let Some(ordinal) = view.ordinals[i].filter(|ordinal| ordinal.form == form) else {
            continue;
        };
        if ordinal.value <= number {
            break;
        }
        count += 1;
        number = ordinal.value;
        last = i;
    }
    // The next point may stand inside a paragraph; a point is no longer than some pages.
    let next = crate::lint::series::hanzi(number + 1);
    let near = from..view.document.blocks.len().min(last + 60);
    let written = match form {
        Form::Hanzi => Some(format!("{next}、")),
        Form::Di => Some(format!("第{next}")),
        Form::Shi => Some(format!("{next}是")),
        _ => None,
    };
    let glued = written.is_some_and(|written| {
        let written = Finder::new(&written);
        let mut blocks = view.document.blocks[near].iter();
        blocks.any(|block| written.find(block.text.as_str().as_bytes()).is_some())
    });
    (!glued).then_some((form, count..=number))
}
