//! The operators of the pages: every glyph at the place the layout gave it, every stretch marked with what it is.
//!
//! A run of glyphs is one text matrix and one `TJ`. The step that most glyphs of a run have in common becomes character
//! spacing (`Tc`), so that a full line of characters on the grid is one string; the rest is corrected inside the `TJ`.
//! Distances within a run are reckoned in [`Fine`] units, without a rounding that could add up along the line.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, FontId, Greyscale, LineJoinStyle, Op, PdfFontHandle, PdfPage, Pt, Rect, Rgb, TextMatrix,
    TextRenderingMode,
};

use super::glyph_use::UsedFaces;
use super::halves::{Placed, placed};
use super::objects::text_bytes;
use super::structure::Mark;
use super::{PdfError, points, resource_name};
use crate::font::FontBook;
use crate::font::subset::SubsetGlyph;
use crate::layout::{Glyph, GlyphRun, PagedDocument, PlacedLine, PlacedPage, PlacedRule};
use crate::profile::{Ink, Page};
use crate::units::Length;

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

    /// Page `index` of the document.
    pub(super) fn page(&mut self, index: usize) -> Result<PdfPage, PdfError> {
        let mut writer = PageWriter {
            fonts: self.fonts,
            used: &mut self.used,
            paper: self.document.paper,
            ops: Vec::new(),
            state: TextState::default(),
        };
        let page = &self.document.pages[index];
        writer.page(self.document, index, page, self.types, &mut self.marks)?;
        Ok(sheet(self.document.paper, writer.ops))
    }
}

/// A page without anything on it.
pub(super) fn blank_page(paper: Page) -> PdfPage {
    sheet(paper, Vec::new())
}

fn sheet(paper: Page, ops: Vec<Op>) -> PdfPage {
    let paper = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(points(paper.width)),
        height: Pt(points(paper.height)),
        mode: None,
        winding_order: None,
    };
    PdfPage {
        media_box: paper.clone(),
        trim_box: paper.clone(),
        crop_box: paper,
        ops,
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
    ops: Vec<Op>,
    state: TextState,
}

