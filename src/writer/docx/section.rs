//! Sections: upright pages, and pages turned by a quarter for wide tables (横排表格, GB/T 9704 §8).

use std::fmt::Write;

use super::constant_parts::FOOTERS;
use super::footer::{self, Pages};
use crate::profile::{Page, Profile};
use crate::units::Length;

/// The `w:sectPr` of pages that stand upright or are turned: paper, margins, page numbers, grid.
pub(super) fn properties(profile: &Profile, turned: bool) -> String {
    let page = if turned {
        profile.page.turned()
    } else {
        profile.page
    };
    let mut section = String::from("<w:sectPr>");
    for footer in FOOTERS.iter().filter(|footer| footer.turned == turned) {
        let kind = match footer.pages {
            Pages::Odd => "default",
            Pages::Even => "even",
        };
        let _ = write!(
            section,
            "<w:footerReference w:type=\"{kind}\" r:id=\"{}\"/>",
            footer.id
        );
    }
    let orientation = if page.width > page.height {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    let _ = write!(
        section,
        concat!(
            "<w:pgSz w:w=\"{}\" w:h=\"{}\"{}/>",
            "<w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" ",
            "w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/>",
            "<w:cols w:space=\"425\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>"
        ),
        page.width.to_twips(),
        page.height.to_twips(),
        orientation,
        page.top.to_twips(),
        page.right.to_twips(),
        page.bottom.to_twips(),
        page.left.to_twips(),
        footer::distance(profile, turned).to_twips(),
        if turned {
            filling_pitch(&page, profile.grid.line_pitch)
        } else {
            profile.grid.line_pitch.to_twips()
        }
    );
    section
}

/// The pitch, in twips, of a grid of whole lines that fills the page.
///
/// Nothing here stands on the grid, but LibreOffice moves the text down by half of what a grid leaves over.
fn filling_pitch(page: &Page, pitch: Length) -> i64 {
    let height = page.text_height().to_twips();
    let lines = (height / pitch.to_twips().max(1)).max(1);
    height / lines
}
