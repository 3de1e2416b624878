//! Which of the faces at hand serves which category of type.
//!
//! Of a font file only the directory, the names and the licence bits are read, a few kilobytes, so that a whole system's
//! fonts can be looked through before each conversion.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ttf_parser::{PlatformId, name, name_id};

use super::alias::{self, Alias, Rank};
use super::book::{FontError, FontFile};
use super::face::{u16_at, u32_at};
use crate::profile::FontRole;

/// A face found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The file.
    pub path: PathBuf,
    /// The face's number in it.
    pub index: u32,
    /// Its full name, in Chinese where it has one.
    pub name: String,
    /// All names that mean this face and no other of its family, folded.
    names: BTreeSet<String>,
    /// Whether its licence bits (OS/2 `fsType`) forbid embedding it in a document.
    pub restricted: bool,
    /// What it may serve as.
    pub serves: Vec<(FontRole, Alias)>,
}

/// A stretch of a file: so many bytes from an offset, fewer at the file's end; `None` when it cannot be read.
pub type Read<'a> = dyn FnMut(u64, usize) -> Option<Vec<u8>> + 'a;

/// More faces are in no collection.
const MOST_FACES: u32 = 64;
/// A longer table of names is none.
const LONGEST_NAMES: usize = 1 << 16;

/// The faces of a font file of `length` bytes.
///
/// # Errors
/// When one of its faces cannot be drawn from: it is no font, damaged or cut off, or has neither TrueType nor CFF outlines.
pub fn candidates(path: &Path, length: u64, read: &mut Read<'_>) -> Result<Vec<Candidate>, FontError> {
    let mut found = Vec::new();
    let faces = faces(read).ok_or_else(|| FontError::Parse("unknown magic".to_owned()))?;
    for (index, offset) in faces.into_iter().enumerate() {
        let directory = directory(offset, length, read)?;
        found.extend(candidate(path, index as u32, &directory, read));
    }
    Ok(found)
}

/// Where the table directory of each face of a file stands.
fn faces(read: &mut Read<'_>) -> Option<Vec<u64>> {
    let head = read(0, 12)?;
    if head.get(..4)? != b"ttcf" {
        return Some(vec![0]);
    }
    let count = u32_at(&head, 8)?.min(MOST_FACES);
    let offsets = read(12, 4 * count as usize).filter(|offsets| offsets.len() >= 4)?;
    let offsets = offsets.chunks_exact(4).filter_map(|offset| u32_at(offset, 0));
    Some(offsets.map(u64::from).collect())
}

/// A table of a face: offset in the file, and length.
fn table(directory: &[u8], tag: &[u8; 4]) -> Option<(u64, usize)> {
    let entry = directory.chunks_exact(16).find(|entry| entry.starts_with(tag))?;
    Some((u64::from(u32_at(entry, 8)?), u32_at(entry, 12)? as usize))
}

/// Whether the licence bits of an OS/2 table forbid embedding the outlines in a document.
fn is_restricted(os2: &[u8]) -> bool {
    /// Of the usages, only the one that forbids embedding.
    const RESTRICTED: u16 = 2;
    const USAGES: u16 = 0x000f;
    const BITMAPS_ONLY: u16 = 0x0200;
    u16_at(os2, 8).is_some_and(|bits| bits & USAGES == RESTRICTED || bits & BITMAPS_ONLY != 0)
}

/// The table directory of the face at `offset`, all of whose tables lie inside the file.
fn directory(offset: u64, length: u64, read: &mut Read<'_>) -> Result<Vec<u8>, FontError> {
    let fault = |what: &str| FontError::Parse(what.to_owned());
    let head = read(offset, 12).unwrap_or_default();
    if ![&b"\0\x01\0\0"[..], b"true", b"OTTO"].contains(&head.get(..4).unwrap_or_default()) {
        return Err(fault("unknown magic"));
    }
    let size = 16 * usize::from(u16_at(&head, 4).unwrap_or(0));
    let directory = read(offset + 12, size).unwrap_or_default();
    if directory.len() < size {
        return Err(fault("the table directory is cut off"));
    }
    // A font that was cut off may be read and draw nothing.
    for entry in directory.chunks_exact(16) {
        let number = |at| u64::from(u32_at(entry, at).unwrap_or(0));
        if number(8) + number(12) > length {
            let tag = String::from_utf8_lossy(&entry[..4]);
            return Err(fault(&format!("the table {tag} lies outside the file")));
        }
    }
    if [b"glyf", b"CFF "]
        .iter()
        .all(|tag| table(&directory, tag).is_none())
    {
        return Err(fault("neither TrueType nor CFF outlines"));
    }
    Ok(directory)
}

