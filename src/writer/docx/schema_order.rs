//! The pass over the body that docx-rs wrote, which makes it valid and complete.
//!
//! docx-rs writes the children of property elements in an order of its own, leaves empty ones behind, and lacks some
//! properties altogether. This pass sorts the children into the order of the schema (ECMA-376 part 1, annex A; Word
//! refuses or ignores others), drops what is empty, adds the paragraphs' own properties and puts our section in place of
//! theirs. It changes nothing between the properties: text passes through byte for byte.

use std::ops::Range;

use super::DocxError;
use super::looks::Property;
use super::tags::{Piece, Tag, next_piece};
use super::xml::NAMESPACES;

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

/// Children of `w:rPr`, in order.
const RUN: &[&str] = &[
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:outline",
    "w:shadow",
    "w:emboss",
    "w:imprint",
    "w:noProof",
    "w:snapToGrid",
    "w:vanish",
    "w:webHidden",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:effect",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:rtl",
    "w:cs",
    "w:em",
    "w:lang",
    "w:eastAsianLayout",
    "w:specVanish",
    "w:oMath",
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
        b"w:pPr" => Some(PARAGRAPH),
        b"w:rPr" => Some(RUN),
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

/// What this pass adds to the body.
pub(super) struct Additions<'a> {
    /// The own properties of paragraphs, by the number that is their `w14:paraId` in hexadecimal.
    pub(super) paragraphs: &'a [Vec<Property>],
    /// The rows that are repeated on every page, by their number, ascending.
    pub(super) header_rows: &'a [usize],
    /// The `w:sectPr` element.
    pub(super) section: &'a str,
    /// The attributes of tracked changes besides their number.
    pub(super) reviewer: &'a str,
}

/// Makes docx-rs' `word/document.xml` valid and complete. `changes` is the number of the next tracked change.
///
/// # Errors
/// When `xml` is not well-formed.
pub(super) fn finish(
    xml: &[u8],
    additions: &Additions<'_>,
    changes: &mut usize,
) -> Result<Vec<u8>, DocxError> {
    let mut pass = Pass {
        rest: xml,
        written: Vec::with_capacity(xml.len() + 1024),
        additions,
        paragraph: None,
        rows: 0,
        changes,
    };
    pass.element_content(None)?;
    Ok(pass.written)
}

struct Pass<'a> {
    /// What has not been read yet.
    rest: &'a [u8],
    written: Vec<u8>,
    additions: &'a Additions<'a>,
    /// The number of the paragraph just begun, until its properties were written.
    paragraph: Option<usize>,
    /// How many table rows have begun.
    rows: usize,
    changes: &'a mut usize,
}

/// The children of a property element: rank in the schema and place in what was written.
type Children = Vec<(usize, Range<usize>)>;

