//! T04: what a web page left behind.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Token;

pub(crate) static RULE: Rule = Rule {
    code: "web-residue",
    id: "T04",
    severity: Severity::Error,
    fix: None,
    name: said("网页残留", "residue of a web page"),
    what: said(
        "从网页带来的东西：HTML 实体和标签、“更多…请关注”“上一篇”“字号 加大 减小”“责任编辑：”等页面文字。",
        "Things that came along from a web page: HTML entities and tags, and page furniture such as 上一篇 or 责任编辑：.",
    ),
    why: said(
        "不属于正文，会被当作正文印出来。",
        "It is no part of the text, and would be printed as such.",
    ),
    examples: &[Example {
        wrong: "各位领导&nbsp;好。\n更多讲话稿请关注本站公众号\n上一篇：没有了",
        right: "各位领导好。",
    }],
    leaves: &["请关注以下三个问题。", "上一篇文章讲过。", "A&B公司。"],
    check: Check::Paragraph(check),
};

/// Whole lines of page furniture, and their beginnings.
const LINES: [&str; 22] = [
    "上一篇：",
    "下一篇：",
    "上一篇:",
    "下一篇:",
    "责任编辑：",
    "责任编辑:",
    "返回顶部",
    "点击下载",
    "推荐阅读",
    "相关阅读",
    "猜你喜欢",
    "本文来源：",
    "文章来源：",
    "扫一扫",
    "版权所有",
    "加入收藏",
    "打印本页",
    "关闭窗口",
    "分享到：",
    "【字号：",
    "当前位置：",
    "您现在的位置：",
];

/// Lines that are furniture when they stand alone.
const WORDS: [&str; 12] = [
    "下载", "打印", "全屏", "收藏", "加大", "还原", "减小", "】", "首页", "返回", "分享", "字号",
];

/// Longer lines are none, in characters.
const LONGEST: usize = 40;

/// Whether a short line is furniture of a page.
fn is_furniture(text: &str) -> bool {
    let breadcrumb = || text.starts_with("首页") && text.contains('>');
    let follow = || text.contains("更多") && text.contains("关注");
    WORDS.contains(&text) || LINES.iter().any(|line| text.starts_with(line)) || breadcrumb() || follow()
}

fn check(p: &Paragraph<'_>, report: &mut Report) {
    if p.len() <= LONGEST && is_furniture(p.text().trim()) {
        report
            .find(
                0..p.text().len(),
                said("像是网页上带来的文字", "looks like page furniture"),
            )
            .help("删去", "delete it");
        return;
    }
    if memchr::memchr2(b'&', b'<', p.text().as_bytes()).is_none() {
        return;
    }
    let mut done = 0;
    for &i in &p.scan.points {
        let glyph = p.scan.glyphs[i];
        if i < done || glyph.token != Token::Code || !matches!(glyph.c, '&' | '<') {
            continue;
        }
        let mut end = i + 1;
        let close = if glyph.c == '&' { ';' } else { '>' };
        while end < p.len() && p.c(end - 1) != close {
            end += 1;
        }
        done = end;
        let text = p.slice(i..end);
        report
            .find(
                p.bytes(i..end),
                Message::new(format!("网页代码“{text}”"), format!("web code “{text}”")),
            )
            .help("删去", "delete it");
    }
}
