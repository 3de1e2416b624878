//! The DOCX file: docx-rs builds the body, everything around it is our own.
//!
//! The file is meant to be worked on: every role has a named style, direct formatting stands only where a paragraph
//! differs from it, headings are the word processor's own. All looks come from the
//! [`StyledDocument`](crate::style::StyledDocument); where lines and pages break is the word processor's choice. The one
//! rule: the text comes out character for character. Control characters that XML cannot hold become U+FFFD.

mod body;
mod constant_parts;
mod font_table;
mod footer;
mod looks;
mod package;
mod schema_order;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

use crate::style::StyledDocument;

/// What a writer is told beyond the document.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The author, when known.
    pub author: Option<String>,
    /// Seconds since 1970 (UTC) for the created and modified dates; none are written without it.
    pub timestamp: Option<i64>,
}

/// Why a DOCX cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The archive could not be put together.
    #[error("the DOCX archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// A part could not be put into the archive.
    #[error("the DOCX archive cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// What docx-rs wrote is not XML: a fault of this program.
    #[error("the body of the DOCX cannot be read back: {0}")]
    Body(#[from] quick_xml::Error),
}

/// The bytes of a DOCX file.
///
/// # Errors
/// When the archive cannot be put together.
pub fn write(document: &StyledDocument, properties: &Properties) -> Result<Vec<u8>, DocxError> {
    let profile = &document.profile;
    let body = body::part(document)?;
    let odd = footer::part(footer::Pages::Odd, profile);
    let even = footer::part(footer::Pages::Even, profile);
    package::archive(&[
        ("[Content_Types].xml", constant_parts::CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", constant_parts::PACKAGE_RELATIONSHIPS.as_bytes()),
        ("word/document.xml", &body),
        (
            "word/_rels/document.xml.rels",
            constant_parts::document_relationships().as_bytes(),
        ),
        ("word/styles.xml", styles::part(profile).as_bytes()),
        ("word/settings.xml", constant_parts::settings(profile).as_bytes()),
        ("word/fontTable.xml", font_table::part(profile).as_bytes()),
        ("word/theme/theme1.xml", constant_parts::theme(profile).as_bytes()),
        ("word/footer1.xml", odd.as_bytes()),
        ("word/footer2.xml", even.as_bytes()),
        (
            "docProps/core.xml",
            constant_parts::core(&document.title, properties).as_bytes(),
        ),
        ("docProps/app.xml", constant_parts::APPLICATION.as_bytes()),
    ])
}
