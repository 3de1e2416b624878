//! `hongtou fill`: lists the blanks of a text, and fills them.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::args::{FillArgs, FillFormat, source_date_epoch};
use super::config::Config;
use super::convert::profile;
use super::values::{self, Row, Values, ValuesFile};
use super::{Status, Stop, UsageError, fonts, human, parse, snippet};
use crate::batch::{Input, isolated, same_file, save_all};
use crate::convert::{self, Format, Options};
use crate::diagnostic::{Lang, Message};
use crate::lint::{Blank, blanks, fill};
use crate::normalize::FixLevel;
use crate::source::LineIndex;

#[derive(Serialize)]
struct BlanksJson<'a> {
    schema: &'static str,
    path: String,
    blanks: Vec<BlankJson<'a>>,
}

#[derive(Serialize)]
struct BlankJson<'a> {
    number: usize,
    name: &'a str,
    text: &'a str,
    line: usize,
    column: usize,
}

pub(super) fn run(args: &mut FillArgs, lang: Lang) -> Result<Status, Stop> {
    let config = Config::load(&args.read.config, std::slice::from_ref(&args.input))?;
    config.complete_read(&mut args.read);
    config.complete_fonts(&mut args.fonts);
    let input = parse::input(&args.input);
    let read = args.read.options(FixLevel::None)?;
    let Some(reading) = parse::read(&input, &read, args.read.max_bytes(), lang) else {
        return Ok(Status::Failure);
    };
    let text = &reading.text;
    let blanks = blanks(&reading.document, text);
    if args.set.is_empty() && args.values.is_none() {
        return list(&input.name(), text, &blanks, args.format, lang);
    }

    let set = values::pairs(&args.set)?;
    let (columns, rows) = match args.values.as_deref().map(values::read).transpose()? {
        None => (
            Vec::new(),
            vec![Row {
                line: 0,
                values: Values::new(),
            }],
        ),
        Some(ValuesFile::One(values)) => {
            let columns = values.keys().cloned().collect();
            (columns, vec![Row { line: 0, values }])
        }
        Some(ValuesFile::Many(columns, rows)) => (columns, rows),
    };
    let many = rows.len() > 1 || rows.first().is_some_and(|row| row.line > 0);
    known(&set, &columns, &blanks, args.name_column.as_deref(), lang)?;
    let outputs = plan(args, &input, &rows, many)?;
    kept_from_outputs(args, &input, &outputs)?;
    let conversion = conversion(args, &config, lang)?;

    let mut status = Status::Success;
    for (row, output) in rows.iter().zip(&outputs) {
        let value = |number: usize, name: &str| {
            let number = number.to_string();
            let given = |values: &'_ Values| values.contains_key(&number) || values.contains_key(name);
            let values = if given(&set) { &set } else { &row.values };
            values
                .get(&number)
                .or_else(|| values.get(name))
                .map(String::as_str)
        };
        let (filled, open) = fill(text, &blanks, value);
        for i in &open {
            status = Status::Failure;
            tell_open(&input.name(), text, &blanks[*i], output.as_deref(), lang);
        }
        let written = match (&conversion, output) {
            (Some(conversion), Some(stem)) => convert_one(&filled, stem, conversion),
            (None, Some(path)) => save(&[(path.clone(), filled.into_bytes())]),
            (_, None) => {
                io::stdout().lock().write_all(filled.as_bytes())?;
                continue;
            }
        };
        match written {
            Ok(paths) => {
                let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                let (name, paths) = (human::visible(&input.name()), human::visible(&paths.join(", ")));
                writeln!(io::stdout().lock(), "{name} → {paths}")?;
            }
            Err((message, help)) => {
                status = Status::Failure;
                let name = output
                    .as_deref()
                    .map_or_else(String::new, |path| path.display().to_string());
                human::fault(
                    &mut io::stderr().lock(),
                    &name,
                    None,
                    &message,
                    help.as_ref(),
                    lang,
                );
            }
        }
    }
    Ok(status)
}

