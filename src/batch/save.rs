//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
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

/// A file being written under a temporary name beside its own; removed when dropped before [`Pending::commit`].
#[derive(Debug)]
pub struct Pending {
    temporary: Option<PathBuf>,
    path: PathBuf,
    file: BufWriter<File>,
}

impl Pending {
    /// Begins a file; its folder is made when it isn't there.
    ///
    /// # Errors
    /// When the folder or the temporary file cannot be made, or a folder has the file's name.
    pub fn create(path: &Path) -> io::Result<Pending> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        if path.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let (temporary, file) = temporary(folder)?;
        let file = BufWriter::new(file);
        Ok(Pending {
            temporary: Some(temporary),
            path: path.to_path_buf(),
            file,
        })
    }

    /// Brings what was written to the disk.
    fn sync(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()
    }

    /// Gives the file its name, in place of any that had it.
    ///
    /// # Errors
    /// When what was written cannot be brought to the disk, or the name cannot be given.
    pub fn commit(mut self) -> io::Result<()> {
        self.sync()?;
        self.rename()
    }

    fn rename(&mut self) -> io::Result<()> {
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.path)?;
            self.temporary = None;
        }
        Ok(())
    }
}

/// A new file in `folder` under a name that no other process and no other thread uses.
fn temporary(folder: &Path) -> io::Result<(PathBuf, File)> {
    loop {
        // Short, and not made of the stem: 82 Chinese characters fill a file name already.
        let name = format!(
            ".hongtou-{}-{}.tmp",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(file) => return Ok((path, file)),
            // Left by a process that was killed, or in use on another machine that shares the folder.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(temporary) = self.temporary.take() {
            // Nothing more can be done about a file that cannot be removed either.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Writes one file.
///
/// # Errors
/// When it cannot be written; a file of that name stays as it was.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::create(path)?;
    pending.write_all(bytes)?;
    pending.commit()
}

/// Writes all files under temporary names, then gives them their own: when one cannot be written, none appears.
///
/// # Errors
/// With the first file that cannot be written.
pub(super) fn all(files: &[(&Path, &[u8])]) -> Result<(), SaveError> {
    let fault = |path: &Path, error| SaveError {
        path: path.to_path_buf(),
        error,
    };
    let write = |path: &Path, bytes: &[u8]| {
        let mut pending = Pending::create(path)?;
        pending.write_all(bytes)?;
        pending.sync()?;
        Ok(pending)
    };
    let mut pending = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        pending.push(write(path, bytes).map_err(|error| fault(path, error))?);
    }
    for (file, (path, _)) in pending.iter_mut().zip(files) {
        file.rename().map_err(|error| fault(path, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_name_that_is_taken_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("hongtou-taken-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // Other tests of this process count, too; nobody gets through a thousand names meanwhile.
        let next = NEXT.load(Ordering::Relaxed);
        let taken = |number: u64| folder.join(format!(".hongtou-{}-{number}.tmp", std::process::id()));
        for number in next..next + 1000 {
            fs::write(taken(number), "another's").unwrap();
        }
        file(&folder.join("a"), b"new").unwrap();
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"new");
        for number in next..next + 1000 {
            assert_eq!(fs::read(taken(number)).unwrap(), b"another's");
        }
        fs::remove_dir_all(&folder).unwrap();
    }

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
        file(&good, b"new").unwrap();
        assert_eq!(fs::read(&good).unwrap(), b"new");
        fs::remove_dir_all(&folder).unwrap();
    }
}
