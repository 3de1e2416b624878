//! One input of a batch, from its bytes to its files.

use std::cell::LazyCell;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::isolation::isolated;
use super::plan::{Input, Job};
use super::read::{self, ReadError};
use super::{BatchOptions, Converter, Overwrite};
use super::{manifest, save};
use crate::convert::{Format, Reading};
use crate::diagnostic::{Diagnostic, Edit, Message, Placed, Severity};
use crate::error::Error;
use crate::model::Kind;
use crate::source::LineIndex;

/// What became of one input.
#[derive(Debug)]
pub enum Outcome {
    /// Its outputs are there.
    Converted(Box<Converted>),
    /// It was not touched.
    Skipped(Skip),
    /// It could not be converted; nothing was written.
    Failed(Failure),
}

/// A converted input.
#[derive(Debug)]
pub struct Converted {
    /// Its outputs.
    pub outputs: Vec<OutputFile>,
    /// The encoding it was in.
    pub encoding: &'static str,
    /// The kind of text.
    pub kind: Kind,
    /// The number of pages, when a fixed format was written.
    pub pages: Option<usize>,
    /// What was changed.
    pub edits: Vec<Placed<Edit>>,
    /// What was found.
    pub diagnostics: Vec<Placed<Diagnostic>>,
    /// The fingerprint of what the outputs were made from, where a [`Manifest`](super::Manifest) is kept of them.
    pub fingerprint: Option<String>,
    /// A picture of the first page (PNG), when it was asked for and could be made.
    pub preview: Option<Vec<u8>>,
    /// The time it took, from reading the input to the last output's name.
    pub elapsed: Duration,
}

/// An output on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Where.
    pub path: PathBuf,
    /// Its length.
    pub bytes: usize,
    /// SHA-256 of its content, in lower-case hexadecimal; empty unless [`BatchOptions::hash_outputs`].
    pub sha256: String,
}

/// Why an input was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Its outputs exist, and existing outputs are to stay.
    Exists,
    /// Its outputs were made from what it still is.
    Unchanged,
}

/// Does one job; never panics. `settings` gives the fingerprint of the settings.
pub(super) fn work<'a>(
    job: &Job,
    options: &BatchOptions<'_>,
    settings: &dyn Fn() -> &'a str,
    converter: Converter,
) -> Outcome {
    match isolated(|| attempt(job, options, settings, converter)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(failure)) | Err(failure) => Outcome::Failed(failure),
    }
}

fn attempt<'a>(
    job: &Job,
    options: &BatchOptions<'_>,
    settings: &dyn Fn() -> &'a str,
    converter: Converter,
) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    let exist = || {
        let mut formats = options.convert.formats.iter();
        formats.all(|format| job.output(*format).exists())
    };
    if options.overwrite == Overwrite::Never && exist() {
        return Ok(Outcome::Skipped(Skip::Exists));
    }
    let bytes = read_input(&job.input, options.max_bytes)?;
    let changed_only = options.overwrite == Overwrite::Changed;
    let fingerprint = (changed_only || options.manifest.is_kept_for(job))
        .then(|| manifest::fingerprint(settings(), &bytes));
    if let Some(fingerprint) = &fingerprint
        && changed_only
        && options.manifest.is_current(job, fingerprint)
        && exist()
    {
        return Ok(Outcome::Skipped(Skip::Unchanged));
    }
    let converted =
        converter(&bytes, &options.convert).map_err(|error| conversion_failure(&error, &bytes, options))?;

    let paths = output_paths(job, &converted.outputs);
    let files: Vec<(&Path, &[u8])> = paths
        .iter()
        .zip(&converted.outputs)
        .map(|(path, (_, bytes))| (path.as_path(), bytes.as_slice()))
        .collect();
    save::all(&files)?;

    let outputs = files
        .iter()
        .map(|(path, bytes)| OutputFile {
            path: path.to_path_buf(),
            bytes: bytes.len(),
            sha256: if options.hash_outputs {
                manifest::hex(&Sha256::digest(bytes))
            } else {
                String::new()
            },
        })
        .collect();
    let Reading {
        text,
        encoding,
        document,
        edits,
        diagnostics,
        ..
    } = converted.reading;
    // Not made when there is nothing to be told.
    let lines = LazyCell::new(|| LineIndex::new(&text));
    let left_over = left_over(job, options, converted.pages);
    Ok(Outcome::Converted(Box::new(Converted {
        outputs,
        encoding,
        kind: document.kind,
        pages: converted.pages,
        edits: edits.into_iter().map(|edit| Placed::edit(edit, &lines)).collect(),
        diagnostics: diagnostics
            .into_iter()
            .chain(left_over)
            .map(|found| Placed::diagnostic(found, &lines))
            .collect(),
        fingerprint,
        preview: converted.preview,
        elapsed: begun.elapsed(),
    })))
}

/// Where each output goes: those of one format are pages, in their order.
fn output_paths(job: &Job, outputs: &[(Format, Vec<u8>)]) -> Vec<PathBuf> {
    let mut paths = Vec::with_capacity(outputs.len());
    for pages in outputs.chunk_by(|a, b| a.0 == b.0) {
        paths.extend(
            (1..)
                .zip(pages)
                .map(|(page, (format, _))| job.output_of_page(*format, page)),
        );
    }
    paths
}

/// A finding when the picture of a page beyond the last one is there, of an earlier run: nothing is deleted, but taken
/// for a page of this text it would mislead.
fn left_over(job: &Job, options: &BatchOptions<'_>, pages: Option<usize>) -> Option<Diagnostic> {
    let next = pages.filter(|_| options.convert.formats.contains(&Format::Png))? + 1;
    let path = job.output_of_page(Format::Png, next);
    let shown = path.display();
    path.exists().then(|| {
        Diagnostic::new(
            "left-over-picture",
            Severity::Warning,
            Message::new(
                format!("{shown} 是以前转换留下的，本文只有 {} 页，请删去", next - 1),
                format!(
                    "{shown} is left from an earlier run: this text has {} pages; delete it",
                    next - 1
                ),
            ),
        )
    })
}

/// The bytes of an input, never more than `max_bytes`.
///
/// # Errors
/// When it cannot be read, is no plain file, or is longer.
pub(crate) fn read_input(input: &Input, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    let read = match input {
        Input::Unusable(_, why) => return Err(Failure::new(why.clone())),
        Input::Stdin => read::up_to(io::stdin().lock(), max_bytes, Vec::new()),
        Input::File(path) => read::plain_file(path, max_bytes),
    };
    read.map_err(|error| match error {
        ReadError::System(error) => Failure::read(&error),
        ReadError::NoPlainFile => Failure::new(error.message()),
        ReadError::TooLarge(_) => Failure {
            help: Some(Message::new(
                "拆分文件，或用 --max-size 提高上限",
                "split it, or raise the limit with --max-size",
            )),
            ..Failure::new(error.message())
        },
    })
}

fn conversion_failure(error: &Error, bytes: &[u8], options: &BatchOptions<'_>) -> Failure {
    // Spans are of the decoded text, which the error does not carry: decode again, this is the rare path.
    let place = error.span().and_then(|span| {
        let decoded = crate::source::decode(bytes, options.convert.read.encoding.as_deref()).ok()?;
        Some(LineIndex::new(&decoded.text).position(span.start))
    });
    Failure {
        message: error.message(),
        place,
        help: error.help(),
    }
}
