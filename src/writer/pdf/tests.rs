//! Whole files, read back with lopdf.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::sample;
use super::write;
use crate::font::FontBook;
use crate::layout::{PagedDocument, PlacedPage, PlacedRule, TableElements};
use crate::model::Role;
use crate::profile::Ink;
use crate::units::Length;
use crate::writer::docx::Properties;

const BODY: &str = "同志们，今年的任务已经明确，关键在落实。各单位要对照清单逐项推进，做到“件件有着落、事事有回音”——\
    既要看进度，也要看质量；对2024年第3季度仍未完成的12项工作，由办公室汇总后报送。";

fn sample(fonts: &FontBook) -> PagedDocument {
    let long = BODY.repeat(9);
    sample::document(
        &[
            (Role::IssuerMark, "某某市人民政府文件"),
            (Role::Title, "在全市重点工作推进会上的讲话"),
            (Role::Salutation, "同志们："),
            (Role::Heading1, "一、充分认识形势"),
            (Role::Body, &long),
            (Role::Heading3, "1.抓好源头"),
            (Role::Body, "𠮷林大道与⼒人力，Añ。"),
            (Role::Heading1, "二、明确任务"),
            (Role::Heading2, "（一）细化分工"),
            (Role::Body, &long),
        ],
        fonts,
    )
}

fn read_back(document: &PagedDocument, fonts: &FontBook) -> Document {
    let bytes = write(document.clone(), fonts, &Properties::default()).unwrap();
    Document::load_mem(&bytes).unwrap()
}

fn dictionary<'a>(pdf: &'a Document, object: &'a Object) -> &'a Dictionary {
    pdf.dereference(object).unwrap().1.as_dict().unwrap()
}

fn get<'a>(pdf: &'a Document, of: &'a Dictionary, key: &str) -> &'a Object {
    pdf.dereference(of.get(key.as_bytes()).unwrap()).unwrap().1
}

