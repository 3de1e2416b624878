//! The page number (GB/T 9704-2012 §7.5).

use super::{Glyph, GlyphRun, PlacedLine};
use crate::font::FontBook;
use crate::profile::{PageNumberPlace, Profile};
use crate::units::Length;

/// The height of a dash's middle above the baseline where its glyph tells none, in thousandths of the em: the middle of
/// an em box of 0.88 above and 0.12 below the baseline.
const DASH_HEIGHT: i64 = 380;

/// Sets the number of page `page`, from 1, with its text.
pub(super) fn page_number(profile: &Profile, fonts: &FontBook, page: usize) -> Option<(String, PlacedLine)> {
    let style = &profile.page_number;
    let character = &style.character;
    let text = format!("{}{page}{}", style.before, style.after);
    let mut runs: Vec<GlyphRun> = Vec::new();
    // In thousandths of the em.
    let mut pen = 0;
    for (start, c) in text.char_indices() {
        let Some(choice) = fonts.own_glyph(character.font, c) else {
            // Profiles write dashes and blanks here; a character that no font has is left out, as a blank is.
            continue;
        };
        // 半角: half an em for a digit, whatever the face has.
        let cell = if c.is_ascii_digit() {
            500
        } else {
            i64::from(choice.advance)
        };
        let glyph = Glyph {
            id: choice.glyph,
            advance: choice.advance,
            x: character
                .size
                .scale(2 * pen + cell - i64::from(choice.advance), 2000),
            start: start as u32,
            len: c.len_utf8() as u8,
        };
        pen += cell;
        match runs.last_mut() {
            Some(run) if run.face == choice.face => run.glyphs.push(glyph),
            _ => runs.push(GlyphRun {
                face: choice.face,
                size: character.size,
                bold: character.bold,
                ink: character.ink,
                glyphs: vec![glyph],
            }),
        }
    }
    let width = character.size.scale(pen, 1000);
    let blank = profile.page.text_width() - width;
    let inset = style.inset.times(profile.grid.char_pitch);
    let left = profile.page.left
        + match style.place {
            PageNumberPlace::Center => blank / 2,
            PageNumberPlace::Outside if page % 2 == 1 => blank - inset,
            PageNumberPlace::Outside => inset,
        };
    for glyph in runs.iter_mut().flat_map(|run| &mut run.glyphs) {
        glyph.x += left;
    }
    let placed = PlacedLine {
        element: 0,
        baseline: style.dash_center + dash_height(profile, fonts),
        runs,
    };
    Some((text, placed))
}

/// How far the middle of a dash stands above the baseline: of the dash that the number's own text would have.
fn dash_height(profile: &Profile, fonts: &FontBook) -> Length {
    let character = &profile.page_number.character;
    let height = fonts
        .own_glyph(character.font, '—')
        .and_then(|choice| fonts.face(choice.face).ink_height(choice.glyph))
        .map_or(DASH_HEIGHT, |(bottom, top)| (bottom + top) / 2);
    character.size.scale(height, 1000)
}
