//! What is wrong with a profile, said so that its author can put it right: file, line, column, key, and what to write.

use std::fmt;

use crate::diagnostic::Message;
use crate::source::Position;

/// Why a profile cannot be used: every fault that was found, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// The faults; never empty.
    pub faults: Vec<ProfileFault>,
}

/// One fault of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFault {
    /// The profile's file, or the name of a built-in profile; nothing for a text without a file.
    pub file: Option<String>,
    /// Line and column in it, where the fault has a place.
    pub place: Option<Position>,
    /// The key, such as `page.top`, where it has one.
    pub key: Option<String>,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
}

impl ProfileFault {
    /// A fault without file, place and help.
    pub(super) fn new(key: Option<&str>, message: Message) -> Self {
        ProfileFault {
            file: None,
            place: None,
            key: key.map(str::to_owned),
            message,
            help: None,
        }
    }

    /// The same fault with advice.
    pub(super) fn help(mut self, help: Option<Message>) -> Self {
        self.help = help;
        self
    }
}

impl ProfileError {
    /// `key` has a value that cannot be.
    pub(super) fn impossible(key: &str, zh: impl fmt::Display, en: impl fmt::Display) -> Self {
        ProfileFault::new(
            Some(key),
            Message::new(format!("{key}：{zh}"), format!("{key}: {en}")),
        )
        .into()
    }

    /// `key` is not given, and no profile that is extended gives it.
    pub(super) fn missing(key: &str) -> Self {
        ProfileFault::new(
            Some(key),
            Message::new(format!("缺少 {key}"), format!("{key} is missing")),
        )
        .help(Some(Message::new(
            format!("写出 {key}，或以内置样式为基础：extends = \"speech\""),
            format!("set {key}, or extend a built-in profile: extends = \"speech\""),
        )))
        .into()
    }

    /// The same with advice about its one fault.
    pub(super) fn help(mut self, help: Message) -> Self {
        for fault in &mut self.faults {
            fault.help = Some(help.clone());
        }
        self
    }
}

impl From<ProfileFault> for ProfileError {
    fn from(fault: ProfileFault) -> Self {
        ProfileError { faults: vec![fault] }
    }
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
        }
        if let Some(place) = self.place {
            write!(f, "{}:{}:", place.line, place.column)?;
        }
        if self.file.is_some() || self.place.is_some() {
            f.write_str(" ")?;
        }
        f.write_str(&self.message.en)
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ProfileError {}

/// Advice for a word that is none of `known`: the nearest of them, and what there is to choose from.
pub(super) fn instead_of(word: &str, known: &[&str]) -> Message {
    let list = known.join(", ");
    match nearest(word, known) {
        Some(near) => Message::new(
            format!("是否想写“{near}”？可用的有：{list}"),
            format!("did you mean “{near}”? there are: {list}"),
        ),
        None => Message::new(format!("可用的有：{list}"), format!("there are: {list}")),
    }
}

/// The candidate that differs from `word` in the fewest letters, if that is at most half of them.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // No name is so long; what is cannot be meant for one, and need not be measured.
    if word.len() > 100 {
        return None;
    }
    let limit = word.chars().count().div_ceil(2);
    candidates
        .iter()
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .min()
        .filter(|(distance, _)| *distance <= limit)
        .map(|(_, candidate)| candidate)
}

/// The number of letters to insert, delete or replace to make `b` of `a` (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
