//! Inputs that fuzzing thought up, kept: `tests/reliability/saved/<target>/`. Those called by their hash reach most of the
//! code between them; one that once broke a promise is called by what was wrong.

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
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let kept = std::panic::catch_unwind(|| promise(&bytes, &fonts));
        assert!(kept.is_ok(), "{} breaks a promise again", path.display());
        count += 1;
    }
    assert!(count >= 8, "{count} inputs are kept for {target}");
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
