//! What web pages leave around a text: navigation, 字号 widgets, sources and stamps, captions, licences, link lists.
//!
//! Such paragraphs are kept, as [`Role::Other`], because nothing is dropped in silence.

use super::date;
use super::draft::{Draft, Facts};
use super::marks::{self, End};
use super::shape;
use super::tail;
use super::words::Words;
use crate::model::Role;

/// Controls of web pages, alone on a line.
const CONTROLS: [&str; 45] = [
    "下载",
    "打印",
    "全屏",
    "收藏",
    "分享",
    "朗读",
    "关闭",
    "大",
    "中",
    "小",
    "加大",
    "还原",
    "减小",
    "首页",
    "返回",
    "返回顶部",
    "复制",
    "转发",
    "评论",
    "点赞",
    "关闭窗口",
    "打印本页",
    "打印本文",
    "关闭本页",
    "字体",
    "字号",
    "分享到",
    "微信",
    "微博",
    "上一篇",
    "下一篇",
    "下一页",
    "上一页",
    "放大",
    "缩小",
    "默认",
    "繁体",
    "无障碍",
    "语音播报",
    "听全文",
    "扫码阅读",
    "展开全文",
    "阅读全文",
    "原文链接",
    "查看原文",
];

/// Labels of page furniture: the paragraph begins with one of them and a colon.
const LABELS: [&str; 26] = [
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
    "发布时间",
    "发布日期",
    "更新时间",
    "时间",
    "日期",
    "浏览次数",
    "浏览量",
    "浏览",
    "点击数",
    "点击量",
    "点击",
    "阅读量",
    "阅读",
    "责任编辑",
    "编辑",
    "责编",
    "审核",
    "校对",
    "分享",
    "字号",
    "字体",
    "原标题",
];

/// What begins the part of a page below the text.
const FOOTERS: [&str; 20] = [
    "相关报道",
    "相关链接",
    "相关附件",
    "相关新闻",
    "相关阅读",
    "相关文章",
    "延伸阅读",
    "扫一扫",
    "上一篇",
    "下一篇",
    "打印本页",
    "关闭窗口",
    "返回顶部",
    "版权所有",
    "网站地图",
    "主办单位",
    "网站标识码",
    "推荐阅读",
    "热点推荐",
    "本文链接",
];

/// Words by which web pages speak of themselves.
static ADVERTISING: Words<13> = Words::new([
    "阅读全文",
    "内容阅读",
    "全文阅读",
    "倾情",
    "奉上",
    "扫码",
    "扫描二维码",
    "点击下载",
    "欢迎下载",
    "请关注",
    "版权所有",
    "ICP备",
    "公网安备",
]);

/// Marks residue wherever it stands.
pub(super) fn mark(draft: &mut Draft<'_>) {
    let chinese = draft.facts.iter().filter(|facts| facts.has_han()).take(3).count() >= 3;
    for index in 0..draft.len() {
        if let Some((zh, en)) = reason(draft, index, chinese) {
            draft.decide(index, Role::Other, zh, en);
        }
    }
    mark_breadcrumbs(draft);
    mark_values(draft);
    mark_footer(draft);
}

/// Why a paragraph is residue by itself.
fn reason(draft: &Draft<'_>, index: usize, chinese: bool) -> Option<(&'static str, &'static str)> {
    let facts = &draft.facts[index];
    let text: &str = &facts.text;
    if text.starts_with("<!--") && text.ends_with("-->") {
        return Some(("HTML 注释", "an HTML comment"));
    }
    if is_licence(text) {
        return Some(("版权说明", "a licence notice"));
    }
    if is_caption(text) {
        return Some(("图片说明（……摄）", "a caption with its photographer"));
    }
    if is_news_lead(text) && (facts.end != End::Open || facts.count <= 24) {
        return Some(("新闻电头", "the lead of a news report"));
    }
    if facts.count > 60 {
        return None;
    }
    if !facts.has_han() {
        return if chinese { latin_only(text) } else { None };
    }
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "【】[]（）():：>》|·".contains(c));
    if CONTROLS.contains(&bare) {
        return Some(("网页控件", "a control of a web page"));
    }
    if text.starts_with("【字")
        || text.starts_with("[字")
        || text.starts_with("【打印")
        || text.starts_with("【大")
    {
        return Some(("网页控件（字号）", "a control of a web page"));
    }
    if is_breadcrumb(text) {
        return Some(("网页导航", "the navigation of a web page"));
    }
    if labelled(text) {
        return Some((
            "网页的来源、时间、编辑等标签",
            "a label of a web page: source, time, editor",
        ));
    }
    if facts.end == End::Open && ADVERTISING.stand_in(text) {
        return Some(("网页推广语", "an advertisement of a web page"));
    }
    if text.starts_with("http") || text.starts_with("www.") {
        return Some(("网址", "a web address"));
    }
    None
}

