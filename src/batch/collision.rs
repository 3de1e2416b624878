//! Outputs that cannot be: those that two jobs share, and those that are inputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::plan::{Input, Job};
use crate::convert::Format;
use crate::diagnostic::Message;

/// Outputs that two jobs share or that are inputs.
///
/// Names that differ only in case, or in how their accents are composed, count as equal, because on Windows and macOS
/// they are. Folders count as equal when they are, by whatever path they are named.
pub(super) fn collisions(jobs: &[Job], formats: &[Format]) -> Vec<Message> {
    let mut places = Places::default();
    let jobs = || {
        jobs.iter()
            .filter(|job| !matches!(job.input, Input::Unusable(..)))
    };
    let inputs: BTreeMap<String, &Job> = jobs()
        .filter_map(|job| match &job.input {
            Input::File(path) => Some((places.folded(path), job)),
            _ => None,
        })
        .collect();
    let mut owners: BTreeMap<String, &Job> = BTreeMap::new();
    let mut messages = Vec::new();
    for job in jobs() {
        let this = job.input.name();
        // All outputs of a job share its stem, so one shared stem is one collision.
        if let Some(first) = owners.insert(places.folded(&job.stem), job) {
            let (first, path) = (first.input.name(), job.stem.display());
            messages.push(Message::new(
                format!("{first} 和 {this} 的输出同名（{path}），请改名或分开转换"),
                format!("{first} and {this} would have the same outputs ({path}); rename one or convert them apart"),
            ));
        }
        let whole = formats.iter().filter(|format| **format != Format::Png);
        let mut overwritten: Vec<PathBuf> = whole.map(|format| job.output(*format)).collect();
        overwritten.retain(|path| inputs.contains_key(&places.folded(path)));
        if formats.contains(&Format::Png) {
            overwritten.extend(pictures_among(&inputs, &places.folded(&job.stem)));
        }
        for path in overwritten {
            let path = path.display();
            messages.push(Message::new(
                format!("{this} 的输出 {path} 本身也是输入，请用 --out-dir 指定输出文件夹"),
                format!("{path}, an output of {this}, is an input itself; choose a folder with --out-dir"),
            ));
        }
    }
    messages
}

/// The inputs that have the name of a picture of one of the pages of `stem`.
fn pictures_among(inputs: &BTreeMap<String, &Job>, stem: &str) -> Vec<PathBuf> {
    let begin = format!("{stem}-");
    inputs
        .range(begin.clone()..)
        .take_while(|(path, _)| path.starts_with(&begin))
        .filter(|(path, _)| {
            let page = path[begin.len()..].strip_suffix(".png");
            page.is_some_and(|page| !page.is_empty() && page.bytes().all(|digit| digit.is_ascii_digit()))
        })
        .map(|(_, job)| PathBuf::from(job.input.name()))
        .collect()
}

/// Whether an input may be an output of another, by its ending.
pub(super) fn may_be_output(input: &Path, formats: &[Format]) -> bool {
    let ending = input.extension().unwrap_or_default();
    formats
        .iter()
        .any(|format| ending.eq_ignore_ascii_case(format.extension()))
}

/// Where files lie, however their paths are written.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The last folder asked about, as it was written, and where it lies: most files lie where the one before them did.
    last: Option<(PathBuf, PathBuf)>,
}

impl Places {
    /// The path with the links and `..` of its folder resolved. A link that is the file itself stays one: outputs take
    /// its place.
    pub(super) fn resolved(&mut self, path: &Path) -> PathBuf {
        if let (Some((last, resolved)), Some(folder), Some(name)) =
            (&self.last, path.parent(), path.file_name())
            && last == folder
            && names_stand_for_themselves()
        {
            return resolved.join(name);
        }
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return absolute;
        };
        let resolved = resolved_folder(folder);
        let place = resolved.join(name);
        self.last = path.parent().map(|folder| (folder.to_path_buf(), resolved));
        place
    }

    /// A path by which equal files are known. A name that is no Unicode is kept apart by its own bytes.
    pub(super) fn folded(&mut self, path: &Path) -> String {
        let resolved = self.resolved(path);
        match resolved.to_str() {
            Some(text) if text.is_ascii() => text.to_ascii_lowercase(),
            Some(text) => text.nfc().flat_map(char::to_lowercase).collect(),
            None => format!("\0{:?}", resolved.as_os_str().as_encoded_bytes()),
        }
    }
}

/// Whether a file in a folder is always called what its path says. On Windows `a.` is `a`, and `NUL` is in no folder.
const fn names_stand_for_themselves() -> bool {
    cfg!(unix)
}

/// An absolute path of a folder with links and `..` resolved; what is not there yet is taken as it is written.
fn resolved_folder(folder: &Path) -> PathBuf {
    let existing = folder
        .ancestors()
        .find_map(|ancestor| Some((ancestor, fs::canonicalize(ancestor).ok()?)));
    let Some((ancestor, mut resolved)) = existing else {
        return folder.to_path_buf();
    };
    for part in folder.strip_prefix(ancestor).unwrap_or(folder).components() {
        if part == Component::ParentDir {
            resolved.pop();
        } else {
            resolved.push(part);
        }
    }
    resolved
}

/// Whether two paths name one file.
pub(crate) fn same_file(one: &Path, other: &Path) -> bool {
    let mut places = Places::default();
    places.folded(one) == places.folded(other)
}
