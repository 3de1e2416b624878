//! Which role each paragraph has: found by the parser of plain texts.

use super::looks::Document;
use crate::model::{Role, RunInLevel};
use crate::parse::{ParseOptions, parse};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Assigned {
    /// Its role.
    pub(super) role: Role,
    /// Level and length in bytes of its lead.
    pub(super) lead: Option<(RunInLevel, usize)>,
}

/// The role of each paragraph; `None` for empty ones.
pub(super) fn assign(document: &Document<'_>) -> Vec<Option<Assigned>> {
    let mut source = String::new();
    let mut starts = Vec::with_capacity(document.paragraphs.len());
    for paragraph in &document.paragraphs {
        starts.push(source.len());
        source.push_str(&paragraph.text);
        source.push('\n');
    }
    let options = ParseOptions {
        repair: false,
        ..ParseOptions::default()
    };
    let blocks = parse(&source, &options).document.blocks;
    let mut blocks = blocks.iter().peekable();
    let mut assigned = Vec::with_capacity(starts.len());
    for (paragraph, start) in document.paragraphs.iter().zip(starts) {
        let trimmed = paragraph.text.trim_start();
        let first = start + paragraph.text.len() - trimmed.len();
        if trimmed.is_empty() {
            assigned.push(None);
            continue;
        }
        while blocks.next_if(|block| block.span.end <= first).is_some() {}
        let block = blocks.peek().filter(|block| block.span.start <= first);
        assigned.push(block.map(|block| {
            Assigned {
                role: block.role,
                lead: block
                    .lead
                    .filter(|_| block.span.start == first)
                    .map(|lead| (lead.level, first - start + lead.len)),
            }
        }));
    }
    assigned
}
