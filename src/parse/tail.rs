//! The tail of a document: closing formula, 附件说明, signature, date, 附注, and the 版记 below them.
//!
//! Read from the end upwards, because a date or an organ's name means what it means only there.

use super::date;
use super::draft::Draft;
use super::marks::{self, End};
use super::ordinal::Form;
use super::shape;
use super::vocabulary;
use crate::model::{Kind, Role};

/// Reads the tail of paragraphs `start..end`. `end` is where attachments begin, or the end of the text.
pub(super) fn read(draft: &mut Draft<'_>, start: usize, end: usize) {
    read_imprint(draft, start, end);
    let mut at = last_open(draft, start, end);
    at = read_notes(draft, start, at);
    // Typed below the date, where it does not belong.
    at = read_attachment_note(draft, start, at);
    at = read_notes(draft, start, at);
    at = read_signature(draft, start, at);
    at = read_notes(draft, start, at);
    at = read_attachment_note(draft, start, at);
    read_closing(draft, start, at);
}

/// Reads 版记 lines in `start..end`: 抄送 and 印发, wherever they stand below the text.
pub(super) fn read_imprint(draft: &mut Draft<'_>, start: usize, end: usize) {
    let mut index = end;
    while index > start {
        index -= 1;
        if !draft.is_open(index) {
            continue;
        }
        let text = marks::trim(draft.text(index)).to_owned();
        let text = text.as_str();
        if is_cc(text) {
            draft.decide(index, Role::Cc, "“抄送”等开头", "begins with 抄送 or the like");
        } else if is_imprint(text) {
            draft.decide(
                index,
                Role::Imprint,
                "以“印发”结尾，有日期或机关",
                "ends with 印发, with a date or an organ",
            );
            if date::at(text).is_some() {
                read_imprint_office(draft, start, index);
            }
        } else if is_subject_words(text) {
            draft.decide(
                index,
                Role::Other,
                "主题词（2012 年起已取消）",
                "subject words, abolished in 2012",
            );
        } else if is_copies(text) {
            draft.decide(index, Role::Imprint, "印数", "the number of copies");
        } else if draft.facts[index].is_running() && draft.facts[index].count > 60 {
            break;
        }
    }
}

/// Reads 印发机关 on the line above its date.
fn read_imprint_office(draft: &mut Draft<'_>, start: usize, date: usize) {
    let Some(above) = date.checked_sub(1).filter(|&above| above >= start) else {
        return;
    };
    if draft.is_open(above) && vocabulary::is_organ(draft.text(above).trim()) {
        draft.decide(
            above,
            Role::Imprint,
            "机关名称，下一行是印发日期",
            "an organ above the date of 印发",
        );
        draft.continue_block(date);
    }
}

/// Whether `text` stands in the 版记 or right above it.
pub(super) fn is_imprint_line(text: &str) -> bool {
    let text = marks::trim(text);
    is_cc(text) || is_imprint(text) || is_subject_words(text) || is_copies(text)
}

fn is_subject_words(text: &str) -> bool {
    text.starts_with("主题词") && shape::count(text) <= 60
}

/// Whether `text` says how many copies were printed: 共印50份, with or without brackets.
fn is_copies(text: &str) -> bool {
    let inner = shape::without_outer_brackets(text.trim_end_matches('。'));
    inner.starts_with("共印") && inner.ends_with('份') && shape::count(inner) <= 12
}

fn is_cc(text: &str) -> bool {
    ["抄送", "抄报", "分送", "发送", "主送"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with(['：', ':']))
    })
}

fn is_imprint(text: &str) -> bool {
    let bare = text.trim_end_matches('。').trim_end();
    bare.strip_suffix("印发").is_some_and(|rest| {
        let rest = rest.trim_end();
        (date::at_end(rest).is_some() || rest.ends_with('日') || vocabulary::is_organ(rest))
            && shape::count(rest) <= 60
            && !rest.contains('，')
    })
}

