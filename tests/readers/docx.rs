//! A DOCX file as XML trees.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// The parts of a DOCX file in the order of the archive.
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    /// The time stamps of the archive's entries, as year, month, day, hour.
    pub dates: Vec<(u16, u8, u8, u8)>,
}

/// An XML element. Names keep their usual prefix: `w:p`.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The elements inside it.
    pub children: Vec<Element>,
    /// The characters directly inside it.
    pub text: String,
}

impl Docx {
    /// Opens the archive.
    pub fn open(bytes: &[u8]) -> Docx {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let (mut parts, mut dates) = (Vec::new(), Vec::new());
        for i in 0..archive.len() {
            let mut entry = archive.by_index(i).unwrap();
            let date = entry.last_modified().unwrap_or_default();
            dates.push((date.year(), date.month(), date.day(), date.hour()));
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            parts.push((entry.name().to_owned(), content));
        }
        Docx { parts, dates }
    }

    /// The names of the parts.
    pub fn names(&self) -> Vec<&str> {
        self.parts.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The root element of the part called `name`.
    pub fn part(&self, name: &str) -> Element {
        let found = self.parts.iter().find(|(other, _)| other == name);
        let (_, content) = found.unwrap_or_else(|| panic!("no part {name} in {:?}", self.names()));
        parse(content)
    }

    /// Every paragraph of the body in order, those in tables included.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        self.paragraphs_of("word/document.xml")
    }

    /// Every paragraph of the part called `name`.
    pub fn paragraphs_of(&self, name: &str) -> Vec<Paragraph> {
        let styles = self.part("word/styles.xml");
        self.part(name)
            .all("w:p")
            .into_iter()
            .map(|element| Paragraph::new(element, &styles))
            .collect()
    }

    /// The text of the body: all `w:t`, nothing between them.
    pub fn text(&self) -> String {
        let document = self.part("word/document.xml");
        document.all("w:t").into_iter().map(|t| t.text.as_str()).collect()
    }
}

/// A paragraph with its properties and those of its style and the styles that one is based on, nearest first.
pub struct Paragraph {
    /// Its text; the code of a field is none.
    pub text: String,
    /// The codes of its fields, as in `PAGE`.
    pub fields: Vec<String>,
    /// The name of its style, as in `heading 1`.
    pub style_name: String,
    paragraph_properties: Vec<Element>,
    runs: Vec<Run>,
}

/// A run of text with its properties, nearest first.
pub struct Run {
    /// Its text.
    pub text: String,
    properties: Vec<Element>,
}

impl Paragraph {
    fn new(element: &Element, styles: &Element) -> Paragraph {
        let own = element.child("w:pPr");
        let id = own
            .and_then(|properties| properties.child("w:pStyle"))
            .and_then(|style| style.get("w:val"));
        let chain = style_chain(styles, id, "paragraph");
        let mut paragraph_properties: Vec<Element> = own.map(Element::copy).into_iter().collect();
        paragraph_properties.extend(
            chain
                .iter()
                .filter_map(|style| style.child("w:pPr"))
                .map(Element::copy),
        );
        paragraph_properties.extend(defaults(styles, "w:pPrDefault", "w:pPr"));
        let runs = element
            .all("w:r")
            .into_iter()
            .map(|run| {
                let own = run.child("w:rPr");
                let character = own
                    .and_then(|properties| properties.child("w:rStyle"))
                    .and_then(|style| style.get("w:val"));
                let mut properties: Vec<Element> = own.map(Element::copy).into_iter().collect();
                if character.is_some() {
                    let chain = style_chain(styles, character, "character");
                    properties.extend(chain.iter().filter_map(|s| s.child("w:rPr")).map(Element::copy));
                }
                properties.extend(chain.iter().filter_map(|s| s.child("w:rPr")).map(Element::copy));
                properties.extend(defaults(styles, "w:rPrDefault", "w:rPr"));
                Run {
                    text: run.all("w:t").into_iter().map(|t| t.text.as_str()).collect(),
                    properties,
                }
            })
            .collect::<Vec<Run>>();
        let fields = element
            .all("w:instrText")
            .into_iter()
            .map(|code| code.text.as_str())
            .chain(
                element
                    .all("w:fldSimple")
                    .into_iter()
                    .filter_map(|field| field.get("w:instr")),
            )
            .map(|code| code.trim().to_owned())
            .collect();
        Paragraph {
            fields,
            text: runs.iter().map(|run| run.text.as_str()).collect(),
            style_name: chain
                .first()
                .and_then(|style| style.child("w:name"))
                .and_then(|name| name.get("w:val"))
                .unwrap_or_default()
                .to_owned(),
            paragraph_properties,
            runs,
        }
    }

