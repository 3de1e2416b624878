//! Subsets of faces: a font program that holds the glyphs asked for and no others, deflated for a PDF or plain.
//!
//! TrueType outlines are copied as they are, never changed but for the glyph numbers inside composite glyphs. The tables are those
//! that PDF asks of an embedded TrueType program (ISO 32000-1, 9.9): no names, no character map. CFF programs are those
//! of `cff`.
//! The same glyphs in the same order give the same bytes, whatever was asked before.

mod composite;

use std::borrow::Cow;
use std::sync::OnceLock;

use self::composite::{half, half_shift, is_composite, renumber_components};
use super::cff;
use super::deflate::{Bits, Codes, Packed, Sums, ZLIB_HEADER, sum_of_words};
use super::face::{Face, u16_at};

/// What the checksum of a whole font file is subtracted from (OpenType, `head`).
const CHECKSUM_MAGIC: u32 = 0xB1B0_AFBA;
/// Glyphs from which the codes for all glyphs of a face are made.
const SAMPLE: usize = 128;

/// What of a glyph goes into a font program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// The left half of its em, half an em wide: a mark such as 、 without the space after it.
    LeftHalf,
    /// The right half of its em, half an em wide: a mark such as 《 without the space before it.
    RightHalf,
}

/// A glyph of a font program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubsetGlyph {
    /// Its number in the face.
    pub glyph: u16,
    /// What of it.
    pub part: Part,
}

impl From<u16> for SubsetGlyph {
    fn from(glyph: u16) -> Self {
        SubsetGlyph {
            glyph,
            part: Part::Whole,
        }
    }
}

/// A font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontProgram {
    /// The file as a zlib stream.
    pub zlib: Vec<u8>,
    /// The length of the file itself.
    pub length: usize,
}

/// The outlines of a face as they go into font programs; each is packed when it is first asked for, and kept.
#[derive(Debug)]
pub(super) struct PackedOutlines {
    codes: Codes,
    /// For what stands before the outlines.
    tables: Codes,
    /// By glyph; composite ones are not kept, since they differ from subset to subset.
    glyphs: Vec<OnceLock<Box<Packed>>>,
}

impl PackedOutlines {
    fn new(face: &Face) -> PackedOutlines {
        let count = usize::from(face.glyph_count());
        let sample: Vec<u16> = (0..count)
            .step_by((count / SAMPLE).max(1))
            .map(|glyph| glyph as u16)
            .collect();
        let outlines: Vec<Cow<'_, [u8]>> = sample.iter().map(|glyph| program_outline(face, *glyph)).collect();
        let order: Vec<SubsetGlyph> = sample.iter().copied().map(SubsetGlyph::from).collect();
        let sums: Vec<Sums> = outlines.iter().map(|outline| Sums::of(outline)).collect();
        let before = before_outlines(face, &order, &sums);
        PackedOutlines {
            codes: Codes::from_sample(outlines.iter().map(AsRef::as_ref)),
            tables: Codes::from_sample(std::iter::once(&before[..])),
            glyphs: (0..count).map(|_| OnceLock::new()).collect(),
        }
    }
}

/// The outline of a whole glyph as a font program holds it, but for the numbers in composite ones.
fn program_outline(face: &Face, glyph: u16) -> Cow<'static, [u8]> {
    if face.is_cff() {
        cff::charstring(face, glyph.into()).into()
    } else {
        face.outline(glyph).into()
    }
}

/// A font file with the glyphs `glyphs` of `face`, numbered in this order; the parts of composite glyphs come after them.
///
/// The first must be glyph 0. A glyph may stand in the list twice.
pub fn subset(face: &Face, glyphs: &[SubsetGlyph]) -> FontProgram {
    let packed = face.packed.get_or_init(|| PackedOutlines::new(face));
    let (order, outlines) = packed_outlines(face, packed, glyphs);

    let sums: Vec<Sums> = outlines.iter().map(|outline| outline.sums).collect();
    joined(&before_outlines(face, &order, &sums), packed, &outlines)
}

/// All of a font file but the outlines, which have these sums.
fn before_outlines(face: &Face, order: &[SubsetGlyph], outlines: &[Sums]) -> Vec<u8> {
    if face.is_cff() {
        let lengths: Vec<usize> = outlines.iter().map(|sums| sums.len).collect();
        return cff::before_charstrings(face, &lengths);
    }
    let mut sums = Sums::of(&[]);
    let mut loca = Vec::with_capacity(4 * (outlines.len() + 1));
    for outline in outlines {
        loca.extend((sums.len as u32).to_be_bytes());
        sums = sums.then(*outline);
    }
    loca.extend((sums.len as u32).to_be_bytes());
    assemble(&tables(face, order, loca), sums)
}

