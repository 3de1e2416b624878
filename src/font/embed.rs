//! Font files that word processors take in with a document: TrueType, with the characters of that document only.
//!
//! Unlike the programs in a PDF they are found by name and by character, so they have names, a character map and metrics
//! for the whole system. A subset is a changed font: it must not go by the name of the original (SIL Open Font License,
//! §3), and goes by the name under which the document asks for it. Copyright and licence stay in it.

use std::collections::BTreeMap;

use super::face::{Face, u16_at};
use super::subset;

/// Bit 18 of the code pages: simplified Chinese. Word takes no other font for Chinese text.
const SIMPLIFIED_CHINESE: u32 = 1 << 18;
/// Names that are taken over: copyright, licence, where the licence stands.
const KEPT_NAMES: [u16; 3] = [0, 13, 14];
/// The languages of names in Windows: American English, and Chinese as in China.
const LANGUAGES: [u16; 2] = [0x0409, 0x0804];

/// A font file called `family` with these characters, each with its glyph in `face`.
///
/// `None` when the font's makers forbid to embed it in a document that goes on being edited, or a part of it (`fsType`),
/// and for CFF outlines, which word processors do not take in.
pub fn font_file(
    face: &Face,
    family: &str,
    characters: &BTreeMap<char, u16>,
    chinese: bool,
) -> Option<Vec<u8>> {
    let os2 = face.table(b"OS/2").unwrap_or_default();
    if face.is_cff() || !may_be_embedded(u16_at(os2, 8).unwrap_or(0)) {
        return None;
    }
    let mut glyphs: Vec<u16> = vec![0];
    let mut numbered = BTreeMap::new();
    for (c, glyph) in characters {
        numbered.insert(*c, glyphs.len() as u16);
        glyphs.push(*glyph);
    }
    let tables = vec![
        (b"OS/2", system_metrics(os2, characters, chinese)),
        (b"cmap", character_map(&numbered)),
        (b"name", names(face, family)),
        (b"post", no_glyph_names()),
    ];
    Some(subset::file(face, &glyphs, tables))
}

/// Whether `fsType` of `OS/2` allows a subset in a document that can be edited: 0 is installable, 8 editable, and neither
/// “no subsetting” (0x100) nor “bitmaps only” (0x200) is said.
fn may_be_embedded(fs_type: u16) -> bool {
    let usage = fs_type & 0x000f;
    (usage == 0 || usage & 0x8 != 0) && fs_type & 0x0300 == 0
}

/// `OS/2` with the characters there are.
fn system_metrics(os2: &[u8], characters: &BTreeMap<char, u16>, chinese: bool) -> Vec<u8> {
    let mut table = os2.to_vec();
    let in_plane = |c: Option<&char>| c.map_or(0, |c| u32::from(*c).min(0xffff) as u16);
    for (at, number) in [
        (64, in_plane(characters.keys().next())),
        (66, in_plane(characters.keys().next_back())),
    ] {
        if let Some(field) = table.get_mut(at..at + 2) {
            field.copy_from_slice(&number.to_be_bytes());
        }
    }
    if chinese && let Some(field) = table.get_mut(78..82) {
        let pages = u32::from_be_bytes([field[0], field[1], field[2], field[3]]) | SIMPLIFIED_CHINESE;
        field.copy_from_slice(&pages.to_be_bytes());
    }
    table
}

/// `cmap` with the glyph of each character: format 4 for the basic plane, format 12 for all.
fn character_map(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    // Neighbouring characters have neighbouring glyphs, since these are numbered in the order of characters.
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (c, glyph) in glyphs {
        let c = u32::from(*c);
        match runs.last_mut() {
            // 0xFFFF ends format 4, and U+10000 is beyond it.
            Some((_, end, _)) if *end + 1 == c && c < 0xffff => *end = c,
            _ => runs.push((c, c, *glyph)),
        }
    }
    let basic: Vec<(u16, u16, u16)> = runs
        .iter()
        .filter(|(_, end, _)| *end < 0xffff)
        .map(|(start, end, glyph)| (*start as u16, *end as u16, glyph.wrapping_sub(*start as u16)))
        .chain([(0xffff, 0xffff, 1)])
        .collect();
    let count = basic.len() as u16;
    let log = count.ilog2() as u16;
    let mut four: Vec<u16> = vec![
        4,
        16 + 8 * count,
        0,
        2 * count,
        2 << log,
        log,
        2 * count - (2 << log),
    ];
    four.extend(basic.iter().map(|(_, end, _)| end));
    four.push(0);
    four.extend(basic.iter().map(|(start, ..)| start));
    four.extend(basic.iter().map(|(.., delta)| delta));
    four.extend(basic.iter().map(|_| 0));

    let mut twelve: Vec<u32> = vec![0x000c_0000, 16 + 12 * runs.len() as u32, 0, runs.len() as u32];
    for (start, end, glyph) in &runs {
        twelve.extend([*start, *end, u32::from(*glyph)]);
    }
    let mut table = Vec::new();
    // Version, number of maps; then platform Windows, encoding, offset.
    for number in [0, 2, 3, 1] {
        table.extend(u16::to_be_bytes(number));
    }
    table.extend(20_u32.to_be_bytes());
    for number in [3, 10] {
        table.extend(u16::to_be_bytes(number));
    }
    table.extend((20 + 2 * four.len() as u32).to_be_bytes());
    table.extend(four.iter().flat_map(|number| number.to_be_bytes()));
    table.extend(twelve.iter().flat_map(|number| number.to_be_bytes()));
    table
}

