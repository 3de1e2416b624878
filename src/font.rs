//! Typefaces: which face draws a character, how wide it is, and its outline data.
//!
//! A [`FontBook`] maps each category of type (仿宋, 楷体 …) to a chain of faces and finds for every character the first
//! that has it. It leaves positions to `layout` and embedding to the writers, and never yields a missing glyph.

pub mod alias;
mod book;
mod candidate;
pub(crate) mod deflate;
pub mod embed;
mod face;
mod ink;
pub mod subset;

pub use book::{FontBook, FontError, FontFile};
pub use candidate::{Candidate, best, candidates};
pub use face::Face;

/// A face of a [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The glyph that draws one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlyphChoice {
    /// The face it comes from.
    pub face: FaceId,
    /// Its number in that face; never 0.
    pub glyph: u16,
    /// Its advance width in thousandths of the em, rounded to the nearest: the unit of PDF width tables.
    pub advance: u16,
    /// Whether it comes from another face than the first one asked: a substitution to be reported.
    pub substituted: bool,
}

/// Whether a character is set in the Latin face when it stands in Chinese text.
///
/// Letters, digits and the marks of ASCII are; quotation marks, dashes, ellipses and all that is full-width in Chinese
/// are not (GB/T 15834 gives them a full em).
pub fn is_latin(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{7e}' | '\u{a0}' | '\u{c0}'..='\u{24f}')
}
