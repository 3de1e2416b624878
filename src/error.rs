//! Why one text could not be converted: a fault in its surroundings, not in its wording.

use crate::diagnostic::Message;
use crate::layout::LayoutError;
use crate::source::{DecodeError, Span};
use crate::writer::docx::DocxError;
use crate::writer::pdf::PdfError;

/// Why a conversion failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A character that no font has.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The DOCX could not be written.
    #[error(transparent)]
    Docx(#[from] DocxError),
    /// The PDF could not be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl Error {
    /// What went wrong, in both languages.
    pub fn message(&self) -> Message {
        match self {
            Error::Decode(error) => error.message(),
            Error::Layout(LayoutError::NoGlyph { character, .. }) => Message::new(
                format!("没有一种字体含有“{character}”（U+{:04X}）", u32::from(*character)),
                format!("no font has “{character}” (U+{:04X})", u32::from(*character)),
            ),
            Error::Docx(error) => Message::new(format!("无法写出 DOCX：{error}"), error.to_string()),
            Error::Pdf(error) => Message::new(format!("无法写出 PDF：{error}"), error.to_string()),
        }
    }

    /// What to do about it, in both languages.
    pub fn help(&self) -> Option<Message> {
        match self {
            Error::Decode(error) => Some(error.help()),
            Error::Layout(LayoutError::NoGlyph { .. }) => Some(Message::new(
                "改写或删去这个字符，或用 --to docx 只生成 DOCX",
                "replace or remove the character, or write DOCX only with --to docx",
            )),
            Error::Docx(_) | Error::Pdf(_) => None,
        }
    }

    /// Where in the source it went wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Error::Layout(LayoutError::NoGlyph { paragraph, .. }) => Some(*paragraph),
            _ => None,
        }
    }
}
