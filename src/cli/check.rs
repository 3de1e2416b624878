//! `hongtou check`.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{CheckArgs, CheckFormat, FailOn};
use super::{Status, Stop, UsageError, human, inputs, parse, sarif, snippet};
use crate::convert::json::DiagnosticJson;
use crate::diagnostic::{Diagnostic, Lang, Message, Placed, Severity};
use crate::lint;
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

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Status, Stop> {
    let filter = Filter::new(&args.select, &args.ignore)?;
    let plan = inputs::plan(&args.inputs, None, &[], lang)?;
    let mut options = args.read.options(FixLevel::None);
    options.lint.requested = filter.requested();
    let fails = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    let mut status = Status::Success;
    let mut files = Vec::new();
    let mut results = Vec::new();
    let mut counts = [0_usize; 3];
    for job in &plan.jobs {
        let Some(reading) = parse::read(&job.input, &options, args.read.max_bytes(), lang) else {
            status = Status::Failure;
            continue;
        };
        let lines = LineIndex::new(&reading.text);
        let wanted = reading
            .diagnostics
            .into_iter()
            .filter(|found| filter.takes(found.code));
        let found: Vec<Placed<Diagnostic>> = wanted.map(|found| Placed::diagnostic(found, &lines)).collect();
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
            CheckFormat::Sarif => results.extend(found.into_iter().map(|found| (path.clone(), found))),
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

/// Which findings are wanted, by code, short name or its letter: `halfwidth-punctuation`, `P01`, `P`.
struct Filter<'a> {
    select: &'a [String],
    ignore: &'a [String],
}

impl<'a> Filter<'a> {
    fn new(select: &'a [String], ignore: &'a [String]) -> Result<Self, UsageError> {
        let known = |word: &String| lint::rules().iter().any(|rule| names(word, rule.code, rule.id));
        match select.iter().chain(ignore).find(|word| !known(word)) {
            None => Ok(Filter { select, ignore }),
            Some(word) => Err(UsageError {
                message: Message::new(format!("没有规则“{word}”"), format!("there is no rule “{word}”")),
                help: Some(Message::new(
                    "用 hongtou explain 列出全部规则",
                    "hongtou explain lists all rules",
                )),
            }),
        }
    }

    /// The rules that look only when asked, and are asked for by code or short name; a letter asks for the usual ones.
    fn requested(&self) -> Vec<&'static str> {
        let asked = |rule: &lint::Rule| {
            let mut words = self.select.iter();
            words.any(|word| word == rule.code || word == rule.id)
        };
        let rules = lint::rules()
            .iter()
            .filter(|rule| lint::on_request(rule) && asked(rule));
        rules.map(|rule| rule.code).collect()
    }

    fn takes(&self, code: &str) -> bool {
        let id = lint::explain(code).map_or("", |rule| rule.id);
        let any = |words: &[String]| words.iter().any(|word| names(word, code, id));
        (self.select.is_empty() || any(self.select)) && !any(self.ignore)
    }
}

/// Whether `word` stands for the rule called `code`, for short `id`.
fn names(word: &str, code: &str, id: &str) -> bool {
    word == code
        || (!word.is_empty()
            && word.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase())
            && id.starts_with(word))
}
