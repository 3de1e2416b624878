//! The rule pages of the user's documentation, rendered from the rules themselves: one page a rule, in both languages,
//! and a list of them all.

use std::fmt::Write;

use super::rule::{Applicability, Example, Rule};
use super::rules::{on_request, rules};
use crate::diagnostic::{Lang, Severity};

/// Every page: its file name in `docs/rules`, and its text.
pub fn rule_pages() -> Vec<(String, String)> {
    let mut pages = vec![("README.md".to_owned(), list())];
    pages.extend(rules().iter().map(|rule| (file(rule), page(rule))));
    pages
}

fn file(rule: &Rule) -> String {
    format!("{}-{}.md", rule.id, rule.code)
}

fn list() -> String {
    let mut text = "# 规则 · Rules\n\n\
        `hongtou check` 查，`hongtou convert` 按 `--fix` 更正，`hongtou explain P01` 显示说明。\
        本页由规则生成：`cargo xtask rules`。\n\n\
        Found by `hongtou check`, corrected by `hongtou convert` according to `--fix`, explained by `hongtou explain P01`. \
        Generated from the rules by `cargo xtask rules`.\n\n\
        | | 规则 | rule | 级别 severity | 更正 corrected by |\n|---|---|---|---|---|\n"
        .to_owned();
    for rule in rules() {
        let _ = writeln!(
            text,
            "| [{}]({}) | {} | `{}` {} | {} {} | {} |",
            rule.id,
            file(rule),
            rule.name.zh,
            rule.code,
            rule.name.en,
            severity(rule.severity, Lang::Zh),
            severity(rule.severity, Lang::En),
            level(rule)
        );
    }
    text.push_str(LEFT_OUT);
    text
}

/// What the standards say and no rule looks for.
const LEFT_OUT: &str = "
## 不查的 · Left out

| | 为什么 why |
|---|---|
| 单个一字线是破折号还是连接号 whether a single — is a dash or a connector | 不懂句意不能断定 not to be told without understanding the sentence |
| 的、地、得，逗号疏密，句子长短 的/地/得, density of commas, length of sentences | 错报多于发现 more false reports than findings |
| 首页显示正文、署名不单独成页 body on the first page, signature not alone on one (GB/T 9704—2012 7.3.3, 7.3.5.5) | 由排版保证 seen to by the layout |
";

fn page(rule: &Rule) -> String {
    let mut text = format!("# {} {} · {}\n\n", rule.id, rule.name.zh, rule.name.en);
    let _ = writeln!(
        text,
        "`{}` · {} {} · {}\n",
        rule.code,
        severity(rule.severity, Lang::Zh),
        severity(rule.severity, Lang::En),
        level(rule)
    );
    for lang in [Lang::Zh, Lang::En] {
        let [what, why] = match lang {
            Lang::Zh => ["查什么", "为什么"],
            Lang::En => ["What it does", "Why"],
        };
        let _ = writeln!(
            text,
            "## {what}\n\n{}\n\n## {why}\n\n{}\n",
            rule.what.in_lang(lang),
            rule.why.in_lang(lang)
        );
    }
    text.push_str("## 例 · Examples\n\n```diff\n");
    for Example { wrong, right } in rule.examples {
        lines(&mut text, '-', wrong);
        lines(&mut text, '+', right);
    }
    text.push_str("```\n\n## 不报的 · Left alone\n\n```text\n");
    for leave in rule.leaves {
        let _ = writeln!(text, "{leave}");
    }
    text.push_str("```\n");
    text
}

fn lines(text: &mut String, sign: char, example: &str) {
    for line in example.lines() {
        let _ = writeln!(text, "{sign} {line}");
    }
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (_, Lang::En) => severity.name(),
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
    }
}

fn level(rule: &Rule) -> &'static str {
    match rule.fix {
        None if on_request(rule) => "— · 点名才查 only when asked (`--select`)",
        None => "—",
        Some(Applicability::Safe) => "`--fix safe`",
        Some(Applicability::All) => "`--fix all`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_pages_are_current() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
        let pages = rule_pages();
        for (name, text) in &pages {
            let committed = std::fs::read(folder.join(name)).unwrap_or_default();
            assert!(
                committed == text.as_bytes(),
                "docs/rules/{name} is out of date: run `cargo xtask rules`"
            );
        }
        let count = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(
            count,
            pages.len(),
            "docs/rules holds pages of rules that are gone"
        );
    }
}
