//! `hongtou styles`.

use std::io::{self, Write};

use super::args::{StylesArgs, StylesCommand};
use super::{Status, Stop, convert};
use crate::profile::{Profile, builtin_names, builtin_source};

pub(super) fn run(args: &StylesArgs) -> Result<Status, Stop> {
    let mut out = io::stdout().lock();
    match args.command.as_ref().unwrap_or(&StylesCommand::List) {
        StylesCommand::List => {
            for name in builtin_names() {
                let profile = convert::profile(name)?;
                writeln!(out, "{name}\t{}", profile.title)?;
            }
        }
        StylesCommand::Show { name } => {
            // The error lists the names there are.
            convert::profile(name)?;
            out.write_all(builtin_source(name).unwrap_or_default().as_bytes())?;
        }
        StylesCommand::Check { file } => {
            let profile: Profile = convert::profile(&file.to_string_lossy())?;
            writeln!(out, "{}: {} ({})", file.display(), profile.name, profile.title)?;
        }
    }
    Ok(Status::Success)
}
