//! The lines of the source, as they were typed: where their text stands, how they are indented, how they are parted.
//!
//! Also finds the paragraph breaks that lost their line end and left only the indent of the next paragraph, or a single
//! blank. Joining lines is left to [`super::paragraphs`].

use super::instruction;
use super::look::Look;
use super::marks::{self, End};
use super::ordinal::{Form, Ordinal};
use super::residue;
use crate::source::Span;

/// A line, or a part of one that is a paragraph of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its text, blanks around it left out; never empty.
    pub(super) span: Span,
    /// The width of its indent in half Han characters.
    pub(super) indent: usize,
    /// How many empty lines stand before it.
    pub(super) blanks_before: usize,
    /// Whether it is the rest of a line whose earlier part is another paragraph.
    pub(super) split: bool,
    /// Whether a wide blank ends it: the trace of a line torn inside a name.
    pub(super) wide_blank_after: bool,
    /// Whether the line before it was empty but for an indent, which is then this line's.
    pub(super) torn_indent: bool,
    /// Whether nothing in it can be seen (zero-width characters only).
    pub(super) invisible: bool,
    /// What a look at it tells.
    pub(super) look: Look,
}

impl Line {
    /// Its text.
    pub(super) fn text<'a>(&self, source: &'a str) -> &'a str {
        self.span.of(source)
    }

    /// Whether it begins with a number that is not doubtful.
    pub(super) fn is_numbered(&self) -> bool {
        self.look.ordinal.is_some_and(|found| !found.doubtful)
    }

    /// Whether it is indented as paragraphs are.
    pub(super) fn is_indented(&self) -> bool {
        self.indent >= 2
    }
}

/// Cuts `source` into lines at LF, CR LF, CR, form feed, vertical tab and the Unicode line and paragraph separators.
///
/// Reads from the byte `from` on.
pub(super) fn cut(source: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = from;
    let mut blanks = 0;
    let mut torn_indent = None;
    let mut push = |start: usize, end: usize| {
        let raw = &source[start..end];
        let text = marks::trim(raw);
        if text.starts_with('<') && instruction::words(text).is_some() {
            return;
        }
        if text.is_empty() {
            let indent: usize = raw.chars().map(marks::width).sum();
            let wide = raw.chars().filter(|&c| marks::is_wide_blank(c)).count() >= 2;
            // The two blanks of an indent on a line of their own belong to the line after it.
            torn_indent = wide.then_some(indent);
            blanks += 1;
            return;
        }
        let at = start + (text.as_ptr() as usize - raw.as_ptr() as usize);
        let look = Look::of(text);
        let own_indent = indent_width(&raw[..at - start]);
        let torn = torn_indent.take().filter(|_| own_indent == 0);
        lines.push(Line {
            span: Span::new(at, at + text.len()),
            indent: torn.unwrap_or(own_indent),
            blanks_before: blanks - usize::from(torn.is_some()),
            split: false,
            wide_blank_after: raw.chars().next_back().is_some_and(marks::is_wide_blank),
            torn_indent: torn.is_some(),
            invisible: look.count == 0,
            look,
        });
        blanks = 0;
    };
    let bytes = source.as_bytes();
    let common = memchr::memchr2_iter(b'\n', b'\r', &bytes[from..]);
    let mut common = common.map(|at| from + at).peekable();
    let mut rare = rare_line_ends(source, from).peekable();
    while let Some(end) = match (common.peek(), rare.peek()) {
        (Some(a), Some(b)) if a > b => rare.next(),
        (None, _) => rare.next(),
        _ => common.next(),
    } {
        if end < start {
            // The LF of a CR LF.
            continue;
        }
        push(start, end);
        let len = match bytes[end] {
            b'\r' => 1 + usize::from(bytes.get(end + 1) == Some(&b'\n')),
            0xC2 => 2,
            0xE2 => 3,
            _ => 1,
        };
        start = end + len;
    }
    push(start, source.len());
    lines
}

