//! What holds for any bytes whatever, one function for each fuzz target; a broken promise is a panic.
//!
//! `fuzz/` calls them with what libFuzzer thinks up, `saved` with every input that once broke one.

use std::io::{Cursor, Write};
use std::sync::Arc;

use hongtou::convert::{Format, ReadOptions, read};
use hongtou::diagnostic::{Diagnostic, Edit, Lang};
use hongtou::font::FontBook;
use hongtou::layout::{self, LayoutError, PagedDocument};
use hongtou::model::{Document, Role};
use hongtou::normalize::{FixLevel, normalize, together};
use hongtou::parse::{ParseOptions, Parsed};
use hongtou::profile::{Profile, builtin_names};
use hongtou::source::{LineIndex, Span};
use hongtou::{Error, Options, convert, lint, style};

use crate::readers::docx::Docx;
use crate::readers::pdf::Pdf;

/// Decoding ends in a text with findings inside it, or in an error that says what to do.
pub fn decode(data: &[u8]) {
    // The length chooses, so that a file can be an input as it is.
    let labels = [
        None,
        None,
        Some("gbk"),
        Some("utf-8"),
        Some("utf-16le"),
        Some("big5"),
        Some("utf-16be"),
    ];
    match hongtou::source::decode(data, labels[data.len() % labels.len()]) {
        Ok(decoded) => {
            assert!(!decoded.text.contains('\0'));
            assert!(!decoded.text.trim().is_empty());
            inside(&decoded.text, &decoded.diagnostics, &[]);
            // What is once decoded is text: read again, it is the same. With a mark, so that one of its own stays.
            let marked = format!("\u{feff}{}", decoded.text);
            let again = hongtou::source::decode(marked.as_bytes(), None).expect("it is text already");
            assert_eq!(again.text, decoded.text);
        }
        Err(error) => {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!error.message().in_lang(lang).is_empty());
                assert!(!error.help().in_lang(lang).is_empty());
            }
        }
    }
}

/// Every visible character stands in one element, in order; corrections are exactly the listed edits, and made once.
pub fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let plain = parsed(&text, false);
    inside(&text, &plain.diagnostics, &plain.edits);
    if !has_marks(&text, &plain) {
        assert_eq!(visible(&text_of(&plain.document)), visible(&text));
        assert!(
            plain.edits.is_empty(),
            "nothing may be changed: {:?}",
            plain.edits
        );
    }
    let findings = lint::lint(&plain.document, &lint::Options::default());
    inside(&text, &findings, &[]);

    for level in [FixLevel::Safe, FixLevel::All] {
        let mut fixed = parsed(&text, true);
        let mut edits = fixed.edits.clone();
        edits.extend(normalize(&mut fixed.document, &text, level));
        let edits = together(edits);
        inside(&text, &[], &edits);
        if !has_marks(&text, &fixed) {
            assert_eq!(
                visible(&edited(&text, &edits)),
                visible(&text_of(&fixed.document)),
                "more or less was changed than is listed: {edits:?}"
            );
        }
        let again = normalize(&mut fixed.document, &text, level);
        assert!(
            again.is_empty(),
            "correcting twice is not correcting once: {again:?}"
        );
    }
}

/// Every glyph of every paragraph has a place on the paper, in order, and a shape.
pub fn layout(data: &[u8], fonts: &Arc<FontBook>) {
    let text = String::from_utf8_lossy(data);
    let parsed = parsed(&text, false);
    let names: Vec<&str> = builtin_names().collect();
    let profile = Profile::builtin(names[data.len() % names.len()]).expect("a built-in profile");
    laid_out(&parsed.document, profile, fonts);
}

