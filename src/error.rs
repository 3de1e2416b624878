//! Why one text could not be converted: a fault in its surroundings, not in its wording.

use crate::diagnostic::{Diagnostic, Message};
use crate::layout::LayoutError;
use crate::model::Role;
use crate::source::{DecodeError, Span};
use crate::writer::docx::DocxError;
use crate::writer::pdf::PdfError;

/// Why a conversion failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The front matter says what it cannot say.
    #[error("{}", .0.message.en)]
    FrontMatter(Box<Diagnostic>),
    /// The format needs an element that the text does not have.
    #[error("{style} needs {}", .role.name())]
    Missing {
        /// The name of the profile.
        style: String,
        /// The element.
        role: Role,
    },
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
            Error::FrontMatter(found) => found.message.clone(),
            Error::Missing { style, role } => Message::new(
                format!("格式 {style} 缺少{}", role.term()),
                format!(
                    "the format {style} needs {}, and the text has none",
                    key_for(*role)
                ),
            ),
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
            Error::FrontMatter(found) => found.help.clone(),
            Error::Missing { role, .. } => {
                let key = key_for(*role);
                Some(Message::new(
                    format!("用 --meta {key}=… 给出，或在文件头写 {key}: …；先不要它，用 --draft"),
                    format!(
                        "give it with --meta {key}=… or in the front matter, {key}: …; to go on without it, --draft"
                    ),
                ))
            }
            Error::Docx(_) | Error::Pdf(_) => None,
        }
    }

    /// Where in the source it went wrong.
    pub fn span(&self) -> Option<Span> {
        match self {
            Error::Layout(LayoutError::NoGlyph { paragraph, .. }) => Some(*paragraph),
            Error::FrontMatter(found) => found.span,
            _ => None,
        }
    }
}

/// The key that gives an element: 发文机关标志 is made of the organ's name.
fn key_for(role: Role) -> String {
    match role {
        Role::IssuerMark => "organization".to_owned(),
        role => role.name().replace('_', "-"),
    }
}
