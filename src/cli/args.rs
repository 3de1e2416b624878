//! Arguments, in both languages.

use std::env;
use std::ffi::{OsStr, OsString};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::convert::Format;
use crate::diagnostic::Lang;
use crate::model::Kind;
use crate::normalize::FixLevel;
use crate::writer::png::Resolution;

/// Plain Chinese text to DOCX and PDF in the format of GB/T 9704-2012.
#[derive(Debug, Parser)]
#[command(name = "hongtou", version, disable_help_subcommand = true)]
struct Cli {
    /// Language of messages [default: that of the system]
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Convert texts to DOCX and PDF
    Convert(ConvertArgs),
    /// Proof-read texts
    Check(CheckArgs),
    /// Show the structure of a text
    Parse(ParseArgs),
    /// List, show and check style profiles
    Styles(StylesArgs),
    /// Show which fonts serve, and what they lack
    Fonts(FontsArgs),
    /// Explain a rule of the proof-reader, or list them all
    Explain(ExplainArgs),
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
    #[arg(long, value_parser = kind)]
    pub(super) kind: Option<Kind>,
    /// Refuse inputs larger than this many megabytes
    #[arg(long, value_name = "MB", default_value_t = 64)]
    pub(super) max_size: u64,
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
    /// Output formats; png is a picture of each page: NAME-1.png, NAME-2.png …
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [FormatArg::Docx, FormatArg::Pdf])]
    pub(super) to: Vec<FormatArg>,
    /// Pixels in an inch of a picture, 18 to 600
    #[arg(long, value_name = "N", value_parser = resolution, default_value = "96")]
    pub(super) dpi: Resolution,
    /// Style profile: a name, or a file ending in .toml [default: that of the text's front matter, or speech]
    #[arg(short, long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    /// Number of threads [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// What to do with outputs that exist
    #[arg(long, value_enum, default_value_t = OverwriteArg::Always)]
    pub(super) overwrite: OverwriteArg,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write a report of every file as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(super) report: Option<PathBuf>,
    /// Print the report as JSON instead of lines
    #[arg(long)]
    pub(super) json: bool,
    /// Add the time each file took to the report
    #[arg(long)]
    pub(super) timings: bool,
    /// Print nothing but failures
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Which fonts draw the PDF.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct FontArgs {
    /// Also take fonts from this folder, before all others
    #[arg(long, value_name = "DIR")]
    pub(super) font_dir: Vec<PathBuf>,
    /// Use official fonts that are installed, or the bundled ones only
    #[arg(long, value_enum, default_value_t = FontsFrom::Auto)]
    pub(super) fonts: FontsFrom,
}

