//! The lexicon of certain slips: words mistaken for others, with the conditions under which they are.
//!
//! One entry a line, fields separated by tabs: wrong, right, level (错 error, 疑 warning, 提示 info), before, not before,
//! after, not after, note. The four conditions are lists of texts separated by `|`; `^` among them is the beginning or
//! the end of a clause. Empty fields may be left out at the end; `#` begins a comment. One form, and no regular
//! expressions, so that an office can write its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::scan::{Class, Scan};
use crate::diagnostic::{Message, Severity};

/// A list of words that are mistaken for others.
#[derive(Clone, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// The entries that begin with each character.
    by_first: BTreeMap<char, Vec<usize>>,
    beginnings: Beginnings,
}

/// The first two characters of all entries, so that most places of a text are passed over at a glance.
#[derive(Clone, Debug, Default)]
struct Beginnings {
    /// A bit for each hash of two characters.
    pairs: Option<Box<Bits>>,
    /// Whether an entry is one character long, so that every place must be looked at.
    single: bool,
}

const BITS: usize = 1 << 15;
type Bits = [u64; BITS / 64];

impl Beginnings {
    fn add(&mut self, wrong: &str) {
        let mut characters = wrong.chars();
        match (characters.next(), characters.next()) {
            (Some(first), Some(second)) => {
                let pairs = self.pairs.get_or_insert_with(|| Box::new([0; BITS / 64]));
                let bit = Self::bit(first, second);
                pairs[bit / 64] |= 1 << (bit % 64);
            }
            _ => self.single = true,
        }
    }

    /// Whether an entry may begin with these two characters.
    #[inline]
    fn has(&self, first: char, second: char) -> bool {
        let bit = Self::bit(first, second);
        let has = |pairs: &Bits| pairs[bit / 64] >> (bit % 64) & 1 != 0;
        self.single || self.pairs.as_deref().is_some_and(has)
    }

    #[inline]
    fn bit(first: char, second: char) -> usize {
        let hash = u32::from(first)
            .wrapping_mul(0x9E37)
            .wrapping_add(u32::from(second));
        hash as usize % BITS
    }
}

/// One slip.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What is written.
    pub wrong: String,
    /// What is meant.
    pub right: String,
    /// How certain it is.
    pub severity: Severity,
    /// Why, in Chinese.
    pub note: String,
    before: Vec<String>,
    not_before: Vec<String>,
    after: Vec<String>,
    not_after: Vec<String>,
}

/// A line of a lexicon that is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", message.en)]
pub struct LexiconError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: Message,
}

