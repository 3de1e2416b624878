//! Typefaces: which face draws a character, how wide it is, and its outline data.
//!
//! A [`FontBook`] maps each category of type (仿宋, 楷体 …) to a chain of faces and finds for every character the first
//! that has it. It leaves positions to `layout` and embedding to the writers, and never yields a missing glyph.

pub mod alias;
mod book;
mod candidate;
mod cff;
pub(crate) mod deflate;
pub mod embed;
mod face;
mod ink;
pub mod subset;

pub use book::{FontBook, FontError, FontFile};
pub use candidate::{Candidate, Read, best, candidates, named};
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

/// Whether a character has neither ink nor width, or only changes how its neighbour looks, and so needs no glyph:
/// controls, joiners, marks of direction, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

/// Whether a character is set in the Latin face when it stands in Chinese text.
///
/// Letters, digits and the marks of ASCII are; quotation marks, dashes, ellipses and all that is full-width in Chinese
/// are not (GB/T 15834 gives them a full em).
pub fn is_latin(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{7e}' | '\u{a0}' | '\u{c0}'..='\u{24f}')
}
