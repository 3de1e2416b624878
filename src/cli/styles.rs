//! `hongtou styles`: what profiles there are, what one says, whether one is right, and a new one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::{StylesArgs, StylesCommand};
use super::{Status, Stop, UsageError, convert, human};
use crate::batch::{self, Pending};
use crate::diagnostic::{Lang, Message};
use crate::learn::learn;
use crate::profile::{MergedProfile, Profile, builtin_names, schema, starter};
use crate::writer::docx;

pub(super) fn run(args: &StylesArgs, lang: Lang) -> Result<Status, Stop> {
    match args.command.as_ref().unwrap_or(&StylesCommand::List) {
        StylesCommand::List => {
            let mut out = io::stdout().lock();
            for name in builtin_names() {
                let profile = convert::profile(name)?;
                writeln!(out, "{name}\t{}", profile.title)?;
            }
        }
        StylesCommand::Show { profile } => {
            let merged = convert::merged_profile(profile).map_err(Stop::Profile)?;
            io::stdout().write_all(merged.to_toml().as_bytes())?;
            // What is shown may still be wrong; then it says so.
            merged.check().map_err(Stop::Profile)?;
        }
        StylesCommand::Check { file } => {
            let profile: Profile = MergedProfile::file(file, &convert::read_profile)
                .and_then(|merged| merged.check())
                .map_err(Stop::Profile)?;
            let mut out = io::stdout().lock();
            let file = human::visible(&file.display().to_string());
            writeln!(out, "{file}: {} ({})", profile.name, profile.title)?;
        }
        StylesCommand::New {
            name,
            extends,
            output,
            force,
        } => {
            let text = starter(name, extends, lang).map_err(Stop::Profile)?;
            write_out(output.as_deref(), &text, *force, lang)?;
        }
        StylesCommand::Template {
            profile,
            output,
            force,
        } => {
            let profile = Arc::new(convert::profile(profile)?);
            // It fails only where a file would be larger than the format allows.
            let bytes = docx::template(&profile).map_err(|error| io::Error::other(error.to_string()))?;
            write_file(output, &bytes, *force, lang)?;
        }
        StylesCommand::Learn {
            sample,
            output,
            force,
        } => {
            let text = learnt(sample, output.as_deref(), lang)?;
            write_out(output.as_deref(), &text, *force, lang)?;
        }
        StylesCommand::Schema { output, force } => write_out(output.as_deref(), &schema(), *force, lang)?,
    }
    Ok(Status::Success)
}

/// The profile that a sample shows; what was guessed is told on standard error.
fn learnt(sample: &Path, output: Option<&Path>, lang: Lang) -> Result<String, Stop> {
    /// A sample with pictures may be large; no speech is.
    const LARGEST: u64 = 64 * 1024 * 1024;
    let shown = sample.display().to_string();
    let fault = |message: Message, help: Option<Message>| UsageError {
        message: Message::new(
            format!("{shown}：{}", message.zh),
            format!("{shown}: {}", message.en),
        ),
        help,
    };
    let bytes = batch::plain_file(sample, LARGEST).map_err(|error| fault(error.message(), None))?;
    let name = output.unwrap_or(sample).file_stem().unwrap_or_default();
    let learned =
        learn(&bytes, &name.to_string_lossy()).map_err(|error| fault(error.message(), error.help()))?;
    let mut err = io::stderr().lock();
    let base = &learned.base;
    let based = Message::new(
        format!("以 {base} 为基础，只写出不同之处"),
        format!("extends {base} and says only what differs"),
    );
    for note in [&based].into_iter().chain(&learned.notes) {
        // Standard error may be closed; there is nobody left to tell.
        let note = human::visible(note.in_lang(lang));
        let _ = writeln!(err, "{}: {note}", human::visible(&shown));
    }
    Ok(learned.toml)
}

/// Writes `text` to `output`, or prints it.
fn write_out(output: Option<&Path>, text: &str, force: bool, lang: Lang) -> Result<(), Stop> {
    match output {
        Some(path) => write_file(path, text.as_bytes(), force, lang),
        None => Ok(io::stdout().write_all(text.as_bytes())?),
    }
}

/// Writes the file `path`, whole or not at all; one that exists is left alone unless `force`.
fn write_file(path: &Path, content: &[u8], force: bool, lang: Lang) -> Result<(), Stop> {
    let shown = path.display();
    // Also a link that leads nowhere is something of the user's.
    if !force && fs::symlink_metadata(path).is_ok() {
        return Err(UsageError {
            message: Message::new(format!("{shown} 已存在"), format!("{shown} exists")),
            help: Some(Message::new(
                "换一个文件名，或用 --force 覆盖",
                "choose another name, or overwrite it with --force",
            )),
        }
        .into());
    }
    let written = Pending::create(path).and_then(|mut file| {
        file.write_all(content)?;
        file.commit()
    });
    written.map_err(|error| {
        UsageError::new(Message::new(
            format!("无法写入 {shown}：{}", batch::io_reason(&error)),
            format!("cannot write {shown}: {error}"),
        ))
    })?;
    let mut out = io::stdout().lock();
    let shown = human::visible(&shown.to_string());
    match lang {
        Lang::Zh => writeln!(out, "已写入 {shown}")?,
        Lang::En => writeln!(out, "wrote {shown}")?,
    }
    Ok(())
}
