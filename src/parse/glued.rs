//! Elements that run together on one line because their line ends were lost: a news lead with title, date, speaker and
//! address; a tag with the title after it; an address with the text after it; an organ with its date.
//!
//! Cuts only where both sides have the form of a known element. The cut adds a line end and nothing else.

use super::date;
use super::marks::{self, End};
use super::paragraphs::Paragraph;
use super::residue;
use super::shape::{self, Address};
use super::vocabulary;
use super::words::Words;

/// How many paragraphs from the beginning may belong to the head.
const HEAD: usize = 14;
/// How many paragraphs from the end may belong to the tail.
const TAIL: usize = 12;
/// No organ with its date is longer, in characters.
const LONGEST_TAIL: usize = 80;
/// No tag before a title is longer, in characters.
const LONGEST_TAG: usize = 12;
/// No head that runs together is longer, in bytes.
const REACH: usize = 900;

/// Cuts the paragraphs of head and tail into their elements. Returns how many cuts were made.
pub(super) fn split(source: &str, paragraphs: Vec<Paragraph>) -> (Vec<Paragraph>, usize) {
    let total = paragraphs.len();
    let mut result = Vec::with_capacity(total + 8);
    let mut addressed = false;
    let mut cuts_made = 0;
    for (index, paragraph) in paragraphs.into_iter().enumerate() {
        if paragraph.forced.is_some() {
            result.push(paragraph);
            continue;
        }
        let mut cuts = Vec::new();
        if index < HEAD && !addressed {
            let raw = paragraph.raw(source);
            head_cuts(&raw, &mut cuts);
            let last = cuts.last().copied().unwrap_or(0);
            let ended = End::of(&raw) == End::Sentence
                && !residue::is_caption(&raw)
                && residue::news_lead(&raw).is_none();
            addressed = ended
                || cuts
                    .iter()
                    .chain([&last])
                    .any(|&cut| starts_with_address(&raw[cut..]));
        }
        if cuts.is_empty() && index + TAIL >= total && index > 0 {
            let raw = paragraph.raw(source);
            if paragraph.look(source).count <= LONGEST_TAIL {
                tail_cuts(&raw, &mut cuts);
            }
        }
        cuts_made += cuts.len();
        let mut rest = paragraph;
        let mut done = 0;
        for cut in cuts {
            // Cutting trims blanks, so each offset is taken again in what is left.
            let raw = rest.raw(source).into_owned();
            let here = cut - done;
            let (before, after) = rest.cut(source, here);
            done = cut + (raw[here..].len() - raw[here..].trim_start().len());
            result.push(before);
            rest = after;
        }
        result.push(rest);
    }
    (result, cuts_made)
}

fn starts_with_address(text: &str) -> bool {
    let beginning = beginning(text);
    let Some(colon) = beginning.find(['：', ':', '！', '!']) else {
        return false;
    };
    let mark = beginning[colon..].chars().next().map_or(0, char::len_utf8);
    shape::is_address(beginning[..colon + mark].trim())
}

