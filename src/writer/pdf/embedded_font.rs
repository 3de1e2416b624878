//! Fonts in the file: a subset of each face in use, the widths of its glyphs, and the text they stand for.
//!
//! Every font is a Type 0 font whose codes are two bytes and number the glyphs of the subset (Identity-H), so that one
//! (glyph, text) pair is one code.

use std::sync::OnceLock;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use super::glyph_use::UsedGlyphs;
use super::objects::Objects;
use crate::font::Face;
use crate::font::deflate::Codes;
use crate::font::subset::{Part, SubsetGlyph, subset};

/// Characters that PDF/A-2 (6.2.11.7.2) does not let a glyph stand for.
const NOT_MAPPABLE: [char; 3] = ['\0', '\u{feff}', '\u{fffe}'];

/// Adds the font of one face; gives the object that the pages' resources name.
pub(super) fn attach(objects: &mut Objects, face: &Face, used: &UsedGlyphs<'_>) -> ObjectId {
    let name = format!("{}+{}", subset_tag(used.glyphs()), face.postscript_name());
    objects.tell_apart_by(name.as_bytes());
    let name = Object::Name(name.into_bytes());

    let program = subset(face, used.glyphs());
    let length = program.length as i64;
    let (kind, file, entry) = if face.is_cff() {
        let entry = dictionary! { "Subtype" => "CIDFontType0C" };
        ("CIDFontType0", "FontFile3", entry)
    } else {
        ("CIDFontType2", "FontFile2", dictionary! { "Length1" => length })
    };
    let program = objects.add_precompressed(entry, program.zlib);

    let thousandths = |units: i16| {
        let em = i64::from(face.units_per_em().max(1));
        Object::Integer((i64::from(units) * 1000).div_euclid(em))
    };
    let descriptor = objects.add(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name.clone(),
        // Symbolic: the codes say nothing about the characters.
        "Flags" => 4,
        "FontBBox" => face.bounding_box().map(thousandths).to_vec(),
        "ItalicAngle" => 0,
        // The em box of the layout; it decides how high a selection is shown.
        "Ascent" => 880,
        "Descent" => -120,
        "CapHeight" => 700,
        "StemV" => 80,
        file => program,
    });
    let mut descendant = dictionary! {
        "Type" => "Font",
        "Subtype" => kind,
        "BaseFont" => name.clone(),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
            "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => EM,
        "W" => widths(face, used.glyphs()),
    };
    if !face.is_cff() {
        descendant.set("CIDToGIDMap", "Identity");
    }
    let descendant = objects.add(descendant);
    let to_unicode = map_codes().zlib(&to_unicode(used.texts()));
    let to_unicode = objects.add_precompressed(Dictionary::new(), to_unicode);
    objects.add(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
        "ToUnicode" => to_unicode,
    })
}

/// The advance width of most Chinese glyphs, and the one that widths leave out.
const EM: i64 = 1000;

/// Six letters that tell subsets of one face apart (ISO 32000-1, 9.6.4).
fn subset_tag(glyphs: &[SubsetGlyph]) -> String {
    // FNV-1a, 64 bits.
    let hash = glyphs
        .iter()
        .flat_map(|SubsetGlyph { glyph, part }| [(glyph >> 8) as u8, *glyph as u8, *part as u8])
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    (0..6)
        .scan(hash, |rest, _| {
            let letter = b'A' + (*rest % 26) as u8;
            *rest /= 26;
            Some(char::from(letter))
        })
        .collect()
}

/// The widths that are not one em, as `first [width …]` for neighbouring codes.
fn widths(face: &Face, glyphs: &[SubsetGlyph]) -> Vec<Object> {
    let mut widths = Vec::new();
    let mut neighbours: Vec<Object> = Vec::new();
    let mut first = 0;
    for (code, glyph) in glyphs.iter().enumerate() {
        let width = match glyph.part {
            Part::Whole => i64::from(face.advance(glyph.glyph)),
            Part::LeftHalf | Part::RightHalf => EM / 2,
        };
        if width == EM {
            continue;
        }
        if code != first + neighbours.len() && !neighbours.is_empty() {
            widths.push(Object::Integer(first as i64));
            widths.push(std::mem::take(&mut neighbours).into());
        }
        if neighbours.is_empty() {
            first = code;
        }
        neighbours.push(width.into());
    }
    if !neighbours.is_empty() {
        widths.push(Object::Integer(first as i64));
        widths.push(neighbours.into());
    }
    widths
}

