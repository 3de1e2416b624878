//! `word/document.xml`: docx-rs writes paragraphs and runs, [`schema_order`] completes them.
//!
//! A paragraph carries its style and, directly, only what sets it apart from that style. The text goes through
//! unchanged: line feeds become line breaks, tabs tabs, and every blank is kept.

use docx_rs::{BreakType, BuildXML, Document, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts};

use super::DocxError;
use super::looks::{ParagraphLook, Property, RunDifference, RunLook, color};
use super::review::{Marks, Review};
use super::schema_order::{self, Additions};
use super::styles::{TABLE_HEAD, lead_difference, lead_style_id, style_name};
use super::{section, table, xml};
use crate::model::Role;
use crate::profile::Profile;
use crate::style::{StyledDocument, StyledParagraph, StyledRun};
use crate::units::Lines;

/// The part.
pub(super) fn part(document: &StyledDocument, review: &Review, reviewer: &str) -> Result<Vec<u8>, DocxError> {
    let profile = &document.profile;
    // Not `docx_rs::Docx`: it builds fourteen more parts that are not used, in the time of this one.
    let mut body = Document::new();
    let mut properties = Vec::with_capacity(document.paragraphs.len() + 1);
    let mut header_rows = Vec::new();
    let mut row = 0;
    // Word wants a paragraph in every document, after every table at its end, and between two tables.
    let mut wants_paragraph = true;
    let mut turned = document.paragraphs.first().is_some_and(|first| first.turned);
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let ends_section = document
            .paragraphs
            .get(number + 1)
            .is_some_and(|next| next.turned != turned);
        let begins_page = number.checked_sub(1).is_none_or(|above| {
            document.paragraphs[above].turned != paragraph.turned || paragraph.style.page_break_before
        });
        let mut own = own_properties(paragraph, begins_page, profile);
        if let Some(table) = &paragraph.table {
            if wants_paragraph && number > 0 {
                body = body.add_paragraph(spacer(&mut properties, Vec::new()));
            }
            header_rows.push(row);
            row += table.rows().len();
            body = body.add_table(table::table(&paragraph.text, table, cell_paragraph));
            wants_paragraph = true;
            if ends_section {
                let end = vec![section_end(profile, turned)];
                body = body.add_paragraph(spacer(&mut properties, end));
                wants_paragraph = false;
            }
        } else {
            if ends_section {
                own.push(section_end(profile, turned));
            }
            let marks = review.of_paragraph(number);
            body = body.add_paragraph(paragraph_with_runs(
                &mut properties,
                own,
                paragraph,
                &marks,
                profile,
            ));
            wants_paragraph = false;
        }
        turned ^= ends_section;
    }
    if wants_paragraph {
        body = body.add_paragraph(spacer(&mut properties, Vec::new()));
    }
    schema_order::finish(
        &body.build(),
        &Additions {
            paragraphs: &properties,
            header_rows: &header_rows,
            section: &section::properties(profile, turned),
            changes: (reviewer, review.comment_count()),
        },
    )
}

/// What ends a section: pages before it stand upright, or are turned, as `turned` says.
fn section_end(profile: &Profile, turned: bool) -> Property {
    Property {
        name: "w:sectPr",
        xml: section::properties(profile, turned),
    }
}

/// The own properties of the body's paragraphs, by their numbers.
type OwnProperties = Vec<Vec<Property>>;

/// An empty paragraph where the format wants one and the text has none: one point high.
fn spacer(properties: &mut OwnProperties, own: Vec<Property>) -> Paragraph {
    let line = LineSpacing::new().line(20).line_rule(LineSpacingType::Exact);
    numbered(properties, own).line_spacing(line)
}

/// A paragraph of a cell, in the head of the table or below it.
fn cell_paragraph(text: &str, in_head: bool) -> Paragraph {
    let style = if in_head {
        TABLE_HEAD
    } else {
        style_name(Role::Table).id
    };
    let built = Paragraph::new().id(paragraph_id(NO_NUMBER)).style(style);
    if text.is_empty() {
        built
    } else {
        built.add_run(text_run(text, hinted()))
    }
}

/// The number of a paragraph without properties of its own.
const NO_NUMBER: usize = 0xFFFF_FFFF;

/// An empty paragraph with properties of its own.
fn numbered(properties: &mut OwnProperties, own: Vec<Property>) -> Paragraph {
    properties.push(own);
    Paragraph::new().id(paragraph_id(properties.len() - 1))
}

/// The number by which the pass finds the paragraph again.
fn paragraph_id(number: usize) -> String {
    format!("{number:08X}")
}

fn paragraph_with_runs(
    properties: &mut OwnProperties,
    own: Vec<Property>,
    paragraph: &StyledParagraph,
    marks: &Marks<'_>,
    profile: &Profile,
) -> Paragraph {
    let mut built = numbered(properties, own).style(style_name(paragraph.role).id);
    if !marks.is_empty() {
        return marked_runs(built, paragraph, marks, profile);
    }
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

/// The runs of a paragraph with marks of a review, cut where marks begin and end.
fn marked_runs(
    mut built: Paragraph,
    paragraph: &StyledParagraph,
    marks: &Marks<'_>,
    profile: &Profile,
) -> Paragraph {
    let mut start = 0;
    let mut last = hinted();
    for run in &paragraph.runs {
        let end = (start + run.len).min(paragraph.text.len());
        let look = looking_like(run, paragraph.role, profile);
        let mut from = start;
        for to in marks.cuts(&(start..end)).into_iter().chain([end]) {
            built = marks.at(from, built, |deleted| deleted_run(deleted, look.clone()));
            built = marks.run(
                &(from..to),
                built,
                text_run(&paragraph.text[from..to], look.clone()),
            );
            from = to;
        }
        last = look;
        start = end;
    }
    marks.at(start, built, |deleted| deleted_run(deleted, last.clone()))
}

/// A run of text that was taken out.
fn deleted_run(text: &str, run: Run) -> Run {
    let shown: String = text
        .chars()
        .map(|c| {
            if c.is_control() || !xml::is_legal(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    run.add_delete_text(shown)
}

/// What sets the paragraph apart from the style of its role.
fn own_properties(paragraph: &StyledParagraph, begins_page: bool, profile: &Profile) -> Vec<Property> {
    let mut style = paragraph.style;
    if begins_page {
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
