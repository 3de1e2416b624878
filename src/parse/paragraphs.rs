//! From lines to paragraphs: joins what the source tore apart.
//!
//! Only white space changes here: every visible character of the source stays, in order. Which lines belong together is
//! decided by [`super::joins`].

use std::borrow::Cow;
use std::ops::Range;

use super::front_matter;
use super::joins::{Habits, State};
use super::lines::{self, Line};
use super::look::Look;
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
    /// What a look at it tells, while it is a line as it stands.
    pub(super) look: Option<Look>,
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
            look: Some(line.look),
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

    /// What a look at it tells.
    pub(super) fn look(&self, source: &str) -> Look {
        self.look.unwrap_or_else(|| Look::of(&self.raw(source)))
    }

    /// Its text with the source place of each character.
    pub(super) fn text(&self, source: &str) -> Text {
        if let [piece] = self.pieces[..] {
            return Text::from_source(source, piece.span);
        }
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

    /// Where bytes of [`Paragraph::raw`] stand in the source, unless they are of several lines.
    pub(super) fn place(&self, part: Range<usize>) -> Option<Span> {
        let mut at = 0;
        for piece in &self.pieces {
            let start = at + usize::from(piece.spaced);
            at = start + (piece.span.end - piece.span.start);
            if start <= part.start && part.end <= at {
                let from = piece.span.start + (part.start - start);
                return Some(Span::new(from, from + part.len()));
            }
        }
        None
    }

    /// The part of the source from its first to its last character.
    pub(super) fn span(&self) -> Span {
        let first = self.pieces.first().map_or(0, |piece| piece.span.start);
        let last = self.pieces.last().map_or(first, |piece| piece.span.end);
        Span::new(first, last)
    }

    /// Takes in the blanks before it on its first line: the empty cells that a row of a table begins with.
    pub(super) fn take_in_blanks_before(&mut self, source: &str) {
        self.look = None;
        if let Some(first) = self.pieces.first_mut() {
            let before = &source[..first.span.start];
            first.span.start = before.trim_end_matches([' ', '\t', '\u{3000}']).len();
        }
    }

    /// Cuts the paragraph before the byte `offset` of [`Paragraph::raw`]; blanks at the cut are dropped.
    pub(super) fn cut(mut self, source: &str, offset: usize) -> (Paragraph, Paragraph) {
        self.look = None;
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
        self.look = None;
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
        self.look = None;
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

/// What was seen in any of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Characters that only traditional writing has.
    pub(super) traditional: bool,
    /// Characters that may be entities or invisible.
    pub(super) unclean: bool,
}

impl Seen {
    /// Takes up what a look tells.
    pub(super) fn add(&mut self, look: &Look) {
        self.traditional |= look.is_traditional;
        self.unclean |= look.is_unclean;
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
    /// What its lines have.
    pub(super) seen: Seen,
}

/// Reads the paragraphs of `source` from the byte `from` on.
pub(super) fn read(source: &str, from: usize) -> (Vec<Paragraph>, Repairs) {
    let (lines, split) = lines::split_run_on(source, lines::cut(source, from));
    let habits = Habits::of(source, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut joined = 0;
    let mut seen = Seen::default();
    let mut state = State::default();
    let mut pending: Vec<Line> = Vec::new();
    let mut previous: Option<&Line> = None;
    let mut mark_alone = None;
    for (index, line) in lines.iter().enumerate() {
        seen.add(&line.look);
        if line.invisible {
            // Nothing to see: it goes with its neighbour, so that its characters are kept and nothing is parted.
            match paragraphs.last_mut() {
                Some(last) => last.push(source, line, false),
                None => pending.push(*line),
            }
            continue;
        }
        let before = previous.replace(line);
        // A mark on a line of its own left nothing to join to.
        let joins = mark_alone.is_none()
            && before.is_some_and(|before| habits.join(source, before, line, index, &state));
        if joins {
            let name = before.is_some_and(|before| before.wide_blank_after);
            if let Some(last) = paragraphs.last_mut() {
                last.push(source, line, name);
            }
            joined += 1;
            state.extend(source, line);
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
                // There is no paragraph that the line below could join.
                previous = None;
                continue;
            }
            for invisible in pending.drain(..) {
                paragraph.look = None;
                paragraph.pieces.insert(
                    paragraph.pieces.len() - 1,
                    Piece {
                        span: invisible.span,
                        spaced: false,
                    },
                );
            }
            state = State::new(paragraphs.is_empty());
            paragraphs.push(paragraph);
            state.extend(source, line);
        }
    }
    for line in pending {
        paragraphs.push(Paragraph::of(&line));
    }
    let repairs = Repairs {
        joined,
        split,
        wrapped_at: habits.wrapped_at,
        seen,
    };
    (paragraphs, repairs)
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
    fn the_line_below_a_lone_mark_joins_nothing() {
        assert_eq!(texts("{#标题}\n\r\n》"), ["》"]);
        assert_eq!(texts("各位代表\n{#标题}\n》"), ["各位代表", "》"]);
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