/// The file that begins with `before` and ends with the outlines.
fn joined(before: &[u8], packed: &PackedOutlines, outlines: &[Outline<'_>]) -> FontProgram {
    let packed_size: usize = outlines.iter().map(|outline| outline.size()).sum();
    // Beyond the tables and the outlines: tables of codes, at most 170 bytes each, and the checksum.
    let mut stream = Vec::with_capacity(before.len() + packed_size + 512);
    stream.extend(ZLIB_HEADER);
    let mut bits = Bits::after(stream);
    packed.tables.begin(&mut bits, false);
    packed.tables.push(&mut bits, before);
    packed.tables.end(&mut bits);
    packed.codes.begin(&mut bits, true);
    for outline in outlines {
        bits.append(outline);
    }
    packed.codes.end(&mut bits);
    let sums = outlines
        .iter()
        .fold(Sums::of(before), |sums, outline| sums.then(outline.sums));
    let mut zlib = bits.finish();
    zlib.extend(sums.adler().to_be_bytes());
    FontProgram {
        zlib,
        length: sums.len,
    }
}

/// A font file with whole glyphs of `face`, numbered in this order, and with tables besides; not compressed.
pub(super) fn file(face: &Face, glyphs: &[u16], besides: Vec<(&'static [u8; 4], Vec<u8>)>) -> Vec<u8> {
    let mut order: Vec<SubsetGlyph> = glyphs.iter().copied().map(SubsetGlyph::from).collect();
    let mut glyf: Vec<u8> = Vec::new();
    let mut loca: Vec<u8> = Vec::new();
    let mut next = 0;
    while let Some(SubsetGlyph { glyph, .. }) = order.get(next).copied() {
        next += 1;
        loca.extend((glyf.len() as u32).to_be_bytes());
        let outline = face.outline(glyph);
        if is_composite(outline) {
            glyf.extend(renumber_components(outline, &mut order));
        } else {
            glyf.extend_from_slice(outline);
        }
        // Programs that read whole fonts expect outlines at even places.
        glyf.resize(glyf.len().next_multiple_of(4), 0);
    }
    loca.extend((glyf.len() as u32).to_be_bytes());
    let mut tables = tables(face, &order, loca);
    tables.extend(besides.into_iter().map(|(tag, table)| (tag, Some(table.into()))));
    let mut file = assemble(&tables, Sums::of(&glyf));
    file.extend(glyf);
    file
}

/// The tables that every font file here has, but for `glyf`.
fn tables<'a>(face: &'a Face, order: &[SubsetGlyph], loca: Vec<u8>) -> Vec<Table<'a>> {
    vec![
        (b"cvt ", face.table(b"cvt ").map(Cow::Borrowed)),
        (b"fpgm", face.table(b"fpgm").map(Cow::Borrowed)),
        (b"head", Some(head(face).into())),
        (b"hhea", Some(hhea(face, order.len()).into())),
        (b"hmtx", Some(hmtx(face, order).into())),
        (b"loca", Some(loca.into())),
        (b"maxp", Some(maxp(face, order.len()).into())),
        (b"prep", face.table(b"prep").map(Cow::Borrowed)),
    ]
}

/// A packed outline, kept or not.
enum Outline<'a> {
    Kept(&'a Packed),
    Own(Packed),
}

impl std::ops::Deref for Outline<'_> {
    type Target = Packed;
    fn deref(&self) -> &Packed {
        match self {
            Outline::Kept(packed) => packed,
            Outline::Own(packed) => packed,
        }
    }
}

