//! `word/document.xml`: docx-rs writes paragraphs and runs, [`schema_order`] completes them.
//!
//! A paragraph carries its style and, directly, only what sets it apart from that style. The text goes through
//! unchanged: line feeds become line breaks, tabs tabs, and every blank is kept.

use std::fmt::Write;

use docx_rs::{BreakType, BuildXML, Document, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts, Table};

use super::DocxError;
use super::looks::{ParagraphLook, Property, RunDifference, RunLook, color};
use super::review::{Marks, Review};
use super::schema_order::{self, Additions};
use super::section::{self, Section};
use super::styles::{TABLE_HEAD, lead_difference, lead_style_id, style_name};
use super::{head, table, xml};
use crate::model::Role;
use crate::profile::Profile;
use crate::style::{ImprintPage, Place, StyledDocument, StyledParagraph, StyledRun};
use crate::units::{Chars, Length, Lines};

/// The part.
pub(super) fn part(document: &StyledDocument, review: &Review, reviewer: &str) -> Result<Vec<u8>, DocxError> {
    let profile = &document.profile;
    let mut body = Body {
        profile,
        properties: Vec::with_capacity(document.paragraphs.len().min(TOGETHER) + 1),
        items: Vec::with_capacity(document.paragraphs.len().min(TOGETHER) + 1),
        rows: 0,
        header_rows: Vec::new(),
        written: Vec::new(),
        review,
        reviewer,
        changes: review.comment_count(),
    };
    let mut first_gap = head::write_head(&mut body, document);
    let flow: Vec<Numbered<'_>> = numbered(document)
        .filter(|(_, paragraph)| paragraph.place == Place::Flow)
        .collect();
    // Word wants a paragraph in every document, after every table at its end, and between two tables.
    let mut wants_paragraph = matches!(body.items.last(), None | Some(Item::Table(_)));
    let own_page = document
        .imprint_page
        .is_some_and(|page| page != ImprintPage::WithText);
    let mut turned = flow.first().is_some_and(|(_, first)| first.turned);
    let mut first_section = true;
    let mut above: Option<&StyledParagraph> = None;
    let mut rest = flow.as_slice();
    while let Some(((number, paragraph), after)) = rest.split_first() {
        let beside: Vec<Numbered<'_>> = after
            .iter()
            .copied()
            .take_while(|(_, paragraph)| paragraph.beside)
            .collect();
        let after = &after[beside.len()..];
        rest = after;
        if body.properties.len() + body.rows >= TOGETHER {
            body.finish_piece(OPEN_SECTION)?;
        }
        let turns = after.first().is_some_and(|(_, next)| next.turned != turned);
        let ends_section = turns || after.is_empty() && own_page;
        let begins_page =
            above.is_none_or(|above| above.turned != paragraph.turned || paragraph.style.page_break_before);
        above = Some(beside.last().map_or(*paragraph, |(_, last)| *last));
        let end = ends_section.then(|| section_end(document, turned, std::mem::take(&mut first_section)));
        if let Some(table) = &paragraph.table {
            if wants_paragraph && !(body.items.is_empty() && body.written.is_empty()) {
                body.spacer(Vec::new());
            }
            body.header_rows.push(body.rows);
            let built = table::table(&paragraph.text, table, cell_paragraph);
            body.push_table(built, table.rows().len());
            wants_paragraph = true;
            if let Some(end) = end {
                body.spacer(vec![end]);
                wants_paragraph = false;
            }
        } else {
            let mut placed = (*paragraph).clone();
            if begins_page {
                // Space before is dropped at the top of a page; word processors drop it at page ends of their own only.
                placed.style.space_before = Lines::ZERO;
            }
            if let Some(gap) = first_gap.take() {
                placed.style.space_before = head::lines(gap, profile);
            }
            let mut own = Vec::new();
            if !beside.is_empty() {
                own.push(tabs(&mut placed, &beside, profile));
            }
            own.extend(end);
            let built = body.row((*number, &placed), &beside, own);
            body.push_paragraph(built);
            wants_paragraph = false;
        }
        turned ^= turns;
    }
    if document.has_imprint() {
        head::write_imprint(&mut body, document);
        // A frame belongs to the paragraph after it.
        wants_paragraph = true;
    }
    if wants_paragraph {
        body.spacer(Vec::new());
    }
    let last = match (own_page, turned) {
        (true, _) => Section::Imprint,
        (false, true) => Section::Turned,
        (false, false) => Section::Upright { first: first_section },
    };
    body.finish_piece(&section::properties(document, last))?;
    Ok(body.written)
}

/// A paragraph with its number in the document, by which the review knows it.
pub(super) type Numbered<'p> = (usize, &'p StyledParagraph);

/// The paragraphs of a document with their numbers.
pub(super) fn numbered(document: &StyledDocument) -> impl Iterator<Item = Numbered<'_>> {
    document.paragraphs.iter().enumerate()
}

/// Paragraphs and rows that are built together: docx-rs' objects take many times the memory of what they become.
const TOGETHER: usize = 1024;
/// The section at the end of a piece that is not the last; it gives way to the next piece.
const OPEN_SECTION: &str = "<w:sectPr/>";

/// What ends a section: pages before it stand upright, or are turned, as `turned` says.
fn section_end(document: &StyledDocument, turned: bool, first: bool) -> Property {
    let section = if turned {
        Section::Turned
    } else {
        Section::Upright { first }
    };
    Property {
        name: "w:sectPr",
        xml: section::properties(document, section),
    }
}