    /// The attribute `attribute` of the paragraph property `element` that counts.
    pub fn property(&self, element: &str, attribute: &str) -> Option<String> {
        nearest(&self.paragraph_properties, element, attribute)
    }

    /// Whether a switch such as `w:keepNext` is on.
    pub fn is_on(&self, element: &str) -> bool {
        is_on(&self.paragraph_properties, element)
    }

    /// The runs that have text.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| !run.text.is_empty())
    }
}

impl Run {
    /// The attribute `attribute` of the run property `element` that counts.
    pub fn property(&self, element: &str, attribute: &str) -> Option<String> {
        nearest(&self.properties, element, attribute)
    }

    /// Whether a switch such as `w:b` is on.
    pub fn is_on(&self, element: &str) -> bool {
        is_on(&self.properties, element)
    }
}

fn is_on(properties: &[Element], element: &str) -> bool {
    properties
        .iter()
        .find_map(|properties| properties.child(element))
        .is_some_and(|switch| !matches!(switch.get("w:val"), Some("0" | "false" | "off")))
}

fn nearest(properties: &[Element], element: &str, attribute: &str) -> Option<String> {
    properties
        .iter()
        .filter_map(|properties| properties.child(element))
        .find_map(|property| property.get(attribute))
        .map(str::to_owned)
}

fn defaults(styles: &Element, default: &str, properties: &str) -> Option<Element> {
    styles
        .child("w:docDefaults")?
        .child(default)?
        .child(properties)
        .map(Element::copy)
}

/// The style `id` (the default one of its type without), then those it is based on.
fn style_chain<'a>(styles: &'a Element, id: Option<&str>, kind: &str) -> Vec<&'a Element> {
    let mut chain = Vec::new();
    let mut next = styles.children.iter().find(|style| {
        style.name == "w:style"
            && style.get("w:type") == Some(kind)
            && match id {
                Some(id) => style.get("w:styleId") == Some(id),
                None => style.get("w:default") == Some("1"),
            }
    });
    assert!(
        next.is_some() || id.is_none(),
        "{kind} style {id:?} is not defined"
    );
    while let Some(style) = next {
        chain.push(style);
        assert!(chain.len() < 20, "styles are based on each other in a ring");
        let base = style.child("w:basedOn").and_then(|base| base.get("w:val"));
        next = base.and_then(|base| styles.children.iter().find(|s| s.get("w:styleId") == Some(base)));
    }
    chain
}

impl Element {
    /// The attribute called `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The attribute called `name` as a number.
    pub fn number(&self, name: &str) -> f64 {
        let value = self
            .get(name)
            .unwrap_or_else(|| panic!("{} has no {name}", self.name));
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name}={value} is no number"))
    }

    /// The first child called `name`.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every element called `name` at any depth, in document order.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// The only element called `name` at any depth.
    pub fn only(&self, name: &str) -> &Element {
        match self.all(name).as_slice() {
            [one] => one,
            other => panic!("{} of {name} in {}", other.len(), self.name),
        }
    }

    fn copy(&self) -> Element {
        Element {
            name: self.name.clone(),
            attributes: self.attributes.clone(),
            children: self.children.iter().map(Element::copy).collect(),
            text: self.text.clone(),
        }
    }
}

fn parse(content: &[u8]) -> Element {
    let text = std::str::from_utf8(content).unwrap();
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let done = element(&start);
                open.last_mut().unwrap().children.push(done);
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(reference) => {
                let name = reference.decode().unwrap();
                let character = match reference.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name)
                        .unwrap_or_else(|| panic!("unknown entity {name}"))
                        .to_owned(),
                };
                open.last_mut().unwrap().text.push_str(&character);
            }
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            other => panic!("{other:?} does not belong into a DOCX part"),
        }
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    open.pop().unwrap().children.pop().unwrap()
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Element {
        name: name(start.name().as_ref()),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
                (name(attribute.key.as_ref()), value.into_owned())
            })
            .collect(),
        ..Element::default()
    }
}
