//! From lines to paragraphs: joins what the source tore apart.
//!
//! Three things tear paragraphs: links and footnote marks of web pages, each on a line of its own; hard line ends at a
//! fixed width; page breaks of scanned books. Only white space changes here: every visible character of the source stays,
//! in order. When in doubt, a line is a paragraph.

use std::borrow::Cow;

use super::date;
use super::front_matter;
use super::lines::{self, Line};
use super::marks::{self, End};
use super::ordinal::Ordinal;
use super::residue;
use super::shape;
use super::vocabulary;
use crate::model::{Role, Text};
use crate::source::Span;

/// A paragraph: one line, or several that belong together.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Its parts of the source, in order.
    pieces: Vec<Piece>,
    /// How many empty lines stand before it.
    pub(super) blanks_before: usize,
    /// The role its author gave it with a mark.
    pub(super) forced: Option<Role>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    span: Span,
    /// Whether a blank must stand between this piece and the one before, which the line end stood for.
    spaced: bool,
}

impl Paragraph {
    fn of(line: &Line) -> Self {
        Paragraph {
            pieces: vec![Piece {
                span: line.span,
                spaced: false,
            }],
            blanks_before: line.blanks_before,
            forced: None,
        }
    }

    /// Its characters, as they stand in the source.
    pub(super) fn raw<'a>(&self, source: &'a str) -> Cow<'a, str> {
        if let [piece] = self.pieces[..] {
            return Cow::Borrowed(piece.span.of(source));
        }
        let mut raw = String::with_capacity(self.span().end - self.span().start);
        for piece in &self.pieces {
            if piece.spaced {
                raw.push(' ');
            }
            raw.push_str(piece.span.of(source));
        }
        Cow::Owned(raw)
    }

    /// Its text with the source place of each character.
    pub(super) fn text(&self, source: &str) -> Text {
        let mut text = Text::default();
        for piece in &self.pieces {
            if piece.spaced {
                text.push_inserted(" ");
            }
            text.push_source(source, piece.span);
        }
        text
    }

    /// Its parts of the source, each with whether a blank must stand before it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (Span, bool)> + '_ {
        self.pieces.iter().map(|piece| (piece.span, piece.spaced))
    }

    /// The part of the source from its first to its last character.
    pub(super) fn span(&self) -> Span {
        let first = self.pieces.first().map_or(0, |piece| piece.span.start);
        let last = self.pieces.last().map_or(first, |piece| piece.span.end);
        Span::new(first, last)
    }

    /// Cuts the paragraph before the byte `offset` of [`Paragraph::raw`]; blanks at the cut are dropped.
    pub(super) fn cut(self, source: &str, offset: usize) -> (Paragraph, Paragraph) {
        let mut before = self.clone();
        let mut after = self;
        before.pieces.clear();
        let pieces = std::mem::take(&mut after.pieces);
        let mut at = 0;
        for piece in pieces {
            let len = piece.span.end - piece.span.start;
            let start = at + usize::from(piece.spaced);
            at = start + len;
            if at <= offset {
                before.pieces.push(piece);
            } else if start >= offset {
                after.pieces.push(piece);
            } else {
                let middle = piece.span.start + (offset - start);
                before.pieces.push(Piece {
                    span: Span::new(piece.span.start, middle),
                    ..piece
                });
                after.pieces.push(Piece {
                    span: Span::new(middle, piece.span.end),
                    spaced: false,
                });
            }
        }
        before.trim(source);
        after.trim(source);
        after.blanks_before = 0;
        (before, after)
    }

    /// Shifts the beginning of the paragraph by `len` bytes of its first piece: a mark that is no text of the document.
    pub(super) fn drop_front(&mut self, source: &str, len: usize) {
        if let Some(first) = self.pieces.first_mut() {
            first.span.start += len;
        }
        self.trim(source);
    }

    /// Whether nothing is left of it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn trim(&mut self, source: &str) {
        let blank = |piece: &Piece| piece.span.of(source).trim().is_empty();
        while self.pieces.last().is_some_and(blank) {
            self.pieces.pop();
        }
        while self.pieces.first().is_some_and(blank) {
            self.pieces.remove(0);
        }
        if let Some(last) = self.pieces.last_mut() {
            last.span.end = last.span.start + last.span.of(source).trim_end().len();
        }
        if let Some(first) = self.pieces.first_mut() {
            first.span.start = first.span.end - first.span.of(source).trim_start().len();
            first.spaced = false;
        }
    }

    fn push(&mut self, source: &str, line: &Line, keep_blank: bool) {
        if let Some(last) = self.pieces.last_mut() {
            if keep_blank {
                let blank = source[last.span.end..].chars().next().map_or(0, char::len_utf8);
                last.span.end += blank;
            }
            let before = last.span.of(source).chars().next_back();
            let after = line.text(source).chars().next();
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            self.pieces.push(Piece {
                span: line.span,
                spaced: latin(before) && latin(after),
            });
        }
    }
}

