//! Font programs of CFF faces: every outline written anew, without hints and subroutines.
//!
//! A face's own charstrings call subroutines that lie all over the font. Drawing a glyph once and writing down what was
//! drawn needs none of them, and gives halves of glyphs as easily as whole ones. The program is a CID-keyed font in
//! thousandths of the em whose CIDs number its glyphs (Adobe Technical Notes 5176 and 5177), as PDF wants it.

use ttf_parser::OutlineBuilder;

use super::face::Face;
use super::subset::{Part, SubsetGlyph};

/// Units of the em in these programs, whatever the face has: the unit of PDF's width tables.
const EM: i32 = 1000;
/// The most numbers that may wait on the stack for an operator.
const STACK: usize = 48;

// Operators of charstrings.
const LINES: u8 = 5;
const CURVES: u8 = 8;
const END: u8 = 14;
const MOVE: u8 = 21;

/// The charstring of a glyph or of half of it.
pub(super) fn charstring(face: &Face, glyph: SubsetGlyph) -> Vec<u8> {
    let (width, shift) = match glyph.part {
        Part::Whole => (i32::from(face.advance(glyph.glyph)), 0),
        Part::LeftHalf => (EM / 2, 0),
        Part::RightHalf => (EM / 2, EM / 2),
    };
    let mut pen = Pen {
        scale: EM as f32 / f32::from(face.units_per_em().max(1)),
        shift: shift as f32,
        out: Vec::new(),
        at: (0, 0),
        exact: (0.0, 0.0),
        waiting: None,
    };
    // The width is the first number of all, unless it is the usual one.
    if width != EM {
        push_number(&mut pen.out, width);
    }
    face.draw(glyph.glyph, &mut pen);
    pen.operate();
    pen.out.push(END);
    pen.out
}

/// Writes what is drawn as a charstring.
struct Pen {
    scale: f32,
    /// How far to the left everything is moved, in thousandths of the em.
    shift: f32,
    out: Vec<u8>,
    /// Where the pen stands, rounded: what the charstring's distances are taken from.
    at: (i32, i32),
    /// Where it stands in units of the face.
    exact: (f32, f32),
    /// The operator that the last numbers wait for, and their number.
    waiting: Option<(u8, usize)>,
}

impl Pen {
    /// Adds the way to the point `(x, y)`, in units of the face.
    fn go(&mut self, x: f32, y: f32) {
        let to = (
            (x * self.scale - self.shift).round() as i32,
            (y * self.scale).round() as i32,
        );
        push_number(&mut self.out, to.0 - self.at.0);
        push_number(&mut self.out, to.1 - self.at.1);
        self.at = to;
        self.exact = (x, y);
    }

    /// Makes `operator` the one that the next `numbers` numbers wait for.
    fn expect(&mut self, operator: u8, numbers: usize) {
        match &mut self.waiting {
            Some((waiting, count)) if *waiting == operator && *count + numbers <= STACK => *count += numbers,
            _ => {
                self.operate();
                self.waiting = Some((operator, numbers));
            }
        }
    }

