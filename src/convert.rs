//! One text to its outputs: no files, no clock, no environment.

mod instructions;
pub mod json;
mod review;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::error::Error;
use crate::font::FontBook;
use crate::layout::{self, LayoutError, PagedDocument, Substitution};
use crate::lint;
use crate::model::{Block, Document, Kind, Role, Text};
use crate::normalize::{FixLevel, proofread, together};
use crate::parse::metadata::Given;
use crate::parse::{Field, ParseOptions, parse};
use crate::profile::Profile;
use crate::source::{Span, decode};
use crate::style::{self, StyledDocument};
use crate::writer::{self, docx::Properties, png::Resolution};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Office Open XML.
    Docx,
    /// PDF/A-2a, PDF/UA-1.
    Pdf,
    /// A picture of each page of the PDF.
    Png,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Docx, Format::Pdf, Format::Png];

    /// The file name's ending, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Png => "png",
        }
    }

    /// Whether its pages are laid out here.
    pub const fn is_fixed(self) -> bool {
        matches!(self, Format::Pdf | Format::Png)
    }
}

/// How a text is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Label of the encoding, when the caller knows it.
    pub encoding: Option<String>,
    /// The kind of text, when the caller knows it.
    pub kind: Option<Kind>,
    /// Which corrections are made.
    pub fix: FixLevel,
    /// What the proof-reader looks for beside its usual rules.
    pub lint: lint::Options,
    /// What is given beside the text; it goes before what the text and its front matter say, later ones before earlier.
    pub meta: Vec<Given>,
}

/// How a text is converted.
#[derive(Clone, Debug)]
pub struct Options {
    /// How it is read.
    pub read: ReadOptions,
    /// The look.
    pub profile: Arc<Profile>,
    /// Whether a built-in profile named in a text's front matter (`style`) goes before [`Options::profile`].
    pub style_from_text: bool,
    /// Whether a text may lack what its format needs.
    pub draft: bool,
    /// The typefaces of fixed formats.
    pub fonts: Arc<FontBook>,
    /// The typefaces that go into a DOCX, as far as it uses them; none without.
    pub embedded_fonts: Option<Arc<FontBook>>,
    /// The outputs wanted, each once.
    pub formats: Vec<Format>,
    /// How fine pictures of pages are.
    pub resolution: Resolution,
    /// A picture of the first page is wanted beside the outputs, so fine.
    pub preview: Option<Resolution>,
    /// Seconds since 1970 (UTC) for the dates in the files' properties; none are written without it.
    pub timestamp: Option<i64>,
    /// What a reviewer is shown in the DOCX.
    pub review: ReviewOptions,
}

impl Options {
    /// Into `formats` with `profile` and `fonts`; everything else as it is when nothing is asked for: safe corrections, no
    /// draft, no dates, no pictures beside, nothing for a reviewer.
    pub fn new(profile: Arc<Profile>, fonts: Arc<FontBook>, formats: Vec<Format>) -> Options {
        Options {
            read: ReadOptions::default(),
            profile,
            style_from_text: false,
            draft: false,
            fonts,
            embedded_fonts: None,
            formats,
            resolution: Resolution::SCREEN,
            preview: None,
            timestamp: None,
            review: ReviewOptions::default(),
        }
    }
}

pub use review::ReviewOptions;

/// A text read: decoded, parsed, corrected and proof-read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The decoded text, which all spans refer to.
    pub text: String,
    /// The encoding it was in.
    pub encoding: &'static str,
    /// Its length in bytes before decoding.
    pub bytes: usize,
    /// Its elements, corrected.
    pub document: Document,
    /// Every change made, in source order.
    pub edits: Vec<Edit>,
    /// Everything found, in source order.
    pub diagnostics: Vec<Diagnostic>,
    /// What was said about it that is in no element: `style` and `author`.
    pub fields: Vec<Field>,
}

impl Reading {
    /// The field `key`.
    fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// A text converted.
#[derive(Clone, Debug)]
pub struct Converted {
    /// What was read; its diagnostics include those of the conversion.
    pub reading: Reading,
    /// The outputs, in the order asked for; a picture for each page, in their order.
    pub outputs: Vec<(Format, Vec<u8>)>,
    /// The number of pages, when a fixed format was asked for.
    pub pages: Option<usize>,
    /// A picture of the first page, when it was asked for and can be made.
    pub preview: Option<Vec<u8>>,
}

/// Reads a text.
///
/// # Errors
/// When the bytes are no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Reading, Error> {
    let decoded = decode(bytes, options.encoding.as_deref())?;
    let repair = options.fix > FixLevel::None;
    let mut parsed = parse(
        &decoded.text,
        &ParseOptions {
            kind: options.kind,
            repair,
        },
    );
    for given in &options.meta {
        parsed.give(given);
    }
    let (mut document, fields) = (parsed.document, parsed.fields);
    let (suppressions, unknown) = instructions::suppressions(&parsed.instructions, &fields);
    let lint = lint::Options {
        suppressions,
        ..options.lint.clone()
    };

