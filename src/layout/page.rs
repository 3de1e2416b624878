//! Lines into pages.
//!
//! Sets each paragraph and puts its lines on pages one below the other. Where a line ends is for `breaking` to say, where
//! a page does for `page_end`. The one rule kept here: every line stands on a page, once and in its order.

use super::PagedDocument;
use super::breaking::{self, Line, Measure, Scratch};
use super::first_page;
use super::number;
use super::outline::LeadLevels;
use super::page_end::{PageBreak, break_before, needs_text, page_starts, tears_sentence};
use super::place::{Slot, place};
use super::shape::{Shaped, Shaper, Substitutions, fine_per_emu};
use super::table::{self, Frame, Row, TableElements};
use super::title;
use super::zones::{Imprint, at_height, first_top, lines_of, place_imprint};
use super::{Element, LayoutError, OutlineEntry, PlacedLine, PlacedPage};
use crate::font::FontBook;
use crate::model::Role;
use crate::profile::{Align, Page, ParagraphStyle, Profile};
use crate::style::{Place, StyledDocument, StyledParagraph, StyledTable};
use crate::units::Length;

/// The baseline's distance from the top of the em box in hundredths of the em: the same for every face, since their own
/// metrics disagree.
const ASCENT: i64 = 88;

/// Lays out a document.
///
/// # Errors
/// When no face of `fonts` has a character of the text.
pub fn layout(document: &StyledDocument, fonts: &FontBook) -> Result<PagedDocument, LayoutError> {
    let profile = &*document.profile;
    let mut setter = Setter::new(profile, fonts);
    let mut fixed = Vec::new();
    let mut imprint = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let before = setter.lines.len();
        setter.set(index, paragraph, document)?;
        match paragraph.place {
            Place::Flow => {}
            Place::Fixed(top) => fixed.extend(at_height(top, paragraph, setter.lines.drain(before..))),
            Place::Imprint => imprint.extend(setter.lines.drain(before..).map(|line| (paragraph.role, line))),
        }
    }
    let first_top = first_top(document);
    let first_bottom = document.opening.and_then(|opening| opening.text_bottom);
    let first_room = first_page::room(first_top, first_bottom, profile);
    let is_text = |line: &FlowLine| super::is_text(document.paragraphs[line.paragraph].role);
    let text = setter.lines.iter().position(is_text);
    let starts = page_starts(&setter.lines, first_room, text, &profile.page);
    let torn_at = torn_at(&setter.lines, &starts, &document.paragraphs);
    let first_end = starts.get(1).copied().unwrap_or(setter.lines.len());
    let first_page = first_bottom
        .and_then(|bottom| first_page::fill(&mut setter.lines[..first_end], first_top, bottom, profile));
    let mut paged = PagedDocument {
        title: document.title.clone(),
        paper: profile.page,
        pages: Vec::with_capacity(starts.len()),
        elements: setter.elements,
        tables: setter.tables,
        outline: Vec::new(),
        imprint: None,
        first_page,
        torn_at,
        substitutions: setter.substitutions.found,
    };
    let leads = LeadLevels::of(document);
    let mut lines = setter.lines.into_iter().enumerate().peekable();
    // The head of the table that is being set.
    let mut head: Option<Row> = None;
    let mut text_end = profile.page.top;
    for (page, end) in starts.iter().skip(1).copied().chain([usize::MAX]).enumerate() {
        let turned = lines.peek().is_some_and(|(_, line)| line.turned);
        let mut placed = PlacedPage {
            turned,
            ..PlacedPage::default()
        };
        let mut frame = None;
        let mut top = if turned {
            profile.page.on(page + 1).turned().top
        } else if page == 0 {
            first_top
        } else {
            profile.page.top
        };
        if let (0, Some(opening)) = (page, &document.opening) {
            placed.lines.append(&mut fixed);
            for (rule, top) in [
                (&profile.head.rule, opening.rule_top),
                (&profile.head.foot_rule, opening.foot_rule_top),
            ] {
                let ink = profile.element(Role::IssuerMark).character.ink;
                let lines = top.map(|top| lines_of(rule, top, &profile.page, ink));
                placed.rules.extend(lines.into_iter().flatten());
            }
        }
        let mut is_first = true;
        while let Some((_, line)) = lines.next_if(|(index, _)| *index < end) {
            if !is_first {
                top += line.space_before;
            }
            if line.first
                && let Some((text, level)) = leads.entry(line.paragraph, &document.paragraphs[line.paragraph])
            {
                paged.outline.push(OutlineEntry {
                    text,
                    level,
                    page,
                    top,
                });
            }
            match line.content {
                Content::Line(mut line_placed) => {
                    line_placed.baseline = top + line.baseline;
                    placed.lines.push(line_placed);
                }
                Content::Row(row) => {
                    if let Some(head) = head.as_ref().filter(|head| is_first && head.repeats_before(&row)) {
                        Frame::add(&mut frame, head, top, &mut placed.rules);
                        placed.repeated.extend(head.lines_at(top));
                        top += head.height;
                    }
                    Frame::add(&mut frame, &row, top, &mut placed.rules);
                    if row.is_head {
                        placed.lines.extend(row.lines_at(top));
                        head = Some(*row);
                    } else {
                        placed.lines.extend(row.into_lines(top));
                    }
                }
            }
            top += line.pitch;
            is_first = false;
        }
        Frame::close(&mut frame, &mut placed.rules);
        if !turned {
            placed.move_by(profile.page.on(page + 1).left - profile.page.left);
        }
        if page > 0 || document.opening.is_none_or(|opening| opening.page_number) {
            placed.number = number::page_number(profile, fonts, page + 1);
        }
        paged.pages.push(placed);
        // Nothing stands below a turned table.
        text_end = if turned { profile.page.height } else { top };
    }
    if !imprint.is_empty() {
        place_imprint(Imprint { lines: imprint }, text_end, &mut paged, profile, fonts);
    }
    Ok(paged)
}

