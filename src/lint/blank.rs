//! The blanks of a text that are to be filled in: x县, 20x年, 某某局, ____, 【待补】, {{name}}.
//!
//! Found by the rules for placeholders, and named by what stands beside them, so that one value fills all blanks of one
//! name. It keeps one rule: every finding of those rules is a blank, and nothing else is.

use super::scan::{Class, class_of};
use super::{Options, Selection, findings};
use crate::diagnostic::Severity;
use crate::model::Document;
use crate::source::Span;

/// A blank to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// What it is called: the name in a template's field, or the word that follows, such as 县 for x县.
    pub name: String,
    /// The characters that a value takes the place of.
    pub span: Span,
}

/// The words that name a blank when they follow it, longest first.
const NOUNS: [&str; 36] = [
    "领导小组",
    "办公室",
    "委员会",
    "重要思想",
    "自治区",
    "自治州",
    "街道",
    "公司",
    "集团",
    "学校",
    "学院",
    "医院",
    "中心",
    "单位",
    "部门",
    "同志",
    "书记",
    "主任",
    "主席",
    "省长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "局长",
    "厅长",
    "部长",
    "处长",
    "科长",
    "校长",
    "院长",
    "经理",
    "万元",
    "亿元",
    "年度",
];

/// The blanks of a document, in source order.
pub fn blanks(document: &Document, source: &str) -> Vec<Blank> {
    let mut found = fields(source);
    let named = ["T01", "T02", "T03"].map(str::to_owned);
    let options = Options {
        selection: Selection::new(&named, &[]).unwrap_or_default(),
        ..Options::default()
    };
    for finding in findings(document, &options) {
        let span = finding.span;
        let text = span.of(source);
        // Empty brackets are a warning: nobody can say that something is missing there.
        let empty = finding.severity < Severity::Error || text.is_empty();
        let overlaps = found
            .iter()
            .any(|blank| blank.span.start < span.end && span.start < blank.span.end);
        if !empty && !overlaps {
            found.push(Blank {
                name: name(source, span),
                span,
            });
        }
    }
    found.sort_by_key(|blank| blank.span);
    found
}

/// The fields `{{name}}` of a template, wherever they stand, front matter included.
fn fields(source: &str) -> Vec<Blank> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = source[from..].find("{{").map(|at| from + at) {
        let inner = &source[open + 2..];
        from = open + 2;
        let Some(len) = inner.find("}}") else { break };
        let name = inner[..len].trim();
        let plain = !name.is_empty() && name.chars().count() <= 40 && !name.contains(['{', '}', '\n', '\r']);
        if plain {
            from = open + 2 + len + 2;
            found.push(Blank {
                name: name.to_owned(),
                span: Span::new(open, from),
            });
        }
    }
    found
}

/// What the blank at `span` is called.
fn name(source: &str, span: Span) -> String {
    let text = span.of(source);
    // 【待补：姓名】, [姓名]: what is between the brackets.
    if text.starts_with(['【', '[', '{', '［']) {
        let inner = text.trim_matches(|c| matches!(c, '【' | '】' | '[' | ']' | '{' | '}' | '［' | '］'));
        let inner = inner.rsplit(['：', ':']).next().unwrap_or(inner).trim();
        return inner.to_owned();
    }
    let crosses = text.chars().all(|c| !class_of(c).eq(&Class::Hanzi)) || text == "某某";
    if !crosses {
        return text.to_owned();
    }
    let after = source[span.end..].trim_start_matches(['”', '’', '》', '）', ' ']);
    let following: String = after
        .chars()
        .take_while(|&c| class_of(c) == Class::Hanzi)
        .take(4)
        .collect();
    if !text.starts_with(['_', '＿', '□']) || source[..span.start].ends_with("20") {
        if let Some(noun) = NOUNS.iter().find(|noun| following.starts_with(**noun)) {
            return (*noun).to_owned();
        }
        if let Some(first) = following.chars().next() {
            return first.to_string();
        }
    }
    // 姓名：____: the label before it.
    let before = source[..span.start].trim_end_matches(['：', ':', ' ', '　', '“', '《', '（']);
    let mut label: Vec<char> = before
        .chars()
        .rev()
        .take_while(|&c| class_of(c) == Class::Hanzi)
        .take(6)
        .collect();
    label.reverse();
    if label.is_empty() {
        following
            .chars()
            .next()
            .map_or_else(|| text.to_owned(), |c| c.to_string())
    } else {
        label.into_iter().collect()
    }
}

/// `source` with `blanks` filled: each with the value that `value` gives for its number, from 1, and its name. Those
/// without a value stay as they are, and their indices are given back.
pub fn fill<'v>(
    source: &str,
    blanks: &[Blank],
    value: impl Fn(usize, &str) -> Option<&'v str>,
) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(source.len());
    let mut open = Vec::new();
    let mut at = 0;
    for (i, blank) in blanks.iter().enumerate() {
        text.push_str(&source[at..blank.span.start]);
        match value(i + 1, &blank.name) {
            Some(value) => text.push_str(without_name(value, &blank.name, &source[blank.span.end..])),
            None => {
                open.push(i);
                text.push_str(blank.span.of(source));
            }
        }
        at = blank.span.end;
    }
    text.push_str(&source[at..]);
    (text, open)
}

/// 安平县 for x县 is 安平: the name stands in the text already.
fn without_name<'v>(value: &'v str, name: &str, after: &str) -> &'v str {
    match value.strip_suffix(name) {
        Some(rest) if !rest.is_empty() && after.starts_with(name) => rest,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    fn read(text: &str) -> Vec<Blank> {
        blanks(&parse(text, &ParseOptions::default()).document, text)
    }

    fn names(text: &str) -> Vec<String> {
        read(text).into_iter().map(|blank| blank.name).collect()
    }

    #[test]
    fn blanks_are_named_by_what_stands_beside_them() {
        let text = "在x县工会成立大会上的讲话\n\n同志们：\n\n20x年度，××局、××主任带领大家学习“x”重要思想，请某某同志发言。\
                    会议定于X月X日召开，联系人：____，地点【待补：会场】，{{结尾}}。\n";
        assert_eq!(
            names(text),
            [
                "县",
                "年度",
                "局",
                "主任",
                "重要思想",
                "同志",
                "月",
                "日",
                "联系人",
                "会场",
                "结尾"
            ]
        );
    }

    #[test]
    fn values_take_the_place_of_blanks_and_of_nothing_else() {
        let text = "在x县工会成立大会上的讲话\r\n\r\n20x年，x县的3×5米横幅，{{ 某人 }}。";
        let blanks = read(text);
        let (filled, open) = fill(text, &blanks, |_, name| match name {
            "县" => Some("安平县"),
            "年" => Some("2024"),
            _ => None,
        });
        assert_eq!(
            filled,
            "在安平县工会成立大会上的讲话\r\n\r\n2024年，安平县的3×5米横幅，{{ 某人 }}。"
        );
        assert_eq!(open, [3]);
        let (filled, _) = fill(text, &blanks, |number, _| (number == 3).then_some("甲"));
        assert!(filled.contains("在x县") && filled.contains("甲县的"));
    }

    #[test]
    fn a_text_without_blanks_stays() {
        let text = "X光检查，3×5米。";
        assert_eq!(fill(text, &read(text), |_, _| Some("错")).0, text);
    }
}
