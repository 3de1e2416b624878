//! Every rule against its own examples, and the invariants of the list.

use std::collections::BTreeSet;

use super::*;
use crate::lint::{self, Found, Selection};
use crate::model::{Block, Document, Role, Text};
use crate::normalize::{FixLevel, normalize};
use crate::source::Span;

/// A document out of lines, each a paragraph; `〖标题〗` at its beginning says what it is, 正文 without.
pub(crate) fn document(text: &str) -> Document {
    let mut document = Document::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let tag = text[start..end]
            .strip_prefix('〖')
            .and_then(|rest| rest.split_once('〗'));
        let (role, at) = match tag {
            Some((term, _)) => {
                let role = Role::ALL.into_iter().find(|role| role.term() == term);
                (role.expect("a known element"), start + term.len() + 6)
            }
            None => (Role::Body, start),
        };
        let span = Span::new(at, end);
        document
            .blocks
            .push(Block::new(role, Text::from_source(text, span), span));
        start += line.len();
    }
    document
}

fn texts(document: &Document) -> String {
    let lines: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join("\n")
}

fn found(rule: &'static Rule, text: &str) -> Vec<Found> {
    let options = lint::Options {
        selection: Selection::new(&[rule.code.to_owned()], &[]).unwrap(),
        ..lint::Options::default()
    };
    lint::check(&document(text), &options).found
}

#[test]
fn each_rule_finds_its_examples_and_leaves_the_rest() {
    let mut faults = Vec::new();
    for rule in rules() {
        if rule.examples.is_empty() || rule.leaves.is_empty() {
            faults.push(format!("{} has no example or no near miss", rule.code));
        }
        for example in rule.examples {
            if found(rule, example.wrong).is_empty() {
                faults.push(format!("{} misses {}", rule.code, example.wrong));
            }
        }
        for text in rule
            .leaves
            .iter()
            .chain(rule.examples.iter().map(|example| &example.right))
        {
            for found in found(rule, text) {
                faults.push(format!("{} finds {} in {text}", rule.code, found.message.zh));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_correction_gives_the_right_text() {
    let mut faults = Vec::new();
    for rule in rules() {
        let Some(fix) = rule.fix else { continue };
        let level = match fix {
            lint::Applicability::Safe => FixLevel::Safe,
            lint::Applicability::All => FixLevel::All,
        };
        for example in rule.examples {
            let mut corrected = document(example.wrong);
            normalize(&mut corrected, example.wrong, level);
            let (got, right) = (texts(&corrected), texts(&document(example.right)));
            if got != right {
                faults.push(format!("{}: {got}, should be {right}", rule.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rules_without_correction_offer_none() {
    for rule in rules().iter().filter(|rule| rule.fix.is_none()) {
        for example in rule.examples {
            for found in found(rule, example.wrong) {
                assert!(
                    found.changes.is_empty(),
                    "{} changes {}",
                    rule.code,
                    example.wrong
                );
            }
        }
    }
}

#[test]
fn codes_and_ids_are_unique_and_well_formed() {
    let codes: BTreeSet<&str> = rules().iter().flat_map(|rule| [rule.code, rule.id]).collect();
    assert_eq!(codes.len(), 2 * rules().len());
    for rule in rules() {
        assert!(
            rule.code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.code
        );
        assert_eq!(explain(rule.id).map(|rule| rule.code), Some(rule.code));
        assert_eq!(explain(rule.code).map(|rule| rule.id), Some(rule.id));
    }
    assert!(explain("no-such-rule").is_none());
}