/// A part of the body.
enum Item {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// The body in the making: what was built since the last piece, and the pieces before, written.
pub(super) struct Body<'a> {
    profile: &'a Profile,
    /// The own properties of the paragraphs since the last piece, by their numbers there.
    properties: Vec<Vec<Property>>,
    items: Vec<Item>,
    /// How many table rows there are since the last piece.
    rows: usize,
    /// The rows that are repeated on every page.
    header_rows: Vec<usize>,
    /// The part so far.
    written: Vec<u8>,
    /// What a reviewer is shown.
    review: &'a Review,
    /// The attributes of tracked changes besides their number.
    reviewer: &'a str,
    /// The number of the next tracked change.
    changes: usize,
}

impl Body<'_> {
    /// Writes what was built, with `section` at its end, after the pieces before it.
    fn finish_piece(&mut self, section: &str) -> Result<(), DocxError> {
        const BEGIN: &[u8] = b"<w:body>";
        const END: &[u8] = b"</w:body></w:document>";
        // Not `docx_rs::Docx`: it builds fourteen more parts that are not used, in the time of this one.
        let built = self
            .items
            .drain(..)
            .fold(Document::new(), |built, item| match item {
                Item::Paragraph(paragraph) => built.add_paragraph(*paragraph),
                Item::Table(table) => built.add_table(*table),
            });
        let additions = Additions {
            paragraphs: &self.properties,
            header_rows: &self.header_rows,
            section,
            reviewer: self.reviewer,
        };
        let piece = schema_order::finish(&built.build(), &additions, &mut self.changes)?;
        if self.written.is_empty() {
            self.written = piece;
        } else {
            self.written
                .truncate(self.written.len() - OPEN_SECTION.len() - END.len());
            let begin = memchr::memmem::find(&piece, BEGIN).map_or(0, |at| at + BEGIN.len());
            self.written.extend_from_slice(&piece[begin..]);
        }
        self.properties.clear();
        self.rows = 0;
        self.header_rows.clear();
        Ok(())
    }

    pub(super) fn push_paragraph(&mut self, paragraph: Paragraph) {
        self.items.push(Item::Paragraph(Box::new(paragraph)));
    }

    pub(super) fn push_table(&mut self, table: Table, rows: usize) {
        self.rows += rows;
        self.items.push(Item::Table(Box::new(table)));
    }

    /// A paragraph of the document, with properties of its own beside those that set it apart from its style.
    pub(super) fn paragraph(&mut self, paragraph: Numbered<'_>, own: Vec<Property>) -> Paragraph {
        self.row(paragraph, &[], own)
    }

    /// A paragraph and those that stand on its line, parted by tabs, with what a reviewer is shown in them.
    pub(super) fn row(
        &mut self,
        (number, paragraph): Numbered<'_>,
        beside: &[Numbered<'_>],
        own: Vec<Property>,
    ) -> Paragraph {
        let mut properties = own_properties(paragraph, self.profile);
        properties.extend(own);
        let built = self.empty(properties).style(style_name(paragraph.role).id);
        let mut built = self.with_runs(built, number, paragraph);
        for (number, other) in beside {
            built = self.with_runs(built.add_run(Run::new().add_tab()), *number, other);
        }
        built
    }

    fn with_runs(&self, built: Paragraph, number: usize, paragraph: &StyledParagraph) -> Paragraph {
        let marks = self.review.of_paragraph(number);
        if marks.is_empty() {
            runs(built, paragraph, self.profile)
        } else {
            marked_runs(built, paragraph, &marks, self.profile)
        }
    }

    /// Leaves `height` blank below the last part, when it is a paragraph.
    pub(super) fn space_after_last(&mut self, height: Length) -> bool {
        let (Some(Item::Paragraph(_)), Some(properties)) = (self.items.last(), self.properties.last_mut())
        else {
            return false;
        };
        let after = format!("w:afterLines=\"0\" w:after=\"{}\"", height.to_twips());
        match properties
            .iter_mut()
            .find(|property| property.name == "w:spacing")
        {
            Some(spacing) => {
                spacing.xml = spacing
                    .xml
                    .replacen("<w:spacing", &format!("<w:spacing {after}"), 1)
            }
            None => properties.push(Property {
                name: "w:spacing",
                xml: format!("<w:spacing {after}/>"),
            }),
        }
        true
    }

    /// An empty paragraph with properties of its own.
    pub(super) fn empty(&mut self, own: Vec<Property>) -> Paragraph {
        self.properties.push(own);
        Paragraph::new().id(paragraph_id(self.properties.len() - 1))
    }

    /// An empty paragraph where the format wants one and the text has none: one point high.
    fn spacer(&mut self, own: Vec<Property>) {
        let line = LineSpacing::new().line(20).line_rule(LineSpacingType::Exact);
        let built = self.empty(own).line_spacing(line);
        self.push_paragraph(built);
    }
}

/// The tab stops of names that stand on one line.
fn tabs(first: &mut StyledParagraph, beside: &[Numbered<'_>], profile: &Profile) -> Property {
    let mut xml = String::from("<w:tabs>");
    for (_, paragraph) in beside {
        let place = paragraph
            .style
            .indent_left
            .times(profile.grid.char_pitch)
            .to_twips();
        let _ = write!(xml, "<w:tab w:val=\"left\" w:pos=\"{place}\"/>");
    }
    xml.push_str("</w:tabs>");
    first.style.indent_right = Chars::ZERO;
    Property { name: "w:tabs", xml }
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

/// The number by which the pass finds the paragraph again.
fn paragraph_id(number: usize) -> String {
    format!("{number:08X}")
}

fn runs(mut built: Paragraph, paragraph: &StyledParagraph, profile: &Profile) -> Paragraph {
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
fn own_properties(paragraph: &StyledParagraph, profile: &Profile) -> Vec<Property> {
    let of_role = ParagraphLook::new(profile.element(paragraph.role), profile);
    ParagraphLook::new(&paragraph.style, profile).difference(&of_role)
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
