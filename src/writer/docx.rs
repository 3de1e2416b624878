//! The DOCX file: docx-rs builds its tables, everything else is our own.
//!
//! The file is meant to be worked on: every role has a named style, direct formatting stands only where a paragraph
//! differs from it, headings are the word processor's own. All looks come from the
//! [`StyledDocument`]; where lines and pages break is the word processor's choice. The one
//! rule: the text comes out character for character. Control characters that XML cannot hold become U+FFFD.

mod archive;
mod body;
mod constant_parts;
mod embedding;
mod font_table;
mod footer;
mod head;
mod looks;
mod package;
mod paragraph;
mod review;
mod schema_order;
mod section;
mod styles;
mod table;
mod tags;
mod xml;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::embedding::EmbeddedFont;
use self::package::Variant;
use crate::font::FontBook;
use crate::model::Role;
use crate::profile::Profile;
use crate::style::{Place, StyledDocument, StyledParagraph};

pub use review::{Change, Remark, Review};

/// What a writer is told beyond the document.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The author, when known.
    pub author: Option<String>,
    /// Seconds since 1970 (UTC) for the created and modified dates; none are written without it.
    pub timestamp: Option<i64>,
    /// Corrections and findings to be seen in the DOCX.
    pub review: Review,
}

/// Why a DOCX cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// A part could not be compressed; in memory this does not happen.
    #[error("the DOCX archive cannot be written: {0}")]
    Archive(#[from] std::io::Error),
    /// The text is so long that the file would exceed 4 GiB.
    #[error("the DOCX archive would be larger than 4 GiB")]
    TooLarge,
    /// What docx-rs wrote is not the table that was asked for: a fault of this program.
    #[error("a table of the DOCX cannot be read back")]
    Table,
}

/// The bytes of a DOCX file.
///
/// # Errors
/// When the file would be larger than 4 GiB.
pub fn write(document: &StyledDocument, properties: &Properties) -> Result<Vec<u8>, DocxError> {
    write_with(document, properties, &[])
}

/// The bytes of a DOCX file that holds its typefaces, out of `fonts`: subsets with the characters of the document.
///
/// # Errors
/// When the file would be larger than 4 GiB.
pub fn write_with_fonts(
    document: &StyledDocument,
    properties: &Properties,
    fonts: &FontBook,
) -> Result<Vec<u8>, DocxError> {
    write_with(document, properties, &embedding::fonts(document, fonts))
}

/// A document without text, for people who write in a word processor: the page, the page number and the styles of a
/// profile.
///
/// # Errors
/// None that happens; the file is small.
pub fn template(profile: &Arc<Profile>) -> Result<Vec<u8>, DocxError> {
    // One paragraph to begin with, in the style of body text.
    let paragraph = StyledParagraph {
        runs: Vec::new(),
        ..StyledParagraph::plain(Role::Body, "", profile)
    };
    let document = StyledDocument {
        profile: Arc::clone(profile),
        title: String::new(),
        paragraphs: vec![paragraph],
        opening: None,
        imprint_page: None,
    };
    let variant = Variant {
        zoned: true,
        ..Variant::default()
    };
    pack(&document, &Properties::default(), &[], variant)
}

fn write_with(
    document: &StyledDocument,
    properties: &Properties,
    embedded: &[EmbeddedFont],
) -> Result<Vec<u8>, DocxError> {
    let any = |has: fn(&StyledParagraph) -> bool| document.paragraphs.iter().any(has);
    let variant = Variant {
        turned: any(|paragraph| paragraph.turned),
        zoned: document.opening.is_some()
            || any(|paragraph| paragraph.place == Place::Imprint || paragraph.role == Role::Signatory),
        commented: properties.review.has_comments(),
    };
    pack(document, properties, embedded, variant)
}

fn pack(
    document: &StyledDocument,
    properties: &Properties,
    embedded: &[EmbeddedFont],
    variant: Variant,
) -> Result<Vec<u8>, DocxError> {
    let date = properties.timestamp.and_then(constant_parts::utc_date_time);
    let date = date.as_deref();
    let review = &properties.review;
    let body = body::part(document, review, &review::attributes(date))?;
    let comments = variant.commented.then(|| review::comments(review, date));
    let core = constant_parts::core(&document.title, properties);
    package::package(
        &document.profile,
        variant,
        embedded,
        &body,
        &core,
        comments.as_deref(),
    )
}
