//! The head of a document: everything above its first sentence.
//!
//! 版头 (份号, 密级, 紧急程度, 发文机关标志, 发文字号, 签发人), title, subtitle, byline, date line, and the form of address
//! that ends the head. Decides by the form of each line and by its place among the others.

use super::draft::Draft;
use super::marks::{self, End};
use super::ordinal::Form;
use super::shape::{self, Address};
use super::vocabulary;
use crate::diagnostic::Message;
use crate::model::Role;

/// No head has more paragraphs, the controls of a web page included.
const LONGEST_HEAD: usize = 80;
/// No line of a title is longer, in characters.
const LONGEST_TITLE_LINE: usize = 100;

/// Reads the head from paragraph `start` on. Returns where the body begins.
pub(super) fn read(draft: &mut Draft<'_>, start: usize) -> usize {
    let body = find_body(draft, start);
    let lines: Vec<usize> = (start..body).filter(|&index| draft.is_open(index)).collect();
    let mut titles: Vec<usize> = Vec::new();
    let mut mark_above = None;
    for (place, &index) in lines.iter().enumerate() {
        if !read_line(draft, &lines[place..], &titles, mark_above.is_some()) {
            titles.push(index);
        }
        let is_mark = draft.role(index) == Some(Role::IssuerMark);
        if is_mark && mark_above == index.checked_sub(1) && mark_above.is_some() {
            // The names of a joint mark, and 文件 after them.
            draft.continue_block(index);
        }
        mark_above = is_mark.then_some(index);
    }
    read_titles(draft, &titles);
    read_addresses(draft, body)
}

/// The first paragraph of the body: an address, a sentence, or a heading with its text.
fn find_body(draft: &Draft<'_>, start: usize) -> usize {
    let mut first = true;
    for index in start..draft.len().min(start + LONGEST_HEAD) {
        if let Some(role) = draft.role(index) {
            if matches!(
                role,
                Role::Body | Role::RunIn | Role::Recipient | Role::Salutation
            ) || role.heading_level().is_some()
            {
                return index;
            }
            continue;
        }
        let facts = &draft.facts[index];
        let text: &str = &facts.text;
        if shape::is_address(text) || text.starts_with("尊敬的") && shape::listeners(text, 40).is_some() {
            return index;
        }
        if facts.hashes >= 2 && !first {
            return index;
        }
        let title_with_stop = first && facts.lead.is_none() && facts.count <= 60 && is_strong_title(text);
        let outside = shape::in_brackets(text) || title_with_stop || subtitle(text);
        if !outside
            && (facts.is_running() || facts.count > LONGEST_TITLE_LINE || matches!(facts.end, End::Colon))
            && !is_signatory(text)
        {
            return index;
        }
        if let Some(ordinal) = facts.ordinal
            && !ordinal.doubtful
            && ordinal.form != Form::Dash
            && !shape::is_date_line(text)
        {
            return index;
        }
        first = false;
    }
    // Nothing but short lines: the title is the first of them, the rest is text.
    let short = draft.open_from(start).nth(1);
    short
        .filter(|&index| !has_head_form(draft, index))
        .unwrap_or_else(|| draft.len().min(start + LONGEST_HEAD))
}

/// Whether a line has the form of an element of the head.
fn has_head_form(draft: &Draft<'_>, index: usize) -> bool {
    let text = draft.text(index);
    shape::is_date_line(text)
        || shape::is_doc_number(text)
        || subtitle(text)
        || shape::is_person(text)
        || vocabulary::ends_with_kind(text)
}

fn is_strong_title(text: &str) -> bool {
    vocabulary::ends_with_kind(text)
        && (text.contains("关于") || vocabulary::ends_with_spoken_kind(text))
        && !text.contains(['，', '；'])
}

fn is_signatory(text: &str) -> bool {
    let label: String = text.chars().filter(|c| !c.is_whitespace()).take(4).collect();
    label.starts_with("签发人") || label.starts_with("会签人")
}

/// —— with what stands in subtitles: where, when and what, in one phrase.
fn subtitle(text: &str) -> bool {
    let dashes =
        text.starts_with("——") || text.starts_with("――") || text.starts_with("──") || text.starts_with("--");
    dashes && shape::count(text) <= 80 && !text.contains('。') && End::of(text) == End::Open
}

