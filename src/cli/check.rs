//! `hongtou check`.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{CheckArgs, CheckFormat, FailOn};
use super::config::Config;
use super::{Status, Stop, human, inputs, parse, sarif, snippet};
use crate::convert::json::DiagnosticJson;
use crate::diagnostic::{Diagnostic, Lang, Placed, Severity};
use crate::normalize::FixLevel;
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

pub(super) fn run(args: &mut CheckArgs, lang: Lang) -> Result<Status, Stop> {
    let config = Config::load(&args.read.config, &args.inputs.inputs)?;
    config.complete_check(args);
    let options = args.read.options(FixLevel::None)?;
    let style = parse::StyleWanted::new(args.style.take(), &config)?;
    let plan = inputs::plan(&args.inputs, None, &[], lang)?;
    let fails = match args.fail_on.unwrap_or(FailOn::Error) {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    let mut status = Status::Success;
    let mut files = Vec::new();
    let mut results = Vec::new();
    let mut counts = [0_usize; 3];
    for job in plan.jobs() {
        let Some(mut reading) = parse::read(&job.input, &options, args.read.max_bytes(), lang) else {
            status = Status::Failure;
            continue;
        };
        style.judge(&mut reading);
        let lines = LineIndex::new(&reading.text);
        let found: Vec<Placed<Diagnostic>> = reading
            .diagnostics
            .into_iter()
            .map(|found| Placed::diagnostic(found, &lines))
            .collect();
        if found.iter().any(|found| found.item.severity >= fails) {
            status = Status::Failure;
        }
        let path = job.input.name();
        match args.format {
            CheckFormat::Human => {
                let mut out = io::stdout().lock();
                for found in &found {
                    counts[found.item.severity as usize] += 1;
                    human::diagnostic(&mut out, &path, found, lang);
                    if found.item.span.is_some() {
                        snippet::print(&mut out, &lines, found.start, found.end)?;
                    }
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
            CheckFormat::Sarif => results.extend(
                found
                    .into_iter()
                    .map(|found| (path.clone(), sarif::in_code_units(found, &lines))),
            ),
        }
    }
    match args.format {
        CheckFormat::Human => writeln!(io::stdout().lock(), "{}", in_words(counts, lang))?,
        CheckFormat::Json => {
            let json = super::to_json(&CheckJson {
                schema: "hongtou/check/1",
                files,
            });
            io::stdout().lock().write_all(json.as_bytes())?;
        }
        CheckFormat::Sarif => {
            let json = super::to_json(&sarif::log(&results, lang));
            io::stdout().lock().write_all(json.as_bytes())?;
        }
    }
    Ok(status)
}

fn in_words([infos, warnings, errors]: [usize; 3], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("错误 {errors} 处，警告 {warnings} 处，提示 {infos} 处"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {infos} notes"),
    }
}
