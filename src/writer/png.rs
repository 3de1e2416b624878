//! Pictures of pages: PNG, for looking at and for comparing.
//!
//! The same pages that the PDF holds, drawn glyph by glyph from the fonts' own outlines. There is no hinting and no
//! smoothing but the covered part of each pixel, so that the same pages give the same bytes.

mod file;

use std::collections::BTreeMap;

use tiny_skia::{FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use crate::font::{Face, FontBook};
use crate::layout::{GlyphRun, PagedDocument, PlacedLine, PlacedRule};
use crate::profile::Ink;
use crate::units::Length;

/// Bold is drawn by a line of this part of the size along the outline, as in the PDF.
const BOLD_PART: f32 = 30.0;

/// Pixels in an inch, 18 to 600.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution(u16);

impl Resolution {
    /// What a screen shows at full size.
    pub const SCREEN: Resolution = Resolution(96);
    /// Just enough to tell one page from another: A4 is 132 pixels wide.
    pub const THUMBNAIL: Resolution = Resolution(16);

    /// So many pixels in an inch; `None` below 18, where nothing can be made out, and above 600, where a page of A4
    /// would take half a gigabyte.
    pub fn new(pixels_per_inch: u16) -> Option<Resolution> {
        (18..=600)
            .contains(&pixels_per_inch)
            .then_some(Resolution(pixels_per_inch))
    }

    /// A length in pixels.
    fn pixels(self, length: Length) -> f32 {
        (length.to_pt() * f64::from(self.0) / 72.0) as f32
    }
}

/// A picture of each page.
pub fn write(document: &PagedDocument, fonts: &FontBook, resolution: Resolution) -> Vec<Vec<u8>> {
    (0..document.pages.len())
        .filter_map(|page| write_page(document, page, fonts, resolution))
        .collect()
}

/// A picture of page `page`, counted from 0; `None` when there is no such page or the paper has no area.
pub fn write_page(
    document: &PagedDocument,
    page: usize,
    fonts: &FontBook,
    resolution: Resolution,
) -> Option<Vec<u8>> {
    let page = document.pages.get(page)?;
    let size = |length| (resolution.pixels(length).round() as u32).min(32_767);
    // A turned page is shown as one reads the table.
    let paper = if page.turned {
        document.paper.turned()
    } else {
        document.paper
    };
    let mut drawing = Drawing {
        pixels: Pixmap::new(size(paper.width), size(paper.height))?,
        fonts,
        resolution,
        paths: BTreeMap::new(),
        turn: Transform::identity(),
    };
    drawing.pixels.fill(tiny_skia::Color::WHITE);
    for rule in &page.rules {
        drawing.rule(rule);
    }
    for line in page.lines.iter().chain(&page.repeated) {
        drawing.line(line);
    }
    if let Some((_, number)) = &page.number {
        if page.turned {
            // It stays where it is on the paper.
            drawing.turn = Transform::from_row(0.0, 1.0, -1.0, 0.0, resolution.pixels(paper.width), 0.0);
        }
        drawing.line(number);
    }
    Some(file::encode(&drawing.pixels, resolution.0))
}

struct Drawing<'a> {
    pixels: Pixmap,
    fonts: &'a FontBook,
    resolution: Resolution,
    /// Outlines by face and glyph, in font units; `None` for a blank.
    paths: BTreeMap<(u16, u16), Option<Path>>,
    /// How what is drawn lies on the page.
    turn: Transform,
}

impl Drawing<'_> {
    fn rule(&mut self, rule: &PlacedRule) {
        let [x, y, width, height] =
            [rule.x, rule.y, rule.width, rule.height].map(|length| self.resolution.pixels(length));
        if let Some(area) = Rect::from_xywh(x, y, width, height) {
            self.pixels
                .fill_rect(area, &paint(rule.ink), Transform::identity(), None);
        }
    }

    fn line(&mut self, line: &PlacedLine) {
        for run in &line.runs {
            self.run(run, self.resolution.pixels(line.baseline));
        }
    }

    fn run(&mut self, run: &GlyphRun, baseline: f32) {
        let face = self.fonts.face(run.face);
        let units = f32::from(face.units_per_em().max(1));
        let scale = self.resolution.pixels(run.size) / units;
        let paint = paint(run.ink);
        let stroke = Stroke {
            width: units / BOLD_PART,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        for glyph in &run.glyphs {
            let path = self
                .paths
                .entry((run.face.0, glyph.id))
                .or_insert_with(|| path(face, glyph.id));
            let Some(path) = path else { continue };
            // Font units grow upwards.
            let place =
                Transform::from_row(scale, 0.0, 0.0, -scale, self.resolution.pixels(glyph.x), baseline)
                    .post_concat(self.turn);
            self.pixels
                .fill_path(path, &paint, FillRule::Winding, place, None);
            if run.bold {
                self.pixels.stroke_path(path, &paint, &stroke, place, None);
            }
        }
    }
}

fn paint(ink: Ink) -> Paint<'static> {
    let [red, green, blue] = match ink {
        Ink::Black => [0; 3],
        Ink::Red => Ink::RED_RGB,
    };
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn path(face: &Face, glyph: u16) -> Option<Path> {
    let mut pen = Pen(PathBuilder::new());
    face.draw(glyph, &mut pen);
    pen.0.finish()
}