/// The part of `text` a head can take.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Finds the cuts in a paragraph of the head, in ascending order.
fn head_cuts(text: &str, cuts: &mut Vec<usize>) {
    // 发文字号 and 签发人 stand on one line in documents sent upward.
    if let Some(signatory) = text.find("签发人").or_else(|| text.find("会签人"))
        && shape::is_doc_number(text[..signatory].trim())
    {
        push(cuts, text, signatory);
        return;
    }
    let mut at = tag_cut(text, cuts);
    if let Some(lead) = residue::news_lead(text) {
        let rest = &text[lead..];
        if !begins_with_title(rest.trim_start()) {
            return;
        }
        at = lead;
        push(cuts, text, at);
    }
    at = caption_cut(text, at, cuts);
    let rest = &text[at..];
    if let Some((open, close)) = bracketed_date(rest) {
        let title = &rest[..open];
        if shape::count(title) > 0 {
            title_cuts(text, at, at + open, cuts);
            push(cuts, text, at + open);
        }
        push(cuts, text, at + close);
        at += close;
        speaker_cuts(text, at, cuts);
    } else if let Some(marker) = address_start(beginning(rest)) {
        let before = rest[..marker].trim();
        if let Some(name) = title_with_name(before) {
            title_cuts(text, at, at + name, cuts);
            push(cuts, text, at + name);
            push(cuts, text, at + marker);
        } else if !before.is_empty() && vocabulary::ends_with_spoken_kind(before) && is_title(before) {
            title_cuts(text, at, at + marker, cuts);
            push(cuts, text, at + marker);
        } else if !before.is_empty() && shape::is_person(before) {
            push(cuts, text, at + marker);
        }
    } else {
        dated_speaker(text, at, cuts);
        note_mark_name(text, at, cuts);
        if shape::count(rest) <= 120 && End::of(rest) == End::Open {
            title_cuts(text, at, text.len(), cuts);
        }
    }
    let from = cuts.last().copied().unwrap_or(0);
    address_cut(text, from, cuts);
}

/// A tag before the title: 【重要】关于…的通知.
fn tag_cut(text: &str, cuts: &mut Vec<usize>) -> usize {
    let Some((tag, title)) = beginning(text).split_once('】') else {
        return 0;
    };
    let is_tag = tag.starts_with('【') && shape::count(tag) <= LONGEST_TAG;
    let title = title.trim();
    if !is_tag || End::of(title) != End::Open || !is_title(title) || !vocabulary::ends_with_kind(title) {
        return 0;
    }
    let at = tag.len() + '】'.len_utf8();
    push(cuts, text, at);
    at
}

fn push(cuts: &mut Vec<usize>, text: &str, cut: usize) {
    let inside = !text[..cut].trim().is_empty() && !text[cut..].trim().is_empty();
    if inside
        && cuts
            .last()
            .is_none_or(|&last| last < cut && !text[last..cut].trim().is_empty())
    {
        cuts.push(cut);
    }
}

/// Whether `rest`, after a news lead, is a head and not the news itself.
fn begins_with_title(rest: &str) -> bool {
    if let Some((open, _)) = bracketed_date(rest) {
        return is_title(&rest[..open]);
    }
    let rest = beginning(rest);
    if let Some(marker) = address_start(rest) {
        let before = rest[..marker].trim();
        return title_with_name(before).is_some() || vocabulary::ends_with_kind(before) && is_title(before);
    }
    End::of(rest) == End::Open && is_title(rest) && vocabulary::ends_with_kind(rest)
}

/// Whether `text` can be a title: one phrase, not too long.
fn is_title(text: &str) -> bool {
    (4..=110).contains(&shape::count(text)) && !text.contains(['。', '；'])
}

/// A caption that ends in the middle of the paragraph: …记者　某某　摄尊敬的….
fn caption_cut(text: &str, at: usize, cuts: &mut Vec<usize>) -> usize {
    let rest = beginning(&text[at..]);
    let ends = rest.match_indices('摄').chain(rest.match_indices("社发"));
    let end = ends
        .map(|(found, mark)| found + mark.len())
        .find(|&end| residue::is_caption(&rest[..end]));
    match end {
        Some(end)
            if address_start(&rest[end..]).is_some_and(|marker| marker < 120)
                || rest[end..].starts_with([' ', '\u{3000}']) =>
        {
            push(cuts, text, at + end);
            at + end
        }
        _ => at,
    }
}