/// Finds where the lines of centred titles end, for word processors: these fill a line and tear what stands there.
///
/// A title with a character that no face of `fonts` has is left as it is.
pub fn title_lines(document: &mut StyledDocument, fonts: &FontBook) {
    let profile = document.profile.clone();
    let most = profile.typography.title_max_chars as usize;
    let mut setter = Setter::new(&profile, fonts);
    let is_long = |text: &str| text.lines().any(|line| line.chars().count() > most);
    for paragraph in &mut document.paragraphs {
        let is_titled = is_title(paragraph.role) || paragraph.role == Role::Subtitle;
        if !is_titled || paragraph.style.align != Align::Center || !is_long(&paragraph.text) {
            continue;
        }
        let slot = setter.slot(paragraph, false);
        if setter.break_lines(paragraph, &slot, &slot).is_err() {
            continue;
        }
        let starts = setter.broken.iter().skip(1).filter_map(|line| {
            let start = setter.shaped.atoms.get(line.start)?.start as usize;
            // The author's own end is in the text.
            (!paragraph.text[..start].ends_with('\n')).then_some(start)
        });
        paragraph.line_ends = starts.collect();
    }
}

const fn is_title(role: Role) -> bool {
    matches!(role, Role::Title | Role::AttachmentTitle)
}

/// The paragraph before which a word processor has to part what all stays together from the first line of the document on,
/// where the second page begins in the midst of it: none of it would stand on the first page otherwise.
fn torn_at(lines: &[FlowLine], starts: &[usize], paragraphs: &[StyledParagraph]) -> Option<usize> {
    let at = |page: usize| starts.get(page).map(|start| &lines[*start]);
    let second = at(1)?;
    // A word processor keeps or moves whole paragraphs.
    let next = second.paragraph + usize::from(!second.first);
    let ends_there = at(2).is_none_or(|third| third.paragraph >= next);
    let stays =
        |paragraph: &StyledParagraph| paragraph.place != Place::Flow || paragraph.style.keep_with_next;
    (ends_there && paragraphs[..next].iter().all(stays)).then_some(next)
}