/// Whether the first of `lines` stands above 发文字号 or 签发人, other names of a joint mark between.
fn stands_above_number(draft: &Draft<'_>, lines: &[usize]) -> bool {
    let mut rest = lines.iter().skip(1).map(|&index| draft.text(index).trim());
    let below = rest.find(|text| !vocabulary::is_organ(text.trim_end_matches("文件")) && *text != "文件");
    below.is_some_and(|text| shape::is_doc_number(text) || is_signatory(text))
}

/// Decides the first of `lines` of the head by its form; `false` when it may be a line of the title.
fn read_line(draft: &mut Draft<'_>, lines: &[usize], titles: &[usize], mark_above: bool) -> bool {
    let Some(&index) = lines.first() else { return false };
    let next = lines.get(1).copied();
    let text = draft.text(index).trim().to_owned();
    let text = text.as_str();
    let numbered_next = stands_above_number(draft, lines);
    if shape::is_copy_number(text) {
        draft.decide(
            index,
            Role::CopyNumber,
            "六位数字，在版头",
            "six digits in the head",
        );
    } else if shape::is_classification(text) {
        draft.decide(
            index,
            Role::Classification,
            "密级（和保密期限）",
            "a level of secrecy",
        );
    } else if shape::is_urgency(text) {
        draft.decide(index, Role::Urgency, "紧急程度", "a degree of urgency");
    } else if shape::is_doc_number(text) {
        draft.decide(
            index,
            Role::DocNumber,
            "发文字号的形式：代字、年份、序号",
            "the form of a document number",
        );
    } else if is_signatory(text) {
        draft.decide(index, Role::Signatory, "“签发人”开头", "begins with 签发人");
    } else if mark_above && text == "文件" || is_issuer_mark(draft, index, text, numbered_next, titles) {
        draft.decide(
            index,
            Role::IssuerMark,
            "机关名称加“文件”，或在发文字号之前单独成行",
            "an organ's name above the document number",
        );
    } else if subtitle(text) {
        draft.decide(
            index,
            Role::Subtitle,
            "标题下以破折号开头",
            "begins with a dash, below the title",
        );
    } else if shape::is_date_line(text) {
        draft.decide(index, Role::DateLine, "标题下的日期", "a date below the title");
    } else if shape::in_brackets(text) {
        bracketed(draft, index, text, titles);
    } else if is_byline(draft, index, next, titles) {
        draft.decide(
            index,
            Role::Byline,
            "标题下的职务和姓名",
            "an office and a name below the title",
        );
    } else if text.starts_with('【') && draft.facts[index].count <= 60 {
        draft.decide(index, Role::Other, "方括号标签", "a label in brackets");
    } else if matches!(text, "目录" | "目 录" | "目　录") {
        draft.decide(index, Role::Other, "目录", "a table of contents");
    } else {
        return false;
    }
    true
}

/// A bracketed line of the head: a date, a state of the text, or a note.
fn bracketed(draft: &mut Draft<'_>, index: usize, text: &str, titles: &[usize]) {
    let inner = shape::without_outer_brackets(text);
    if shape::is_person(inner) && !titles.is_empty() {
        draft.decide(
            index,
            Role::Byline,
            "标题下括号中的姓名",
            "a name in brackets below the title",
        );
    } else if !titles.is_empty() && shape::count(inner) <= 12 {
        draft.decide(
            index,
            Role::Subtitle,
            "标题下括号中的说明（如“征求意见稿”）",
            "a remark in brackets below the title",
        );
    } else {
        draft.decide(index, Role::Note, "括号中的说明", "a remark in brackets");
    }
}

fn is_issuer_mark(
    draft: &Draft<'_>,
    index: usize,
    text: &str,
    numbered_next: bool,
    titles: &[usize],
) -> bool {
    let bare = marks::without_blanks(text);
    if let Some(organ) = bare.strip_suffix("文件") {
        return !organ.contains("关于") && vocabulary::is_organ(organ) && titles.is_empty();
    }
    if let Some(organ) = bare.strip_suffix("令").or_else(|| bare.strip_suffix("纪要")) {
        // 常务会议纪要 names a meeting, not an organ.
        let meeting = bare.ends_with("纪要") && !organ.contains("关于");
        return titles.is_empty()
            && numbered_next
            && (meeting || vocabulary::is_organ(organ) || organ.ends_with("国"));
    }
    titles.is_empty() && numbered_next && vocabulary::is_organ(&bare) && draft.facts[index].end == End::Open
}