/// The text of every marked stretch, by page and number, and of every artifact, from codes through ToUnicode.
fn marked_text(pdf: &Document) -> (BTreeMap<Stretch, String>, Vec<String>) {
    let mut texts = BTreeMap::new();
    let mut artifacts = Vec::new();
    for page in pdf.get_pages().into_values() {
        let fonts = fonts_of(pdf, page);
        let content = pdf.get_and_decode_page_content(page).unwrap();
        let mut maps = None;
        let mut open: Option<Option<i64>> = None;
        let mut text = String::new();
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    assert!(open.is_none(), "marks of the sample do not nest");
                    let number = operation.operands[1].as_dict().unwrap().get(b"MCID").ok();
                    open = Some(number.map(|number| number.as_i64().unwrap()));
                }
                "EMC" => match open.take().unwrap() {
                    Some(number) => {
                        let before = texts.insert((page, number), std::mem::take(&mut text));
                        assert_eq!(before, None);
                    }
                    None => artifacts.push(std::mem::take(&mut text)),
                },
                "Tf" => maps = fonts.get(operation.operands[0].as_name().unwrap()),
                "TJ" => {
                    assert!(open.is_some(), "all text is marked");
                    for item in operation.operands[0].as_array().unwrap() {
                        if let Object::String(codes, _) = item {
                            for code in codes.chunks(2) {
                                text += &maps.unwrap()[code];
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(open.is_none());
    }
    (texts, artifacts)
}

/// For every font of a page the text of its codes.
fn fonts_of(pdf: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, BTreeMap<Vec<u8>, String>> {
    let page = pdf.get_dictionary(page).unwrap();
    let resources = get(pdf, page, "Resources").as_dict().unwrap();
    let fonts = get(pdf, resources, "Font").as_dict().unwrap();
    fonts
        .iter()
        .map(|(name, font)| {
            let map = get(pdf, dictionary(pdf, font), "ToUnicode").as_stream().unwrap();
            let map = String::from_utf8(map.decompressed_content().unwrap()).unwrap();
            // Each line is a range of codes with a text for each: <first><last>[<text><text>…].
            let ranges = map
                .lines()
                .filter_map(|line| line.strip_suffix(']')?.split_once('['));
            let texts = ranges.flat_map(|(codes, texts)| {
                let first = u16::from_str_radix(&codes[1..5], 16).unwrap();
                let texts = texts.split('<').skip(1);
                texts
                    .zip(first..)
                    .map(|(text, code)| {
                        let text = utf_16(&hex(text.strip_suffix('>').unwrap()));
                        (code.to_be_bytes().to_vec(), text)
                    })
                    .collect::<Vec<_>>()
            });
            (name.clone(), texts.collect())
        })
        .collect()
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}

fn utf_16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|unit| u16::from_be_bytes([unit[0], unit[1]]))
        .collect();
    String::from_utf16(&units).unwrap()
}

/// A stretch: its page and its number there.
type Stretch = (ObjectId, i64);

/// The elements of the structure tree: type, object, stretches.
fn structure(pdf: &Document) -> Vec<(String, ObjectId, Vec<Stretch>)> {
    let catalog = pdf.catalog().unwrap();
    let root = get(pdf, catalog, "StructTreeRoot").as_dict().unwrap();
    let document = get(pdf, root, "K").as_dict().unwrap();
    assert_eq!(document.get(b"S").unwrap().as_name().unwrap(), b"Document");
    let children = document.get(b"K").unwrap().as_array().unwrap();
    children
        .iter()
        .map(|child| {
            let element = dictionary(pdf, child);
            let own_page = element.get(b"Pg").unwrap().as_reference().unwrap();
            let marks = match element.get(b"K").unwrap() {
                Object::Array(marks) => marks.clone(),
                mark => vec![mark.clone()],
            };
            let marks = marks
                .iter()
                .map(|mark| match mark {
                    Object::Integer(number) => (own_page, *number),
                    mark => {
                        let mark = mark.as_dict().unwrap();
                        let page = mark.get(b"Pg").unwrap().as_reference().unwrap();
                        (page, mark.get(b"MCID").unwrap().as_i64().unwrap())
                    }
                })
                .collect();
            let kind = element.get(b"S").unwrap().as_name().unwrap();
            (
                String::from_utf8(kind.to_vec()).unwrap(),
                child.as_reference().unwrap(),
                marks,
            )
        })
        .collect()
}

#[test]
fn text_comes_back_element_by_element() {
    let fonts = FontBook::bundled().unwrap();
    let document = sample(&fonts);
    assert!(
        document.pages.len() > 1,
        "an element of the sample runs over pages"
    );
    let pdf = read_back(&document, &fonts);
    let (mut texts, artifacts) = marked_text(&pdf);
    let structure = structure(&pdf);
    let kinds: Vec<&str> = structure.iter().map(|(kind, _, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["P", "H1", "P", "H2", "P", "H3", "P", "H2", "H3", "P"]);
    for (element, (_, _, marks)) in document.elements.iter().zip(&structure) {
        let text: String = marks.iter().map(|mark| texts.remove(mark).unwrap()).collect();
        assert_eq!(text, element.text);
    }
    assert!(structure.iter().any(|(_, _, marks)| marks.len() > 1));
    assert!(texts.is_empty(), "every stretch belongs to an element");
    let numbers: Vec<String> = (1..=document.pages.len())
        .map(|page| format!("—{page}—"))
        .collect();
    assert_eq!(artifacts, numbers);
}

#[test]
fn rules_are_filled_rectangles_outside_the_text() {
    let fonts = FontBook::bundled().unwrap();
    let mut document = sample::document(&[(Role::Body, "正文。")], &fonts);
    let rule = PlacedRule {
        x: Length::mm(28),
        y: Length::mm(115),
        width: Length::mm(156),
        height: Length::pt(1),
        ink: Ink::Red,
    };
    document.pages[0].rules = vec![rule];
    let pdf = read_back(&document, &fonts);
    let page = pdf.page_iter().next().unwrap();
    let operations = pdf.get_and_decode_page_content(page).unwrap().operations;
    let at = |name: &str| operations.iter().position(|op| op.operator == name).unwrap();
    let numbers = |at: usize| -> Vec<f32> {
        let operands = operations[at].operands.iter();
        operands.map(|operand| operand.as_float().unwrap()).collect()
    };
    let mark = &operations[at("BDC")];
    assert_eq!(mark.operands[0].as_name().unwrap(), b"Artifact");
    assert!(at("BDC") < at("re") && at("re") < at("EMC") && at("EMC") < at("BT"));
    assert_eq!(numbers(at("rg")), [1.0, 0.2, 0.2]);
    // 297 − 115 mm = 515.906 pt from the bottom to the upper edge.
    let expected = [79.370, 514.906, 442.205, 1.0];
    for (found, expected) in numbers(at("re")).into_iter().zip(expected) {
        assert!((found - expected).abs() < 0.001, "{found} {expected}");
    }
}

#[test]
fn pages_lead_back_to_their_elements() {
    let fonts = FontBook::bundled().unwrap();
    let pdf = read_back(&sample(&fonts), &fonts);
    let root = get(&pdf, pdf.catalog().unwrap(), "StructTreeRoot")
        .as_dict()
        .unwrap();
    let parents = get(&pdf, root, "ParentTree").as_dict().unwrap();
    let parents = parents.get(b"Nums").unwrap().as_array().unwrap();
    let mut from_pages: BTreeMap<Stretch, ObjectId> = BTreeMap::new();
    for (index, page) in pdf.get_pages().into_values().enumerate() {
        let key = pdf.get_dictionary(page).unwrap().get(b"StructParents").unwrap();
        assert_eq!(key.as_i64().unwrap(), index as i64);
        assert_eq!(&parents[2 * index], key);
        let elements = pdf
            .dereference(&parents[2 * index + 1])
            .unwrap()
            .1
            .as_array()
            .unwrap();
        for (number, element) in elements.iter().enumerate() {
            from_pages.insert((page, number as i64), element.as_reference().unwrap());
        }
    }
    let from_elements: BTreeMap<Stretch, ObjectId> = structure(&pdf)
        .into_iter()
        .flat_map(|(_, id, marks)| marks.into_iter().map(move |mark| (mark, id)))
        .collect();
    assert_eq!(from_pages, from_elements);
}

#[test]
fn outline_nests_and_leads_to_pages() {
    let fonts = FontBook::bundled().unwrap();
    let pdf = read_back(&sample(&fonts), &fonts);
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();

    fn walk(
        pdf: &Document,
        of: &Dictionary,
        depth: usize,
        pages: &[ObjectId],
        found: &mut Vec<(usize, String)>,
    ) {
        let mut next = of.get(b"First").ok();
        while let Some(item) = next {
            let item = dictionary(pdf, item);
            let title = item.get(b"Title").unwrap().as_str().unwrap();
            found.push((depth, utf_16(&title[2..])));
            let destination = item.get(b"Dest").unwrap().as_array().unwrap();
            assert!(pages.contains(&destination[0].as_reference().unwrap()));
            walk(pdf, item, depth + 1, pages, found);
            next = item.get(b"Next").ok();
        }
    }
    let mut found = Vec::new();
    let root = get(&pdf, pdf.catalog().unwrap(), "Outlines").as_dict().unwrap();
    walk(&pdf, root, 0, &pages, &mut found);
    let found: Vec<(usize, &str)> = found
        .iter()
        .map(|(depth, title)| (*depth, title.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (0, "在全市重点工作推进会上的讲话"),
            (1, "一、充分认识形势"),
            (2, "1.抓好源头"),
            (1, "二、明确任务"),
            (2, "（一）细化分工"),
        ]
    );
}

#[test]
fn glyphs_stand_where_the_layout_put_them() {
    let fonts = FontBook::bundled().unwrap();
    let mut document = sample(&fonts);
    // Uneven steps, as justified lines have them.
    for (index, line) in document.pages[0].lines.iter_mut().enumerate() {
        let glyphs = line.runs.iter_mut().flat_map(|run| &mut run.glyphs);
        for (number, glyph) in glyphs.enumerate() {
            glyph.x += Length::emu((number * number * index) as i64 * 37);
        }
    }
    let pdf = read_back(&document, &fonts);
    let page = pdf.get_pages()[&1];
    let widths = |name: &[u8]| -> (i64, Vec<Object>) {
        let resources = get(&pdf, pdf.get_dictionary(page).unwrap(), "Resources")
            .as_dict()
            .unwrap();
        let font = dictionary(
            &pdf,
            get(&pdf, resources, "Font").as_dict().unwrap().get(name).unwrap(),
        );
        let descendants = font.get(b"DescendantFonts").unwrap().as_array().unwrap();
        let descendant = dictionary(&pdf, &descendants[0]);
        let rest = descendant.get(b"DW").unwrap().as_i64().unwrap();
        (rest, descendant.get(b"W").unwrap().as_array().unwrap().clone())
    };
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    // The viewer's own arithmetic (ISO 32000-1, 9.4.4).
    let mut origins = Vec::new();
    let (mut x, mut y, mut size, mut spacing) = (0.0, 0.0, 0.0, 0.0);
    let mut width_of: Box<dyn Fn(u16) -> f64> = Box::new(|_| 0.0);
    for operation in pdf.get_and_decode_page_content(page).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                size = number(&operands[1]);
                let (rest, table) = widths(operands[0].as_name().unwrap());
                width_of = Box::new(move |code| {
                    for pair in table.chunks(2) {
                        let first = pair[0].as_i64().unwrap();
                        let widths = pair[1].as_array().unwrap();
                        if let Ok(index) = usize::try_from(i64::from(code) - first)
                            && index < widths.len()
                        {
                            return f64::from(widths[index].as_float().unwrap());
                        }
                    }
                    rest as f64
                });
            }
            "Tc" => spacing = number(&operands[0]),
            "Tm" => (x, y) = (number(&operands[4]), number(&operands[5])),
            "TJ" => {
                for item in operands[0].as_array().unwrap() {
                    if let Object::String(codes, _) = item {
                        for code in codes.chunks(2) {
                            origins.push((x, y));
                            x += width_of(u16::from_be_bytes([code[0], code[1]])) / 1000.0 * size + spacing;
                        }
                    } else {
                        x -= number(item) / 1000.0 * size;
                    }
                }
            }
            _ => {}
        }
    }
    let placed = document.pages[0]
        .lines
        .iter()
        .chain(document.pages[0].number.as_ref().map(|(_, line)| line));
    let placed: Vec<(f64, f64)> = placed
        .flat_map(|line| {
            line.runs
                .iter()
                .flat_map(|run| &run.glyphs)
                .map(|glyph| (glyph.x, line.baseline))
        })
        .map(|(x, y)| (x.to_pt(), (document.paper.height - y).to_pt()))
        .collect();
    assert_eq!(origins.len(), placed.len());
    for (written, placed) in origins.iter().zip(&placed) {
        let off = (written.0 - placed.0).abs().max((written.1 - placed.1).abs());
        // 0.005 pt at most before a correction, and half a unit in the last decimal.
        assert!(off < 0.006, "{written:?} {placed:?}");
    }
}

