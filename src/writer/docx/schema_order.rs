//! The order of the schema, and the pass that brings docx-rs' tables into it.
//!
//! docx-rs writes the children of property elements in an order of its own, leaves empty ones behind, and lacks some
//! properties altogether. The pass sorts the children into the order of the schema (ECMA-376 part 1, annex A; Word
//! refuses or ignores others), drops what is empty and puts the paragraphs in their places. It changes nothing of them.

use std::ops::Range;

use super::DocxError;
use super::looks::Property;
use super::tags::{Piece, Tag, next_piece};

/// Children of `w:pPr`, in order.
const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
];

/// Children of `w:tblPr`, in order.
const TABLE: &[&str] = &[
    "w:tblStyle",
    "w:tblpPr",
    "w:tblOverlap",
    "w:bidiVisual",
    "w:tblStyleRowBandSize",
    "w:tblStyleColBandSize",
    "w:tblW",
    "w:jc",
    "w:tblCellSpacing",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
];

/// Children of `w:tcPr`, in order.
const CELL: &[&str] = &[
    "w:cnfStyle",
    "w:tcW",
    "w:gridSpan",
    "w:hMerge",
    "w:vMerge",
    "w:tcBorders",
    "w:shd",
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
    "w:hideMark",
];

/// Children of `w:tblBorders`, in order.
const BORDERS: &[&str] = &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];

/// Children of `w:trPr`: in any order, by the schema.
const ROW: &[&str] = &[];

/// The order of the children of a property element; `None` for other elements.
fn order(name: &[u8]) -> Option<&'static [&'static str]> {
    match name {
        b"w:tblPr" => Some(TABLE),
        b"w:tblBorders" => Some(BORDERS),
        b"w:tcPr" => Some(CELL),
        b"w:trPr" => Some(ROW),
        _ => None,
    }
}

fn rank(order: &[&str], name: &[u8]) -> usize {
    order
        .iter()
        .position(|known| known.as_bytes() == name)
        .unwrap_or(order.len())
}

/// Sorts the children of a `w:pPr`.
pub(super) fn sort_paragraph_properties(properties: &mut [Property]) {
    properties.sort_by_key(|property| rank(PARAGRAPH, property.name.as_bytes()));
}

/// Makes docx-rs' table `xml` valid and fills it with `paragraphs`. `repeats_head` says whether its first row is repeated
/// on every page.
///
/// # Errors
/// When `xml` is not well-formed, or has not a place for each paragraph.
pub(super) fn finish_table(
    xml: &[u8],
    paragraphs: &[String],
    repeats_head: bool,
) -> Result<String, DocxError> {
    let mut pass = Pass {
        rest: xml,
        written: Vec::with_capacity(2 * xml.len()),
        paragraphs: paragraphs.iter(),
        repeats_head,
        rows: 0,
    };
    pass.element_content(None)?;
    match pass.paragraphs.next() {
        None => String::from_utf8(pass.written).map_err(|_| DocxError::Table),
        Some(_) => Err(DocxError::Table),
    }
}

struct Pass<'a> {
    /// What has not been read yet.
    rest: &'a [u8],
    written: Vec<u8>,
    /// Those that have no place yet.
    paragraphs: std::slice::Iter<'a, String>,
    repeats_head: bool,
    /// How many rows have begun.
    rows: usize,
}

/// The children of a property element: rank in the schema and place in what was written.
type Children = Vec<(usize, Range<usize>)>;

impl<'a> Pass<'a> {
    /// Copies the content of an element up to and with its end tag, and reports its children when it is one whose
    /// children have an order. At the top level, copies everything.
    fn element_content(&mut self, order: Option<&[&str]>) -> Result<Children, DocxError> {
        let mut children = Vec::new();
        while !self.rest.is_empty() {
            let (piece, rest) = next_piece(self.rest).ok_or(DocxError::Table)?;
            self.rest = rest;
            let from = self.written.len();
            let name = match piece {
                Piece::End => break,
                Piece::Start(tag) => {
                    self.start(tag)?;
                    tag.name()
                }
                Piece::Empty(tag) => {
                    self.empty(tag);
                    tag.name()
                }
                Piece::Other(text) => {
                    self.written.extend_from_slice(text);
                    continue;
                }
            };
            if let Some(order) = order
                && self.written.len() > from
            {
                children.push((rank(order, name), from..self.written.len()));
            }
        }
        Ok(children)
    }