impl<'a> Pass<'a> {
    /// Copies the content of an element up to and with its end tag, and reports its children when it is one whose
    /// children have an order. At the top level, copies everything.
    fn element_content(&mut self, order: Option<&[&str]>) -> Result<Children, DocxError> {
        let mut children = Vec::new();
        while !self.rest.is_empty() {
            let (piece, rest) = next_piece(self.rest).ok_or(DocxError::Body)?;
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
        let name = tag.name();
        let from = self.written.len();
        match name {
            b"w:sectPr" => {
                self.element_content(None)?;
                self.written.truncate(from);
                self.written.extend_from_slice(self.additions.section.as_bytes());
                return Ok(());
            }
            b"w:document" => {
                self.written.extend_from_slice(b"<w:document ");
                self.written.extend_from_slice(NAMESPACES.as_bytes());
                self.written.push(b'>');
            }
            b"w:p" => {
                self.paragraph = paragraph_number(tag);
                self.written.extend_from_slice(b"<w:p>");
            }
            b"w:ins" | b"w:del" => {
                // docx-rs counts over all documents of the process; numbers of the document's own are the same every time.
                self.written.push(b'<');
                self.written.extend_from_slice(name.as_ref());
                self.written.extend_from_slice(
                    format!(" w:id=\"{}\"{}>", self.changes, self.additions.reviewer).as_bytes(),
                );
                *self.changes += 1;
            }
            b"w:tr" => {
                self.rows += 1;
                self.written.extend_from_slice(tag.0);
            }
            // docx-rs says of every text that its blanks are to be kept; few have any that would not be.
            b"w:t" if !has_endangered_blanks(self.rest) => self.written.extend_from_slice(b"<w:t>"),
            _ => self.written.extend_from_slice(tag.0),
        }

        let inside = self.written.len();
        let Some(order) = order(name) else {
            self.element_content(None)?;
            self.close(name);
            return Ok(());
        };
        let mut children = self.element_content(Some(order))?;
        match name {
            b"w:pPr" => self.add_paragraph_properties(&mut children),
            b"w:trPr" if self.is_header_row() => {
                let from = self.written.len();
                self.written.extend_from_slice(b"<w:tblHeader/>");
                children.push((ROW.len(), from..self.written.len()));
            }
            _ => {}
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

    /// Whether the row begun last is one to be repeated.
    fn is_header_row(&self) -> bool {
        let row = self.rows.checked_sub(1);
        row.is_some_and(|row| self.additions.header_rows.binary_search(&row).is_ok())
    }

    fn add_paragraph_properties(&mut self, children: &mut Children) {
        let Some(number) = self.paragraph.take() else {
            return;
        };
        for property in self.additions.paragraphs.get(number).into_iter().flatten() {
            let from = self.written.len();
            self.written.extend_from_slice(property.xml.as_bytes());
            let rank = rank(PARAGRAPH, property.name.as_bytes());
            children.push((rank, from..self.written.len()));
        }
    }
}

/// Whether the text at the beginning of `xml` has blanks that readers of XML may leave out unless told otherwise: at its
/// ends, or several together.
fn has_endangered_blanks(xml: &[u8]) -> bool {
    let text = &xml[..memchr::memchr(b'<', xml).unwrap_or(xml.len())];
    let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    blank(text.first()) || blank(text.last()) || memchr::memmem::find(text, b"  ").is_some()
}

/// The number in `w14:paraId`. The attribute itself is dropped: Word gives ids of its own when it saves.
fn paragraph_number(tag: Tag<'_>) -> Option<usize> {
    let id = tag.attribute("w14:paraId")?;
    usize::from_str_radix(std::str::from_utf8(id).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(body: &str, paragraphs: &[Vec<Property>]) -> String {
        let xml = format!("<w:document a=\"b\"><w:body>{body}</w:body></w:document>");
        let additions = Additions {
            paragraphs,
            header_rows: &[],
            section: "<w:sectPr/>",
            reviewer: "",
        };
        let out = String::from_utf8(finish(xml.as_bytes(), &additions, &mut 0).unwrap()).unwrap();
        out.strip_prefix(&format!("<w:document {NAMESPACES}><w:body>"))
            .and_then(|rest| rest.strip_suffix("</w:body></w:document>"))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn sorts_properties_and_drops_empty_ones() {
        assert_eq!(
            finished(
                "<w:p w14:paraId=\"00000000\"><w:pPr><w:rPr /><w:jc w:val=\"both\" /><w:keepNext /><w:pStyle \
                 w:val=\"a\" /></w:pPr><w:r><w:rPr></w:rPr><w:t>甲 &amp; 乙</w:t></w:r></w:p>",
                &[]
            ),
            "<w:p><w:pPr><w:pStyle w:val=\"a\" /><w:keepNext /><w:jc w:val=\"both\" /></w:pPr><w:r><w:t>甲 &amp; \
             乙</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn blanks_are_kept_where_there_are_any() {
        let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        for kept in [" 甲", "甲 ", " ", "甲  乙"] {
            assert_eq!(finished(&text(kept), &[]), text(kept));
        }
        for plain in ["甲 乙", "\u{3000}甲", ""] {
            assert_eq!(
                finished(&text(plain), &[]),
                format!("<w:r><w:t>{plain}</w:t></w:r>")
            );
        }
    }

    #[test]
    fn sorts_inside_what_it_sorts() {
        assert_eq!(
            finished(
                "<w:p><w:pPr><w:rPr><w:sz /><w:b /></w:rPr><w:pStyle w:val=\"a\" /></w:pPr></w:p>",
                &[]
            ),
            "<w:p><w:pPr><w:pStyle w:val=\"a\" /><w:rPr><w:b /><w:sz /></w:rPr></w:pPr></w:p>"
        );
    }

    #[test]
    fn adds_the_properties_of_the_paragraph_with_that_number() {
        let keep = Property {
            name: "w:keepNext",
            xml: "<w:keepNext/>".to_owned(),
        };
        let paragraph = |id: &str| {
            format!("<w:p w14:paraId=\"{id}\"><w:pPr><w:rPr /><w:pStyle w:val=\"a\" /></w:pPr></w:p>")
        };
        assert_eq!(
            finished(
                &(paragraph("00000000") + &paragraph("00000001")),
                &[Vec::new(), vec![keep]]
            ),
            "<w:p><w:pPr><w:pStyle w:val=\"a\" /></w:pPr></w:p><w:p><w:pPr><w:pStyle w:val=\"a\" /><w:keepNext/></w:pPr></w:p>"
        );
    }

    #[test]
    fn puts_our_section_in_place_of_theirs() {
        assert_eq!(
            finished("<w:p/><w:sectPr><w:pgSz w:w=\"1\" /></w:sectPr>", &[]),
            "<w:p/><w:sectPr/>"
        );
    }
}
