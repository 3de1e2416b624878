//! Lines into pages.

use super::{LayoutError, PagedDocument};
use crate::font::FontBook;
use crate::style::StyledDocument;

/// Lays out a document.
///
/// # Errors
/// When no face of `fonts` has a character of the text.
pub fn layout(document: &StyledDocument, fonts: &FontBook) -> Result<PagedDocument, LayoutError> {
    let _ = fonts;
    Ok(PagedDocument {
        title: document.title.clone(),
        paper: document.profile.page,
        pages: Vec::new(),
        elements: Vec::new(),
        outline: Vec::new(),
        substitutions: Vec::new(),
    })
}
