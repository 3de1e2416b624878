//! The operators of the pages: every glyph at the place the layout gave it, every stretch marked with what it is.
//!
//! A run of glyphs is one text matrix and one `TJ`. The step that most glyphs of a run have in common becomes character
//! spacing (`Tc`), so that a full line of characters on the grid is one string; the rest is corrected inside the `TJ`.
//! Distances within a run are reckoned in [`Fine`] units, without a rounding that could add up along the line.

use super::glyph_use::UsedFaces;
use super::halves::{Placed, placed};
use super::objects::text_bytes;
use super::operators::{Operators, Property, Shown};
use super::structure::Mark;
use super::{PdfError, resource_name};
use crate::font::FontBook;
use crate::font::subset::SubsetGlyph;
use crate::layout::{Glyph, GlyphRun, PagedDocument, PlacedLine, PlacedRule};
use crate::profile::{Ink, Page};
use crate::units::{Length, div_round};

/// A thousandth of an EMU: a length in EMU times a number of thousandths of the em.
type Fine = i64;

const FINE_PER_EMU: Fine = 1000;
/// A ten-thousandth of a point, the step of character spacing.
const SPACING_STEP: Fine = 1_270;
/// A glyph may stand this far from its place, 0.005 pt, before it is moved: less than any printer shows.
const TOLERANCE: Fine = 63_500;
/// Bold is drawn by a line of this part of the size along the outline.
const BOLD_PART: i64 = 30;

/// Makes the pages, and remembers what stands on them.
pub(super) struct Contents<'a> {
    document: &'a PagedDocument,
    fonts: &'a FontBook,
    types: &'a [&'static str],
    /// In reading order.
    pub(super) marks: Vec<Mark>,
    pub(super) used: UsedFaces<'a>,
}

impl<'a> Contents<'a> {
    /// For a document whose elements have these structure types.
    pub(super) fn new(document: &'a PagedDocument, fonts: &'a FontBook, types: &'a [&'static str]) -> Self {
        Contents {
            document,
            fonts,
            types,
            marks: Vec::new(),
            used: UsedFaces::new(fonts),
        }
    }

    /// The content stream of page `index` with these lines, and those that stand on an earlier page already.
    pub(super) fn page(
        &mut self,
        index: usize,
        lines: &[PlacedLine],
        repeated: &[PlacedLine],
    ) -> Result<Vec<u8>, PdfError> {
        let mut writer = PageWriter {
            fonts: self.fonts,
            used: &mut self.used,
            paper: self.document.paper,
            operators: Operators::default(),
            shown: Shown::default(),
            state: TextState::default(),
        };
        writer.page(
            self.document,
            index,
            [lines, repeated],
            self.types,
            &mut self.marks,
        )?;
        Ok(writer.operators.into_bytes())
    }
}

/// What the last operators set; a page begins with PDF's own defaults.
#[derive(Default)]
struct TextState {
    ink: Ink,
    bold: bool,
    bold_size: Option<(Length, Ink)>,
    font: Option<(u16, Length)>,
    spacing: Fine,
}

struct PageWriter<'a, 'used> {
    fonts: &'a FontBook,
    used: &'used mut UsedFaces<'a>,
    paper: Page,
    operators: Operators,
    shown: Shown,
    state: TextState,
}

