//! `hongtou fonts`, and the fonts of a run: those the profile names, then the user's folders, then the official fonts
//! installed, then the bundled ones.
//!
//! Installed fonts are known by the names inside them, whatever their files are called. Only files that are called like an
//! official font or are as large as Chinese fonts are get looked into, all when the profile names a font that is none of
//! the official ones; and of these only the names are read.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::args::{FontArgs, FontsArgs, FontsCommand, FontsFrom};
use super::config::Config;
use super::convert::profile;
use super::{Status, Stop, UsageError, human, parse};
use crate::batch::io_reason;
use crate::diagnostic::{Lang, Message, Severity};
use crate::font::{self, Candidate, Face, FontBook, alias};
use crate::normalize::FixLevel;
use crate::profile::{FontRole, Profile};
use crate::source::LineIndex;

/// What was found in the font folders.
#[derive(Default)]
struct Found {
    /// The faces that may serve.
    faces: Vec<Candidate>,
    /// Files that cannot serve, and why.
    useless: Vec<(PathBuf, Message)>,
}

/// The font that a profile names for each category of type.
type FontNames = BTreeMap<FontRole, String>;

/// The fonts of a run with a profile that names `names`. Says which of them are not there, unless `quiet`.
pub(super) fn book(
    args: &FontArgs,
    names: &FontNames,
    quiet: bool,
    lang: Lang,
) -> Result<FontBook, UsageError> {
    let found = find(args, names)?;
    let book = book_of(&found, args, names, lang)?;
    if !quiet {
        say_missing(&found.faces, args, names, &book, lang);
    }
    Ok(book)
}

/// Says which of the profile's own fonts are not there, and what draws the PDF instead. The standard's fonts, which every
/// profile names that says nothing else, are not there on most machines: for them others stand in without a word.
fn say_missing(found: &[Candidate], args: &FontArgs, names: &FontNames, book: &FontBook, lang: Lang) {
    if args.fonts == Some(FontsFrom::Bundled) {
        return;
    }
    let standard = Profile::builtin("gb9704").map(|profile| profile.font_names);
    let standard = standard.unwrap_or_default();
    let mut err = io::stderr().lock();
    for (role, name) in names {
        if standard.get(role) == Some(name) || found.iter().any(|face| face.is_called(name)) {
            continue;
        }
        let (key, instead) = (role.name(), book.face(book.first_face(*role)).name());
        let why = Message::new(
            format!(
                "样式的 fonts.{key}：没有找到字体“{name}”，PDF 改用“{instead}”；请安装该字体，或用 --font-dir 指定它所在的文件夹"
            ),
            format!(
                "fonts.{key} of the profile: the font “{name}” was not found, the PDF takes “{instead}”; install it, or \
                 name its folder with --font-dir"
            ),
        );
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(
            err,
            "hongtou: {}: {}",
            human::label(Severity::Info, lang),
            human::visible(why.in_lang(lang))
        );
    }
}

/// The fonts of a run, out of what was found. What cannot be used is named, and the next in line serves.
fn book_of(found: &Found, args: &FontArgs, names: &FontNames, lang: Lang) -> Result<FontBook, UsageError> {
    let mut useless = found.useless.clone();
    for candidate in found.faces.iter().filter(|candidate| candidate.restricted) {
        let name = &candidate.name;
        let why = Message::new(
            format!("字体“{name}”的许可不允许嵌入文件，不使用"),
            format!("the licence of the font “{name}” forbids embedding it; not used"),
        );
        useless.push((candidate.path.clone(), why));
    }
    let mut faces = Vec::new();
    for (role, candidate) in chosen(&found.faces, args, names) {
        let read = read(&candidate.path).and_then(|data| {
            let face = candidate.with_data(data).face();
            face.map_err(|error| unusable(&error.to_string()))
        });
        match read {
            Ok(face) => faces.push((role, face)),
            Err(why) => useless.push((candidate.path.clone(), why)),
        }
    }
    let mut err = io::stderr().lock();
    useless.dedup();
    for (path, why) in &useless {
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(
            err,
            "{}: {}",
            human::visible(&path.display().to_string()),
            why.in_lang(lang)
        );
    }
    with_bundled(faces).map_err(|error| no_book(&error))
}

/// The bundled fonts alone.
pub(super) fn bundled() -> Result<FontBook, UsageError> {
    with_bundled(Vec::new()).map_err(|error| no_book(&error))
}

fn no_book(error: &font::FontError) -> UsageError {
    UsageError::new(Message::new(
        format!("字体无法使用：{error}"),
        format!("the fonts cannot be used: {error}"),
    ))
}

#[cfg(feature = "bundled-fonts")]
fn with_bundled(faces: Vec<(FontRole, Face)>) -> Result<FontBook, font::FontError> {
    FontBook::preferring(faces)
}

#[cfg(not(feature = "bundled-fonts"))]
fn with_bundled(faces: Vec<(FontRole, Face)>) -> Result<FontBook, font::FontError> {
    FontBook::of_faces(faces)
}

/// No font is larger: the largest collections of all of Unicode have some 150 MB.
const LARGEST: u64 = 512 << 20;

fn failed(error: &io::Error) -> Message {
    Message::new(
        format!("字体文件无法读取：{}", io_reason(error)),
        format!("the font file cannot be read: {error}"),
    )
}

