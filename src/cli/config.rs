//! `hongtou.toml`: the settings of a project, found in the folder of the inputs or one above it.
//!
//! Everything in it can be said on the command line as well, and what is said there goes before it; a text's front
//! matter goes before it too. Paths in it are relative to its folder. It keeps one rule: nothing in it is passed over,
//! an unknown key or value is an error with its line and column.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::UsageError;
use super::args::{
    CheckArgs, ConfigArgs, ConvertArgs, FailOn, FixArg, FontArgs, FontsFrom, FormatArg, OverwriteArg,
    ReadArgs,
};
use crate::batch::plain_file;
use crate::diagnostic::Message;
use crate::profile::nearest;
use crate::source::LineIndex;

/// Its name.
const FILE_NAME: &str = "hongtou.toml";
/// Far beyond any settings; what is larger was named by mistake.
const LARGEST: u64 = 1 << 20;

/// The settings, as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Config {
    /// The file, if there is one.
    #[serde(skip)]
    file: Option<PathBuf>,
    style: Option<String>,
    fix: Option<FixArg>,
    encoding: Option<String>,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    fail_on: Option<FailOn>,
    #[serde(default)]
    lexicon: Vec<PathBuf>,
    fonts: Option<FontsFrom>,
    #[serde(default)]
    font_dir: Vec<PathBuf>,
    out_dir: Option<PathBuf>,
    #[serde(default)]
    to: Vec<FormatArg>,
    overwrite: Option<OverwriteArg>,
    jobs: Option<NonZeroUsize>,
}

impl Config {
    /// The settings for `inputs`: those of `--config`, or of the file nearest above the inputs, or none.
    pub(super) fn load(args: &ConfigArgs, inputs: &[PathBuf]) -> Result<Config, UsageError> {
        if args.no_config {
            return Ok(Config::default());
        }
        match &args.config {
            Some(path) => Config::read(path),
            None => match above_all(inputs)? {
                Some(path) => Config::read(&path),
                None => Ok(Config::default()),
            },
        }
    }