/// What [`read`] found out about the layout of the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repairs {
    /// Lines joined to the line before them.
    pub(super) joined: usize,
    /// Paragraph breaks found inside lines.
    pub(super) split: usize,
    /// The width in half Han characters at which the source was hard-wrapped.
    pub(super) wrapped_at: Option<usize>,
}

/// Reads the paragraphs of `source` from the byte `from` on.
pub(super) fn read(source: &str, from: usize) -> (Vec<Paragraph>, Repairs) {
    let (lines, split) = lines::split_run_on(source, lines::cut(source, from));
    let habits = Habits::of(source, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut joined = 0;
    let mut state = State::default();
    let mut pending: Vec<Line> = Vec::new();
    let mut previous: Option<&Line> = None;
    let mut mark_alone = None;
    for (index, line) in lines.iter().enumerate() {
        if line.invisible {
            // Nothing to see: it goes with its neighbour, so that its characters are kept and nothing is parted.
            match paragraphs.last_mut() {
                Some(last) => last.push(source, line, false),
                None => pending.push(*line),
            }
            continue;
        }
        let before = previous.replace(line);
        let joins = before.is_some_and(|before| habits.join(source, before, line, index, &state));
        if joins {
            let name = before.is_some_and(|before| before.wide_blank_after);
            if let Some(last) = paragraphs.last_mut() {
                last.push(source, line, name);
            }
            joined += 1;
            state.extend(line.text(source));
        } else {
            let mut paragraph = Paragraph::of(line);
            if let Some((role, len)) = front_matter::mark(line.text(source)) {
                paragraph.forced = Some(role);
                paragraph.drop_front(source, len);
            } else if let Some(role) = mark_alone.take() {
                paragraph.forced = Some(role);
            }
            if paragraph.is_empty() {
                // A mark on a line of its own is for the line below it.
                mark_alone = paragraph.forced;
                state = State::default();
                continue;
            }
            for invisible in pending.drain(..) {
                paragraph.pieces.insert(
                    paragraph.pieces.len() - 1,
                    Piece {
                        span: invisible.span,
                        spaced: false,
                    },
                );
            }
            state = State {
                first_paragraph: paragraphs.is_empty(),
                ..State::default()
            };
            paragraphs.push(paragraph);
            state.extend(line.text(source));
        }
    }
    for line in pending {
        paragraphs.push(Paragraph::of(&line));
    }
    let repairs = Repairs {
        joined,
        split,
        wrapped_at: habits.wrapped_at,
    };
    (paragraphs, repairs)
}

/// What is known of the paragraph that is being put together. Kept up to date line by line, so that joining a million
/// lines takes a million steps.
#[derive(Debug, Default)]
struct State {
    /// Whether the first line was seen.
    started: bool,
    /// Brackets (not quotation marks) that are open.
    brackets: usize,
    /// Quotation marks that are open.
    quotations: usize,
    /// Characters so far.
    count: usize,
    /// Whether a mark inside shows it to be running text.
    has_marks: bool,
    /// Whether a sentence ended inside.
    has_sentence: bool,
    /// Whether it has Han characters.
    has_han: bool,
    /// Whether it begins with a number.
    numbered: bool,
    /// Whether it is the first paragraph of the text.
    first_paragraph: bool,
}

impl State {
    fn extend(&mut self, text: &str) {
        self.has_han |= has_han(text);
        if !self.started {
            self.numbered = Ordinal::at(text).is_some();
        }
        self.started = true;
        for c in text.chars() {
            match c {
                '《' | '（' | '(' | '〔' | '【' | '［' | '[' | '〈' => self.brackets += 1,
                '》' | '）' | ')' | '〕' | '】' | '］' | ']' | '〉' => {
                    self.brackets = self.brackets.saturating_sub(1)
                }
                '“' | '「' | '『' => self.quotations += 1,
                '”' | '」' | '』' => self.quotations = self.quotations.saturating_sub(1),
                '，' | ',' | '；' | '、' => self.has_marks = true,
                '。' => self.has_sentence = true,
                _ => {}
            }
            self.count += usize::from(!c.is_whitespace());
        }
    }
}

/// How the source as a whole parts its paragraphs.
#[derive(Debug, Default)]
struct Habits {
    /// Empty lines part paragraphs.
    blank_parted: bool,
    /// Indents begin paragraphs.
    indented: bool,
    /// The width at which lines were broken by force.
    wrapped_at: Option<usize>,
    /// For each line, whether its cluster (the lines without an empty line between them) holds a torn paragraph.
    torn: Vec<bool>,
}

/// How much narrower than the widest a hard-wrapped line may be, in half Han characters: no line begins with a mark,
/// and Latin words stay whole.
const WRAP_SLACK: usize = 8;

impl Habits {
    fn of(source: &str, lines: &[Line]) -> Habits {
        let visible: Vec<&Line> = lines.iter().filter(|line| !line.invisible).collect();
        let boundaries = visible.len().saturating_sub(1);
        let parted = visible
            .iter()
            .skip(1)
            .filter(|line| line.blanks_before > 0)
            .count();
        let long = |line: &&&Line| line.span.end - line.span.start > 90;
        let long_lines = visible.iter().filter(long).count();
        let indented = visible
            .iter()
            .filter(long)
            .filter(|line| line.is_indented())
            .count();
        Habits {
            blank_parted: parted >= 3 && parted * 5 >= boundaries,
            indented: indented * 2 > long_lines,
            wrapped_at: wrap_width(source, &visible),
            torn: torn_clusters(source, lines),
        }
    }

    /// Whether line `index` belongs to the paragraph before it.
    fn join(&self, source: &str, previous: &Line, line: &Line, index: usize, state: &State) -> bool {
        let (before, after) = (previous.text(source), line.text(source));
        if line.split {
            return false;
        }
        let end = End::of(before);
        if line.blanks_before > 0 {
            return self.joins_across_blank(line, before, after, end, state);
        }
        if starts_anew(after, end) || line.is_indented() && self.indented {
            return false;
        }
        let first = after.chars().next().unwrap_or(' ');
        if (marks::continues_line(first) && !is_note_label(after))
            || is_reference(after)
            || before.chars().next_back().is_some_and(marks::opens)
            || state.brackets > 0 && end == End::Open && state.count < 2_000
            || state.quotations > 0 && end == End::Open && state.count < 2_000
            || first == '的'
        {
            return true;
        }
        if previous.wide_blank_after && before.chars().count() <= 15 && after.chars().count() <= 6 {
            return true;
        }
        if date::is_whole(after) || date::is_whole(before) {
            return false;
        }
        if let Some(width) = self.wrapped_at {
            let full =
                before.chars().map(marks::width).sum::<usize>() + previous.indent + WRAP_SLACK >= width;
            let begins = Ordinal::at(after).is_some_and(|found| !found.doubtful) && end != End::Open;
            return full && !begins && !line.is_indented();
        }
        if self.blank_parted && self.torn[index] {
            // The title may have lost the empty line below it.
            if state.first_paragraph && !state.has_sentence && vocabulary::ends_with_kind(before) {
                return false;
            }
            let broken_off = end == End::Open && (state.has_marks || state.has_sentence);
            return (state.has_han || state.count <= 2)
                && (has_han(after) || broken_off && after.chars().count() <= 8);
        }
        // A long line that breaks off in the middle of a sentence.
        let longest_heading = if state.numbered { 80 } else { 60 };
        end == End::Open
            && state.count >= 40
            && (state.has_sentence || state.has_marks && state.count >= longest_heading)
            && !shape::is_label(after)
            && !residue::is_caption(before)
            && residue::news_lead(before).is_none()
    }

    fn joins_across_blank(&self, line: &Line, before: &str, after: &str, end: End, state: &State) -> bool {
        if starts_anew(after, end) {
            return false;
        }
        let first = after.chars().next().unwrap_or(' ');
        // A note's mark on a line of its own belongs to the note.
        let lone_mark = before.chars().count() == 1
            && before
                .chars()
                .all(|c| matches!(c, '↑' | '※' | '*' | '＊' | '^') || super::numerals::enclosed(c).is_some());
        if lone_mark {
            return true;
        }
        if line.blanks_before > 1 || end != End::Open {
            return false;
        }
        if marks::continues_line(first) && first != '”' && first != '’' && !is_note_label(after) {
            return true;
        }
        let closes = after
            .chars()
            .find(|c| matches!(c, '（' | '(' | '《' | '〔' | '）' | ')' | '》' | '〕'))
            .is_some_and(marks::closes);
        if state.brackets == 1 && state.count < 200 && closes && Ordinal::at(after).is_none() {
            return true;
        }
        // A page break in the middle of a sentence.
        self.indented
            && !line.is_indented()
            && state.has_marks
            && state.count >= 40
            && !state.numbered
            && self.blank_parted
            && first != '“'
            && !shape::is_label(after)
            && after.chars().count() > 20
            && End::of(after) != End::Open
    }
}

fn has_han(text: &str) -> bool {
    text.chars().any(marks::is_han)
}

/// Whether `text` is the end of a list of labels such as ）注 that no paragraph could begin with, yet is one: 1）.
fn is_note_label(text: &str) -> bool {
    text.starts_with([')', '）']) && text.chars().count() <= 1
}

/// Whether `text` is a footnote reference that was torn from its word: [, [1], 1 between brackets is found by them.
fn is_reference(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[').or_else(|| text.strip_prefix('［')) else {
        return false;
    };
    let inner = inner.trim_end_matches([']', '］']);
    inner.chars().count() <= 8
        && inner
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '注')
}

