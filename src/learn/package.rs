//! The parts of a DOCX file that say how it looks.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::LearnError;
use super::xml::{self, Element};
use crate::diagnostic::Message;

/// The largest part that is read; a document of a thousand pages has some 10 MB.
const LARGEST_PART: u64 = 16 * 1024 * 1024;
/// The most files in an archive.
const MOST_FILES: usize = 10_000;

/// What is read of a DOCX file.
pub(super) struct Package {
    /// `word/document.xml`.
    pub(super) document: Element,
    /// `word/styles.xml`; empty when there is none.
    pub(super) styles: Element,
    /// `word/settings.xml`.
    pub(super) settings: Element,
    /// `word/theme/theme1.xml`.
    pub(super) theme: Element,
    /// Footers by their relationship.
    pub(super) footers: Vec<(String, Element)>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads the parts.
pub(super) fn read(docx: &[u8]) -> Result<Package, LearnError> {
    let mut archive = open(docx)?;
    if archive.len() > MOST_FILES {
        return Err(LearnError::TooLarge(Message::new(
            format!("压缩包内超过 {MOST_FILES} 个文件"),
            format!("more than {MOST_FILES} files in the archive"),
        )));
    }
    let document = document_name(&mut archive)?;
    let folder = document
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    let tree = part(&mut archive, &document)?.ok_or_else(|| {
        LearnError::NoDocx(Message::new(
            format!("压缩包内没有 {document}，不是 DOCX 文档"),
            format!("no {document} in the archive: not a DOCX file"),
        ))
    })?;
    if tree.name != "document" {
        return Err(LearnError::NoDocx(Message::new(
            "不是文字处理文档（可能是表格或演示文稿）",
            "not a word processor's document (a spreadsheet or presentation?)",
        )));
    }
    let file = document.rsplit('/').next().unwrap_or_default();
    let relationships =
        part(&mut archive, &join(&folder, &format!("_rels/{file}.rels")))?.unwrap_or_default();
    let mut package = Package {
        document: tree,
        styles: Element::default(),
        settings: Element::default(),
        theme: Element::default(),
        footers: Vec::new(),
    };
    for relationship in relationships
        .children
        .iter()
        .filter(|child| child.name == "Relationship")
    {
        let (Some(kind), Some(target)) = (relationship.get("Type"), relationship.get("Target")) else {
            continue;
        };
        let name = join(&folder, target);
        match kind.rsplit('/').next().unwrap_or_default() {
            "styles" => package.styles = part(&mut archive, &name)?.unwrap_or_default(),
            "settings" => package.settings = part(&mut archive, &name)?.unwrap_or_default(),
            "theme" => package.theme = part(&mut archive, &name)?.unwrap_or_default(),
            "footer" if package.footers.len() < 32 => {
                if let (Some(id), Some(footer)) = (relationship.get("Id"), part(&mut archive, &name)?) {
                    package.footers.push((id.to_owned(), footer));
                }
            }
            _ => {}
        }
    }
    Ok(package)
}

fn open(docx: &[u8]) -> Result<Archive<'_>, LearnError> {
    // What old Word documents and DOCX files with a password begin with.
    const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if docx.starts_with(COMPOUND_FILE) {
        return Err(LearnError::NoDocx(Message::new(
            "是旧版 .doc 文档，或加了打开密码",
            "an old .doc document, or one with a password",
        )));
    }
    if !docx.starts_with(b"PK") {
        let what = if docx.is_empty() {
            ("文件是空的", "the file is empty")
        } else {
            ("不是 DOCX 文档", "not a DOCX file")
        };
        return Err(LearnError::NoDocx(Message::new(what.0, what.1)));
    }
    ZipArchive::new(Cursor::new(docx)).map_err(|error| damaged(&error))
}

fn damaged(error: &ZipError) -> LearnError {
    LearnError::Damaged(Message::new(
        format!("压缩包无法读取（{error}）"),
        format!("the archive cannot be read ({error})"),
    ))
}

/// The name of the main part, from `_rels/.rels`; Word always calls it `word/document.xml`.
fn document_name(archive: &mut Archive<'_>) -> Result<String, LearnError> {
    let relationships = part(archive, "_rels/.rels")?.unwrap_or_default();
    let main = relationships.children.iter().find(|relationship| {
        relationship
            .get("Type")
            .is_some_and(|kind| kind.ends_with("/officeDocument"))
    });
    let target = main.and_then(|relationship| relationship.get("Target"));
    Ok(target
        .unwrap_or("word/document.xml")
        .trim_start_matches('/')
        .to_owned())
}

/// A target beside the part it is named in; one that begins with a slash is absolute.
fn join(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

/// A part as a tree; `None` when there is none of that name.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Element>, LearnError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Err(LearnError::NoDocx(Message::new(
                "压缩包加了密码",
                "the archive has a password",
            )));
        }
        Err(error) => return Err(damaged(&error)),
    };
    let mut content = Vec::new();
    // The size an archive tells is not to be trusted: what comes out is counted.
    file.take(LARGEST_PART + 1)
        .read_to_end(&mut content)
        .map_err(|error| {
            LearnError::Damaged(Message::new(
                format!("{name} 无法解压（{error}）"),
                format!("{name} cannot be unpacked ({error})"),
            ))
        })?;
    if content.len() as u64 > LARGEST_PART {
        let megabytes = LARGEST_PART / 1024 / 1024;
        return Err(LearnError::TooLarge(Message::new(
            format!("{name} 解压后超过 {megabytes} MB"),
            format!("{name} unpacks to more than {megabytes} MB"),
        )));
    }
    xml::parse(&content, name).map(Some)
}
