//! Documents for the tests of this module.

use std::sync::{Arc, OnceLock};

use super::shape::{Shaped, Shaper, Substitutions};
use super::{PagedDocument, layout};
use crate::font::FontBook;
use crate::model::{Block, Document, Lead, Role, Text};
use crate::profile::{Profile, Typography};
use crate::source::Span;
use crate::style::{self, StyledDocument};
use crate::units::Chars;

/// The bundled fonts, read once.
pub(super) fn fonts() -> &'static FontBook {
    static BOOK: OnceLock<FontBook> = OnceLock::new();
    BOOK.get_or_init(|| FontBook::bundled().expect("the bundled fonts are usable"))
}

/// Paragraphs of given roles in the look of a built-in profile; in a run-in, `|` ends the lead.
pub(super) fn styled(profile: &str, paragraphs: &[(Role, &str)]) -> StyledDocument {
    let profile = Arc::new(Profile::builtin(profile).expect("a built-in profile"));
    let blocks = paragraphs
        .iter()
        .map(|(role, text)| {
            let lead = text.find('|').filter(|_| *role == Role::RunIn);
            let text = text.replacen('|', "", usize::from(lead.is_some()));
            let mut own = Text::default();
            own.push_inserted(&text);
            let mut block = Block::new(*role, own, Span::default());
            block.lead = lead.map(|len| Lead { level: 2, len });
            block
        })
        .collect();
    let document = Document {
        blocks,
        ..Document::default()
    };
    style::apply(&document, &profile)
}

/// The choices of the profile `gb9704`.
pub(super) const TYPOGRAPHY: Typography = Typography {
    title_max_chars: 20,
    widow_control: false,
    keep_leads: false,
    sentence_min_chars: 0,
    strict_line_start: false,
    han_latin_gap: Chars::ZERO,
    chinese_digits: false,
};

/// One body paragraph of profile `speech`, shaped.
pub(super) fn shaped(text: &str) -> Shaped {
    shaped_with(text, &TYPOGRAPHY)
}

/// The same with other choices of line breaking.
pub(super) fn shaped_with(text: &str, typography: &Typography) -> Shaped {
    let document = styled("speech", &[(Role::Body, text)]);
    let profile = &document.profile;
    let shaper = Shaper {
        fonts: fonts(),
        grid: &profile.grid,
        text_width: profile.page.text_width(),
        typography,
    };
    let mut shaped = Shaped::default();
    shaper
        .shape(
            &document.paragraphs[0],
            &mut shaped,
            &mut Substitutions::default(),
        )
        .expect("every character has a glyph");
    shaped
}

/// The pages of such a document.
pub(super) fn paged(profile: &str, paragraphs: &[(Role, &str)]) -> PagedDocument {
    layout(&styled(profile, paragraphs), fonts()).expect("every character has a glyph")
}

/// The text of each line, page by page.
pub(super) fn pages(document: &PagedDocument) -> Vec<Vec<String>> {
    document
        .pages
        .iter()
        .map(|page| {
            page.lines
                .iter()
                .map(|line| {
                    let text = &document.elements[line.element].text;
                    line.runs
                        .iter()
                        .flat_map(|run| &run.glyphs)
                        .map(|glyph| {
                            &text[glyph.start as usize..glyph.start as usize + usize::from(glyph.len)]
                        })
                        .collect()
                })
                .collect()
        })
        .collect()
}

/// The lines of one body paragraph in profile `speech`: 28 characters, two of indent in the first line.
pub(super) fn body_lines(text: &str) -> Vec<String> {
    pages(&paged("speech", &[(Role::Body, text)])).concat()
}

/// `count` different Chinese characters without marks.
pub(super) fn characters(count: usize) -> String {
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
        .chars()
        .cycle()
        .take(count)
        .collect()
}
