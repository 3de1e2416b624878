//! Composite outlines: glyphs made of others, whose numbers change when a subset is made.
//!
//! The one thing of a TrueType outline that is ever changed is the number of a part. Which glyphs a subset holds is
//! known once every composite has been through here.

use super::{Part, SubsetGlyph};
use crate::font::face::{Face, u16_at};

/// Whether an outline is made of other glyphs.
pub(super) fn is_composite(outline: &[u8]) -> bool {
    u16_at(outline, 0).is_some_and(|contours| (contours as i16) < 0)
}

/// The number of a whole glyph in `order`, where it is appended if it is not there.
fn number_in(order: &mut Vec<SubsetGlyph>, glyph: u16) -> u16 {
    let whole = SubsetGlyph::from(glyph);
    let number = order.iter().position(|other| *other == whole).unwrap_or_else(|| {
        order.push(whole);
        order.len() - 1
    });
    number as u16
}

// Flags of the parts of composite outlines (OpenType, `glyf`).
const ARGUMENTS_ARE_WORDS: u16 = 0x0001;
const ARGUMENTS_ARE_OFFSETS: u16 = 0x0002;
const HAS_SCALE: u16 = 0x0008;
const MORE_COMPONENTS: u16 = 0x0020;
const HAS_TWO_SCALES: u16 = 0x0040;
const HAS_MATRIX: u16 = 0x0080;

/// A composite outline whose parts have their numbers in `order`; empty when the outline is damaged.
pub(super) fn renumber_components(outline: &[u8], order: &mut Vec<SubsetGlyph>) -> Vec<u8> {
    let mut renumbered = outline.to_vec();
    // Number of contours and bounding box come first.
    let mut at = 10;
    loop {
        let (Some(flags), Some(component)) = (u16_at(&renumbered, at), u16_at(&renumbered, at + 2)) else {
            return Vec::new();
        };
        let number = number_in(order, component);
        renumbered[at + 2..at + 4].copy_from_slice(&number.to_be_bytes());
        at += 4 + if flags & ARGUMENTS_ARE_WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & HAS_SCALE != 0 => 2,
            _ if flags & HAS_TWO_SCALES != 0 => 4,
            _ if flags & HAS_MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE_COMPONENTS == 0 {
            return renumbered;
        }
    }
}

/// Half a glyph: a composite of the whole one, moved so that the half begins at the origin.
pub(super) fn half(face: &Face, glyph: u16, part: Part, order: &mut Vec<SubsetGlyph>) -> Vec<u8> {
    let outline = face.outline(glyph);
    let coordinate = |at: usize| u16_at(outline, at).map_or(0, |number| number as i16);
    let shift = half_shift(face, part);
    let mut composite = (-1i16).to_be_bytes().to_vec();
    for (at, shift) in [(2, shift), (4, 0), (6, shift), (8, 0)] {
        composite.extend(coordinate(at).saturating_sub(shift).to_be_bytes());
    }
    composite.extend((ARGUMENTS_ARE_WORDS | ARGUMENTS_ARE_OFFSETS).to_be_bytes());
    composite.extend(number_in(order, glyph).to_be_bytes());
    composite.extend((-shift).to_be_bytes());
    composite.extend([0, 0]);
    composite
}

/// How far left of its place in the whole glyph a half stands.
pub(super) fn half_shift(face: &Face, part: Part) -> i16 {
    match part {
        Part::RightHalf => (face.units_per_em() / 2) as i16,
        Part::Whole | Part::LeftHalf => 0,
    }
}
