//! The text files below a folder.
//!
//! Follows a link only to what lies inside the folder it was asked for, and no folder twice, so that neither a loop nor a
//! link to elsewhere makes a batch larger than its folder.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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

/// Everything below `root`, by name; hidden files and folders only when `hidden`.
pub(super) fn walk(root: &Path, hidden: bool, found: &mut dyn FnMut(Found)) {
    let canonical = match fs::canonicalize(root) {
        Ok(canonical) => canonical,
        Err(error) => return found(Found::Unreadable(root.to_path_buf(), error)),
    };
    let mut walk = Walk {
        root: canonical.clone(),
        hidden,
        entered: BTreeSet::from([canonical]),
        found,
    };
    walk.folder(root, Path::new(""));
}

struct Walk<'a> {
    /// The folder asked for, links resolved.
    root: PathBuf,
    hidden: bool,
    /// Folders gone into, links resolved; kept only so that a loop of links ends.
    entered: BTreeSet<PathBuf>,
    found: &'a mut dyn FnMut(Found),
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, relative: &Path) {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return (self.found)(Found::Unreadable(path.to_path_buf(), error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if self.hidden || !name.as_encoded_bytes().starts_with(b".") {
                self.entry(&entry, &relative.join(&name));
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, relative: &Path) {
        let path = entry.path();
        // Of the entry itself: a link is a link here.
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return (self.found)(Found::Unreadable(path, error)),
        };
        if kind.is_symlink() {
            self.link(&path, relative);
        } else if kind.is_dir() {
            if self
                .entered
                .insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone()))
            {
                self.folder(&path, relative);
            }
        } else if is_text(relative) {
            (self.found)(if kind.is_file() {
                Found::Text(path, relative.to_path_buf())
            } else {
                no_file(&path)
            });
        }
    }

    fn link(&mut self, path: &Path, relative: &Path) {
        let shown = path.display();
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(_) if !is_text(relative) => return,
            Err(_) => {
                return (self.found)(Found::LeftOut(Message::new(
                    format!("{shown}：链接没有指向任何文件，未转换"),
                    format!("{shown}: the link points nowhere, left out"),
                )));
            }
        };
        if !target.starts_with(&self.root) {
            if target.is_dir() || is_text(relative) {
                (self.found)(Found::LeftOut(Message::new(
                    format!("{shown}：链接指向文件夹之外，未跟随"),
                    format!("{shown}: the link leads out of the folder, not followed"),
                )));
            }
        } else if target.is_dir() {
            if self.entered.insert(target) {
                self.folder(path, relative);
            }
        } else if is_text(relative) {
            (self.found)(if target.is_file() {
                Found::Text(path.to_path_buf(), relative.to_path_buf())
            } else {
                no_file(path)
            });
        }
    }
}

/// A pipe, a socket or a device with the name of a text: reading it might never end.
fn no_file(path: &Path) -> Found {
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
