//! Which rules are used: chosen and left out by the caller, or left out by the text itself.

use super::rule::{Found, Rule};
use super::rules::{explain, on_request, rules};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::Document;
use crate::source::Span;

/// The rules the caller wants, by code, short name or the letter of a group: `halfwidth-punctuation`, `P01`, `P`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

/// A word that is the name of no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule “{0}”")]
pub struct UnknownRule(pub String);

impl Selection {
    /// Chooses the rules of `select`, all when it is empty, without those of `ignore`.
    ///
    /// # Errors
    /// With the first word that names no rule.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Selection, UnknownRule> {
        match select.iter().chain(ignore).find(|word| !is_known(word)) {
            Some(word) => Err(UnknownRule(word.clone())),
            None => Ok(Selection {
                select: select.to_vec(),
                ignore: ignore.to_vec(),
            }),
        }
    }

    /// Whether findings with this code are wanted. Rules that look only when asked need their code or short name; a
    /// letter asks for the usual ones of its group.
    pub fn takes(&self, code: &str) -> bool {
        match explain(code) {
            Some(rule) => self.wants(rule),
            None => self.names(code, ""),
        }
    }

    /// Whether this rule is wanted.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        if self.select.is_empty() && self.ignore.is_empty() {
            return !on_request(rule);
        }
        let (code, id) = (rule.code, rule.id);
        let asked = || self.select.iter().any(|word| word == code || word == id);
        self.names(code, id) && (!on_request(rule) || asked())
    }

    /// Whether the words of the caller let what is called `code`, for short `id`, look.
    fn names(&self, code: &str, id: &str) -> bool {
        let any = |words: &[String]| words.iter().any(|word| names(word, code, id));
        (self.select.is_empty() || any(&self.select)) && !any(&self.ignore)
    }
}

/// What the text itself says of a rule: that it is right here as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rules, as words like those of [`Selection`].
    pub rules: Vec<String>,
    /// Where that is said.
    pub place: Span,
    /// Whether it holds for the whole text, and not only for the paragraph that follows.
    pub whole: bool,
}

impl Suppression {
    /// The paragraph it holds for; `None` for the whole text.
    fn block(&self, document: &Document) -> Option<usize> {
        let blocks = &document.blocks;
        (!self.whole).then(|| blocks.partition_point(|block| block.span.end <= self.place.end))
    }
}

/// Takes what `suppressions` name out of `found`, and says for each of them which of its words were of use.
pub(super) fn suppress(
    suppressions: &[Suppression],
    document: &Document,
    found: &mut Vec<Found>,
) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> = suppressions
        .iter()
        .map(|suppression| vec![false; suppression.rules.len()])
        .collect();
    let blocks: Vec<Option<usize>> = suppressions.iter().map(|one| one.block(document)).collect();
    found.retain(|found| {
        let mut wanted = true;
        for (i, suppression) in suppressions.iter().enumerate() {
            if blocks[i].is_some_and(|block| block != found.block) {
                continue;
            }
            for (k, word) in suppression.rules.iter().enumerate() {
                if names(word, found.rule.code, found.rule.id) {
                    used[i][k] = true;
                    wanted = false;
                }
            }
        }
        wanted
    });
    used
}

/// Findings about suppressions: words that name no rule, and words that suppressed nothing although `selection` let
/// the rule look.
pub(super) fn idle(
    suppressions: &[Suppression],
    used: &[Vec<bool>],
    selection: &Selection,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (suppression, used) in suppressions.iter().zip(used) {
        for (word, used) in suppression.rules.iter().zip(used) {
            let looked = rules()
                .iter()
                .any(|rule| names(word, rule.code, rule.id) && selection.takes(rule.code));
            let (code, message) = if !is_known(word) {
                (
                    "unknown-rule",
                    Message::new(format!("没有规则“{word}”"), format!("there is no rule “{word}”")),
                )
            } else if !used && looked {
                (
                    "unused-suppression",
                    Message::new(
                        format!("这里没有规则 {word} 的问题，不必忽略"),
                        format!("there is nothing of rule {word} to ignore here"),
                    ),
                )
            } else {
                continue;
            };
            let help = Message::new(
                "删去这一条，或改正规则名",
                "remove it, or correct the rule's name",
            );
            if !selection.takes(code) {
                continue;
            }
            found.push(
                Diagnostic::new(code, Severity::Warning, message)
                    .at(suppression.place)
                    .help(help),
            );
        }
    }
    found
}

fn is_known(word: &str) -> bool {
    rules().iter().any(|rule| names(word, rule.code, rule.id))
}

/// Whether `word` stands for the rule called `code`, for short `id`.
fn names(word: &str, code: &str, id: &str) -> bool {
    word == code || (word.starts_with(|c: char| c.is_ascii_uppercase()) && id.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn rules_are_chosen_by_code_name_and_letter() {
        let selection = Selection::new(&words(&["P", "D01"]), &words(&["halfwidth-brackets"])).unwrap();
        assert!(selection.takes("halfwidth-punctuation"));
        assert!(selection.takes("zero-padded-date"));
        assert!(!selection.takes("halfwidth-brackets"));
        assert!(!selection.takes("impossible-date"));
        assert!(Selection::new(&words(&["P99"]), &[]).is_err());
    }

    #[test]
    fn some_rules_look_only_when_asked_by_name() {
        assert!(!Selection::default().takes("comma-between-titles"));
        let letter = Selection::new(&words(&["P"]), &[]).unwrap();
        assert!(!letter.takes("comma-between-titles"));
        let named = Selection::new(&words(&["P", "P15"]), &[]).unwrap();
        assert!(named.takes("comma-between-titles"));
    }
}
