//! What is found in whole texts, and that nothing else is.

use super::{Options, lint};
use crate::parse::{ParseOptions, parse};

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