/// Prints the blanks.
fn list(name: &str, text: &str, blanks: &[Blank], format: FillFormat, lang: Lang) -> Result<Status, Stop> {
    let lines = LineIndex::new(text);
    let mut out = io::stdout().lock();
    let shown = human::visible(name);
    if format == FillFormat::Json {
        let json = BlanksJson {
            schema: "hongtou/blanks/1",
            path: name.to_owned(),
            blanks: blanks
                .iter()
                .enumerate()
                .map(|(i, blank)| {
                    let place = lines.position(blank.span.start);
                    BlankJson {
                        number: i + 1,
                        name: &blank.name,
                        text: blank.span.of(text),
                        line: place.line,
                        column: place.column,
                    }
                })
                .collect(),
        };
        out.write_all(super::to_json(&json).as_bytes())?;
        return Ok(Status::Success);
    }
    for (i, blank) in blanks.iter().enumerate() {
        let (start, end) = (lines.position(blank.span.start), lines.position(blank.span.end));
        let (number, called) = (i + 1, human::visible(&blank.name));
        writeln!(out, "{shown}:{}:{}: {number} {called}", start.line, start.column)?;
        snippet::print(&mut out, &lines, start, end)?;
    }
    let names: BTreeSet<&str> = blanks.iter().map(|blank| blank.name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let (count, names) = (blanks.len(), human::visible(&names.join(" ")));
    match lang {
        Lang::Zh => writeln!(out, "{count} 处空白，名称：{names}")?,
        Lang::En => writeln!(out, "{count} blanks, called: {names}")?,
    }
    Ok(Status::Success)
}

/// Refuses values of `--set` that fill nothing; says which columns of a file do.
fn known(
    set: &Values,
    columns: &[String],
    blanks: &[Blank],
    name_column: Option<&str>,
    lang: Lang,
) -> Result<(), UsageError> {
    let fills = |key: &str| {
        let number = key
            .parse()
            .is_ok_and(|number: usize| (1..=blanks.len()).contains(&number));
        number || blanks.iter().any(|blank| blank.name == key)
    };
    if let Some(key) = set.keys().find(|key| !fills(key)) {
        let mut names: Vec<&str> = blanks.iter().map(|blank| blank.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let names = names.join(" ");
        return Err(UsageError {
            message: Message::new(
                format!("文中没有名为“{key}”的空白"),
                format!("the text has no blank called “{key}”"),
            ),
            help: Some(Message::new(
                format!("文中的空白有：{names}"),
                format!("its blanks are: {names}"),
            )),
        });
    }
    if let Some(column) = name_column
        && !columns.iter().any(|other| other == column)
    {
        let list = columns.join(" ");
        return Err(UsageError {
            message: Message::new(
                format!("没有名为“{column}”的列"),
                format!("there is no column “{column}”"),
            ),
            help: Some(Message::new(
                format!("各列为：{list}"),
                format!("the columns are: {list}"),
            )),
        });
    }
    for column in columns
        .iter()
        .filter(|column| !fills(column) && Some(column.as_str()) != name_column)
    {
        let column = human::visible(column);
        // Standard error may be closed; there is nobody left to tell.
        let _ = match lang {
            Lang::Zh => writeln!(io::stderr(), "文中没有名为“{column}”的空白，这一列不用"),
            Lang::En => writeln!(
                io::stderr(),
                "the text has no blank called “{column}”; that column is not used"
            ),
        };
    }
    Ok(())
}

/// Where each document goes; `None` is standard output. With conversion, the path without its ending.
fn plan(
    args: &FillArgs,
    input: &Input,
    rows: &[Row],
    many: bool,
) -> Result<Vec<Option<PathBuf>>, UsageError> {
    let usage = |zh: &str, en: &str| UsageError::new(Message::new(zh.to_owned(), en.to_owned()));
    let convert = !args.to.is_empty();
    let stem = match input {
        Input::File(path) => path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
        _ => "stdin".to_owned(),
    };
    if !many && args.out_dir.is_none() {
        return match (&args.output, convert) {
            (None, false) => Ok(vec![None]),
            (None, true) => Err(usage(
                "转换时要用 --output 或 --out-dir 指定输出",
                "conversion needs --output or --out-dir",
            )),
            (Some(path), false) => Ok(vec![Some(path.clone())]),
            (Some(path), true) => Ok(vec![Some(path.with_extension(""))]),
        };
    }
    let Some(folder) = args.out_dir.as_deref() else {
        return Err(usage(
            "一行一份时要用 --out-dir 指定输出文件夹",
            "a document for each row needs --out-dir",
        ));
    };
    let digits = rows.len().to_string().len();
    let mut paths: Vec<Option<PathBuf>> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (i, row) in rows.iter().enumerate() {
        let name = match &args.name_column {
            Some(column) => row
                .values
                .get(column)
                .map(|name| name.trim().to_owned())
                .unwrap_or_default(),
            None if many => format!("{stem}-{:0digits$}", i + 1),
            None => stem.clone(),
        };
        let line = row.line;
        if !can_be_a_name(&name) {
            return Err(usage(
                &format!("第 {line} 行：“{name}”不能作文件名"),
                &format!("line {line}: “{name}” cannot be the name of a file"),
            ));
        }
        if !taken.insert(name.to_lowercase()) {
            return Err(usage(
                &format!("第 {line} 行：文件名“{name}”与前面的重复"),
                &format!("line {line}: the name “{name}” is taken already"),
            ));
        }
        let path = folder.join(if convert { name } else { format!("{name}.txt") });
        paths.push(Some(path));
    }
    Ok(paths)
}

/// Whether a cell can be the name of a file on every system: what is filled in here is opened elsewhere.
fn can_be_a_name(name: &str) -> bool {
    const RESERVED: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
    let device = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_uppercase();
    let port = ["COM", "LPT"]
        .iter()
        .filter_map(|port| device.strip_prefix(port))
        .any(|number| number.chars().count() == 1 && number.chars().all(char::is_numeric));
    let barred = |c: char| human::is_barred(c) || "/\\:*?\"<>|".contains(c);
    !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains(barred)
        && !port
        && !RESERVED.contains(&device.as_str())
}

/// Refuses outputs in place of what they are made from.
fn kept_from_outputs(args: &FillArgs, input: &Input, outputs: &[Option<PathBuf>]) -> Result<(), UsageError> {
    let input = match input {
        Input::File(path) => Some(path),
        _ => None,
    };
    for stem in outputs.iter().flatten() {
        let files: Vec<PathBuf> = if args.to.is_empty() {
            vec![stem.clone()]
        } else {
            args.to
                .iter()
                .map(|format| output_of(stem, (*format).into()))
                .collect()
        };
        for output in files {
            let replaced = input
                .into_iter()
                .chain(&args.values)
                .find(|file| same_file(file, &output));
            if let Some(file) = replaced {
                let file = file.display();
                return Err(UsageError::new(Message::new(
                    format!("输出会覆盖 {file}，请另选输出"),
                    format!("an output would take the place of {file}; choose another"),
                )));
            }
        }
    }
    Ok(())
}

fn output_of(stem: &Path, format: Format) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(format.extension());
    PathBuf::from(name)
}

fn tell_open(name: &str, text: &str, blank: &Blank, output: Option<&Path>, lang: Lang) {
    let place = LineIndex::new(text).position(blank.span.start);
    let output = output.map_or_else(String::new, |path| format!("{}: ", path.display()));
    let called = &blank.name;
    let message = Message::new(
        format!("{output}“{called}”没有填"),
        format!("{output}“{called}” is not filled in"),
    );
    human::fault(&mut io::stderr().lock(), name, Some(place), &message, None, lang);
}

/// How filled texts are converted, when that is asked for.
fn conversion(args: &FillArgs, config: &Config, lang: Lang) -> Result<Option<Options>, Stop> {
    let mut formats: Vec<Format> = args.to.iter().map(|format| (*format).into()).collect();
    formats.sort_unstable();
    formats.dedup();
    if formats.is_empty() {
        return Ok(None);
    }
    if formats.contains(&Format::Png) {
        return Err(Stop::Usage(UsageError::new(Message::new(
            "fill 只能转换为 docx、pdf",
            "fill converts to docx and pdf only",
        ))));
    }
    let style = args.style.clone().or_else(|| config.style());
    let fix = config.fix().map_or(FixLevel::Safe, FixLevel::from);
    let profile = profile(style.as_deref().unwrap_or("speech"))?;
    let fonts = fonts::book(&args.fonts, &profile.font_names, false, lang)?;
    Ok(Some(Options {
        read: args.read.options(fix)?,
        style_from_text: args.style.is_none(),
        draft: args.draft,
        timestamp: source_date_epoch(),
        ..Options::new(Arc::new(profile), Arc::new(fonts), formats)
    }))
}

/// Converts one filled text to files that begin with `stem`; or says what is wrong, and what to do.
fn convert_one(
    text: &str,
    stem: &Path,
    options: &Options,
) -> Result<Vec<PathBuf>, (Message, Option<Message>)> {
    let mut options = options.clone();
    // A text filled by this program is UTF-8, whatever the template was in.
    options.read.encoding = None;
    let converted = isolated(|| convert::convert(text.as_bytes(), &options))
        .map_err(|failure| (failure.message, None))?
        .map_err(|error| (error.message(), error.help()))?;
    let outputs = converted.outputs.into_iter();
    save(
        &outputs
            .map(|(format, bytes)| (output_of(stem, format), bytes))
            .collect::<Vec<_>>(),
    )
}

/// Writes the outputs of one text, all or none; or says what is wrong, and what to do.
fn save(files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<PathBuf>, (Message, Option<Message>)> {
    save_all(files).map_err(|failure| (failure.message, failure.help))?;
    Ok(files.iter().map(|(path, _)| path.clone()).collect())
}
