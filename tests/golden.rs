//! Golden cases: did anything change?
//!
//! Every `tests/cases/<topic>/<name>.txt` has one reference beside it, made by `cargo xtask bless <topic>/<name>` and
//! read by whoever commits it. A case shows one thing at the earliest stage that can show it; what the stage prints is
//! in `golden/dump.rs`. A golden says nothing about being right: that is what `conformance` is for.

#[path = "golden/dump.rs"]
mod dump;

use std::fs;

use crate::samples::root;

#[test]
fn cases_match_their_references() {
    let cases = dump::cases(&root().join("tests/cases")).unwrap();
    assert!(!cases.is_empty(), "there are no cases");
    let mut faults = Vec::new();
    for case in &cases {
        let new = dump::render(case).unwrap();
        match fs::read(case.reference()) {
            Err(_) => faults.push(format!(
                "{}: no reference; run `cargo xtask bless {}` and read what it writes",
                case.name, case.name
            )),
            Ok(old) => {
                let old = String::from_utf8(old).unwrap();
                if old != new {
                    faults.push(format!("{}: changed\n{}", case.name, difference(&old, &new)));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} cases:\n\n{}\n\nIf the change is meant: `cargo xtask bless`, read the difference, commit it.",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
}

#[test]
fn no_reference_stands_alone() {
    let folder = root().join("tests/cases");
    let cases = dump::cases(&folder).unwrap();
    let known: Vec<_> = cases
        .iter()
        .flat_map(|case| [case.input.clone(), case.reference()])
        .collect();
    let orphans: Vec<String> = dump::files(&folder)
        .unwrap()
        .into_iter()
        .filter(|file| !known.contains(file) && !file.ends_with("README.md"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(
        orphans.is_empty(),
        "neither a case nor the reference of one: {orphans:?}"
    );
}

#[test]
fn references_stay_small() {
    for case in dump::cases(&root().join("tests/cases")).unwrap() {
        if let Ok(meta) = fs::metadata(case.reference()) {
            assert!(
                meta.len() <= 20 * 1024,
                "{}: {} bytes; show one thing in a case",
                case.name,
                meta.len()
            );
        }
    }
}

#[test]
fn a_difference_names_the_lines() {
    let shown = difference("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nD\ne\nf\ng\n");
    assert_eq!(
        shown,
        "    2   b\n    3   c\n    4 - d\n    4 + D\n    5   e\n    6   f\n"
    );
    assert_eq!(difference("a\n", "a\nb\n"), "    1   a\n    2 + b\n");
    assert_eq!(difference("a\nb\n", "b\n"), "    1 - a\n    1   b\n");
}

/// The lines that differ, two lines of surroundings on each side, with their numbers in the old (-) and new (+, blank)
/// text.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let common = longest_common(&old, &new);
    let mut all: Vec<(char, usize, &str)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (next_old, next_new) in common.into_iter().chain([(old.len(), new.len())]) {
        all.extend((i..next_old).map(|k| ('-', k + 1, old[k])));
        all.extend((j..next_new).map(|k| ('+', k + 1, new[k])));
        if next_old < old.len() {
            all.push((' ', next_new + 1, new[next_new]));
        }
        (i, j) = (next_old + 1, next_new + 1);
    }
    let changed: Vec<usize> = (0..all.len()).filter(|&k| all[k].0 != ' ').collect();
    let mut shown = String::new();
    let mut last = None;
    for (k, (mark, number, line)) in all.iter().enumerate() {
        if changed.iter().any(|&c| c.abs_diff(k) <= 2) {
            if last.is_some_and(|last| last + 1 < k) {
                shown.push_str("      …\n");
            }
            shown.push_str(&format!("{number:5} {mark} {line}\n"));
            last = Some(k);
        }
    }
    shown
}

/// Pairs of equal lines, as many as possible, in order.
fn longest_common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i][j] = if old[i] == new[j] {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
