//! Marks of Markdown, which chat assistants and editors leave in a text that is pasted from them: `#` before headings,
//! `**` around words, `-` before items, `>` before quotations, `---` between parts.
//!
//! Says whether a text is Markdown, and where its marks stand. A few stars or a dash alone prove nothing: stars stand for
//! names left out, and a text may speak of a #. Tables are left to [`super::table`].

use std::ops::Range;

use super::marks;

/// Whether the paragraphs `texts` are Markdown: a heading with `#` and a blank, or words in `**` again and again.
pub(super) fn is_markdown(texts: impl Iterator<Item = impl AsRef<str>>) -> bool {
    let mut bold = 0;
    for text in texts {
        let text = text.as_ref();
        let hashes = heading(text);
        if hashes > 0 && text[hashes..].chars().next().is_some_and(marks::is_han) {
            return true;
        }
        let pairs = strong(text);
        if !pairs.is_empty() {
            // A whole line in bold is a heading.
            let whole = text.starts_with("**") && text.ends_with("**");
            bold += if whole { 2 } else { pairs.len() / 2 };
        }
        if bold >= 3 {
            return true;
        }
    }
    false
}

/// The marks of a paragraph of a Markdown text, as bytes of `text`, in order.
pub(super) fn marks_of(text: &str) -> Vec<Range<usize>> {
    if is_rule(text) || text.starts_with("```") && text[3..].bytes().all(|b| b.is_ascii_alphanumeric()) {
        return std::iter::once(0..text.len()).collect();
    }
    let start = leading(text);
    let mut found = Vec::new();
    if start > 0 {
        found.push(0..start);
    }
    let rest = &text[start..];
    found.extend(blank_after_number(rest).map(|blank| start + blank.start..start + blank.end));
    found.extend(
        strong(rest)
            .into_iter()
            .map(|mark| start + mark.start..start + mark.end),
    );
    let ticks: Vec<usize> = rest.match_indices('`').map(|(at, _)| start + at).collect();
    if ticks.len().is_multiple_of(2) {
        found.extend(ticks.into_iter().map(|at| at..at + 1));
    }
    found.sort_by_key(|mark| mark.start);
    found
}

/// The bytes of the marks that a line begins with, blanks after them included.
fn leading(text: &str) -> usize {
    let mut at = heading(text);
    if at > 0 {
        return at;
    }
    while let Some(rest) = text[at..].strip_prefix('>') {
        at = text.len() - rest.trim_start().len();
    }
    if let Some(rest) = text[at..].strip_prefix(['-', '*', '+'])
        && let Some(item) = rest.strip_prefix([' ', '\t'])
        && !item.trim().is_empty()
    {
        at = text.len() - item.trim_start().len();
    }
    at
}

/// The blank that Markdown wants after the number of an item: `1. `.
fn blank_after_number(text: &str) -> Option<Range<usize>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let item = text[digits..].strip_prefix('.')?;
    let blank = item.len() - item.trim_start_matches(' ').len();
    ((1..=3).contains(&digits) && blank > 0).then_some(digits + 1..digits + 1 + blank)
}

/// The bytes of `## ` before a heading; none when no blank and no text follow.
fn heading(text: &str) -> usize {
    let hashes = text.bytes().take_while(|&b| b == b'#').count();
    let rest = text[hashes..].trim_start();
    let blank = text.len() - hashes - rest.len();
    if (1..=6).contains(&hashes) && blank > 0 && !rest.is_empty() {
        hashes + blank
    } else {
        0
    }
}

/// Whether `text` is a line between parts.
fn is_rule(text: &str) -> bool {
    ['-', '*', '_']
        .iter()
        .any(|&mark| text.matches(mark).count() >= 3 && text.chars().all(|c| c == mark || c == ' '))
}

/// The pairs of `**` (or `***`) around words, opening and closing ones in turn; none at all when stars are left over or a
/// pair looks like names left out: `**县**局`.
fn strong(text: &str) -> Vec<Range<usize>> {
    let mut stars: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('*') {
        match stars.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => stars.push(at..at + 1),
        }
    }
    let pairs = stars.chunks(2).all(|pair| match pair {
        [open, close] => {
            let words = &text[open.end..close.start];
            let blank = |c: char| c.is_whitespace();
            (2..=3).contains(&open.len())
                && open.len() == close.len()
                && words.chars().nth(1).is_some()
                && !words.starts_with(blank)
                && !words.ends_with(blank)
        }
        _ => false,
    });
    if pairs { stars } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> String {
        let mut left = text.to_owned();
        for mark in marks_of(text).into_iter().rev() {
            left.replace_range(mark, "");
        }
        left
    }

    #[test]
    fn marks_go_and_the_text_stays() {
        for (text, left) in [
            ("# 在动员会上的讲话", "在动员会上的讲话"),
            ("### （一）压实责任", "（一）压实责任"),
            ("**同志们：**", "同志们："),
            ("要**抓早抓小**，`防`患未然。", "要抓早抓小，防患未然。"),
            ("- **一是**抓荒山造林。", "一是抓荒山造林。"),
            ("> > 绿水青山就是金山银山。", "绿水青山就是金山银山。"),
            ("1. ***道路绿化***：120公里。", "1.道路绿化：120公里。"),
            ("---", ""),
            ("```text", ""),
        ] {
            assert_eq!(without(text), left);
        }
    }

    #[test]
    fn what_may_be_text_stays() {
        for text in [
            "#一号楼",
            "**县**局长",
            "产值12亿元*。",
            "-5℃",
            "——说明",
            "5 * 3 * 2",
            "** 局",
            "a`b",
        ] {
            assert_eq!(without(text), text);
        }
    }

    #[test]
    fn a_few_stars_are_no_markdown() {
        let is = |texts: &[&str]| is_markdown(texts.iter());
        assert!(is(&["# 关于植树的讲话", "各位："]));
        assert!(is(&["**一、提高认识**", "正文", "**二、抓好落实**"]));
        assert!(is(&["要**抓早**、**抓小**、**抓实**。"]));
        assert!(!is(&["这里是**重点**内容。"]));
        assert!(!is(&["**县**局**同志", "# 3", "---", "- 一是"]));
    }
}
