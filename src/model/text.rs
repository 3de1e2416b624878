//! Text that knows where each of its characters stands in the source.

use std::ops::Range;

use crate::source::Span;

/// A run of characters taken from the source as they are, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Where the run begins in the text.
    start: usize,
    /// Where the run begins in the source.
    source: usize,
    /// Its length in both.
    len: usize,
}

/// A paragraph's text, with the source position of every character that came from there.
///
/// A paragraph is nearly always one slice of the source; joined lines and corrections make it several, with inserted
/// characters between them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    string: String,
    segments: Vec<Segment>,
}

impl Text {
    /// The text at `span` of `source`, as it stands there.
    pub fn from_source(source: &str, span: Span) -> Self {
        // Made in one step, because a text may have a million paragraphs and a list that grows takes room to spare.
        let segment = (span.start < span.end).then(|| Segment {
            start: 0,
            source: span.start,
            len: span.end - span.start,
        });
        Text {
            string: span.of(source).to_owned(),
            segments: segment.map_or_else(Vec::new, |segment| vec![segment]),
        }
    }

    /// Appends the text at `span` of `source`.
    pub fn push_source(&mut self, source: &str, span: Span) {
        if span.start == span.end {
            return;
        }
        let start = self.string.len();
        self.string.push_str(span.of(source));
        match self.segments.last_mut() {
            Some(last) if last.start + last.len == start && last.source + last.len == span.start => {
                last.len += span.end - span.start;
            }
            _ => self.segments.push(Segment {
                start,
                source: span.start,
                len: span.end - span.start,
            }),
        }
    }

    /// Appends characters that don't stand in the source.
    pub fn push_inserted(&mut self, inserted: &str) {
        self.string.push_str(inserted);
    }

    /// Appends another text with the source places of its characters.
    pub fn push_text(&mut self, other: &Text) {
        let offset = self.string.len();
        self.string.push_str(&other.string);
        let moved = other.segments.iter().map(|segment| Segment {
            start: segment.start + offset,
            ..*segment
        });
        self.segments.extend(moved);
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Replaces the bytes `range` by `with`; what stood there before no longer counts as taken from the source.
    ///
    /// # Panics
    /// When `range` does not lie on character boundaries inside the text.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        self.replace_all([(range, with)]);
    }

