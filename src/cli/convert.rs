//! `hongtou convert`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{ConvertArgs, FormatArg, OverwriteArg, source_date_epoch};
use super::config::Config;
use super::progress::Progress;
use super::report::{Page, Records, Report, Summary};
use super::watch::{self, Watch};
use super::{Status, Stop, UsageError, fonts, human, inputs};
use crate::batch::{self, BatchOptions, Converted, Job, Manifest, Outcome, Overwrite, Pending, Plan, Skip};
use crate::convert::{Format, Options, ReviewOptions};
use crate::diagnostic::{Lang, Message};
use crate::normalize::FixLevel;
use crate::profile::{MergedProfile, Profile, ProfileError};
use crate::writer::png::Resolution;

pub(super) fn run(args: &mut ConvertArgs, lang: Lang) -> Result<Status, Stop> {
    // `-` is standard output, as it is standard input elsewhere.
    let to_files = |path: &PathBuf| path.as_os_str() != "-";
    args.json |= !args.report.iter().all(to_files);
    args.report.retain(to_files);
    let config = Config::load(&args.read.config, &args.inputs.inputs)?;
    config.complete_convert(args);
    if args.to.is_empty() {
        args.to = vec![FormatArg::Docx, FormatArg::Pdf];
    }
    let style = args.style.clone().or_else(|| config.style());
    let fix = config.fix().map_or(FixLevel::Safe, FixLevel::from);
    let mut formats: Vec<Format> = args.to.iter().map(|format| (*format).into()).collect();
    formats.sort_unstable();
    formats.dedup();
    let profile = profile(style.as_deref().unwrap_or("speech"))?;
    let plan = inputs::plan(&args.inputs, args.out_dir.as_deref(), &formats, lang)?;
    if args.dry_run {
        return dry_run(&plan, &formats);
    }
    let convert = Options {
        read: args.read.options(fix)?,
        fonts: Arc::new(fonts::book(&args.fonts, &profile.font_names, args.quiet, lang)?),
        profile: Arc::new(profile),
        style_from_text: args.style.is_none(),
        draft: args.draft,
        embedded_fonts: args
            .embed_fonts
            .then(|| fonts::bundled().map(Arc::new))
            .transpose()?,
        formats,
        resolution: args.dpi,
        preview: args
            .report
            .iter()
            .any(|path| is_page(path))
            .then_some(Resolution::THUMBNAIL),
        timestamp: source_date_epoch(),
        review: ReviewOptions {
            revisions: args.revisions,
            comments: args.comments,
        },
    };
    kept_from_reports(args, &config, style.as_deref())?;
    if args.watch {
        watch(args, plan, &convert, lang)
    } else {
        batch(args, &plan, &convert, lang)
    }
}

/// Converts everything, and then whatever is saved, until the user ends it.
fn watch(args: &ConvertArgs, mut plan: Plan, convert: &Options, lang: Lang) -> Result<Status, Stop> {
    if plan.jobs().any(|job| matches!(job.input, batch::Input::Stdin)) {
        let message = Message::new("标准输入无法监视", "standard input cannot be watched");
        return Err(UsageError::new(message).into());
    }
    // Before the work: what is saved meanwhile is converted again.
    let mut watch = Watch::begin(&plan);
    batch(args, &plan, convert, lang)?;
    if !args.quiet {
        watch::announce(plan.len(), lang);
    }
    while watch::pause(interrupt()) {
        match plan.again() {
            Ok(now) => plan = now,
            // Two texts would share an output; the plan before still says where the others go.
            Err(error) => {
                let ready = watch.look(&plan);
                for message in error.0.iter().filter(|_| !ready.is_empty()) {
                    human::fault(&mut io::stderr().lock(), "hongtou", None, message, None, lang);
                }
                continue;
            }
        }
        let ready = watch.look(&plan);
        if !ready.is_empty() {
            batch(args, &plan.only(&ready), convert, lang)?;
        }
    }
    Ok(Status::Interrupted)
}

