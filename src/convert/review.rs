//! Corrections and findings as marks of a review in the DOCX, at their places in the styled paragraphs.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::model::{Document, Text};
use crate::source::Span;
use crate::style::StyledDocument;
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
    let mut review = Review {
        changes: vec![Vec::new(); texts.len()],
        comments: vec![Vec::new(); texts.len()],
    };
    if options.revisions {
        for edit in joined(edits) {
            let place = texts.iter().position(|text| {
                text.is_some_and(|(span, _)| span.start <= edit.span.start && edit.span.end <= span.end)
            });
            let Some((number, (_, text))) = place.and_then(|i| Some((i, texts[i]?))) else {
                continue;
            };
            let inserted = text.range_of(edit.span);
            // Characters that a repair of the layout put elsewhere cannot be shown where they stood.
            if text.as_str().get(inserted.clone()) == Some(edit.after.as_str()) {
                review.changes[number].push(Change {
                    inserted,
                    deleted: edit.before,
                });
            }
        }
    }
    if options.comments {
        for found in diagnostics.iter().filter(|found| found.severity > Severity::Info) {
            let Some(span) = found.span else { continue };
            let at = styled
                .paragraphs
                .iter()
                .position(|paragraph| paragraph.span.start <= span.start && span.start < paragraph.span.end);
            let Some(number) = at.filter(|&number| styled.paragraphs[number].table.is_none()) else {
                continue;
            };
            let text = &styled.paragraphs[number].text;
            let range = texts[number].map_or(0..text.len(), |(_, text)| text.range_of(span));
            let help = found
                .help
                .as_ref()
                .map(|help| format!("；{}", help.zh))
                .unwrap_or_default();
            review.comments[number].push(Remark {
                range: visible(text, range),
                text: format!("{}{help}（{}）", found.message.zh, found.code),
            });
        }
    }
    review
}

/// For each styled paragraph the text it shows unchanged, and where that stands in the source.
fn texts<'a>(document: &'a Document, styled: &StyledDocument) -> Vec<Option<(Span, &'a Text)>> {
    let mut blocks = document.blocks.iter();
    let paragraphs = styled.paragraphs.iter();
    paragraphs
        .map(|paragraph| {
            // Paragraphs keep the order of their blocks; a signature's may come with blocks of its own between.
            let mut ahead = blocks.clone();
            let block = ahead.find(|block| block.span == paragraph.span)?;
            blocks = ahead;
            let same = paragraph.table.is_none() && block.text.as_str() == paragraph.text;
            same.then_some((block.span, &block.text))
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