/// Whether `text` cannot continue a paragraph that ended with `end`.
fn starts_anew(text: &str, end: End) -> bool {
    let numbered = || Ordinal::at(text).is_some_and(|found| !found.doubtful);
    text.starts_with('#')
        || front_matter::mark(text).is_some()
        || text.starts_with("<!--")
        || text.starts_with('|')
        || text.contains('\t') && shape::cells(text) > 2
        || end != End::Open && end != End::Comma && numbered()
        || shape::is_address(text)
        || shape::is_attachment_label(text)
}

/// For each line, whether its cluster holds a torn paragraph: by its own boundaries, or because several others do, so
/// that empty lines alone part the paragraphs of this source.
fn torn_clusters(source: &str, lines: &[Line]) -> Vec<bool> {
    let mut torn = vec![false; lines.len()];
    let mut count = 0;
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && (lines[end].blanks_before == 0 || lines[end].invisible) {
            end += 1;
        }
        if end - start > 1 && is_torn(source, &lines[start..end]) {
            torn[start..end].fill(true);
            count += 1;
        }
        start = end;
    }
    if count >= 2 {
        torn.fill(true);
    }
    torn
}

/// Whether the lines of a cluster have a boundary that only a torn paragraph has.
fn is_torn(source: &str, cluster: &[Line]) -> bool {
    let strong = |line: &Line| {
        let text = line.text(source);
        text.chars().next().is_some_and(marks::continues_line) || is_reference(text)
    };
    // A line that breaks off at a comma, and is not one of several parallel ones.
    let broken = |pair: &[Line]| {
        let (before, after) = (pair[0].text(source), pair[1].text(source));
        End::of(before) == End::Comma && End::of(after) == End::Open && !shape::is_address(after)
    };
    cluster[0].torn_indent || cluster[1..].iter().any(strong) || cluster.windows(2).any(broken)
}

