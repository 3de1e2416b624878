//! Why an input failed, in words for whoever has to mend it.

use std::io;
use std::path::Path;

use crate::diagnostic::Message;
use crate::source::Position;

/// Why an input failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub message: Message,
    /// Where in the input.
    pub place: Option<Position>,
    /// What to do about it.
    pub help: Option<Message>,
}

impl Failure {
    pub(super) fn new(message: Message) -> Self {
        Failure {
            message,
            place: None,
            help: None,
        }
    }

    pub(super) fn read(error: &io::Error) -> Self {
        Failure::new(Message::new(
            format!("无法读取：{}", io_reason(error)),
            format!("cannot be read: {error}"),
        ))
    }

    pub(super) fn write(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        Failure {
            message: Message::new(
                format!("无法写入 {path}：{}", io_reason(error)),
                format!("cannot write {path}: {error}"),
            ),
            place: None,
            help: Some(place_to_write(error)),
        }
    }
}

/// What to do where an output cannot be written.
fn place_to_write(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Message::new(
            "腾出磁盘空间，或用 -o 另选文件夹，然后再转换一次",
            "free some space, or choose another folder with -o, and convert it again",
        ),
        // What Word holds open cannot be replaced on Windows.
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => Message::new(
            "如果文件正在 Word 等软件中打开，请先关闭；如果没有写入权限，请用 -o 另选文件夹",
            "close it where it is open in Word or another program; without permission to write there, choose another folder with -o",
        ),
        _ => Message::new(
            "用 -o 另选文件夹，然后再转换一次",
            "choose another folder with -o and convert it again",
        ),
    }
}

/// A pipe or a device where a file is wanted.
#[derive(Debug, thiserror::Error)]
#[error("not a plain file")]
pub(super) struct NoPlainFile;

/// The commonest reasons of the operating system in Chinese; its own words for the others.
pub(crate) fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        _ if error.get_ref().is_some_and(|inner| inner.is::<NoPlainFile>()) => "不是普通文件".to_owned(),
        io::ErrorKind::NotFound => "没有这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的".to_owned(),
        _ => error.to_string(),
    }
}