    let mut edits = parsed.edits;
    let (corrections, findings) = proofread(&mut document, &decoded.text, options.fix, &lint);
    edits.extend(corrections);
    let edits = together(edits);

    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(parsed.diagnostics);
    diagnostics.extend(unknown);
    diagnostics.retain(|found| lint.selection.takes(found.code));
    diagnostics.extend(findings);
    sort(&mut diagnostics);
    Ok(Reading {
        text: decoded.text,
        encoding: decoded.encoding,
        bytes: bytes.len(),
        document,
        edits,
        diagnostics,
        fields,
    })
}

/// Converts a text.
///
/// # Errors
/// When the bytes are no text, its front matter is at fault, it lacks what its format needs, no font has one of its
/// characters, or a writer fails.
pub fn convert(bytes: &[u8], options: &Options) -> Result<Converted, Error> {
    let mut reading = read(bytes, &options.read)?;
    let profile = profile(&reading, &options.profile, options.style_from_text)?;
    let wrong =
        |found: &&Diagnostic| found.severity == Severity::Error && found.code.starts_with("front-matter-");
    if let Some(found) = reading.diagnostics.iter().find(wrong) {
        return Err(Error::FrontMatter(Box::new(found.clone())));
    }
    if !options.draft {
        complete(&reading.document, &profile)?;
    }
    let (mut styled, paged) = set(&mut reading, &profile, options)?;
    if options.formats.contains(&Format::Docx) {
        layout::title_lines(&mut styled, &options.fonts);
    }
    let properties = Properties {
        author: reading.field("author").map(|field| field.value.clone()),
        timestamp: options.timestamp,
        review: review::review(
            options.review,
            &reading.document,
            &styled,
            &reading.edits,
            &reading.diagnostics,
        ),
    };
    let fixed = options.formats.iter().any(|format| format.is_fixed());
    let paged = paged.filter(|_| fixed);
    if let Some(paged) = &paged {
        reading
            .diagnostics
            .extend(substituted(paged, &options.fonts, &reading.text));
        sort(&mut reading.diagnostics);
    }
    let preview = options.preview.and_then(|resolution| match &paged {
        Some(paged) => writer::png::write_page(paged, 0, &options.fonts, resolution),
        // Only looked at: that its pages cannot be laid out is no fault of a DOCX.
        None => {
            let paged = layout::layout(&styled, &options.fonts).ok()?;
            writer::png::write_page(&paged, 0, &options.fonts, resolution)
        }
    });
    let pages = paged.as_ref().map(|paged| paged.pages.len());
    let mut outputs = Vec::with_capacity(options.formats.len());
    for format in options.formats.iter().copied() {
        match (format, &paged) {
            // The last one, because it takes the pages.
            (Format::Pdf, _) => {}
            (Format::Png, Some(paged)) => {
                let pictures = writer::png::write(paged, &options.fonts, options.resolution);
                outputs.extend(pictures.into_iter().map(|picture| (format, picture)));
            }
            _ => {
                let docx = match &options.embedded_fonts {
                    Some(fonts) => writer::docx::write_with_fonts(&styled, &properties, fonts)?,
                    None => writer::docx::write(&styled, &properties)?,
                };
                outputs.push((format, docx));
            }
        }
    }
    if let Some(paged) = paged.filter(|_| options.formats.contains(&Format::Pdf)) {
        // A PDF is made of the pages alone, and its making takes the most memory of all.
        drop(styled);
        outputs.push((
            Format::Pdf,
            writer::pdf::write(paged, &options.fonts, &properties)?,
        ));
        outputs.sort_by_key(|(format, _)| options.formats.iter().position(|wanted| wanted == format));
    }
    Ok(Converted {
        reading,
        outputs,
        pages,
        preview,
    })
}

