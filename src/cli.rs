//! The command line: arguments, printing and the exit code.
//!
//! The only place that reads the environment and prints. Results go to standard output, messages to standard error.
//! Exit codes: 0 all good, 1 some input failed or has errors, 2 usage or configuration,
//! 130 interrupted.

mod args;
mod check;
mod config;
mod convert;
mod explain;
mod fill;
mod fonts;
mod human;
mod inputs;
mod lexicons;
mod licenses;
mod parse;
mod progress;
mod report;
mod sarif;
mod shell;
mod snippet;
mod styles;
mod tree;
mod values;
mod watch;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use crate::diagnostic::{Lang, Message};
use crate::profile::ProfileError;
use args::Command;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// All good.
    Success,
    /// Some input failed, or has errors.
    Failure,
    /// Ended by the user before all was done.
    Interrupted,
}

/// A fault in usage or configuration: nothing has been written.
#[derive(Debug)]
struct UsageError {
    message: Message,
    help: Option<Message>,
}

impl UsageError {
    fn new(message: Message) -> Self {
        UsageError { message, help: None }
    }
}

/// Why a command ended early.
#[derive(Debug)]
enum Stop {
    /// Usage or configuration.
    Usage(UsageError),
    /// A style profile that cannot be used.
    Profile(ProfileError),
    /// Standard output was closed or failed.
    Output(io::Error),
}

impl From<UsageError> for Stop {
    fn from(error: UsageError) -> Self {
        Stop::Usage(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

/// Runs the command line given by `arguments`, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = args::with_default_command(arguments.into_iter().collect());
    let lang = args::language(&arguments);
    if args::asks_for_licenses(&arguments) {
        return exit_code(licenses::run(), lang);
    }
    let command = match args::parse(arguments, lang) {
        Ok(command) => command,
        Err(error) => {
            if lang == Lang::Zh && error.use_stderr() {
                return exit_code(Err(args::usage_error(&error).into()), lang);
            }
            // Help and version come this way too, and go to standard output.
            return match error.print() {
                Err(fault) if !error.use_stderr() => exit_code(Err(fault.into()), lang),
                _ => ExitCode::from(error.exit_code() as u8),
            };
        }
    };
    exit_code(work(command, lang), lang)
}

/// Runs one command.
fn work(command: Command, lang: Lang) -> Result<Status, Stop> {
    match command {
        Command::Convert(mut args) => convert::run(&mut args, lang),
        Command::Check(mut args) => check::run(&mut args, lang),
        Command::Parse(mut args) => parse::run(&mut args, lang),
        Command::Styles(args) => styles::run(&args, lang),
        Command::Fill(mut args) => fill::run(&mut args, lang),
        Command::Explain(args) => explain::run(&args, lang),
        Command::Completions(args) => shell::completions(&args, lang),
        Command::Man(args) => shell::man(&args, lang),
        Command::Fonts(mut args) => fonts::run(&mut args, lang),
    }
}

/// Says why a command ended early, and what the shell is told.
fn exit_code(result: Result<Status, Stop>, lang: Lang) -> ExitCode {
    match result {
        Ok(Status::Success) => ExitCode::SUCCESS,
        Ok(Status::Failure) => ExitCode::from(1),
        Ok(Status::Interrupted) => ExitCode::from(130),
        // `hongtou … | head` is no error.
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            let message = Message::new(
                format!("无法输出：{}", crate::batch::io_reason(&error)),
                format!("cannot write the output: {error}"),
            );
            human::fault(&mut io::stderr().lock(), "hongtou", None, &message, None, lang);
            ExitCode::from(1)
        }
        Err(Stop::Usage(error)) => {
            human::fault(
                &mut io::stderr().lock(),
                "hongtou",
                None,
                &error.message,
                error.help.as_ref(),
                lang,
            );
            ExitCode::from(2)
        }
        Err(Stop::Profile(error)) => {
            for fault in &error.faults {
                let name = fault.file.as_deref().unwrap_or("hongtou");
                let mut err = io::stderr().lock();
                human::fault(
                    &mut err,
                    name,
                    fault.place,
                    &fault.message,
                    fault.help.as_ref(),
                    lang,
                );
            }
            ExitCode::from(2)
        }
    }
}

/// JSON as it is printed: indented, with a line feed at its end.
fn to_json(value: &impl serde::Serialize) -> String {
    // Only maps with keys that are no strings could fail, and there are none.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}
