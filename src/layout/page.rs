//! Lines into pages.
//!
//! Fills each page as far as it goes and ends it at the best place: never between a heading and its text, nor before a
//! signature, unless nothing else is possible. Lines are taken as they are. The one rule kept here: every page but an
//! empty document's holds at least one line, so that pages always come to an end.

use super::PagedDocument;
use super::breaking::{self, Line, Measure, Scratch};
use super::number;
use super::place::{Slot, place};
use super::shape::{Shaped, Shaper, Substitutions, fine_per_emu};
use super::{Element, LayoutError, OutlineEntry, PlacedLine, PlacedPage};
use crate::font::FontBook;
use crate::model::Role;
use crate::profile::{Align, ParagraphStyle, Profile};
use crate::style::{StyledDocument, StyledParagraph};
use crate::units::Length;

/// The baseline's distance from the top of the em box in hundredths of the em: the same for every face, since their own
/// metrics disagree.
const ASCENT: i64 = 88;
/// How far rounding may carry a line box over the bottom margin.
const TOLERANCE: Length = Length::emu(1);

/// Lays out a document.
///
/// # Errors
/// When no face of `fonts` has a character of the text.
pub fn layout(document: &StyledDocument, fonts: &FontBook) -> Result<PagedDocument, LayoutError> {
    let profile = &*document.profile;
    let mut setter = Setter::new(profile, fonts);
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        setter.set(index, paragraph, document)?;
    }
    let starts = page_starts(&setter.lines, profile.page.text_height());
    let mut paged = PagedDocument {
        title: document.title.clone(),
        paper: profile.page,
        pages: Vec::with_capacity(starts.len()),
        elements: document
            .paragraphs
            .iter()
            .map(|paragraph| Element {
                role: paragraph.role,
                text: paragraph.text.clone(),
            })
            .collect(),
        outline: Vec::new(),
        substitutions: setter.substitutions.found,
    };
    let leads = LeadLevels::of(document);
    let mut lines = setter.lines.into_iter().enumerate().peekable();
    for (page, end) in starts.iter().skip(1).copied().chain([usize::MAX]).enumerate() {
        let mut placed = PlacedPage::default();
        let mut top = profile.page.top;
        while let Some((_, line)) = lines.next_if(|(index, _)| *index < end) {
            if !placed.lines.is_empty() {
                top += line.space_before;
            }
            if line.first
                && let Some((text, level)) = leads.entry(&document.paragraphs[line.placed.element])
            {
                paged.outline.push(OutlineEntry {
                    text,
                    level,
                    page,
                    top,
                });
            }
            let mut line_placed = line.placed;
            line_placed.baseline = top + line.baseline;
            placed.lines.push(line_placed);
            top += line.pitch;
        }
        placed.number = number::page_number(profile, fonts, page + 1);
        paged.pages.push(placed);
    }
    Ok(paged)
}

/// A line on its way to a page.
#[derive(Debug)]
struct FlowLine {
    /// Its glyphs; the baseline is still to come.
    placed: PlacedLine,
    /// Whether it is the first of its paragraph.
    first: bool,
    /// Blank before it, unless it stands at the top of a page.
    space_before: Length,
    /// The height of its line box.
    pitch: Length,
    /// Its baseline, from the top of its line box.
    baseline: Length,
    /// Whether a page may begin with it.
    page_break: PageBreak,
}

/// Whether a page may begin with a line, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PageBreak {
    /// It must.
    Forced,
    /// It may.
    Free,
    /// The page would begin with the last line of a paragraph, end with the first one, or end inside a lead.
    Widow,
    /// The line belongs to a heading before it, or to the other lines of its paragraph.
    Kept,
    /// It is a signature or date, which never stands alone on a page (GB/T 9704 §7.3.5.5).
    Signature,
}

/// Turns paragraphs into lines, with the work space it takes.
struct Setter<'a> {
    profile: &'a Profile,
    shaper: Shaper<'a>,
    shaped: Shaped,
    broken: Vec<Line>,
    scratch: Scratch,
    substitutions: Substitutions,
    lines: Vec<FlowLine>,
}

impl<'a> Setter<'a> {
    fn new(profile: &'a Profile, fonts: &'a FontBook) -> Self {
        Setter {
            profile,
            shaper: Shaper {
                fonts,
                grid: &profile.grid,
                text_width: profile.page.text_width(),
            },
            shaped: Shaped::default(),
            broken: Vec::new(),
            scratch: Scratch::default(),
            substitutions: Substitutions::default(),
            lines: Vec::new(),
        }
    }

