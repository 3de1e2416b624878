//! `word/document.xml`: which paragraphs, tables and sections there are, in their order.
//!
//! What a paragraph looks like in XML is left to `paragraph`, what a table does to `table` and `schema_order`. It keeps one
//! rule: every paragraph of the document comes out once, and what the format wants besides is empty.

use std::fmt::Write;
use std::ops::Range;

use docx_rs::BuildXML;

use super::DocxError;
use super::head;
use super::looks::Property;
use super::paragraph::{self, Paragraphs};
use super::review::Review;
use super::schema_order;
use super::section::{self, Section};
use super::styles::style_name;
use super::table::{self, FilledTable};
use super::xml::{DECLARATION, NAMESPACES};
use crate::profile::{ParagraphStyle, Profile};
use crate::style::{ImprintPage, Place, StyledDocument, StyledParagraph};
use crate::units::{Chars, Length, Lines};

/// The part.
pub(super) fn part(document: &StyledDocument, review: &Review, reviewer: &str) -> Result<Vec<u8>, DocxError> {
    let profile = &document.profile;
    let text: usize = document.paragraphs.iter().map(|one| one.text.len()).sum();
    // A paragraph has about so many bytes besides its text.
    const BESIDES: usize = 160;
    let mut body = Body {
        paragraphs: Paragraphs::new(profile, review, reviewer),
        xml: String::with_capacity(text + BESIDES * (document.paragraphs.len() + 4)),
        last: Last::Nothing,
    };
    let _ = write!(body.xml, "{DECLARATION}<w:document {NAMESPACES}><w:body>");
    let mut first_gap = head::write_head(&mut body, document)?;
    let flow: Vec<Numbered<'_>> = numbered(document)
        .filter(|(_, paragraph)| paragraph.place == Place::Flow)
        .collect();
    // Word wants a paragraph in every document, after every table at its end, and between two tables.
    let mut wants_paragraph = !matches!(body.last, Last::Paragraph(_));
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
        let turns = after.first().is_some_and(|(_, next)| next.turned != turned);
        let ends_section = turns || after.is_empty() && own_page;
        let begins_page =
            above.is_none_or(|above| above.turned != paragraph.turned || paragraph.style.page_break_before);
        above = Some(beside.last().map_or(*paragraph, |(_, last)| *last));
        let end = ends_section.then(|| section_end(document, turned, std::mem::take(&mut first_section)));
        if let Some(table) = &paragraph.table {
            if wants_paragraph && !matches!(body.last, Last::Nothing) {
                body.push_spacer(Vec::new());
            }
            let paragraphs = &mut body.paragraphs;
            let filled = table::table(table, |style, align, cell| {
                paragraphs.cell(style, align, (*number, *paragraph), cell.clone())
            });
            body.push_table(filled)?;
            wants_paragraph = true;
            if let Some(end) = end {
                body.push_spacer(vec![end]);
                wants_paragraph = false;
            }
        } else {
            let mut style = paragraph.style;
            if begins_page {
                // Space before is dropped at the top of a page; word processors drop it at page ends of their own only.
                style.space_before = Lines::ZERO;
            }
            if let Some(gap) = first_gap.take() {
                style.space_before = head::lines(gap, profile);
            }
            let mut own = Vec::new();
            if !beside.is_empty() {
                style.indent_right = Chars::ZERO;
                own.push(tabs(&beside, profile));
            }
            own.extend(end);
            body.push_row((*number, *paragraph), &style, &beside, own);
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
        body.push_spacer(Vec::new());
    }
    let last = match (own_page, turned) {
        (true, _) => Section::Imprint,
        (false, true) => Section::Turned,
        (false, false) => Section::Upright { first: first_section },
    };
    body.xml.push_str(&section::properties(document, last));
    body.xml.push_str("</w:body></w:document>");
    Ok(body.xml.into_bytes())
}

/// A paragraph with its number in the document, by which the review knows it.
pub(super) type Numbered<'p> = (usize, &'p StyledParagraph);

/// The paragraphs of a document with their numbers.
pub(super) fn numbered(document: &StyledDocument) -> impl Iterator<Item = Numbered<'_>> {
    document.paragraphs.iter().enumerate()
}

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

