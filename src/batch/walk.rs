//! The text files below a folder.
//!
//! Follows a link only to what lies inside the folder it was asked for, and no folder twice, so that neither a loop nor a
//! link to elsewhere makes a batch larger than its folder.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::names::Names;
use crate::diagnostic::Message;

/// Endings of files that are taken from a folder; a file that is named itself may end as it likes.
const TEXT_EXTENSIONS: [&str; 2] = ["txt", "text"];

/// Something found below a folder.
#[derive(Debug)]
pub(super) enum Found {
    /// A text file: its path, and its path below the folder.
    Text(PathBuf, PathBuf),
    /// A folder that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// Something left out that a user might miss.
    LeftOut(Message),
}

/// Everything below a folder, by name; remembers the names of the folders it stands in, and no others.
pub(super) struct Walk {
    /// The folder asked for, links resolved.
    root: PathBuf,
    hidden: bool,
    /// Folders gone into, links resolved; kept only so that a loop of links ends.
    entered: BTreeSet<PathBuf>,
    /// The folders it stands in, the innermost last.
    open: Vec<Open>,
    /// What was found about the folder asked for itself.
    first: Option<Found>,
}

/// A folder being gone through.
struct Open {
    path: PathBuf,
    /// The path below the folder asked for.
    relative: PathBuf,
    /// The names still to come.
    names: Names,
}

impl Walk {
    /// Begins at `root`; takes hidden files and folders only when `hidden`.
    pub(super) fn new(root: &Path, hidden: bool) -> Walk {
        let mut walk = Walk {
            root: PathBuf::new(),
            hidden,
            entered: BTreeSet::new(),
            open: Vec::new(),
            first: None,
        };
        match fs::canonicalize(root) {
            Ok(canonical) => {
                walk.root.clone_from(&canonical);
                walk.entered.insert(canonical);
                walk.first = walk.enter(root.to_path_buf(), PathBuf::new());
            }
            Err(error) => walk.first = Some(Found::Unreadable(root.to_path_buf(), error)),
        }
        walk
    }

    /// Goes into a folder, if it can be read.
    fn enter(&mut self, path: PathBuf, relative: PathBuf) -> Option<Found> {
        let mut names = Names::default();
        let read = fs::read_dir(&path).and_then(|mut entries| {
            entries.try_for_each(|entry| {
                let entry = entry?;
                let name = entry.file_name();
                if self.hidden || !name.as_encoded_bytes().starts_with(b".") {
                    names.push(name, entry.file_type().ok());
                }
                Ok(())
            })
        });
        if let Err(error) = read {
            return Some(Found::Unreadable(path, error));
        }
        names.sort();
        self.open.push(Open {
            path,
            relative,
            names,
        });
        None
    }

    /// What is called `path`, if it is worth telling.
    fn entry(&mut self, path: PathBuf, relative: PathBuf, kind: Option<FileType>) -> Option<Found> {
        // Of the entry itself: a link is a link here.
        let asked = || Ok(fs::symlink_metadata(&path)?.file_type());
        let kind = match kind.map_or_else(asked, Ok) {
            Ok(kind) => kind,
            Err(error) => return Some(Found::Unreadable(path, error)),
        };
        if kind.is_symlink() {
            self.link(path, relative)
        } else if kind.is_dir() {
            let target = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if self.entered.insert(target) {
                self.enter(path, relative)
            } else {
                None
            }
        } else {
            is_text(&relative).then(|| text_or_other(path, relative, kind.is_file()))
        }
    }

    fn link(&mut self, path: PathBuf, relative: PathBuf) -> Option<Found> {
        let shown = path.display();
        let target = match fs::canonicalize(&path) {
            Ok(target) => target,
            Err(_) => {
                return is_text(&relative).then(|| {
                    Found::LeftOut(Message::new(
                        format!("{shown}：链接没有指向任何文件，未转换"),
                        format!("{shown}: the link points nowhere, left out"),
                    ))
                });
            }
        };
        if !target.starts_with(&self.root) {
            return (target.is_dir() || is_text(&relative)).then(|| {
                Found::LeftOut(Message::new(
                    format!("{shown}：链接指向文件夹之外，未跟随"),
                    format!("{shown}: the link leads out of the folder, not followed"),
                ))
            });
        }
        if target.is_dir() {
            if self.entered.insert(target) {
                return self.enter(path, relative);
            }
            None
        } else {
            is_text(&relative).then(|| text_or_other(path, relative, target.is_file()))
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(found) = self.first.take() {
            return Some(found);
        }
        loop {
            let open = self.open.last_mut()?;
            let Some((name, kind)) = open.names.next() else {
                self.open.pop();
                continue;
            };
            let (path, relative) = (open.path.join(&name), open.relative.join(&name));
            if let Some(found) = self.entry(path, relative, kind) {
                return Some(found);
            }
        }
    }
}

/// A text, or a pipe, a socket or a device with the name of one: reading it might never end.
fn text_or_other(path: PathBuf, relative: PathBuf, is_file: bool) -> Found {
    if is_file {
        return Found::Text(path, relative);
    }
    let shown = path.display();
    Found::LeftOut(Message::new(
        format!("{shown}：不是普通文件，未转换"),
        format!("{shown}: not a plain file, left out"),
    ))
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    TEXT_EXTENSIONS
        .iter()
        .any(|text| extension.eq_ignore_ascii_case(text))
}