impl<'a> PageWriter<'a, '_> {
    fn page(
        &mut self,
        document: &'a PagedDocument,
        index: usize,
        [lines, repeated]: [&[PlacedLine]; 2],
        types: &[&'static str],
        marks: &mut Vec<Mark>,
    ) -> Result<(), PdfError> {
        let page = &document.pages[index];
        if page.turned {
            self.operators.operator("q");
            // A quarter anticlockwise: the top of the table lies along the left edge of the paper.
            for number in [0, 1, -1, 0] {
                self.operators.integer(number);
            }
            self.operators.length(self.paper.width).integer(0).operator("cm");
            self.paper = document.paper.turned();
        }
        // Paths may not stand in a text section.
        if !page.rules.is_empty() {
            self.operators
                .begin_mark("Artifact", &[("Type", Property::Name("Layout"))]);
            for rule in &page.rules {
                self.rule(rule);
            }
            self.operators.operator("EMC");
        }
        self.operators.operator("BT");
        // Neighbouring lines of one element are one stretch.
        let stretches = lines.chunk_by(|a, b| a.element == b.element);
        for (number, lines) in stretches.enumerate() {
            let element = lines[0].element;
            self.operators
                .begin_mark(types[element], &[("MCID", Property::Integer(number as i64))]);
            for line in lines {
                self.line(line, &document.elements[element].text)?;
            }
            self.operators.operator("EMC");
            marks.push(Mark {
                element,
                page: index,
                number,
            });
        }
        for lines in repeated.chunk_by(|a, b| a.element == b.element) {
            self.repeated(lines, &document.elements[lines[0].element].text)?;
        }
        if page.turned {
            self.operators.operator("ET");
            self.operators.operator("Q");
            self.paper = document.paper;
            self.state = TextState::default();
            self.operators.operator("BT");
        }
        if let Some((text, line)) = &page.number {
            self.operators.begin_mark(
                "Artifact",
                &[
                    ("Type", Property::Name("Pagination")),
                    ("Subtype", Property::Name("Footer")),
                ],
            );
            self.line(line, text)?;
            self.operators.operator("EMC");
        }
        self.operators.operator("ET");
        Ok(())
    }

    /// Lines that stand on an earlier page already: to be seen, but not read, searched or copied again.
    fn repeated(&mut self, lines: &[PlacedLine], text: &'a str) -> Result<(), PdfError> {
        self.operators.begin_mark(
            "Artifact",
            &[
                ("Type", Property::Name("Pagination")),
                ("Subtype", Property::Name("Header")),
            ],
        );
        self.operators
            .begin_mark("Span", &[("ActualText", Property::Text(&text_bytes("")))]);
        for line in lines {
            self.line(line, text)?;
        }
        self.operators.operator("EMC");
        self.operators.operator("EMC");
        Ok(())
    }

    /// A filled rectangle.
    fn rule(&mut self, rule: &PlacedRule) {
        self.set_ink(rule.ink);
        let bottom = self.paper.height - rule.y - rule.height;
        for length in [rule.x, bottom, rule.width, rule.height] {
            self.operators.length(length);
        }
        self.operators.operator("re");
        self.operators.operator("f");
    }

    fn line(&mut self, line: &PlacedLine, text: &'a str) -> Result<(), PdfError> {
        let placed = placed(line, self.fonts);
        let mut rest = &placed[..];
        for run in &line.runs {
            let (glyphs, after) = rest.split_at(run.glyphs.len());
            rest = after;
            self.set_state(run, glyphs);
            if let Some(first) = glyphs.first() {
                for unmoved in [1, 0, 0, 1] {
                    self.operators.integer(unmoved);
                }
                let y = self.paper.height - line.baseline;
                self.operators.length(first.x).length(y).operator("Tm");
                self.run(run, glyphs, text)?;
            }
        }
        Ok(())
    }

    fn set_ink(&mut self, ink: Ink) {
        if self.state.ink != ink {
            self.state.ink = ink;
            self.set_color(ink, "g", "rg");
        }
    }

    fn set_state(&mut self, run: &GlyphRun, glyphs: &[Placed<'_>]) {
        self.set_ink(run.ink);
        if run.bold && self.state.bold_size != Some((run.size, run.ink)) {
            if self.state.bold_size.is_none() {
                // Round: mitred corners would stick out of sharp strokes.
                self.operators.integer(1).operator("j");
            }
            self.state.bold_size = Some((run.size, run.ink));
            self.set_color(run.ink, "G", "RG");
            self.operators.length(run.size / BOLD_PART).operator("w");
        }
        if self.state.bold != run.bold {
            self.state.bold = run.bold;
            // Filled, or filled and stroked.
            self.operators
                .integer(if run.bold { 2 } else { 0 })
                .operator("Tr");
        }
        if self.state.font != Some((run.face.0, run.size)) {
            self.state.font = Some((run.face.0, run.size));
            let name = resource_name(run.face);
            self.operators.name(&name).length(run.size).operator("Tf");
        }
        let spacing = common_spacing(run.size, glyphs);
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            self.operators.decimal(spacing / SPACING_STEP, 4).operator("Tc");
        }
    }

    /// Sets a colour, with the operator for grey or the one for red, green and blue.
    fn set_color(&mut self, ink: Ink, grey: &str, rgb: &str) {
        match ink {
            Ink::Black => self.operators.integer(0).operator(grey),
            Ink::Red => {
                for part in Ink::RED_RGB {
                    // Of 255, to four decimals.
                    self.operators
                        .decimal(div_round(i64::from(part) * 10_000, 255), 4);
                }
                self.operators.operator(rgb);
            }
        }
    }

    fn run(&mut self, run: &GlyphRun, glyphs: &[Placed<'_>], text: &'a str) -> Result<(), PdfError> {
        let size = run.size.to_emu().max(1);
        let mut pen = glyphs[0].x.to_emu() * FINE_PER_EMU;
        for cluster in glyphs.chunk_by(|_, next| next.glyph.len == 0) {
            let cluster_text = text_of(cluster[0].glyph, text);
            let actual_text = needs_actual_text(cluster, cluster_text);
            if actual_text {
                self.shown.show(&mut self.operators);
                let text = text_bytes(cluster_text);
                self.operators
                    .begin_mark("Span", &[("ActualText", Property::Text(&text))]);
            }
            for placed in cluster {
                let off = placed.x.to_emu() * FINE_PER_EMU - pen;
                if off.abs() > TOLERANCE {
                    // Tenths of a thousandth of the em, 0.0016 pt at 16 pt; positive ones move left.
                    let tenths = div_round(-10 * off, size);
                    self.shown.correct(tenths);
                    pen -= tenths * size / 10;
                }
                let used = self.used.face_mut(run.face, self.fonts);
                let glyph = SubsetGlyph {
                    glyph: placed.glyph.id,
                    part: placed.part,
                };
                self.shown.push(used.code(glyph, text_of(placed.glyph, text))?);
                pen += placed.advance * size + self.state.spacing;
            }
            if actual_text {
                self.shown.show(&mut self.operators);
                self.operators.operator("EMC");
            }
        }
        self.shown.show(&mut self.operators);
        Ok(())
    }
}

/// The text a glyph stands for; empty where it would not be whole characters.
fn text_of<'a>(glyph: &Glyph, text: &'a str) -> &'a str {
    let start = glyph.start as usize;
    text.get(start..start + usize::from(glyph.len))
        .unwrap_or_default()
}

/// Whether the codes alone do not tell the text: several glyphs for it, or private characters, which mean nothing
/// elsewhere (PDF/A-2, 6.2.11.7.3).
fn needs_actual_text(cluster: &[Placed<'_>], text: &str) -> bool {
    cluster.len() > 1
        || text.is_empty()
        || text.chars().any(
            |c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}'),
        )
}

/// The spacing between its glyphs that most of a run has, in whole steps.
fn common_spacing(size: Length, glyphs: &[Placed<'_>]) -> Fine {
    let size = size.to_emu();
    let mut common = 0;
    // A value that more than half of the gaps have survives the counting (Boyer and Moore).
    let mut votes = 0;
    for pair in glyphs.windows(2) {
        let gap = (pair[1].x - pair[0].x).to_emu() * FINE_PER_EMU - pair[0].advance * size;
        let gap = div_round(gap, SPACING_STEP) * SPACING_STEP;
        if votes == 0 {
            common = gap;
        }
        votes += if common == gap { 1 } else { -1 };
    }
    common
}
