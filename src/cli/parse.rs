//! `hongtou parse`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{ParseArgs, ParseFormat};
use super::config::Config;
use super::convert::profile;
use super::{Status, Stop, human, tree};
use crate::batch::{Input, isolated, read_input};
use crate::convert::json::DocumentJson;
use crate::convert::{self, ReadOptions, Reading};
use crate::diagnostic::{Lang, Message};
use crate::normalize::FixLevel;
use crate::profile::Profile;

pub(super) fn run(args: &mut ParseArgs, lang: Lang) -> Result<Status, Stop> {
    let config = Config::load(&args.read.config, std::slice::from_ref(&args.input))?;
    config.complete_read(&mut args.read);
    let input = input(&args.input);
    let options = args.read.options(FixLevel::None)?;
    let style = StyleWanted::new(args.style.take(), &config)?;
    let Some(mut reading) = read(&input, &options, args.read.max_bytes(), lang) else {
        return Ok(Status::Failure);
    };
    style.judge(&mut reading);
    let text = match args.format {
        ParseFormat::Tree => tree::render(&reading, lang),
        ParseFormat::Json => super::to_json(&DocumentJson::new(&reading, &input.name(), lang)),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Status::Success)
}

/// The format that a text is to be set in, as far as it asks for something.
pub(super) struct StyleWanted {
    profile: Arc<Profile>,
    /// Whether a text's own choice goes before it.
    style_from_text: bool,
}

impl StyleWanted {
    /// The one of the command line, else that of the settings.
    pub(super) fn new(style: Option<String>, config: &Config) -> Result<Self, Stop> {
        let style_from_text = style.is_none();
        let style = style.or_else(|| config.style());
        Ok(StyleWanted {
            profile: Arc::new(profile(style.as_deref().unwrap_or("speech"))?),
            style_from_text,
        })
    }

    /// Adds what would keep the text from being converted.
    pub(super) fn judge(&self, reading: &mut Reading) {
        if let Some(found) = convert::obstacle(reading, &self.profile, self.style_from_text) {
            reading.diagnostics.insert(0, found);
        }
    }
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
