//! Arguments, in both languages.

mod chinese;
mod fonts;
mod mistake;

use std::env;
use std::ffi::{OsStr, OsString};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use super::{UsageError, lexicons};
use crate::convert::Format;
use crate::diagnostic::{Lang, Message};
use crate::lint::{self, Selection, UnknownRule};
use crate::model::Kind;
use crate::normalize::FixLevel;
use crate::parse::metadata::Given;
use crate::writer::png::Resolution;
use chinese::chinese;
pub(super) use fonts::{FontArgs, FontsArgs, FontsCommand, FontsFrom};
pub(super) use mistake::usage_error;

/// Plain Chinese text to DOCX and PDF in the format of GB/T 9704-2012.
#[derive(Debug, Parser)]
#[command(name = "hongtou", version, disable_help_subcommand = true)]
struct Cli {
    /// Language of messages [default: that of the system]
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
    /// Print the licences of the program and of all that is part of it
    #[arg(long)]
    licenses: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Convert texts to DOCX and PDF
    Convert(ConvertArgs),
    /// Proof-read texts
    Check(CheckArgs),
    /// List the blanks of a text (x县, 20x年, {{name}}), or fill them
    Fill(FillArgs),
    /// Show the structure of a text
    Parse(ParseArgs),
    /// List, show and check style profiles
    Styles(StylesArgs),
    /// Show which fonts serve, and what they lack
    Fonts(FontsArgs),
    /// Explain a rule of the proof-reader, or list them all
    Explain(ExplainArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man
    Man(ManArgs),
}

/// How texts are read: the same for every command.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Automatic corrections, every one listed [default: safe for convert, none for others]
    #[arg(long, value_enum)]
    pub(super) fix: Option<FixArg>,
    /// Encoding of the inputs, such as gb18030 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// Kind of text [default: detected]
    #[arg(long, value_parser = kinds())]
    pub(super) kind: Option<Kind>,
    /// Look for these rules only: codes, short names such as P01, or letters such as P
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave these rules out, in findings and corrections
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Also look words up in this lexicon of your own
    #[arg(long, value_name = "FILE")]
    pub(super) lexicon: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// What the text does not say, such as doc-number=…; goes before the text and its front matter
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) meta: Vec<String>,
    /// Refuse inputs larger than this many megabytes
    #[arg(long, value_name = "MB", default_value_t = 64)]
    pub(super) max_size: u64,
}

/// Where settings come from.
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Take settings from this file [default: hongtou.toml in the folder of the inputs, or above it]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Take settings from no file
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,
}

/// Which texts: the same for every command that takes many.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files, folders, patterns with * and ?, or - for standard input
    #[arg(required_unless_present = "files_from")]
    pub(super) inputs: Vec<PathBuf>,
    /// Also take the inputs named in this file, one a line (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,
    /// Also take hidden files and folders
    #[arg(long)]
    pub(super) hidden: bool,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    /// Folder for the outputs [default: beside each input]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out_dir: Option<PathBuf>,
    /// Output formats; png is a picture of each page: NAME-1.png, NAME-2.png … [default: docx,pdf]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) to: Vec<FormatArg>,
    /// Pixels in an inch of a picture, 18 to 600
    #[arg(long, value_name = "N", value_parser = resolution, default_value = "96")]
    pub(super) dpi: Resolution,
    /// Style profile: a name, or a file ending in .toml [default: that of the text's front matter, or speech]
    #[arg(short, long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    /// Show corrections as tracked changes in the DOCX, to be accepted or rejected
    #[arg(long)]
    pub(super) revisions: bool,
    /// Show findings as comments in the DOCX
    #[arg(long)]
    pub(super) comments: bool,
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    /// Put the bundled fonts into each DOCX, as far as it uses them, for machines without the official ones
    #[arg(long)]
    pub(super) embed_fonts: bool,
    /// Number of threads [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// What to do with outputs that exist [default: always]
    #[arg(long, value_enum)]
    pub(super) overwrite: Option<OverwriteArg>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Go on and convert texts as they are saved, until Ctrl-C
    #[arg(long, conflicts_with_all = ["dry_run", "report", "json"])]
    pub(super) watch: bool,
    /// Write a report of every file: for people when it ends in .html, else as JSON (- for standard output); may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) report: Vec<PathBuf>,
    /// Print the report as JSON instead of lines
    #[arg(long)]
    pub(super) json: bool,
    /// Add the time each file took to the report
    #[arg(long)]
    pub(super) timings: bool,
    /// Convert texts that lack what their format needs
    #[arg(long)]
    pub(super) draft: bool,
    /// Print nothing but failures
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    /// Also say what this format lacks: a name, or a file ending in .toml [default: that of the text's front matter]
    #[arg(short, long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    /// Form of the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(super) format: CheckFormat,
    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum)]
    pub(super) fail_on: Option<FailOn>,
    #[command(flatten)]
    pub(super) read: ReadArgs,
}

