//! Paragraphs: `w:p` with the style of its role, what sets it apart from that style, and its text in runs.
//!
//! They are most of a document and are written as XML at once: as objects of docx-rs, which then become XML that has to be
//! put in the order of the schema, they took longer than everything else about a DOCX. Most paragraphs and runs of a
//! document look like one before, so their properties are made once. Which paragraphs there are is left to `body`.
//! The one rule: the text goes through unchanged. Line feeds become line breaks, tabs tabs, and every blank is kept.

use std::ops::Range;

use super::body::Numbered;
use super::looks::{ParagraphLook, Property, RunLook};
use super::review::{self, Marks, Review};
use super::schema_order::sort_paragraph_properties;
use super::styles::{SIGNATORY_NAME, lead_difference, lead_style_id, signatory_name_difference, style_name};
use super::xml;
use crate::model::{Role, RunInLevel};
use crate::profile::{Align, CharacterStyle, ParagraphStyle, Profile};
use crate::style::{StyledParagraph, StyledRun};

/// Looks that are remembered; texts have a dozen.
const MOST_KNOWN: usize = 32;

/// Writes paragraphs.
pub(super) struct Paragraphs<'a> {
    profile: &'a Profile,
    review: &'a Review,
    /// For each paragraph the number of its first comment, when there are comments.
    first_comments: Vec<usize>,
    /// The attributes of tracked changes besides their number.
    reviewer: &'a str,
    /// The number of the next tracked change.
    next_change: usize,
    /// What paragraphs of a role and look begin with.
    beginnings: Vec<((Role, ParagraphStyle), String)>,
    /// What runs of a look have in a paragraph of a role, by the form of the lead they are.
    run_properties: Vec<(Look, String)>,
}

/// A look of runs: in a paragraph of this role, these characters, as a lead of this form.
type Look = (Role, CharacterStyle, Option<RunInLevel>);

impl<'a> Paragraphs<'a> {
    pub(super) fn new(profile: &'a Profile, review: &'a Review, reviewer: &'a str) -> Self {
        let mut comments = 0;
        let first_comments = review.comments.iter().map(|remarks| {
            comments += remarks.len();
            comments - remarks.len()
        });
        Paragraphs {
            profile,
            review,
            first_comments: first_comments.collect(),
            reviewer,
            next_change: comments,
            beginnings: Vec::new(),
            run_properties: Vec::new(),
        }
    }

    /// Writes a paragraph in `style` and those that stand on its line, parted by tabs, with what a reviewer is shown.
    pub(super) fn write(
        &mut self,
        xml: &mut String,
        (number, paragraph): Numbered<'_>,
        style: &ParagraphStyle,
        beside: &[Numbered<'_>],
    ) {
        let like = (paragraph.role, *style);
        if let Some((_, beginning)) = self.beginnings.iter().find(|(known, _)| *known == like) {
            xml.push_str(beginning);
        } else {
            let from = xml.len();
            let mut own = self.own_properties(paragraph.role, style);
            begin(xml, Some(style_name(paragraph.role).id), &mut own);
            if self.beginnings.len() < MOST_KNOWN {
                self.beginnings.push((like, xml[from..].to_owned()));
            }
        }
        self.finish(xml, (number, paragraph), beside);
    }

    /// A paragraph as [`Paragraphs::write`] writes it.
    pub(super) fn written(&mut self, paragraph: Numbered<'_>, style: &ParagraphStyle) -> String {
        let mut xml = String::new();
        self.write(&mut xml, paragraph, style, &[]);
        xml
    }

    /// What sets a paragraph of `style` apart from the style of its role.
    pub(super) fn own_properties(&self, role: Role, style: &ParagraphStyle) -> Vec<Property> {
        let of_role = ParagraphLook::new(self.profile.element(role), self.profile);
        ParagraphLook::new(style, self.profile).difference(&of_role)
    }

    /// Writes the runs of a paragraph that was begun and of those that stand on its line, and ends it.
    pub(super) fn finish(&mut self, xml: &mut String, paragraph: Numbered<'_>, beside: &[Numbered<'_>]) {
        self.runs(xml, paragraph);
        for other in beside {
            xml.push_str("<w:r><w:tab/></w:r>");
            self.runs(xml, *other);
        }
        xml.push_str(END);
    }

