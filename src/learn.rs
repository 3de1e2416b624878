//! A profile out of an office's own document: page, fonts, sizes, distances and indents as a DOCX file has them.
//!
//! The file is read with bounds on everything (it may be damaged or hostile), its paragraphs are given roles by the same
//! parser that reads plain texts, and what most of the characters of a role look like is taken for the role's look. The
//! profile extends the built-in one that is nearest and says only what differs. What a DOCX cannot tell, or tells in a
//! way that depends on the word processor, is left to that profile, and said.

mod looks;
mod measure;
mod number;
mod package;
mod roles;
mod typefaces;
mod votes;
mod xml;

use crate::diagnostic::Message;
use crate::profile::{ProfileError, write_difference};

/// A profile that was learnt.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The profile's file.
    pub toml: String,
    /// The built-in profile it extends.
    pub base: String,
    /// What the author should know: what was guessed or left out.
    pub notes: Vec<Message>,
}

/// Why nothing can be learnt from a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// The file is something else than a DOCX file.
    #[error("{}", .0.en)]
    NoDocx(Message),
    /// The file is a DOCX file that cannot be read.
    #[error("damaged: {}", .0.en)]
    Damaged(Message),
    /// The file is larger than any sample, packed or unpacked.
    #[error("too large: {}", .0.en)]
    TooLarge(Message),
    /// The document has no text.
    #[error("the document has no text")]
    NoText,
    /// What the document has makes no profile.
    #[error("the document's figures make no profile: {0}")]
    Impossible(ProfileError),
}

impl LearnError {
    /// What is wrong, in both languages.
    pub fn message(&self) -> Message {
        match self {
            LearnError::NoDocx(why) => why.clone(),
            LearnError::Damaged(why) => Message::new(
                format!("文件已损坏：{}", why.zh),
                format!("the file is damaged: {}", why.en),
            ),
            LearnError::TooLarge(what) => Message::new(
                format!("文件过大：{}", what.zh),
                format!("the file is too large: {}", what.en),
            ),
            LearnError::NoText => Message::new("文档中没有文字", "the document has no text"),
            LearnError::Impossible(error) => {
                let (zh, en) = error
                    .faults
                    .first()
                    .map(|fault| (fault.message.zh.clone(), fault.message.en.clone()))
                    .unwrap_or_default();
                Message::new(
                    format!("文档中的数值不能成为样式：{zh}"),
                    format!("the document's figures make no profile: {en}"),
                )
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<Message> {
        match self {
            LearnError::NoDocx(_) | LearnError::Damaged(_) => Some(Message::new(
                "用 Word 或 WPS 打开，“另存为” .docx（不加密码）后再试",
                "open it in Word or WPS, save it as .docx without a password, and try again",
            )),
            LearnError::TooLarge(_) => Some(Message::new(
                "用几页的文档作样本即可",
                "a sample of a few pages is enough",
            )),
            LearnError::NoText => Some(Message::new(
                "样本应是一份排好的讲话稿或公文",
                "a sample is a speech or document as the office sets it",
            )),
            LearnError::Impossible(_) => None,
        }
    }
}

/// Learns a profile called `name` from the content of a DOCX file.
///
/// # Errors
/// When the file is no DOCX file, damaged, too large or empty, or its figures make no profile.
pub fn learn(docx: &[u8], name: &str) -> Result<Learned, LearnError> {
    let package = package::read(docx)?;
    let document = looks::Document::new(&package);
    let assigned = roles::assign(&document);
    if assigned.iter().all(Option::is_none) {
        return Err(LearnError::NoText);
    }
    let (written, notes) = measure::measure(&document, &assigned);
    let (base, toml) = write_difference(&written, name).map_err(LearnError::Impossible)?;
    Ok(Learned { toml, base, notes })
}