fn candidate(path: &Path, index: u32, directory: &[u8], read: &mut Read<'_>) -> Option<Candidate> {
    let (at, length) = table(directory, b"name").filter(|(_, length)| *length <= LONGEST_NAMES)?;
    let names = read(at, length)?;
    let os2 = table(directory, b"OS/2").and_then(|(at, _)| read(at, 10));
    // By family and style as old programs know them, and as typographers do.
    let mut families: [Names; 2] = Default::default();
    let mut full: Vec<String> = Vec::new();
    for name in name::Table::parse(&names)?.names {
        let Some(text) = text_of(&name) else { continue };
        match name.name_id {
            name_id::FAMILY => families[0].families.push(text),
            name_id::SUBFAMILY => families[0].styles.push(text),
            name_id::TYPOGRAPHIC_FAMILY => families[1].families.push(text),
            name_id::TYPOGRAPHIC_SUBFAMILY => families[1].styles.push(text),
            name_id::FULL_NAME | name_id::POST_SCRIPT_NAME => full.push(text),
            _ => {}
        }
    }
    let serves = |role: FontRole| {
        let by_family = families.iter().flat_map(|names| names.aliases(role));
        let by_full_name = full.iter().filter_map(|name| alias::of_name(role, name, ""));
        by_family.chain(by_full_name).min().map(|alias| (role, alias))
    };
    let serves: Vec<(FontRole, Alias)> = FontRole::ALL.into_iter().filter_map(serves).collect();
    let names = families.iter().flat_map(Names::own);
    let names = names.chain(full.iter().map(|name| alias::folded(name))).collect();
    let name = full
        .iter()
        .find(|name| !name.is_ascii())
        .or(full.first())
        .or(families[0].families.first());
    Some(Candidate {
        path: path.to_path_buf(),
        index,
        name: name.cloned().unwrap_or_default(),
        names,
        restricted: os2.is_some_and(|os2| is_restricted(&os2)),
        serves,
    })
}

/// What a face calls its family and its style, in all its languages.
#[derive(Default)]
struct Names {
    families: Vec<String>,
    styles: Vec<String>,
}

impl Names {
    /// The names that mean the face alone: that of the family for its regular style, else with the style behind it.
    fn own(&self) -> impl Iterator<Item = String> + '_ {
        let regular = self.styles.is_empty() || self.styles.iter().any(|style| alias::is_regular(style));
        let family = move |family: &String| {
            let styled = self.styles.iter().map(|style| format!("{family}{style}"));
            let names = styled.chain(regular.then(|| family.clone()));
            names.map(|name| alias::folded(&name)).collect::<Vec<_>>()
        };
        self.families.iter().flat_map(family)
    }

    /// What the names stand for in the category `role`.
    fn aliases(&self, role: FontRole) -> impl Iterator<Item = Alias> + '_ {
        self.families.iter().flat_map(move |family| {
            let styles = self.styles.iter().map(String::as_str);
            let styles = styles.chain(self.styles.is_empty().then_some(""));
            styles.filter_map(move |style| alias::of_name(role, family, style))
        })
    }
}

/// The text of a name record; old Chinese fonts keep theirs in GBK.
fn text_of(name: &name::Name<'_>) -> Option<String> {
    /// Windows encoding of simplified Chinese (PRC).
    const PRC: u16 = 3;
    if name.platform_id == PlatformId::Windows && name.encoding_id == PRC {
        // Each character takes two bytes, the first zero for ASCII.
        let bytes: Vec<u8> = name.name.iter().copied().filter(|byte| *byte != 0).collect();
        return encoding_rs::GBK
            .decode_without_bom_handling_and_without_replacement(&bytes)
            .map(Into::into);
    }
    name.to_string()
}

/// The best face for each category of type: official before others, the first among equals; restricted ones never.
pub fn best(candidates: &[Candidate], others_than_official: bool) -> BTreeMap<FontRole, &Candidate> {
    let mut best: BTreeMap<FontRole, (Alias, &Candidate)> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.restricted) {
        for (role, alias) in &candidate.serves {
            if alias.rank != Rank::Official && !others_than_official {
                continue;
            }
            if best.get(role).is_none_or(|(known, _)| alias < known) {
                best.insert(*role, (*alias, candidate));
            }
        }
    }
    best.into_iter()
        .map(|(role, (_, candidate))| (role, candidate))
        .collect()
}

/// For each category of type the first face that is called by the name given for it; restricted ones never.
pub fn named<'a>(
    candidates: &'a [Candidate],
    names: &BTreeMap<FontRole, String>,
) -> BTreeMap<FontRole, &'a Candidate> {
    let free = || candidates.iter().filter(|candidate| !candidate.restricted);
    let face = |(role, name): (&FontRole, &String)| {
        let face = free().find(|candidate| candidate.is_called(name))?;
        Some((*role, face))
    };
    names.iter().filter_map(face).collect()
}