    fn set(
        &mut self,
        index: usize,
        paragraph: &StyledParagraph,
        document: &StyledDocument,
    ) -> Result<(), LayoutError> {
        let style = &paragraph.style;
        self.shaper
            .shape(paragraph, &mut self.shaped, &mut self.substitutions)?;
        self.broken.clear();
        let (first, rest) = (self.slot(style, true), self.slot(style, false));
        let measure = Measure {
            first: first.room,
            rest: rest.room,
            justify: style.align == Align::Justify,
        };
        breaking::break_lines(&self.shaped, measure, &mut self.scratch, &mut self.broken);

        let previous = index
            .checked_sub(1)
            .map(|previous| &document.paragraphs[previous]);
        let pitch = self.profile.grid.line_pitch;
        let count = self.broken.len();
        // Lines that begin inside the lead.
        let lead_end = paragraph
            .runs
            .first()
            .filter(|run| run.lead.is_some())
            .map_or(0, |run| run.len);
        for (i, line) in self.broken.iter().enumerate() {
            let start = self
                .shaped
                .atoms
                .get(line.start)
                .map_or(0, |atom| atom.start as usize);
            let space_before = match (i, previous) {
                (0, Some(previous)) => {
                    previous.style.space_after.times(pitch) + style.space_before.times(pitch)
                }
                _ => Length::ZERO,
            };
            let page_break = if i == 0 {
                break_before(paragraph, previous)
            } else if style.keep_lines {
                PageBreak::Kept
            } else if self.profile.typography.widow_control && (i == 1 || i + 1 == count || start < lead_end)
            {
                PageBreak::Widow
            } else {
                PageBreak::Free
            };
            self.lines.push(FlowLine {
                placed: PlacedLine {
                    element: index,
                    baseline: Length::ZERO,
                    runs: place(&self.shaped, line, if i == 0 { &first } else { &rest }),
                },
                first: i == 0,
                space_before,
                pitch: style.line_pitch,
                baseline: (style.line_pitch - style.character.size) / 2
                    + style.character.size.scale(ASCENT, 100),
                page_break,
            });
        }
        Ok(())
    }

    /// Where the first line of a paragraph lies, or one of the others.
    fn slot(&self, style: &ParagraphStyle, first_line: bool) -> Slot {
        let text_width = self.profile.page.text_width().to_emu();
        let fine_per_emu = fine_per_emu(&self.profile.grid);
        // Hundredths of a grid character; a grid character is `text_width` · 1000 fine units.
        let chars = |count: i32| i64::from(count) * text_width * 10;
        let first = if first_line { style.first_line_indent.0 } else { 0 };
        let indent = chars(style.indent_left.0 + first);
        Slot {
            left_edge: self.profile.page.left,
            fine_per_emu,
            indent,
            room: text_width * fine_per_emu - indent - chars(style.indent_right.0),
            align: style.align,
        }
    }
}

fn break_before(paragraph: &StyledParagraph, previous: Option<&StyledParagraph>) -> PageBreak {
    let Some(previous) = previous else {
        return PageBreak::Free;
    };
    if paragraph.style.page_break_before {
        PageBreak::Forced
    } else if matches!(paragraph.role, Role::Signature | Role::Date) {
        PageBreak::Signature
    } else if previous.style.keep_with_next {
        PageBreak::Kept
    } else {
        PageBreak::Free
    }
}

/// The first line of each page.
fn page_starts(lines: &[FlowLine], height: Length) -> Vec<usize> {
    let mut starts = vec![0];
    let mut start = 0;
    let mut used = Length::ZERO;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if at == start {
            used = line.pitch;
            at += 1;
            continue;
        }
        let needed = used + line.space_before + line.pitch;
        if line.page_break == PageBreak::Forced {
            start = at;
        } else if needed > height + TOLERANCE {
            // The best place on this page; of equally good ones the last.
            start = (start + 1..=at)
                .rev()
                .min_by_key(|line| lines[*line].page_break)
                .unwrap_or(at);
        } else {
            used = needed;
            at += 1;
            continue;
        }
        starts.push(start);
        at = start;
    }
    starts
}

/// Which paragraphs go into the outline: headings of their own line, and leads of numbered run-ins where no heading of
/// their level stands alone in the document.
struct LeadLevels {
    alone: [bool; 5],
}

impl LeadLevels {
    fn of(document: &StyledDocument) -> Self {
        let mut alone = [false; 5];
        for paragraph in &document.paragraphs {
            if let Some(level) = paragraph.role.heading_level() {
                alone[usize::from(level)] = true;
            }
        }
        LeadLevels { alone }
    }

    fn entry(&self, paragraph: &StyledParagraph) -> Option<(String, u8)> {
        let (text, level) = match (paragraph.style.outline_level, paragraph.runs.first()) {
            (Some(level), _) => (paragraph.text.as_str(), level),
            (None, Some(run)) => {
                let level = run.lead.filter(|level| (1..=4).contains(level))?;
                if self.alone[usize::from(level)] {
                    return None;
                }
                let lead = paragraph.text.get(..run.len)?;
                (lead.trim_end_matches(['。', '：', '；', '，']), level)
            }
            (None, None) => return None,
        };
        Some((text.replace('\n', ""), level))
    }
}
