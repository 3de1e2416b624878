//! Faces by category of type, with what stands in for what.

use std::borrow::Cow;

use super::face::{Face, keep};
use super::{FaceId, GlyphChoice, is_latin};
use crate::profile::FontRole;

/// Why a font cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The file is no font that can be drawn from.
    #[error("not a usable font: {0}")]
    Parse(String),
}

/// The faces of one run: one for each category of type, and the order in which they stand in for each other.
#[derive(Debug)]
pub struct FontBook {
    /// In the order of [`FontRole::ALL`].
    faces: Vec<Face>,
    /// For each role the faces to try, in order.
    chains: Vec<Vec<FaceId>>,
}

impl FontBook {
    /// A book out of one font file for each category of type, in the order of [`FontRole::ALL`], each with the
    /// characters that it draws wrongly.
    ///
    /// # Errors
    /// When a file is no usable font.
    pub fn new(files: [(Cow<'static, [u8]>, &'static [char]); 6]) -> Result<FontBook, FontError> {
        let faces = files
            .into_iter()
            .map(|(data, excluded)| Face::parse(keep(data), 0, excluded))
            .collect::<Result<Vec<_>, _>>()?;
        // A category's own face, then the nearest in weight and colour, then the face with the most characters.
        let chain = |role: FontRole| match role {
            FontRole::Fangsong | FontRole::Songti | FontRole::Latin => {
                vec![role, FontRole::Fangsong, FontRole::Songti]
            }
            FontRole::Kaiti => vec![role, FontRole::Fangsong, FontRole::Songti],
            FontRole::Heiti | FontRole::Xiaobiaosong => vec![role, FontRole::Songti],
        };
        let chains = FontRole::ALL
            .into_iter()
            .map(|role| {
                let mut ids: Vec<FaceId> = Vec::new();
                for role in chain(role)
                    .into_iter()
                    .chain([FontRole::Heiti, FontRole::Kaiti, FontRole::Latin])
                {
                    if !ids.contains(&face_of(role)) {
                        ids.push(face_of(role));
                    }
                }
                ids
            })
            .collect();
        Ok(FontBook { faces, chains })
    }

    /// The six free fonts inside the program.
    ///
    /// # Errors
    /// Never with the fonts this version ships.
    #[cfg(feature = "bundled-fonts")]
    pub fn bundled() -> Result<FontBook, FontError> {
        /// 饻 is drawn as another character in this version of Zhuque Fangsong.
        const ZHUQUE_WRONG: &[char] = &['饻'];
        macro_rules! font {
            ($path:literal) => {
                Cow::Borrowed(include_bytes!(concat!("../../fonts/", $path)).as_slice())
            };
        }
        FontBook::new([
            (font!("zhuque-fangsong/ZhuqueFangsong-Regular.ttf"), ZHUQUE_WRONG),
            (font!("lxgw-wenkai-gb-lite/LXGWWenKaiGBLite-Regular.ttf"), &[]),
            (font!("noto-sans-sc/NotoSansSC-Regular.ttf"), &[]),
            (font!("noto-serif-sc/NotoSerifSC-SemiBold.ttf"), &[]),
            (font!("noto-serif-sc/NotoSerifSC-Regular.ttf"), &[]),
            (font!("liberation-serif/LiberationSerif-Regular.ttf"), &[]),
        ])
    }

    /// A face by its number.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face that a category of type gets first.
    pub fn first_face(&self, role: FontRole) -> FaceId {
        face_of(role)
    }

    /// The number of faces.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there are no faces; never so.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The glyph of `c` in running text of category `role`: Latin letters and digits from the Latin face.
    ///
    /// `None` when no face has the character.
    pub fn glyph(&self, role: FontRole, c: char) -> Option<GlyphChoice> {
        if is_latin(c)
            && let Some(choice) = self.in_face(face_of(FontRole::Latin), c)
        {
            return Some(choice);
        }
        self.own_glyph(role, c)
    }

    /// The glyph of `c` from the category's own face, Latin letters and digits as well.
    ///
    /// `None` when no face has the character.
    pub fn own_glyph(&self, role: FontRole, c: char) -> Option<GlyphChoice> {
        // Two dashes must join into one line, which needs a glyph of a full em; Noto's is shorter.
        if c == '—'
            && let Some(joining) = self.chains[role as usize]
                .iter()
                .chain([&face_of(FontRole::Fangsong)])
                .filter_map(|id| self.in_face(*id, c))
                .find(|choice| choice.advance >= 1000)
        {
            return Some(joining);
        }
        let chain = &self.chains[role as usize];
        let choice = chain.iter().find_map(|id| self.in_face(*id, c))?;
        Some(GlyphChoice {
            substituted: choice.face != chain[0],
            ..choice
        })
    }

    fn in_face(&self, id: FaceId, c: char) -> Option<GlyphChoice> {
        let face = self.face(id);
        let glyph = face.glyph(c)?;
        Some(GlyphChoice {
            face: id,
            glyph,
            advance: face.advance(glyph),
            substituted: false,
        })
    }
}

/// Faces are kept in the order of [`FontRole::ALL`].
const fn face_of(role: FontRole) -> FaceId {
    FaceId(role as u16)
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;

    fn book() -> FontBook {
        FontBook::bundled().expect("the bundled fonts are usable")
    }

    #[test]
    fn quotation_marks_are_full_width_and_chinese() {
        let book = book();
        for role in [
            FontRole::Fangsong,
            FontRole::Kaiti,
            FontRole::Heiti,
            FontRole::Xiaobiaosong,
            FontRole::Songti,
        ] {
            for c in ['“', '”', '‘', '’', '—', '…', '，', '中'] {
                let choice = book.glyph(role, c).unwrap();
                assert_eq!(choice.advance, 1000, "{c} in {role:?}");
                assert!(!choice.substituted, "{c} in {role:?}");
            }
        }
    }

    #[test]
    fn digits_are_half_an_em_of_the_latin_face() {
        let choice = book().glyph(FontRole::Fangsong, '7').unwrap();
        assert_eq!((choice.face, choice.advance), (face_of(FontRole::Latin), 500));
    }

    #[test]
    fn what_a_face_lacks_or_draws_wrongly_comes_from_another() {
        let book = book();
        for c in ['①', '※', '★', '饻'] {
            let choice = book.glyph(FontRole::Fangsong, c).unwrap();
            assert!(
                choice.substituted && choice.face == face_of(FontRole::Songti),
                "{c}"
            );
        }
        assert_eq!(book.glyph(FontRole::Fangsong, '😀'), None);
        assert_eq!(book.glyph(FontRole::Fangsong, '\u{10ffff}'), None);
    }

    #[test]
    fn rare_characters_of_names_are_there() {
        let book = book();
        for c in ['镕', '喆', '堃', '勠', '〇', '犇', '昇', '玥', '曌'] {
            assert!(book.glyph(FontRole::Fangsong, c).is_some(), "{c}");
        }
    }
}