impl Candidate {
    /// Whether `name`, however it is spelt, is one of its names.
    pub fn is_called(&self, name: &str) -> bool {
        self.names.contains(&alias::folded(name))
    }

    /// Whether it is an official font of any category.
    pub fn is_official(&self) -> bool {
        self.serves.iter().any(|(_, alias)| alias.rank == Rank::Official)
    }

    /// The face with its file's content.
    pub fn with_data(&self, data: Vec<u8>) -> FontFile {
        FontFile {
            data: data.into(),
            index: self.index,
            excluded: &[],
        }
    }
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use super::*;

    fn read(data: &[u8]) -> Result<Vec<Candidate>, FontError> {
        candidates(Path::new("a.ttf"), data.len() as u64, &mut |offset, length| {
            let rest = data.get(offset as usize..)?;
            Some(rest[..length.min(rest.len())].to_vec())
        })
    }

    fn found_in(data: &[u8]) -> Vec<Candidate> {
        read(data).unwrap()
    }

    #[test]
    fn a_bundled_font_serves_its_role_when_it_is_asked_for() {
        let data = include_bytes!("../../fonts/noto-serif-sc/NotoSerifSC-SemiBold.ttf");
        let found = found_in(data);
        assert_eq!(found.len(), 1);
        assert!(!found[0].is_official());
        assert!(best(&found, false).is_empty());
        assert!(best(&found, true).contains_key(&FontRole::Xiaobiaosong));
    }

    #[test]
    fn the_name_of_a_family_means_its_regular_style() {
        let names = |style: &str| Names {
            families: vec!["仿宋_GB2312".to_owned()],
            styles: vec![style.to_owned()],
        };
        let serves = |style| names(style).aliases(FontRole::Fangsong).count() > 0;
        assert!(serves("Regular") && serves("常规"));
        assert!(!serves("Bold") && !serves("粗体"));
    }

    #[test]
    fn a_face_is_found_by_its_own_name_whatever_it_looks_like() {
        let found = found_in(include_bytes!(
            "../../fonts/noto-serif-sc/NotoSerifSC-SemiBold.ttf"
        ));
        let faces = |name: &str| {
            let names = BTreeMap::from([(FontRole::Heiti, name.to_owned())]);
            named(&found, &names).len()
        };
        assert_eq!(faces("Noto Serif SC SemiBold"), 1);
        assert_eq!(faces("notoserifsc-semibold"), 1);
        // The family alone is its regular style.
        assert_eq!(faces("Noto Serif SC"), 0);
        assert_eq!(faces("黑体"), 0);
    }

    #[test]
    fn a_restricted_font_is_never_taken() {
        let mut data = include_bytes!("../../fonts/liberation-serif/LiberationSerif-Regular.ttf").to_vec();
        let os2 = ttf_parser::RawFace::parse(&data, 0)
            .unwrap()
            .table_records
            .into_iter()
            .find(|record| record.tag == ttf_parser::Tag::from_bytes(b"OS/2"))
            .unwrap();
        // fsType is the fifth 16-bit number of OS/2; 2 is restricted licence embedding.
        data[os2.offset as usize + 9] = 2;
        let found = found_in(&data);
        assert!(found[0].restricted);
        assert!(best(&found, true).is_empty());
        let names = BTreeMap::from([(FontRole::Latin, found[0].name.clone())]);
        assert!(found[0].is_called(&found[0].name) && named(&found, &names).is_empty());
    }

    #[test]
    fn what_is_no_font_is_an_error() {
        for data in [&b"no font"[..], b"", b"ttcf\0\x02\0\0\xff\xff\xff\xff", &[0; 64]] {
            assert!(read(data).is_err());
        }
    }

    #[test]
    fn every_face_of_a_collection_is_found() {
        let font = include_bytes!("../../fonts/noto-serif-sc/NotoSerifSC-SemiBold.ttf");
        // Two faces of one directory; the offsets of its tables count from the start of the file.
        let mut file = b"ttcf\0\x01\0\0\0\0\0\x02\0\0\0\x14\0\0\0\x14".to_vec();
        let start = file.len() as u32;
        file.extend_from_slice(font);
        let tables = u16_at(font, 4).unwrap();
        for entry in 0..usize::from(tables) {
            let at = start as usize + 12 + 16 * entry + 8;
            let offset = u32_at(&file, at).unwrap() + start;
            file[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        let found = found_in(&file);
        let indexes: Vec<u32> = found.iter().map(|candidate| candidate.index).collect();
        assert_eq!(indexes, [0, 1]);
        assert_eq!(found[0].name, found_in(font)[0].name);
    }
}
