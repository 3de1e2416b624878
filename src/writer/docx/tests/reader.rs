//! A DOCX file as a word processor sees it: parts, elements, and properties resolved through styles.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};

/// An element with its attributes and content.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Element {
        let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Element {
            name: string(start.name().as_ref()),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.unwrap();
                    (
                        string(attribute.key.as_ref()),
                        unescaped(&string(&attribute.value)),
                    )
                })
                .collect(),
            ..Element::default()
        }
    }

    pub(super) fn parse(xml: &str) -> Element {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Element::new(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Element::new(&start)),
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(text) => {
                    let text = text.decode().unwrap();
                    open.last_mut().unwrap().text.push_str(&text);
                }
                Event::GeneralRef(entity) => {
                    let entity = entity.decode().unwrap();
                    open.last_mut()
                        .unwrap()
                        .text
                        .push_str(&unescaped(&format!("&{entity};")));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn value(&self, child: &str) -> Option<&str> {
        self.child(child)?.attribute("w:val")
    }

    /// Every element called `name` below this one.
    pub(super) fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).unwrap().into_owned()
}

/// An opened file.
pub(super) struct Docx {
    pub(super) parts: Vec<(String, String)>,
    pub(super) body: Element,
    pub(super) styles: Element,
}

impl Docx {
    pub(super) fn open(bytes: &[u8]) -> Docx {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts: Vec<(String, String)> = (0..archive.len())
            .map(|i| {
                let mut part = archive.by_index(i).unwrap();
                let mut content = String::new();
                part.read_to_string(&mut content).unwrap();
                (part.name().to_owned(), content)
            })
            .collect();
        let root = |name: &str| {
            let (_, content) = parts.iter().find(|(part, _)| part == name).unwrap();
            Element::parse(content)
        };
        Docx {
            body: root("word/document.xml").child("w:body").unwrap().clone(),
            styles: root("word/styles.xml"),
            parts,
        }
    }

    pub(super) fn part(&self, name: &str) -> &str {
        &self.parts.iter().find(|(part, _)| part == name).unwrap().1
    }

    pub(super) fn paragraphs(&self) -> Vec<&Element> {
        self.body.all("w:p")
    }

    /// The style called `id`, and those it is based on, nearest first.
    pub(super) fn style_chain(&self, id: Option<&str>) -> Vec<&Element> {
        let mut chain = Vec::new();
        let mut next = id;
        while let Some(id) = next {
            let style = self
                .styles
                .all("w:style")
                .into_iter()
                .find(|style| style.attribute("w:styleId") == Some(id))
                .unwrap_or_else(|| panic!("no style {id}"));
            chain.push(style);
            next = style.value("w:basedOn");
        }
        chain
    }

    fn paragraph_style(paragraph: &Element) -> &str {
        let own = paragraph.child("w:pPr").and_then(|own| own.value("w:pStyle"));
        own.unwrap_or("Normal")
    }

    /// The attribute of a paragraph property: the paragraph's own, else that of the nearest style.
    pub(super) fn paragraph_property(
        &self,
        paragraph: &Element,
        property: &str,
        attribute: &str,
    ) -> Option<String> {
        let own = paragraph.child("w:pPr").into_iter();
        let chain = self.style_chain(Some(Self::paragraph_style(paragraph)));
        own.chain(chain.into_iter().filter_map(|style| style.child("w:pPr")))
            .filter_map(|properties| properties.child(property))
            .find_map(|found| found.attribute(attribute))
            .map(str::to_owned)
    }

    /// Whether a property that is on or off is on: present and not denied.
    pub(super) fn paragraph_switch(&self, paragraph: &Element, property: &str) -> bool {
        let own = paragraph.child("w:pPr").into_iter();
        let chain = self.style_chain(Some(Self::paragraph_style(paragraph)));
        own.chain(chain.into_iter().filter_map(|style| style.child("w:pPr")))
            .find_map(|properties| properties.child(property))
            .is_some_and(is_on)
    }

    /// The attribute of a run property: the run's own, else its character style's, else its paragraph style's.
    pub(super) fn run_property(
        &self,
        paragraph: &Element,
        run: &Element,
        property: &str,
        attribute: &str,
    ) -> Option<String> {
        let own = run.child("w:rPr");
        let character = self.style_chain(own.and_then(|own| own.value("w:rStyle")));
        let chain = self.style_chain(Some(Self::paragraph_style(paragraph)));
        own.into_iter()
            .chain(
                character
                    .into_iter()
                    .chain(chain)
                    .filter_map(|style| style.child("w:rPr")),
            )
            .filter_map(|properties| properties.child(property))
            .find_map(|found| found.attribute(attribute))
            .map(str::to_owned)
    }

    /// Bold: the run's own word is final; character and paragraph styles toggle.
    pub(super) fn is_bold(&self, paragraph: &Element, run: &Element) -> bool {
        let own = run.child("w:rPr");
        if let Some(bold) = own.and_then(|own| own.child("w:b")) {
            return is_on(bold);
        }
        let says = |chain: Vec<&Element>| {
            chain
                .into_iter()
                .filter_map(|style| style.child("w:rPr"))
                .find_map(|properties| properties.child("w:b"))
                .is_some_and(is_on)
        };
        says(self.style_chain(own.and_then(|own| own.value("w:rStyle"))))
            != says(self.style_chain(Some(Self::paragraph_style(paragraph))))
    }
}

fn is_on(property: &Element) -> bool {
    !matches!(property.attribute("w:val"), Some("0" | "false" | "off"))
}

/// The text of a run or paragraph, line breaks and tabs as characters.
pub(super) fn text(element: &Element) -> String {
    let mut text = String::new();
    for child in &element.children {
        match child.name.as_str() {
            "w:t" => text.push_str(&child.text),
            "w:br" => text.push('\n'),
            "w:tab" => text.push('\t'),
            "w:r" => text.push_str(&self::text(child)),
            _ => {}
        }
    }
    text
}