/// The entries alone: everything else follows from them.
impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Lexicon").field(&self.entries).finish()
    }
}

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| Lexicon::parse(include_str!("lexicon.tsv")).unwrap_or_default())
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// When a line has no wrong or no right form, both are the same, or its level is unknown.
    pub fn parse(text: &str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for (i, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |zh: &'static str, en: &'static str| LexiconError {
                line: i + 1,
                message: Message::new(zh, en),
            };
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            let field = |k: usize| fields.get(k).copied().unwrap_or("");
            let list = |k: usize| -> Vec<String> {
                field(k)
                    .split('|')
                    .filter(|item| !item.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let (wrong, right) = (field(0), field(1));
            let Some(first) = wrong.chars().next() else {
                return Err(error("缺少错误的写法", "the wrong form is missing"));
            };
            if right.is_empty() || right == wrong {
                return Err(error("缺少正确的写法", "the right form is missing"));
            }
            let severity = match field(2) {
                "" | "错" | "error" => Severity::Error,
                "疑" | "warning" => Severity::Warning,
                "提示" | "info" => Severity::Info,
                _ => {
                    return Err(error(
                        "级别应为“错”“疑”或“提示”",
                        "the level should be error, warning or info",
                    ));
                }
            };
            lexicon.beginnings.add(wrong);
            lexicon
                .by_first
                .entry(first)
                .or_default()
                .push(lexicon.entries.len());
            lexicon.entries.push(Entry {
                wrong: wrong.to_owned(),
                right: right.to_owned(),
                severity,
                note: field(7).to_owned(),
                before: list(3),
                not_before: list(4),
                after: list(5),
                not_after: list(6),
            });
        }
        Ok(lexicon)
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The slips in a paragraph, each with the index of its first character.
    pub(crate) fn matches(&self, scan: &Scan) -> Vec<(usize, &Entry)> {
        let mut found = Vec::new();
        for (i, pair) in scan.glyphs.windows(2).enumerate() {
            if self.beginnings.has(pair[0].c, pair[1].c) {
                found.extend(self.entry_at(scan, i).map(|entry| (i, entry)));
            }
        }
        // Nothing stands behind the last one.
        if self.beginnings.single
            && let Some(last) = scan.glyphs.len().checked_sub(1)
        {
            found.extend(self.entry_at(scan, last).map(|entry| (last, entry)));
        }
        found
    }

    /// The slip that stands at `i`.
    fn entry_at(&self, scan: &Scan, i: usize) -> Option<&Entry> {
        let candidates = self.by_first.get(&scan.c(i))?;
        let mut entries = candidates.iter().map(|&k| &self.entries[k]);
        entries.find(|entry| entry.holds(scan, i))
    }
}

impl Entry {
    /// Whether the slip stands at `i`, and its conditions hold.
    fn holds(&self, scan: &Scan, i: usize) -> bool {
        if !scan.starts_with(i, &self.wrong) {
            return false;
        }
        let end = i + self.wrong.chars().count();
        let before = |text: &String| {
            if text == "^" {
                at_edge(scan.class_before(i))
            } else {
                scan.ends_with(i, text)
            }
        };
        let after = |text: &String| {
            if text == "^" {
                at_edge(scan.class(end))
            } else {
                scan.starts_with(end, text)
            }
        };
        (self.before.is_empty() || self.before.iter().any(before))
            && !self.not_before.iter().any(before)
            && (self.after.is_empty() || self.after.iter().any(after))
            && !self.not_after.iter().any(after)
    }
}

/// Whether a clause begins or ends beside a character of this class.
fn at_edge(class: Class) -> bool {
    matches!(class, Class::Mark | Class::Ascii | Class::Space | Class::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lexicon: &Lexicon, text: &str) -> Vec<String> {
        let mut scan = Scan::default();
        scan.read(text);
        let matches = lexicon.matches(&scan).into_iter();
        matches.map(|(i, entry)| format!("{i}{}", entry.right)).collect()
    }

    #[test]
    fn conditions_decide() {
        let lexicon = Lexicon::parse("# own\n途经\t途径\t错\t有效|^\t\t和办法|^\t站\n").unwrap();
        assert_eq!(found(&lexicon, "有效途经和办法"), ["2途径"]);
        assert_eq!(found(&lexicon, "途经。途经站"), ["0途径"]);
        assert_eq!(found(&lexicon, "列车途经和办法"), Vec::<String>::new());
    }

    #[test]
    fn a_bad_line_is_named() {
        let line = |text| Lexicon::parse(text).map_err(|error| error.line).err();
        assert_eq!(line("甲\t乙\n丙\n"), Some(2));
        assert_eq!(line("甲\t甲"), Some(1));
        assert_eq!(line("甲\t乙\t糟"), Some(1));
        assert_eq!(line("\n# 注\n甲\t乙\t疑"), None);
    }

    #[test]
    fn the_builtin_lexicon_is_sound() {
        let text = include_str!("lexicon.tsv");
        assert!(Lexicon::parse(text).is_ok_and(|lexicon| lexicon.len() > 150));
        let builtin = Lexicon::builtin();
        for entry in &builtin.entries {
            assert!(
                found(builtin, &entry.right).is_empty(),
                "the right form {} is itself reported",
                entry.right
            );
        }
        // No entry stands twice with the same conditions.
        let mut keys: Vec<String> = builtin
            .entries
            .iter()
            .map(|entry| format!("{} {:?} {:?}", entry.wrong, entry.before, entry.after))
            .collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