/// Works off the plan and says what became of it.
fn batch(args: &ConvertArgs, plan: &Plan, convert: &Options, lang: Lang) -> Result<Status, Stop> {
    let mut manifest = Manifest::load(plan);
    let options = BatchOptions {
        convert: convert.clone(),
        overwrite: match args.overwrite.unwrap_or(OverwriteArg::Always) {
            OverwriteArg::Always => Overwrite::Always,
            OverwriteArg::Never => Overwrite::Never,
            OverwriteArg::Changed => Overwrite::Changed,
        },
        manifest: &manifest,
        max_bytes: args.read.max_bytes(),
        hash_outputs: args.json || args.report.iter().any(|path| !is_page(path)),
        jobs: args.jobs,
        stop: interrupt(),
    };
    let mut reports = reports(args, plan, &options.convert, lang)?;
    let mut progress = Progress::new(plan.len(), args.quiet, lang);
    let mut summary = Summary::default();
    let mut made = Vec::new();
    let mut written: io::Result<()> = Ok(());
    batch::run(plan, &options, |job, outcome| {
        summary.count(&outcome);
        progress.step(matches!(outcome, Outcome::Failed(_)));
        let printed = progress.pause(|| print_outcome(&job, &outcome, args, lang));
        let reported = reports
            .iter_mut()
            .try_for_each(|report| report.add(&job, &outcome));
        // The work goes on when nobody reads about it any more; the first fault is told at the end.
        if written.is_ok() {
            written = printed.and(reported);
        }
        if let Outcome::Converted(converted) = outcome
            && let Some(fingerprint) = converted.fingerprint
        {
            made.push((job, fingerprint));
        }
    })
    .map_err(|error| {
        usage(
            format!("无法启动线程：{error}"),
            format!("cannot start threads: {error}"),
        )
    })?;
    progress.finish();

    for (job, fingerprint) in made {
        manifest.note(&job, fingerprint);
    }
    let kept = manifest.save(args.overwrite == Some(OverwriteArg::Changed));
    written?;
    kept?;
    for report in reports {
        report.end(&summary)?;
    }
    if plan.len() > 1 && !args.quiet && !args.json {
        writeln!(io::stdout().lock(), "{}", in_words(&summary, lang))?;
    }
    Ok(match () {
        () if interrupt().load(Ordering::Relaxed) => Status::Interrupted,
        () if summary.failed > 0 => Status::Failure,
        () => Status::Success,
    })
}

/// Set by Ctrl-C and by requests to end; files begun are finished, so that none is half written.
fn interrupt() -> &'static AtomicBool {
    static INTERRUPTED: AtomicBool = AtomicBool::new(false);
    static HANDLER: std::sync::Once = std::sync::Once::new();
    HANDLER.call_once(|| {
        // Without the handler the program just ends at once, as programs do.
        let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
    });
    &INTERRUPTED
}

fn usage(zh: String, en: String) -> UsageError {
    UsageError::new(Message::new(zh, en))
}

/// A report file that takes its name when it is dropped complete.
struct ReportFile(Option<Pending>);

impl Write for ReportFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    /// The report flushes once, at its end.
    fn flush(&mut self) -> io::Result<()> {
        self.0.take().map_or(Ok(()), Pending::commit)
    }
}

/// Whether a report of this name is for people.
fn is_page(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
}

/// Refuses reports in place of a file that this run reads, or of one another.
fn kept_from_reports(args: &ConvertArgs, config: &Config, style: Option<&str>) -> Result<(), UsageError> {
    let read = (args.inputs.files_from.iter().chain(&args.read.lexicon))
        .map(PathBuf::as_path)
        .chain(config.file())
        .chain(style.map(Path::new));
    for (number, report) in args.report.iter().enumerate() {
        let earlier = args.report[..number].iter().map(PathBuf::as_path);
        if let Some(file) = read
            .clone()
            .chain(earlier)
            .find(|file| batch::same_file(report, file))
        {
            let (report, file) = (report.display(), file.display());
            return Err(usage(
                format!("报告 {report} 会覆盖 {file}，请另选文件名"),
                format!("the report {report} would take the place of {file}; choose another name"),
            ));
        }
    }
    Ok(())
}

