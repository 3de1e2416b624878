//! The ledger of the standard is complete and not stale.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::samples::root;

/// The clauses of GB/T 9704-2012 that ask for something, typed from its table of contents.
const CLAUSES: &[&str] = &[
    "3.1", "3.2", "4", "5.1", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "6.1", "6.2", "6.3", "7.1", "7.2.1",
    "7.2.2", "7.2.3", "7.2.4", "7.2.5", "7.2.6", "7.2.7", "7.3.1", "7.3.2", "7.3.3", "7.3.4", "7.3.5.1",
    "7.3.5.2", "7.3.5.3", "7.3.5.4", "7.3.5.5", "7.3.6", "7.3.7", "7.4.1", "7.4.2", "7.4.3", "7.5", "8", "9",
    "10.1", "10.2", "10.3", "11",
];

/// A row of the table.
struct Row {
    clause: String,
    status: String,
    files: Vec<String>,
    proofs: Vec<String>,
}

fn rows() -> Vec<Row> {
    let text = String::from_utf8(fs::read(root().join("docs/conformance/gbt-9704.md")).unwrap()).unwrap();
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    text.lines()
        .filter(|line| line.starts_with("| ") && line.chars().nth(2).is_some_and(|c| c.is_ascii_digit()))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 7, "{line}");
            Row {
                clause: cells[0].to_owned(),
                status: cells[3].to_owned(),
                files: quoted(cells[5]),
                proofs: quoted(cells[6]),
            }
        })
        .collect()
}

/// The names of all functions in test code and beside it.
fn functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("src"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                names.extend(tests_of(&path));
            }
        }
    }
    assert!(names.len() > 300, "the tests were not found");
    names
}

/// The names of the functions marked as tests.
fn tests_of(path: &Path) -> Vec<String> {
    let text = String::from_utf8(fs::read(path).unwrap()).unwrap();
    let mut tests = Vec::new();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line == "#[test]" {
            marked = true;
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
            tests.extend(rest.split('(').next().map(str::to_owned));
            marked = false;
        }
    }
    tests
}

fn matches(proof: &str, test: &str) -> bool {
    match proof.strip_suffix('*') {
        Some(beginning) => test.starts_with(beginning),
        None => test == proof,
    }
}

#[test]
fn every_clause_has_one_row() {
    let clauses: Vec<String> = rows().into_iter().map(|row| row.clause).collect();
    assert_eq!(clauses, CLAUSES);
}

#[test]
fn rows_name_files_and_tests_that_exist() {
    let tests = functions();
    for row in rows() {
        let clause = &row.clause;
        for file in &row.files {
            assert!(root().join(file).exists(), "{clause}: there is no {file}");
        }
        let proven = row
            .proofs
            .iter()
            .filter(|proof| tests.iter().any(|test| matches(proof, test)))
            .count();
        match row.status.as_str() {
            "met" => {
                assert!(!row.files.is_empty(), "{clause}: met where?");
                assert!(
                    proven > 0 && proven == row.proofs.len(),
                    "{clause}: {:?}",
                    row.proofs
                );
            }
            "partly" => assert_eq!(proven, row.proofs.len(), "{clause}: {:?}", row.proofs),
            "open" => assert_eq!(
                proven, 0,
                "{clause} is measured: say that it is met, or what is missing"
            ),
            "outside" => assert!(row.files.is_empty() && row.proofs.is_empty(), "{clause}"),
            other => panic!("{clause}: no status “{other}”"),
        }
    }
}

#[test]
fn every_measured_clause_is_in_its_row() {
    let rows = rows();
    for test in functions().iter().filter(|test| test.starts_with("clause_")) {
        let named = rows
            .iter()
            .any(|row| row.proofs.iter().any(|proof| matches(proof, test)));
        assert!(named, "no row of docs/conformance/gbt-9704.md names {test}");
    }
}

#[test]
fn the_ledger_of_the_pdf_is_not_stale_either() {
    let text = String::from_utf8(fs::read(root().join("docs/conformance/pdf.md")).unwrap()).unwrap();
    let tests = functions();
    for line in text
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3)
    {
        let proof = line.rsplit(" | ").next().unwrap();
        for name in proof
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('_'))
        {
            assert!(
                tests.contains(name),
                "docs/conformance/pdf.md names {name}, which is no test"
            );
        }
    }
}