/// The bytes from `from` on at which form feeds, vertical tabs, and line ends that Unicode has beside LF and CR begin.
fn rare_line_ends(source: &str, from: usize) -> impl Iterator<Item = usize> {
    const ENDS: [&str; 5] = ["\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"];
    let bytes = &source.as_bytes()[from..];
    let short = memchr::memchr3_iter(0x0B, 0x0C, 0xC2, bytes);
    let mut found: Vec<usize> = short
        .chain(memchr::memchr_iter(0xE2, bytes))
        .filter(|&at| ENDS.iter().any(|end| bytes[at..].starts_with(end.as_bytes())))
        .map(|at| from + at)
        .collect();
    found.sort_unstable();
    found.into_iter()
}

/// The width of an indent: a tab counts as two Han characters.
fn indent_width(indent: &str) -> usize {
    indent
        .chars()
        .map(|c| if c == '\t' { 4 } else { marks::width(c) })
        .sum()
}

/// Splits the lines in which paragraphs follow each other without a line end. Returns how many breaks were found.
pub(super) fn split_run_on(source: &str, lines: Vec<Line>) -> (Vec<Line>, usize) {
    let whole: usize = lines.iter().map(|line| line.span.end - line.span.start).sum();
    // A text of one to three lines has lost its line ends if it is longer than such a text can be.
    let lost_line_ends = lines.len() <= 3 && whole > 450;
    let mut result = Vec::with_capacity(lines.len());
    let mut breaks = Vec::new();
    let mut found = 0;
    for line in lines {
        breaks.clear();
        // Most lines have no blank.
        if line.look.has_blank {
            find_breaks(line.text(source), lost_line_ends, &mut breaks);
        }
        if breaks.is_empty() {
            result.push(line);
            continue;
        }
        found += breaks.len();
        let mut start = line.span.start;
        for (index, piece) in breaks.iter().enumerate() {
            let end = line.span.start + piece.end;
            result.push(Line {
                span: Span::new(start, end),
                wide_blank_after: false,
                split: index > 0,
                blanks_before: if index == 0 { line.blanks_before } else { 0 },
                look: Look::of(&source[start..end]),
                ..line
            });
            start = line.span.start + piece.next;
        }
        result.push(Line {
            span: Span::new(start, line.span.end),
            split: true,
            blanks_before: 0,
            look: Look::of(&source[start..line.span.end]),
            ..line
        });
    }
    (result, found)
}

/// Where one paragraph ends inside a line, and where the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Break {
    end: usize,
    next: usize,
}

/// A run of blanks inside a line.
#[derive(Clone, Copy)]
struct Gap {
    start: usize,
    end: usize,
    /// Whether it is as wide as an indent: two wide blanks.
    is_indent: bool,
}

fn find_breaks(text: &str, lost_line_ends: bool, breaks: &mut Vec<Break>) {
    let gaps = gaps(text);
    let ended = |gap: &Gap| End::of_before(text, gap.start) != End::Open;
    let indents = gaps.iter().filter(|gap| gap.is_indent && ended(gap)).count();
    let run_on = lost_line_ends && indents >= 2 || indents >= 3;
    let spaces_only = lost_line_ends && gaps.len() >= 2 && !gaps.iter().any(|gap| gap.is_indent);
    let mut last = None;
    let mut start = 0;
    for (index, gap) in gaps.iter().enumerate() {
        let before = &text[start..gap.start];
        let until = gaps.get(index + 1).map_or(text.len(), |next| next.start);
        let after = &text[gap.end..until];
        let end = End::of(before);
        // No paragraph ends inside brackets, nor a news lead before its news.
        let unfinished = has_open_bracket(before)
            || end == End::Open
                && residue::news_lead(before.trim_start()).is_some()
                && !before.contains(['）', ')']);
        let here = if unfinished {
            false
        } else if gap.is_indent {
            // Names are padded with blanks too: 主任　　张　三.
            let names = count(after) <= 2 && End::of(after) == End::Open
                || count(&text[previous_gap_end(&gaps, index)..gap.start]) <= 2 && end == End::Open;
            (matches!(end, End::Sentence | End::Colon | End::Semicolon) && text.len() > 60)
                || run_on && (!names || residue::is_caption(before))
        } else if spaces_only {
            count(before) >= 8 && count(after) >= 8
                || matches!(end, End::Sentence | End::Colon)
                || Ordinal::at(after).is_some_and(|found| found.form == Form::Chinese && !found.doubtful)
        } else {
            follows_as_item(text[start..].trim_start(), last, end, after)
        };
        if here {
            breaks.push(Break {
                end: gap.start,
                next: gap.end,
            });
            last = Ordinal::at(after);
            start = gap.end;
        }
    }
}