/// A date in brackets near the beginning: （2025年10月31日，庆州）.
fn bracketed_date(text: &str) -> Option<(usize, usize)> {
    let text = beginning(text);
    for (open, bracket) in text.match_indices(['（', '(']) {
        let inner = &text[open + bracket.len()..];
        if text[..open].contains('。') {
            return None;
        }
        let Some(date) = date::at(inner) else { continue };
        let close = inner.find(['）', ')'])?;
        if date.len > close || shape::count(&inner[..close]) > 60 {
            continue;
        }
        let mark = inner[close..].chars().next().map_or(0, char::len_utf8);
        let end = open + bracket.len() + close + mark;
        // A date that is part of a sentence is followed by the rest of it.
        let after = text[end..].trim_start();
        let speaker = after.is_empty()
            || address_start(after).is_some_and(|marker| shape::count(&after[..marker]) <= 40)
            || shape::is_person(after);
        return (is_title(&text[..open]) || shape::count(&text[..open]) == 0)
            .then_some((open, end))
            .filter(|_| speaker);
    }
    None
}

/// Cuts a title at its subtitle: 携手前行——在某某大会上的讲话.
fn title_cuts(text: &str, start: usize, end: usize, cuts: &mut Vec<usize>) {
    let title = &text[start..end];
    for dash in ["——", "――", "──"] {
        let Some(at) = title.find(dash) else { continue };
        let (before, after) = (&title[..at], title[at + dash.len()..].trim());
        let occasion = after.starts_with(['在', '致', '写', '记', '于']) || date::at(after).is_some();
        if shape::count(before) >= 4
            && occasion
            && (vocabulary::ends_with_kind(after) || after.ends_with('上'))
            && End::of(after) == End::Open
        {
            push(cuts, text, start + at);
        }
        return;
    }
}

/// Cuts speaker and address after a date: 市长　王明同志们：.
fn speaker_cuts(text: &str, at: usize, cuts: &mut Vec<usize>) {
    let rest = beginning(&text[at..]);
    let Some(marker) = address_start(rest) else { return };
    let before = rest[..marker].trim();
    if before.is_empty() || shape::is_person(before) || vocabulary::is_name(before) {
        push(cuts, text, at + marker);
    }
}

/// The offset of the name that follows a title: …的说明王明.
fn title_with_name(text: &str) -> Option<usize> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    (2..=4).find_map(|len| {
        let (at, _) = *characters.get(characters.len().checked_sub(len)?)?;
        let (title, name) = text.split_at(at);
        (vocabulary::is_name(name) && vocabulary::ends_with_kind(title) && is_title(title)).then_some(at)
    })
}

/// Where a form of address to listeners begins in `text`.
fn address_start(text: &str) -> Option<usize> {
    static MARKERS: Words<25> = Words::new([
        "全国同胞们",
        "全体",
        "在座的",
        "尊敬的",
        "敬爱的",
        "亲爱的",
        "同志们",
        "同誌們",
        "各位",
        "女士们",
        "先生们",
        "朋友们",
        "同胞们",
        "同学们",
        "老师们",
        "同事们",
        "代表们",
        "委员们",
        "来宾们",
        "战友们",
        "乡亲们",
        "家长们",
        "青年朋友们",
        "同仁们",
        "记者朋友们",
    ]);
    let start = MARKERS.find(text)?;
    // Only an address with its mark counts: 各位 and 同志们 stand in sentences as well.
    let rest = &text[start..];
    let end = rest.find(['：', ':', '。', '；', '！'])?;
    let mark = rest[end..].chars().next().map_or(0, char::len_utf8);
    matches!(
        shape::address(rest[..end + mark].trim()),
        Some(Address::Listeners)
    )
    .then_some(start)
}

/// Cuts the text off an address it runs on after: 同志们：今天….
fn address_cut(text: &str, from: usize, cuts: &mut Vec<usize>) {
    let rest = beginning(&text[from..]);
    let Some(colon) = rest.find(['：', ':']) else {
        return;
    };
    let mark = rest[colon..].chars().next().map_or(0, char::len_utf8);
    let (address, after) = (&rest[..colon + mark], &rest[colon + mark..]);
    // 时间：8:00 has its colon before a digit.
    if shape::count(after) >= 4
        && after
            .trim_start()
            .chars()
            .next()
            .is_some_and(|c| marks::is_han(c) || marks::opens(c))
    {
        let strict = match shape::address(address.trim()) {
            Some(Address::Listeners) => true,
            Some(Address::Organs) => {
                address.contains(['、', '，', ','])
                    || vocabulary::is_organ(address.trim().trim_end_matches(['：', ':']))
            }
            None => false,
        };
        if strict {
            push(cuts, text, from + colon + mark);
        }
    }
}