    /// A paragraph of the style called `style` with a cell of a table, which has no look besides but its alignment.
    pub(super) fn cell(
        &mut self,
        style: &str,
        align: Option<Align>,
        (number, paragraph): Numbered<'_>,
        cell: Range<usize>,
    ) -> String {
        let marks = self.marks(number);
        let mut xml = String::new();
        let mut own: Vec<Property> = align.into_iter().map(Property::align).collect();
        begin(&mut xml, Some(style), &mut own);
        if marks.is_empty() || cell.is_empty() {
            if !cell.is_empty() {
                push_run(&mut xml, HINTED, &paragraph.text[cell]);
            }
            return xml + END;
        }
        let mut changes = self.changes();
        push_marked_run(
            &mut xml,
            &paragraph.text,
            cell.clone(),
            HINTED,
            &marks,
            &mut changes,
        );
        marks.push_at(cell.end, &mut xml, HINTED, &mut changes);
        self.next_change = changes.next;
        xml + END
    }

    /// The marks of the paragraph with this number.
    fn marks(&self, number: usize) -> Marks<'a> {
        let first_comment = self.first_comments.get(number).copied().unwrap_or(0);
        self.review.of_paragraph(number, first_comment)
    }

    fn changes(&self) -> review::Changes<'a> {
        review::Changes {
            next: self.next_change,
            reviewer: self.reviewer,
        }
    }

    fn runs(&mut self, xml: &mut String, (number, paragraph): Numbered<'_>) {
        let marks = self.marks(number);
        if !marks.is_empty() {
            return self.marked_runs(xml, paragraph, &marks);
        }
        let mut start = 0;
        for run in &paragraph.runs {
            let end = (start + run.len).min(paragraph.text.len());
            let properties = self.properties_of(run, paragraph.role);
            for line_end in &paragraph.line_ends {
                if (start + 1..=end).contains(line_end) {
                    push_run(xml, properties, &paragraph.text[start..*line_end]);
                    xml.push_str("<w:r><w:br/></w:r>");
                    start = *line_end;
                }
            }
            push_run(xml, properties, &paragraph.text[start..end]);
            start = end;
        }
        if start < paragraph.text.len() {
            // Runs have no gaps; should a caller leave one at the end, its text still comes out.
            push_run(xml, HINTED, &paragraph.text[start..]);
        }
    }

    /// The runs of a paragraph with marks of a review, cut where marks begin and end.
    fn marked_runs(&mut self, xml: &mut String, paragraph: &StyledParagraph, marks: &Marks<'_>) {
        let mut changes = self.changes();
        let mut start = 0;
        let mut last = HINTED.to_owned();
        for run in &paragraph.runs {
            let end = (start + run.len).min(paragraph.text.len());
            let properties = self.properties_of(run, paragraph.role);
            push_marked_run(xml, &paragraph.text, start..end, properties, marks, &mut changes);
            last.clear();
            last.push_str(properties);
            start = end;
        }
        marks.push_at(start, xml, &last, &mut changes);
        self.next_change = changes.next;
    }

    /// The `w:rPr` of a run in a paragraph of `role`.
    fn properties_of(&mut self, run: &StyledRun, role: Role) -> &str {
        let like = (role, run.character, run.lead);
        let known = self.run_properties.iter().position(|(known, _)| *known == like);
        let place = known.unwrap_or_else(|| {
            self.run_properties.truncate(MOST_KNOWN);
            self.run_properties
                .push((like, run_properties(run, role, self.profile)));
            self.run_properties.len() - 1
        });
        &self.run_properties[place].1
    }
}

/// What runs without a look of their own have: full-width quotation marks, dashes and ellipses take the Chinese typeface.
const HINTED: &str = "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>";

/// The `w:rPr` that makes a run look as it should in a paragraph of `role`.
fn run_properties(run: &StyledRun, role: Role, profile: &Profile) -> String {
    let wanted = RunLook::new(run.character, profile);
    let of_role = RunLook::new(profile.element(role).character, profile);
    let mut xml = String::from("<w:rPr>");
    let style = match run.lead {
        Some(level) => Some((lead_style_id(level), lead_difference(level, profile))),
        None if role == Role::Signatory && run.character == profile.signatory_name() => {
            Some((SIGNATORY_NAME, signatory_name_difference(profile)))
        }
        None => None,
    };
    let by_styles = match style {
        Some((id, difference)) => {
            xml.push_str("<w:rStyle w:val=\"");
            xml.push_str(id);
            xml.push_str("\"/>");
            of_role.under_character_style(&difference)
        }
        None => of_role,
    };
    wanted.difference(&by_styles).push_hinted_properties(&mut xml);
    xml.push_str("</w:rPr>");
    xml
}