/// A paragraph without Han in a Chinese text: leftovers of scripts and templates.
fn latin_only(text: &str) -> Option<(&'static str, &'static str)> {
    let letters = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let lone_bar = text.chars().all(|c| matches!(c, '|' | '>' | '›' | '»' | '/'));
    if (letters >= 3 && !text.contains(' ') || lone_bar || letters >= 3 && text.len() < 40)
        && !shape::is_person(text)
    {
        return Some(("没有汉字的残留", "leftovers without Chinese characters"));
    }
    None
}

/// Whether `text` is the licence box of a text collection.
fn is_licence(text: &str) -> bool {
    let subject = ["本作品", "这部作品", "這部作品", "此作品", "本页面", "本文件是"];
    let words = [
        "公有领域",
        "公有領域",
        "著作权法",
        "著作權法",
        "Public domain",
        "知识共享",
        "Creative Commons",
        "版权期限",
        "版權期限",
    ];
    text.starts_with("Public domain")
        || subject.iter().any(|word| text.starts_with(word)) && words.iter().any(|word| text.contains(word))
}

/// Whether `text` is the caption of a picture: …记者　某某　摄.
pub(super) fn is_caption(text: &str) -> bool {
    let bare = text.trim_end_matches(['。', '）', ')', ' ']);
    let agency = bare.ends_with("新华社发") || bare.ends_with("中新社发");
    if agency {
        return true;
    }
    let by_line = bare.ends_with('摄') || bare.ends_with("供图") || bare.ends_with("／摄");
    let reporter = || {
        let tail = last_characters(bare, 24);
        ["记者", "通讯员", "摄影", "供图", "图片"]
            .iter()
            .any(|word| tail.contains(word))
            || tail.contains("/摄")
            || tail.ends_with(" 摄")
    };
    if by_line && reporter() {
        return true;
    }
    // 本报记者　某某 with the 摄 torn off.
    let last = last_characters(bare, 10);
    last.contains("记者")
        && last
            .split_once("记者")
            .is_some_and(|(_, name)| !name.trim().is_empty() && shape::is_person(name.trim()))
}

/// The last `count` characters of `text`.
fn last_characters(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last();
    &text[start.map_or(0, |(at, _)| at)..]
}

/// The length of the news lead (新华社北京12月31日电) at the beginning of `text`.
pub(super) fn news_lead(text: &str) -> Option<usize> {
    const AGENCIES: [&str; 8] = [
        "新华社",
        "中新社",
        "本报",
        "人民网",
        "中新网",
        "新华网",
        "央视网",
        "中国网",
    ];
    let agency = AGENCIES.iter().find(|agency| text.starts_with(**agency))?;
    let mut seen = 0;
    for (at, c) in text[agency.len()..].char_indices() {
        seen += 1;
        if seen > 30 || matches!(c, '，' | '。' | '；' | '：') {
            return None;
        }
        if matches!(c, '电' | '讯') {
            let end = agency.len() + at + c.len_utf8();
            let lead = &text[..end];
            return (lead.contains('日') || lead.contains(' ') || *agency == "本报").then_some(end);
        }
    }
    None
}

fn is_news_lead(text: &str) -> bool {
    news_lead(text).is_some()
}

fn is_breadcrumb(text: &str) -> bool {
    let arrows = text.matches(['>', '›', '»', '＞']).count();
    let place = [
        "首页",
        "当前位置",
        "您的位置",
        "您现在的位置",
        "所在位置",
        "网站首页",
    ];
    arrows >= 2 && !text.contains("->")
        || place.iter().any(|word| text.starts_with(word)) && (arrows >= 1 || text.contains(['：', ':']))
}

/// Whether `text` is a label of page furniture with or without its value.
fn labelled(text: &str) -> bool {
    let inner = text.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']']);
    let Some(colon) = inner.find(['：', ':']) else {
        return FOOTERS.iter().any(|word| inner.starts_with(word)) && shape::count(inner) <= 20;
    };
    let label = marks::without_blanks(&inner[..colon]);
    let value = inner[colon..].trim_start_matches(['：', ':']).trim();
    if FOOTERS.iter().any(|word| label.starts_with(word)) {
        return true;
    }
    if !LABELS.contains(&&*label) {
        return false;
    }
    match &*label {
        // 时间： and 日期： stand in notices as well; only stamps are residue.
        "时间" | "日期" => {
            value.is_empty() || date::at(value).is_some_and(|date| date.style == date::Style::Digits)
        }
        "编辑" | "审核" | "校对" | "阅读" | "点击" | "来源" => shape::count(value) <= 30,
        _ => true,
    }
}

/// Names between the arrows of a breadcrumb that stands on several lines.
fn mark_breadcrumbs(draft: &mut Draft<'_>) {
    let is_arrow = |text: &str| matches!(text, ">" | "›" | "»" | "＞" | ">>" | "/");
    for index in 0..draft.len() {
        if !is_arrow(draft.text(index)) {
            continue;
        }
        draft.decide(index, Role::Other, "网页导航", "the navigation of a web page");
        for neighbour in [index.checked_sub(1), Some(index + 1)].into_iter().flatten() {
            if neighbour < draft.len()
                && draft.facts[neighbour].count <= 20
                && draft.facts[neighbour].end == End::Open
            {
                draft.decide(neighbour, Role::Other, "网页导航", "the navigation of a web page");
            }
        }
    }
}

