//! Pages with every glyph in its place.
//!
//! Takes a [`StyledDocument`](crate::style::StyledDocument), breaks its paragraphs into lines by W3C clreq (level GB),
//! its lines into pages, and gives a [`PagedDocument`] that a fixed format can write down without another decision.
//! All positions are measured from the top left corner of the paper.

mod breaking;
mod characters;
mod dump;
mod first_page;
mod joint;
mod number;
mod outline;
mod page;
mod page_end;
mod place;
#[cfg(all(test, feature = "bundled-fonts"))]
mod properties;
mod shape;
mod table;
#[cfg(all(test, feature = "bundled-fonts"))]
mod testing;
mod title;
mod zones;

use crate::font::FaceId;
use crate::model::Role;
use crate::profile::{Ink, Page};
use crate::source::Span;
use crate::style::{FirstPage, ImprintPage};
use crate::units::Length;
use crate::words;

pub use dump::dump;
pub use page::{layout, title_lines};
pub use table::TableElements;

/// A document as pages.
#[derive(Clone, Debug, PartialEq)]
pub struct PagedDocument {
    /// The title, for viewers.
    pub title: String,
    /// The paper.
    pub paper: Page,
    /// The pages.
    pub pages: Vec<PlacedPage>,
    /// What the lines belong to, in reading order: one for each paragraph, and one for each cell of a table.
    pub elements: Vec<Element>,
    /// Which elements are the cells of tables, in reading order.
    pub tables: Vec<TableElements>,
    /// Headings for the outline, in reading order.
    pub outline: Vec<OutlineEntry>,
    /// Where 版记 stands, when there is one.
    pub imprint: Option<ImprintPage>,
    /// What was made of the lines of the first page, when they were moved to end at its rule.
    pub first_page: Option<FirstPage>,
    /// The paragraph before which a word processor has to part what stays together, for the first page to show text.
    pub torn_at: Option<usize>,
    /// Characters that another face than the role's own draws: once for each character.
    pub substitutions: Vec<Substitution>,
}

impl PagedDocument {
    /// Whether its first page shows any of 正文 (GB/T 9704-2012 §7.3.3).
    pub fn first_page_shows_text(&self) -> bool {
        let lines = self.pages.first().map_or(&[][..], |page| &page.lines);
        lines.iter().any(|line| is_text(self.elements[line.element].role))
    }
}

/// Whether an element is of 正文.
fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::RunIn | Role::Closing | Role::Table) || role.heading_level().is_some()
}

/// One paragraph, or the cell of a table, for tags and text extraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// Its text; glyphs refer to it by bytes.
    pub text: String,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PlacedPage {
    /// Lines of text in reading order.
    pub lines: Vec<PlacedLine>,
    /// The lines of a table's head where it stands again on a further page: artifacts.
    pub repeated: Vec<PlacedLine>,
    /// Rules (线) and other filled rectangles; they are no text, and lie below it.
    pub rules: Vec<PlacedRule>,
    /// The page number: an artifact, with the text its glyphs refer to.
    pub number: Option<(String, PlacedLine)>,
    /// Whether the page is turned by a quarter ([`Page::turned`]): then everything on it but the number is measured from
    /// the top left corner of the turned paper.
    pub turned: bool,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedLine {
    /// Its paragraph: an index into [`PagedDocument::elements`]; of no meaning for a page number.
    pub element: usize,
    /// Height of its baseline, from the top of the paper.
    pub baseline: Length,
    /// Its glyphs, left to right.
    pub runs: Vec<GlyphRun>,
}

/// A filled rectangle: a rule of the head or the imprint, a side of a table's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedRule {
    /// Its left edge, from the left edge of the paper.
    pub x: Length,
    /// Its upper edge, from the top of the paper.
    pub y: Length,
    /// Its width.
    pub width: Length,
    /// Its height; the thickness of a horizontal rule.
    pub height: Length,
    /// Its ink.
    pub ink: Ink,
}

impl PlacedPage {
    /// Moves what stands in the type area along the page.
    fn move_by(&mut self, aside: Length) {
        if aside == Length::ZERO {
            return;
        }
        let lines = self.lines.iter_mut().chain(&mut self.repeated);
        for glyph in lines
            .flat_map(|line| &mut line.runs)
            .flat_map(|run| &mut run.glyphs)
        {
            glyph.x += aside;
        }
        for rule in &mut self.rules {
            rule.x += aside;
        }
    }
}

/// Neighbouring glyphs of one face, size and ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphRun {
    /// Their face.
    pub face: FaceId,
    /// Their size.
    pub size: Length,
    /// Whether they are to be thickened.
    pub bold: bool,
    /// Their ink.
    pub ink: Ink,
    /// The glyphs; never empty.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Its advance width in thousandths of the em.
    pub advance: u16,
    /// Its origin, from the left edge of the paper.
    pub x: Length,
    /// The first byte of its text in the element's text.
    pub start: u32,
    /// The length of its text in bytes.
    pub len: u8,
}

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Its text in one line.
    pub text: String,
    /// Its level, from 1.
    pub level: u8,
    /// Its page, from 0.
    pub page: usize,
    /// The top of its first line, from the top of the paper.
    pub top: Length,
}

/// A character that the first face of its chain lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The character.
    pub character: char,
    /// The face it was taken from.
    pub face: FaceId,
    /// How often it occurs.
    pub count: usize,
    /// The paragraph it first stands in, in the source.
    pub first: Span,
}

/// Why a document cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// No face of the book has a character of the text.
    #[error("no font has {character:?} (U+{:04X})", u32::from(*.character))]
    NoGlyph {
        /// The character.
        character: char,
        /// The paragraph it first stands in, in the source.
        paragraph: Span,
    },
}