/// One past the last paragraph of `start..end` that nothing was decided about.
fn last_open(draft: &Draft<'_>, start: usize, end: usize) -> usize {
    (start..end)
        .rev()
        .find(|&index| draft.is_open(index))
        .map_or(start, |index| index + 1)
}

/// Reads remarks at the end of `start..at`: in brackets, 注：, 联系人：, ※, and footnotes.
fn read_notes(draft: &mut Draft<'_>, start: usize, mut at: usize) -> usize {
    while at > start + 1 {
        let index = at - 1;
        if draft.is_open(index) {
            let Some((zh, en)) = note_reason(draft, index) else {
                break;
            };
            draft.decide(index, Role::Note, zh, en);
        } else if !matches!(
            draft.role(index),
            Some(Role::Note | Role::Other | Role::Cc | Role::Imprint)
        ) {
            break;
        }
        at -= 1;
    }
    at
}

fn note_reason(draft: &Draft<'_>, index: usize) -> Option<(&'static str, &'static str)> {
    let facts = &draft.facts[index];
    let text: &str = marks::trim(&facts.text);
    if shape::in_brackets(text)
        && facts.count >= 3
        && facts.count <= 200
        && facts.ordinal.is_none()
        && !date::is_whole(shape::without_outer_brackets(text))
    {
        return Some((
            "文末括号中的说明（附注）",
            "a remark in brackets at the end (附注)",
        ));
    }
    if is_note_lead(text) {
        return Some(("注释", "a note on the text"));
    }
    if is_contact(text) && facts.count <= 120 {
        return Some(("联系方式", "contact data"));
    }
    None
}

/// Whether `text` begins as notes on a text do.
pub(super) fn is_note_lead(text: &str) -> bool {
    let leads = [
        "注：",
        "注:",
        "注释",
        "〔注〕",
        "【注】",
        "［注］",
        "备注：",
        "备注:",
        "附注",
        "编者按",
        "※",
        "↑",
        "*注",
        "＊注",
        "说明：",
        "脚注",
    ];
    leads.iter().any(|lead| text.starts_with(lead))
        || (text.contains("录音整理") || text.contains("未经本人审阅") || text.contains("记录稿整理"))
            && shape::count(text) <= 60
}

/// Whether `text` is contact data: 联系人：某某，电话：….
fn is_contact(text: &str) -> bool {
    [
        "联系人",
        "联系电话",
        "联系方式",
        "联 系 人",
        "电话",
        "传真",
        "电子邮箱",
        "邮箱",
        "联系地址",
    ]
    .iter()
    .any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with(['：', ':', '及', '（', '、']))
    })
}

/// Reads signature and date at the end of `start..at`, in any order. Returns where they begin.
fn read_signature(draft: &mut Draft<'_>, start: usize, at: usize) -> usize {
    let mut at = last_open(draft, start, at);
    let (mut dated, mut signed) = (false, 0);
    while at > start && signed < 10 {
        let index = at - 1;
        if draft.is_open(index) {
            let text = marks::trim(draft.text(index));
            if !dated && (is_date(text) || is_signed_date(draft, index)) {
                draft.decide(
                    index,
                    Role::Date,
                    "文末单独成行的日期",
                    "a date on a line of its own at the end",
                );
                dated = true;
            } else if may_sign(draft, index, dated || signed > 0)
                && !(signed > 0 && is_below_heading(draft, start, index))
            {
                draft.decide(
                    index,
                    Role::Signature,
                    "文末的机关名称或姓名",
                    "an organ or a name at the end",
                );
                signed += 1;
            } else if is_seal(text) {
                draft.decide(index, Role::Note, "印章位置的说明", "where the seal goes");
            } else if dated && signed == 0 && is_contact(text) {
                draft.decide(
                    index,
                    Role::Note,
                    "落款中的联系方式",
                    "whom to ask, above the date",
                );
            } else {
                break;
            }
        } else if !matches!(draft.role(index), Some(Role::Note | Role::Other)) {
            break;
        }
        at -= 1;
    }
    at
}