/// The body in the making.
pub(super) struct Body<'a> {
    pub(super) paragraphs: Paragraphs<'a>,
    /// The part so far.
    xml: String,
    last: Last,
}

/// What was written last.
enum Last {
    Nothing,
    Table,
    /// A paragraph, and how it begins where that may still change.
    Paragraph(Option<Beginning>),
}

/// The beginning of a paragraph in the part, up to its text.
struct Beginning {
    place: Range<usize>,
    style: Option<&'static str>,
    properties: Vec<Property>,
}

impl Body<'_> {
    /// A paragraph of the document in `style` and those that stand on its line, with properties of its own beside those
    /// that set it apart from its role's style.
    pub(super) fn push_row(
        &mut self,
        (number, paragraph): Numbered<'_>,
        style: &ParagraphStyle,
        beside: &[Numbered<'_>],
        own: Vec<Property>,
    ) {
        if own.is_empty() {
            self.paragraphs
                .write(&mut self.xml, (number, paragraph), style, beside);
        } else {
            self.begin(paragraph, style, own);
            self.paragraphs.finish(&mut self.xml, (number, paragraph), beside);
        }
        self.last = Last::Paragraph(None);
    }

    /// A paragraph of the document at a place of its own, as [`Body::push_row`] writes it.
    pub(super) fn push_placed(
        &mut self,
        (number, paragraph): Numbered<'_>,
        style: &ParagraphStyle,
        own: Vec<Property>,
    ) {
        let beginning = self.begin(paragraph, style, own);
        self.paragraphs.finish(&mut self.xml, (number, paragraph), &[]);
        self.last = Last::Paragraph(Some(beginning));
    }

    /// An empty paragraph in the style called `style`, else in Normal, with properties of its own.
    pub(super) fn push_empty(&mut self, style: Option<&'static str>, own: Vec<Property>) {
        let beginning = self.begin_with(style, own);
        self.xml.push_str(paragraph::END);
        self.last = Last::Paragraph(Some(beginning));
    }

    /// An empty paragraph where the format wants one and the text has none: one point high.
    fn push_spacer(&mut self, mut own: Vec<Property>) {
        own.push(head::exact_line(Length::pt(1)));
        self.push_empty(None, own);
    }

    pub(super) fn push_table(&mut self, filled: FilledTable) -> Result<(), DocxError> {
        let FilledTable {
            table,
            paragraphs,
            repeats_head,
        } = filled;
        let xml = schema_order::finish_table(&table.build(), &paragraphs, repeats_head)?;
        self.xml.push_str(&xml);
        self.last = Last::Table;
        Ok(())
    }

    fn begin(
        &mut self,
        paragraph: &StyledParagraph,
        style: &ParagraphStyle,
        own: Vec<Property>,
    ) -> Beginning {
        let mut properties = self.paragraphs.own_properties(paragraph.role, style);
        properties.extend(own);
        self.begin_with(Some(style_name(paragraph.role).id), properties)
    }

    fn begin_with(&mut self, style: Option<&'static str>, mut properties: Vec<Property>) -> Beginning {
        let from = self.xml.len();
        paragraph::begin(&mut self.xml, style, &mut properties);
        Beginning {
            place: from..self.xml.len(),
            style,
            properties,
        }
    }

    /// Leaves `height` blank below the last part, when it is a paragraph at a place of its own.
    pub(super) fn space_after_last(&mut self, height: Length) -> bool {
        let Last::Paragraph(Some(beginning)) = &mut self.last else {
            return false;
        };
        let after = format!("w:afterLines=\"0\" w:after=\"{}\"", height.to_twips());
        let properties = &mut beginning.properties;
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
        let mut xml = String::new();
        paragraph::begin(&mut xml, beginning.style, properties);
        self.xml.replace_range(beginning.place.clone(), &xml);
        self.last = Last::Paragraph(None);
        true
    }
}

/// The tab stops of names that stand on one line.
fn tabs(beside: &[Numbered<'_>], profile: &Profile) -> Property {
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
    Property { name: "w:tabs", xml }
}