#[derive(Debug, Args)]
pub(super) struct FontsArgs {
    #[command(subcommand)]
    pub(super) command: Option<FontsCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum FontsCommand {
    /// List the face of each category of type
    List {
        #[command(flatten)]
        fonts: FontArgs,
    },
    /// Show which characters of a text each face lacks
    Check {
        /// File, or - for standard input
        file: PathBuf,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        fonts: FontArgs,
    },
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    /// Form of the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(super) format: CheckFormat,
    /// Look for these rules only: codes, short names such as P01, or letters such as P
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) read: ReadArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code of the rule, or its short name such as P01
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ParseArgs {
    /// File, or - for standard input
    pub(super) input: PathBuf,
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
    /// Print a built-in profile, to start one's own from
    Show {
        /// Name of the profile
        name: String,
    },
    /// Check a profile file
    Check {
        /// File ending in .toml
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FixArg {
    None,
    Safe,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum FontsFrom {
    #[default]
    Auto,
    Bundled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    Docx,
    Pdf,
    Png,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
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
    pub(super) fn options(&self, default: FixLevel) -> crate::convert::ReadOptions {
        crate::convert::ReadOptions {
            encoding: self.encoding.clone(),
            kind: self.kind,
            fix: self.fix.map_or(default, FixLevel::from),
            lint: crate::lint::Options::default(),
        }
    }
}

fn resolution(number: &str) -> Result<Resolution, String> {
    number
        .parse()
        .ok()
        .and_then(Resolution::new)
        .ok_or_else(|| "18 to 600".to_owned())
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| {
            let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            format!("possible values: {}", names.join(", "))
        })
}

/// `hongtou a.txt` is `hongtou convert a.txt`.
pub(super) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let names = ["convert", "check", "parse", "styles", "fonts", "explain"];
    let lone_flag = |argument: &OsStr| {
        ["-h", "--help", "-V", "--version"]
            .iter()
            .any(|flag| argument == *flag)
    };
    // The first argument that is neither `--lang X` nor `--lang=X`.
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

/// Reads the arguments, with help in `lang`.
pub(super) fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Command, clap::Error> {
    let mut command = Cli::command();
    if lang == Lang::Zh {
        command = chinese(command, "");
    }
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    Ok(Cli::from_arg_matches_mut(&mut matches)
        .map_err(|error| error.format(&mut command))?
        .command)
}

/// The help of commands and arguments in Chinese, by their names.
const CHINESE: [(&str, &str); 43] = [
    (
        "hongtou",
        "把中文纯文本（讲话稿、公文）排成符合 GB/T 9704-2012 的 DOCX 和 PDF",
    ),
    ("convert", "转换为 DOCX 和 PDF"),
    ("check", "校对文本"),
    ("parse", "显示文本结构"),
    ("styles", "列出、查看、检查样式"),
    ("explain", "解释一条校对规则，或列出全部规则"),
    ("code", "规则代码，或简称（如 P01）"),
    ("select", "只查这些规则：代码、简称（如 P01）或类别字母（如 P）"),
    ("ignore", "不查这些规则"),
    ("fail_on", "达到何种程度时退出码为 1"),
    ("--fonts", "用已安装的公文字体，还是只用内置字体"),
    ("fonts", "显示所用的字体及其缺字"),
    ("styles list", "列出内置样式"),
    ("styles check", "检查样式文件"),
    ("fonts list", "列出各类字体实际所用的字库"),
    ("fonts check", "显示各字体缺少文本中的哪些字"),
    ("font_dir", "优先使用此文件夹中的字体"),
    ("show", "输出一个内置样式，可据此修改"),
    ("inputs", "文件、文件夹、带 * 和 ? 的通配符，或 -（标准输入）"),
    ("files_from", "另从此文件读取输入清单，每行一个（- 为标准输入）"),
    ("hidden", "也转换隐藏的文件和文件夹"),
    ("timings", "在报告中加上每个文件的用时"),
    ("input", "文件，或 -（标准输入）"),
    ("out_dir", "输出文件夹 [默认：与输入同一文件夹]"),
    ("to", "输出格式；png 为每页一幅图：NAME-1.png、NAME-2.png……"),
    ("dpi", "图的分辨率，每英寸 18 至 600 像素"),
    (
        "style",
        "样式：名称，或以 .toml 结尾的文件 [默认：文件头中所写的，否则为 speech]",
    ),
    (
        "fix",
        "自动更正的范围，每处更正都会列出 [默认：convert 为 safe，其他为 none]",
    ),
    ("encoding", "输入的编码，如 gb18030 [默认：自动识别]"),
    ("kind", "文种 [默认：自动识别]"),
    ("max_size", "拒绝大于此数（MB）的输入"),
    ("jobs", "线程数 [默认：处理器个数]"),
    ("overwrite", "输出已存在时怎么办"),
    ("dry_run", "只显示将写出什么，不写文件"),
    ("report", "把每个文件的情况写成 JSON 报告"),
    ("json", "以 JSON 输出报告"),
    ("quiet", "只显示失败"),
    ("format", "输出形式"),
    ("name", "样式名称"),
    ("file", "以 .toml 结尾的文件"),
    ("lang", "提示信息的语言 [默认：系统语言]"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
];

/// Help in Chinese. `parent` is the name of the command above, for commands that several have.
fn chinese(mut command: clap::Command, parent: &str) -> clap::Command {
    const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";
    let term = |name: &str| CHINESE.iter().find(|(id, _)| *id == name).map(|(_, zh)| *zh);
    command.build();
    command = command.help_template(TEMPLATE).subcommand_help_heading("命令");
    let name = command.get_name().to_owned();
    if let Some(about) = term(&format!("{parent} {name}")).or_else(|| term(&name)) {
        command = command.about(about);
    }
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() {
            "参数"
        } else {
            "选项"
        };
        let id = argument.get_id().as_str();
        let zh = term(&format!("--{id}")).or_else(|| term(id));
        let argument = argument.help_heading(heading);
        match zh {
            Some(zh) => argument.help(zh),
            None => argument,
        }
    });
    command.mut_subcommands(|subcommand| chinese(subcommand, &name))
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
