//! The texts under `samples/`, and where things lie in the project.

use std::fs;
use std::path::{Path, PathBuf};

/// One of the texts under `samples/`.
pub struct Sample {
    /// Its file name without extensions: `notice`, `closing-remarks`.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its bytes, in the encoding they came in.
    pub bytes: Vec<u8>,
}

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every sample, in the order of names.
pub fn all() -> Vec<Sample> {
    let mut samples: Vec<Sample> = fs::read_dir(root().join("samples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| Sample {
            name: path
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .split('.')
                .next()
                .unwrap()
                .to_owned(),
            bytes: fs::read(&path).unwrap(),
            path,
        })
        .collect();
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(samples.len() >= 7, "samples are missing");
    samples
}

/// The names of the samples of official documents.
pub const OFFICIAL: [&str; 6] = ["joint-notice", "letter", "minutes", "notice", "order", "request"];

/// The text of one of them.
pub fn official_text(name: &str) -> String {
    let path = root().join(format!("samples/official/{name}.txt"));
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_sample_reads_without_a_doubt() {
    for sample in all() {
        let decoded = hongtou::source::decode(&sample.bytes, None).unwrap();
        assert!(!decoded.text.contains('\u{fffd}'), "{}", sample.path.display());
        assert!(
            decoded.text.chars().filter(|c| !c.is_whitespace()).count() > 400,
            "{}",
            sample.name
        );
    }
}
