//! From text to elements.
//!
//! Two passes: each paragraph is looked at by itself (`shape`, `ordinal`), then the document as a whole decides what
//! the looks mean: head, body, tail, 版记 and attachments, with numbering read as a sequence. Before that, paragraphs that
//! the source tore apart or ran together are put right (`paragraphs`, `glued`).
//!
//! Parsing never fails: odd text gives a document and findings. It keeps one rule: every visible character of the source
//! stands in exactly one block, in order; what is repaired beyond white space is a listed edit.

mod attachments;
mod body;
mod date;
mod doubts;
mod draft;
mod front_matter;
mod given;
mod glued;
mod head;
mod instruction;
mod joins;
mod kind;
mod levels;
mod lines;
mod look;
mod markdown;
mod marks;
pub mod metadata;
mod numbering;
mod numerals;
mod ordinal;
mod paragraphs;
mod plain;
mod repair;
mod residue;
mod sentence;
mod shape;
mod table;
mod tail;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

pub(crate) use vocabulary::is_organ;

use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Block, Document, Kind, Lead, Role};
use draft::Draft;
use look::Look;
use metadata::Given;

pub use front_matter::Field;
pub use instruction::Instruction;

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
    /// What the front matter says that is in no element: `style` and `author`.
    pub fields: Vec<Field>,
    /// The instructions to this program, in source order.
    pub instructions: Vec<Instruction>,
}

impl Parsed {
    /// Gives the document what its text lacks, such as 发文字号, in its place among the others. What stands in the text
    /// or in its front matter is replaced, and the replacement is an edit.
    pub fn give(&mut self, given: &Given) {
        given::give(self, given, None);
    }
}

/// Reads the elements of a decoded text.
pub fn parse(source: &str, options: &ParseOptions) -> Parsed {
    let front_matter = front_matter::read(source);
    let not_closed = match front_matter {
        Some(_) => None,
        None => front_matter::not_closed(source),
    };
    let (lines, start) = front_matter.unwrap_or_default();
    let (paragraphs, mut repairs) = paragraphs::read(source, start);
    let (paragraphs, cuts) = glued::split(source, paragraphs);
    repairs.split += cuts;
    let instructions = instruction::read(source, start);
    let mut seen = repairs.seen;
    if start > 0 || !instructions.is_empty() {
        // What is no line of the text is written as the text is.
        seen.add(&Look::of(source));
    }
    let mut draft = Draft::new(source, paragraphs, seen);
    understand(&mut draft, source, options);
    let mut parsed = Parsed::default();
    parsed.document.kind = draft.kind;
    assemble(&mut draft, source, options.repair, &mut parsed);
    front_matter::apply(source, &lines, &mut parsed);
    if let Some(kind) = options.kind {
        parsed.document.kind = kind;
    }
    let first_mark = || {
        draft
            .paragraphs
            .iter()
            .flat_map(|paragraph| draft.marks(source, paragraph))
            .next()
    };
    let kept = if options.repair { None } else { first_mark() };
    parsed.diagnostics.extend(not_closed);
    parsed
        .diagnostics
        .extend(doubts::find(&parsed.document, &repairs, kept));
    parsed
        .diagnostics
        .sort_by_key(|found| found.span.map(|span| span.start));
    parsed.instructions = instructions;
    parsed
}

/// Decides the role of every paragraph.
fn understand(draft: &mut Draft<'_>, source: &str, options: &ParseOptions) {
    for index in 0..draft.len() {
        if draft.script.markdown && draft.text(index).is_empty() {
            draft.decide(index, Role::Other, "Markdown 的标记", "marks of Markdown");
        }
    }
    residue::mark(draft);
    table::mark(draft, source);
    let text = head::read(draft, 0);
    draft.kind = options.kind.unwrap_or_else(|| kind::find(draft));
    let end = attachments::find(draft, text).unwrap_or(draft.len());
    if end < draft.len() {
        tail::read_imprint(draft, end, draft.len());
    }
    tail::read(draft, text, end);
    body::read(draft, text, end);
    if end < draft.len() {
        attachments::read(draft, end);
    }
    for index in 0..draft.len() {
        draft.decide(
            index,
            Role::Body,
            "没有其他要素的特征",
            "nothing speaks for another element",
        );
    }
}

/// Makes blocks of the paragraphs, with what was decided about them.
fn assemble(draft: &mut Draft<'_>, source: &str, repair: bool, parsed: &mut Parsed) {
    let verdicts = std::mem::take(&mut draft.verdicts);
    let blocks = &mut parsed.document.blocks;
    for ((paragraph, facts), verdict) in draft.paragraphs.iter().zip(&draft.facts).zip(verdicts) {
        let Some(verdict) = verdict else { continue };
        let text = if repair && draft.script.has_residue() {
            let marks = draft.marks(source, paragraph);
            repair::text(source, paragraph.pieces(), &marks, &mut parsed.edits)
        } else {
            paragraph.text(source)
        };
        if text.is_empty() {
            continue;
        }
        let span = paragraph.span();
        if verdict.continues
            && let Some(last) = blocks.last_mut()
        {
            let last: &mut Block = last;
            last.text.push_inserted("\n");
            last.text.push_text(&text);
            last.span = last.span.join(span);
            continue;
        }
        let mut block = Block::new(verdict.role, text, span);
        if let Some(level) = verdict.level {
            let text = block.text.as_str();
            let lead = match text == facts.text {
                true => facts.lead,
                false => sentence::first(text),
            };
            let len = lead.unwrap_or(text.len());
            block.lead = Some(Lead { level, len });
        }
        block.evidence = vec![verdict.why];
        blocks.push(block);
    }
}
