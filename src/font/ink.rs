//! How high a glyph's ink reaches, for marks that must stand at a given height.

use super::Face;

impl Face {
    /// The bottom and top of a glyph's ink above the baseline, in thousandths of the em.
    ///
    /// Read from the `glyf` table; `None` for a glyph without ink.
    pub fn ink_height(&self, glyph: u16) -> Option<(i64, i64)> {
        let number = |data: &[u8], at: usize| {
            Some(i64::from(i16::from_be_bytes(
                data.get(at..at + 2)?.try_into().ok()?,
            )))
        };
        let offset = |index: usize| -> Option<usize> {
            let loca = self.table(b"loca")?;
            // head.indexToLocFormat: 0 for halved 16-bit offsets.
            if number(self.table(b"head")?, 50)? == 0 {
                let bytes = loca.get(index * 2..index * 2 + 2)?.try_into().ok()?;
                Some(usize::from(u16::from_be_bytes(bytes)) * 2)
            } else {
                let bytes = loca.get(index * 4..index * 4 + 4)?.try_into().ok()?;
                Some(u32::from_be_bytes(bytes) as usize)
            }
        };
        let glyph = usize::from(glyph);
        let outline = self.table(b"glyf")?.get(offset(glyph)?..offset(glyph + 1)?)?;
        let in_thousandths = |units: i64| units * 1000 / i64::from(self.units_per_em());
        // numberOfContours, xMin, yMin, xMax, yMax.
        Some((
            in_thousandths(number(outline, 4)?),
            in_thousandths(number(outline, 8)?),
        ))
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