    fn read(path: &Path) -> Result<Config, UsageError> {
        let shown = path.display();
        let bytes = plain_file(path, LARGEST).map_err(|error| {
            let why = error.message();
            UsageError::new(Message::new(
                format!("无法读取 {shown}：{}", why.zh),
                format!("cannot read {shown}: {}", why.en),
            ))
        })?;
        let text = String::from_utf8(bytes).map_err(|_| {
            UsageError::new(Message::new(
                format!("{shown}：不是 UTF-8 文本"),
                format!("{shown}: not UTF-8 text"),
            ))
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut config: Config = toml::from_str(text).map_err(|error| fault(path, text, &error))?;
        config.file = Some(path.to_path_buf());
        Ok(config)
    }

    /// The file they were read from, if there is one.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// A path of the file, from where the program stands.
    fn path(&self, path: &Path) -> PathBuf {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.unwrap_or(Path::new("")).join(path)
    }

    /// Fills in what the arguments of `convert` leave open.
    pub(super) fn complete_convert(&self, args: &mut ConvertArgs) {
        self.complete_read(&mut args.read);
        self.complete_fonts(&mut args.fonts);
        if args.out_dir.is_none() {
            args.out_dir = self.out_dir.as_deref().map(|path| self.path(path));
        }
        if args.to.is_empty() {
            args.to.clone_from(&self.to);
        }
        args.overwrite = args.overwrite.or(self.overwrite);
        args.jobs = args.jobs.or(self.jobs);
    }

    /// The style of the file: a name, or the path of a file.
    pub(super) fn style(&self) -> Option<String> {
        let style = self.style.as_deref()?;
        let file = Path::new(style)
            .extension()
            .is_some_and(|extension| extension == "toml");
        Some(if file {
            self.path(Path::new(style)).to_string_lossy().into_owned()
        } else {
            style.to_owned()
        })
    }

    /// Fills in what the arguments of `check` leave open.
    pub(super) fn complete_check(&self, args: &mut CheckArgs) {
        self.complete_read(&mut args.read);
        args.fail_on = args.fail_on.or(self.fail_on);
    }

    /// Fills in how texts are read. Corrections are for `convert` and for whoever asks: a proof-reader that corrects
    /// would hide what it finds.
    pub(super) fn complete_read(&self, args: &mut ReadArgs) {
        if args.encoding.is_none() {
            args.encoding.clone_from(&self.encoding);
        }
        if args.select.is_empty() {
            args.select.clone_from(&self.select);
        }
        if args.ignore.is_empty() {
            args.ignore.clone_from(&self.ignore);
        }
        let own = self.lexicon.iter().map(|path| self.path(path));
        args.lexicon.splice(0..0, own);
    }

    /// The corrections of `convert` where the command line asks for none.
    pub(super) fn fix(&self) -> Option<FixArg> {
        self.fix
    }

    /// Fills in which fonts are used.
    pub(super) fn complete_fonts(&self, args: &mut FontArgs) {
        args.font_dir
            .extend(self.font_dir.iter().map(|path| self.path(path)));
        args.fonts = args.fonts.or(self.fonts);
    }
}

/// Why the text of a file is no configuration.
fn fault(path: &Path, text: &str, error: &toml::de::Error) -> UsageError {
    let place = error.span().map(|span| LineIndex::new(text).position(span.start));
    let place = place.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
    let message = error.message().trim();
    let shown = format!("{}{place}", path.display());
    // serde: unknown field `a`, expected one of `b`, `c`; unknown variant likewise.
    let mut quoted = message.split('`').skip(1).step_by(2);
    let wrong = quoted.next().filter(|_| message.starts_with("unknown"));
    let known: Vec<&str> = quoted.collect();
    let Some(wrong) = wrong else {
        let message = message.replace('\n', "; ");
        return UsageError::new(Message::new(
            format!("{shown}：{message}"),
            format!("{shown}: {message}"),
        ));
    };
    let (zh, en) = if message.starts_with("unknown field") {
        ("不认识的键", "unknown key")
    } else {
        ("不认识的值", "unknown value")
    };
    let near = nearest(wrong, &known);
    let list = known.join(", ");
    UsageError {
        message: Message::new(
            format!("{shown}：{zh}“{wrong}”"),
            format!("{shown}: {en} “{wrong}”"),
        ),
        help: Some(match near {
            Some(near) => Message::new(
                format!("是不是“{near}”？可用的有：{list}"),
                format!("did you mean “{near}”? possible are: {list}"),
            ),
            None => Message::new(format!("可用的有：{list}"), format!("possible are: {list}")),
        }),
    }
}

/// The one configuration above all inputs; that of the current folder where there are none.
fn above_all(inputs: &[PathBuf]) -> Result<Option<PathBuf>, UsageError> {
    let here = [PathBuf::from(".")];
    let mut inputs = inputs.iter().filter(|path| path.as_os_str() != "-").peekable();
    let inputs: Vec<&PathBuf> = if inputs.peek().is_some() {
        inputs.collect()
    } else {
        here.iter().collect()
    };
    let mut found: Option<(Option<PathBuf>, &PathBuf)> = None;
    for input in inputs {
        let path = above(input);
        match &found {
            None => found = Some((path, input)),
            Some((first, other)) if *first != path => {
                let show = |path: &Option<PathBuf>| {
                    path.as_ref()
                        .map_or("—".to_owned(), |path| path.display().to_string())
                };
                let (a, b) = (show(first), show(&path));
                let (other, input) = (other.display(), input.display());
                return Err(UsageError {
                    message: Message::new(
                        format!("{other} 与 {input} 的配置不同：{a} 与 {b}"),
                        format!("{other} and {input} have different configurations: {a} and {b}"),
                    ),
                    help: Some(Message::new(
                        "分开处理，或用 --config 指定一个，或用 --no-config 都不用",
                        "process them apart, choose one with --config, or use none with --no-config",
                    )),
                });
            }
            Some(_) => {}
        }
    }
    Ok(found.and_then(|(path, _)| path))
}

/// The configuration nearest above `input`: in its own folder when it is one.
fn above(input: &Path) -> Option<PathBuf> {
    // A path that cannot be made absolute is searched as far as it goes.
    let whole = std::path::absolute(input).unwrap_or_else(|_| input.to_path_buf());
    whole
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        toml::from_str(text).map_err(|error| {
            let error = fault(Path::new("hongtou.toml"), text, &error);
            format!(
                "{} | {}",
                error.message.en,
                error.help.map_or(String::new(), |help| help.en.into_owned())
            )
        })
    }

    #[test]
    fn faults_name_their_place_and_the_nearest_key() {
        assert_eq!(
            read("style = \"gb9704\"\nfail-no = \"error\"\n")
                .unwrap_err()
                .split(" possible")
                .next(),
            Some("hongtou.toml:2:1: unknown key “fail-no” | did you mean “fail-on”?")
        );
        assert_eq!(
            read("fix = \"saef\"\n").unwrap_err(),
            "hongtou.toml:1:7: unknown value “saef” | did you mean “safe”? possible are: none, safe, all"
        );
    }

    #[test]
    fn every_key_is_read() {
        let config = read(
            "style = \"gb9704\"\nfix = \"all\"\nencoding = \"gb18030\"\nselect = [\"P\"]\nignore = [\"P18\"]\n\
             fail-on = \"warning\"\nlexicon = [\"词表.tsv\"]\nfonts = \"bundled\"\nfont-dir = [\"字体\"]\n\
             out-dir = \"out\"\nto = [\"docx\"]\noverwrite = \"changed\"\njobs = 2\n",
        )
        .unwrap();
        assert_eq!(config.to, [FormatArg::Docx]);
        assert_eq!(config.style().as_deref(), Some("gb9704"));
    }
}
