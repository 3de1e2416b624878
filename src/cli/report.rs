//! `hongtou/report/1`: what became of every file, for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::batch::{Job, Outcome};
use crate::convert::json::{DiagnosticJson, EditJson};
use crate::diagnostic::{Lang, Severity};
use crate::font::FontBook;
use crate::profile::FontRole;

/// The report of one run, files in input order.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    schema: &'static str,
    files: Vec<FileReport>,
    summary: Summary,
    #[serde(skip)]
    fonts: BTreeMap<&'static str, String>,
    #[serde(skip)]
    lang: Lang,
}

#[derive(Debug, Default, Serialize)]
struct Summary {
    converted: usize,
    skipped: usize,
    failed: usize,
    edits: usize,
    warnings: usize,
}

#[derive(Debug, Serialize)]
struct FileReport {
    path: String,
    status: &'static str,
    outputs: Vec<OutputReport>,
    encoding: Option<&'static str>,
    kind: Option<&'static str>,
    pages: Option<usize>,
    fonts: BTreeMap<&'static str, String>,
    edits: Vec<EditJson>,
    diagnostics: Vec<DiagnosticJson>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct OutputReport {
    path: String,
    bytes: usize,
    sha256: String,
}

impl Report {
    /// An empty report.
    pub(super) fn new(fonts: &FontBook, lang: Lang) -> Self {
        let fonts = FontRole::ALL
            .into_iter()
            .map(|role| (role.name(), fonts.face(fonts.first_face(role)).name().to_owned()))
            .collect();
        Report {
            schema: "hongtou/report/1",
            files: Vec::new(),
            summary: Summary::default(),
            fonts,
            lang,
        }
    }

    /// Adds one file.
    pub(super) fn add(&mut self, job: &Job, outcome: &Outcome) {
        let mut file = FileReport {
            path: job.input.name(),
            status: "converted",
            outputs: Vec::new(),
            encoding: None,
            kind: None,
            pages: None,
            fonts: BTreeMap::new(),
            edits: Vec::new(),
            diagnostics: Vec::new(),
            error: None,
        };
        match outcome {
            Outcome::Converted(converted) => {
                self.summary.converted += 1;
                self.summary.edits += converted.edits.len();
                self.summary.warnings += converted
                    .diagnostics
                    .iter()
                    .filter(|found| found.item.severity == Severity::Warning)
                    .count();
                let output = |output: &crate::batch::OutputFile| OutputReport {
                    path: output.path.display().to_string(),
                    bytes: output.bytes,
                    sha256: output.sha256.clone(),
                };
                file.outputs = converted.outputs.iter().map(output).collect();
                file.encoding = Some(converted.encoding);
                file.kind = Some(converted.kind);
                file.pages = converted.pages;
                file.fonts = self.fonts.clone();
                file.edits = converted.edits.iter().map(EditJson::new).collect();
                file.diagnostics = converted
                    .diagnostics
                    .iter()
                    .map(|found| DiagnosticJson::new(found, self.lang))
                    .collect();
            }
            Outcome::Skipped(_) => {
                self.summary.skipped += 1;
                file.status = "skipped";
            }
            Outcome::Failed(failure) => {
                self.summary.failed += 1;
                file.status = "failed";
                let place = failure
                    .place
                    .map(|place| format!("{}:{}: ", place.line, place.column));
                file.error = Some(format!(
                    "{}{}",
                    place.unwrap_or_default(),
                    failure.message.in_lang(self.lang)
                ));
            }
        }
        self.files.push(file);
    }

    /// The report as it is written, with a line feed at its end.
    pub(super) fn to_json(&self) -> String {
        super::to_json(self)
    }
}
