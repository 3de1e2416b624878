//! Profiles written out again as TOML: merged into one file, or as a starter whose author takes away a # to change a line.

use std::fmt::Write;

use super::extend::MergedProfile;
use super::fault::ProfileError;
use super::value::quoted;
use super::written::{ELEMENTS, Key, Table, Written, WrittenElement, WrittenHead};
use super::{Profile, check};
use crate::diagnostic::Lang;
use crate::model::Role;

/// The file that editors look for, next to the profile.
pub const SCHEMA_FILE: &str = "hongtou-profile.schema.json";

/// The elements a starter offers; the others are named in a comment.
const OFFERED: [Role; 8] = [
    Role::Title,
    Role::Body,
    Role::Heading1,
    Role::Heading2,
    Role::Heading3,
    Role::Heading4,
    Role::Signature,
    Role::Date,
];

impl MergedProfile {
    /// The profile, checked.
    ///
    /// # Errors
    /// When values are impossible, or some are missing.
    pub fn check(&self) -> Result<Profile, ProfileError> {
        check::profile(self)
    }

    /// The whole profile as one file that extends nothing, each line with the profile it comes from.
    pub fn to_toml(&self) -> String {
        let mut toml = String::new();
        let head = self.written.head.beyond(&WrittenHead::default());
        for (key, value) in head.iter().filter(|(key, _)| *key != "extends") {
            let _ = writeln!(toml, "{key} = {value}");
        }
        for (table, entries) in self.written.beyond(&Written::default()) {
            let _ = writeln!(toml, "\n[{table}]");
            for (key, value) in entries {
                let from = self.file_of(&format!("{table}.{key}"));
                let _ = match from {
                    Some(file) => writeln!(toml, "{key} = {value}  # {file}"),
                    None => writeln!(toml, "{key} = {value}"),
                };
            }
        }
        toml
    }
}

/// A starter called `name` that extends the profile `base`, with every key of `base` in a comment.
///
/// # Errors
/// When there is no built-in profile `base`.
pub fn starter(name: &str, base: &str, lang: Lang) -> Result<String, ProfileError> {
    let merged = MergedProfile::builtin(base)?;
    let said = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut toml = format!("#:schema {SCHEMA_FILE}\n");
    for line in [
        said(
            "样式文件。以 # 开头的行是说明，或所依据样式的现值；要改哪一行，删去行首的 # 再改。",
            "A style profile. Lines with # explain, or show what the extended profile says; take the # away to change one.",
        ),
        said(
            "长度写 \"37mm\"、\"16pt\" 或字号 \"三号\"；行内距离写 \"2字\"；段间距离写 \"1行\"。",
            "Lengths: \"37mm\", \"16pt\" or a type size \"三号\"; along a line \"2字\" (characters), down a page \"1行\" (lines).",
        ),
        said(
            "检查：hongtou styles check 本文件；使用：hongtou convert 文稿.txt --style 本文件",
            "Check: hongtou styles check THIS_FILE; use: hongtou convert TEXT.txt --style THIS_FILE",
        ),
        said(
            "编辑器中的提示：hongtou styles schema -o hongtou-profile.schema.json（存在本文件旁）",
            "Completion in editors: hongtou styles schema -o hongtou-profile.schema.json, beside this file",
        ),
    ] {
        let _ = writeln!(toml, "# {line}");
    }
    let _ = write!(toml, "\nname = {}\nextends = \"{base}\"\n", quoted(name));
    let _ = writeln!(toml, "title = {}", quoted(said("本单位样式", "our own profile")));

    let base = merged.written.beyond(&Written::default());
    for section in Written::SECTIONS
        .iter()
        .filter(|section| section.name != ELEMENTS)
    {
        let _ = writeln!(toml, "\n# {}", said(section.zh, section.en));
        let _ = writeln!(toml, "[{}]", section.name);
        let values = base.iter().find(|(table, _)| table == section.name);
        push_keys(
            &mut toml,
            section.keys,
            values.map_or(&[], |(_, values)| values),
            lang,
            true,
        );
    }
    let _ = writeln!(
        toml,
        "\n# {}",
        said(
            "各要素的样式。还可写这些要素（[elements.名称]）：",
            "Looks of elements. There are also (as [elements.NAME]):"
        )
    );
    for role in Role::ALL.into_iter().filter(|role| !OFFERED.contains(role)) {
        let _ = writeln!(toml, "#   {:<18}{}", role.name(), role.term());
    }
    for (i, role) in OFFERED.into_iter().enumerate() {
        let table = format!("{ELEMENTS}.{}", role.name());
        let _ = writeln!(toml, "\n[{table}]  # {}", role.term());
        let values = base.iter().find(|(known, _)| *known == table);
        // What the keys are for is said once.
        let explained = i == 0;
        push_keys(
            &mut toml,
            WrittenElement::KEYS,
            values.map_or(&[], |(_, values)| values),
            lang,
            explained,
        );
    }
    Ok(toml)
}

/// Keys in comments: those that have a value with it, and, where all are explained, the others with an example.
fn push_keys(
    toml: &mut String,
    keys: &[Key],
    values: &[(&'static str, String)],
    lang: Lang,
    explained: bool,
) {
    for key in keys {
        let value = values.iter().find(|(name, _)| *name == key.name);
        let said = match lang {
            Lang::Zh => key.zh,
            Lang::En => key.en,
        };
        let _ = match (value, lang) {
            (Some((name, value)), _) if explained => writeln!(toml, "# {name} = {value}  # {said}"),
            (Some((name, value)), _) => writeln!(toml, "# {name} = {value}"),
            (None, Lang::Zh) if explained => writeln!(toml, "#   {}：{said}，如 {}", key.name, key.example),
            (None, Lang::En) if explained => {
                writeln!(toml, "#   {}: {said}, such as {}", key.name, key.example)
            }
            (None, _) => Ok(()),
        };
    }
}
