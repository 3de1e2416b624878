//! `hongtou convert`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::{ConvertArgs, OverwriteArg, source_date_epoch};
use super::{Status, Stop, UsageError, human, report};
use crate::batch::{self, BatchOptions, Job, Outcome, Overwrite, Plan, PlanOptions};
use crate::convert::{Format, Options};
use crate::diagnostic::{Lang, Message};
use crate::font::FontBook;
use crate::profile::Profile;

pub(super) fn run(args: &ConvertArgs, lang: Lang) -> Result<Status, Stop> {
    let mut formats: Vec<Format> = args.to.iter().map(|format| (*format).into()).collect();
    formats.sort_unstable();
    formats.dedup();
    let profile = profile(&args.style)?;
    let plan_options = PlanOptions {
        out_dir: args.out_dir.clone(),
        formats: formats.clone(),
    };
    let plan = batch::plan(&args.inputs, &plan_options).map_err(|error| UsageError::new(joined(&error.0)))?;
    if args.dry_run {
        return dry_run(&plan);
    }

    let options = BatchOptions {
        convert: Options {
            read: args.read.options(),
            profile: Arc::new(profile),
            fonts: Arc::new(fonts()?),
            formats,
            timestamp: source_date_epoch(),
        },
        overwrite: match args.overwrite {
            OverwriteArg::Always => Overwrite::Always,
            OverwriteArg::Never => Overwrite::Never,
        },
        max_bytes: args.read.max_bytes(),
        jobs: args.jobs,
    };
    let wants_report = args.json || args.report.is_some();
    let mut report = report::Report::new(&options.convert.fonts, lang);
    let mut totals = Totals::default();
    let mut printed = Ok(());
    batch::run(&plan, &options, |job, outcome| {
        totals.count(&outcome);
        let lines = print_outcome(job, &outcome, args, lang);
        if printed.is_ok() {
            printed = lines;
        }
        if wants_report {
            report.add(job, &outcome);
        }
    })
    .map_err(|error| {
        UsageError::new(Message::new(
            format!("无法启动线程：{error}"),
            format!("cannot start threads: {error}"),
        ))
    })?;
    printed?;

    if wants_report {
        let json = report.to_json();
        if args.json {
            io::stdout().lock().write_all(json.as_bytes())?;
        }
        if let Some(path) = &args.report {
            write_report(path, &json)?;
        }
    }
    if plan.jobs.len() > 1 && !args.quiet && !args.json {
        writeln!(io::stdout().lock(), "{}", totals.summary(lang))?;
    }
    Ok(if totals.failed == 0 {
        Status::Success
    } else {
        Status::Failure
    })
}

/// The profile called `style`, or in the file `style`.
pub(super) fn profile(style: &str) -> Result<Profile, UsageError> {
    if Path::new(style)
        .extension()
        .is_none_or(|extension| extension != "toml")
    {
        return Profile::builtin(style).map_err(|error| profile_fault("", &error));
    }
    let unreadable =
        |why: String| UsageError::new(Message::new(format!("{style}：{why}"), format!("{style}: {why}")));
    let bytes = fs::read(style).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    Profile::from_toml(&text).map_err(|error| profile_fault(&format!("{style}:"), &error))
}

fn profile_fault(file: &str, error: &crate::profile::ProfileError) -> UsageError {
    let help = error.help.clone().map(|help| Message::new(help.clone(), help));
    UsageError {
        message: Message::new(format!("{file}{error}"), format!("{file}{error}")),
        help,
    }
}

#[cfg(feature = "bundled-fonts")]
fn fonts() -> Result<FontBook, UsageError> {
    FontBook::bundled().map_err(|error| {
        UsageError::new(Message::new(
            format!("内置字体：{error}"),
            format!("bundled fonts: {error}"),
        ))
    })
}

#[cfg(not(feature = "bundled-fonts"))]
fn fonts() -> Result<FontBook, UsageError> {
    Err(UsageError::new(Message::new(
        "这个程序编译时没有带字体",
        "this program was built without fonts",
    )))
}

fn joined(messages: &[Message]) -> Message {
    let join = |lang| {
        messages
            .iter()
            .map(|message| message.in_lang(lang))
            .collect::<Vec<_>>()
            .join("\n")
    };
    Message::new(join(Lang::Zh), join(Lang::En))
}

fn dry_run(plan: &Plan) -> Result<Status, Stop> {
    let mut out = io::stdout().lock();
    for job in &plan.jobs {
        for format in &job.formats {
            writeln!(out, "{} → {}", job.input.name(), job.output(*format).display())?;
        }
    }
    Ok(Status::Success)
}

fn print_outcome(job: &Job, outcome: &Outcome, args: &ConvertArgs, lang: Lang) -> io::Result<()> {
    let name = job.input.name();
    match outcome {
        Outcome::Failed(failure) => {
            let mut err = io::stderr().lock();
            human::fault(
                &mut err,
                &name,
                failure.place,
                &failure.message,
                failure.help.as_ref(),
                lang,
            );
        }
        _ if args.quiet => {}
        Outcome::Skipped(_) => {
            let why = match lang {
                Lang::Zh => "跳过，输出已存在",
                Lang::En => "skipped, the outputs exist",
            };
            let _ = writeln!(io::stderr().lock(), "{name}: {why}");
        }
        Outcome::Converted(converted) => {
            {
                let mut err = io::stderr().lock();
                for edit in &converted.edits {
                    human::edit(&mut err, &name, edit, lang);
                }
                for found in &converted.diagnostics {
                    human::diagnostic(&mut err, &name, found, lang);
                }
            }
            if !args.json {
                let outputs: Vec<String> = converted
                    .outputs
                    .iter()
                    .map(|output| output.path.display().to_string())
                    .collect();
                let pages = match (converted.pages, lang) {
                    (Some(pages), Lang::Zh) => format!("（{pages} 页）"),
                    (Some(pages), Lang::En) => format!(" ({pages} pages)"),
                    (None, _) => String::new(),
                };
                writeln!(io::stdout().lock(), "{name} → {}{pages}", outputs.join(", "))?;
            }
        }
    }
    Ok(())
}

fn write_report(path: &Path, json: &str) -> Result<(), UsageError> {
    batch::save(path, json.as_bytes()).map_err(|error| {
        let path = path.display();
        UsageError::new(Message::new(
            format!("无法写入报告 {path}：{error}"),
            format!("cannot write the report {path}: {error}"),
        ))
    })
}

/// What a batch came to.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    converted: usize,
    skipped: usize,
    failed: usize,
    edits: usize,
}

impl Totals {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Converted(converted) => {
                self.converted += 1;
                self.edits += converted.edits.len();
            }
            Outcome::Skipped(_) => self.skipped += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }

    fn summary(&self, lang: Lang) -> String {
        let Totals {
            converted,
            skipped,
            failed,
            edits,
        } = self;
        match lang {
            Lang::Zh => format!("转换 {converted} 个，跳过 {skipped} 个，失败 {failed} 个，更正 {edits} 处"),
            Lang::En => {
                format!("{converted} converted, {skipped} skipped, {failed} failed, {edits} corrections")
            }
        }
    }
}