/// A line on its way to a page, or the row of a table.
#[derive(Debug)]
pub(super) struct FlowLine {
    /// What it is.
    pub(super) content: Content,
    /// Its paragraph: an index into the document's.
    pub(super) paragraph: usize,
    /// Whether it stands on a turned page.
    pub(super) turned: bool,
    /// What a page that begins with it has above it: the head of its table.
    pub(super) repeated: Length,
    /// Whether it is the first of its paragraph.
    first: bool,
    /// Blank before it, unless it stands at the top of a page; one line back when it stands beside another.
    pub(super) space_before: Length,
    /// The height of its line box.
    pub(super) pitch: Length,
    /// Its baseline, from the top of its line box.
    pub(super) baseline: Length,
    /// Whether a page may begin with it.
    pub(super) page_break: PageBreak,
}

/// What stands on a page.
#[derive(Debug)]
pub(super) enum Content {
    /// A line of text; its height on the page is still to come.
    Line(PlacedLine),
    /// A row of a table.
    Row(Box<Row>),
}

/// Turns paragraphs into lines, with the work space it takes.
pub(super) struct Setter<'a> {
    pub(super) profile: &'a Profile,
    pub(super) shaper: Shaper<'a>,
    pub(super) shaped: Shaped,
    pub(super) broken: Vec<Line>,
    pub(super) scratch: Scratch,
    pub(super) substitutions: Substitutions,
    pub(super) elements: Vec<Element>,
    pub(super) tables: Vec<TableElements>,
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
                typography: &profile.typography,
            },
            shaped: Shaped::default(),
            broken: Vec::new(),
            scratch: Scratch::default(),
            substitutions: Substitutions::default(),
            elements: Vec::new(),
            tables: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn set(
        &mut self,
        index: usize,
        paragraph: &StyledParagraph,
        document: &StyledDocument,
    ) -> Result<(), LayoutError> {
        if let Some(table) = &paragraph.table {
            return self.set_table(index, paragraph, table, document);
        }
        let style = &paragraph.style;
        let (first, rest) = (self.slot(paragraph, true), self.slot(paragraph, false));
        self.break_lines(paragraph, &first, &rest)?;

        let previous = index
            .checked_sub(1)
            .map(|previous| &document.paragraphs[previous]);
        let element = self.elements.len();
        self.elements.push(Element {
            role: paragraph.role,
            text: paragraph.text.clone(),
        });
        let count = self.broken.len();
        let typography = self.profile.typography;
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
            let space_before = if i == 0 {
                self.space_before(paragraph, previous)
            } else {
                Length::ZERO
            };
            let page_break = if i == 0 {
                break_before(paragraph, previous)
            } else if needs_text(paragraph) {
                PageBreak::Signature
            } else if style.keep_lines {
                PageBreak::Kept
            } else if (typography.widow_control && (i == 1 || i + 1 == count))
                || (typography.keep_leads && start < lead_end)
            {
                PageBreak::Widow
            } else if tears_sentence(&paragraph.text, start, typography.sentence_min_chars as usize) {
                PageBreak::Sentence
            } else {
                PageBreak::Free
            };
            self.lines.push(FlowLine {
                content: Content::Line(PlacedLine {
                    element,
                    baseline: Length::ZERO,
                    runs: place(&self.shaped, line, if i == 0 { &first } else { &rest }),
                }),
                paragraph: index,
                turned: paragraph.turned,
                repeated: Length::ZERO,
                first: i == 0,
                space_before,
                pitch: style.line_pitch,
                baseline: baseline_in(style),
                page_break,
            });
        }
        Ok(())
    }

    /// Finds the lines of a paragraph, whose first has its place in `first` and the others in `rest`.
    fn break_lines(
        &mut self,
        paragraph: &StyledParagraph,
        first: &Slot,
        rest: &Slot,
    ) -> Result<(), LayoutError> {
        self.shaper
            .shape(paragraph, &mut self.shaped, &mut self.substitutions)?;
        self.broken.clear();
        if paragraph.style.align == Align::Center {
            let most = is_title(paragraph.role).then_some(self.profile.typography.title_max_chars);
            title::break_title(&self.shaped, rest.room, most, &mut self.scratch, &mut self.broken);
        } else {
            let measure = Measure {
                first: first.room,
                rest: rest.room,
                justify: paragraph.style.align == Align::Justify,
            };
            breaking::break_lines(&self.shaped, measure, &mut self.scratch, &mut self.broken);
        }
        Ok(())
    }

    fn set_table(
        &mut self,
        index: usize,
        paragraph: &StyledParagraph,
        table: &StyledTable,
        document: &StyledDocument,
    ) -> Result<(), LayoutError> {
        let previous = index
            .checked_sub(1)
            .map(|previous| &document.paragraphs[previous]);
        let page = self.page(paragraph);
        let mut repeated = Length::ZERO;
        for (i, row) in table::set(self, paragraph, table, &page)?.into_iter().enumerate() {
            self.lines.push(FlowLine {
                paragraph: index,
                turned: paragraph.turned,
                repeated,
                first: i == 0,
                space_before: if i == 0 {
                    self.space_before(paragraph, previous)
                } else {
                    Length::ZERO
                },
                pitch: row.height,
                baseline: Length::ZERO,
                page_break: match i {
                    0 => break_before(paragraph, previous),
                    // A head stays with the first row below it.
                    1 if repeated > Length::ZERO => PageBreak::Kept,
                    _ => PageBreak::Free,
                },
                content: Content::Row(Box::new(row)),
            });
            if let Some(FlowLine {
                content: Content::Row(row),
                ..
            }) = self.lines.last()
                && row.is_head
            {
                repeated = row.height;
            }
        }
        Ok(())
    }

    /// The paper a paragraph stands on.
    fn page(&self, paragraph: &StyledParagraph) -> Page {
        if paragraph.turned {
            self.profile.page.turned()
        } else {
            self.profile.page
        }
    }

    /// The blank before a paragraph that does not begin a page.
    fn space_before(&self, paragraph: &StyledParagraph, previous: Option<&StyledParagraph>) -> Length {
        let pitch = self.profile.grid.line_pitch;
        previous.map_or(Length::ZERO, |previous| {
            if paragraph.beside {
                return Length::ZERO - previous.style.line_pitch;
            }
            previous.style.space_after.times(pitch) + paragraph.style.space_before.times(pitch)
        })
    }

    /// Where the first line of a paragraph lies, or one of the others.
    fn slot(&self, paragraph: &StyledParagraph, first_line: bool) -> Slot {
        let style = &paragraph.style;
        let page = self.page(paragraph);
        let text_width = self.profile.page.text_width().to_emu();
        let fine_per_emu = fine_per_emu(&self.profile.grid);
        // Hundredths of a grid character; a grid character is `text_width` · 1000 fine units.
        let chars = |count: i32| i64::from(count) * text_width * 10;
        let first = if first_line { style.first_line_indent.0 } else { 0 };
        let indent = chars(style.indent_left.0 + first);
        Slot {
            left_edge: page.left,
            fine_per_emu,
            indent,
            room: page.text_width().to_emu() * fine_per_emu - indent - chars(style.indent_right.0),
            align: style.align,
        }
    }
}

/// The baseline of a line of `style`, from the top of its line box.
pub(super) fn baseline_in(style: &ParagraphStyle) -> Length {
    (style.line_pitch - style.character.size) / 2 + style.character.size.scale(ASCENT, 100)
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests;
