//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that could not be written.
#[derive(Debug)]
pub(super) struct SaveError {
    /// Which.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) error: io::Error,
}

/// Makes two temporary names of one process differ.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A file under a temporary name, removed when it is dropped before it got its own.
struct Pending<'a> {
    temporary: Option<PathBuf>,
    path: &'a Path,
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if let Some(temporary) = self.temporary.take() {
            // Nothing more can be done about a file that cannot be removed either.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Writes all files under temporary names beside their own, then gives them their own.
///
/// Nothing of a file is ever seen half written. When one cannot be written, none of them is.
///
/// # Errors
/// With the first file that cannot be written.
pub(super) fn all(files: &[(&Path, &[u8])]) -> Result<(), SaveError> {
    let mut pending = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        pending.push(prepare(path, bytes).map_err(|error| SaveError {
            path: path.to_path_buf(),
            error,
        })?);
    }
    for file in &mut pending {
        if let Some(temporary) = &file.temporary {
            fs::rename(temporary, file.path).map_err(|error| SaveError {
                path: file.path.to_path_buf(),
                error,
            })?;
            file.temporary = None;
        }
    }
    Ok(())
}

fn prepare<'a>(path: &'a Path, bytes: &[u8]) -> io::Result<Pending<'a>> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // Short, and not made of the stem: 82 Chinese characters fill a file name already.
    let name = format!(
        ".hongtou-{}-{}.tmp",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let temporary = folder.join(name);
    let mut file = File::create_new(&temporary)?;
    let pending = Pending {
        temporary: Some(temporary),
        path,
    };
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(pending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_all_or_none() {
        let folder = std::env::temp_dir().join(format!("hongtou-save-{}", std::process::id()));
        let (good, bad) = (folder.join("good"), folder.join("bad"));
        fs::create_dir_all(&bad).unwrap();
        fs::write(&good, "old").unwrap();
        assert!(all(&[(&good, b"new"), (&bad, b"new")]).is_err());
        assert_eq!(fs::read(&good).unwrap(), b"old");
        assert_eq!(
            fs::read_dir(&folder).unwrap().count(),
            2,
            "no temporary file is left"
        );
        all(&[(&good, b"new")]).unwrap();
        assert_eq!(fs::read(&good).unwrap(), b"new");
        fs::remove_dir_all(&folder).unwrap();
    }
}