/// The glyphs with the parts of their composites after them, and the outline of each.
fn packed_outlines<'a>(
    face: &Face,
    packed: &'a PackedOutlines,
    glyphs: &[SubsetGlyph],
) -> (Vec<SubsetGlyph>, Vec<Outline<'a>>) {
    let mut order = glyphs.to_vec();
    let mut outlines = Vec::with_capacity(glyphs.len());
    let mut next = 0;
    while next < order.len() {
        let SubsetGlyph { glyph, part } = order[next];
        next += 1;
        if part != Part::Whole && face.is_cff() {
            let half = cff::charstring(face, SubsetGlyph { glyph, part });
            outlines.push(Outline::Own(packed.codes.pack_as_it_is(&half)));
            continue;
        }
        if part != Part::Whole {
            outlines.push(Outline::Own(
                packed.codes.pack(&half(face, glyph, part, &mut order)),
            ));
            continue;
        }
        let slot = packed.glyphs.get(usize::from(glyph));
        if let Some(kept) = slot.and_then(OnceLock::get) {
            outlines.push(Outline::Kept(kept));
            continue;
        }
        let outline = program_outline(face, glyph);
        outlines.push(match slot {
            Some(slot) if face.is_cff() => {
                Outline::Kept(slot.get_or_init(|| Box::new(packed.codes.pack_as_it_is(&outline))))
            }
            Some(slot) if !is_composite(&outline) => {
                Outline::Kept(slot.get_or_init(|| Box::new(packed.codes.pack(&outline))))
            }
            _ => Outline::Own(packed.codes.pack(&renumber_components(&outline, &mut order))),
        });
    }
    (order, outlines)
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

/// `maxp` with room for composites of one part, which halves are.
fn maxp(face: &Face, glyphs: usize) -> Vec<u8> {
    let mut maxp = face.table(b"maxp").unwrap_or_default().to_vec();
    maxp.resize(maxp.len().max(32), 0);
    let number = |at: usize| u16_at(&maxp, at).unwrap_or(0);
    let (points, contours, depth) = (number(6), number(8), number(30));
    let changed = [
        (4, glyphs as u16),
        (10, points.max(number(10))),
        (12, contours.max(number(12))),
        (28, number(28).max(1)),
        (30, depth.saturating_add(1)),
    ];
    for (at, number) in changed {
        maxp[at..at + 2].copy_from_slice(&number.to_be_bytes());
    }
    maxp
}

/// Advance width and left side bearing of each glyph.
fn hmtx(face: &Face, order: &[SubsetGlyph]) -> Vec<u8> {
    let table = face.table(b"hmtx").unwrap_or_default();
    let metrics = face.table(b"hhea").and_then(|hhea| u16_at(hhea, 34));
    // The glyphs after the last full metric share its advance width and have a bearing only.
    let metrics = usize::from(metrics.unwrap_or(1).max(1));
    let mut hmtx = Vec::with_capacity(4 * order.len());
    for SubsetGlyph { glyph, part } in order {
        let glyph = usize::from(*glyph);
        let advance = match part {
            Part::Whole => u16_at(table, 4 * glyph.min(metrics - 1)).unwrap_or(0),
            Part::LeftHalf | Part::RightHalf => face.units_per_em() / 2,
        };
        let bearing = if glyph < metrics {
            4 * glyph + 2
        } else {
            4 * metrics + 2 * (glyph - metrics)
        };
        let bearing = u16_at(table, bearing).unwrap_or(0) as i16;
        hmtx.extend(advance.to_be_bytes());
        hmtx.extend(bearing.saturating_sub(half_shift(face, *part)).to_be_bytes());
    }
    hmtx
}

/// A table's tag and content; `None` when the face has no such table.
type Table<'a> = (&'a [u8; 4], Option<Cow<'a, [u8]>>);

/// All of a font file but its last table, `glyf`; the others come in the order of their tags.
fn assemble(others: &[Table<'_>], glyf: Sums) -> Vec<u8> {
    let others = others
        .iter()
        .filter_map(|(tag, table)| Some((*tag, table.as_deref()?)));
    let mut data = Vec::new();
    // Tag, checksum, offset in the data, length.
    let mut entries = Vec::new();
    for (tag, table) in others {
        entries.push((tag, sum_of_words(table), data.len(), table.len()));
        data.extend_from_slice(table);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let head = entries
        .iter()
        .find(|(tag, ..)| *tag == b"head")
        .map(|(_, _, offset, _)| *offset);
    entries.push((b"glyf", glyf.words, data.len(), glyf.len));
    entries.sort_unstable_by_key(|(tag, ..)| **tag);

    let count = entries.len() as u16;
    let log = count.ilog2() as u16;
    let directory = 12 + 16 * entries.len();
    let mut file = Vec::with_capacity(directory + data.len());
    file.extend([0, 1, 0, 0]);
    for number in [count, 16 << log, log, 16 * count - (16 << log)] {
        file.extend(number.to_be_bytes());
    }
    for (tag, sum, offset, len) in entries {
        file.extend(tag);
        file.extend(sum.to_be_bytes());
        file.extend(((directory + offset) as u32).to_be_bytes());
        file.extend((len as u32).to_be_bytes());
    }
    file.extend(data);
    if let Some(head) = head {
        let sum = sum_of_words(&file).wrapping_add(glyf.words);
        let adjustment = directory + head + 8;
        file[adjustment..adjustment + 4].copy_from_slice(&CHECKSUM_MAGIC.wrapping_sub(sum).to_be_bytes());
    }
    file
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use std::io::Read;

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

    fn inflated(program: &FontProgram) -> Vec<u8> {
        let mut file = Vec::new();
        flate2::read::ZlibDecoder::new(&program.zlib[..])
            .read_to_end(&mut file)
            .unwrap();
        assert_eq!(file.len(), program.length);
        file
    }

    fn whole(glyphs: &[u16]) -> Vec<SubsetGlyph> {
        glyphs.iter().copied().map(SubsetGlyph::from).collect()
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
            let file = inflated(&subset(face, &whole(&glyphs)));
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
                let file = inflated(&subset(face, &whole(&glyphs)));
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
    fn halves_are_parts_of_the_whole() {
        let book = FontBook::bundled().unwrap();
        for id in 0..5 {
            let face = book.face(FaceId(id));
            let (stop, quote) = (face.glyph('。').unwrap(), face.glyph('《').unwrap());
            let glyphs = [
                SubsetGlyph::from(0),
                SubsetGlyph {
                    glyph: stop,
                    part: Part::LeftHalf,
                },
                SubsetGlyph {
                    glyph: quote,
                    part: Part::RightHalf,
                },
                SubsetGlyph::from(quote),
            ];
            let file = inflated(&subset(face, &glyphs));
            let read = ttf_parser::Face::parse(&file, 0).unwrap();
            let original = face.parsed();
            // The whole 。 comes after the list, the whole 《 is in it.
            assert!(read.number_of_glyphs() >= 5);
            let bounds = |face: &ttf_parser::Face<'_>, glyph| {
                let bounds = face.glyph_bounding_box(ttf_parser::GlyphId(glyph)).unwrap();
                (bounds.x_min, bounds.x_max, bounds.y_min, bounds.y_max)
            };
            let half_em = face.units_per_em() as i16 / 2;
            let (x_min, x_max, y_min, y_max) = bounds(&original, quote);
            assert_eq!(bounds(&read, 1), bounds(&original, stop));
            assert_eq!(bounds(&read, 2), (x_min - half_em, x_max - half_em, y_min, y_max));
            assert_eq!(path(&read, 1), path(&original, stop));
            for (glyph, whole, shift) in [(1, stop, 0), (2, quote, half_em)] {
                let glyph = ttf_parser::GlyphId(glyph);
                assert_eq!(read.glyph_hor_advance(glyph), Some(half_em as u16));
                let bearing = original
                    .glyph_hor_side_bearing(ttf_parser::GlyphId(whole))
                    .unwrap();
                assert_eq!(read.glyph_hor_side_bearing(glyph), Some(bearing - shift));
            }
        }
    }

    #[test]
    fn a_whole_file_sums_to_the_magic_number() {
        let book = FontBook::bundled().unwrap();
        let face = book.face(FaceId(0));
        let file = inflated(&subset(face, &whole(&glyphs_of(face, "校验"))));
        assert_eq!(Sums::of(&file).words, CHECKSUM_MAGIC);
    }

    #[test]
    fn what_was_asked_before_does_not_matter() {
        let (fresh, used) = (FontBook::bundled().unwrap(), FontBook::bundled().unwrap());
        for text in ["别的字", "另一些", "《乙》"] {
            let face = used.face(FaceId(0));
            subset(face, &whole(&glyphs_of(face, text)));
        }
        let program = |book: &FontBook| {
            subset(
                book.face(FaceId(0)),
                &whole(&glyphs_of(book.face(FaceId(0)), "一些字《》")),
            )
        };
        assert_eq!(program(&fresh), program(&used));
    }

    #[test]
    fn damaged_composites_become_blank() {
        let mut order = whole(&[0]);
        let mut outline = vec![0xff; 10];
        outline.extend([0, 0x20, 0, 9, 1, 1]);
        assert_eq!(renumber_components(&outline, &mut order), Vec::<u8>::new());
        assert_eq!(renumber_components(&[0xff; 11], &mut order), Vec::<u8>::new());
    }
}