fn reports(args: &ConvertArgs, plan: &Plan, convert: &Options, lang: Lang) -> Result<Vec<Report>, Stop> {
    let fonts = &convert.fonts;
    let mut reports = Vec::new();
    for path in &args.report {
        let shown = path.display();
        if plan.uses(path, &convert.formats) {
            return Err(usage(
                format!("报告 {shown} 本身是输入或输出，请另选文件名"),
                format!("the report {shown} is itself an input or an output; choose another name"),
            )
            .into());
        }
        let file = Pending::create(path).map_err(|error| {
            usage(
                format!("无法写入报告 {shown}：{}", batch::io_reason(&error)),
                format!("cannot write the report {shown}: {error}"),
            )
        })?;
        let file = Box::new(ReportFile(Some(file)));
        reports.push(if is_page(path) {
            Report::Page(Page::begin(file, path, lang, args.timings)?)
        } else {
            Report::Records(Records::begin(file, fonts, lang, args.timings)?)
        });
    }
    if args.json {
        let out = Box::new(io::stdout());
        reports.push(Report::Records(Records::begin(out, fonts, lang, args.timings)?));
    }
    Ok(reports)
}

/// The profile called `style`, or in the file `style`.
pub(super) fn profile(style: &str) -> Result<Profile, Stop> {
    merged_profile(style)
        .and_then(|merged| merged.check())
        .map_err(Stop::Profile)
}

/// The same as written, merged with what it extends.
pub(super) fn merged_profile(style: &str) -> Result<MergedProfile, ProfileError> {
    let path = Path::new(style);
    if path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
    {
        MergedProfile::file(path, &read_profile)
    } else {
        MergedProfile::builtin(style)
    }
}

/// The content of a profile file.
pub(super) fn read_profile(path: &Path) -> Result<Vec<u8>, Message> {
    /// Far beyond any profile; what is larger was named by mistake.
    const LARGEST: u64 = 1024 * 1024;
    batch::plain_file(path, LARGEST).map_err(|error| error.message())
}

fn dry_run(plan: &Plan, formats: &[Format]) -> Result<Status, Stop> {
    let mut out = io::stdout().lock();
    for job in plan.jobs() {
        for format in formats {
            let path = job.output(*format).display().to_string();
            // How many pages there will be is not known before the work is done.
            let others = if *format == Format::Png { " …" } else { "" };
            let input = human::visible(&job.input.name());
            writeln!(out, "{input} → {}{others}", human::visible(&path))?;
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
            Ok(())
        }
        _ if args.quiet => Ok(()),
        Outcome::Skipped(skip) => {
            let why = match (skip, lang) {
                (Skip::Exists, Lang::Zh) => "跳过，输出已存在",
                (Skip::Exists, Lang::En) => "skipped, the outputs exist",
                (Skip::Unchanged, Lang::Zh) => "跳过，没有变化",
                (Skip::Unchanged, Lang::En) => "skipped, unchanged",
            };
            // Standard error may be closed; there is nobody left to tell.
            let _ = writeln!(io::stderr().lock(), "{}: {why}", human::visible(&name));
            Ok(())
        }
        Outcome::Converted(converted) => print_converted(&name, converted, args.json, lang),
    }
}

fn print_converted(name: &str, converted: &Converted, json: bool, lang: Lang) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for edit in &converted.edits {
        human::edit(&mut err, name, edit, lang);
    }
    for found in &converted.diagnostics {
        human::diagnostic(&mut err, name, found, lang);
    }
    if json {
        return Ok(());
    }
    let outputs: Vec<String> = converted
        .outputs
        .iter()
        .map(|output| human::visible(&output.path.display().to_string()))
        .collect();
    let pages = match (converted.pages, lang) {
        (Some(pages), Lang::Zh) => format!("（{pages} 页）"),
        (Some(1), Lang::En) => " (1 page)".to_owned(),
        (Some(pages), Lang::En) => format!(" ({pages} pages)"),
        (None, _) => String::new(),
    };
    writeln!(
        io::stdout().lock(),
        "{} → {}{pages}",
        human::visible(name),
        outputs.join(", ")
    )
}

fn in_words(summary: &Summary, lang: Lang) -> String {
    let Summary {
        converted,
        skipped,
        failed,
        edits,
        warnings,
    } = summary;
    match lang {
        Lang::Zh => {
            format!(
                "转换 {converted} 个，跳过 {skipped} 个，失败 {failed} 个；更正 {edits} 处，警告 {warnings} 条"
            )
        }
        Lang::En => format!(
            "{converted} converted, {skipped} skipped, {failed} failed; {edits} corrections, {warnings} warnings"
        ),
    }
}
