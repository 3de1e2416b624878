//! Faults of the command line in Chinese.
//!
//! clap says them in English only; what was wrong and what it suggests is taken from its error, not from its words.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::chinese::help_of;
use crate::cli::UsageError;
use crate::diagnostic::Message;

/// `error` as one of this program's own, with advice in Chinese. Not for help and version, which come as errors too.
pub(in crate::cli) fn usage_error(error: &Error) -> UsageError {
    let argument = words(error, ContextKind::InvalidArg).concat();
    let advice = [
        (ContextKind::ValidValue, "可以是"),
        (ContextKind::SuggestedArg, "是不是要写"),
        (ContextKind::SuggestedValue, "是不是要写"),
        (ContextKind::SuggestedSubcommand, "是不是要写"),
    ];
    let mut advice: Vec<String> = advice
        .into_iter()
        .map(|(kind, before)| (before, words(error, kind)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(before, words)| format!("{before} {}", words.join("、")))
        .collect();
    if matches!(
        error.kind(),
        ErrorKind::ValueValidation | ErrorKind::MissingRequiredArgument
    ) {
        advice.extend(help_of(&argument).map(|help| format!("{argument}：{help}")));
    }
    advice.push("用法见 --help".to_owned());
    UsageError {
        message: Message::new(wrong(error), error.to_string()),
        help: Some(Message::new(advice.join("；"), "")),
    }
}

/// What is wrong.
fn wrong(error: &Error) -> String {
    let argument = words(error, ContextKind::InvalidArg).join("、");
    let value = words(error, ContextKind::InvalidValue).join("、");
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项“{argument}”"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "没有命令“{}”",
                words(error, ContextKind::InvalidSubcommand).join("、")
            )
        }
        ErrorKind::ArgumentConflict => {
            let others = words(error, ContextKind::PriorArg).join("、");
            if others == argument {
                format!("“{argument}”只能写一次")
            } else {
                format!("“{argument}”不能与“{others}”同时使用")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少“{argument}”"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        ErrorKind::TooManyValues => format!("“{argument}”后面多了“{value}”"),
        ErrorKind::InvalidUtf8 => "参数中有不是 UTF-8 的字符".to_owned(),
        // Kinds that no argument of this program can lead to.
        _ => error.to_string().trim_end().to_owned(),
    }
}

/// The words of `error` of one kind.
fn words(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::parse;
    use crate::diagnostic::Lang;

    #[test]
    fn faults_of_the_command_line_are_said_in_chinese() {
        let said = [
            ("hongtou convert --styel x a.txt", "没有选项“--styel”", "--style"),
            (
                "hongtou convert --to doc a.txt",
                "“--to <TO>”不能是“doc”",
                "docx、pdf、png",
            ),
            (
                "hongtou convert --dpi 5 a.txt",
                "“--dpi <N>”不能是“5”",
                "18 至 600",
            ),
            (
                "hongtou convert --kind poem a.txt",
                "“--kind <KIND>”不能是“poem”",
                "speech",
            ),
            (
                "hongtou convert --max-size x a.txt",
                "“--max-size <MB>”不能是“x”",
                "拒绝大于此数",
            ),
            ("hongtou convert a.txt --jobs", "“--jobs <N>”后面缺少值", "--help"),
            (
                "hongtou convert --watch --dry-run a.txt",
                "“--watch”不能与“--dry-run”同时使用",
                "--help",
            ),
            (
                "hongtou convert --jobs 2 --jobs 3 a.txt",
                "“--jobs <N>”只能写一次",
                "--help",
            ),
            ("hongtou convert", "缺少“<INPUTS>...”", "文件夹"),
            ("hongtou styles lits", "没有命令“lits”", "list"),
        ];
        for (line, what, advice) in said {
            let arguments = line.split(' ').map(Into::into).collect();
            let error = parse(arguments, Lang::Zh).expect_err(line);
            let UsageError { message, help } = usage_error(&error);
            assert_eq!(message.zh, what, "{line}");
            let help = help.map(|help| help.zh.into_owned()).unwrap_or_default();
            assert!(help.contains(advice), "{line}: {help}");
        }
    }
}
