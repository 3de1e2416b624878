//! Which glyphs of which faces a document uses, and for which text: the codes of its fonts.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::PdfError;
use crate::font::subset::{Part, SubsetGlyph};
use crate::font::{FaceId, FontBook};

/// The glyphs in use, by face.
pub(super) struct UsedFaces<'a> {
    faces: Vec<Option<UsedGlyphs<'a>>>,
}

/// The glyphs in use of one face, each with the text it stands for.
///
/// A glyph and a text have a code (CID) of their own together: fonts draw ⼒ and 力 with one glyph, and each must be
/// copied as what it is. Codes are given in the order of first use; 0 is the missing glyph.
pub(super) struct UsedGlyphs<'a> {
    /// By code.
    glyphs: Vec<SubsetGlyph>,
    /// By code.
    texts: Vec<&'a str>,
    /// By glyph: the first code of the whole glyph, 0 for none.
    first_codes: Vec<u16>,
    /// The codes of a glyph's second and further texts, and of halves.
    further_codes: BTreeMap<(u16, Part, &'a str), u16>,
}

impl<'a> UsedFaces<'a> {
    pub(super) fn new(fonts: &FontBook) -> Self {
        UsedFaces {
            faces: (0..fonts.len()).map(|_| None).collect(),
        }
    }

    /// The glyphs of a face.
    pub(super) fn face_mut(&mut self, face: FaceId, fonts: &FontBook) -> &mut UsedGlyphs<'a> {
        self.faces[usize::from(face.0)]
            .get_or_insert_with(|| UsedGlyphs::new(usize::from(fonts.face(face).glyph_count())))
    }

    /// The faces of which a glyph is used, with their glyphs.
    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &UsedGlyphs<'a>)> {
        (0..)
            .map(FaceId)
            .zip(&self.faces)
            .filter_map(|(id, used)| Some((id, used.as_ref()?)))
    }
}

thread_local! {
    /// Tables of first codes in which all are 0 again. A document uses a few hundred of some fifty thousand glyphs, so that
    /// making such tables would take longer than filling them.
    static CLEARED: RefCell<Vec<Vec<u16>>> = const { RefCell::new(Vec::new()) };
}

/// Tables that are kept; documents use half a dozen faces.
const MOST_CLEARED: usize = 8;

impl Drop for UsedGlyphs<'_> {
    fn drop(&mut self) {
        let mut table = std::mem::take(&mut self.first_codes);
        for glyph in &self.glyphs {
            if let Some(code) = table.get_mut(usize::from(glyph.glyph)) {
                *code = 0;
            }
        }
        CLEARED.with_borrow_mut(|cleared| {
            if cleared.len() < MOST_CLEARED {
                cleared.push(table);
            }
        });
    }
}

impl<'a> UsedGlyphs<'a> {
    fn new(glyph_count: usize) -> Self {
        let mut first_codes = CLEARED.with_borrow_mut(Vec::pop).unwrap_or_default();
        if first_codes.len() < glyph_count {
            first_codes.resize(glyph_count, 0);
        }
        UsedGlyphs {
            glyphs: vec![SubsetGlyph::from(0)],
            texts: vec![""],
            first_codes,
            further_codes: BTreeMap::new(),
        }
    }

    /// The code of a glyph standing for `text`.
    pub(super) fn code(&mut self, glyph: SubsetGlyph, text: &'a str) -> Result<u16, PdfError> {
        let slot = usize::from(glyph.glyph);
        if slot >= self.first_codes.len() {
            self.first_codes.resize(slot + 1, 0);
        }
        let first = self.first_codes[slot];
        let whole = glyph.part == Part::Whole;
        if whole && first != 0 && self.texts[usize::from(first)] == text {
            return Ok(first);
        }
        if whole && first == 0 {
            self.first_codes[slot] = self.push(glyph, text)?;
            return Ok(self.first_codes[slot]);
        }
        let key = (glyph.glyph, glyph.part, text);
        if let Some(code) = self.further_codes.get(&key) {
            return Ok(*code);
        }
        let code = self.push(glyph, text)?;
        self.further_codes.insert(key, code);
        Ok(code)
    }

    fn push(&mut self, glyph: SubsetGlyph, text: &'a str) -> Result<u16, PdfError> {
        let code = u16::try_from(self.glyphs.len()).map_err(|_| PdfError::TooManyGlyphs)?;
        self.glyphs.push(glyph);
        self.texts.push(text);
        Ok(code)
    }

    /// The glyphs, by code.
    pub(super) fn glyphs(&self) -> &[SubsetGlyph] {
        &self.glyphs
    }

    /// The texts, by code.
    pub(super) fn texts(&self) -> &[&'a str] {
        &self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_has_one_code_for_each_text_and_part() {
        let half = SubsetGlyph {
            glyph: 7,
            part: Part::LeftHalf,
        };
        let mut used = UsedGlyphs::new(10);
        let uses = [
            (half, "、"),
            (7.into(), "力"),
            (7.into(), "⼒"),
            (3.into(), "人"),
            (7.into(), "力"),
            (7.into(), "⼒"),
            (half, "、"),
            (90.into(), "x"),
        ];
        let codes = uses.map(|(glyph, text)| used.code(glyph, text).unwrap());
        assert_eq!(codes, [1, 2, 3, 4, 2, 3, 1, 5]);
        assert_eq!(
            used.glyphs(),
            [0.into(), half, 7.into(), 7.into(), 3.into(), 90.into()]
        );
        assert_eq!(used.texts(), ["", "、", "力", "⼒", "人", "x"]);
    }

    #[test]
    fn the_document_before_leaves_no_codes() {
        for _ in 0..3 {
            let mut used = UsedGlyphs::new(10);
            assert_eq!(used.code(3.into(), "人").unwrap(), 1);
            assert_eq!(used.code(90.into(), "x").unwrap(), 2);
            assert!(used.first_codes.iter().filter(|code| **code > 0).count() == 2);
        }
    }

    #[test]
    fn codes_run_out_with_an_error() {
        let texts: Vec<String> = (0..65_536).map(|n| n.to_string()).collect();
        let mut used = UsedGlyphs::new(2);
        let refused = texts.iter().position(|text| used.code(1.into(), text).is_err());
        assert_eq!(refused, Some(65_535));
    }
}
