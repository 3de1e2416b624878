//! Typefaces inside the document, for machines that lack the official ones: subsets, obfuscated as the format asks
//! (ECMA-376 part 4, 8.1).
//!
//! Each typeface that the document names gets the characters that are set in it, and no others: who goes on writing sees
//! other characters in whatever the machine has. A machine that has the typeface uses its own.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::font::embed::font_file;
use crate::font::{FontBook, is_latin};
use crate::profile::{CharacterStyle, FontRole, Profile};
use crate::style::StyledDocument;

/// Where the files stand: one for each category of type.
const PARTS: [&str; FontRole::ALL.len()] = [
    "word/fonts/font1.odttf",
    "word/fonts/font2.odttf",
    "word/fonts/font3.odttf",
    "word/fonts/font4.odttf",
    "word/fonts/font5.odttf",
    "word/fonts/font6.odttf",
];

/// A typeface inside a document.
pub(super) struct EmbeddedFont {
    /// The name by which the document asks for it.
    pub(super) name: String,
    /// Its part, from the root of the package.
    pub(super) part: &'static str,
    /// The relationship of the font table to it.
    pub(super) id: String,
    /// What its first bytes are hidden by, as `w:fontKey` has it.
    pub(super) key: String,
    /// The font file, obfuscated.
    pub(super) data: Vec<u8>,
}

/// By typeface its face and the glyphs of its characters.
type Used = BTreeMap<String, (FontRole, BTreeMap<char, u16>)>;

/// The typefaces of `document` out of `fonts`.
///
/// Left out are those that may not be embedded, and characters that their face lacks.
pub(super) fn fonts(document: &StyledDocument, fonts: &FontBook) -> Vec<EmbeddedFont> {
    let profile = &*document.profile;
    let mut used = Used::new();
    for paragraph in &document.paragraphs {
        if let Some(table) = &paragraph.table {
            for (row, cells) in table.rows().enumerate() {
                let character = if row == 0 {
                    table.head.character
                } else {
                    paragraph.style.character
                };
                for cell in cells {
                    gather(
                        &paragraph.text[cell.clone()],
                        character,
                        profile,
                        fonts,
                        &mut used,
                    );
                }
            }
            continue;
        }
        let mut start = 0;
        for run in &paragraph.runs {
            let end = (start + run.len).min(paragraph.text.len());
            gather(
                &paragraph.text[start..end],
                run.character,
                profile,
                fonts,
                &mut used,
            );
            start = end;
        }
    }
    let number = &profile.page_number;
    let digits = format!("{}0123456789{}", number.before, number.after);
    // The digits of page numbers too are in the Chinese typeface.
    for c in digits.chars() {
        add(c, number.character.font, profile, fonts, &mut used);
    }
    used.iter()
        .zip(PARTS)
        .enumerate()
        .filter_map(|(index, ((name, (role, characters)), part))| {
            let face = fonts.face(fonts.first_face(*role));
            let mut data = font_file(face, name, characters, *role != FontRole::Latin)?;
            let guid = guid(name, &data);
            obfuscate(&mut data, &guid);
            Some(EmbeddedFont {
                name: name.clone(),
                part,
                id: format!("rId{}", index + 1),
                key: written(&guid),
                data,
            })
        })
        .collect()
}

fn gather(text: &str, character: CharacterStyle, profile: &Profile, fonts: &FontBook, used: &mut Used) {
    for c in text.chars().filter(|c| !c.is_control()) {
        let role = if is_latin(c) {
            FontRole::Latin
        } else {
            character.font
        };
        add(c, role, profile, fonts, used);
        if is_shared(c) {
            add(c, FontRole::Latin, profile, fonts, used);
        }
    }
}

/// Marks that Chinese and Latin text share: programs that heed no hint take them from the Latin typeface.
fn is_shared(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '—' | '…' | '·')
}

/// Adds a character to those of a category, if its own face has it.
fn add(c: char, role: FontRole, profile: &Profile, fonts: &FontBook, used: &mut Used) {
    let Some(glyph) = fonts.face(fonts.first_face(role)).glyph(c) else {
        return;
    };
    let name = profile.font_name(role);
    match used.get_mut(name) {
        // Where one typeface serves two categories, the face of the first draws it.
        Some((first, characters)) => {
            if *first == role {
                characters.insert(c, glyph);
            } else if let Some(glyph) = fonts.face(fonts.first_face(*first)).glyph(c) {
                characters.insert(c, glyph);
            }
        }
        None => {
            used.insert(name.to_owned(), (role, BTreeMap::from([(c, glyph)])));
        }
    }
}

/// A number that follows from the font, so that equal documents are equal bytes.
fn guid(name: &str, data: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(name);
    hash.update(data);
    let mut guid = [0; 16];
    guid.copy_from_slice(&hash.finalize()[..16]);
    guid
}

/// A GUID as `w:fontKey` has it.
fn written(guid: &[u8; 16]) -> String {
    let digits: Vec<String> = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    let group = |range: std::ops::Range<usize>| digits[range].concat();
    format!(
        "{{{}-{}-{}-{}-{}}}",
        group(0..4),
        group(4..6),
        group(6..8),
        group(8..10),
        group(10..16)
    )
}

/// Combines the first 32 bytes with the key, read from its end.
fn obfuscate(data: &mut [u8], guid: &[u8; 16]) {
    let key = guid.iter().rev().cycle();
    for (byte, key) in data.iter_mut().take(32).zip(key) {
        *byte ^= key;
    }
}

/// `word/_rels/fontTable.xml.rels`.
pub(super) fn relationships(fonts: &[EmbeddedFont]) -> String {
    let mut part = format!(
        "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        super::xml::DECLARATION
    );
    for font in fonts {
        part.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/font\" \
             Target=\"{}\"/>",
            font.id,
            font.part.trim_start_matches("word/")
        ));
    }
    part + "</Relationships>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_read_from_its_end() {
        let guid: [u8; 16] = std::array::from_fn(|i| i as u8 + 1);
        assert_eq!(written(&guid), "{01020304-0506-0708-090A-0B0C0D0E0F10}");
        let mut data = vec![0; 40];
        obfuscate(&mut data, &guid);
        assert_eq!(data[..3], [16, 15, 14]);
        assert_eq!(data[16..18], [16, 15]);
        assert_eq!(data[32..], [0; 8]);
    }
}
