//! Subsets of TrueType faces: a font program that holds the glyphs asked for and no others.
//!
//! Outlines are copied as they are, never changed but for the glyph numbers inside composite glyphs. The tables are those
//! that PDF asks of an embedded TrueType program (ISO 32000-1, 9.9): no names, no character map.
//! The same glyphs in the same order give the same bytes.

use std::borrow::Cow;

use super::face::{Face, u16_at, u32_at};

/// What the checksum of a whole font file is subtracted from (OpenType, `head`).
const CHECKSUM_MAGIC: u32 = 0xB1B0_AFBA;

/// A font file with the glyphs `glyphs` of `face`, numbered in this order; the parts of composite glyphs come after them.
///
/// The first must be glyph 0. A glyph may stand in the list twice.
pub fn subset(face: &Face, glyphs: &[u16]) -> Vec<u8> {
    let (order, outlines) = with_components(face, glyphs);

    let mut glyf = Vec::with_capacity(outlines.iter().map(|outline| outline.len() + 3).sum());
    let mut loca = Vec::with_capacity(4 * (outlines.len() + 1));
    for outline in &outlines {
        loca.extend((glyf.len() as u32).to_be_bytes());
        glyf.extend_from_slice(outline);
        pad(&mut glyf);
    }
    loca.extend((glyf.len() as u32).to_be_bytes());

    // In the order of their tags, as the table directory wants them; OpenType leaves the order of the data free.
    let tables: Vec<([u8; 4], Cow<'_, [u8]>)> = [
        (b"cvt ", face.table(b"cvt ").map(Cow::Borrowed)),
        (b"fpgm", face.table(b"fpgm").map(Cow::Borrowed)),
        (b"glyf", Some(glyf.into())),
        (b"head", Some(head(face).into())),
        (b"hhea", Some(hhea(face, order.len()).into())),
        (b"hmtx", Some(hmtx(face, &order).into())),
        (b"loca", Some(loca.into())),
        (b"maxp", Some(maxp(face, order.len()).into())),
        (b"prep", face.table(b"prep").map(Cow::Borrowed)),
    ]
    .into_iter()
    .filter_map(|(tag, table)| table.map(|table| (*tag, table)))
    .collect();
    assemble(&tables)
}

/// The glyphs with the parts of their composites after them, and the outline of each.
fn with_components(face: &Face, glyphs: &[u16]) -> (Vec<u16>, Vec<Cow<'static, [u8]>>) {
    let mut order = glyphs.to_vec();
    let mut outlines = Vec::with_capacity(glyphs.len());
    let mut next = 0;
    while next < order.len() {
        let outline = face.outline(order[next]);
        outlines.push(if is_composite(outline) {
            Cow::Owned(renumber_components(outline, &mut order))
        } else {
            Cow::Borrowed(outline)
        });
        next += 1;
    }
    (order, outlines)
}

fn is_composite(outline: &[u8]) -> bool {
    u16_at(outline, 0).is_some_and(|contours| (contours as i16) < 0)
}

/// A composite outline whose parts have their numbers in `order`, where they are appended if they are not there.
///
/// Empty when the outline is damaged.
fn renumber_components(outline: &[u8], order: &mut Vec<u16>) -> Vec<u8> {
    const ARGUMENTS_ARE_WORDS: u16 = 0x0001;
    const HAS_SCALE: u16 = 0x0008;
    const MORE_COMPONENTS: u16 = 0x0020;
    const HAS_TWO_SCALES: u16 = 0x0040;
    const HAS_MATRIX: u16 = 0x0080;

    let mut renumbered = outline.to_vec();
    // Number of contours and bounding box come first.
    let mut at = 10;
    loop {
        let (Some(flags), Some(component)) = (u16_at(&renumbered, at), u16_at(&renumbered, at + 2)) else {
            return Vec::new();
        };
        let number = order
            .iter()
            .position(|glyph| *glyph == component)
            .unwrap_or_else(|| {
                order.push(component);
                order.len() - 1
            });
        renumbered[at + 2..at + 4].copy_from_slice(&(number as u16).to_be_bytes());
        at += 4 + if flags & ARGUMENTS_ARE_WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & HAS_SCALE != 0 => 2,
            _ if flags & HAS_TWO_SCALES != 0 => 4,
            _ if flags & HAS_MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE_COMPONENTS == 0 {
            return renumbered;
        }
    }
}

