//! `hongtou parse`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{ParseArgs, ParseFormat};
use super::config::Config;
use super::{Status, Stop, human, tree};
use crate::batch::{Input, isolated, read_input};
use crate::convert::json::DocumentJson;
use crate::convert::{self, ReadOptions, Reading};
use crate::diagnostic::{Lang, Message};
use crate::normalize::FixLevel;

pub(super) fn run(args: &mut ParseArgs, lang: Lang) -> Result<Status, Stop> {
    Config::load(&args.read.config, std::slice::from_ref(&args.input))?.complete_read(&mut args.read);
    let input = input(&args.input);
    let options = args.read.options(FixLevel::None)?;
    let Some(reading) = read(&input, &options, args.read.max_bytes(), lang) else {
        return Ok(Status::Failure);
    };
    let text = match args.format {
        ParseFormat::Tree => tree::render(&reading, lang),
        ParseFormat::Json => super::to_json(&DocumentJson::new(&reading, &input.name(), lang)),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Status::Success)
}

/// The input called `path` on the command line.
pub(super) fn input(path: &Path) -> Input {
    if path.as_os_str() == "-" {
        Input::Stdin
    } else {
        Input::File(PathBuf::from(path))
    }
}

/// Reads one input; says why when it cannot.
pub(super) fn read(input: &Input, options: &ReadOptions, max_bytes: u64, lang: Lang) -> Option<Reading> {
    let name = input.name();
    let mut err = io::stderr().lock();
    let mut fault = |message: &Message, help: Option<&Message>| {
        human::fault(&mut err, &name, None, message, help, lang);
        None
    };
    let read = |bytes: Vec<u8>| isolated(|| convert::read(&bytes, options));
    match read_input(input, max_bytes).and_then(read) {
        Ok(Ok(reading)) => Some(reading),
        Ok(Err(error)) => fault(&error.message(), error.help().as_ref()),
        Err(failure) => fault(&failure.message, failure.help.as_ref()),
    }
}