/// Gives the text its look and, where anything depends on it, its pages.
fn set(
    reading: &mut Reading,
    profile: &Arc<Profile>,
    options: &Options,
) -> Result<(StyledDocument, Option<PagedDocument>), Error> {
    let mut styled = style::apply(&reading.document, profile);
    // On which page 版记 stands, and whether the first page shows any text, is known from the pages alone.
    let needs_pages = styled.opening.is_some() || styled.has_imprint();
    let fixed = options.formats.iter().any(|format| format.is_fixed());
    if !fixed && !needs_pages {
        return Ok((styled, None));
    }
    let lay_out = |styled: &StyledDocument, text: &str| {
        layout::layout(styled, &options.fonts).map_err(|error| Error::from(locate(error, text)))
    };
    let mut paged = match lay_out(&styled, &reading.text) {
        Ok(paged) => paged,
        // A DOCX can be written without the typefaces that a PDF needs.
        Err(_) if !fixed => return Ok((styled, None)),
        Err(error) => return Err(error),
    };
    if styled.opening.is_some()
        && !paged.first_page_shows_text()
        && let Some((document, edit)) = recipient_to_imprint(&reading.document)
    {
        let moved = style::apply(&document, profile);
        let pages = lay_out(&moved, &reading.text)?;
        if pages.first_page_shows_text() {
            reading.document = document;
            reading.edits.push(edit);
            reading.edits.sort_by_key(|edit| edit.span);
            (styled, paged) = (moved, pages);
        }
    }
    styled.imprint_page = paged.imprint;
    if let Some(first_page) = paged.first_page {
        styled.fill_first_page(first_page);
    }
    if let Some(paragraph) = paged.torn_at {
        styled.tear_at(paragraph);
    }
    Ok((styled, Some(paged)))
}

/// Moves 主送机关 to 版记, where the first page would show no text for it (GB/T 9704-2012 §7.3.2).
fn recipient_to_imprint(document: &Document) -> Option<(Document, Edit)> {
    let mut document = document.clone();
    let at = document
        .blocks
        .iter()
        .position(|block| block.role == Role::Recipient)?;
    let recipient = document.blocks.remove(at);
    let before = recipient.text.as_str().to_owned();
    let mut text = Text::default();
    text.push_inserted("主送：");
    let mut names = recipient.text;
    let end = names.as_str().trim_end_matches(['：', ':']).len();
    let all = names.as_str().len();
    names.replace(end..all, "。");
    text.push_text(&names);
    let after = text.as_str().to_owned();
    let place = document
        .blocks
        .iter()
        .rposition(|block| !matches!(block.role, Role::Cc | Role::Imprint))
        .map_or(0, |last| last + 1);
    document
        .blocks
        .insert(place, Block::new(Role::Cc, text, recipient.span));
    let edit = Edit {
        code: "recipient-to-imprint",
        span: recipient.span,
        before,
        after,
    };
    Some((document, edit))
}

/// What would keep a text from being set in `default`, or, where `style_from_text` is true, in the profile that its front
/// matter names: a profile that is not built in, or an element that the format needs.
pub fn obstacle(reading: &Reading, default: &Arc<Profile>, style_from_text: bool) -> Option<Diagnostic> {
    let error = profile(reading, default, style_from_text)
        .and_then(|profile| complete(&reading.document, &profile))
        .err()?;
    Some(match error {
        Error::FrontMatter(found) => *found,
        error => {
            let mut found = Diagnostic::new("missing-element", Severity::Error, error.message());
            found.help = error.help();
            found
        }
    })
}

/// Whether the text has everything that its format needs.
fn complete(document: &Document, profile: &Profile) -> Result<(), Error> {
    if profile.head.needs_mark && !style::has_mark(document, profile) {
        return Err(Error::Missing {
            style: profile.name.clone(),
            role: Role::IssuerMark,
        });
    }
    Ok(())
}

/// The look of one text: its own choice of a built-in profile where that counts.
fn profile(reading: &Reading, default: &Arc<Profile>, from_text: bool) -> Result<Arc<Profile>, Error> {
    let Some(field) = reading.field("style").filter(|_| from_text) else {
        return Ok(Arc::clone(default));
    };
    match Profile::builtin(&field.value) {
        Ok(profile) => Ok(Arc::new(profile)),
        Err(error) => {
            let mut found = Diagnostic::new(
                "front-matter-unknown-style",
                Severity::Error,
                Message::new(
                    format!("文件头：样式“{}”不是内置样式", field.value),
                    format!("front matter: the style “{}” is not built in", field.value),
                ),
            )
            .at(field.span);
            found.help = error.faults.into_iter().find_map(|fault| fault.help);
            Err(Error::FrontMatter(Box::new(found)))
        }
    }
}

