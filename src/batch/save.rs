//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::failure::{Failure, NoPlainFile};

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
    /// When the folder or the temporary file cannot be made, or a folder, pipe or device has the file's name.
    pub fn create(path: &Path) -> io::Result<Pending> {
        let folder = folder_of(path);
        replaceable(path)?;
        let create = || in_temporary_name(folder, |name| File::create_new(name));
        let (temporary, file) = create().or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                create()
            }
            _ => Err(error),
        })?;
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

/// Whether a file may take the place of what is at `path`: of a file or of a link to one, never of a folder, a pipe or a
/// device. What a link such as `/dev/stdout` leads to is open in a program already, whatever it is.
fn replaceable(path: &Path) -> io::Result<()> {
    let Ok(mut metadata) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    if metadata.is_symlink() {
        if fs::read_link(path)?.starts_with("/proc") {
            return Err(io::Error::other(NoPlainFile));
        }
        // A link that leads nowhere is replaced.
        let Ok(target) = fs::metadata(path) else {
            return Ok(());
        };
        metadata = target;
    }
    if metadata.is_dir() {
        Err(io::ErrorKind::IsADirectory.into())
    } else if metadata.is_file() {
        not_held_open(path)
    } else {
        Err(io::Error::other(NoPlainFile))
    }
}

/// Whether no other program keeps a file from being replaced, as Word does on Windows with what it shows: found out before
/// anything is written, since there a second name of such a file could not be removed again.
fn not_held_open(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        File::options()
            .write(true)
            .open(path)
            .map_err(|_| io::ErrorKind::PermissionDenied)?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes something in `folder` under a name that no other process and no other thread uses.
fn in_temporary_name<T>(folder: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    loop {
        // Short, and not made of the stem: 82 Chinese characters fill a file name already.
        let name = format!(
            ".hongtou-{}-{}.tmp",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = folder.join(name);
        match make(&path) {
            Ok(made) => return Ok((path, made)),
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

/// Writes all files under temporary names, then gives them their own: when one cannot be written, none appears, and
/// those that were there stay.
///
/// # Errors
/// With the first file that cannot be written.
pub(crate) fn all<P: AsRef<Path>, B: AsRef<[u8]>>(files: &[(P, B)]) -> Result<(), Failure> {
    let write = |path: &Path, bytes: &[u8]| {
        let mut pending = Pending::create(path)?;
        pending.write_all(bytes)?;
        pending.sync()?;
        Ok(pending)
    };
    let mut pending = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let (path, bytes) = (path.as_ref(), bytes.as_ref());
        pending.push(write(path, bytes).map_err(|error| Failure::write(path, &error))?);
    }
    let mut named = Vec::with_capacity(files.len());
    for (number, (file, (path, _))) in (1..).zip(pending.iter_mut().zip(files)) {
        let path = path.as_ref();
        // After the last one nothing can go wrong any more.
        let before = (number < files.len()).then(|| Before::keep(path));
        if let Err(error) = file.rename() {
            // A program holds it open (on Windows), or it is another user's: the outputs of a text belong together.
            named.iter_mut().for_each(Before::restore);
            return Err(Failure::write(path, &error));
        }
        named.extend(before);
    }
    Ok(())
}

/// What had the name of an output before it.
struct Before<'a> {
    path: &'a Path,
    was_there: bool,
    /// A second name of the old file; none on file systems that have no such thing, where the new output stays.
    second_name: Option<PathBuf>,
}

impl<'a> Before<'a> {
    fn keep(path: &'a Path) -> Before<'a> {
        let was_there = fs::symlink_metadata(path).is_ok();
        let second_name = was_there
            .then(|| in_temporary_name(folder_of(path), |name| fs::hard_link(path, name)).ok())
            .flatten();
        Before {
            path,
            was_there,
            second_name: second_name.map(|(name, ())| name),
        }
    }

    /// Puts the old file back in its place. Where that fails too, the new output is left, which is whole as well.
    fn restore(&mut self) {
        if let Some(name) = &self.second_name {
            if fs::rename(name, self.path).is_ok() {
                self.second_name = None;
            }
        } else if !self.was_there {
            let _ = fs::remove_file(self.path);
        }
    }
}

impl Drop for Before<'_> {
    fn drop(&mut self) {
        if let Some(name) = self.second_name.take() {
            // Nothing more can be done about a name that cannot be removed.
            let _ = fs::remove_file(name);
        }
    }
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
        assert!(all(&[(&good, "new"), (&bad, "new")]).is_err());
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