fn is_byline(draft: &Draft<'_>, index: usize, next: Option<usize>, titles: &[usize]) -> bool {
    let text = draft.text(index).trim();
    if titles.is_empty() {
        // The line of 纪要 and 简报 below the number of the issue: who issues it, and when.
        let numbered = index > 0 && draft.role(index - 1) == Some(Role::DocNumber);
        let dated = next.is_some_and(|next| super::date::is_whole(draft.text(next)));
        return numbered && dated && vocabulary::is_organ(text);
    }
    let label: String = text.chars().filter(|c| !c.is_whitespace()).take(4).collect();
    if [
        "报告人",
        "讲话人",
        "主讲人",
        "发言人",
        "作者：",
        "致辞人",
        "演讲人",
    ]
    .iter()
    .any(|word| label.starts_with(word))
    {
        return true;
    }
    if shape::is_person(text) {
        return true;
    }
    // A short line of two to four Han characters below a complete title is a name, whatever its surname.
    let count = shape::count(text);
    let complete = titles
        .last()
        .is_some_and(|&last| vocabulary::ends_with_kind(draft.text(last)));
    let all_han = text.chars().all(|c| marks::is_han(c) || c.is_whitespace());
    // An organ above 关于…的通知 is the first line of another title.
    let opens_title = next.is_some_and(|next| {
        let next = draft.text(next);
        next.starts_with("关于") || vocabulary::ends_with_kind(next)
    });
    let short = (2..=4).contains(&count) && all_han && !vocabulary::ends_with_kind(text);
    complete
        && (short || vocabulary::is_organ(text) || text.split_whitespace().all(vocabulary::is_organ))
        && !opens_title
}

/// Groups the lines that may be titles into blocks, and tells the title from a page's headline that repeats it.
fn read_titles(draft: &mut Draft<'_>, lines: &[usize]) {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &index in lines {
        let joins = groups.last().is_some_and(|group| {
            let last = group[group.len() - 1];
            let between = (last + 1..index).all(|between| draft.role(between) == Some(Role::Other));
            between && index - last == 1 && continues_title(draft, group, index)
        });
        match groups.last_mut() {
            Some(group) if joins => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    let texts: Vec<String> = groups.iter().map(|group| core(draft, group)).collect();
    for (place, group) in groups.iter().enumerate() {
        let repeated = texts[place + 1..]
            .iter()
            .any(|later| similar(&texts[place], later));
        let of_page =
            repeated && !stands_in_register(draft, group[0], groups.last().map_or(0, |last| last[0]));
        if of_page {
            for &index in group {
                draft.decide(
                    index,
                    Role::Other,
                    "与下面的标题重复，是网页的题目",
                    "repeats the title below: the page's headline",
                );
            }
            demote_between(draft, group[group.len() - 1], groups[place + 1][0]);
            continue;
        }
        for (line, &index) in group.iter().enumerate() {
            if names_speaker(draft, index) {
                draft.decide(
                    index,
                    Role::Other,
                    "提到讲话人的图片说明",
                    "a caption that names the speaker",
                );
                continue;
            }
            if is_not_title(draft, index) {
                draft.decide(
                    index,
                    Role::Other,
                    "标题前的零散文字",
                    "loose words above the title",
                );
                continue;
            }
            let why = if vocabulary::ends_with_kind(draft.text(group[group.len() - 1])) {
                Message::new(
                    "正文之前，以文种结尾",
                    "above the text, ends with a kind of document",
                )
            } else {
                Message::new(
                    "正文之前的短行，没有句末标点",
                    "a short line above the text, without an end mark",
                )
            };
            draft.decide_because(index, Role::Title, why);
            if line > 0 && draft.role(group[line - 1]) == Some(Role::Title) {
                draft.continue_block(index);
            }
        }
    }
}

/// What a title says, without numbers, brackets and blanks: 讲话稿范文 篇1 and 讲话稿范文（精选31篇） have the same core.
fn core(draft: &Draft<'_>, group: &[usize]) -> String {
    let mut depth = 0_usize;
    let mut core = String::new();
    for &index in group {
        for c in draft.text(index).chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                c if depth == 0 && marks::is_han(c) => core.push(c),
                _ => {}
            }
        }
    }
    core
}

