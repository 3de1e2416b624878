//! A line's atoms at their places.
//!
//! Takes lines as `breaking` chose them and gives glyphs with positions along the line; their height on the page is left
//! to `page`. Positions are computed exactly and rounded to EMU once, so that characters of full lines stand on the grid
//! whatever stands before them.

use super::breaking::{Fit, Line, WIDEST_GAP, spread};
use super::shape::{Fine, Shaped};
use super::{Glyph, GlyphRun};
use crate::profile::Align;
use crate::units::Length;

/// As many characters as a line usually holds at most; longer lines grow their list.
const MOST_CHARACTERS: usize = 32;

/// Where a line lies between the margins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The left edge of the type area on the paper.
    pub(super) left_edge: Length,
    /// Fine units in one EMU.
    pub(super) fine_per_emu: i64,
    /// The line's indent from the left edge of the type area.
    pub(super) indent: Fine,
    /// Its room.
    pub(super) room: Fine,
    /// How it lies in its room.
    pub(super) align: Align,
}

/// Places the atoms of a line.
pub(super) fn place(shaped: &Shaped, line: &Line, slot: &Slot) -> Vec<GlyphRun> {
    let fit = Fit::of(shaped, line.start, line.visible_end, slot.room);
    let em = shaped.atoms.get(line.start).map_or(1, |atom| atom.em);
    let end_cut = match line.visible_end.checked_sub(1) {
        Some(last) if line.visible_end > line.start => shaped.atoms[last].end_cut(),
        _ => 0,
    };
    let blank = (-fit.excess - end_cut).max(0);
    let offset = match slot.align {
        Align::Left | Align::Justify | Align::Distribute => 0,
        Align::Center => blank / 2,
        Align::Right => blank,
    };
    let stretched =
        slot.align == Align::Justify && !line.last && fit.gap(em).is_some_and(|gap| gap <= WIDEST_GAP);
    let gaps = (line.visible_end.saturating_sub(line.start)).saturating_sub(1) as i64;
    let apart = if slot.align == Align::Distribute && gaps > 0 {
        blank / gaps
    } else {
        0
    };
    let mut setter = Setter {
        shaped,
        slot,
        pen: slot.indent + offset,
        runs: Vec::new(),
        look: usize::MAX,
        end: line.end,
    };
    if line.visible_end > line.start {
        setter.set(line.start);
        let mut advance = |boundary: usize, by: Fine| {
            let (before, atom) = (&shaped.atoms[boundary - 1], &shaped.atoms[boundary]);
            setter.pen += before.width - atom.cut + by;
            setter.set(boundary);
        };
        if fit.excess > 0 || stretched {
            spread(shaped, line, slot.room, &mut advance);
        } else {
            (line.start + 1..line.visible_end).for_each(|boundary| advance(boundary, apart));
        }
        setter.pen += shaped.atoms[line.visible_end - 1].width - end_cut;
    }
    // Trailing blanks hang at the end without taking room, so that words stay apart when text is copied.
    for i in line.visible_end..line.end {
        setter.set(i);
    }
    setter.runs
}

struct Setter<'a> {
    shaped: &'a Shaped,
    slot: &'a Slot,
    pen: Fine,
    runs: Vec<GlyphRun>,
    /// The look of the last run.
    look: usize,
    /// One past the line's last atom.
    end: usize,
}

impl Setter<'_> {
    /// Sets the atom at the pen.
    fn set(&mut self, at: usize) {
        let atom = &self.shaped.atoms[at];
        if atom.glyph == 0 {
            return;
        }
        let look = usize::from(atom.look);
        if look != self.look || self.runs.last().is_none_or(|run| run.face != atom.face) {
            let character = &self.shaped.looks[look].character;
            self.runs.push(GlyphRun {
                face: atom.face,
                size: character.size,
                bold: character.bold,
                ink: character.ink,
                glyphs: Vec::with_capacity((self.end - at).min(MOST_CHARACTERS)),
            });
            self.look = look;
        }
        let glyph = Glyph {
            id: atom.glyph,
            advance: atom.advance,
            x: self.slot.left_edge + to_length(self.pen + atom.inset, self.slot.fine_per_emu),
            start: atom.start,
            len: atom.len,
        };
        if let Some(run) = self.runs.last_mut() {
            run.glyphs.push(glyph);
        }
    }
}

/// The one rounding of positions along a line.
fn to_length(fine: Fine, fine_per_emu: i64) -> Length {
    Length::emu(fine).scale(1, fine_per_emu)
}
