//! A PDF file as pages of glyphs at their places.
//!
//! Follows the operators of the content streams, so that every position is the one a viewer shows, and takes text from
//! ToUnicode, so that it is what a reader copies. All places are in millimetres from the top left corner of the paper.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

const MM_PER_PT: f64 = 25.4 / 72.0;

/// A PDF file.
pub struct Pdf {
    /// The objects, for what is not on pages.
    pub document: Document,
    /// Its pages.
    pub pages: Vec<PdfPage>,
}

/// A page.
pub struct PdfPage {
    /// Paper width in mm.
    pub width: f64,
    /// Paper height in mm.
    pub height: f64,
    /// Glyphs in the order of drawing.
    pub glyphs: Vec<PdfGlyph>,
    /// Filled rectangles in the order of drawing.
    pub rules: Vec<PdfRule>,
}

/// A filled rectangle: a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PdfRule {
    /// Its left edge in mm.
    pub left: f64,
    /// Its upper edge in mm.
    pub top: f64,
    /// Its right edge in mm.
    pub right: f64,
    /// Its lower edge in mm.
    pub bottom: f64,
    /// Its colour: red, green and blue from 0 to 1.
    pub color: [f64; 3],
    /// Whether it is drawn as an artifact.
    pub artifact: bool,
}

/// A glyph.
#[derive(Clone, Debug)]
pub struct PdfGlyph {
    /// What it copies as.
    pub text: String,
    /// Its origin, from the left edge in mm.
    pub x: f64,
    /// Its baseline, from the top edge in mm.
    pub y: f64,
    /// Its advance width in mm.
    pub advance: f64,
    /// Its size in pt.
    pub size: f64,
    /// The PostScript name of its font without the subset tag.
    pub font: String,
    /// Its colour: red, green and blue from 0 to 1.
    pub color: [f64; 3],
    /// Whether it is drawn as an artifact (page numbers), which is no text of the document.
    pub artifact: bool,
    /// The number of its marked content.
    pub mcid: Option<i64>,
}

/// Glyphs on one baseline, left to right.
pub struct PdfLine {
    /// Its glyphs.
    pub glyphs: Vec<PdfGlyph>,
}

impl PdfLine {
    /// Its text.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }

    /// Its baseline, from the top edge in mm.
    pub fn y(&self) -> f64 {
        self.glyphs[0].y
    }

    /// Where its first glyph begins, in mm.
    pub fn left(&self) -> f64 {
        self.glyphs[0].x
    }

    /// Where its last glyph ends, in mm.
    pub fn right(&self) -> f64 {
        let last = self.glyphs.last().unwrap();
        last.x + last.advance
    }
}

impl Pdf {
    /// Reads a file.
    pub fn open(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.page_iter().map(|id| page(&document, id)).collect();
        Pdf { document, pages }
    }

    /// The text of the document in the order of drawing, artifacts left out.
    pub fn text(&self) -> String {
        let glyphs = self.pages.iter().flat_map(|page| &page.glyphs);
        glyphs
            .filter(|glyph| !glyph.artifact)
            .map(|glyph| glyph.text.as_str())
            .collect()
    }

    /// The text by the structure tree: each element that has text of its own, with its tag, in the tree's order.
    pub fn tagged_text(&self) -> Vec<(String, String)> {
        let numbers = self.document.page_iter().zip(0..).collect();
        let root = self
            .catalog()
            .get_deref(b"StructTreeRoot", &self.document)
            .unwrap();
        let mut found = Vec::new();
        self.walk_tags(root.as_dict().unwrap(), None, &numbers, &mut found);
        found
    }

