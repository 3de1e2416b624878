//! `hongtou check`.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{CheckArgs, CheckFormat};
use super::{Status, Stop, human, inputs, parse};
use crate::convert::json::DiagnosticJson;
use crate::diagnostic::{Diagnostic, Lang, Placed, Severity};
use crate::source::LineIndex;

#[derive(Serialize)]
struct CheckJson {
    schema: &'static str,
    files: Vec<FileJson>,
}

#[derive(Serialize)]
struct FileJson {
    path: String,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Status, Stop> {
    let plan = inputs::plan(&args.inputs, None, &[], lang)?;
    let mut status = Status::Success;
    let mut files = Vec::new();
    for job in &plan.jobs {
        let Some(reading) = parse::read(&job.input, &args.read, lang) else {
            status = Status::Failure;
            continue;
        };
        let lines = LineIndex::new(&reading.text);
        let found: Vec<Placed<Diagnostic>> = reading
            .diagnostics
            .into_iter()
            .map(|found| Placed::diagnostic(found, &lines))
            .collect();
        if found.iter().any(|found| found.item.severity == Severity::Error) {
            status = Status::Failure;
        }
        let path = job.input.name();
        match args.format {
            CheckFormat::Human => {
                let mut out = io::stdout().lock();
                for found in &found {
                    human::diagnostic(&mut out, &path, found, lang);
                }
                out.flush()?;
            }
            CheckFormat::Json => {
                let diagnostics = found
                    .iter()
                    .map(|found| DiagnosticJson::new(found, lang))
                    .collect();
                files.push(FileJson { path, diagnostics });
            }
        }
    }
    if args.format == CheckFormat::Json {
        let json = super::to_json(&CheckJson {
            schema: "hongtou/check/1",
            files,
        });
        io::stdout().lock().write_all(json.as_bytes())?;
    }
    Ok(status)
}