/// The width at which the source was hard-wrapped; `None` when it was not.
///
/// Hard-wrapped lines that end without a mark nearly all have the same width; headings and titles do not.
fn wrap_width(source: &str, lines: &[&Line]) -> Option<usize> {
    let width = |line: &Line| line.text(source).chars().map(marks::width).sum::<usize>() + line.indent;
    let mut unended: Vec<usize> = lines
        .windows(2)
        .filter(|pair| pair[1].blanks_before == 0 && !pair[1].split)
        .filter(|pair| matches!(End::of(pair[0].text(source)), End::Open | End::Comma))
        .map(|pair| width(pair[0]))
        .collect();
    if unended.len() < 3 {
        return None;
    }
    unended.sort_unstable();
    let widest = unended[unended.len() - 1 - unended.len() / 20];
    let full = unended
        .iter()
        .filter(|&&width| width + WRAP_SLACK >= widest)
        .count();
    // Lines that go far beyond are paragraphs of their own, so the source is not wrapped.
    let beyond = lines
        .iter()
        .filter(|line| width(line) > widest + WRAP_SLACK)
        .count();
    // One line may end early for a reason of its own, as a title does.
    let enough = full >= 3 && full * 5 >= (unended.len() - 1) * 4;
    let wrapped = (32..=160).contains(&widest) && enough && beyond * 10 <= lines.len();
    wrapped.then_some(widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let (paragraphs, _) = read(source, 0);
        paragraphs
            .iter()
            .map(|paragraph| paragraph.raw(source).into_owned())
            .collect()
    }

    #[test]
    fn joins_hard_wrapped_lines() {
        let source = "这次会议的任务是总结去年工作，分析当前形势，部署今\n\
                      年的重点任务，动员全县干部群众进一步解放思想，扎\n\
                      实苦干，确保完成全年目标。各级各部门要认真学习领\n\
                      会，抓好落实。";
        assert_eq!(texts(source), [source.replace('\n', "")]);
    }

    #[test]
    fn joins_torn_links_between_empty_lines() {
        let source = "大会听取了\n工作报告\n。会议充分肯定成绩。\n\n会议强调，要抓落实。\n\n会议要求，要讲实效。\n\n会议号召大家努力。";
        assert_eq!(texts(source)[0], "大会听取了工作报告。会议充分肯定成绩。");
        assert_eq!(texts(source).len(), 4);
    }

    #[test]
    fn joins_footnote_references() {
        let source = "他在报告中说\n[\n1\n]\n，情况很好。\n\n第二段。\n\n第三段。\n\n↑\n \n原文如此。";
        assert_eq!(
            texts(source),
            [
                "他在报告中说[1]，情况很好。",
                "第二段。",
                "第三段。",
                "↑原文如此。"
            ]
        );
    }

    #[test]
    fn keeps_lines_that_are_paragraphs() {
        let source =
            "关于节水的通知\n各街道办事处：\n现通知如下。\n一、提高认识\n某某市人民政府\n2024年3月5日";
        assert_eq!(texts(source).len(), 6);
    }

    #[test]
    fn joins_a_name_torn_from_its_office_and_keeps_the_blank() {
        assert_eq!(
            texts("市长\u{3000}\n王\u{3000}明\n各位代表："),
            ["市长\u{3000}王\u{3000}明", "各位代表："]
        );
    }

    #[test]
    fn puts_a_blank_between_joined_latin_words() {
        let source = "推广使用（Open\nDocument）格式。";
        assert_eq!(texts(source), ["推广使用（Open Document）格式。"]);
    }

    #[test]
    fn invisible_lines_part_nothing() {
        let source = "社会财产没\n\u{200B}\n有损失，情况很好。我们要保持。";
        let all: String = texts(source).concat();
        assert_eq!(
            all.replace('\u{200B}', ""),
            source.replace(['\u{200B}', '\n'], "")
        );
    }

    #[test]
    fn cuts_paragraphs_anywhere() {
        let source = "同志们：今天开会。";
        let (paragraphs, _) = read(source, 0);
        let (before, after) = paragraphs[0].clone().cut(source, "同志们：".len());
        assert_eq!(before.raw(source), "同志们：");
        assert_eq!(after.raw(source), "今天开会。");
    }
}