/// A profile is refused with its place, or it serves.
pub fn profile(data: &[u8], fonts: &Arc<FontBook>) {
    let text = String::from_utf8_lossy(data);
    match Profile::from_toml(&text) {
        Ok(profile) => {
            let parsed = parsed(SPEECH, false);
            laid_out(&parsed.document, profile.clone(), fonts);
            let made =
                convert(SPEECH.as_bytes(), &options(profile, vec![Format::Docx], fonts)).expect("a text");
            assert_eq!(visible(&Docx::open(&made.outputs[0].1).text()), visible(SPEECH));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// From any file, any `document.xml` and any document of our own a profile is learnt that serves, or it is refused with
/// a reason.
pub fn learn(data: &[u8], fonts: &Arc<FontBook>) {
    let (document, styles) = match data.iter().position(|byte| *byte == 0) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &b""[..]),
    };
    learnt(data);
    learnt(&package(document, styles));
    if let Some((docx, _)) = converted(data, Format::Docx, fonts) {
        learnt(&docx);
    }
}

fn learnt(docx: &[u8]) {
    match hongtou::learn::learn(docx, "ours") {
        Ok(learned) => drop(Profile::from_toml(&learned.toml).expect("a profile that serves")),
        Err(error) => assert!(!error.message().in_lang(Lang::Zh).is_empty()),
    }
}

/// A DOCX file of these two parts.
fn package(document: &[u8], styles: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("word/document.xml", document), ("word/styles.xml", styles)] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a name");
        archive.write_all(content).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A DOCX that opens and holds the text.
pub fn docx(data: &[u8], fonts: &Arc<FontBook>) {
    if let Some((bytes, document)) = converted(data, Format::Docx, fonts) {
        let text = text_of(&document);
        // XML has no control characters and two noncharacters less; their places stay visible.
        let lacks =
            |c: char| c.is_control() && c < ' ' && !c.is_whitespace() || matches!(c, '\u{fffe}' | '\u{ffff}');
        let [text, loose] = [text, reordered(&document)].map(|text| text.replace(lacks, "\u{fffd}"));
        holds(&Docx::open(&bytes).text(), &text, &loose);
    }
}

/// A PDF that opens and holds the text.
pub fn pdf(data: &[u8], fonts: &Arc<FontBook>) {
    if let Some((bytes, document)) = converted(data, Format::Pdf, fonts) {
        let pdf = Pdf::open(&bytes);
        let text = text_of(&document);
        let tagged: String = pdf.tagged_text().into_iter().map(|(_, text)| text).collect();
        let loose = reordered(&document);
        holds(&tagged, &text, &loose);
        // See `by_element`: the tags tell the order where pages cannot.
        let tables = document.blocks.iter().any(|block| block.role == Role::Table);
        holds(&pdf.text(), &text, if tables { &text } else { &loose });
    }
}

/// A short speech of all that profiles distinguish.
const SPEECH: &str = "在座谈会上的讲话\n区长 周砚清\n（2026年3月5日）\n同志们：\n一、认清形势\n\
    今年以来，全区上下齐心协力。\n（一）抓好落实。一是要早谋划、早部署。\n1.分工负责\n（1）按时报送。\n谢谢大家！\n";

/// The output of a conversion without corrections, and the document it was made from.
fn converted(data: &[u8], format: Format, fonts: &Arc<FontBook>) -> Option<(Vec<u8>, Document)> {
    // Decoding has a target of its own: here nearly everything is to reach the writers.
    let text = String::from_utf8_lossy(data);
    let data = text.as_bytes();
    let names: Vec<&str> = builtin_names().collect();
    let profile = Profile::builtin(names[data.len() % names.len()]).expect("a built-in profile");
    let options = options(profile, vec![format], fonts);
    match convert(data, &options) {
        Ok(mut made) => {
            let (_, bytes) = made.outputs.pop().expect("one output was asked for");
            inside(&made.reading.text, &made.reading.diagnostics, &made.reading.edits);
            Some((bytes, made.reading.document))
        }
        Err(Error::Decode(_)) => None,
        Err(Error::Layout(error)) => {
            let reading = read(data, &options.read).expect("it was laid out");
            lacks(&error, &reading.document, fonts);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn options(profile: Profile, formats: Vec<Format>, fonts: &Arc<FontBook>) -> Options {
    Options {
        read: ReadOptions {
            fix: FixLevel::None,
            ..ReadOptions::default()
        },
        // Random texts have no office, which letters and orders otherwise want.
        draft: true,
        ..Options::new(Arc::new(profile), Arc::clone(fonts), formats)
    }
}

fn parsed(text: &str, repair: bool) -> Parsed {
    hongtou::parse::parse(
        text,
        &ParseOptions {
            repair,
            ..ParseOptions::default()
        },
    )
}

/// Whether the author speaks to the program in the text: what is said is no part of it.
fn has_marks(text: &str, parsed: &Parsed) -> bool {
    !parsed.fields.is_empty() || text.contains("{#")
}

fn laid_out(document: &Document, profile: Profile, fonts: &Arc<FontBook>) {
    let styled = style::apply(document, &Arc::new(profile));
    match layout::layout(&styled, fonts) {
        Ok(paged) => {
            placed(&paged, fonts);
            holds(&by_element(&paged), &text_of(document), &reordered(document));
        }
        Err(error) => lacks(&error, document, fonts),
    }
}

/// A text is refused only for a character that stands in it and that no face has.
fn lacks(error: &LayoutError, document: &Document, fonts: &FontBook) {
    let LayoutError::NoGlyph { character, .. } = error;
    assert!(text_of(document).contains(*character));
    let roles = hongtou::profile::FontRole::ALL;
    assert!(roles.iter().all(|role| fonts.glyph(*role, *character).is_none()));
}

/// Every glyph is one of its face, and lies on the paper.
fn placed(paged: &PagedDocument, fonts: &FontBook) {
    let lines = paged.pages.iter().flat_map(|page| {
        let paper = if page.turned {
            paged.paper.turned()
        } else {
            paged.paper
        };
        page.lines
            .iter()
            .chain(&page.repeated)
            .map(move |line| (paper, line))
    });
    for (paper, line) in lines {
        assert!(line.baseline > hongtou::units::Length::ZERO && line.baseline < paper.height);
        for run in &line.runs {
            let face = fonts.face(run.face);
            for glyph in &run.glyphs {
                assert!(glyph.id != 0 && glyph.id < face.glyph_count());
                assert!(glyph.x < paper.width, "a glyph lies beside the paper");
            }
        }
    }
}

/// The text that the glyphs stand for, element by element. Only a row of a table that is taller than a page is drawn in
/// another order: the rest of its first cell stands on the next page, after the beginnings of the others.
fn by_element(paged: &PagedDocument) -> String {
    let mut text = String::new();
    let mut lines: Vec<_> = paged.pages.iter().flat_map(|page| &page.lines).collect();
    lines.sort_by_key(|line| line.element);
    for line in lines {
        let own = &paged.elements[line.element].text;
        for glyph in line.runs.iter().flat_map(|run| &run.glyphs) {
            text.push_str(&own[glyph.start as usize..glyph.start as usize + usize::from(glyph.len)]);
        }
    }
    text
}

/// What was made holds every visible character of the text, and no other, in the text's order; those of `loose`, the
/// text's beginning, may stand in another one.
fn holds(made: &str, text: &str, loose: &str) {
    let loose = visible(loose).chars().count();
    let halves = |text: &str| {
        let mut first: Vec<char> = visible(text).chars().collect();
        let rest: String = first.split_off(loose.min(first.len())).into_iter().collect();
        first.sort_unstable();
        (first, rest)
    };
    assert_eq!(halves(made), halves(text));
}

/// The text of 版头, where its elements do not stand as every format orders them: they are put in its order, which is
/// another one in letters, where the mark comes first.
fn reordered(document: &Document) -> String {
    let roles = document.blocks.iter().map(|block| block.role);
    let head: Vec<Role> = roles.take_while(|role| *role <= Role::Signatory).collect();
    if head.is_sorted() && !(head.contains(&Role::IssuerMark) && head[0] < Role::IssuerMark) {
        return String::new();
    }
    let head = &document.blocks[..head.len()];
    head.iter().map(|block| block.text.as_str()).collect()
}

fn text_of(document: &Document) -> String {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

/// Findings and edits stand inside the text, between its characters, and say something.
pub fn inside(text: &str, diagnostics: &[Diagnostic], edits: &[Edit]) {
    let lines = LineIndex::new(text);
    let check = |span: Span| {
        assert!(span.start <= span.end);
        assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{span:?}"
        );
        let place = lines.position(span.start);
        assert!(place.line >= 1 && place.column >= 1);
    };
    for found in diagnostics {
        found.span.into_iter().for_each(check);
        assert!(!found.message.in_lang(Lang::Zh).is_empty() && !found.message.in_lang(Lang::En).is_empty());
    }
    for edit in edits {
        check(edit.span);
    }
    assert!(
        edits.is_sorted_by_key(|edit| edit.span.start),
        "edits in another order than the text's"
    );
}

/// The text with the edits made.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut made = String::new();
    let mut done = 0;
    for edit in edits {
        assert!(
            edit.span.start >= done,
            "two edits of the same characters: {edits:?}"
        );
        assert_eq!(
            edit.before,
            edit.span.of(text),
            "the edit names another text than stands there"
        );
        made.push_str(&text[done..edit.span.start]);
        made.push_str(&edit.after);
        done = edit.span.end;
    }
    made.push_str(&text[done..]);
    made
}

/// What can be seen of a text: neither white space nor characters without a shape of their own.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
        .collect()
}

/// Characters that draw nothing: zero-width ones, direction marks, variation selectors, noncharacters of XML.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'
        | '\u{ffff}' | '\u{e0000}'..='\u{e01ef}')
}