    /// Makes several replacements at once, in time linear in the text: `changes` are in order, disjoint, and count bytes
    /// of the text as it is before any of them.
    ///
    /// # Panics
    /// When a range does not lie on character boundaries inside the text, or before the end of the last.
    pub fn replace_all<'a>(&mut self, changes: impl IntoIterator<Item = (Range<usize>, &'a str)>) {
        let mut new = Text::default();
        let mut segments = self.segments.iter().copied().peekable();
        let mut done = 0;
        for (range, with) in changes {
            new.push_part(&self.string, &mut segments, done..range.start);
            new.string.push_str(with);
            done = range.end;
        }
        new.push_part(&self.string, &mut segments, done..self.string.len());
        *self = new;
    }

    /// Appends `range` of another text, whose segments that end after its start are still in `segments`.
    fn push_part(
        &mut self,
        string: &str,
        segments: &mut std::iter::Peekable<impl Iterator<Item = Segment>>,
        range: Range<usize>,
    ) {
        let base = self.string.len();
        self.string.push_str(&string[range.clone()]);
        while let Some(&segment) = segments.peek() {
            let end = segment.start + segment.len;
            let (from, to) = (segment.start.max(range.start), end.min(range.end));
            if from < to {
                let part = Segment {
                    start: base + (from - range.start),
                    source: segment.source + (from - segment.start),
                    len: to - from,
                };
                match self.segments.last_mut() {
                    Some(last)
                        if last.start + last.len == part.start && last.source + last.len == part.source =>
                    {
                        last.len += part.len;
                    }
                    _ => self.segments.push(part),
                }
            }
            if end > range.end {
                break;
            }
            segments.next();
        }
    }

    /// The place in the source of the bytes `range`.
    ///
    /// Characters that don't stand in the source count as standing where their neighbours do, so that an insertion has
    /// the empty span between them.
    pub fn source_span(&self, range: Range<usize>) -> Span {
        let start = self.source_of(range.start, true);
        let end = if range.is_empty() {
            start
        } else {
            self.source_of(range.end, false)
        };
        Span::new(start, end.max(start))
    }

    /// The bytes of the text that stand for `span` of the source: what came from there, and what took its place.
    pub fn range_of(&self, span: Span) -> Range<usize> {
        let (from, to) = (span.start, span.end);
        let ends = |segment: &Segment| segment.source + segment.len;
        // A character that is still there begins and ends the range; one that is gone leaves it to its neighbours.
        let at_start = |segment: &&Segment| from < to && segment.source <= from && from < ends(segment);
        let before = |segment: &&Segment| segment.source < from;
        let start = match self.segments.iter().find(at_start) {
            Some(segment) => segment.start + (from - segment.source),
            None => self.segments.iter().rev().find(before).map_or(0, |segment| {
                segment.start + segment.len.min(from - segment.source)
            }),
        };
        let at_end = |segment: &&Segment| from < to && segment.source < to && to <= ends(segment);
        let behind = |segment: &&Segment| ends(segment) > to;
        let end = match self.segments.iter().find(at_end) {
            Some(segment) => segment.start + (to - segment.source),
            None => self
                .segments
                .iter()
                .find(behind)
                .map_or(self.string.len(), |segment| {
                    segment.start + to.saturating_sub(segment.source)
                }),
        };
        start..end.max(start)
    }

    /// The source offset of the boundary at `offset`: of the character after it (`forward`) or before it.
    fn source_of(&self, offset: usize, forward: bool) -> usize {
        let next = self.segments.partition_point(|segment| {
            let end = segment.start + segment.len;
            if forward { end <= offset } else { end < offset }
        });
        let last = next.checked_sub(1).map(|i| &self.segments[i]);
        let last_end = last.map(|segment| segment.source + segment.len);
        let Some(segment) = self.segments.get(next) else {
            return last_end.unwrap_or(0);
        };
        if offset >= segment.start && (forward || offset > segment.start) {
            return segment.source + (offset - segment.start);
        }
        match last_end {
            Some(end) if !forward => end,
            _ => segment.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_back_through_a_replacement() {
        let source = "  祝贺!x主任";
        let mut text = Text::from_source(source, Span::new(2, source.len()));
        text.replace(6..7, "！");
        assert_eq!(text.as_str(), "祝贺！x主任");
        assert_eq!(text.source_span(0..6), Span::new(2, 8));
        assert_eq!(text.source_span(9..10), Span::new(9, 10));
        assert_eq!(text.source_span(10..16), Span::new(10, 16));
    }

    #[test]
    fn joins_lines_and_keeps_both_places() {
        let source = "一二\n三";
        let mut text = Text::from_source(source, Span::new(0, 6));
        text.push_source(source, Span::new(7, 10));
        assert_eq!(text.as_str(), "一二三");
        assert_eq!(text.source_span(3..6), Span::new(3, 6));
        assert_eq!(text.source_span(6..9), Span::new(7, 10));
        assert_eq!(text.source_span(3..9), Span::new(3, 10));
    }

    #[test]
    fn an_insertion_stands_between_its_neighbours() {
        let mut text = Text::from_source("甲乙", Span::new(0, 6));
        text.replace(3..3, "、");
        assert_eq!(text.as_str(), "甲、乙");
        assert_eq!(text.source_span(0..3), Span::new(0, 3));
        assert_eq!(text.source_span(6..9), Span::new(3, 6));
    }

    #[test]
    fn places_of_the_source_are_found_again() {
        let source = "甲,乙;;丙";
        let mut text = Text::from_source(source, Span::new(0, source.len()));
        text.replace_all([(3..4, "，"), (7..9, "；"), (12..12, "。")]);
        assert_eq!(text.as_str(), "甲，乙；丙。");
        let found = |start, end| text.as_str()[text.range_of(Span::new(start, end))].to_owned();
        assert_eq!(found(3, 4), "，");
        assert_eq!(found(4, 7), "乙");
        assert_eq!(found(7, 9), "；");
        assert_eq!(found(12, 12), "。");
        assert_eq!(found(0, 12), "甲，乙；丙");
        assert_eq!(found(3, 9), "，乙；");
    }

    #[test]
    fn a_deletion_keeps_the_rest_in_place() {
        let mut text = Text::from_source("甲乙丙", Span::new(0, 9));
        text.replace(3..6, "");
        assert_eq!(text.as_str(), "甲丙");
        assert_eq!(text.source_span(3..6), Span::new(6, 9));
    }

    #[test]
    fn several_replacements_equal_one_after_the_other() {
        let source = "甲,乙\n丙;丁";
        let mut text = Text::from_source(source, Span::new(0, 7));
        text.push_source(source, Span::new(8, 15));
        let mut single = text.clone();
        single.replace(10..11, "；");
        single.replace(7..7, "（");
        single.replace(3..4, "");
        text.replace_all([(3..4, ""), (7..7, "（"), (10..11, "；")]);
        assert_eq!(text, single);
        assert_eq!(text.source_span(0..text.as_str().len()), Span::new(0, 15));
    }
}
