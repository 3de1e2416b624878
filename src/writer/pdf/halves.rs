//! Marks that the layout set closer together than their ems: the empty half is left out.
//!
//! Chinese marks have their ink in one half of the em, and squeezed ones overlap their neighbours with the other. In
//! 》、《 the last two would even begin at the same place, and programs that sort glyphs by place would read 》《、. So where
//! two ems overlap, the half without ink is cut off, with glyphs that are half an em wide. Nothing looks different.

use crate::font::subset::Part;
use crate::font::{Face, FontBook};
use crate::layout::{Glyph, PlacedLine};
use crate::units::Length;

/// The width of a mark that has an empty half, in thousandths of the em.
const EM: i64 = 1000;
/// Less than this part of the em, in thousandths, is tight setting, not a squeezed mark.
const OVERLAP: i64 = 250;
/// The ink of a mark may reach so far beyond the middle of the em, in thousandths.
const BEYOND: i64 = 30;

/// A glyph where it is written.
pub(super) struct Placed<'a> {
    pub(super) glyph: &'a Glyph,
    /// What of it is drawn.
    pub(super) part: Part,
    /// The origin of that part, from the left edge of the paper.
    pub(super) x: Length,
    /// The width of that part in thousandths of the em.
    pub(super) advance: i64,
}

/// The glyphs of a line, squeezed marks as halves.
pub(super) fn placed<'a>(line: &'a PlacedLine, fonts: &FontBook) -> Vec<Placed<'a>> {
    let count = line.runs.iter().map(|run| run.glyphs.len()).sum();
    let mut placed: Vec<Placed<'a>> = Vec::with_capacity(count);
    // The size and face of the glyph before.
    let mut before = None;
    for run in &line.runs {
        let (size, face) = (run.size, fonts.face(run.face));
        for glyph in &run.glyphs {
            let mut this = Placed {
                glyph,
                part: Part::Whole,
                x: glyph.x,
                advance: i64::from(glyph.advance),
            };
            if let (Some(last), Some((last_size, last_face))) = (placed.last_mut(), before) {
                if overlaps(last, last_size, this.x) && ends_early(last, last_face) {
                    last.part = Part::LeftHalf;
                    last.advance = EM / 2;
                }
                if overlaps(last, last_size, this.x) && begins_late(&this, face) {
                    this.part = Part::RightHalf;
                    this.advance = EM / 2;
                    this.x += size / 2;
                }
            }
            placed.push(this);
            before = Some((size, face));
        }
    }
    placed
}

fn overlaps(glyph: &Placed<'_>, size: Length, next: Length) -> bool {
    let end = glyph.x + size.scale(glyph.advance, EM);
    end - next > size.scale(OVERLAP, EM)
}

/// Whether a glyph of a full em has its ink in the left half.
fn ends_early(glyph: &Placed<'_>, face: &Face) -> bool {
    glyph.advance == EM && ink(glyph, face).is_some_and(|(_, right)| right <= EM / 2 + BEYOND)
}

/// Whether a glyph of a full em has its ink in the right half.
fn begins_late(glyph: &Placed<'_>, face: &Face) -> bool {
    glyph.advance == EM && ink(glyph, face).is_some_and(|(left, _)| left >= EM / 2 - BEYOND)
}

/// The left and right end of a glyph's ink, in thousandths of the em; `None` without ink.
fn ink(glyph: &Placed<'_>, face: &Face) -> Option<(i64, i64)> {
    let [left, _, right, _] = face.ink_box(glyph.glyph.id)?;
    let in_thousandths = |units| i64::from(units) * EM / i64::from(face.units_per_em().max(1));
    Some((in_thousandths(left), in_thousandths(right)))
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use super::*;
    use crate::layout::GlyphRun;
    use crate::profile::{FontRole, Ink};

    /// Parts and places, in halves of the em, of a line whose characters begin at these places; size 16 pt.
    fn halves(characters: &[(char, i64)], fonts: &FontBook) -> Vec<(Part, i64, i64)> {
        let half = Length::pt(8);
        let runs = characters.iter().map(|(c, x)| {
            let choice = fonts.glyph(FontRole::Fangsong, *c).unwrap();
            GlyphRun {
                face: choice.face,
                size: Length::pt(16),
                bold: false,
                ink: Ink::Black,
                glyphs: vec![Glyph {
                    id: choice.glyph,
                    advance: choice.advance,
                    x: half * *x,
                    start: 0,
                    len: 0,
                }],
            }
        });
        let line = PlacedLine {
            element: 0,
            baseline: Length::ZERO,
            runs: runs.collect(),
        };
        placed(&line, fonts)
            .iter()
            .map(|placed| {
                (
                    placed.part,
                    placed.x.to_emu() / half.to_emu(),
                    placed.advance / 500,
                )
            })
            .collect()
    }

    #[test]
    fn squeezed_marks_are_halves_in_reading_order() {
        use Part::{LeftHalf, RightHalf, Whole};
        let fonts = FontBook::bundled().unwrap();
        // 》、《 in two ems.
        assert_eq!(
            halves(&[('书', 0), ('》', 2), ('、', 3), ('《', 3), ('名', 5)], &fonts),
            [
                (Whole, 0, 2),
                (LeftHalf, 2, 1),
                (LeftHalf, 3, 1),
                (RightHalf, 4, 1),
                (Whole, 5, 2)
            ]
        );
        // 》《 in an em and a half: only the first need give.
        assert_eq!(
            halves(&[('》', 0), ('《', 1), ('名', 3)], &fonts),
            [(LeftHalf, 0, 1), (Whole, 1, 2), (Whole, 3, 2)]
        );
        // “《 in an em and a half: only the second can.
        assert_eq!(
            halves(&[('“', 0), ('《', 1), ('名', 3)], &fonts),
            [(Whole, 0, 2), (RightHalf, 2, 1), (Whole, 3, 2)]
        );
    }

    #[test]
    fn whole_marks_and_tight_characters_stay_whole() {
        let fonts = FontBook::bundled().unwrap();
        for characters in [
            [('》', 0), ('、', 2), ('《', 4)],
            [('汉', 0), ('字', 1), ('汉', 2)],
        ] {
            assert!(
                halves(&characters, &fonts)
                    .iter()
                    .all(|(part, _, _)| *part == Part::Whole)
            );
        }
    }
}