/// The length of a font file.
fn length(path: &Path) -> Result<u64, Message> {
    // Before opening: a pipe would block there, a device might never end.
    let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
    if metadata.is_file() && metadata.len() <= LARGEST {
        Ok(metadata.len())
    } else {
        Err(unusable("not a plain file of at most 512 MB"))
    }
}

/// The content of a font file.
fn read(path: &Path) -> Result<Vec<u8>, Message> {
    length(path)?;
    fs::read(path).map_err(|error| failed(&error))
}

/// The faces of a font file, of which little is read.
fn faces(path: &Path) -> Result<Vec<Candidate>, Message> {
    let length = length(path)?;
    let mut file = fs::File::open(path).map_err(|error| failed(&error))?;
    let mut read = |offset, length| stretch(&mut file, offset, length).ok();
    font::candidates(path, length, &mut read).map_err(|error| unusable(&error.to_string()))
}

fn unusable(why: &str) -> Message {
    Message::new(
        format!("字体文件无法使用，改用其他字体（{why}）"),
        format!("the font file cannot be used, another serves ({why})"),
    )
}

fn unreadable(path: &Path, error: &io::Error) -> UsageError {
    let path = path.display();
    UsageError::new(Message::new(
        format!("无法读取 {path}：{}", io_reason(error)),
        format!("{path} cannot be read: {error}"),
    ))
}

/// The faces that may serve, those of the user's folders first.
fn find(args: &FontArgs, names: &FontNames) -> Result<Found, UsageError> {
    let mut found = Found::default();
    for folder in &args.font_dir {
        let listed = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        drop(listed);
        collect(folder, true, names, &mut found);
    }
    if args.fonts != Some(FontsFrom::Bundled) {
        for folder in system_folders() {
            collect(&folder, false, names, &mut found);
        }
    }
    Ok(found)
}

/// One face for each category that has any: the one the profile names, else of the user's folders every rank, of the system
/// official fonts only.
fn chosen<'a>(
    found: &'a [Candidate],
    args: &FontArgs,
    names: &FontNames,
) -> BTreeMap<FontRole, &'a Candidate> {
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
    chosen.extend(font::named(found, names));
    chosen
}

/// Chinese fonts are at least so large, in bytes: an outline takes 200 at least, and GB 2312 has 6 763 characters.
const SMALLEST_CHINESE: u64 = 1 << 20;

/// Whether any file may hold one of the fonts of `names`, because it is none of the official ones.
fn are_unusual(names: &FontNames) -> bool {
    let official = |(role, name): (&FontRole, &String)| {
        alias::of_name(*role, name, "").is_some_and(|alias| alias.rank == alias::Rank::Official)
    };
    !names.iter().all(official)
}

/// Adds the faces of the font files below `folder` that are called by one of `names`; besides, of the user's own all that
/// can serve, of a system's the official ones among those that are called like one or are as large as Chinese fonts are.
fn collect(folder: &Path, users: bool, names: &FontNames, found: &mut Found) {
    let every_file = are_unusual(names);
    let serves = |face: &Candidate| {
        users && !face.serves.is_empty()
            || face.is_official()
            || names.values().any(|name| face.is_called(name))
    };
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
            Ok(kind) if kind.is_dir() => collect(&path, users, names, found),
            Ok(_) if is_font(&path) => {
                let named = users || alias::may_hold_official(&name);
                if !named
                    && !every_file
                    && fs::metadata(&path).is_ok_and(|file| file.len() < SMALLEST_CHINESE)
                {
                    continue;
                }
                match faces(&path) {
                    Ok(faces) => found.faces.extend(faces.into_iter().filter(serves)),
                    Err(why) if named => found.useless.push((path, why)),
                    // Some other font of the system, with which this program has nothing to do.
                    Err(_) => {}
                }
            }
            _ => {}
        }
    }
}

/// At most `length` bytes of a file from `offset` on.
fn stretch(file: &mut fs::File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(io::SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
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
        fonts_of: None,
    });
    match command {
        FontsCommand::List { fonts, fonts_of } => list(&fonts, &names_of(fonts_of)?, lang),
        FontsCommand::Check {
            file,
            mut read,
            mut fonts,
            fonts_of,
        } => {
            let config = Config::load(&read.config, std::slice::from_ref(&file))?;
            config.complete_read(&mut read);
            config.complete_fonts(&mut fonts);
            let options = read.options(FixLevel::None)?;
            let Some(reading) = parse::read(&parse::input(&file), &options, read.max_bytes(), lang) else {
                return Ok(Status::Failure);
            };
            let names = names_of(fonts_of.or_else(|| config.style()))?;
            check(&reading.text, &book(&fonts, &names, false, lang)?, lang)
        }
    }
}

/// The fonts that a profile names.
fn names_of(style: Option<String>) -> Result<FontNames, Stop> {
    Ok(profile(style.as_deref().unwrap_or("speech"))?.font_names)
}

/// One line for each category: its name in the DOCX, the face that draws it in the PDF, and where that comes from.
fn list(args: &FontArgs, names: &FontNames, lang: Lang) -> Result<Status, Stop> {
    let found = find(args, names)?;
    let chosen = chosen(&found.faces, args, names);
    let book = book_of(&found, args, names, lang)?;
    say_missing(&found.faces, args, names, &book, lang);
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
        .filter(|(_, c)| !c.is_whitespace() && !font::is_invisible(*c))
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
