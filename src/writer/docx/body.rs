//! `word/document.xml`: docx-rs writes paragraphs and runs, [`schema_order`] completes them.
//!
//! A paragraph carries its style and, directly, only what sets it apart from that style. The text goes through
//! unchanged: line feeds become line breaks, tabs tabs, and every blank is kept.

use std::fmt::Write;

use docx_rs::{BreakType, BuildXML, Document, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts};

use super::DocxError;
use super::constant_parts::{EVEN_FOOTER, ODD_FOOTER};
use super::footer;
use super::looks::{ParagraphLook, Property, RunDifference, RunLook, color};
use super::schema_order::{self, Additions};
use super::styles::{lead_difference, lead_style_id, style_name};
use super::{table, xml};
use crate::model::Role;
use crate::profile::Profile;
use crate::style::{StyledDocument, StyledParagraph, StyledRun};
use crate::units::Lines;

/// The part.
pub(super) fn part(document: &StyledDocument) -> Result<Vec<u8>, DocxError> {
    let profile = &document.profile;
    // Not `docx_rs::Docx`: it builds fourteen more parts that are not used, in the time of this one.
    let mut body = Document::new();
    let mut properties = Vec::with_capacity(document.paragraphs.len());
    let mut header_rows = Vec::new();
    let mut row = 0;
    // Word wants a paragraph in every document, after every table at its end, and between two tables.
    let mut wants_paragraph = true;
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        properties.push(own_properties(number, paragraph, profile));
        let rows = match paragraph.role {
            Role::Table => table::rows(&paragraph.text),
            _ => None,
        };
        if let Some(rows) = rows {
            if wants_paragraph && number > 0 {
                body = body.add_paragraph(spacer());
            }
            header_rows.push(row);
            row += rows.len();
            body = body.add_table(table::table(&rows, profile, |text| {
                cell_paragraph(text, paragraph, profile)
            }));
            wants_paragraph = true;
        } else {
            body = body.add_paragraph(paragraph_with_runs(number, paragraph, profile));
            wants_paragraph = false;
        }
    }
    if wants_paragraph {
        body = body.add_paragraph(spacer());
    }
    schema_order::finish(
        &body.build(),
        &Additions {
            paragraphs: &properties,
            header_rows: &header_rows,
            section: &section(profile),
        },
    )
}

/// The number of a paragraph that is none of the document's.
const NO_NUMBER: usize = 0xFFFF_FFFF;

/// An empty paragraph where the format wants one and the text has none: one point high.
fn spacer() -> Paragraph {
    let line = LineSpacing::new().line(20).line_rule(LineSpacingType::Exact);
    Paragraph::new().id(paragraph_id(NO_NUMBER)).line_spacing(line)
}

fn cell_paragraph(text: &str, of: &StyledParagraph, profile: &Profile) -> Paragraph {
    let built = Paragraph::new()
        .id(paragraph_id(NO_NUMBER))
        .style(style_name(of.role).id);
    match of.runs.first() {
        Some(run) if !text.is_empty() => built.add_run(text_run(text, looking_like(run, of.role, profile))),
        _ => built,
    }
}

/// The number by which the pass finds the paragraph again.
fn paragraph_id(number: usize) -> String {
    format!("{number:08X}")
}

fn paragraph_with_runs(number: usize, paragraph: &StyledParagraph, profile: &Profile) -> Paragraph {
    let mut built = Paragraph::new()
        .id(paragraph_id(number))
        .style(style_name(paragraph.role).id);
    let mut start = 0;
    for run in &paragraph.runs {
        let end = (start + run.len).min(paragraph.text.len());
        let text = &paragraph.text[start..end];
        built = built.add_run(text_run(text, looking_like(run, paragraph.role, profile)));
        start = end;
    }
    if start < paragraph.text.len() {
        // Runs have no gaps; should a caller leave one at the end, its text still comes out.
        built = built.add_run(text_run(&paragraph.text[start..], hinted()));
    }
    built
}

/// What sets the paragraph apart from the style of its role.
fn own_properties(number: usize, paragraph: &StyledParagraph, profile: &Profile) -> Vec<Property> {
    let mut style = paragraph.style;
    if number == 0 || style.page_break_before {
        // Space before is dropped at the top of a page; word processors drop it at page ends of their own only.
        style.space_before = Lines::ZERO;
    }
    let of_role = ParagraphLook::new(profile.element(paragraph.role), profile);
    ParagraphLook::new(&style, profile).difference(&of_role)
}

/// An empty run whose full-width quotation marks, dashes and ellipses take the Chinese typeface.
fn hinted() -> Run {
    Run::new().fonts(RunFonts::new().hint("eastAsia"))
}

/// An empty run that looks like `run` in a paragraph of `role`.
fn looking_like(run: &StyledRun, role: Role, profile: &Profile) -> Run {
    let wanted = RunLook::new(run.character, profile);
    let of_role = RunLook::new(profile.element(role).character, profile);
    let mut built = hinted();
    let by_styles = match run.lead {
        Some(level) => {
            built = built.style(lead_style_id(level));
            of_role.under_character_style(&lead_difference(level, profile))
        }
        None => of_role,
    };
    direct(built, &wanted.difference(&by_styles))
}

fn direct(mut run: Run, difference: &RunDifference<'_>) -> Run {
    if let Some((east_asia, latin)) = difference.fonts {
        run = run.fonts(
            RunFonts::new()
                .hint("eastAsia")
                .ascii(latin)
                .hi_ansi(latin)
                .east_asia(east_asia)
                .cs(latin),
        );
    }
    if let Some(bold) = difference.bold {
        run = if bold { run.bold() } else { run.disable_bold() };
    }
    if let Some(ink) = difference.ink {
        run = run.color(color(ink));
    }
    if let Some(spacing) = difference.spacing {
        run = run.character_spacing(i32::try_from(spacing).unwrap_or_default());
    }
    if let Some(size) = difference.half_points {
        run = run.size(usize::try_from(size).unwrap_or_default());
    }
    run
}

/// Puts `text` into `run`, with line breaks and tabs as elements.
fn text_run(text: &str, mut run: Run) -> Run {
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r', '\t']) {
        run = add_text(run, &rest[..at]);
        let separator = &rest[at..];
        let len = if separator.starts_with("\r\n") { 2 } else { 1 };
        run = if separator.starts_with('\t') {
            run.add_tab()
        } else {
            run.add_break(BreakType::TextWrapping)
        };
        rest = &separator[len..];
    }
    add_text(run, rest)
}

fn add_text(run: Run, text: &str) -> Run {
    if text.is_empty() {
        run
    } else if text.chars().all(xml::is_legal) {
        run.add_text(text)
    } else {
        run.add_text(text.replace(|c| !xml::is_legal(c), "\u{fffd}"))
    }
}

/// The `w:sectPr` of the whole document: paper, margins, page numbers, grid.
fn section(profile: &Profile) -> String {
    let page = &profile.page;
    let mut section = String::from("<w:sectPr>");
    for (kind, id) in [("default", ODD_FOOTER), ("even", EVEN_FOOTER)] {
        let _ = write!(section, "<w:footerReference w:type=\"{kind}\" r:id=\"{id}\"/>");
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
        footer::distance(profile).to_twips(),
        profile.grid.line_pitch.to_twips()
    );
    section
}