/// Whether paragraph `index` stands directly below a numbered heading, which would have no text without it.
fn is_below_heading(draft: &Draft<'_>, start: usize, index: usize) -> bool {
    let above = index
        .checked_sub(1)
        .filter(|&above| above >= start && draft.is_open(above));
    above.is_some_and(|above| {
        let facts = &draft.facts[above];
        let numbered = facts
            .ordinal
            .is_some_and(|ordinal| !ordinal.doubtful && ordinal.form <= Form::ChineseBrackets);
        numbered && facts.end == End::Open && !super::body::has_label(&facts.text)
    })
}

/// Whether `text` says where a seal goes: （院印）, （印章）.
fn is_seal(text: &str) -> bool {
    shape::in_brackets(text) && shape::count(text) <= 8 && text.contains(['印', '章'])
}

/// Whether paragraph `index` is the date of a signature wherever it stands: a date, or the blank for one, with an organ
/// or an office and a name on the line above.
pub(super) fn is_signed_date(draft: &Draft<'_>, index: usize) -> bool {
    let text = marks::trim(draft.text(index));
    (is_date(text) || date::is_blank(text))
        && index
            .checked_sub(1)
            .is_some_and(|above| may_sign(draft, above, false))
}

fn is_date(text: &str) -> bool {
    let inner = shape::without_outer_brackets(text);
    date::is_whole(inner)
        && date::at(inner).is_some_and(|date| date.has_day || date.style == date::Style::Words)
}

/// Whether the paragraph can be a signature: an organ, several organs, an office with a name.
fn may_sign(draft: &Draft<'_>, index: usize, dated: bool) -> bool {
    let facts = &draft.facts[index];
    let text: &str = marks::trim(&facts.text);
    if facts.end != End::Open || facts.count > 60 || facts.ordinal.is_some() || facts.hashes > 0 {
        return false;
    }
    let organs = text.split_whitespace().all(vocabulary::is_organ);
    let stamped = text.contains("（章）") || text.contains("（盖章）") || text.contains("(章)");
    let person = shape::is_person(text);
    let placeholder = text.chars().any(|c| matches!(c, '×' | 'X' | 'x')) && facts.count <= 20;
    if organs || stamped || person {
        return true;
    }
    // With a date below, a short line that is no sentence is a signature whatever it ends with.
    dated
        && (placeholder
            || facts.count <= 30 && !text.contains(['，', '；', '：', '。', '《']) && ends_as_signature(text))
}

fn ends_as_signature(text: &str) -> bool {
    vocabulary::ends_as_organ(text) || text.ends_with("组") || text.ends_with("会议") || text.ends_with("团")
}

/// Reads 附件说明 at the end of `start..at`: 附件：1.… with its further items. Returns where it begins.
fn read_attachment_note(draft: &mut Draft<'_>, start: usize, at: usize) -> usize {
    let at = last_open(draft, start, at);
    // Looks upwards past numbered items for the line with 附件：.
    let mut first = at;
    for _ in 0..60 {
        if first <= start {
            return at;
        }
        first -= 1;
        if !draft.is_open(first) {
            continue;
        }
        let facts = &draft.facts[first];
        if is_attachment_note(&facts.text) {
            break;
        }
        // 2.2025年计划 is an item here, though elsewhere a number.
        let dotted = super::numerals::arabic(&facts.text).is_some_and(|number| {
            number.value < 100 && facts.text[number.len..].starts_with(['.', '．', '、'])
        });
        let item = dotted
            || facts.ordinal.is_some_and(|ordinal| {
                matches!(
                    ordinal.form,
                    Form::Arabic | Form::ArabicBrackets | Form::Circled | Form::Chinese
                )
            });
        if !item || facts.count > 120 || facts.lead.is_some() {
            return at;
        }
    }
    if !is_attachment_note(draft.text(first)) {
        return at;
    }
    // 附件1：… and 附件2：… on lines of their own.
    while first > start && draft.is_open(first - 1) && is_attachment_note(draft.text(first - 1)) {
        first -= 1;
    }
    for index in first..at {
        let zh = if index == first {
            "以“附件：”开头的说明"
        } else {
            "附件说明的下一项"
        };
        let en = if index == first {
            "begins with 附件："
        } else {
            "a further item of the attachment list"
        };
        draft.decide(index, Role::AttachmentNote, zh, en);
    }
    first
}

