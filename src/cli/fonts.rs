//! `hongtou fonts`, and the fonts of a run: the user's folders, then the official fonts installed, then the bundled ones.
//!
//! Installed fonts are found by their files' names and only those are opened: reading every font of a system would take
//! longer than a conversion.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{FontArgs, FontsArgs, FontsCommand, FontsFrom};
use super::config::Config;
use super::{Status, Stop, UsageError, parse};
use crate::batch::io_reason;
use crate::diagnostic::{Lang, Message};
use crate::font::{self, Candidate, FontBook, alias};
use crate::normalize::FixLevel;
use crate::profile::FontRole;
use crate::source::LineIndex;

/// The fonts of a run.
pub(super) fn book(args: &FontArgs, lang: Lang) -> Result<FontBook, UsageError> {
    book_of(&find(args)?, args, lang)
}

/// The fonts of a run, out of the faces found.
fn book_of(found: &[Candidate], args: &FontArgs, lang: Lang) -> Result<FontBook, UsageError> {
    let mut err = io::stderr().lock();
    for candidate in found.iter().filter(|candidate| candidate.restricted) {
        let (name, path) = (&candidate.name, candidate.path.display());
        // Standard error may be closed; there is nobody left to tell.
        let _ = match lang {
            Lang::Zh => writeln!(err, "{path}：字体“{name}”的许可不允许嵌入文件，不使用"),
            Lang::En => writeln!(
                err,
                "{path}: the licence of the font “{name}” forbids embedding it; not used"
            ),
        };
    }
    let mut files = Vec::new();
    for (role, candidate) in chosen(found, args) {
        let data = fs::read(&candidate.path).map_err(|error| unreadable(&candidate.path, &error))?;
        files.push((role, candidate.with_data(data)));
    }
    with_bundled(files).map_err(|error| unusable(&error))
}

/// The bundled fonts alone.
pub(super) fn bundled() -> Result<FontBook, UsageError> {
    with_bundled(Vec::new()).map_err(|error| unusable(&error))
}

fn unusable(error: &font::FontError) -> UsageError {
    UsageError::new(Message::new(
        format!("字体无法使用：{error}"),
        format!("the fonts cannot be used: {error}"),
    ))
}

#[cfg(feature = "bundled-fonts")]
fn with_bundled(files: Vec<(FontRole, font::FontFile)>) -> Result<FontBook, font::FontError> {
    FontBook::preferring(files)
}

#[cfg(not(feature = "bundled-fonts"))]
fn with_bundled(files: Vec<(FontRole, font::FontFile)>) -> Result<FontBook, font::FontError> {
    FontBook::new(files)
}

fn unreadable(path: &Path, error: &io::Error) -> UsageError {
    let path = path.display();
    UsageError::new(Message::new(
        format!("无法读取 {path}：{}", io_reason(error)),
        format!("{path} cannot be read: {error}"),
    ))
}

/// The faces that may serve, those of the user's folders first.
fn find(args: &FontArgs) -> Result<Vec<Candidate>, UsageError> {
    let mut found = Vec::new();
    for folder in &args.font_dir {
        let listed = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        drop(listed);
        collect(folder, &|_| true, &mut found);
    }
    if args.fonts != Some(FontsFrom::Bundled) {
        for folder in system_folders() {
            collect(&folder, &alias::may_hold_official, &mut found);
        }
    }
    Ok(found)
}

/// One face for each category that has any: of the user's folders every rank, of the system official fonts only.
fn chosen<'a>(found: &'a [Candidate], args: &FontArgs) -> BTreeMap<FontRole, &'a Candidate> {
    let users = |candidate: &Candidate| {
        args.font_dir
            .iter()
            .any(|folder| candidate.path.starts_with(folder))
    };
    let split = found
        .iter()
        .position(|candidate| !users(candidate))
        .unwrap_or(found.len());
    let mut chosen = font::best(&found[split..], false);
    chosen.extend(font::best(&found[..split], true));
    chosen
}

