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
    let on_the_right = match style.place {
        PageNumberPlace::Center => None,
        PageNumberPlace::Outside => Some(!page.is_multiple_of(2)),
        PageNumberPlace::Inside => Some(page.is_multiple_of(2)),
    };
    let left = profile.page.on(page).left
        + match on_the_right {
            None => blank / 2,
            Some(true) => blank - inset,
            Some(false) => inset,
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

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::fonts;
    use super::*;
    use crate::profile::FontRole;

    fn number(profile: &str, page: usize) -> (Profile, String, PlacedLine) {
        let profile = Profile::builtin(profile).expect("a profile of our own");
        let (text, line) = page_number(&profile, fonts(), page).expect("every page has a number");
        (profile, text, line)
    }

    /// Left edge of the first and right edge of the last glyph in millimetres.
    fn edges(line: &PlacedLine) -> (f64, f64) {
        let (first, last) = (&line.runs[0], &line.runs[line.runs.len() - 1]);
        let glyph = &last.glyphs[last.glyphs.len() - 1];
        let right = glyph.x + last.size.scale(i64::from(glyph.advance), 1000);
        (first.glyphs[0].x.to_mm(), right.to_mm())
    }

    #[test]
    fn stands_outside_one_character_from_the_edge() {
        let (_, text, line) = number("gb9704", 7);
        assert_eq!(text, "— 7 —");
        assert!((edges(&line).1 - (184.0 - 156.0 / 28.0)).abs() < 0.01);
        let (_, _, line) = number("gb9704", 12);
        assert!((edges(&line).0 - (28.0 + 156.0 / 28.0)).abs() < 0.01);
    }

    #[test]
    fn stands_in_the_middle_of_speeches() {
        let (left, right) = edges(&number("speech", 3).2);
        assert!((left + right - 2.0 * 106.0).abs() < 0.01);
    }

    #[test]
    fn the_middle_of_its_dashes_is_7_mm_below_the_type_area() {
        let (_, _, line) = number("gb9704", 1);
        let dash = fonts().own_glyph(FontRole::Songti, '—').unwrap();
        let (bottom, top) = fonts().face(dash.face).ink_height(dash.glyph).unwrap();
        let middle = line.baseline.to_pt() - 14.0 * (bottom + top) as f64 / 2000.0;
        // 262 mm + 7 mm.
        assert!((middle - 269.0 * 72.0 / 25.4).abs() < 0.01);
    }

    #[test]
    fn digits_are_songti_of_half_an_em() {
        let (_, text, line) = number("gb9704", 88);
        let songti = fonts().first_face(FontRole::Songti);
        let digits: Vec<&Glyph> = line
            .runs
            .iter()
            .filter(|run| run.face == songti)
            .flat_map(|run| &run.glyphs)
            .filter(|glyph| text.as_bytes()[glyph.start as usize] == b'8')
            .collect();
        assert_eq!(digits.len(), 2);
        assert_eq!(digits[1].x - digits[0].x, Length::pt(7));
    }
}