/// `name`: the family's, and what must stay.
fn names(face: &Face, family: &str) -> Vec<u8> {
    // PostScript names are ASCII, and each is another.
    let ascii: String = family
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_string()
            } else {
                format!("{:X}", u32::from(c))
            }
        })
        .collect();
    let mut names: Vec<(u16, u16, String)> = Vec::new();
    for language in LANGUAGES {
        for id in KEPT_NAMES {
            if let Some(kept) = face.system_name(id) {
                names.push((language, id, kept));
            }
        }
        for (id, name) in [
            (1, family),
            (2, "Regular"),
            (3, family),
            (4, family),
            (5, "Version 1.0"),
        ] {
            names.push((language, id, name.to_owned()));
        }
        names.push((language, 6, format!("Embedded{ascii}")));
    }
    // By language, then by number: the order that the format asks for.
    names.sort_by_key(|(language, id, _)| (*language, *id));
    let mut records = Vec::new();
    let mut strings: Vec<u8> = Vec::new();
    for (language, id, name) in &names {
        let start = strings.len();
        strings.extend(name.encode_utf16().flat_map(u16::to_be_bytes));
        let length = strings.len() - start;
        for number in [3, 1, *language, *id, length as u16, start as u16] {
            records.extend(number.to_be_bytes());
        }
    }
    let mut table = Vec::new();
    for number in [0, names.len() as u16, 6 + records.len() as u16] {
        table.extend(number.to_be_bytes());
    }
    table.extend(records);
    table.extend(strings);
    table
}

/// `post` without names of glyphs (version 3).
fn no_glyph_names() -> Vec<u8> {
    let mut table = 0x0003_0000_u32.to_be_bytes().to_vec();
    table.resize(32, 0);
    table
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use crate::font::FontBook;
    use crate::profile::FontRole;

    #[test]
    fn the_file_is_a_font_of_that_name_with_those_characters() {
        let book = FontBook::bundled().unwrap();
        let face = book.face(book.first_face(FontRole::Fangsong));
        let text = "讲话——“一是”，二";
        let characters: BTreeMap<char, u16> = text.chars().map(|c| (c, face.glyph(c).unwrap())).collect();
        let file = font_file(face, "仿宋_GB2312", &characters, true).unwrap();
        assert_eq!(file, font_file(face, "仿宋_GB2312", &characters, true).unwrap());
        let parsed = ttf_parser::Face::parse(&file, 0).unwrap();
        let name = |id: u16| {
            let names = parsed.names().into_iter();
            let mut found = names
                .filter(|name| name.name_id == id)
                .filter_map(|name| name.to_string());
            found.next().unwrap()
        };
        assert_eq!(
            (name(1), name(4)),
            ("仿宋_GB2312".to_owned(), "仿宋_GB2312".to_owned())
        );
        assert!(name(13).contains("Open Font License"));
        let original = face.parsed();
        for (c, glyph) in &characters {
            let embedded = parsed.glyph_index(*c).unwrap();
            // “ is the full-width one, though no variation asks for it.
            assert_eq!(
                parsed.glyph_hor_advance(embedded),
                original.glyph_hor_advance(ttf_parser::GlyphId(*glyph)),
                "{c}"
            );
            assert_eq!(
                parsed.glyph_bounding_box(embedded),
                original.glyph_bounding_box(ttf_parser::GlyphId(*glyph)),
                "{c}"
            );
        }
        assert_eq!(parsed.glyph_index('三'), None);
        assert_eq!(parsed.number_of_glyphs() as usize, characters.len() + 1);
    }

    #[test]
    fn characters_beyond_the_basic_plane_are_found() {
        let book = FontBook::bundled().unwrap();
        let face = book.face(book.glyph(FontRole::Fangsong, '𠮷').unwrap().face);
        let characters: BTreeMap<char, u16> = "一𠮷".chars().map(|c| (c, face.glyph(c).unwrap())).collect();
        let file = font_file(face, "宋体", &characters, true).unwrap();
        let parsed = ttf_parser::Face::parse(&file, 0).unwrap();
        assert!(parsed.glyph_index('𠮷').is_some() && parsed.glyph_index('一').is_some());
    }

    #[test]
    fn what_may_not_be_embedded_is_not() {
        for (fs_type, allowed) in [
            (0, true),
            (8, true),
            (2, false),
            (4, false),
            (0x108, false),
            (0x200, false),
        ] {
            assert_eq!(may_be_embedded(fs_type), allowed, "{fs_type:#x}");
        }
    }
}