#[derive(Debug, Args)]
pub(super) struct FillArgs {
    /// File with blanks, or - for standard input
    pub(super) input: PathBuf,
    /// Value of a blank, by its name or number; without any value the blanks are listed
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) set: Vec<String>,
    /// Values of the blanks: a TOML file, or a CSV file with a document for each row
    #[arg(long, value_name = "FILE")]
    pub(super) values: Option<PathBuf>,
    /// Column that names each row's document [default: numbers]
    #[arg(long = "name", value_name = "COLUMN", requires = "values")]
    pub(super) name_column: Option<String>,
    /// File for the filled text [default: standard output]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub(super) output: Option<PathBuf>,
    /// Folder for the outputs
    #[arg(long, value_name = "DIR")]
    pub(super) out_dir: Option<PathBuf>,
    /// Convert the filled texts to these formats (docx, pdf) instead of writing them
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) to: Vec<FormatArg>,
    /// Style profile: a name, or a file ending in .toml
    #[arg(short, long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    /// Convert texts that lack what their format needs
    #[arg(long)]
    pub(super) draft: bool,
    /// Form of the list of blanks
    #[arg(long, value_enum, default_value_t = FillFormat::Human)]
    pub(super) format: FillFormat,
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code of the rule, or its short name such as P01
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The page of this command rather than of the program
    pub(super) command: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ParseArgs {
    /// File, or - for standard input
    pub(super) input: PathBuf,
    /// Also say what this format lacks: a name, or a file ending in .toml [default: that of the text's front matter]
    #[arg(short, long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    /// Form of the structure
    #[arg(long, value_enum, default_value_t = ParseFormat::Tree)]
    pub(super) format: ParseFormat,
    #[command(flatten)]
    pub(super) read: ReadArgs,
}