/// Whether two titles are the same but for a word added to one of them.
fn similar(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let (short_count, long_count) = (short.chars().count(), long.chars().count());
    short_count >= 5 && long.contains(short) && short_count * 3 >= long_count * 2
}

/// Whether the title at `index` is an entry of a register of laws, with its dates below, rather than a page's headline:
/// the full text of the law, with its title once more, follows.
fn stands_in_register(draft: &Draft<'_>, index: usize, last: usize) -> bool {
    (index..last).any(|between| {
        draft.role(between) == Some(Role::DateLine) && vocabulary::is_legislation(draft.text(between))
    })
}

/// Elements between a page's headline and the title belong to the page.
fn demote_between(draft: &mut Draft<'_>, start: usize, end: usize) {
    for index in start + 1..end {
        if let Some(verdict) = &mut draft.verdicts[index]
            && matches!(verdict.role, Role::DateLine | Role::Byline)
            && draft.paragraphs[index].forced.is_none()
        {
            verdict.role = Role::Other;
            verdict.why = Message::new("网页题目的附属信息", "belongs to the page's headline");
        }
    }
}

/// Whether a line below the byline names the same person: the caption of a picture.
fn names_speaker(draft: &Draft<'_>, index: usize) -> bool {
    (0..index)
        .filter(|&above| draft.role(above) == Some(Role::Byline))
        .any(|above| {
            let byline = draft.text(above);
            let name: String = match vocabulary::office_end(byline) {
                Some(end) if end < byline.len() => {
                    byline[end..].chars().filter(|c| !c.is_whitespace()).collect()
                }
                _ => byline.chars().filter(|c| !c.is_whitespace()).collect(),
            };
            name.chars().count() >= 2 && draft.text(index).contains(&name)
        })
}

/// Whether line `index` is a further line of the title that `group` began.
fn continues_title(draft: &Draft<'_>, group: &[usize], index: usize) -> bool {
    let text = draft.text(index);
    let last = draft.text(group[group.len() - 1]);
    let whole: usize = group.iter().map(|&line| draft.facts[line].count).sum();
    if group.len() >= 6 || whole + draft.facts[index].count > 140 || draft.facts[index].hashes > 0 {
        return false;
    }
    let one = core(draft, group);
    if similar(&one, &core(draft, &[index])) {
        return false;
    }
    // A complete title is followed by another only if the lines above were organ names.
    if vocabulary::ends_with_kind(last) && !last.ends_with("的") {
        return false;
    }
    draft.facts[index].end == End::Open && !is_not_title(draft, index) && !text.is_empty()
}

/// Whether a line of the head is too short or too odd for a title.
fn is_not_title(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    facts.count < 2 || !facts.has_han() || facts.text.contains("更多") && facts.text.contains("关注")
}

/// Reads the forms of address that the body begins with. Returns where the text proper begins.
fn read_addresses(draft: &mut Draft<'_>, body: usize) -> usize {
    let mut index = body;
    let mut found = false;
    while index < draft.len() {
        if let Some(role) = draft.role(index) {
            if role == Role::Other && !found || matches!(role, Role::Salutation | Role::Recipient) {
                index += 1;
                continue;
            }
            break;
        }
        let text = draft.text(index);
        let address = shape::address(text).or_else(|| {
            text.starts_with("尊敬的")
                .then(|| shape::listeners(text, 40))
                .flatten()
        });
        match address {
            Some(Address::Listeners) => draft.decide(
                index,
                Role::Salutation,
                "正文之前，对听众的称呼",
                "an address to listeners before the text",
            ),
            Some(Address::Organs) if !found => draft.decide(
                index,
                Role::Recipient,
                "正文之前，机关名称加冒号",
                "organs with a colon before the text",
            ),
            _ => break,
        }
        found = true;
        index += 1;
    }
    index
}