/// Adds the faces of the font files below `folder` whose names `wanted` accepts.
fn collect(folder: &Path, wanted: &dyn Fn(&str) -> bool, found: &mut Vec<Candidate>) {
    // A system folder that isn't there or can't be read has no fonts for us.
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        match entry.file_type() {
            // Links to folders are not followed, so that this ends.
            Ok(kind) if kind.is_dir() => collect(&path, wanted, found),
            Ok(_) if is_font(&path) && wanted(&name) => {
                if let Ok(data) = fs::read(&path) {
                    found.extend(font::candidates(&path, &data));
                }
            }
            _ => {}
        }
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    ["ttf", "ttc", "otf", "otc"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// Where systems and office programs keep fonts.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge at which the environment comes in"
)]
fn system_folders() -> Vec<PathBuf> {
    let below = |variable: &str, rest: &str| env::var_os(variable).map(|base| PathBuf::from(base).join(rest));
    let folders = if cfg!(windows) {
        vec![
            below("WINDIR", "Fonts"),
            below("LOCALAPPDATA", r"Microsoft\Windows\Fonts"),
        ]
    } else if cfg!(target_os = "macos") {
        vec![
            Some("/Library/Fonts".into()),
            Some("/System/Library/Fonts".into()),
            Some("/Applications/Microsoft Word.app/Contents/Resources/DFonts".into()),
            below("HOME", "Library/Fonts"),
        ]
    } else {
        vec![
            Some("/usr/share/fonts".into()),
            Some("/usr/local/share/fonts".into()),
            below("HOME", ".local/share/fonts"),
            below("HOME", ".fonts"),
        ]
    };
    folders.into_iter().flatten().collect()
}

pub(super) fn run(args: &mut FontsArgs, lang: Lang) -> Result<Status, Stop> {
    let command = args.command.take().unwrap_or(FontsCommand::List {
        fonts: FontArgs::default(),
    });
    match command {
        FontsCommand::List { fonts } => list(&fonts, lang),
        FontsCommand::Check {
            file,
            mut read,
            mut fonts,
        } => {
            let config = Config::load(&read.config, std::slice::from_ref(&file))?;
            config.complete_read(&mut read);
            config.complete_fonts(&mut fonts);
            let options = read.options(FixLevel::None)?;
            let Some(reading) = parse::read(&parse::input(&file), &options, read.max_bytes(), lang) else {
                return Ok(Status::Failure);
            };
            check(&reading.text, &book(&fonts, lang)?, lang)
        }
    }
}

/// One line for each category: its name in the DOCX, the face that draws it in the PDF, and where that comes from.
fn list(args: &FontArgs, lang: Lang) -> Result<Status, Stop> {
    let found = find(args)?;
    let chosen = chosen(&found, args);
    let book = book_of(&found, args, lang)?;
    let mut out = io::stdout().lock();
    for role in FontRole::ALL {
        let face = book.face(book.first_face(role)).name();
        let origin = match (chosen.get(&role), lang) {
            (Some(candidate), _) => candidate.path.display().to_string(),
            (None, Lang::Zh) => "内置".to_owned(),
            (None, Lang::En) => "bundled".to_owned(),
        };
        writeln!(out, "{}\t{face}\t{origin}", role.name())?;
    }
    Ok(Status::Success)
}

/// Says which characters of a text each category's own face lacks, and where the first of them stands.
fn check(text: &str, book: &FontBook, lang: Lang) -> Result<Status, Stop> {
    let lines = LineIndex::new(text);
    let mut seen: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for (at, c) in text
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace() && !c.is_control())
    {
        seen.entry(c).or_insert((at, 0)).1 += 1;
    }
    let mut out = io::stdout().lock();
    let mut status = Status::Success;
    for role in FontRole::ALL.into_iter().filter(|role| *role != FontRole::Latin) {
        let lacking: Vec<(char, usize, usize)> = seen
            .iter()
            .filter(|(c, _)| book.glyph(role, **c).is_none_or(|choice| choice.substituted))
            .map(|(c, (at, count))| (*c, *at, *count))
            .collect();
        let face = book.face(book.first_face(role)).name();
        writeln!(out, "{}\t{face}\t{}", role.name(), lacking.len())?;
        for (c, at, count) in lacking {
            let place = lines.position(at);
            let instead = match book.glyph(role, c) {
                Some(choice) => book.face(choice.face).name().to_owned(),
                None => {
                    status = Status::Failure;
                    if lang == Lang::Zh {
                        "没有字体"
                    } else {
                        "no font"
                    }
                    .to_owned()
                }
            };
            writeln!(
                out,
                "\t{c}\tU+{:04X}\t{count}\t{}:{}\t{instead}",
                u32::from(c),
                place.line,
                place.column
            )?;
        }
    }
    Ok(status)
}