#[derive(Debug, Args)]
pub(super) struct StylesArgs {
    #[command(subcommand)]
    pub(super) command: Option<StylesCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum StylesCommand {
    /// List the built-in profiles
    List,
    /// Print a profile, merged with all it extends
    Show {
        /// Name of a built-in profile, or a file ending in .toml
        profile: String,
    },
    /// Check a profile file
    Check {
        /// File ending in .toml
        file: PathBuf,
    },
    /// Begin a profile of one's own, with every key explained
    New {
        /// Name of the new profile
        name: String,
        /// Built-in profile to start from
        #[arg(long, value_name = "NAME", default_value = "speech")]
        extends: String,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE.toml")]
        output: Option<PathBuf>,
        /// Overwrite the file
        #[arg(long)]
        force: bool,
    },
    /// Write an empty DOCX with the styles of a profile, for writing in a word processor
    Template {
        /// Name of a built-in profile, or a file ending in .toml
        profile: String,
        /// File to write
        #[arg(short, long, value_name = "FILE.docx")]
        output: PathBuf,
        /// Overwrite the file
        #[arg(long)]
        force: bool,
    },
    /// Make a profile out of a document as the office sets it
    Learn {
        /// Sample: a DOCX file
        sample: PathBuf,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE.toml")]
        output: Option<PathBuf>,
        /// Overwrite the file
        #[arg(long)]
        force: bool,
    },
    /// Print the JSON Schema of profiles, for editors
    Schema {
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE.json")]
        output: Option<PathBuf>,
        /// Overwrite the file
        #[arg(long)]
        force: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum FixArg {
    None,
    Safe,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum FormatArg {
    Docx,
    Pdf,
    Png,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum OverwriteArg {
    Always,
    Never,
    Changed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Human,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailOn {
    Error,
    Warning,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FillFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ParseFormat {
    Tree,
    Json,
}

impl From<FixArg> for FixLevel {
    fn from(fix: FixArg) -> Self {
        match fix {
            FixArg::None => FixLevel::None,
            FixArg::Safe => FixLevel::Safe,
            FixArg::All => FixLevel::All,
        }
    }
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Docx => Format::Docx,
            FormatArg::Pdf => Format::Pdf,
            FormatArg::Png => Format::Png,
        }
    }
}

impl ReadArgs {
    /// The largest input, in bytes.
    pub(super) fn max_bytes(&self) -> u64 {
        self.max_size.saturating_mul(1024 * 1024)
    }

    /// How texts are to be read; corrections as `default` where the user does not say.
    ///
    /// # Errors
    /// When a rule or a lexicon is not there, or `--meta` names no key, names one twice, or gives it a value it cannot hold.
    pub(super) fn options(&self, default: FixLevel) -> Result<crate::convert::ReadOptions, UsageError> {
        let selection =
            Selection::new(&self.select, &self.ignore).map_err(|UnknownRule(word)| UsageError {
                message: Message::new(format!("没有规则“{word}”"), format!("there is no rule “{word}”")),
                help: Some(Message::new(
                    "用 hongtou explain 列出全部规则",
                    "hongtou explain lists all rules",
                )),
            })?;
        let meta = Given::from_arguments(&self.meta).map_err(|error| UsageError {
            message: error.message,
            help: error.help,
        })?;
        Ok(crate::convert::ReadOptions {
            encoding: self.encoding.clone(),
            kind: self.kind,
            fix: self.fix.map_or(default, FixLevel::from),
            lint: lint::Options {
                lexicons: lexicons::load(&self.lexicon)?,
                selection,
                suppressions: Vec::new(),
            },
            meta,
        })
    }
}

fn resolution(number: &str) -> Result<Resolution, String> {
    number
        .parse()
        .ok()
        .and_then(Resolution::new)
        .ok_or_else(|| "18 to 600".to_owned())
}

/// One of the kinds of texts, by its name.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or("not a kind of text")
    })
}

const LICENSES: &str = "--licenses";

/// Whether the licences are all that is wanted; as with `--version`, no command is needed then.
pub(super) fn asks_for_licenses(arguments: &[OsString]) -> bool {
    arguments
        .get(after_language(arguments))
        .is_some_and(|argument| argument == LICENSES)
}

/// The place of the first argument that is neither `--lang X` nor `--lang=X`.
fn after_language(arguments: &[OsString]) -> usize {
    let mut first = 1;
    while let Some(argument) = arguments.get(first) {
        if argument == "--lang" {
            first += 2;
        } else if argument.as_encoded_bytes().starts_with(b"--lang=") {
            first += 1;
        } else {
            break;
        }
    }
    first
}

/// `hongtou a.txt` is `hongtou convert a.txt`.
pub(super) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let cli = Cli::command();
    let names: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    let lone_flag = |argument: &OsStr| {
        ["-h", "--help", "-V", "--version", LICENSES]
            .iter()
            .any(|flag| argument == *flag)
    };
    let first = after_language(&arguments);
    let command = arguments
        .get(first)
        .is_some_and(|argument| !lone_flag(argument) && !names.iter().any(|n| argument == n));
    if command {
        arguments.insert(first, "convert".into());
    }
    arguments
}

/// The language asked for with `--lang`, or else that of the system.
pub(super) fn language(arguments: &[OsString]) -> Lang {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let asked = texts
        .iter()
        .find_map(|text| text.strip_prefix("--lang="))
        .or_else(|| {
            texts
                .iter()
                .position(|text| *text == "--lang")
                .and_then(|at| texts.get(at + 1).copied())
        });
    match asked {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ => system_language(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge at which the environment comes in"
)]
fn system_language() -> Lang {
    // POSIX order of precedence; an empty variable counts as unset.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .or_else(sys_locale::get_locale);
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Seconds since 1970 from `SOURCE_DATE_EPOCH`, when it holds a number.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge at which the environment comes in"
)]
pub(super) fn source_date_epoch() -> Option<i64> {
    env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}

/// The command line as it is described in `lang`.
pub(super) fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::Zh => chinese(Cli::command(), ""),
        Lang::En => Cli::command(),
    }
}

/// Reads the arguments, with help in `lang`.
pub(super) fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Command, clap::Error> {
    let mut command = command(lang);
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    Ok(Cli::from_arg_matches_mut(&mut matches)
        .map_err(|error| error.format(&mut command))?
        .command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
        let chinese = chinese(Cli::command(), "");
        chinese.clone().debug_assert();
        every_word_is_chinese(&chinese);
    }

    #[track_caller]
    fn every_word_is_chinese(command: &clap::Command) {
        let chinese = |text: Option<&clap::builder::StyledStr>, what: &str| {
            let text = text.map(ToString::to_string).unwrap_or_default();
            assert!(text.contains(|c| c > '\u{4e00}'), "{what}: {text}");
        };
        chinese(command.get_about(), command.get_name());
        for argument in command.get_arguments() {
            chinese(argument.get_help(), argument.get_id().as_str());
        }
        command.get_subcommands().for_each(every_word_is_chinese);
    }

    #[test]
    fn convert_is_the_default_command() {
        assert_eq!(
            with_default_command(words("hongtou a.txt -o b")),
            words("hongtou convert a.txt -o b")
        );
        assert_eq!(
            with_default_command(words("hongtou --lang en a.txt")),
            words("hongtou --lang en convert a.txt")
        );
        for line in ["hongtou parse a.txt", "hongtou --help", "hongtou"] {
            assert_eq!(with_default_command(words(line)), words(line));
        }
    }

    #[test]
    fn the_language_asked_for_wins() {
        assert_eq!(language(&words("hongtou --lang en convert a.txt")), Lang::En);
        assert_eq!(language(&words("hongtou convert a.txt --lang=zh")), Lang::Zh);
    }
}
