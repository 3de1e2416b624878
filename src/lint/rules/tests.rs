//! Every rule against its own examples, and the invariants of the list.

use std::collections::BTreeSet;

use super::*;
use crate::lint::{self, Found};
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
    let mut found = Vec::new();
    lint::check(&document(text), &[rule], |_| true, &mut found);
    found
}

#[test]
fn each_rule_finds_its_examples_and_leaves_the_rest() {
    for rule in rules() {
        assert!(!rule.examples.is_empty(), "{} has no example", rule.code);
        assert!(!rule.leaves.is_empty(), "{} has no near miss", rule.code);
        for example in rule.examples {
            let wrong = found(rule, example.wrong);
            assert!(!wrong.is_empty(), "{} misses {}", rule.code, example.wrong);
            let right = found(rule, example.right);
            assert!(
                right.is_empty(),
                "{} finds {:?} in {}",
                rule.code,
                right,
                example.right
            );
        }
        for text in rule.leaves {
            let wrong = found(rule, text);
            assert!(wrong.is_empty(), "{} finds {:?} in {text}", rule.code, wrong);
        }
    }
}

#[test]
fn each_correction_gives_the_right_text() {
    for rule in rules() {
        let Some(fix) = rule.fix else { continue };
        let level = match fix {
            lint::Applicability::Safe => FixLevel::Safe,
            lint::Applicability::All => FixLevel::All,
        };
        for example in rule.examples {
            let mut corrected = document(example.wrong);
            normalize(&mut corrected, example.wrong, level);
            assert_eq!(
                texts(&corrected),
                texts(&document(example.right)),
                "{}",
                rule.code
            );
        }
    }
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