    fn operate(&mut self) {
        if let Some((operator, _)) = self.waiting.take() {
            self.out.push(operator);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.operate();
        self.go(x, y);
        self.out.push(MOVE);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.expect(LINES, 2);
        self.go(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.exact;
        let toward = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        self.curve_to(toward(x0, x1), toward(y0, y1), toward(x, x1), toward(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.expect(CURVES, 6);
        self.go(x1, y1);
        self.go(x2, y2);
        self.go(x, y);
    }

    fn close(&mut self) {}
}

/// Everything of a program but the charstrings, which follow; they have these lengths.
pub(super) fn before_charstrings(face: &Face, lengths: &[usize]) -> Vec<u8> {
    let count = lengths.len() as u16;
    let mut strings = Vec::new();
    push_index(&mut strings, &[b"Adobe", b"Identity"]);
    let mut program = vec![1, 0, 4, 4];
    push_index(&mut program, &[face.postscript_name().as_bytes()]);
    // The offsets that the top dictionary holds depend on its length, which does not depend on them.
    let top = |charset, glyph_fonts, charstrings, fonts| {
        let mut dict = Vec::new();
        // Strings 391 and 392 are the first of our own.
        push_entry(&mut dict, &[391, 392, 0], &[12, 30]);
        push_entry(&mut dict, &[i32::from(count)], &[12, 34]);
        push_entry(&mut dict, &[charset], &[15]);
        push_entry(&mut dict, &[glyph_fonts], &[12, 37]);
        push_entry(&mut dict, &[charstrings], &[17]);
        push_entry(&mut dict, &[fonts], &[12, 36]);
        let mut index = Vec::new();
        push_index(&mut index, &[&dict]);
        index
    };
    // After the strings comes an index of no global subroutines: two bytes.
    let charset_at = program.len() + top(0, 0, 0, 0).len() + strings.len() + 2;
    // Every glyph has its number as CID: one range from glyph 1.
    let mut charset = vec![2];
    if let Some(others) = count.checked_sub(2) {
        charset.extend([0, 1]);
        charset.extend(others.to_be_bytes());
    }
    // Every glyph is of font 0: one range from glyph 0 to the end.
    let glyph_fonts_at = charset_at + charset.len();
    let mut glyph_fonts = vec![3, 0, 1, 0, 0, 0];
    glyph_fonts.extend(count.to_be_bytes());
    let private_at = glyph_fonts_at + glyph_fonts.len();
    let mut private = Vec::new();
    push_entry(&mut private, &[EM], &[20]);
    push_entry(&mut private, &[0], &[21]);
    let fonts_at = private_at + private.len();
    let mut font = Vec::new();
    push_entry(&mut font, &[private.len() as i32, private_at as i32], &[18]);
    let mut fonts = Vec::new();
    push_index(&mut fonts, &[&font]);
    let charstrings_at = fonts_at + fonts.len();

    program.extend(top(
        charset_at as i32,
        glyph_fonts_at as i32,
        charstrings_at as i32,
        fonts_at as i32,
    ));
    for part in [&strings[..], &[0, 0], &charset, &glyph_fonts, &private, &fonts] {
        program.extend_from_slice(part);
    }
    push_index_head(&mut program, lengths.iter().copied(), count);
    program
}

/// An index of `items`.
fn push_index(out: &mut Vec<u8>, items: &[&[u8]]) {
    push_index_head(out, items.iter().map(|item| item.len()), items.len() as u16);
    for item in items {
        out.extend_from_slice(item);
    }
}

/// The head of an index of items with these lengths: their number, and where each begins, counted from 1.
fn push_index_head(out: &mut Vec<u8>, lengths: impl Iterator<Item = usize>, count: u16) {
    out.extend(count.to_be_bytes());
    out.push(4);
    let mut offset = 1u32;
    out.extend(offset.to_be_bytes());
    for length in lengths {
        offset += length as u32;
        out.extend(offset.to_be_bytes());
    }
}

/// An entry of a dictionary, its numbers in five bytes each.
fn push_entry(out: &mut Vec<u8>, numbers: &[i32], operator: &[u8]) {
    for number in numbers {
        out.push(29);
        out.extend(number.to_be_bytes());
    }
    out.extend_from_slice(operator);
}

/// A number of a charstring.
fn push_number(out: &mut Vec<u8>, number: i32) {
    match number {
        -107..=107 => out.push((number + 139) as u8),
        108..=1131 => {
            let beyond = number - 108;
            out.extend([(beyond / 256 + 247) as u8, (beyond % 256) as u8]);
        }
        -1131..=-108 => {
            let beyond = -number - 108;
            out.extend([(beyond / 256 + 251) as u8, (beyond % 256) as u8]);
        }
        _ => {
            let number = number.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            out.push(28);
            out.extend(number.to_be_bytes());
        }
    }
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use std::io::Read;

    use super::super::subset::subset;
    use super::*;
    use crate::font::{FaceId, FontBook};

    /// A face of CFF outlines: those of the glyphs of a bundled face, in an OpenType font of their own.
    fn cff_face(of: &Face, glyphs: &[u16]) -> Face {
        let strings: Vec<Vec<u8>> = glyphs
            .iter()
            .map(|glyph| charstring(of, (*glyph).into()))
            .collect();
        let lengths: Vec<usize> = strings.iter().map(Vec::len).collect();
        let mut cff = before_charstrings(of, &lengths);
        cff.extend(strings.concat());

        let count = (glyphs.len() as u16).to_be_bytes();
        let mut head = of.table(b"head").unwrap().to_vec();
        head[18..20].copy_from_slice(&1000u16.to_be_bytes());
        let mut hhea = of.table(b"hhea").unwrap().to_vec();
        hhea[34..36].copy_from_slice(&count);
        let hmtx: Vec<u8> = glyphs
            .iter()
            .flat_map(|glyph| [of.advance(*glyph).to_be_bytes(), [0, 0]].concat())
            .collect();
        let maxp = [&[0, 0, 0x50, 0][..], &count].concat();
        // One Unicode map, of format 6: the characters from U+4E00 on are the glyphs from 1 on.
        let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12];
        let mapped = glyphs.len() as u16 - 1;
        for number in [6, 10 + 2 * mapped, 0, 0x4e00, mapped] {
            cmap.extend(number.to_be_bytes());
        }
        cmap.extend((1..=mapped).flat_map(u16::to_be_bytes));

        let tables: [(&[u8; 4], &[u8]); 6] = [
            (b"CFF ", &cff),
            (b"cmap", &cmap),
            (b"head", &head),
            (b"hhea", &hhea),
            (b"hmtx", &hmtx),
            (b"maxp", &maxp),
        ];
        let mut file = b"OTTO\0\x06\0\0\0\0\0\0".to_vec();
        let mut at = 12 + 16 * tables.len();
        for (tag, table) in &tables {
            file.extend_from_slice(*tag);
            file.extend([0; 4]);
            file.extend((at as u32).to_be_bytes());
            file.extend((table.len() as u32).to_be_bytes());
            at += table.len().next_multiple_of(4);
        }
        for (_, table) in &tables {
            file.extend_from_slice(table);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        Face::parse(Vec::leak(file), 0, &[]).unwrap()
    }

    /// What is drawn, as text.
    #[derive(Default)]
    struct Path(String);

    impl OutlineBuilder for Path {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0 += &format!("M{x},{y}");
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0 += &format!("L{x},{y}");
        }
        fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
            unreachable!("CFF has no quadratic curves");
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0 += &format!("C{x1},{y1} {x2},{y2} {x},{y}");
        }
        fn close(&mut self) {
            self.0 += "Z";
        }
    }

    fn drawn(face: &ttf_parser::cff::Table<'_>, glyph: u16) -> (String, ttf_parser::Rect) {
        let mut path = Path::default();
        let bounds = face.outline(ttf_parser::GlyphId(glyph), &mut path).unwrap();
        (path.0, bounds)
    }

    #[test]
    fn a_program_draws_what_the_face_draws() {
        let book = FontBook::bundled().unwrap();
        let latin = book.face(FaceId(5));
        let glyphs: Vec<u16> = [0]
            .into_iter()
            .chain("AgQ&8%ñ—".chars().map(|c| latin.glyph(c).unwrap()))
            .collect();
        let face = cff_face(latin, &glyphs);
        assert_eq!(face.glyph('\u{4e00}'), Some(1));
        assert_eq!(face.advance(1), latin.advance(glyphs[1]));

        let half = SubsetGlyph {
            glyph: 8,
            part: Part::RightHalf,
        };
        let chosen = [0.into(), 3.into(), 1.into(), 8.into(), half, 6.into()];
        let program = subset(&face, &chosen);
        let mut file = Vec::new();
        flate2::read::ZlibDecoder::new(&program.zlib[..])
            .read_to_end(&mut file)
            .unwrap();
        assert_eq!(file.len(), program.length);
        let read = ttf_parser::cff::Table::parse(&file).unwrap();
        assert_eq!(usize::from(read.number_of_glyphs()), chosen.len());
        let original = ttf_parser::cff::Table::parse(face.table(b"CFF ").unwrap()).unwrap();
        for (number, glyph) in chosen.iter().enumerate().skip(1) {
            let (path, bounds) = drawn(&read, number as u16);
            let (whole, whole_bounds) = drawn(&original, glyph.glyph);
            if glyph.part == Part::Whole {
                assert_eq!(path, whole, "glyph {number}");
            } else {
                assert_eq!(bounds.x_min, whole_bounds.x_min - 500);
                assert_eq!(bounds.y_max, whole_bounds.y_max);
            }
        }
    }

    #[test]
    fn numbers_take_as_many_bytes_as_they_need() {
        let written = |number| {
            let mut out = Vec::new();
            push_number(&mut out, number);
            out
        };
        // Examples of Technical Note 5177 and 5176, table 3.
        assert_eq!(written(0), [0x8b]);
        assert_eq!(written(100), [0xef]);
        assert_eq!(written(-100), [0x27]);
        assert_eq!(written(1000), [0xfa, 0x7c]);
        assert_eq!(written(-1000), [0xfe, 0x7c]);
        assert_eq!(written(10_000), [0x1c, 0x27, 0x10]);
        assert_eq!(written(-10_000), [0x1c, 0xd8, 0xf0]);
    }
}
