//! The table of `docs/reliability.md` is held to the tests: each row names one that there is, each test has a row.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::samples::root;

/// The names of the test functions in the Rust files below `folder`.
fn tests_in(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(tests_in(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = String::from_utf8(fs::read(&path).unwrap()).unwrap();
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                if line == "#[test]" {
                    is_test = true;
                } else if let Some(rest) = line.strip_prefix("fn ") {
                    if is_test {
                        found.insert(rest.split('(').next().unwrap().to_owned());
                    }
                    is_test = false;
                }
            }
        }
    }
    found
}

#[test]
fn the_table_names_the_tests_and_all_of_them() {
    let page = String::from_utf8(fs::read(root().join("docs/reliability.md")).unwrap()).unwrap();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 70, "{} rows", rows.len());
    let known: BTreeSet<String> = ["tests", "src"]
        .iter()
        .flat_map(|folder| tests_in(&root().join(folder)))
        .collect();
    let scripts = [".ci/run", ".ci/smoke", ".ci/outside", "release/reproduce"];
    let mut named = BTreeSet::new();
    for row in &rows {
        assert_eq!(row.len(), 3, "input, promise, test: {row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        let proofs: Vec<&str> = row[2].split('`').skip(1).step_by(2).collect();
        assert!(!proofs.is_empty(), "no test: {row:?}");
        for proof in proofs {
            assert!(
                known.contains(proof) || scripts.contains(&proof) && root().join(proof).exists(),
                "there is no test {proof}: {row:?}"
            );
            named.insert(proof.to_owned());
        }
    }
    let unnamed: Vec<String> = tests_in(&root().join("tests/reliability"))
        .difference(&named)
        .cloned()
        .collect();
    assert!(unnamed.is_empty(), "without a row: {unnamed:?}");
}
