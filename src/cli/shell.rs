//! What a shell and `man` need to know of the command line: completions and manual pages, generated from the arguments.
//!
//! Packages ship what these commands print; nobody writes it by hand, so it cannot grow old.

use std::io::{self, Write};

use super::args::{self, CompletionsArgs, ManArgs};
use super::{Status, Stop, UsageError};
use crate::diagnostic::{Lang, Message};

/// Prints the completions for one shell.
pub(super) fn completions(args: &CompletionsArgs, lang: Lang) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(lang), "hongtou", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Status::Success)
}

/// Prints the manual page of the program, or of one command, in the form that `man` reads.
pub(super) fn man(args: &ManArgs, lang: Lang) -> Result<Status, Stop> {
    let mut program = args::command(lang);
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => {
            let found = program
                .get_subcommands()
                .find(|command| command.get_name() == name);
            let unknown = || {
                UsageError::new(Message::new(
                    format!("没有名为“{name}”的命令"),
                    format!("no command is called “{name}”"),
                ))
            };
            // A page is found by its name: hongtou-convert.
            let command = found.ok_or_else(unknown)?.clone();
            let full = format!("hongtou-{name}");
            command
                .version(env!("CARGO_PKG_VERSION"))
                .name(full.clone())
                .bin_name(format!("hongtou {name}"))
                .display_name(full)
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    io::stdout().lock().write_all(&roff)?;
    Ok(Status::Success)
}
