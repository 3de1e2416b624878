//! Sections: upright pages, pages turned by a quarter for wide tables (横排表格, GB/T 9704 §8), and a page for 版记.

use std::fmt::Write;

use super::constant_parts::FOOTERS;
use super::footer::{self, Pages};
use crate::profile::Page;
use crate::style::{ImprintPage, StyledDocument};
use crate::units::Length;

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Upright pages of text; whether they are the first of the document.
    Upright {
        /// Whether they are.
        first: bool,
    },
    /// Pages turned by a quarter.
    Turned,
    /// 版记, on a page of its own.
    Imprint,
}

/// The `w:sectPr` of a section: paper, margins, page numbers, grid.
pub(super) fn properties(document: &StyledDocument, section: Section) -> String {
    let profile = &document.profile;
    let turned = section == Section::Turned;
    // The first page of a letter has a footer of its own; a page of 版记 behind a blank one has no number.
    let own_first = section == Section::Upright { first: true }
        && document.opening.is_some()
        && footer::has_first(profile);
    let unnumbered = section == Section::Imprint && document.imprint_page == Some(ImprintPage::AfterBlank);
    let page = if turned {
        profile.page.turned()
    } else {
        profile.page
    };
    let bottom = footer::first_bottom(profile)
        .filter(|_| own_first)
        .unwrap_or(page.bottom);
    let mut xml = String::from("<w:sectPr>");
    for footer in FOOTERS.iter().filter(|footer| footer.turned == turned) {
        let kind = match footer.pages {
            Pages::Odd => "default",
            Pages::Even if footer::has_even(profile) => "even",
            Pages::First if own_first => "first",
            Pages::Even | Pages::First => continue,
        };
        let _ = write!(
            xml,
            "<w:footerReference w:type=\"{kind}\" r:id=\"{}\"/>",
            footer.id
        );
    }
    if section == Section::Imprint {
        let kind = if profile.imprint.even_page {
            "evenPage"
        } else {
            "nextPage"
        };
        let _ = write!(xml, "<w:type w:val=\"{kind}\"/>");
    }
    let title_page = if own_first || unnumbered {
        "<w:titlePg/>"
    } else {
        ""
    };
    let orientation = if page.width > page.height {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    let _ = write!(
        xml,
        concat!(
            "<w:pgSz w:w=\"{}\" w:h=\"{}\"{}/>",
            "<w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" ",
            "w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/>",
            "<w:cols w:space=\"425\"/>{}<w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>"
        ),
        page.width.to_twips(),
        page.height.to_twips(),
        orientation,
        page.top.to_twips(),
        page.right.to_twips(),
        bottom.to_twips(),
        page.left.to_twips(),
        footer::distance(profile, turned).to_twips(),
        title_page,
        if turned {
            filling_pitch(&page, profile.grid.line_pitch)
        } else {
            profile.grid.line_pitch.to_twips()
        }
    );
    xml
}

/// The pitch, in twips, of a grid of whole lines that fills the page.
///
/// Nothing here stands on the grid, but LibreOffice moves the text down by half of what a grid leaves over.
fn filling_pitch(page: &Page, pitch: Length) -> i64 {
    let height = page.text_height().to_twips();
    let lines = (height / pitch.to_twips().max(1)).max(1);
    height / lines
}