/// Findings in source order, those about the whole text first.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
}

/// One finding for each character that another face than its own draws.
fn substituted(paged: &PagedDocument, fonts: &FontBook, text: &str) -> Vec<Diagnostic> {
    let finding = |substitution: &Substitution| {
        let Substitution { character, count, .. } = *substitution;
        let face = fonts.face(substitution.face).name();
        Diagnostic::new(
            "font-substituted",
            Severity::Info,
            Message::new(
                format!("“{character}”不在本字体中，PDF 改用 {face}（共 {count} 处）"),
                format!("“{character}” is not in its font; the PDF takes it from {face} ({count} times)"),
            ),
        )
        .at(first_of(character, substitution.first, text))
    };
    paged.substitutions.iter().map(finding).collect()
}

/// The first place of a character in a stretch of the source; the whole stretch if it isn't there as it is.
fn first_of(character: char, within: Span, text: &str) -> Span {
    match within.of(text).find(character) {
        Some(at) => Span::new(within.start + at, within.start + at + character.len_utf8()),
        None => within,
    }
}

/// The same error at the character itself rather than its paragraph.
fn locate(error: LayoutError, text: &str) -> LayoutError {
    match error {
        LayoutError::NoGlyph { character, paragraph } => LayoutError::NoGlyph {
            character,
            paragraph: first_of(character, paragraph, text),
        },
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;

    fn converted(front_matter: &str, style_from_text: bool) -> (Vec<u8>, Vec<&'static str>) {
        let text = format!(
            "---\n{front_matter}\n---\n在全县工作会议上的讲话\n同志们：\n今天召开这次会议，部署工作。\n"
        );
        let options = Options {
            style_from_text,
            ..Options::new(
                Arc::new(Profile::builtin("speech").expect("a built-in profile")),
                Arc::new(FontBook::bundled().expect("the bundled fonts are usable")),
                vec![Format::Docx],
            )
        };
        let converted = convert(text.as_bytes(), &options).expect("a text");
        let codes = converted
            .reading
            .diagnostics
            .iter()
            .map(|found| found.code)
            .collect();
        (converted.outputs[0].1.clone(), codes)
    }

    #[test]
    fn a_text_may_choose_its_profile() {
        let speech = converted("style: speech", true).0;
        assert_ne!(converted("style: gb9704", true).0, speech);
        assert_eq!(converted("style: gb9704", false).0, speech);
    }

    #[test]
    fn text_stays_on_the_first_page_where_note_and_signature_go_over() {
        let text = "---\norganization: 云溪县人民政府\ndoc-number: 云政发〔2026〕1号\nsignature-case: seal\n---\n\
            云溪县人民政府关于印发三个工作方案的通知\n\n各乡镇人民政府，县政府各部门：\n\n\
            现将三个工作方案印发给你们，请认真贯彻执行。\n\n附件：1.防汛工作方案\n2.抗旱工作方案\n3.防火工作方案\n\n\
            云溪县人民政府\n2026年11月24日\n";
        let profile = Arc::new(Profile::builtin("gb9704").expect("a built-in profile"));
        let fonts = Arc::new(FontBook::bundled().expect("the bundled fonts are usable"));
        let options = Options::new(Arc::clone(&profile), fonts, vec![Format::Docx]);
        let mut reading = read(text.as_bytes(), &options.read).expect("a text");
        let (styled, paged) = set(&mut reading, &profile, &options).expect("fonts with its characters");
        let paged = paged.expect("a document with a head is laid out");
        assert!(paged.first_page_shows_text());
        assert_eq!(paged.pages.len(), 2);
        // 主送机关 stays, and a word processor may part the text from the note.
        assert!(reading.edits.is_empty(), "{:?}", reading.edits);
        let keeps = |role| {
            let mut paragraphs = styled.paragraphs.iter().filter(|one| one.role == role);
            paragraphs.all(|paragraph| paragraph.style.keep_with_next)
        };
        assert!(keeps(Role::Recipient) && !keeps(Role::Body) && keeps(Role::AttachmentNote));
    }

    #[test]
    fn the_author_stands_in_the_properties() {
        assert_ne!(
            converted("style: speech\nauthor: 周砚清", true).0,
            converted("style: speech", true).0
        );
    }
}
