//! `hongtou explain`.

use std::io::{self, Write};

use super::args::ExplainArgs;
use super::{Status, Stop, UsageError};
use crate::diagnostic::{Lang, Message};
use crate::lint::{self, Applicability, Rule};

pub(super) fn run(args: &ExplainArgs, lang: Lang) -> Result<Status, Stop> {
    let mut out = io::stdout().lock();
    let Some(code) = &args.code else {
        for rule in lint::rules() {
            writeln!(out, "{}\t{}\t{}", rule.id, rule.code, rule.name.in_lang(lang))?;
        }
        return Ok(Status::Success);
    };
    let rule = lint::explain(code).ok_or_else(|| UsageError {
        message: Message::new(format!("没有规则“{code}”"), format!("there is no rule “{code}”")),
        help: Some(Message::new(
            "用 hongtou explain 列出全部规则",
            "hongtou explain lists all rules",
        )),
    })?;
    out.write_all(page(rule, lang).as_bytes())?;
    Ok(Status::Success)
}

fn page(rule: &Rule, lang: Lang) -> String {
    let (severity, fix) = (rule.severity.name(), rule.fix);
    let labels = match lang {
        Lang::Zh => ["查什么", "为什么", "例", "不改"],
        Lang::En => ["What", "Why", "Examples", "Left alone"],
    };
    let fix = match (fix, lang) {
        (Some(Applicability::Safe), Lang::Zh) => "自动更正（--fix safe）",
        (Some(Applicability::All), Lang::Zh) => "可更正（--fix all）",
        (None, Lang::Zh) => "不自动更正",
        (Some(Applicability::Safe), Lang::En) => "corrected by --fix safe",
        (Some(Applicability::All), Lang::En) => "corrected by --fix all",
        (None, Lang::En) => "not corrected automatically",
    };
    let mut page = format!(
        "{} {} · {} · {severity} · {fix}\n\n",
        rule.id,
        rule.code,
        rule.name.in_lang(lang)
    );
    page += &format!(
        "{}: {}\n\n{}: {}\n",
        labels[0],
        rule.what.in_lang(lang),
        labels[1],
        rule.why.in_lang(lang)
    );
    if !rule.examples.is_empty() {
        page += &format!("\n{}:\n", labels[2]);
        for example in rule.examples {
            page += &format!("  - {}\n", example.wrong.replace('\n', "\n    "));
            if example.right != example.wrong && !example.right.is_empty() {
                page += &format!("  + {}\n", example.right.replace('\n', "\n    "));
            }
        }
    }
    if !rule.leaves.is_empty() {
        page += &format!("\n{}:\n", labels[3]);
        for text in rule.leaves {
            page += &format!("    {}\n", text.replace('\n', "\n    "));
        }
    }
    page
}
