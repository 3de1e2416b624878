//! The PDF file: tagged, PDF/A-2a and PDF/UA-1.
//!
//! printpdf makes the pages; what it lacks is attached to its object graph through lopdf: subset fonts with exact text,
//! structure, outline, metadata, colour. The operators are written as bytes: as printpdf's objects, one for each, they
//! take longer than the layout. Where glyphs stand was decided by `layout`; nothing is moved here. The one rule: the bytes
//! follow from the arguments alone.

mod color_profile;
mod content;
mod embedded_font;
mod glyph_use;
mod halves;
mod metadata;
mod objects;
mod operators;
mod outline;
#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
pub(super) mod sample;
mod structure;
#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests;

use printpdf::serialize::PdfSaveOptions;
use printpdf::{PdfPage, Pt, Rect};

use self::content::Contents;
use self::metadata::Metadata;
use self::objects::Objects;
use super::docx::Properties;
use crate::font::{FaceId, FontBook};
use crate::layout::{PagedDocument, PlacedLine};
use crate::profile::Page;
use crate::units::Length;

/// Why a PDF cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The file could not be put together.
    #[error("the PDF cannot be written: {0}")]
    Save(#[from] std::io::Error),
    /// printpdf's objects are not as this writer expects them.
    #[error("the PDF cannot be built: {0}")]
    Structure(#[from] lopdf::Error),
    /// One face draws more different clusters of characters than a PDF font has codes.
    #[error("more than 65535 different glyphs and texts in one font")]
    TooManyGlyphs,
}

/// The bytes of a PDF file. Takes the pages, because each is freed as soon as it is written: in a long text they are most
/// of the memory.
///
/// # Errors
/// When one face draws more than 65 535 different clusters of characters, or the libraries below refuse the document.
pub fn write(
    mut document: PagedDocument,
    fonts: &FontBook,
    properties: &Properties,
) -> Result<Vec<u8>, PdfError> {
    let lines: Vec<[Vec<PlacedLine>; 2]> = document
        .pages
        .iter_mut()
        .map(|page| [&mut page.lines, &mut page.repeated].map(std::mem::take))
        .collect();
    let types = structure::types(&document);
    let mut objects = Objects::new();
    let mut contents = Contents::new(&document, fonts, &types);
    let sheet = objects::Sheet::of(print(blank_page(document.paper)))?;
    for (page, [lines, repeated]) in lines.into_iter().enumerate() {
        objects.append_page(&sheet, &contents.page(page, &lines, &repeated)?);
    }
    if document.pages.is_empty() {
        objects.append_page(&sheet, &[]);
    }
    for (index, _) in document.pages.iter().enumerate().filter(|(_, page)| page.turned) {
        if let Some(page) = objects.page_mut(index) {
            // Shown so that the table stands upright; the sheet is the same as all others.
            page.set("Rotate", 90);
        }
    }
    for (face, glyphs) in contents.used.faces() {
        let font = embedded_font::attach(&mut objects, fonts.face(face), glyphs);
        objects.set_font(resource_name(face), font);
    }
    let metadata = Metadata::new(&document.title, properties);
    let structure = structure::attach(&mut objects, &types, &document.tables, &contents.marks);
    let outline = outline::attach(&mut objects, &document);
    let output_intent = color_profile::attach(&mut objects);
    metadata::attach(&mut objects, &metadata, structure, outline, output_intent);
    objects.save()
}

/// A page without anything on it.
fn blank_page(paper: Page) -> PdfPage {
    let paper = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(points(paper.width)),
        height: Pt(points(paper.height)),
        mode: None,
        winding_order: None,
    };
    PdfPage {
        media_box: paper.clone(),
        trim_box: paper.clone(),
        crop_box: paper,
        ops: Vec::new(),
    }
}

/// A page as objects.
fn print(page: PdfPage) -> lopdf::Document {
    let mut printed = printpdf::PdfDocument::new("");
    printed.with_pages(vec![page]);
    printed.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
}

/// The name of a face in the pages' resources; F1 to F14 mean other fonts to printpdf.
fn resource_name(face: FaceId) -> String {
    format!("Face{}", face.0)
}

/// Points with three decimals, 0.35 µm: the one rounding of positions and sizes.
fn points(length: Length) -> f32 {
    ((length.to_pt() * 1000.0).round() / 1000.0) as f32
}
