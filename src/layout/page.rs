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
use super::title;
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
    /// It is a signature, a date or the note of attachments before them: these never stand on a page without text
    /// (GB/T 9704 §7.3.5.5).
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
        if style.align == Align::Center {
            let most = matches!(paragraph.role, Role::Title | Role::AttachmentTitle)
                .then_some(self.profile.typography.title_max_chars);
            title::break_title(&self.shaped, rest.room, most, &mut self.scratch, &mut self.broken);
        } else {
            let measure = Measure {
                first: first.room,
                rest: rest.room,
                justify: style.align == Align::Justify,
            };
            breaking::break_lines(&self.shaped, measure, &mut self.scratch, &mut self.broken);
        }

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
    } else if matches!(
        paragraph.role,
        Role::Signature | Role::Date | Role::AttachmentNote
    ) {
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

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::{characters, paged, pages};
    use super::*;

    /// A body paragraph of `count` full lines.
    fn body(count: usize) -> String {
        characters(28 * count - 2)
    }

    fn counts(document: &PagedDocument) -> Vec<usize> {
        document.pages.iter().map(|page| page.lines.len()).collect()
    }

    #[test]
    fn a_full_page_is_22_lines_of_28_characters_on_the_grid() {
        for name in ["speech", "gb9704"] {
            let document = paged(name, &[(Role::Body, &body(30))]);
            assert_eq!(counts(&document), [22, 8], "{name}");
            let line = &document.pages[0].lines[3];
            let xs: Vec<Length> = line
                .runs
                .iter()
                .flat_map(|run| &run.glyphs)
                .map(|glyph| glyph.x)
                .collect();
            assert_eq!(xs.len(), 28);
            for (k, x) in xs.iter().enumerate() {
                // Column k stands at 28 mm + k · 156 mm / 28, rounded to the nearest EMU.
                let column = 28.0 * 36_000.0 + k as f64 * 156.0 * 36_000.0 / 28.0;
                assert!(
                    (x.to_emu() as f64 - column).abs() <= 0.5,
                    "{name}: column {k} at {x:?}"
                );
            }
        }
    }

    #[test]
    fn baselines_follow_from_margin_pitch_and_em_box() {
        // Top 37 mm = 104.882 pt; (28.95 − 16) / 2 = 6.475 pt above the em box; 0.88 em = 14.08 pt.
        let document = paged("speech", &[(Role::Body, &body(22))]);
        let baseline = |line: usize| document.pages[0].lines[line].baseline.to_pt();
        assert!((baseline(0) - (37.0 * 72.0 / 25.4 + 6.475 + 14.08)).abs() < 0.001);
        assert!((baseline(21) - baseline(0) - 21.0 * 28.95).abs() < 0.001);
    }

    #[test]
    fn blank_lines_vanish_at_the_top_of_a_page() {
        let document = paged(
            "gb9704",
            &[(Role::Title, "关于测试的通知"), (Role::Body, "正文。")],
        );
        // 34.58 mm, and (36 − 22) / 2 + 0.88 · 22 pt.
        let baseline = document.pages[0].lines[0].baseline.to_pt();
        assert!((baseline - (34.58 * 72.0 / 25.4 + 7.0 + 19.36)).abs() < 0.001);
        // One line of 29.6 pt between title and text.
        let next = document.pages[0].lines[1].baseline.to_pt();
        assert!((next - baseline - (36.0 - 26.36 + 29.6 + 6.8 + 14.08)).abs() < 0.001);
    }

    #[test]
    fn a_heading_stays_with_its_text() {
        // 20 lines, a heading, and three lines that may not be torn apart: 21 + heading does not fit with two of them.
        let document = paged(
            "speech",
            &[
                (Role::Body, &body(20)),
                (Role::Heading1, "一、标题"),
                (Role::Body, &body(4)),
            ],
        );
        assert_eq!(counts(&document), [20, 5]);
        assert_eq!(pages(&document)[1][0], "一、标题");
    }

    #[test]
    fn a_heading_needs_one_line_only_where_widows_are_allowed() {
        let document = paged(
            "gb9704",
            &[
                (Role::Body, &body(20)),
                (Role::Heading1, "一、标题"),
                (Role::Body, &body(4)),
            ],
        );
        assert_eq!(counts(&document), [22, 3]);
    }

    #[test]
    fn no_page_begins_with_a_last_line_or_ends_with_a_first_one() {
        let document = paged("speech", &[(Role::Body, &body(23))]);
        assert_eq!(counts(&document), [21, 2]);
        let document = paged("speech", &[(Role::Body, &body(21)), (Role::Body, &body(4))]);
        assert_eq!(counts(&document), [21, 4]);
        let document = paged("gb9704", &[(Role::Body, &body(23))]);
        assert_eq!(counts(&document), [22, 1]);
    }

    #[test]
    fn a_page_does_not_end_inside_a_lead() {
        let lead = format!("（一）{}。|{}", characters(70), characters(100));
        let document = paged("speech", &[(Role::Body, &body(20)), (Role::RunIn, &lead)]);
        assert_eq!(counts(&document)[0], 20);
    }

    #[test]
    fn signature_and_date_take_a_line_of_text_along() {
        let sign = [(Role::Signature, "青山县人民政府"), (Role::Date, "2024年3月5日")];
        let text = body(21);
        let document = paged("gb9704", &[&[(Role::Body, text.as_str())], &sign[..]].concat());
        assert_eq!(counts(&document), [20, 3]);
        // Two lines where a single one would be a widow.
        let document = paged("speech", &[&[(Role::Body, text.as_str())], &sign[..]].concat());
        assert_eq!(counts(&document), [19, 4]);
    }

    #[test]
    fn a_note_of_attachments_before_the_signature_is_no_text() {
        let text = body(18);
        let document = paged(
            "gb9704",
            &[
                (Role::Body, &text),
                (Role::AttachmentNote, "附件：工作安排"),
                (Role::Signature, "青山县人民政府"),
                (Role::Date, "2024年3月5日"),
            ],
        );
        // 18 lines, a blank, the note, a blank, signature and date come to 23.
        assert_eq!(counts(&document), [17, 4]);
    }

    #[test]
    fn an_attachment_begins_a_page_but_never_leaves_one_empty() {
        let label = (Role::AttachmentLabel, "附件1");
        let document = paged("gb9704", &[label, (Role::Body, "甲"), label, (Role::Body, "乙")]);
        assert_eq!(counts(&document), [2, 2]);
    }

    #[test]
    fn thousands_of_headings_come_to_an_end() {
        let document = paged("speech", &vec![(Role::Heading1, "一、标题"); 5000]);
        assert_eq!(counts(&document).iter().sum::<usize>(), 5000);
        assert!(document.pages.len() < 5000 / 22 + 2);
        assert_eq!(document.outline.len(), 5000);
    }

    #[test]
    fn an_empty_document_has_one_page() {
        let document = paged("speech", &[]);
        assert_eq!(counts(&document), [0]);
    }

    #[test]
    fn the_outline_has_headings_with_their_page_and_place() {
        let document = paged(
            "speech",
            &[
                (Role::Heading1, "一、甲"),
                (Role::Body, &body(22)),
                (Role::Heading2, "（一）乙"),
                (Role::Body, "丙"),
            ],
        );
        let outline: Vec<(&str, u8, usize)> = document
            .outline
            .iter()
            .map(|entry| (entry.text.as_str(), entry.level, entry.page))
            .collect();
        assert_eq!(outline, [("一、甲", 1, 0), ("（一）乙", 2, 1)]);
        assert_eq!(document.outline[0].top, Length::mm(37));
    }

    #[test]
    fn leads_stand_in_for_headings_that_are_missing() {
        let lead = (Role::RunIn, "（一）乙。|丙丁。");
        let texts = |paragraphs: &[(Role, &str)]| -> Vec<(String, u8)> {
            paged("speech", paragraphs)
                .outline
                .into_iter()
                .map(|entry| (entry.text, entry.level))
                .collect()
        };
        assert_eq!(
            texts(&[(Role::Heading1, "一、甲"), lead]),
            [("一、甲".to_owned(), 1), ("（一）乙".to_owned(), 2)]
        );
        assert_eq!(texts(&[(Role::Heading2, "（二）甲"), lead]).len(), 1);
    }

    #[test]
    fn substitutions_are_counted_once_for_each_character() {
        let document = paged("speech", &[(Role::Body, "①甲①②")]);
        let found: Vec<(char, usize)> = document
            .substitutions
            .iter()
            .map(|substitution| (substitution.character, substitution.count))
            .collect();
        assert_eq!(found, [('①', 2), ('②', 1)]);
    }

    #[test]
    fn a_character_of_no_font_is_an_error_that_names_it() {
        let document = super::super::testing::styled("speech", &[(Role::Body, "甲😀")]);
        let error = layout(&document, super::super::testing::fonts()).unwrap_err();
        assert_eq!(error.to_string(), "no font has '😀' (U+1F600)");
    }
}