    fn walk_tags(
        &self,
        element: &Dictionary,
        page: Option<ObjectId>,
        numbers: &BTreeMap<ObjectId, usize>,
        found: &mut Vec<(String, String)>,
    ) {
        let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let Ok(kids) = element.get_deref(b"K", &self.document) else {
            return;
        };
        let kids = match kids {
            Object::Array(kids) => kids.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut text = String::new();
        let mut inner = Vec::new();
        for kid in kids {
            let (_, kid) = self.document.dereference(kid).unwrap();
            let (page, mcid) = match kid {
                Object::Integer(mcid) => (page, *mcid),
                Object::Dictionary(kid) if kid.has(b"MCID") => (
                    kid.get(b"Pg").and_then(Object::as_reference).ok().or(page),
                    kid.get(b"MCID").and_then(Object::as_i64).unwrap(),
                ),
                Object::Dictionary(kid) => {
                    let before = inner.len();
                    self.walk_tags(kid, page, numbers, &mut inner);
                    // A Span is a part of its paragraph, not an element beside it.
                    if kid.get(b"S").and_then(Object::as_name).ok() == Some(b"Span") {
                        text.extend(inner.drain(before..).map(|(_, part)| part));
                    }
                    continue;
                }
                other => panic!("{other:?} in the structure tree"),
            };
            let glyphs = &self.pages[numbers[&page.expect("marked content without a page")]].glyphs;
            let marked = glyphs
                .iter()
                .filter(|glyph| glyph.mcid == Some(mcid) && !glyph.artifact);
            text.extend(marked.map(|glyph| glyph.text.as_str()));
        }
        if !text.is_empty() {
            let tag = element.get(b"S").and_then(Object::as_name).unwrap();
            found.push((String::from_utf8(tag.to_vec()).unwrap(), text));
        }
        found.append(&mut inner);
    }

    /// The document's catalogue.
    pub fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }
}

impl PdfPage {
    /// The lines of text from top to bottom, artifacts left out.
    pub fn lines(&self) -> Vec<PdfLine> {
        lines(self.glyphs.iter().filter(|glyph| !glyph.artifact))
    }

    /// The lines of artifacts: page numbers.
    pub fn artifacts(&self) -> Vec<PdfLine> {
        lines(self.glyphs.iter().filter(|glyph| glyph.artifact))
    }
}

