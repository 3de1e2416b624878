//! Corrections and findings as marks of a review in the DOCX, at their places in the styled paragraphs.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::model::{Document, Text};
use crate::source::Span;
use crate::style::{StyledDocument, StyledTable};
use crate::writer::docx::{Change, Remark, Review};

/// What a reviewer wants to see in the DOCX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewOptions {
    /// Corrections as tracked changes.
    pub revisions: bool,
    /// Findings as comments: warnings and errors.
    pub comments: bool,
}

/// The marks of a text.
pub(super) fn review(
    options: ReviewOptions,
    document: &Document,
    styled: &StyledDocument,
    edits: &[Edit],
    diagnostics: &[Diagnostic],
) -> Review {
    if options == ReviewOptions::default() {
        return Review::default();
    }
    let texts = texts(document, styled);
    let mut changes = vec![Vec::new(); texts.len()];
    let mut comments = vec![Vec::new(); texts.len()];
    if options.revisions {
        let places = Places::new(texts.iter().map(|text| text.as_ref().map(|text| text.span)));
        for edit in joined(edits) {
            let shown = places.around(edit.span.start).into_iter().find_map(|number| {
                let text = texts[number].as_ref()?;
                Some((number, text, text.range_of(edit.span)?))
            });
            let Some((number, text, inserted)) = shown else {
                continue;
            };
            // What parts the cells of a table is no text of theirs.
            let table = styled.paragraphs[number].table.as_ref();
            if table.is_some_and(|table| !is_inside_cell(table, &inserted, &edit.before)) {
                continue;
            }
            // Characters that a repair of the layout put elsewhere cannot be shown where they stood.
            if text.as_str().get(inserted.clone()) == Some(edit.after.as_str()) {
                changes[number].push(Change {
                    inserted,
                    deleted: edit.before,
                });
            }
        }
    }
    if options.comments {
        let places = Places::new(styled.paragraphs.iter().map(|shown| Some(shown.span)));
        for found in diagnostics.iter().filter(|found| found.severity > Severity::Info) {
            let Some(span) = found.span else { continue };
            let mut numbers = places.around(span.start);
            numbers.retain(|&number| span.start < styled.paragraphs[number].span.end);
            let exact = |number: usize| texts[number].as_ref().and_then(|text| text.range_of(span));
            let found_in = numbers.iter().find_map(|&number| Some((number, exact(number)?)));
            // Where the text is not shown as it stands, the comment is about the whole of its paragraph.
            let whole = || {
                let number = *numbers.first()?;
                Some((number, 0..styled.paragraphs[number].text.len()))
            };
            let Some((number, range)) = found_in.or_else(whole) else {
                continue;
            };
            let paragraph = &styled.paragraphs[number];
            let range = match &paragraph.table {
                Some(table) => in_cell(table, &range),
                None => visible(&paragraph.text, range),
            };
            let help = found
                .help
                .as_ref()
                .map(|help| format!("；{}", help.zh))
                .unwrap_or_default();
            comments[number].push(Remark {
                range,
                text: format!("{}{help}（{}）", found.message.zh, found.code),
            });
        }
    }
    Review { changes, comments }
}

/// Paragraphs by their places in the source, so that those around a place are found without asking all.
struct Places {
    /// Each paragraph's place and number, in the order of their beginnings.
    by_start: Vec<(Span, usize)>,
    /// For each of them the furthest end up to it.
    reach: Vec<usize>,
}

impl Places {
    /// The places of paragraphs, in the order of their numbers; those without a place are never found.
    fn new(spans: impl Iterator<Item = Option<Span>>) -> Places {
        let mut by_start: Vec<(Span, usize)> = spans
            .enumerate()
            .filter_map(|(number, span)| Some((span?, number)))
            .collect();
        by_start.sort_unstable();
        let mut furthest = 0;
        let reach = by_start.iter().map(|(span, _)| {
            furthest = furthest.max(span.end);
            furthest
        });
        Places {
            reach: reach.collect(),
            by_start,
        }
    }