/// A paragraph without anything.
pub(super) const EMPTY: &str = "<w:p/>";
/// The end of every other paragraph.
pub(super) const END: &str = "</w:p>";

/// Begins a paragraph of the style called `style` with properties of its own, which are put in the order of the schema.
pub(super) fn begin(xml: &mut String, style: Option<&str>, own: &mut [Property]) {
    xml.push_str("<w:p>");
    if style.is_none() && own.is_empty() {
        return;
    }
    xml.push_str("<w:pPr>");
    if let Some(style) = style {
        xml.push_str("<w:pStyle w:val=\"");
        xml.push_str(style);
        xml.push_str("\"/>");
    }
    sort_paragraph_properties(own);
    for property in own {
        xml.push_str(&property.xml);
    }
    xml.push_str("</w:pPr>");
}

/// Writes a run of text, with line breaks and tabs as elements.
fn push_run(xml: &mut String, properties: &str, text: &str) {
    xml.push_str("<w:r>");
    xml.push_str(properties);
    if xml::is_plain(text) {
        xml.push_str("<w:t>");
        xml.push_str(text);
        xml.push_str("</w:t></w:r>");
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r', '\t']) {
        push_text(xml, &rest[..at]);
        let separator = &rest[at..];
        let len = if separator.starts_with("\r\n") { 2 } else { 1 };
        xml.push_str(if separator.starts_with('\t') {
            "<w:tab/>"
        } else {
            "<w:br/>"
        });
        rest = &separator[len..];
    }
    push_text(xml, rest);
    xml.push_str("</w:r>");
}

/// Writes the run `run` of `text`, cut where marks begin and end, with what stands before each of its pieces.
fn push_marked_run(
    xml: &mut String,
    text: &str,
    run: Range<usize>,
    properties: &str,
    marks: &Marks<'_>,
    changes: &mut review::Changes<'_>,
) {
    let mut from = run.start;
    for to in marks.cuts(&run).into_iter().chain([run.end]) {
        marks.push_at(from, xml, properties, changes);
        let piece = &text[from..to];
        if marks.are_insertion(&(from..to)) {
            changes.push_insertion(xml, |xml| push_run(xml, properties, piece));
        } else {
            push_run(xml, properties, piece);
        }
        from = to;
    }
}

fn push_text(xml: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.push_str(if has_endangered_blanks(text) {
        "<w:t xml:space=\"preserve\">"
    } else {
        "<w:t>"
    });
    xml::push_escaped(xml, text);
    xml.push_str("</w:t>");
}

/// Whether `text` has blanks that readers of XML may leave out unless told otherwise: at its ends, or several together.
fn has_endangered_blanks(text: &str) -> bool {
    text.starts_with(' ') || text.ends_with(' ') || text.contains("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> String {
        let mut xml = String::new();
        push_run(&mut xml, "", text);
        xml
    }

    #[test]
    fn blanks_are_kept_where_there_are_any() {
        for kept in [" 甲", "甲 ", " ", "甲  乙"] {
            assert_eq!(
                run(kept),
                format!("<w:r><w:t xml:space=\"preserve\">{kept}</w:t></w:r>")
            );
        }
        for plain in ["甲 乙", "\u{3000}甲", "甲，乙"] {
            assert_eq!(run(plain), format!("<w:r><w:t>{plain}</w:t></w:r>"));
        }
    }

    #[test]
    fn breaks_and_tabs_are_elements_and_marks_are_escaped() {
        assert_eq!(
            run("甲\n乙\r\n丙\t丁\r<&>\0\u{ffff}"),
            "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:tab/><w:t>丁</w:t><w:br/>\
             <w:t>&lt;&amp;&gt;\u{fffd}\u{fffd}</w:t></w:r>"
        );
    }

    #[test]
    fn own_properties_stand_in_the_order_of_the_schema() {
        let property = |name: &'static str| Property {
            name,
            xml: format!("<{name}/>"),
        };
        let mut xml = String::new();
        begin(
            &mut xml,
            Some("a"),
            &mut [
                property("w:jc"),
                property("w:sectPr"),
                property("w:keepNext"),
                property("w:framePr"),
            ],
        );
        assert_eq!(
            xml,
            "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:keepNext/><w:framePr/><w:jc/><w:sectPr/></w:pPr>"
        );
    }
}