/// Whether a bracket is open at the end of `text`; looked for near the end only, so that long lines stay linear.
fn has_open_bracket(text: &str) -> bool {
    let mut closed = 0_usize;
    for c in text.chars().rev().take(60) {
        match c {
            '》' | '）' | ')' => closed += 1,
            '《' | '（' | '(' if closed == 0 => return true,
            '《' | '（' | '(' => closed -= 1,
            '。' => return false,
            _ => {}
        }
    }
    false
}

fn previous_gap_end(gaps: &[Gap], index: usize) -> usize {
    index.checked_sub(1).map_or(0, |previous| gaps[previous].end)
}

fn count(text: &str) -> usize {
    text.chars().take(12).count()
}

/// Whether `after` is the next item of the list that `paragraph` belongs to: （四）……； （五）……；.
fn follows_as_item(paragraph: &str, last: Option<Ordinal>, end: End, after: &str) -> bool {
    if !matches!(end, End::Semicolon | End::Sentence) {
        return false;
    }
    let Some(next) = Ordinal::at(after).filter(|next| !next.doubtful && !next.form.is_spoken()) else {
        return false;
    };
    let this = last.or_else(|| Ordinal::at(paragraph));
    this.is_some_and(|this| this.form == next.form && this.value + 1 == next.value)
}

fn gaps(text: &str) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut current: Option<Gap> = None;
    let mut wide = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            let gap = current.get_or_insert(Gap {
                start: at,
                end: at,
                is_indent: false,
            });
            gap.end = at + c.len_utf8();
            wide += usize::from(marks::is_wide_blank(c));
            gap.is_indent = wide >= 2;
        } else if let Some(gap) = current.take() {
            // A blank between Latin letters parts words.
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if gap.is_indent || !(latin(text[..gap.start].chars().next_back()) && latin(Some(c))) {
                gaps.push(gap);
            }
            wide = 0;
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        let (lines, _) = split_run_on(source, cut(source, 0));
        lines.iter().map(|line| line.text(source)).collect()
    }

    #[test]
    fn cuts_at_every_kind_of_line_end() {
        assert_eq!(
            texts("一\n二\r\n三\r四\u{2028}五\u{2029}六\u{85}七\u{C}八"),
            ["一", "二", "三", "四", "五", "六", "七", "八"]
        );
    }

    #[test]
    fn counts_empty_lines_and_indents() {
        let lines = cut("题\n\n\u{3000}\n\u{3000}\u{3000}正文\n\t续", 0);
        assert_eq!(lines[1].blanks_before, 2);
        assert_eq!(lines[1].indent, 4);
        assert_eq!(lines[2].indent, 4);
    }

    #[test]
    fn an_indent_torn_off_belongs_to_the_next_line() {
        let lines = cut("题\n\n\u{3000}\u{3000}\n正文", 0);
        assert!(lines[1].torn_indent && lines[1].is_indented());
        assert_eq!(lines[1].blanks_before, 1);
    }

    #[test]
    fn splits_where_only_the_indent_is_left() {
        let sentence = "我们要认真学习、深入思考，扎实做好今年的各项工作，不辜负大家的期望。";
        let source = format!(
            "同志们：\u{3000}\u{3000}{sentence}\u{3000}\u{3000}一、提高认识\u{3000}\u{3000}{sentence}"
        );
        let source = format!("{source}\u{3000}\u{3000}{sentence}");
        assert_eq!(
            texts(&source),
            ["同志们：", sentence, "一、提高认识", sentence, sentence]
        );
    }

    #[test]
    fn keeps_blanks_that_pad_names_and_part_columns() {
        let imprint = "某某市人民政府办公室\u{3000}\u{3000}2024年3月6日印发";
        assert_eq!(texts(imprint), [imprint]);
        let names = "审判长\u{3000}\u{3000}张\u{3000}三";
        assert_eq!(texts(names), [names]);
    }

    #[test]
    fn splits_list_items_that_share_a_line() {
        let source = "（四）本人签收的； （五）代收人签收的； （六）家属签收的。";
        assert_eq!(
            texts(source),
            ["（四）本人签收的；", "（五）代收人签收的；", "（六）家属签收的。"]
        );
    }
}