/// The values of labels that stand on a line of their own: 来源： / 某某日报; stamps; and the parts of 【字号：大 中 小】.
fn mark_values(draft: &mut Draft<'_>) {
    let mut index = 0;
    while index < draft.len() {
        let text = marks::trim(draft.text(index));
        let label_alone = draft.role(index) == Some(Role::Other)
            && text.ends_with(['：', ':'])
            && shape::count(text) <= 8
            && !text.starts_with("相关")
            && !text.starts_with("分享");
        let sizes = text.starts_with("【字") && !text.contains('】');
        let stamp = index < 12 && is_stamp(draft, index, text);
        if label_alone && index + 1 < draft.len() {
            let next = &draft.facts[index + 1];
            if next.count <= 20
                && next.end == End::Open
                && next.ordinal.is_none()
                && !shape::is_address(&next.text)
            {
                draft.decide(
                    index + 1,
                    Role::Other,
                    "网页标签的内容",
                    "the value of a web page's label",
                );
            }
        }
        if sizes {
            let close =
                (index + 1..draft.len().min(index + 8)).find(|&next| draft.text(next).starts_with('】'));
            if let Some(close) = close {
                for part in index + 1..=close {
                    draft.decide(part, Role::Other, "网页控件（字号）", "a control of a web page");
                }
            }
        }
        if stamp {
            draft.decide(index, Role::Other, "网页的时间戳", "the time stamp of a web page");
        }
        index += 1;
    }
}

/// Whether paragraph `index`, with this `text`, is the stamp of a web page: a date in digits, or with the time of day.
fn is_stamp(draft: &Draft<'_>, index: usize, text: &str) -> bool {
    let stamp = date::at(text).is_some_and(|date| {
        let time = text[date.len..].contains([':', '：']) || text[date.len..].contains('时');
        date.style == date::Style::Digits || time
    });
    // 一、会议时间, and below it the time: no stamp, nor is a sentence one, nor the date below a signature.
    let said = || {
        text.ends_with('。')
            || text.contains('，')
            || (index > 0 && draft.text(index - 1).contains("时间"))
            || is_signed(draft, index, text)
    };
    stamp && !said() && date::is_whole(text)
}

/// Whether paragraph `index` is a date without a time of day below a signature and the text above that.
fn is_signed(draft: &Draft<'_>, index: usize, text: &str) -> bool {
    date::at(text).is_some_and(|date| date.len == text.len())
        && tail::is_signed_date(draft, index)
        && draft.facts[..index].iter().any(Facts::is_running)
}

/// Everything below the text: from the licence box, the list of links or the editor's name to the end.
fn mark_footer(draft: &mut Draft<'_>) {
    let total: usize = draft.facts.iter().map(|facts| facts.count).sum();
    let mut before = 0;
    let mut start = None;
    for index in 0..draft.len() {
        let text = draft.text(index);
        let editor = text.starts_with("责任编辑") || text.starts_with("（责任编辑");
        let footer = draft.facts[index].count <= 40 && FOOTERS.iter().any(|word| text.starts_with(word));
        let licence = is_licence(text);
        if licence || (editor || footer) && before * 5 >= total * 3 {
            let rest = &draft.facts[index + 1..];
            let sections = rest.iter().any(|facts| {
                facts
                    .ordinal
                    .is_some_and(|ordinal| !ordinal.form.is_spoken() && !ordinal.doubtful)
                    && facts.count > 4
            });
            if licence || !sections {
                start = Some(index);
                break;
            }
        }
        before += draft.facts[index].count;
    }
    if let Some(start) = start {
        for index in start..draft.len() {
            draft.decide(
                index,
                Role::Other,
                "正文之后的网页内容",
                "what follows the text on a web page",
            );
        }
    }
}

/// Whether every character of `text` is a mark: …… stands for words left out.
pub(super) fn is_only_marks(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| !c.is_alphanumeric() || marks::is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_news_leads() {
        assert!(is_caption("某省长作报告。本报记者 张明 摄"));
        assert!(is_caption("图为会议现场。新华社记者李华/摄"));
        assert!(!is_caption("要关心老同志，做好统摄工作。"));
        assert_eq!(
            news_lead("新华社北京12月31日电 新年前夕"),
            Some("新华社北京12月31日电".len())
        );
        assert_eq!(news_lead("新华社的同志们，大家好"), None);
    }

    #[test]
    fn labels_of_pages_but_not_of_notices() {
        assert!(labelled("来源：某某日报"));
        assert!(labelled("时间：2026-02-09"));
        assert!(labelled("责任编辑：李明"));
        assert!(!labelled("时间：4月9日上午8:30"));
        assert!(!labelled("地点：县政府会议室"));
    }
}