/// The character map from codes to text (ISO 32000-1, 9.10.3).
fn to_unicode(texts: &[&str]) -> Vec<u8> {
    let mut map = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
        /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        .to_vec();
    map.reserve(8 * texts.len() + 256);
    // A range may not cross a change of the code's first byte, and stands in an array of its own.
    const MOST_IN_A_RANGE: usize = 256;
    /// Ranges that one block may hold.
    const MOST_IN_A_BLOCK: usize = 100;
    let ranges = texts.chunks(MOST_IN_A_RANGE).enumerate();
    let ranges: Vec<(usize, &[&str])> = ranges
        .map(|(number, texts)| match number {
            // Code 0 is the missing glyph, which stands for nothing.
            0 => (1, &texts[1..]),
            _ => (number * MOST_IN_A_RANGE, texts),
        })
        .filter(|(_, texts)| !texts.is_empty())
        .collect();
    for block in ranges.chunks(MOST_IN_A_BLOCK) {
        map.extend(format!("{} beginbfrange\n", block.len()).into_bytes());
        for (first, texts) in block {
            map.push(b'<');
            push_hex(&mut map, *first as u16);
            map.extend(b"><");
            push_hex(&mut map, (first + texts.len() - 1) as u16);
            map.extend(b">[");
            for text in *texts {
                map.push(b'<');
                push_utf_16(&mut map, text);
                map.push(b'>');
            }
            map.extend(b"]\n");
        }
        map.extend(b"endbfrange\n");
    }
    map.extend(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

/// The codes that character maps are deflated with, from one with Chinese characters of all kinds: what repeats in
/// hexadecimal digits does so by chance, and a search for it takes longer than it saves.
fn map_codes() -> &'static Codes {
    static CODES: OnceLock<Codes> = OnceLock::new();
    CODES.get_or_init(|| {
        let texts: Vec<String> = ('一'..'龥').step_by(40).map(String::from).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Codes::from_sample(std::iter::once(&to_unicode(&texts)[..]))
    })
}

/// The text of a glyph in UTF-16.
fn push_utf_16(map: &mut Vec<u8>, text: &str) {
    let before = map.len();
    let mut units = [0; 2];
    for c in text.chars().filter(|c| !NOT_MAPPABLE.contains(c)) {
        for unit in c.encode_utf16(&mut units) {
            push_hex(map, *unit);
        }
    }
    if map.len() == before {
        // A glyph without a text of its own; the text stands in the ActualText around it.
        push_hex(map, 0x200b);
    }
}

fn push_hex(bytes: &mut Vec<u8>, number: u16) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    bytes.extend([12, 8, 4, 0].map(|shift| DIGITS[usize::from(number >> shift) & 15]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_every_code_to_its_text() {
        let map = String::from_utf8(to_unicode(&["", "红", "𠮷", "葛\u{e0100}", "", "\u{feff}x"])).unwrap();
        assert!(map.contains(
            "1 beginbfrange\n<0001><0005>[<7EA2><D842DFB7><845BDB40DD00><200B><0078>]\nendbfrange\n"
        ));
    }

    #[test]
    fn ranges_end_with_the_first_byte_and_blocks_with_a_hundred() {
        let map = String::from_utf8(to_unicode(&["一"; 514])).unwrap();
        assert!(map.contains("3 beginbfrange\n<0001><00FF>[<4E00>"));
        assert!(map.contains("]\n<0100><01FF>[<4E00>"));
        assert!(map.contains("]\n<0200><0201>[<4E00><4E00>]\nendbfrange\n"));
        let map = String::from_utf8(to_unicode(&["一"; 30_000])).unwrap();
        let blocks: Vec<&str> = map
            .lines()
            .filter(|line| line.ends_with("beginbfrange"))
            .collect();
        assert_eq!(blocks, ["100 beginbfrange", "18 beginbfrange"]);
        assert!(!String::from_utf8(to_unicode(&[""])).unwrap().contains("bfrange"));
    }

    #[test]
    fn subset_tags_tell_glyphs_apart() {
        let tag_of = |glyphs: [u16; 3]| subset_tag(&glyphs.map(SubsetGlyph::from));
        let tag = tag_of([0, 5, 9]);
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
        assert_ne!(tag, tag_of([0, 9, 5]));
    }

    #[cfg(feature = "bundled-fonts")]
    #[test]
    fn widths_leave_out_full_ems() {
        use crate::font::{FaceId, FontBook};
        let book = FontBook::bundled().unwrap();
        let latin = book.face(FaceId(5));
        let glyph = |c| SubsetGlyph::from(latin.glyph(c).unwrap());
        let em_dash = glyph('—');
        assert_eq!(latin.advance(em_dash.glyph), 1000);
        let glyphs = [em_dash, glyph('1'), glyph('A'), em_dash, em_dash, glyph('i')];
        let expected = vec![
            1.into(),
            vec![Object::Integer(500), Object::Integer(722)].into(),
            5.into(),
            vec![Object::Integer(278)].into(),
        ];
        assert_eq!(widths(latin, &glyphs), expected);
    }
}
