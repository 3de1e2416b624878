//! The inputs of a command, from its arguments and from lists.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::args::InputArgs;
use super::{UsageError, human};
use crate::batch::{self, Plan, PlanOptions, io_reason};
use crate::convert::Format;
use crate::diagnostic::{Lang, Message};

/// Plans the work on the inputs named by `args`; says on standard error what is left out.
pub(super) fn plan(
    args: &InputArgs,
    out_dir: Option<&Path>,
    formats: &[Format],
    lang: Lang,
) -> Result<Plan, UsageError> {
    let mut inputs = args.inputs.clone();
    if let Some(list) = &args.files_from {
        inputs.extend(listed(list)?);
    }
    let options = PlanOptions {
        out_dir: out_dir.map(Path::to_path_buf),
        formats: formats.to_vec(),
        hidden: args.hidden,
    };
    let plan = batch::plan(&inputs, &options).map_err(|error| {
        let join = |lang| {
            error
                .0
                .iter()
                .map(|message| message.in_lang(lang))
                .collect::<Vec<_>>()
                .join("\n")
        };
        UsageError::new(Message::new(join(Lang::Zh), join(Lang::En)))
    })?;
    let mut err = io::stderr().lock();
    for note in &plan.notes {
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(err, "{}", human::visible(note.in_lang(lang)));
    }
    Ok(plan)
}

/// Bytes of a list; what is longer is no list of files that anyone has.
const LONGEST_LIST: u64 = 64 << 20;

/// The lines of a list of inputs.
fn listed(list: &Path) -> Result<Vec<PathBuf>, UsageError> {
    let fault = |error: &io::Error| {
        let path = list.display();
        UsageError::new(Message::new(
            format!("无法读取清单 {path}：{}", io_reason(error)),
            format!("cannot read the list {path}: {error}"),
        ))
    };
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().take(LONGEST_LIST + 1).read_to_end(&mut bytes)
    } else {
        // A pipe will do, as shells make of `<(find …)`.
        File::open(list).and_then(|file| file.take(LONGEST_LIST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| fault(&error))?;
    if bytes.len() as u64 > LONGEST_LIST {
        let path = list.display();
        return Err(UsageError::new(Message::new(
            format!("清单 {path} 超过 64 MB"),
            format!("the list {path} is larger than 64 MB"),
        )));
    }
    // Editors on Windows put a mark before the first line.
    let lines = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&bytes)
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(path_of_bytes).collect())
}

/// A path as its bytes stand in a list; on Windows lists are UTF-8.
#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