struct Pen(PathBuilder);

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use super::*;
    use crate::model::Role;
    use crate::writer::pdf::sample;

    /// Width, samples per pixel and the samples of a file, of which the rows are not filtered.
    fn decoded(file: &[u8]) -> (usize, usize, Vec<u8>) {
        use std::io::Read;
        let number =
            |at: usize| u32::from_be_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]) as usize;
        assert_eq!(&file[12..16], b"IHDR");
        let (width, height) = (number(16), number(20));
        let samples = if file[25] == 0 { 1 } else { 3 };
        let data = file.windows(4).position(|name| name == b"IDAT").unwrap();
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&file[data + 4..][..number(data - 4)])
            .read_to_end(&mut rows)
            .unwrap();
        let row = samples * width + 1;
        assert_eq!(rows.len(), row * height);
        (
            width,
            samples,
            rows.chunks(row).flat_map(|row| row[1..].to_vec()).collect(),
        )
    }

    #[test]
    fn ink_is_where_the_outline_is() {
        let fonts = FontBook::bundled().unwrap();
        let mut document = sample::document(&[(Role::Body, "国")], &fonts);
        document.pages[0].number = None;
        let files = write(&document, &fonts, Resolution::new(144).unwrap());
        let (width, samples, pixels) = decoded(&files[0]);
        assert_eq!((files.len(), width, samples), (1, 1191, 1));

        let dark: Vec<usize> = (0..pixels.len()).filter(|at| pixels[*at] < 128).collect();
        let ends = |values: &mut dyn Iterator<Item = usize>| {
            values.fold((usize::MAX, 0), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        let (left, right) = ends(&mut dark.iter().map(|at| at % width));
        let (top, bottom) = ends(&mut dark.iter().map(|at| at / width));

        let line = &document.pages[0].lines[0];
        let (run, glyph) = (&line.runs[0], &line.runs[0].glyphs[0]);
        let outline = fonts.face(run.face).outline(glyph.id);
        // Two pixels to the point, 16 pt and 1000 units to the em: 0.032 pixels to the unit.
        let bound = |at: usize| f64::from(i16::from_be_bytes([outline[at], outline[at + 1]])) * 0.032;
        let (x, y) = (glyph.x.to_pt() * 2.0, line.baseline.to_pt() * 2.0);
        for (found, expected) in [
            (left, x + bound(2)),
            (right + 1, x + bound(6)),
            (top, y - bound(8)),
            (bottom + 1, y - bound(4)),
        ] {
            assert!((found as f64 - expected).abs() <= 1.0, "{found} {expected}");
        }
    }

    #[test]
    fn red_ink_makes_a_picture_in_colour() {
        let fonts = FontBook::bundled().unwrap();
        let document = sample::document(&[(Role::IssuerMark, "文件")], &fonts);
        let (_, samples, pixels) = decoded(&write(&document, &fonts, Resolution::SCREEN)[0]);
        assert_eq!(samples, 3);
        assert!(pixels.chunks(3).any(|pixel| pixel == [255, 51, 51]));
    }

    #[test]
    fn a_rule_fills_its_rectangle() {
        let fonts = FontBook::bundled().unwrap();
        let mut document = sample::document(&[(Role::Body, " ")], &fonts);
        document.pages[0].number = None;
        document.pages[0].lines.clear();
        // 72 pt from the left and 144 pt from the top, 36 pt by 3 pt, at two pixels to the point.
        document.pages[0].rules.push(PlacedRule {
            x: Length::pt(72),
            y: Length::pt(144),
            width: Length::pt(36),
            height: Length::pt(3),
            ink: Ink::Black,
        });
        let (width, _, pixels) = decoded(&write(&document, &fonts, Resolution::new(144).unwrap())[0]);
        let dark: Vec<(usize, usize)> = (0..pixels.len())
            .filter(|at| pixels[*at] < 128)
            .map(|at| (at % width, at / width))
            .collect();
        assert_eq!(dark.len(), 72 * 6);
        assert_eq!((dark[0], dark[72 * 6 - 1]), ((144, 288), (215, 293)));
    }

    #[test]
    fn bold_is_darker() {
        let fonts = FontBook::bundled().unwrap();
        let mut document = sample::document(&[(Role::Body, "加粗")], &fonts);
        let darkness = |document: &PagedDocument| -> u64 {
            let (_, _, pixels) = decoded(&write(document, &fonts, Resolution::SCREEN)[0]);
            pixels.iter().map(|pixel| u64::from(255 - pixel)).sum()
        };
        let regular = darkness(&document);
        document.pages[0].lines[0].runs[0].bold = true;
        assert!(darkness(&document) > regular);
    }

    #[test]
    fn the_same_pages_give_the_same_pictures() {
        let fonts = FontBook::bundled().unwrap();
        let document = sample::document(
            &[(Role::Title, "标题"), (Role::Body, &"正文。".repeat(300))],
            &fonts,
        );
        let pictures = || write(&document, &fonts, Resolution::SCREEN);
        let elsewhere = std::thread::scope(|scope| scope.spawn(pictures).join().unwrap());
        assert!(elsewhere.len() > 1 && pictures() == elsewhere);
        assert_eq!(
            write_page(&document, elsewhere.len(), &fonts, Resolution::SCREEN),
            None
        );
    }

    #[test]
    fn absurd_resolutions_cannot_be_asked_for() {
        assert_eq!(Resolution::new(17), None);
        assert_eq!(Resolution::new(601), None);
        assert_eq!(Resolution::new(96), Some(Resolution::SCREEN));
    }
}
