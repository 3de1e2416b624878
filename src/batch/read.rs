//! Whole files read with bounds: nothing that blocks, nothing that never ends.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::failure::io_reason;
use crate::diagnostic::Message;

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The system's reason.
    System(io::Error),
    /// A folder, a pipe, a device.
    NoPlainFile,
    /// It is longer than this many bytes.
    TooLarge(u64),
}

impl ReadError {
    /// What is wrong, for people.
    pub(crate) fn message(&self) -> Message {
        match self {
            ReadError::System(error) => Message::new(io_reason(error), error.to_string()),
            ReadError::NoPlainFile => Message::new("不是普通文件", "not a plain file"),
            ReadError::TooLarge(most) => {
                let mega = most >> 20;
                Message::new(
                    format!("文件超过 {mega} MB"),
                    format!("the file is larger than {mega} MB"),
                )
            }
        }
    }
}

/// The content of a plain file of at most `most` bytes.
///
/// # Errors
/// When it cannot be read, is no plain file, or is longer.
pub(crate) fn plain_file(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    // Before opening: a pipe would block there, a device might never end.
    let metadata = fs::metadata(path).map_err(ReadError::System)?;
    if !metadata.is_file() {
        return Err(ReadError::NoPlainFile);
    }
    if metadata.len() > most {
        return Err(ReadError::TooLarge(most));
    }
    let file = File::open(path).map_err(ReadError::System)?;
    let mut bytes = Vec::new();
    // What there is no memory for is one file that fails, not the end of the program.
    bytes
        .try_reserve_exact(metadata.len() as usize + 1)
        .map_err(|_| ReadError::System(io::ErrorKind::OutOfMemory.into()))?;
    up_to(file, most, bytes)
}

/// What `source` still holds, at most `most` bytes, after what is in `bytes`.
///
/// # Errors
/// When it cannot be read or is longer.
pub(crate) fn up_to(source: impl Read, most: u64, mut bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    // One more shows that there is more.
    source
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(ReadError::System)?;
    if bytes.len() as u64 > most {
        Err(ReadError::TooLarge(most))
    } else {
        Ok(bytes)
    }
}