#[test]
fn only_faces_in_use_are_embedded() {
    let fonts = FontBook::bundled().unwrap();
    let document = sample::document(&[(Role::Body, "正文。")], &fonts);
    let pdf = read_back(&document, &fonts);
    let page = pdf.get_pages()[&1];
    let names: Vec<Vec<u8>> = fonts_of(&pdf, page).into_keys().collect();
    assert_eq!(names, [b"Face0".to_vec(), b"Face5".to_vec()]);
    let programs = pdf
        .objects
        .values()
        .filter(|object| object.as_stream().is_ok_and(|stream| stream.dict.has(b"Length1")));
    assert_eq!(programs.count(), 2);
}

#[test]
fn an_empty_document_is_one_blank_page() {
    let fonts = FontBook::bundled().unwrap();
    let mut document = sample::document(&[], &fonts);
    document.pages.clear();
    let pdf = read_back(&document, &fonts);
    assert_eq!(pdf.get_pages().len(), 1);
    assert!(!pdf.catalog().unwrap().has(b"Outlines"));
}

#[test]
fn private_characters_and_several_glyphs_for_one_text_have_actual_text() {
    let fonts = FontBook::bundled().unwrap();
    let mut document = sample::document(&[(Role::Body, "甲乙丙丁")], &fonts);
    document.elements[0].text = "甲\u{e5e5}丁".to_owned();
    let glyphs = &mut document.pages[0].lines[0].runs[0].glyphs;
    // 甲 out of two glyphs.
    glyphs[1].len = 0;
    glyphs[2].start = 3;
    glyphs[3].start = 6;
    let pdf = read_back(&document, &fonts);
    let page = pdf.get_pages()[&1];
    let content = pdf.get_and_decode_page_content(page).unwrap();
    let operators: Vec<&str> = content
        .operations
        .iter()
        .map(|operation| operation.operator.as_str())
        .collect();
    let marked = operators.iter().position(|operator| *operator == "TJ").unwrap() - 1;
    assert_eq!(
        operators[marked..marked + 7],
        ["BDC", "TJ", "EMC", "BDC", "TJ", "EMC", "TJ"]
    );
    for (at, text) in [(marked, "甲"), (marked + 3, "\u{e5e5}")] {
        let operands = &content.operations[at].operands;
        assert_eq!(operands[0].as_name().unwrap(), b"Span");
        let actual = operands[1].as_dict().unwrap().get(b"ActualText").unwrap();
        assert_eq!(utf_16(&actual.as_str().unwrap()[2..]), text);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_and_others_do_not() {
    let fonts = FontBook::bundled().unwrap();
    let document = sample(&fonts);
    let bytes = write(document.clone(), &fonts, &Properties::default()).unwrap();
    let elsewhere = std::thread::scope(|scope| {
        let write = || {
            write(
                document.clone(),
                &FontBook::bundled().unwrap(),
                &Properties::default(),
            )
            .unwrap()
        };
        scope.spawn(write).join().unwrap()
    });
    assert!(bytes == elsewhere);

    let identifier = |bytes: &[u8]| {
        Document::load_mem(bytes)
            .unwrap()
            .trailer
            .get(b"ID")
            .unwrap()
            .clone()
    };
    let dated = Properties {
        timestamp: Some(1_709_629_445),
        ..Properties::default()
    };
    let dated = write(document.clone(), &fonts, &dated).unwrap();
    assert_ne!(identifier(&bytes), identifier(&dated));
    let other = sample::document(&[(Role::Body, "别的正文。")], &fonts);
    let other = write(other, &fonts, &Properties::default()).unwrap();
    assert_ne!(identifier(&bytes), identifier(&other));
}

#[test]
fn object_numbers_have_no_gaps() {
    let fonts = FontBook::bundled().unwrap();
    for document in [sample(&fonts), sample::document(&[(Role::Body, "短。")], &fonts)] {
        let pdf = read_back(&document, &fonts);
        let numbers: Vec<u32> = pdf.objects.keys().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>());
        assert_eq!(pdf.version, "1.7");
    }
}

#[test]
fn tables_have_rows_and_headers_and_a_place_for_every_cell() {
    let fonts = FontBook::bundled().unwrap();
    let cells = ["单位", "人数", "甲科", "", "乙科", "三"].map(|text| (Role::Table, text));
    let mut document = sample::document(&cells, &fonts);
    document.tables = vec![TableElements {
        first: 0,
        columns: 2,
        rows: 3,
    }];
    // The head stands again on the next page: an artifact that is not copied.
    let head = document.pages[0].lines[0].clone();
    let lines = document.pages[0].lines.split_off(4);
    document.pages.push(PlacedPage {
        lines,
        repeated: vec![head],
        ..PlacedPage::default()
    });
    let pdf = read_back(&document, &fonts);
    let root = get(&pdf, pdf.catalog().unwrap(), "StructTreeRoot")
        .as_dict()
        .unwrap();
    let kids = |of: &Dictionary| -> Vec<Dictionary> {
        let kids = get(&pdf, of, "K").as_array().unwrap();
        kids.iter().map(|kid| dictionary(&pdf, kid).clone()).collect()
    };
    let name =
        |of: &Dictionary| String::from_utf8(of.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let whole = get(&pdf, root, "K").as_dict().unwrap();
    let table = &kids(whole)[0];
    assert_eq!(name(table), "Table");
    let rows = kids(table);
    let types: Vec<Vec<String>> = rows
        .iter()
        .map(|row| kids(row).iter().map(name).collect())
        .collect();
    assert_eq!(types, [["TH", "TH"], ["TD", "TD"], ["TD", "TD"]]);
    for header in kids(&rows[0]) {
        let scope = get(&pdf, &header, "A").as_dict().unwrap();
        assert_eq!(scope.get(b"Scope").unwrap().as_name().unwrap(), b"Column");
    }
    let content = |row: usize, column: usize| kids(&rows[row])[column].has(b"K");
    assert!(content(1, 0) && !content(1, 1) && content(2, 1));

    let operations = pdf
        .get_and_decode_page_content(pdf.page_iter().nth(1).unwrap())
        .unwrap()
        .operations;
    let marks: Vec<&lopdf::content::Operation> =
        operations.iter().filter(|op| op.operator == "BDC").collect();
    let tags: Vec<&[u8]> = marks
        .iter()
        .map(|mark| mark.operands[0].as_name().unwrap())
        .collect();
    assert_eq!(tags, [&b"TD"[..], b"Artifact", b"Span"]);
    let copied = marks[2].operands[1]
        .as_dict()
        .unwrap()
        .get(b"ActualText")
        .unwrap();
    assert_eq!(utf_16(copied.as_str().unwrap()), "");
}

#[test]
fn turned_pages_are_upright_sheets_shown_turned() {
    let fonts = FontBook::bundled().unwrap();
    let mut document = sample::document(&[(Role::Body, "甲")], &fonts);
    document.pages[0].turned = true;
    let line = &document.pages[0].lines[0];
    let (x, y) = (line.runs[0].glyphs[0].x, line.baseline);
    let pdf = read_back(&document, &fonts);
    let page = pdf.page_iter().next().unwrap();
    let dictionary = pdf.get_dictionary(page).unwrap();
    assert_eq!(dictionary.get(b"Rotate").unwrap().as_i64().unwrap(), 90);
    let paper = get(&pdf, dictionary, "MediaBox").as_array().unwrap();
    assert!((paper[3].as_float().unwrap() - 841.89).abs() < 0.01);
    let operations = pdf.get_and_decode_page_content(page).unwrap().operations;
    let matrix = |name: &str| -> Vec<f32> {
        let operation = operations.iter().find(|op| op.operator == name).unwrap();
        operation
            .operands
            .iter()
            .map(|operand| operand.as_float().unwrap())
            .collect()
    };
    // What is to the right of the left edge is above the lower edge of the sheet; what is below the top is right of its
    // left edge.
    let (turn, place) = (matrix("cm"), matrix("Tm"));
    let (across, up) = (place[4], place[5]);
    let on_sheet = (
        turn[0] * across + turn[2] * up + turn[4],
        turn[1] * across + turn[3] * up + turn[5],
    );
    assert!((f64::from(on_sheet.0) - y.to_pt()).abs() < 0.01, "{on_sheet:?}");
    assert!((f64::from(on_sheet.1) - x.to_pt()).abs() < 0.01, "{on_sheet:?}");
    // The number is set outside of that.
    let at = |name: &str| operations.iter().rposition(|op| op.operator == name).unwrap();
    assert!(at("Q") < at("Tm"));
}