impl<'a> PageWriter<'a, '_> {
    fn page(
        &mut self,
        document: &'a PagedDocument,
        index: usize,
        page: &'a PlacedPage,
        types: &[&'static str],
        marks: &mut Vec<Mark>,
    ) -> Result<(), PdfError> {
        // Paths may not stand in a text section.
        if !page.rules.is_empty() {
            self.begin_mark("Artifact", [("Type", DictItem::Name("Layout".into()))]);
            for rule in &page.rules {
                self.rule(rule);
            }
            self.ops.push(Op::EndMarkedContent);
        }
        self.ops.push(Op::StartTextSection);
        // Neighbouring lines of one element are one stretch.
        let stretches = page.lines.chunk_by(|a, b| a.element == b.element);
        for (number, lines) in stretches.enumerate() {
            let element = lines[0].element;
            self.begin_mark(types[element], [("MCID", DictItem::Int(number as i64))]);
            for line in lines {
                self.line(line, &document.elements[element].text)?;
            }
            self.ops.push(Op::EndMarkedContent);
            marks.push(Mark {
                element,
                page: index,
                number,
            });
        }
        if let Some((text, line)) = &page.number {
            let name = |name: &str| DictItem::Name(name.into());
            self.begin_mark(
                "Artifact",
                [("Type", name("Pagination")), ("Subtype", name("Footer"))],
            );
            self.line(line, text)?;
            self.ops.push(Op::EndMarkedContent);
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    fn begin_mark<const N: usize>(&mut self, tag: &str, properties: [(&str, DictItem); N]) {
        let map: BTreeMap<String, DictItem> = properties
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map },
        });
    }

    /// A filled rectangle.
    fn rule(&mut self, rule: &PlacedRule) {
        self.set_ink(rule.ink);
        let bottom = self.paper.height - rule.y - rule.height;
        let number = |length| DictItem::Real(points(length));
        self.ops.push(Op::Unknown {
            key: "re".to_owned(),
            value: [rule.x, bottom, rule.width, rule.height].map(number).to_vec(),
        });
        self.ops.push(Op::Unknown {
            key: "f".to_owned(),
            value: Vec::new(),
        });
    }

    fn line(&mut self, line: &'a PlacedLine, text: &'a str) -> Result<(), PdfError> {
        let placed = placed(line, self.fonts);
        let mut rest = &placed[..];
        for run in &line.runs {
            let (glyphs, after) = rest.split_at(run.glyphs.len());
            rest = after;
            self.set_state(run, glyphs);
            if let Some(first) = glyphs.first() {
                self.ops.push(Op::SetTextMatrix {
                    matrix: TextMatrix::Translate(
                        Pt(points(first.x)),
                        Pt(points(self.paper.height - line.baseline)),
                    ),
                });
                self.run(run, glyphs, text)?;
            }
        }
        Ok(())
    }

    fn set_ink(&mut self, ink: Ink) {
        if self.state.ink != ink {
            self.state.ink = ink;
            self.ops.push(Op::SetFillColor { col: color(ink) });
        }
    }

    fn set_state(&mut self, run: &GlyphRun, glyphs: &[Placed<'_>]) {
        self.set_ink(run.ink);
        if run.bold && self.state.bold_size != Some((run.size, run.ink)) {
            if self.state.bold_size.is_none() {
                // Mitred corners would stick out of sharp strokes.
                self.ops.push(Op::SetLineJoinStyle {
                    join: LineJoinStyle::Round,
                });
            }
            self.state.bold_size = Some((run.size, run.ink));
            self.ops.push(Op::SetOutlineColor { col: color(run.ink) });
            self.ops.push(Op::SetOutlineThickness {
                pt: Pt(points(run.size / BOLD_PART)),
            });
        }
        if self.state.bold != run.bold {
            self.state.bold = run.bold;
            self.ops.push(Op::SetTextRenderingMode {
                mode: if run.bold {
                    TextRenderingMode::FillStroke
                } else {
                    TextRenderingMode::Fill
                },
            });
        }
        if self.state.font != Some((run.face.0, run.size)) {
            self.state.font = Some((run.face.0, run.size));
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(FontId(resource_name(run.face))),
                size: Pt(points(run.size)),
            });
        }
        let spacing = common_spacing(run.size, glyphs);
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            self.ops.push(Op::SetCharacterSpacing {
                multiplier: (spacing / SPACING_STEP) as f32 / 10_000.0,
            });
        }
    }

    fn run(&mut self, run: &GlyphRun, glyphs: &[Placed<'_>], text: &'a str) -> Result<(), PdfError> {
        let size = run.size.to_emu().max(1);
        let mut pen = glyphs[0].x.to_emu() * FINE_PER_EMU;
        let mut shown = Shown::default();
        for cluster in glyphs.chunk_by(|_, next| next.glyph.len == 0) {
            let cluster_text = text_of(cluster[0].glyph, text);
            let actual_text = needs_actual_text(cluster, cluster_text);
            if actual_text {
                self.show(&mut shown);
                let value = DictItem::String {
                    data: text_bytes(cluster_text),
                    literal: true,
                };
                self.begin_mark("Span", [("ActualText", value)]);
            }
            for placed in cluster {
                let off = placed.x.to_emu() * FINE_PER_EMU - pen;
                if off.abs() > TOLERANCE {
                    // Tenths of a thousandth of the em, 0.0016 pt at 16 pt; positive ones move left.
                    let tenths = div_round(-10 * off, size);
                    shown.correct(tenths);
                    pen -= tenths * size / 10;
                }
                let used = self.used.face_mut(run.face, self.fonts);
                let glyph = SubsetGlyph {
                    glyph: placed.glyph.id,
                    part: placed.part,
                };
                shown.push(used.code(glyph, text_of(placed.glyph, text))?);
                pen += placed.advance * size + self.state.spacing;
            }
            if actual_text {
                self.show(&mut shown);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        self.show(&mut shown);
        Ok(())
    }

    fn show(&mut self, shown: &mut Shown) {
        if let Some(items) = shown.take() {
            // Op::ShowText makes an object of every glyph, which takes longer than all the rest of the page.
            self.ops.push(Op::Unknown {
                key: "TJ".to_owned(),
                value: vec![DictItem::Array(items)],
            });
        }
    }
}

/// The operand of a `TJ` in the making.
#[derive(Default)]
struct Shown {
    items: Vec<DictItem>,
    codes: Vec<u8>,
}

impl Shown {
    fn push(&mut self, code: u16) {
        self.codes.extend(code.to_be_bytes());
    }

    /// Moves the pen left by so many tenths of a thousandth of the em.
    fn correct(&mut self, tenths: i64) {
        self.end_string();
        self.items.push(DictItem::Real(tenths as f32 / 10.0));
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(DictItem::String {
                data: std::mem::take(&mut self.codes),
                literal: true,
            });
        }
    }

    fn take(&mut self) -> Option<Vec<DictItem>> {
        self.end_string();
        (!self.items.is_empty()).then(|| std::mem::take(&mut self.items))
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

fn color(ink: Ink) -> Color {
    match ink {
        Ink::Black => Color::Greyscale(Greyscale {
            percent: 0.0,
            icc_profile: None,
        }),
        Ink::Red => {
            let [r, g, b] = Ink::RED_RGB.map(|part| f32::from(part) / 255.0);
            Color::Rgb(Rgb {
                r,
                g,
                b,
                icc_profile: None,
            })
        }
    }
}

/// `a / b` to the nearest whole number; `b` is positive.
const fn div_round(a: i64, b: i64) -> i64 {
    (2 * a + b).div_euclid(2 * b)
}
