//! Outputs that cannot be: those that two jobs share, and those that are inputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::plan::{Input, Job};
use crate::convert::Format;
use crate::diagnostic::Message;

/// Outputs that two jobs share or that are inputs.
///
/// Names that differ only in case, or in how their accents are composed, count as equal, because on Windows and macOS
/// they are.
pub(super) fn collisions(jobs: &[Job], formats: &[Format]) -> Vec<Message> {
    let jobs = || {
        jobs.iter()
            .filter(|job| !matches!(job.input, Input::Unusable(..)))
    };
    let inputs: BTreeMap<String, &Job> = jobs()
        .filter_map(|job| match &job.input {
            Input::File(path) => Some((folded(path), job)),
            _ => None,
        })
        .collect();
    let mut owners: BTreeMap<String, &Job> = BTreeMap::new();
    let mut messages = Vec::new();
    for job in jobs() {
        let this = job.input.name();
        // All outputs of a job share its stem, so one shared stem is one collision.
        if let Some(first) = owners.insert(folded(&job.stem), job) {
            let (first, path) = (first.input.name(), job.stem.display());
            messages.push(Message::new(
                format!("{first} 和 {this} 的输出同名（{path}），请改名或分开转换"),
                format!("{first} and {this} would have the same outputs ({path}); rename one or convert them apart"),
            ));
        }
        let whole = formats.iter().filter(|format| **format != Format::Png);
        let mut overwritten: Vec<PathBuf> = whole.map(|format| job.output(*format)).collect();
        overwritten.retain(|path| inputs.contains_key(&folded(path)));
        if formats.contains(&Format::Png) {
            overwritten.extend(pictures_among(&inputs, &job.stem));
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
fn pictures_among(inputs: &BTreeMap<String, &Job>, stem: &Path) -> Vec<PathBuf> {
    let begin = format!("{}-", folded(stem));
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

/// A path by which equal files are known. A name that is no Unicode is kept apart by its own bytes.
pub(super) fn folded(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match absolute.to_str() {
        Some(text) => text.nfc().flat_map(char::to_lowercase).collect(),
        None => format!("\0{:?}", absolute.as_os_str().as_encoded_bytes()),
    }
}
