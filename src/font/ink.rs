//! How far a glyph's ink reaches, for marks that must stand at a given place.

use super::Face;

impl Face {
    /// The bottom and top of a glyph's ink above the baseline, in thousandths of the em.
    ///
    /// `None` for a glyph without ink.
    pub fn ink_height(&self, glyph: u16) -> Option<(i64, i64)> {
        let [_, bottom, _, top] = self.ink_box(glyph)?;
        Some((self.in_thousandths(bottom), self.in_thousandths(top)))
    }

    /// The left and right end of a glyph's ink beside its origin, in thousandths of the em.
    ///
    /// `None` for a glyph without ink.
    pub fn ink_width(&self, glyph: u16) -> Option<(i64, i64)> {
        let [left, _, right, _] = self.ink_box(glyph)?;
        Some((self.in_thousandths(left), self.in_thousandths(right)))
    }

    fn in_thousandths(&self, units: i16) -> i64 {
        i64::from(units) * 1000 / i64::from(self.units_per_em().max(1))
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use crate::font::FontBook;
    use crate::profile::FontRole;

    #[test]
    fn a_dash_is_thin_and_stands_at_a_third_of_the_em() {
        let book = FontBook::bundled().unwrap();
        let dash = book.own_glyph(FontRole::Fangsong, '—').unwrap();
        // Measured with fontTools: y 321 to 379 of 1000.
        assert_eq!(book.face(dash.face).ink_height(dash.glyph), Some((321, 379)));
    }

    #[test]
    fn a_blank_has_no_ink() {
        let book = FontBook::bundled().unwrap();
        let blank = book.glyph(FontRole::Fangsong, ' ').unwrap();
        assert_eq!(book.face(blank.face).ink_height(blank.glyph), None);
    }
}
