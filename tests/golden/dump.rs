//! Golden cases and what is written down of them; shared by the tests (which compare) and `cargo xtask bless` (which
//! writes).
//!
//! The topic, the first folder below `tests/cases`, names the stage: `fix/` shows corrections and findings, `layout/`
//! lines and pages, every other topic the elements of the text.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hongtou::convert::{ReadOptions, read};
use hongtou::diagnostic::{Diagnostic, Edit};
use hongtou::font::FontBook;
use hongtou::layout;
use hongtou::model::Document;
use hongtou::normalize::FixLevel;
use hongtou::parse::{ParseOptions, parse};
use hongtou::profile::Profile;
use hongtou::source::{LineIndex, Span, decode};
use hongtou::style;

/// One case.
pub struct Case {
    /// `<topic>/<name>`, without extension.
    pub name: String,
    /// The text.
    pub input: PathBuf,
}

impl Case {
    /// Where its reference stands.
    pub fn reference(&self) -> PathBuf {
        self.input.with_extension(self.stage().extension())
    }

    fn stage(&self) -> Stage {
        match self.name.split('/').next() {
            Some("fix") => Stage::Corrections,
            Some("layout") => Stage::Pages,
            _ => Stage::Elements,
        }
    }
}

#[derive(Clone, Copy)]
enum Stage {
    Elements,
    Corrections,
    Pages,
}

impl Stage {
    fn extension(self) -> &'static str {
        match self {
            Stage::Elements => "elements",
            Stage::Corrections => "corrections",
            Stage::Pages => "pages",
        }
    }
}

/// The cases below `folder`, in the order of names.
///
/// # Errors
/// When the folder cannot be read.
pub fn cases(folder: &Path) -> io::Result<Vec<Case>> {
    Ok(files(folder)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|file| {
            let inside = file.strip_prefix(folder).ok()?.with_extension("");
            let name: Vec<&str> = inside.iter().filter_map(|part| part.to_str()).collect();
            Some(Case {
                name: name.join("/"),
                input: file,
            })
        })
        .collect())
}

/// Every file below `folder`, in the order of names.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What is written down of a case.
///
/// # Errors
/// When its text cannot be read.
pub fn render(case: &Case) -> io::Result<String> {
    let bytes = fs::read(&case.input)?;
    let rendered = match case.stage() {
        Stage::Elements => elements(&bytes),
        Stage::Corrections => corrections(&bytes),
        Stage::Pages => pages(&bytes),
    };
    Ok(rendered.unwrap_or_else(|error| format!("refused: {error}\n")))
}

/// The elements and what the parser doubts; the proof-reader has its own cases.
fn elements(bytes: &[u8]) -> Result<String, hongtou::Error> {
    let decoded = decode(bytes, None)?;
    let parsed = parse(&decoded.text, &ParseOptions::default());
    let index = LineIndex::new(&decoded.text);
    let mut text = String::new();
    if decoded.encoding != "UTF-8" {
        let _ = writeln!(text, "encoding {}", decoded.encoding);
    }
    write_elements(&mut text, &parsed.document);
    write_findings(&mut text, &decoded.diagnostics, &index);
    write_findings(&mut text, &parsed.diagnostics, &index);
    Ok(text)
}

/// What is corrected at level `safe`, the elements afterwards, and what is still found.
fn corrections(bytes: &[u8]) -> Result<String, hongtou::Error> {
    let options = ReadOptions {
        fix: FixLevel::Safe,
        ..ReadOptions::default()
    };
    let reading = read(bytes, &options)?;
    let index = LineIndex::new(&reading.text);
    let mut text = String::new();
    write_edits(&mut text, &reading.edits, &index);
    write_elements(&mut text, &reading.document);
    write_findings(&mut text, &reading.diagnostics, &index);
    Ok(text)
}

/// Lines and pages in the profile `speech` with the bundled fonts.
fn pages(bytes: &[u8]) -> Result<String, hongtou::Error> {
    let reading = read(bytes, &ReadOptions::default())?;
    let profile = Arc::new(Profile::builtin("speech").expect("a profile of our own"));
    let fonts = FontBook::bundled().expect("fonts of our own");
    let paged = layout::layout(&style::apply(&reading.document, &profile), &fonts)?;
    Ok(layout::dump(&paged))
}

/// `role text`, one block a line; a lead stands in ⟦ ⟧, a line break of the author's own is ↵.
fn write_elements(text: &mut String, document: &Document) {
    let _ = writeln!(text, "kind {}", document.kind.name());
    for block in &document.blocks {
        let role = match block.lead {
            Some(lead) => format!("{} {}", block.role.name(), lead.level),
            None => block.role.name().to_owned(),
        };
        let words = match block.lead_text() {
            Some(lead) => format!("⟦{lead}⟧{}", &block.text.as_str()[lead.len()..]),
            None => block.text.as_str().to_owned(),
        };
        let _ = writeln!(text, "{role:<16} {}", words.replace('\n', "↵"));
    }
}

/// `place code: before → after`, one edit a line.
fn write_edits(text: &mut String, edits: &[Edit], index: &LineIndex<'_>) {
    for edit in edits {
        let _ = writeln!(
            text,
            "edit {} {}: {:?} → {:?}",
            place(edit.span, index),
            edit.code,
            edit.before,
            edit.after
        );
    }
}

/// `severity place code`, one finding a line; messages may be reworded without touching references.
fn write_findings(text: &mut String, findings: &[Diagnostic], index: &LineIndex<'_>) {
    for finding in findings {
        let place = finding
            .span
            .map_or_else(|| "-".to_owned(), |span| place(span, index));
        let _ = writeln!(text, "{} {place} {}", finding.severity.name(), finding.code);
    }
}

fn place(span: Span, index: &LineIndex<'_>) -> String {
    let (start, end) = (index.position(span.start), index.position(span.end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}
