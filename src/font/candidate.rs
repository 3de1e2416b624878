//! Which of the faces at hand serves which category of type.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ttf_parser::{PlatformId, name_id};

use super::alias::{self, Alias, Rank};
use super::book::{FontError, FontFile};
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
    /// Whether its licence bits (OS/2 `fsType`) forbid embedding it in a document.
    pub restricted: bool,
    /// What it may serve as.
    pub serves: Vec<(FontRole, Alias)>,
}

/// The faces of one font file that may serve a category of type.
///
/// # Errors
/// When one of its faces cannot be read: it is no font, or damaged.
pub fn candidates(path: &std::path::Path, data: &[u8]) -> Result<Vec<Candidate>, FontError> {
    let count = ttf_parser::fonts_in_collection(data).unwrap_or(1);
    let mut found = Vec::new();
    // A damaged collection may promise any number of faces: the first that isn't there ends it.
    for index in 0..count {
        let face =
            ttf_parser::Face::parse(data, index).map_err(|error| FontError::Parse(error.to_string()))?;
        whole(&face, data.len())?;
        found.extend(candidate(path, &face, index));
    }
    Ok(found)
}

/// A font that was cut off may be read and draw nothing: every table must lie inside the file.
fn whole(face: &ttf_parser::Face<'_>, length: usize) -> Result<(), FontError> {
    let outside = face.raw_face().table_records.into_iter().find(|record| {
        let end = u64::from(record.offset) + u64::from(record.length);
        end > length as u64
    });
    match outside {
        Some(record) => Err(FontError::Parse(format!(
            "the table {} lies outside the file",
            record.tag
        ))),
        None => Ok(()),
    }
}

fn candidate(path: &std::path::Path, face: &ttf_parser::Face<'_>, index: u32) -> Option<Candidate> {
    let mut families: Vec<String> = Vec::new();
    let mut styles: Vec<String> = Vec::new();
    let mut full: Vec<String> = Vec::new();
    for name in face.names() {
        let Some(text) = text_of(&name) else { continue };
        match name.name_id {
            name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY => families.push(text),
            name_id::SUBFAMILY | name_id::TYPOGRAPHIC_SUBFAMILY => styles.push(text),
            name_id::FULL_NAME | name_id::POST_SCRIPT_NAME => full.push(text),
            _ => {}
        }
    }
    let serves = |role: FontRole| {
        let by_family = families.iter().flat_map(|family| {
            let styles = styles.iter().map(String::as_str).chain([""]);
            styles.filter_map(move |style| alias::of_name(role, family, style))
        });
        let by_full_name = full.iter().filter_map(|name| alias::of_name(role, name, ""));
        by_family.chain(by_full_name).min().map(|alias| (role, alias))
    };
    let serves: Vec<(FontRole, Alias)> = FontRole::ALL.into_iter().filter_map(serves).collect();
    if serves.is_empty() {
        return None;
    }
    let name = full
        .iter()
        .find(|name| !name.is_ascii())
        .or(full.first())
        .or(families.first());
    Some(Candidate {
        path: path.to_path_buf(),
        index,
        name: name.cloned().unwrap_or_default(),
        restricted: face.permissions() == Some(ttf_parser::Permissions::Restricted),
        serves,
    })
}

/// The text of a name record; old Chinese fonts keep theirs in GBK.
fn text_of(name: &ttf_parser::name::Name<'_>) -> Option<String> {
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

impl Candidate {
    /// The face with its file's content.
    pub fn with_data(&self, data: Vec<u8>) -> FontFile {
        FontFile {
            data: data.into(),
            index: self.index,
            excluded: &[],
        }
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_bundled_font_serves_its_role_when_it_is_asked_for() {
        let data = include_bytes!("../../fonts/noto-serif-sc/NotoSerifSC-SemiBold.ttf");
        let found = candidates(Path::new("a.ttf"), data).unwrap();
        assert_eq!(found.len(), 1);
        assert!(best(&found, false).is_empty());
        assert!(best(&found, true).contains_key(&FontRole::Xiaobiaosong));
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
        let found = candidates(Path::new("a.ttf"), &data).unwrap();
        assert!(found[0].restricted);
        assert!(best(&found, true).is_empty());
    }

    #[test]
    fn what_is_no_font_is_an_error() {
        assert!(candidates(Path::new("a.ttf"), b"no font").is_err());
    }
}
