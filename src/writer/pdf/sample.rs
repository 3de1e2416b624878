//! Documents to write in tests: a grid of characters, laid out without any rule.

use crate::font::FontBook;
use crate::layout::{Element, Glyph, GlyphRun, OutlineEntry, PagedDocument, PlacedLine, PlacedPage};
use crate::model::Role;
use crate::profile::{FontRole, Ink, Page};
use crate::units::Length;

/// Characters in a line.
const CHARS: usize = 28;
/// Lines on a page.
const LINES: usize = 22;
/// From line to line.
const PITCH: Length = Length::emu(376_034);
/// From character to character: 156 mm / 28.
const STEP: Length = Length::emu(200_571);

/// A document of these paragraphs, one after the other.
pub(crate) fn document(paragraphs: &[(Role, &str)], fonts: &FontBook) -> PagedDocument {
    let paper = Page {
        width: Length::mm(210),
        height: Length::mm(297),
        top: Length::mm(37),
        bottom: Length::mm(35),
        left: Length::mm(28),
        right: Length::mm(26),
        mirror_margins: false,
    };
    let mut document = PagedDocument {
        title: String::new(),
        paper,
        pages: Vec::new(),
        elements: Vec::new(),
        tables: Vec::new(),
        outline: Vec::new(),
        imprint: None,
        first_page: None,
        torn_at: None,
        substitutions: Vec::new(),
    };
    let mut number = 0;
    for (element, (role, text)) in paragraphs.iter().enumerate() {
        document.elements.push(Element {
            role: *role,
            text: (*text).to_owned(),
        });
        if *role == Role::Title {
            document.title = (*text).to_owned();
        }
        let characters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| *c != '\n').collect();
        for (first, characters) in characters.chunks(CHARS).enumerate() {
            if number % LINES == 0 {
                document
                    .pages
                    .push(page_with_number(document.pages.len() + 1, paper, fonts));
            }
            let baseline = paper.top + Length::pt(14) + PITCH * (number % LINES) as i64;
            let level = match role {
                Role::Title => Some(1),
                role => role.heading_level().map(|level| level + 1),
            };
            if let (0, Some(level)) = (first, level) {
                document.outline.push(OutlineEntry {
                    text: (*text).to_owned(),
                    level,
                    page: document.pages.len() - 1,
                    top: baseline - Length::pt(14),
                });
            }
            if let Some(page) = document.pages.last_mut() {
                let runs = runs(characters, *role, paper.left, fonts);
                page.lines.push(PlacedLine {
                    element,
                    baseline,
                    runs,
                });
            }
            number += 1;
        }
    }
    document
}

fn page_with_number(number: usize, paper: Page, fonts: &FontBook) -> PlacedPage {
    let text = format!("— {number} —");
    let characters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| *c != ' ').collect();
    let line = PlacedLine {
        element: 0,
        baseline: paper.height - Length::mm(25),
        runs: runs(&characters, Role::Body, paper.width - Length::mm(56), fonts),
    };
    PlacedPage {
        number: Some((text, line)),
        ..PlacedPage::default()
    }
}

fn runs(characters: &[(usize, char)], role: Role, left: Length, fonts: &FontBook) -> Vec<GlyphRun> {
    let (category, size, ink, bold) = match role {
        Role::Title => (FontRole::Xiaobiaosong, Length::pt(16), Ink::Black, false),
        Role::IssuerMark => (FontRole::Xiaobiaosong, Length::pt(16), Ink::Red, false),
        Role::Heading1 => (FontRole::Heiti, Length::pt(16), Ink::Black, false),
        Role::Heading2 => (FontRole::Kaiti, Length::pt(16), Ink::Black, false),
        Role::Heading3 => (FontRole::Fangsong, Length::pt(16), Ink::Black, true),
        _ => (FontRole::Fangsong, Length::pt(16), Ink::Black, false),
    };
    let mut runs: Vec<GlyphRun> = Vec::new();
    let mut x = left;
    for (start, c) in characters {
        let choice = fonts.glyph(category, *c).unwrap();
        let glyph = Glyph {
            id: choice.glyph,
            advance: choice.advance,
            x,
            start: *start as u32,
            len: c.len_utf8() as u8,
        };
        x += if choice.advance == 1000 {
            STEP
        } else {
            size.scale(i64::from(choice.advance), 1000)
        };
        match runs.last_mut() {
            Some(run) if run.face == choice.face => run.glyphs.push(glyph),
            _ => runs.push(GlyphRun {
                face: choice.face,
                size,
                bold,
                ink,
                glyphs: vec![glyph],
            }),
        }
    }
    runs
}
