//! Typefaces inside a document.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::reader::Element;
use super::{block, profile, run_in, styled};
use crate::font::FontBook;
use crate::model::Role;
use crate::style::StyledDocument;
use crate::writer::docx::{Properties, write_with_fonts};

fn speech() -> StyledDocument {
    styled(
        vec![
            block(Role::Title, "在全县工作会议上的讲话"),
            run_in(0, "一是抓落实。要把2024年的任务“分解到人”。"),
            block(Role::Table, "单位\t人数\n甲科\t三"),
        ],
        &profile("speech"),
    )
}

fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut part = archive.by_index(i).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().to_owned(), content)
        })
        .collect()
}

#[test]
fn every_typeface_in_use_is_inside_with_its_characters() {
    let book = FontBook::bundled().unwrap();
    let docx = write_with_fonts(&speech(), &Properties::default(), &book).unwrap();
    assert_eq!(
        docx,
        write_with_fonts(&speech(), &Properties::default(), &book).unwrap()
    );
    let parts = parts(&docx);
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let targets: BTreeMap<String, String> = Element::parse(&text("word/_rels/fontTable.xml.rels"))
        .all("Relationship")
        .iter()
        .map(|one| {
            let value = |key: &str| one.attribute(key).unwrap().to_owned();
            (value("Id"), value("Target"))
        })
        .collect();
    let table = Element::parse(&text("word/fontTable.xml"));
    let mut inside = BTreeMap::new();
    for font in table.all("w:font") {
        let Some(embedded) = font.child("w:embedRegular") else {
            continue;
        };
        let mut file = parts[&format!("word/{}", targets[embedded.attribute("r:id").unwrap()])].clone();
        // The key from its last to its first byte, twice.
        let digits: Vec<u8> = embedded
            .attribute("w:fontKey")
            .unwrap()
            .bytes()
            .filter(u8::is_ascii_hexdigit)
            .collect();
        let key: Vec<u8> = digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .rev()
            .collect();
        assert_eq!(key.len(), 16);
        for (i, byte) in file.iter_mut().take(32).enumerate() {
            *byte ^= key[i % 16];
        }
        inside.insert(font.attribute("w:name").unwrap().to_owned(), file);
    }
    let has = |name: &str, c: char| {
        let face = ttf_parser::Face::parse(&inside[name], 0).unwrap();
        let family = face.names().into_iter().find(|name| name.name_id == 1).unwrap();
        assert_eq!(family.to_string().unwrap(), name);
        face.glyph_index(c).is_some()
    };
    // Title, lead (楷体 in speeches), text, head and cells of the table, digits, page number.
    for (name, own, other) in [
        ("方正小标宋简体", "讲", '一'),
        ("楷体_GB2312", "一是。", '讲'),
        ("仿宋_GB2312", "“人”三", '单'),
        ("黑体", "单位", '三'),
        ("Times New Roman", "24", '单'),
        ("宋体", "—7", '三'),
    ] {
        assert!(own.chars().all(|c| has(name, c)), "{own} in {name}");
        assert!(!has(name, other), "{other} in {name}");
    }
    assert_eq!(inside.len(), 6);
    assert!(text("[Content_Types].xml").contains("odttf"));
    assert!(text("word/settings.xml").contains("<w:embedTrueTypeFonts/><w:saveSubsetFonts/>"));
}

#[test]
fn a_typeface_that_is_not_used_is_not_inside() {
    let book = FontBook::bundled().unwrap();
    let document = styled(vec![block(Role::Body, "正文。")], &profile("gb9704"));
    let parts = parts(&write_with_fonts(&document, &Properties::default(), &book).unwrap());
    // The text and the page number.
    let fonts = parts.keys().filter(|name| name.ends_with(".odttf")).count();
    assert_eq!(fonts, 2);
}
