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
    /// A category of type has no font.
    #[error("no font for {}", .0.name())]
    NoFace(FontRole),
}

/// The content of a font file, and which face of it is meant.
#[derive(Clone, Debug)]
pub struct FontFile {
    /// The whole file.
    pub data: Cow<'static, [u8]>,
    /// The face's number in a collection; 0 otherwise.
    pub index: u32,
    /// Characters that the face draws wrongly and that are taken elsewhere.
    pub excluded: &'static [char],
}

impl FontFile {
    /// Reads the face.
    ///
    /// # Errors
    /// When it is no font that can be drawn from.
    pub fn face(self) -> Result<Face, FontError> {
        Face::parse(keep(self.data), self.index, self.excluded)
    }
}

/// The faces of one run, and the order in which they stand in for each other.
#[derive(Debug)]
pub struct FontBook {
    faces: Vec<Face>,
    /// For each role the faces to try, in order; never empty.
    chains: Vec<Vec<FaceId>>,
}

impl FontBook {
    /// A book out of one or more font files for each category of type, the first choice first.
    ///
    /// # Errors
    /// When a file is no usable font, or a category has none.
    pub fn new(files: Vec<(FontRole, FontFile)>) -> Result<FontBook, FontError> {
        let read = files.into_iter().map(|(role, file)| Ok((role, file.face()?)));
        FontBook::of_faces(read.collect::<Result<_, FontError>>()?)
    }

    /// A book out of one or more faces for each category of type, the first choice first.
    ///
    /// # Errors
    /// When a category has none.
    pub fn of_faces(given: Vec<(FontRole, Face)>) -> Result<FontBook, FontError> {
        let mut own: Vec<Vec<FaceId>> = vec![Vec::new(); FontRole::ALL.len()];
        let mut faces = Vec::with_capacity(given.len());
        for (role, face) in given {
            own[role as usize].push(FaceId(faces.len() as u16));
            faces.push(face);
        }
        if let Some(role) = FontRole::ALL
            .into_iter()
            .find(|role| own[*role as usize].is_empty())
        {
            return Err(FontError::NoFace(role));
        }
        // A category's own faces, then the nearest in weight and colour, then all the others.
        let chain = |role: FontRole| {
            let near = match role {
                FontRole::Fangsong | FontRole::Kaiti | FontRole::Songti | FontRole::Latin => {
                    [FontRole::Fangsong, FontRole::Songti]
                }
                FontRole::Heiti | FontRole::Xiaobiaosong => [FontRole::Songti, FontRole::Heiti],
            };
            let rest = [
                FontRole::Songti,
                FontRole::Heiti,
                FontRole::Kaiti,
                FontRole::Latin,
            ];
            let mut ids: Vec<FaceId> = Vec::new();
            for id in [role]
                .into_iter()
                .chain(near)
                .chain(rest)
                .flat_map(|role| own[role as usize].iter())
            {
                if !ids.contains(id) {
                    ids.push(*id);
                }
            }
            ids
        };
        let chains = FontRole::ALL.into_iter().map(chain).collect();
        Ok(FontBook { faces, chains })
    }

    /// The six free fonts inside the program.
    ///
    /// # Errors
    /// Never with the fonts this version ships.
    #[cfg(feature = "bundled-fonts")]
    pub fn bundled() -> Result<FontBook, FontError> {
        FontBook::new(bundled_files())
    }

    /// The free fonts inside the program, each after the face of `preferred` that serves the same category.
    ///
    /// # Errors
    /// Never with the fonts this version ships.
    #[cfg(feature = "bundled-fonts")]
    pub fn preferring(mut preferred: Vec<(FontRole, Face)>) -> Result<FontBook, FontError> {
        for (role, file) in bundled_files() {
            preferred.push((role, file.face()?));
        }
        FontBook::of_faces(preferred)
    }

    /// A face by its number.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face that a category of type gets first.
    pub fn first_face(&self, role: FontRole) -> FaceId {
        self.chains[role as usize][0]
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
            && let Some(choice) = self.in_face(self.first_face(FontRole::Latin), c)
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
                .chain(&self.chains[FontRole::Fangsong as usize])
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

    /// The glyph of `c` before a variation selector, where the face has one for the two.
    pub fn variation(&self, face: FaceId, c: char, selector: char) -> Option<GlyphChoice> {
        let glyph = self.face(face).variation(c, selector)?;
        Some(self.choice(face, glyph))
    }

    fn in_face(&self, id: FaceId, c: char) -> Option<GlyphChoice> {
        let glyph = self.face(id).glyph(c)?;
        Some(self.choice(id, glyph))
    }

    fn choice(&self, face: FaceId, glyph: u16) -> GlyphChoice {
        GlyphChoice {
            face,
            glyph,
            advance: self.face(face).advance(glyph),
            substituted: false,
        }
    }
}

/// The files of the bundled fonts.
#[cfg(feature = "bundled-fonts")]
fn bundled_files() -> Vec<(FontRole, FontFile)> {
    /// 饻 is drawn as another character in this version of Zhuque Fangsong.
    const ZHUQUE_WRONG: &[char] = &['饻'];
    macro_rules! font {
        ($role:ident, $path:literal, $excluded:expr) => {{
            let data = include_bytes!(concat!("../../fonts/", $path)).as_slice();
            (
                FontRole::$role,
                FontFile {
                    data: data.into(),
                    index: 0,
                    excluded: $excluded,
                },
            )
        }};
    }
    vec![
        font!(
            Fangsong,
            "zhuque-fangsong/ZhuqueFangsong-Regular.ttf",
            ZHUQUE_WRONG
        ),
        font!(Kaiti, "lxgw-wenkai-gb-lite/LXGWWenKaiGBLite-Regular.ttf", &[]),
        font!(Heiti, "noto-sans-sc/NotoSansSC-Regular.ttf", &[]),
        font!(Xiaobiaosong, "noto-serif-sc/NotoSerifSC-SemiBold.ttf", &[]),
        font!(Songti, "noto-serif-sc/NotoSerifSC-Regular.ttf", &[]),
        font!(Latin, "liberation-serif/LiberationSerif-Regular.ttf", &[]),
    ]
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
        let book = book();
        let choice = book.glyph(FontRole::Fangsong, '7').unwrap();
        assert_eq!(
            (choice.face, choice.advance),
            (book.first_face(FontRole::Latin), 500)
        );
    }

    #[test]
    fn what_a_face_lacks_or_draws_wrongly_comes_from_another() {
        let book = book();
        for c in ['①', '※', '★', '饻'] {
            let choice = book.glyph(FontRole::Fangsong, c).unwrap();
            assert!(
                choice.substituted && choice.face == book.first_face(FontRole::Songti),
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
