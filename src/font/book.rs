//! Faces by category of type.
#[derive(Debug)]
pub struct FontBook;
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct FontError;