fn lines<'a>(glyphs: impl Iterator<Item = &'a PdfGlyph>) -> Vec<PdfLine> {
    let mut glyphs: Vec<PdfGlyph> = glyphs.filter(|g| !g.text.trim().is_empty()).cloned().collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<PdfLine> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            // Lines are 10 mm apart, so half a millimetre tells them from rounding.
            Some(line) if (line.y() - glyph.y).abs() < 0.5 => line.glyphs.push(glyph),
            _ => lines.push(PdfLine { glyphs: vec![glyph] }),
        }
    }
    for line in &mut lines {
        line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

/// A font as far as text and widths need it.
struct Font {
    name: String,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    to_unicode: BTreeMap<u32, String>,
}

type Matrix = [f64; 6];

/// `a` applied before `b`.
fn concat(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The text state; what `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    color: [f64; 3],
    font: Vec<u8>,
    size: f64,
    character_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

fn page(document: &Document, id: ObjectId) -> PdfPage {
    let media = inherited(document, id, b"MediaBox");
    let media: Vec<f64> = media.as_array().unwrap().iter().map(number).collect();
    let fonts: BTreeMap<Vec<u8>, Font> = document
        .get_page_fonts(id)
        .unwrap()
        .into_iter()
        .map(|(name, dictionary)| (name, font(document, dictionary)))
        .collect();
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let mut state = State {
        ctm: IDENTITY,
        color: [0.0; 3],
        font: Vec::new(),
        size: 0.0,
        character_space: 0.0,
        word_space: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let mut kept = Vec::new();
    let mut marked: Vec<(bool, Option<i64>)> = Vec::new();
    let (mut matrix, mut line) = (IDENTITY, IDENTITY);
    let mut glyphs = Vec::new();
    let mut rules = Vec::new();
    // The corners of the rectangles of the path, in points.
    let mut path: Vec<[f64; 4]> = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        let n = |i: usize| number(&operands[i]);
        match operation.operator.as_str() {
            "q" => kept.push(state.clone()),
            "Q" => state = kept.pop().expect("Q without q"),
            "cm" => state.ctm = concat([n(0), n(1), n(2), n(3), n(4), n(5)], state.ctm),
            "g" => state.color = [n(0); 3],
            "rg" => state.color = [n(0), n(1), n(2)],
            "re" => {
                let corner = |x, y| concat([1.0, 0.0, 0.0, 1.0, x, y], state.ctm);
                let (one, other) = (corner(n(0), n(1)), corner(n(0) + n(2), n(1) + n(3)));
                path.push([one[4], one[5], other[4], other[5]]);
            }
            "f" => rules.extend(path.drain(..).map(|[left, bottom, right, top]| PdfRule {
                left: (left - media[0]) * MM_PER_PT,
                top: (media[3] - top) * MM_PER_PT,
                right: (right - media[0]) * MM_PER_PT,
                bottom: (media[3] - bottom) * MM_PER_PT,
                color: state.color,
                artifact: marked.iter().any(|(artifact, _)| *artifact),
            })),
            "BT" => (matrix, line) = (IDENTITY, IDENTITY),
            "Tf" => (state.font, state.size) = (operands[0].as_name().unwrap().to_vec(), n(1)),
            "Tc" => state.character_space = n(0),
            "Tw" => state.word_space = n(0),
            "Tz" => state.scale = n(0) / 100.0,
            "TL" => state.leading = n(0),
            "Ts" => state.rise = n(0),
            "Tm" => {
                line = [n(0), n(1), n(2), n(3), n(4), n(5)];
                matrix = line;
            }
            "Td" | "TD" => {
                if operation.operator == "TD" {
                    state.leading = -n(1);
                }
                line = concat([1.0, 0.0, 0.0, 1.0, n(0), n(1)], line);
                matrix = line;
            }
            "T*" => {
                line = concat([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                matrix = line;
            }
            "Tj" | "TJ" => {
                let parts = match &operands[0] {
                    Object::Array(parts) => parts.as_slice(),
                    one => std::slice::from_ref(one),
                };
                let font = &fonts[&state.font];
                for part in parts {
                    let Object::String(codes, _) = part else {
                        let shift = -number(part) / 1000.0 * state.size * state.scale;
                        matrix = concat([1.0, 0.0, 0.0, 1.0, shift, 0.0], matrix);
                        continue;
                    };
                    for code in codes.chunks(2) {
                        let cid = u32::from(code[0]) << 8 | u32::from(code[1]);
                        let width = font.widths.get(&cid).copied().unwrap_or(font.default_width) / 1000.0;
                        let shown = concat([1.0, 0.0, 0.0, 1.0, 0.0, state.rise], concat(matrix, state.ctm));
                        let stretch = shown[0];
                        let text = font.to_unicode.get(&cid);
                        glyphs.push(PdfGlyph {
                            text: text
                                .unwrap_or_else(|| panic!("{} has no text for CID {cid}", font.name))
                                .clone(),
                            x: (shown[4] - media[0]) * MM_PER_PT,
                            y: (media[3] - shown[5]) * MM_PER_PT,
                            advance: width * state.size * state.scale * stretch * MM_PER_PT,
                            size: state.size * shown[3],
                            font: font.name.clone(),
                            color: state.color,
                            artifact: marked.iter().any(|(artifact, _)| *artifact),
                            mcid: marked.iter().rev().find_map(|(_, mcid)| *mcid),
                        });
                        let shift = (width * state.size + state.character_space) * state.scale;
                        matrix = concat([1.0, 0.0, 0.0, 1.0, shift, 0.0], matrix);
                    }
                }
            }
            "BMC" => marked.push((operands[0].as_name().unwrap() == b"Artifact", None)),
            "BDC" => {
                let mcid = match &operands[1] {
                    Object::Dictionary(properties) => {
                        properties.get(b"MCID").ok().map(|n| n.as_i64().unwrap())
                    }
                    _ => None,
                };
                marked.push((operands[0].as_name().unwrap() == b"Artifact", mcid));
            }
            "EMC" => {
                marked.pop().expect("EMC without BMC");
            }
            "'" | "\"" | "Do" | "BI" => panic!("operator {} is not expected here", operation.operator),
            _ => {}
        }
    }
    assert!(kept.is_empty() && marked.is_empty(), "q or BMC is not closed");
    assert_eq!(state.word_space, 0.0, "Tw does nothing in two-byte fonts");
    PdfPage {
        width: (media[2] - media[0]) * MM_PER_PT,
        height: (media[3] - media[1]) * MM_PER_PT,
        glyphs,
        rules,
    }
}

/// A page attribute, the page's own or its ancestors'.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> &'a Object {
    let mut dictionary = document.get_dictionary(page).unwrap();
    loop {
        if let Ok(object) = dictionary.get_deref(key, document) {
            return object;
        }
        dictionary = dictionary
            .get_deref(b"Parent", document)
            .and_then(Object::as_dict)
            .unwrap_or_else(|_| panic!("no {}", String::from_utf8_lossy(key)));
    }
}

fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(n) => *n as f64,
        Object::Real(n) => f64::from(*n),
        other => panic!("{other:?} is no number"),
    }
}

fn font(document: &Document, dictionary: &Dictionary) -> Font {
    assert_eq!(
        dictionary.get(b"Subtype").and_then(Object::as_name).unwrap(),
        b"Type0",
        "only composite fonts are expected"
    );
    assert_eq!(
        dictionary.get(b"Encoding").and_then(Object::as_name).unwrap(),
        b"Identity-H"
    );
    let name = String::from_utf8(
        dictionary
            .get(b"BaseFont")
            .and_then(Object::as_name)
            .unwrap()
            .to_vec(),
    )
    .unwrap();
    let descendants = dictionary.get_deref(b"DescendantFonts", document).unwrap();
    let (_, descendant) = document.dereference(&descendants.as_array().unwrap()[0]).unwrap();
    let descendant = descendant.as_dict().unwrap();
    let to_unicode = dictionary.get_deref(b"ToUnicode", document).unwrap();
    Font {
        name: name
            .split_once('+')
            .map_or(name.as_str(), |(_, name)| name)
            .to_owned(),
        widths: match descendant.get_deref(b"W", document) {
            Ok(widths) => widths_of(document, widths.as_array().unwrap()),
            Err(_) => BTreeMap::new(),
        },
        default_width: descendant.get(b"DW").map_or(1000.0, number),
        to_unicode: to_unicode_of(&to_unicode.as_stream().unwrap().get_plain_content().unwrap()),
    }
}

fn widths_of(document: &Document, entries: &[Object]) -> BTreeMap<u32, f64> {
    let mut widths = BTreeMap::new();
    let mut i = 0;
    while i < entries.len() {
        let first = number(&entries[i]) as u32;
        let (_, second) = document.dereference(&entries[i + 1]).unwrap();
        match second {
            Object::Array(list) => {
                widths.extend((first..).zip(list.iter().map(number)));
                i += 2;
            }
            last => {
                let width = number(&entries[i + 2]);
                widths.extend((first..=number(last) as u32).map(|cid| (cid, width)));
                i += 3;
            }
        }
    }
    widths
}

/// The `bfchar` and `bfrange` entries of a ToUnicode CMap.
fn to_unicode_of(cmap: &[u8]) -> BTreeMap<u32, String> {
    let text = String::from_utf8(cmap.to_vec()).unwrap();
    let mut map = BTreeMap::new();
    for (begin, end, step) in [("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)] {
        for section in text.split(begin).skip(1) {
            let section = &section[..section.find(end).unwrap()];
            // Ranges with a text for each code.
            for range in section.split('\n').filter(|line| line.contains('[')) {
                let (codes, texts) = range.split_once('[').unwrap();
                let first = units(&codes[1..codes.find('>').unwrap()])[0];
                for (cid, text) in (u32::from(first)..).zip(texts.split('<').skip(1)) {
                    let text = String::from_utf16(&units(&text[..text.find('>').unwrap()])).unwrap();
                    map.insert(cid, text);
                }
            }
            let codes: Vec<Vec<u16>> = section
                .split('\n')
                .filter(|line| !line.contains('['))
                .flat_map(|line| line.split('<').skip(1))
                .map(|code| units(&code[..code.find('>').unwrap()]))
                .collect();
            for entry in codes.chunks(step) {
                let (first, last) = (u32::from(entry[0][0]), u32::from(entry[step - 2][0]));
                for cid in first..=last {
                    let mut target = entry[step - 1].clone();
                    *target.last_mut().unwrap() += (cid - first) as u16;
                    map.insert(cid, String::from_utf16(&target).unwrap());
                }
            }
        }
    }
    map
}

fn units(hexadecimal: &str) -> Vec<u16> {
    hexadecimal
        .as_bytes()
        .chunks(4)
        .map(|digits| u16::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
        .collect()
}
