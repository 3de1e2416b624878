//! The keys of profiles as tables of the documentation: what each is for, what it must be, what built-in profiles say.

use std::fmt::Write;

use super::builtin_names;
use super::extend::MergedProfile;
use super::fault::ProfileError;
use super::value::ValueKind;
use super::written::{ELEMENTS, Key, Table, Written, WrittenHead};
use crate::diagnostic::Lang;
use crate::model::Role;

/// The profiles whose values are shown as defaults: that of speeches and that of official documents.
const SHOWN: [&str; 2] = ["speech", "gb9704"];

/// The tables of the documentation, in Markdown.
///
/// # Errors
/// Never with the built-in profiles this version has.
pub fn key_reference(lang: Lang) -> Result<String, ProfileError> {
    let said = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let known = SHOWN
        .iter()
        .map(|name| Ok(MergedProfile::builtin(name)?.written.beyond(&Written::default())))
        .collect::<Result<Vec<_>, ProfileError>>()?;
    let value = |profile: usize, table: &str, key: &str| {
        let entries = known[profile].iter().find(|(name, _)| name == table);
        let found = entries.and_then(|(_, entries)| entries.iter().find(|(name, _)| *name == key));
        found.map_or("–".to_owned(), |(_, value)| format!("`{value}`"))
    };
    let mut page = String::new();

    let _ = writeln!(page, "### {}\n", said("文件开头", "At the top"));
    push_head(&mut page, lang, &[]);
    for key in WrittenHead::KEYS {
        push_row(&mut page, key, lang, &[]);
    }
    let names: Vec<String> = builtin_names().map(|name| format!("`{name}`")).collect();
    let _ = writeln!(
        page,
        "\n{}{}",
        said("内置样式：", "Built-in profiles: "),
        names.join(said("、", ", "))
    );

    for section in Written::SECTIONS {
        let elements = section.name == ELEMENTS;
        let name = if elements {
            said("[elements.要素]", "[elements.ELEMENT]").to_owned()
        } else {
            format!("[{}]", section.name)
        };
        let _ = writeln!(page, "\n### `{name}`\n\n{}\n", said(section.zh, section.en));
        let columns: &[&str] = if elements { &[] } else { &SHOWN };
        push_head(&mut page, lang, columns);
        for key in section.keys {
            let values: Vec<String> = (0..columns.len())
                .map(|at| value(at, section.name, key.name))
                .collect();
            push_row(&mut page, key, lang, &values);
        }
        if elements {
            let _ = writeln!(page, "\n{}\n", said("要素：", "Elements:"));
            let roles: Vec<String> = Role::ALL
                .into_iter()
                .map(|role| format!("`{}` {}", role.name(), role.term()))
                .collect();
            let _ = writeln!(page, "{}", roles.join(said("、", ", ")));
        }
    }
    Ok(page)
}

fn push_head(page: &mut String, lang: Lang, columns: &[&str]) {
    let (first, rest) = match lang {
        Lang::Zh => ("| 键 | 含义 | 写法 |", " 例 |"),
        Lang::En => ("| key | what it is for | value |", " example |"),
    };
    page.push_str(first);
    for column in columns {
        let _ = write!(page, " `{column}` |");
    }
    let _ = writeln!(page, "{rest}");
    let _ = writeln!(page, "{}", "|---".repeat(4 + columns.len()) + "|");
}

fn push_row(page: &mut String, key: &Key, lang: Lang, values: &[String]) {
    let (meaning, kind) = match lang {
        Lang::Zh => (key.zh, kind(key.kind).0),
        Lang::En => (key.en, kind(key.kind).1),
    };
    let _ = write!(page, "| `{}` | {meaning} | {kind} |", key.name);
    for value in values {
        let _ = write!(page, " {value} |");
    }
    let _ = writeln!(page, " `{}` |", key.example);
}

/// What a value must be, in a few words.
fn kind(kind: ValueKind) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match kind {
        ValueKind::Text => both("文字", "text"),
        ValueKind::Flag => both("`true` 或 `false`", "`true` or `false`"),
        ValueKind::Count => both("整数", "whole number"),
        ValueKind::Length => both("长度", "length"),
        ValueKind::Chars => both("字", "characters"),
        ValueKind::Lines => both("行", "lines"),
        ValueKind::Choice(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            (names.join("、"), names.join(", "))
        }
    }
}
