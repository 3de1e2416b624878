//! What is found in whole texts, and that nothing else is.

use std::path::Path;

use proptest::prelude::*;

use super::{Options, Signs, Table, lint, look};
use crate::normalize::{FixLevel, normalize, proofread};
use crate::parse::{ParseOptions, parse};
use crate::source::decode;

/// A speech around the paragraphs of a case.
const SPEECH: [&str; 2] = [
    "在全市重点工作推进会上的讲话\n\n同志们：\n\n今天我们召开这次会议，主要任务是总结工作、部署任务。\n\n",
    "\n\n希望大家振奋精神，把各项工作落到实处。\n",
];

fn codes(text: &str) -> Vec<&'static str> {
    let parsed = parse(text, &ParseOptions::default());
    let found = lint(&parsed.document, &Options::default());
    let mut codes: Vec<_> = found.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn the_listed_texts_have_the_listed_faults() {
    let mut faults = Vec::new();
    let lines = include_str!("cases.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (wanted, text) = line.split_once(" | ").expect("codes, a bar, a text");
        let mut wanted: Vec<&str> = wanted.split(',').filter(|code| *code != "-").collect();
        wanted.sort_unstable();
        wanted.dedup();
        let text = text.replace("\\n", "\n");
        let found = match text.strip_prefix('@') {
            Some(text) => codes(text),
            None => codes(&format!("{}{text}{}", SPEECH[0], SPEECH[1])),
        };
        if found != wanted {
            faults.push(format!("{text}: found {found:?}, wanted {wanted:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Texts of all sorts: the samples, the golden cases, the listed cases, and the examples of the rules.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("samples"), root.join("tests/cases")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt")
                && let Ok(decoded) = decode(&std::fs::read(&path).unwrap(), None)
            {
                texts.push(decoded.text);
            }
        }
    }
    assert!(texts.len() > 50, "the samples and cases are there");
    texts.push(include_str!("cases.txt").to_owned());
    for rule in super::rules() {
        let examples = rule.examples.iter();
        texts.extend(
            examples
                .flat_map(|example| [example.wrong, example.right])
                .map(str::to_owned),
        );
        texts.extend(rule.leaves.iter().map(|text| (*text).to_owned()));
    }
    texts
}

/// That every rule, asked everywhere, finds no more in `text` than where it has what it needs.
fn nothing_is_missed(text: &str) {
    let options = Options::default();
    let asked: Vec<_> = Table::of_rules().rules().collect();
    let always: Vec<_> = asked.iter().map(|(rule, _)| (*rule, Signs::default())).collect();
    let document = parse(text, &ParseOptions::default()).document;
    let shown = |rules| -> Vec<String> {
        let found = look(&document, &options, rules);
        found.iter().map(|found| format!("{found:?}")).collect()
    };
    assert_eq!(shown(&asked), shown(&always), "{text}");
}

#[test]
fn a_rule_finds_nothing_where_it_is_not_asked() {
    for text in texts() {
        nothing_is_missed(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_finds_nothing_in_any_text_where_it_is_not_asked(
        pieces in prop::collection::vec(prop::sample::select(pieces()), 1..24),
    ) {
        nothing_is_missed(&pieces.concat());
    }
}

/// What rules look for: the examples of their faults in pieces of one to four characters.
fn pieces() -> Vec<String> {
    let mut pieces = Vec::new();
    for example in super::rules().iter().flat_map(|rule| rule.examples) {
        let characters: Vec<char> = example.wrong.chars().collect();
        for len in 1..=4 {
            pieces.extend(
                characters
                    .windows(len)
                    .map(|piece| piece.iter().collect::<String>()),
            );
        }
    }
    pieces
}

#[test]
fn what_is_left_after_the_last_round_is_what_a_new_look_finds() {
    let options = Options::default();
    for text in texts() {
        for level in [FixLevel::None, FixLevel::Safe, FixLevel::All] {
            let mut document = parse(&text, &ParseOptions::default()).document;
            let (_, left) = proofread(&mut document, &text, level, &options);
            assert_eq!(left, lint(&document, &options), "{text}");
            assert!(normalize(&mut document, &text, level).is_empty(), "{text}");
        }
    }
}