/// `head` with long glyph offsets; its checksum is set last, by [`assemble`].
fn head(face: &Face) -> Vec<u8> {
    let mut head = face.table(b"head").unwrap_or_default().to_vec();
    head.resize(54, 0);
    head[8..12].fill(0);
    head[50..52].copy_from_slice(&1u16.to_be_bytes());
    head
}

/// `hhea` with one metric for each glyph.
fn hhea(face: &Face, glyphs: usize) -> Vec<u8> {
    let mut hhea = face.table(b"hhea").unwrap_or_default().to_vec();
    hhea.resize(36, 0);
    hhea[34..36].copy_from_slice(&(glyphs as u16).to_be_bytes());
    hhea
}

fn maxp(face: &Face, glyphs: usize) -> Vec<u8> {
    let mut maxp = face.table(b"maxp").unwrap_or_default().to_vec();
    maxp.resize(maxp.len().max(6), 0);
    maxp[4..6].copy_from_slice(&(glyphs as u16).to_be_bytes());
    maxp
}

/// Advance width and left side bearing of each glyph.
fn hmtx(face: &Face, order: &[u16]) -> Vec<u8> {
    let table = face.table(b"hmtx").unwrap_or_default();
    let metrics = face.table(b"hhea").and_then(|hhea| u16_at(hhea, 34));
    // The glyphs after the last full metric share its advance width and have a bearing only.
    let metrics = usize::from(metrics.unwrap_or(1).max(1));
    let mut hmtx = Vec::with_capacity(4 * order.len());
    for glyph in order {
        let glyph = usize::from(*glyph);
        let advance = u16_at(table, 4 * glyph.min(metrics - 1));
        let bearing = if glyph < metrics {
            4 * glyph + 2
        } else {
            4 * metrics + 2 * (glyph - metrics)
        };
        hmtx.extend(advance.unwrap_or(0).to_be_bytes());
        hmtx.extend(u16_at(table, bearing).unwrap_or(0).to_be_bytes());
    }
    hmtx
}