/// Whether `text` is the first line of an attachment list: 附件：…, with something after the colon or nothing.
pub(super) fn is_attachment_note(text: &str) -> bool {
    let rest = text
        .strip_prefix("附件")
        .or_else(|| text.strip_prefix("附 件"))
        .or_else(|| text.strip_prefix("附"));
    let Some(rest) = rest else { return false };
    let rest = rest.trim_start();
    let after = rest.trim_start_matches(|c: char| {
        super::numerals::arabic_digit(c).is_some() || super::numerals::chinese_digit(c).is_some()
    });
    after.starts_with(['：', ':']) && shape::count(text) <= 300
}

/// Reads the closing formula at the end of `start..at`.
fn read_closing(draft: &mut Draft<'_>, start: usize, at: usize) {
    let mut index = last_open(draft, start, at);
    // 此致 and 敬礼 are two lines; a formula may be followed by thanks.
    for _ in 0..3 {
        if index <= start + 1 || !draft.is_open(index - 1) {
            return;
        }
        index -= 1;
        if !is_closing(draft.text(index), draft.kind) {
            return;
        }
        draft.decide(index, Role::Closing, "文末的结束语", "a closing formula");
    }
}

/// Whether `text` is a closing formula (结束语).
pub(super) fn is_closing(text: &str, kind: Kind) -> bool {
    let text = text.trim();
    let count = shape::count(text);
    let bare = text.trim_end_matches(['。', '！', '!', '.', ' ', '，', ',']);
    if matches!(
        bare,
        "此复"
            | "此致"
            | "此令"
            | "敬礼"
            | "此布"
            | "此告"
            | "谢谢"
            | "干杯"
            | "致礼"
            | "此颂"
            | "顺致敬意"
            | "请批复"
            | "请批示"
            | "请审批"
            | "请审议"
            | "请函复"
    ) {
        return true;
    }
    if count <= 24
        && (bare.starts_with("特此")
            || bare.starts_with("专此")
            || bare.starts_with("现予") && bare.ends_with("公布"))
    {
        return true;
    }
    if count > 60 {
        return false;
    }
    let asks = bare.contains("妥否")
        || bare.contains("当否")
        || bare.contains("可否")
        || bare.contains("是否妥当")
        || bare.contains("如无不妥")
        || bare.contains("如无不当");
    let requested = ["批", "审", "示", "复", "阅", "指正", "支持", "研究"];
    let submits = bare.starts_with("以上")
        && count <= 40
        && bare
            .find('请')
            .is_some_and(|at| requested.iter().any(|word| bare[at..].contains(word)));
    if asks && bare.contains('请') || submits {
        return true;
    }
    let thanks = [
        "谢谢大家",
        "谢谢各位",
        "谢谢同志们",
        "谢谢诸位",
        "谢谢你们",
        "谢谢您",
    ];
    if thanks.iter().any(|word| bare.ends_with(word)) && (count <= 40 || kind == Kind::Speech && count <= 60)
    {
        return true;
    }
    let official = matches!(
        kind,
        Kind::Request | Kind::Letter | Kind::Reply | Kind::Notice | Kind::Generic
    );
    let wishes = [
        "请予批准",
        "请予审批",
        "请予批复",
        "请予审议",
        "请予支持",
        "请予函复",
        "请予协助",
        "请予接洽",
        "请审阅",
        "请予研究",
        "请尽快函复",
        "盼复",
        "请指示",
        "请批复",
        "请批示",
        "请函复",
    ];
    official && count <= 30 && wishes.iter().any(|word| bare.ends_with(word))
}
