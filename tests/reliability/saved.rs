//! Every input that once broke a promise, kept: `tests/reliability/saved/<target>/<what was wrong>`.

use std::fs;
use std::sync::Arc;

use hongtou::font::FontBook;

use super::promises;
use crate::produce;
use crate::samples::root;

/// Replays the inputs saved for one fuzz target.
fn replay(target: &str, promise: fn(&[u8], &Arc<FontBook>)) {
    let fonts = produce::options("speech").fonts;
    let folder = root().join("tests/reliability/saved").join(target);
    // A target that never found anything has no folder.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let kept = std::panic::catch_unwind(|| promise(&bytes, &fonts));
        assert!(kept.is_ok(), "{} breaks a promise again", path.display());
    }
}

#[test]
fn saved_inputs_of_decode() {
    replay("decode", |bytes, _| promises::decode(bytes));
}

#[test]
fn saved_inputs_of_parse() {
    replay("parse", |bytes, _| promises::parse(bytes));
}

#[test]
fn saved_inputs_of_layout() {
    replay("layout", promises::layout);
}

#[test]
fn saved_inputs_of_profile() {
    replay("profile", promises::profile);
}

#[test]
fn saved_inputs_of_docx() {
    replay("docx", promises::docx);
}

#[test]
fn saved_inputs_of_pdf() {
    replay("pdf", promises::pdf);
}

#[test]
fn saved_inputs_of_learn() {
    replay("learn", promises::learn);
}
