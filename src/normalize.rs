//! Automatic corrections: named passes from model to model, each idempotent, each change a listed edit.

use crate::diagnostic::Edit;
use crate::model::Document;

/// Which corrections are made (`--fix`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum FixLevel {
    /// None.
    None,
    /// Those that are certain.
    #[default]
    Safe,
    /// Also those that are very likely.
    All,
}

/// Corrects `document` in place and lists what was changed, in source order.
pub fn normalize(document: &mut Document, source: &str, level: FixLevel) -> Vec<Edit> {
    let _ = (document, source, level);
    Vec::new()
}
