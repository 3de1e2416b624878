//! The package holds together and is the same every time.

use super::reader::Element;
use super::{block, profile, run_in, styled, written};
use crate::model::Role;
use crate::writer::docx::{Properties, write};

fn speech() -> crate::style::StyledDocument {
    styled(
        vec![
            block(Role::Title, "在全县工作会议上的讲话"),
            block(Role::Salutation, "同志们："),
            run_in(0, "一是抓落实。要把任务分解到人。"),
        ],
        &profile("speech"),
    )
}

#[test]
fn every_part_is_declared_and_every_target_exists() {
    let docx = written(&speech());
    let names: Vec<&str> = docx.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[0], "[Content_Types].xml");
    let types = Element::parse(docx.part("[Content_Types].xml"));
    let mut declared: Vec<&str> = types
        .all("Override")
        .iter()
        .filter_map(|part| part.attribute("PartName")?.strip_prefix('/'))
        .collect();
    declared.sort_unstable();
    let mut parts: Vec<&str> = names[1..]
        .iter()
        .copied()
        .filter(|name| !name.ends_with(".rels"))
        .collect();
    parts.sort_unstable();
    assert_eq!(declared, parts);

    let mut ids = Vec::new();
    for (relationships, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        for relationship in Element::parse(docx.part(relationships)).all("Relationship") {
            let target = format!("{folder}{}", relationship.attribute("Target").unwrap());
            assert!(names.contains(&target.as_str()), "{target}");
            assert_eq!(
                relationship.attribute("TargetMode"),
                None,
                "nothing outside the file"
            );
            ids.push(relationship.attribute("Id").unwrap().to_owned());
        }
    }
    for footer in docx.body.all("w:footerReference") {
        assert!(ids.contains(&footer.attribute("r:id").unwrap().to_owned()));
    }
}

#[test]
fn every_part_is_well_formed() {
    for (_, content) in &written(&speech()).parts {
        assert!(content.starts_with("<?xml"));
        Element::parse(content);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_in_any_thread() {
    let first = write(&speech(), &Properties::default()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| write(&speech(), &Properties::default()).unwrap()))
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), first);
        }
    });
}

#[test]
fn a_document_without_paragraphs_is_still_a_document() {
    let docx = written(&styled(Vec::new(), &profile("gb9704")));
    assert_eq!(docx.paragraphs().len(), 1);
    let last = docx.body.children.last().unwrap();
    assert_eq!(last.name, "w:sectPr");
}

#[test]
fn the_section_has_the_paper_the_margins_and_the_grid() {
    let docx = written(&styled(vec![block(Role::Body, "正文。")], &profile("gb9704")));
    let section = docx.body.child("w:sectPr").unwrap();
    let number = |element: &str, attribute: &str| -> i64 {
        let value = section.child(element).unwrap().attribute(attribute).unwrap();
        value.parse().unwrap()
    };
    // Typed from the specification: A4; 34.58, 26, 32.58 and 28 mm; 29.6 pt.
    assert_eq!((number("w:pgSz", "w:w"), number("w:pgSz", "w:h")), (11906, 16838));
    assert_eq!(
        (number("w:pgMar", "w:top"), number("w:pgMar", "w:bottom")),
        (1960, 1847)
    );
    assert_eq!(
        (number("w:pgMar", "w:left"), number("w:pgMar", "w:right")),
        (1587, 1474)
    );
    assert_eq!(number("w:pgMar", "w:footer"), 1447);
    assert_eq!(number("w:docGrid", "w:linePitch"), 592);
    assert_eq!(
        section.child("w:docGrid").unwrap().attribute("w:type"),
        Some("lines")
    );
}

#[test]
fn a_template_has_the_page_and_the_style_of_every_element_to_be_chosen() {
    for name in crate::profile::builtin_names() {
        let profile = profile(name);
        let docx = super::Docx::open(&crate::writer::docx::template(&profile).unwrap());
        let paragraphs = docx.paragraphs();
        assert_eq!(paragraphs.len(), 1);
        assert_eq!(
            paragraphs[0].child("w:pPr").unwrap().value("w:pStyle"),
            Some("NormalIndent")
        );
        assert!(docx.body.child("w:sectPr").is_some());
        for role in Role::ALL {
            let id = crate::writer::docx::styles::style_name(role).id;
            let chain = docx.style_chain(Some(id));
            // In the gallery, neither hidden nor waiting to be used.
            assert!(chain[0].child("w:qFormat").is_some(), "{name}: {id}");
            for hidden in ["w:semiHidden", "w:unhideWhenUsed"] {
                assert!(chain[0].child(hidden).is_none(), "{name}: {id}");
            }
        }
        assert!(docx.part("docProps/core.xml").contains("<dc:title></dc:title>"));
    }
}