    /// The numbers of the paragraphs that begin at `offset` or before and end there or behind, in order.
    fn around(&self, offset: usize) -> Vec<usize> {
        let begun = self.by_start.partition_point(|(span, _)| span.start <= offset);
        let mut numbers: Vec<usize> = (0..begun)
            .rev()
            .take_while(|&i| self.reach[i] >= offset)
            .map(|i| self.by_start[i])
            .filter(|(span, _)| span.end >= offset)
            .map(|(_, number)| number)
            .collect();
        numbers.sort_unstable();
        numbers
    }
}

/// A part of the text of a block that a paragraph shows unchanged: all of it, or one of the names on its line.
struct Shown<'a> {
    /// Where the block stands in the source.
    span: Span,
    block: &'a Text,
    /// The bytes of the block's text that are the paragraph's.
    part: Range<usize>,
}

impl Shown<'_> {
    /// The paragraph's text.
    fn as_str(&self) -> &str {
        &self.block.as_str()[self.part.clone()]
    }

    /// The bytes of the paragraph's text that came from `span` of the source, where they are all in it.
    fn range_of(&self, span: Span) -> Option<Range<usize>> {
        if span.start < self.span.start || self.span.end < span.end {
            return None;
        }
        let range = self.block.range_of(span);
        (self.part.start <= range.start && range.end <= self.part.end)
            .then(|| range.start - self.part.start..range.end - self.part.start)
    }
}

/// For each styled paragraph the text it shows unchanged, and where that stands in the source.
fn texts<'a>(document: &'a Document, styled: &StyledDocument) -> Vec<Option<Shown<'a>>> {
    let mut blocks = document.blocks.iter();
    let paragraphs = styled.paragraphs.iter();
    paragraphs
        .map(|paragraph| {
            // Most paragraphs keep the order of their blocks; 版头 and 版记 have an order of their own.
            let mut ahead = blocks.clone();
            let block = match ahead.find(|block| block.span == paragraph.span) {
                Some(block) => {
                    blocks = ahead;
                    block
                }
                None => document
                    .blocks
                    .iter()
                    .find(|block| block.span == paragraph.span)?,
            };
            let start = block.text.as_str().find(&paragraph.text)?;
            Some(Shown {
                span: block.span,
                block: &block.text,
                part: start..start + paragraph.text.len(),
            })
        })
        .collect()
}

/// Edits that touch each other as one, for their characters cannot be told apart in the corrected text.
fn joined(edits: &[Edit]) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match joined.last_mut() {
            Some(last) if last.span.end == edit.span.start => {
                last.span = Span::new(last.span.start, edit.span.end);
                last.before.push_str(&edit.before);
                last.after.push_str(&edit.after);
            }
            _ => joined.push(edit.clone()),
        }
    }
    joined
}

/// Whether a change of `inserted` for `deleted` lies within one cell.
fn is_inside_cell(table: &StyledTable, inserted: &Range<usize>, deleted: &str) -> bool {
    let holds = |cell: &Range<usize>| cell.start <= inserted.start && inserted.end <= cell.end;
    table.cells.iter().any(|cell| !cell.is_empty() && holds(cell)) && !deleted.contains(['\t', '\n', '|'])
}

/// What of `range` lies in the cell where it begins, or in the next one; all of that cell where nothing does.
fn in_cell(table: &StyledTable, range: &Range<usize>) -> Range<usize> {
    let cells = || table.cells.iter().filter(|cell| !cell.is_empty());
    let Some(cell) = cells()
        .find(|cell| range.start < cell.end)
        .or(cells().next_back())
    else {
        return 0..0;
    };
    let (start, end) = (range.start.max(cell.start), range.end.min(cell.end));
    if start < end { start..end } else { cell.clone() }
}

/// `range`, or the character beside it when it is empty: a comment needs something to point at.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    if !range.is_empty() {
        return range;
    }
    if let Some(next) = text[range.start..].chars().next() {
        return range.start..range.start + next.len_utf8();
    }
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    text.len() - last..text.len()
}