/// Cuts 2026年1月27日在某某会议上 某省省长 王明 before the speaker.
fn dated_speaker(text: &str, at: usize, cuts: &mut Vec<usize>) {
    let rest = &text[at..];
    if shape::count(rest) > 80 || date::at(rest.trim_start_matches(['—', '（', '('])).is_none() {
        return;
    }
    for (gap, blank) in rest.match_indices([' ', '\u{3000}', '\u{2003}', '）', ')']) {
        let keep = if blank.starts_with(['）', ')']) {
            blank.len()
        } else {
            0
        };
        let (before, after) = (&rest[..gap + keep], rest[gap + blank.len()..].trim());
        // 2024年5月1日　施行 is one line.
        let event = vocabulary::is_event(after);
        if shape::is_date_line(before.trim_start_matches('—')) && shape::is_person(after) && !event {
            push(cuts, text, at + gap + keep);
            return;
        }
    }
}

/// Cuts 题目※王明 after the mark.
fn note_mark_name(text: &str, at: usize, cuts: &mut Vec<usize>) {
    for mark in ['※', '*', '＊'] {
        if let Some(found) = text[at..].find(mark) {
            let end = at + found + mark.len_utf8();
            if found > 0 && vocabulary::is_name(text[end..].trim()) {
                push(cuts, text, end);
            }
            return;
        }
    }
}

/// Finds the cut between an organ and its date in a paragraph of the tail, and after the label of an attachment.
fn tail_cuts(text: &str, cuts: &mut Vec<usize>) {
    if let Some(at) = date::at_end(text) {
        let organ = text[..at].trim();
        let signed = organ.split_whitespace().all(vocabulary::is_organ) || shape::is_person(organ);
        if !organ.is_empty() && signed {
            push(cuts, text, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::paragraphs;

    fn texts(source: &str) -> Vec<String> {
        let (paragraphs, _) = paragraphs::read(source, 0);
        let (paragraphs, _) = split(source, paragraphs);
        paragraphs
            .iter()
            .map(|paragraph| paragraph.raw(source).into_owned())
            .collect()
    }

    #[test]
    fn cuts_a_head_without_line_ends() {
        let source = "新华社某地10月13日电弘扬实干精神　开创发展新局——在全国产业大会上的讲话（2025年10月13日，某地）某国总理　李明尊敬的各位来宾，女士们，先生们：";
        assert_eq!(
            texts(source),
            [
                "新华社某地10月13日电",
                "弘扬实干精神　开创发展新局",
                "——在全国产业大会上的讲话",
                "（2025年10月13日，某地）",
                "某国总理　李明",
                "尊敬的各位来宾，女士们，先生们：",
            ]
        );
    }

    #[test]
    fn cuts_title_address_and_text() {
        let source = "在全县教育工作座谈会上的讲话同志们:上午,我们看了几所学校。";
        assert_eq!(
            texts(source),
            [
                "在全县教育工作座谈会上的讲话",
                "同志们:",
                "上午,我们看了几所学校。"
            ]
        );
    }

    #[test]
    fn leaves_news_and_sentences_whole() {
        for source in [
            "新华社某地12月31日电 新年前夕，国家主席发表了新年贺词。全文如下：",
            "同志们，工会工作是党的群众工作的重要组成部分。",
            "他对大家说：同志们辛苦了。",
            "现将有关事项通知如下：一、时间和地点。",
        ] {
            assert_eq!(texts(source), [source]);
        }
    }

    #[test]
    fn cuts_a_signature_from_its_date() {
        let source = "特此通知。\n某某市人民政府办公室　2024年3月5日";
        assert_eq!(
            texts(source),
            ["特此通知。", "某某市人民政府办公室", "2024年3月5日"]
        );
    }
}
