//! What became of every file: `hongtou/report/1` for programs, a page for people. Both are written file by file, so that a
//! batch of any length takes no more memory than a short one.

mod page;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::batch::{Converted, Job, Outcome};
use crate::convert::json::{DiagnosticJson, EditJson};
use crate::diagnostic::{Lang, Severity};
use crate::font::FontBook;
use crate::profile::FontRole;

pub(super) use page::Page;

/// A report being written; files come in input order.
pub(super) enum Report {
    /// For programs.
    Records(Records),
    /// For people.
    Page(Page),
}

impl Report {
    /// Adds one file.
    pub(super) fn add(&mut self, job: &Job, outcome: &Outcome) -> io::Result<()> {
        match self {
            Report::Records(records) => records.add(job, outcome),
            Report::Page(page) => page.add(job, outcome),
        }
    }

    /// Ends the report.
    pub(super) fn end(self, summary: &Summary) -> io::Result<()> {
        match self {
            Report::Records(records) => records.end(summary),
            Report::Page(page) => page.end(summary),
        }
    }
}

/// The report for programs being written.
pub(super) struct Records {
    out: Box<dyn Write + Send>,
    fonts: BTreeMap<&'static str, String>,
    lang: Lang,
    timings: bool,
    first: bool,
}

/// What a batch came to.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Summary {
    pub(super) converted: usize,
    pub(super) skipped: usize,
    pub(super) failed: usize,
    pub(super) edits: usize,
    pub(super) warnings: usize,
}

impl Summary {
    /// Counts one more input.
    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Converted(converted) => {
                self.converted += 1;
                self.edits += converted.edits.len();
                let warnings = converted
                    .diagnostics
                    .iter()
                    .filter(|found| found.item.severity >= Severity::Warning);
                self.warnings += warnings.count();
            }
            Outcome::Skipped(_) => self.skipped += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }
}

#[derive(Debug, Serialize)]
struct FileReport<'a> {
    path: String,
    status: &'static str,
    outputs: Vec<OutputReport<'a>>,
    encoding: Option<&'static str>,
    kind: Option<&'static str>,
    pages: Option<usize>,
    fonts: Option<&'a BTreeMap<&'static str, String>>,
    edits: Vec<EditJson>,
    diagnostics: Vec<DiagnosticJson>,
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
}

#[derive(Debug, Serialize)]
struct OutputReport<'a> {
    path: String,
    bytes: usize,
    sha256: &'a str,
}

impl Records {
    /// Begins a report.
    pub(super) fn begin(
        mut out: Box<dyn Write + Send>,
        fonts: &FontBook,
        lang: Lang,
        timings: bool,
    ) -> io::Result<Self> {
        out.write_all(b"{\"schema\": \"hongtou/report/1\", \"files\": [")?;
        let fonts = FontRole::ALL
            .into_iter()
            .map(|role| (role.name(), fonts.face(fonts.first_face(role)).name().to_owned()))
            .collect();
        Ok(Records {
            out,
            fonts,
            lang,
            timings,
            first: true,
        })
    }

    /// Adds one file.
    pub(super) fn add(&mut self, job: &Job, outcome: &Outcome) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        let file = self.file(job.input.name(), outcome);
        let json = serde_json::to_vec(&file)?;
        self.out.write_all(&json)
    }

    fn file<'a>(&'a self, path: String, outcome: &'a Outcome) -> FileReport<'a> {
        let empty = FileReport {
            path,
            status: "skipped",
            outputs: Vec::new(),
            encoding: None,
            kind: None,
            pages: None,
            fonts: None,
            edits: Vec::new(),
            diagnostics: Vec::new(),
            error: None,
            milliseconds: None,
        };
        match outcome {
            Outcome::Skipped(_) => empty,
            Outcome::Failed(failure) => {
                let place = failure
                    .place
                    .map(|place| format!("{}:{}: ", place.line, place.column));
                let error = format!(
                    "{}{}",
                    place.unwrap_or_default(),
                    failure.message.in_lang(self.lang)
                );
                FileReport {
                    status: "failed",
                    error: Some(error),
                    ..empty
                }
            }
            Outcome::Converted(converted) => {
                let Converted {
                    outputs,
                    encoding,
                    kind,
                    pages,
                    edits,
                    diagnostics,
                    elapsed,
                    ..
                } = &**converted;
                let output = |output: &'a crate::batch::OutputFile| OutputReport {
                    path: output.path.display().to_string(),
                    bytes: output.bytes,
                    sha256: &output.sha256,
                };
                FileReport {
                    status: "converted",
                    outputs: outputs.iter().map(output).collect(),
                    encoding: Some(encoding),
                    kind: Some(kind.name()),
                    pages: *pages,
                    fonts: Some(&self.fonts),
                    edits: edits.iter().map(EditJson::new).collect(),
                    diagnostics: diagnostics
                        .iter()
                        .map(|found| DiagnosticJson::new(found, self.lang))
                        .collect(),
                    milliseconds: self
                        .timings
                        .then(|| (elapsed.as_secs_f64() * 1e5).round() / 100.0),
                    ..empty
                }
            }
        }
    }

    /// Ends the report.
    pub(super) fn end(mut self, summary: &Summary) -> io::Result<()> {
        self.out.write_all(b"\n], \"summary\": ")?;
        self.out.write_all(&serde_json::to_vec(summary)?)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
