//! XML as a tree of names, attributes and text, within bounds.
//!
//! Prefixes are dropped: DOCX files of every kind use the same local names. Of alternatives (`mc:AlternateContent`) only
//! the first is kept, and what was deleted under revision is left out.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::LearnError;
use crate::diagnostic::Message;

/// The most elements in a part.
const MOST_ELEMENTS: usize = 1_000_000;
/// The deepest nesting.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its attributes, names without prefix.
    attributes: Vec<(String, String)>,
    /// Its elements.
    pub(super) children: Vec<Element>,
    /// The text directly inside.
    pub(super) text: String,
}

impl Element {
    /// The attribute called `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The attribute called `name` as a whole number, within what a page can have.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        // Strict files may write decimals; nothing on a page is a million twips.
        let value: f64 = self.get(name)?.trim().parse().ok()?;
        (value.abs() < 1e6).then(|| value.round() as i64)
    }

    /// The first child called `name`.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The attribute `val` of the first child called `name`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }

    /// Every element called `name` at any depth, in order.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }
}

/// Reads a part.
pub(super) fn parse(content: &[u8], part: &str) -> Result<Element, LearnError> {
    let damaged = |why: &str| {
        LearnError::Damaged(Message::new(
            format!("{part} 不是完好的 XML（{why}）"),
            format!("{part} is no well-formed XML ({why})"),
        ))
    };
    let mut reader = Reader::from_reader(content);
    let mut open: Vec<Element> = vec![Element::default()];
    // How deep inside content that is left out.
    let mut skipped = 0usize;
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error.to_string()))?;
        match event {
            Event::Start(start) => {
                if skipped > 0 || left_out(&start) {
                    skipped += 1;
                    continue;
                }
                open.push(element(&start));
                count += 1;
            }
            Event::Empty(start) if skipped == 0 && !left_out(&start) => {
                let done = element(&start);
                count += 1;
                if let Some(parent) = open.last_mut() {
                    parent.children.push(done);
                }
            }
            Event::Empty(_) => {}
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Err(damaged("an end without a start")),
                }
            }
            Event::Text(text) if skipped == 0 => {
                if let Some(parent) = open.last_mut().filter(|parent| holds_text(&parent.name)) {
                    parent.text.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Event::GeneralRef(reference) if skipped == 0 => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                if let (Some(character), Some(parent)) = (character, open.last_mut())
                    && holds_text(&parent.name)
                {
                    parent.text.push_str(&character);
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if count > MOST_ELEMENTS || open.len() > DEEPEST || skipped > DEEPEST {
            return Err(LearnError::TooLarge(Message::new(
                format!("{part} 的内容过多或嵌套过深"),
                format!("{part} has too many or too deeply nested elements"),
            )));
        }
    }
    match (
        open.pop().and_then(|mut root| root.children.pop()),
        open.is_empty() && skipped == 0,
    ) {
        (Some(root), true) => Ok(root),
        _ => Err(damaged("an element is not closed")),
    }
}

/// Other forms of what is there already, and what is no longer part of the text.
fn left_out(start: &BytesStart<'_>) -> bool {
    matches!(
        start.local_name().as_ref(),
        b"Fallback" | b"del" | b"moveFrom" | b"rPrChange" | b"pPrChange" | b"sectPrChange"
    )
}

fn holds_text(name: &str) -> bool {
    matches!(name, "t" | "instrText")
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .flatten()
        .map(|attribute| {
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            let value = quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone(), Into::into);
            (local(attribute.key.local_name().as_ref()), value)
        })
        .collect();
    Element {
        name: local(start.local_name().as_ref()),
        attributes,
        ..Element::default()
    }
}

fn local(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