    /// An element with content: writes all of it.
    fn start(&mut self, tag: Tag<'a>) -> Result<(), DocxError> {
        const PARAGRAPH_END: &[u8] = b"</w:p>";
        let name = tag.name();
        let from = self.written.len();
        if name == b"w:p" {
            let end = memchr::memmem::find(self.rest, PARAGRAPH_END).ok_or(DocxError::Table)?;
            self.rest = &self.rest[end + PARAGRAPH_END.len()..];
            let paragraph = self.paragraphs.next().ok_or(DocxError::Table)?;
            self.written.extend_from_slice(paragraph.as_bytes());
            return Ok(());
        }
        self.rows += usize::from(name == b"w:tr");
        self.written.extend_from_slice(tag.0);
        let inside = self.written.len();
        let Some(order) = order(name) else {
            self.element_content(None)?;
            self.close(name);
            return Ok(());
        };
        let mut children = self.element_content(Some(order))?;
        if name == b"w:trPr" && self.repeats_head && self.rows == 1 {
            let from = self.written.len();
            self.written.extend_from_slice(b"<w:tblHeader/>");
            children.push((ROW.len(), from..self.written.len()));
        }
        if children.is_empty() {
            self.written.truncate(from);
            return Ok(());
        }
        if !children.is_sorted_by_key(|(rank, _)| *rank) {
            // The sort is stable, so equal elements (cell borders, tabs) stay in their order.
            children.sort_by_key(|(rank, _)| *rank);
            let sorted: Vec<u8> = children
                .iter()
                .flat_map(|(_, place)| &self.written[place.clone()])
                .copied()
                .collect();
            self.written.truncate(inside);
            self.written.extend_from_slice(&sorted);
        }
        self.close(name);
        Ok(())
    }

    /// An element without content.
    fn empty(&mut self, tag: Tag<'_>) {
        match tag.name() {
            b"w:gridCol" => {
                // docx-rs adds w:type, which the schema does not have here.
                self.written.extend_from_slice(b"<w:gridCol");
                if let Some(width) = tag.attribute("w:w") {
                    self.written.extend_from_slice(b" w:w=\"");
                    self.written.extend_from_slice(width);
                    self.written.push(b'"');
                }
                self.written.extend_from_slice(b"/>");
            }
            name if order(name).is_some() => {}
            _ => self.written.extend_from_slice(tag.0),
        }
    }

    fn close(&mut self, name: &[u8]) {
        self.written.extend_from_slice(b"</");
        self.written.extend_from_slice(name);
        self.written.push(b'>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(xml: &str, paragraphs: &[&str], repeats_head: bool) -> Result<String, DocxError> {
        let paragraphs: Vec<String> = paragraphs.iter().map(|xml| (*xml).to_owned()).collect();
        finish_table(xml.as_bytes(), &paragraphs, repeats_head)
    }

    #[test]
    fn sorts_properties_and_drops_empty_ones() {
        assert_eq!(
            finished(
                "<w:tbl><w:tblPr><w:jc w:val=\"left\" /><w:tblBorders><w:left /><w:top /></w:tblBorders><w:tblW w:w=\"1\" />\
                 </w:tblPr><w:tblGrid><w:gridCol w:w=\"9\" w:type=\"dxa\" /></w:tblGrid><w:tr><w:trPr /></w:tr></w:tbl>",
                &[],
                false
            )
            .unwrap(),
            "<w:tbl><w:tblPr><w:tblW w:w=\"1\" /><w:jc w:val=\"left\" /><w:tblBorders><w:top /><w:left /></w:tblBorders>\
             </w:tblPr><w:tblGrid><w:gridCol w:w=\"9\"/></w:tblGrid><w:tr></w:tr></w:tbl>"
        );
    }

    #[test]
    fn paragraphs_come_to_their_places_and_the_head_is_marked() {
        const ROW: &str =
            "<w:tr><w:trPr></w:trPr><w:tc><w:p a=\"b\"><w:pPr><w:rPr /></w:pPr></w:p></w:tc></w:tr>";
        let rows = ROW.repeat(2);
        assert_eq!(
            finished(&rows, &["<w:p>甲</w:p>", "<w:p>乙</w:p>"], true).unwrap(),
            "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p>甲</w:p></w:tc></w:tr><w:tr><w:tc><w:p>乙</w:p></w:tc></w:tr>"
        );
        for wrong in [&["甲"][..], &["甲", "乙", "丙"]] {
            assert!(finished(&rows, wrong, true).is_err());
        }
    }
}