/// A font file out of its tables, which come in the order of their tags.
fn assemble(tables: &[([u8; 4], Cow<'_, [u8]>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let log = count.ilog2() as u16;
    let mut offset = 12 + 16 * tables.len();
    let mut file =
        Vec::with_capacity(offset + tables.iter().map(|(_, table)| table.len() + 3).sum::<usize>());
    file.extend([0, 1, 0, 0]);
    for number in [count, 16 << log, log, 16 * count - (16 << log)] {
        file.extend(number.to_be_bytes());
    }
    let mut head_at = None;
    let mut sum = 0u32;
    for (tag, table) in tables {
        if tag == b"head" {
            head_at = Some(offset);
        }
        let table_sum = checksum(table);
        sum = sum.wrapping_add(table_sum);
        file.extend(tag);
        file.extend(table_sum.to_be_bytes());
        file.extend((offset as u32).to_be_bytes());
        file.extend((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    sum = sum.wrapping_add(checksum(&file));
    for (_, table) in tables {
        file.extend_from_slice(table);
        pad(&mut file);
    }
    if let Some(at) = head_at {
        file[at + 8..at + 12].copy_from_slice(&CHECKSUM_MAGIC.wrapping_sub(sum).to_be_bytes());
    }
    file
}

/// The sum of the 32-bit words of a table, padded with zeros.
fn checksum(table: &[u8]) -> u32 {
    let (words, rest) = table.split_at(table.len() & !3);
    let sum = words
        .chunks_exact(4)
        .fold(0u32, |sum, word| sum.wrapping_add(u32_at(word, 0).unwrap_or(0)));
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    sum.wrapping_add(u32::from_be_bytes(last))
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use super::*;
    use crate::font::{FaceId, FontBook};

    /// The segments of an outline, as text.
    #[derive(Default)]
    struct Path(String);

    impl ttf_parser::OutlineBuilder for Path {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0 += &format!("M{x},{y}");
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0 += &format!("L{x},{y}");
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0 += &format!("Q{x1},{y1} {x},{y}");
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            unreachable!("TrueType has no cubic curves");
        }
        fn close(&mut self) {
            self.0 += "Z";
        }
    }

    fn path(face: &ttf_parser::Face<'_>, glyph: u16) -> String {
        let mut path = Path::default();
        face.outline_glyph(ttf_parser::GlyphId(glyph), &mut path);
        path.0
    }

    fn glyphs_of(face: &Face, text: &str) -> Vec<u16> {
        [0].into_iter()
            .chain(text.chars().map(|c| face.glyph(c).unwrap()))
            .collect()
    }

    #[test]
    fn subset_glyphs_look_like_the_originals() {
        let book = FontBook::bundled().unwrap();
        // The Latin face composes accented letters; Zhuque composes some characters and marks.
        let texts = [
            "红头文件，《通知》——“一是”",
            "红头",
            "标题",
            "标题",
            "中",
            "Añéü 2024",
        ];
        for (id, text) in texts.iter().enumerate() {
            let face = book.face(FaceId(id as u16));
            let glyphs = glyphs_of(face, text);
            let file = subset(face, &glyphs);
            let read = ttf_parser::Face::parse(&file, 0).unwrap();
            let original = face.parsed();
            for (number, glyph) in glyphs.iter().enumerate() {
                assert_eq!(
                    path(&read, number as u16),
                    path(&original, *glyph),
                    "{face:?} {glyph}"
                );
                assert_eq!(
                    read.glyph_hor_advance(ttf_parser::GlyphId(number as u16)),
                    original.glyph_hor_advance(ttf_parser::GlyphId(*glyph))
                );
                assert_eq!(
                    read.glyph_hor_side_bearing(ttf_parser::GlyphId(number as u16)),
                    original.glyph_hor_side_bearing(ttf_parser::GlyphId(*glyph))
                );
            }
        }
    }

    #[test]
    fn every_composite_of_the_bundled_faces_survives() {
        let book = FontBook::bundled().unwrap();
        for id in 0..book.len() {
            let face = book.face(FaceId(id as u16));
            let original = face.parsed();
            let composites: Vec<u16> = (0..face.glyph_count())
                .filter(|glyph| is_composite(face.outline(*glyph)))
                .collect();
            for some in composites.chunks(400) {
                let glyphs: Vec<u16> = [0].into_iter().chain(some.iter().copied()).collect();
                let file = subset(face, &glyphs);
                let read = ttf_parser::Face::parse(&file, 0).unwrap();
                for (number, glyph) in glyphs.iter().enumerate() {
                    assert_eq!(
                        path(&read, number as u16),
                        path(&original, *glyph),
                        "{face:?} {glyph}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_whole_file_sums_to_the_magic_number() {
        let book = FontBook::bundled().unwrap();
        let face = book.face(FaceId(0));
        assert_eq!(checksum(&subset(face, &glyphs_of(face, "校验"))), CHECKSUM_MAGIC);
    }

    #[test]
    fn damaged_composites_become_blank() {
        let mut order = vec![0];
        let mut outline = vec![0xff; 10];
        outline.extend([0, 0x20, 0, 9, 1, 1]);
        assert_eq!(renumber_components(&outline, &mut order), Vec::<u8>::new());
        assert_eq!(renumber_components(&[0xff; 11], &mut order), Vec::<u8>::new());
    }
}
