//! One face, of TrueType or CFF outlines: characters to glyphs, advance widths, outlines, and its raw tables.
//!
//! Metrics of the line are not taken from the face: bundled and official fonts disagree about them, so layout works
//! with a fixed em box. A shaper is not needed either: on Chinese text these fonts' glyphs are what their `cmap` says.

use std::borrow::Cow;
use std::num::NonZeroU16;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

use ttf_parser::head::IndexToLocationFormat;
use ttf_parser::{GlyphId, OutlineBuilder, PlatformId, RawFace, Tag, cff, cmap, glyf, hmtx, loca, name_id};

use super::FontError;
use super::subset::PackedOutlines;

/// Variation selector 2: after a quotation mark it asks for the full-width glyph.
const FULL_WIDTH_SELECTOR: char = '\u{fe01}';
/// A looked-up character that the face lacks.
const LACKING: u16 = u16::MAX;

/// One typeface.
pub struct Face {
    raw: RawFace<'static>,
    family: String,
    postscript_name: String,
    units_per_em: u16,
    /// Font bounding box in font units: x min, y min, x max, y max.
    bounding_box: [i16; 4],
    /// Advance widths in thousandths of the em, by glyph.
    advances: OnceLock<Vec<u16>>,
    glyph_count: u16,
    horizontal: Option<hmtx::Table<'static>>,
    unicode: cmap::Subtable<'static>,
    variations: Option<cmap::Subtable14<'static>>,
    /// The outlines of a CFF face; a TrueType face has a `glyf` table.
    cff: Option<cff::Table<'static>>,
    /// Characters that this face draws wrongly and are taken elsewhere.
    excluded: &'static [char],
    /// Glyphs of characters already looked up: 0 for not yet, [`LACKING`] for none. Plain stores race harmlessly, since
    /// every thread finds the same glyph.
    looked_up: OnceLock<Box<[AtomicU16]>>,
    /// Filled by [`super::subset`].
    pub(super) packed: OnceLock<PackedOutlines>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Face").field(&self.postscript_name).finish()
    }
}

impl Face {
    /// Reads the face `index` of a font file. The data lives as long as the program, as bundled fonts do.
    ///
    /// # Errors
    /// When it is no TrueType or CFF font with the tables that drawing needs. Variable CFF fonts (CFF2) are none.
    pub fn parse(data: &'static [u8], index: u32, excluded: &'static [char]) -> Result<Face, FontError> {
        let parsed =
            ttf_parser::Face::parse(data, index).map_err(|error| FontError::Parse(error.to_string()))?;
        let raw = *parsed.raw_face();
        let cff = parsed.tables().cff;
        let outlines: &[&[u8; 4]] = if cff.is_some() { &[] } else { &[b"glyf", b"loca"] };
        let needed = [b"head", b"hhea", b"hmtx", b"maxp"];
        for tag in outlines.iter().copied().chain(needed) {
            if raw.table(Tag::from_bytes(tag)).is_none() {
                return Err(FontError::Parse(format!(
                    "no {} table",
                    String::from_utf8_lossy(tag)
                )));
            }
        }
        let (unicode, variations) = character_maps(&parsed)?;
        let units_per_em = parsed.units_per_em();
        let bounds = parsed.global_bounding_box();
        let postscript_name: String = name(parsed.names(), name_id::POST_SCRIPT_NAME)
            .unwrap_or_else(|| "Unnamed".to_owned())
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        Ok(Face {
            raw,
            family: name(parsed.names(), name_id::FULL_NAME).unwrap_or_else(|| postscript_name.clone()),
            postscript_name,
            units_per_em,
            bounding_box: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            glyph_count: parsed.number_of_glyphs(),
            horizontal: parsed.tables().hmtx,
            advances: OnceLock::new(),
            unicode,
            variations,
            cff,
            excluded,
            looked_up: OnceLock::new(),
            packed: OnceLock::new(),
        })
    }

    /// The full name, such as `Noto Serif SC SemiBold`.
    pub fn name(&self) -> &str {
        &self.family
    }

    /// The PostScript name, letters, digits and hyphens only.
    pub fn postscript_name(&self) -> &str {
        &self.postscript_name
    }

    /// Font units in one em.
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// The box around all glyphs, in font units: x min, y min, x max, y max.
    pub fn bounding_box(&self) -> [i16; 4] {
        self.bounding_box
    }

    /// The number of glyphs.
    pub fn glyph_count(&self) -> u16 {
        self.glyph_count
    }

    /// The raw bytes of a table.
    pub fn table(&self, tag: &[u8; 4]) -> Option<&'static [u8]> {
        self.raw.table(Tag::from_bytes(tag))
    }

    /// The glyph that draws `c`: the full-width one for quotation marks, if the face has both.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let looked_up = self
            .looked_up
            .get_or_init(|| (0..=0xffff).map(|_| AtomicU16::new(0)).collect());
        let Some(slot) = looked_up.get(c as usize) else {
            return self.look_up(c);
        };
        match slot.load(Ordering::Relaxed) {
            0 => {
                let glyph = self.look_up(c);
                slot.store(glyph.unwrap_or(LACKING), Ordering::Relaxed);
                glyph
            }
            LACKING => None,
            glyph => Some(glyph),
        }
    }

    /// The advance width of a glyph, in thousandths of the em.
    pub fn advance(&self, glyph: u16) -> u16 {
        let advances = self.advances.get_or_init(|| self.all_advances());
        advances.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    fn all_advances(&self) -> Vec<u16> {
        let per_em = u32::from(self.units_per_em);
        (0..self.glyph_count)
            .map(|glyph| {
                let units = self.horizontal.and_then(|table| table.advance(GlyphId(glyph)));
                ((u32::from(units.unwrap_or(0)) * 1000 + per_em / 2) / per_em) as u16
            })
            .collect()
    }

    /// Whether its outlines are CFF, not TrueType.
    pub fn is_cff(&self) -> bool {
        self.cff.is_some()
    }

    /// The box around a glyph's ink, in font units: x min, y min, x max, y max. `None` for a glyph without ink.
    pub fn ink_box(&self, glyph: u16) -> Option<[i16; 4]> {
        if let Some(cff) = &self.cff {
            let bounds = cff.outline(GlyphId(glyph), &mut Nowhere).ok()?;
            return Some([bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]);
        }
        let outline = self.outline(glyph);
        // numberOfContours, xMin, yMin, xMax, yMax.
        let bound = |at| u16_at(outline, at).map(|number| number as i16);
        Some([bound(2)?, bound(4)?, bound(6)?, bound(8)?])
    }

    /// The outline of a glyph as `glyf` holds it; empty for a blank glyph, for CFF, and where the tables are damaged.
    pub fn outline(&self, glyph: u16) -> &'static [u8] {
        let outline = || {
            let long_offsets = u16_at(self.table(b"head")?, 50)? != 0;
            let loca = self.table(b"loca")?;
            let offset = |index: usize| {
                Some(if long_offsets {
                    u32_at(loca, 4 * index)? as usize
                } else {
                    2 * usize::from(u16_at(loca, 2 * index)?)
                })
            };
            let glyph = usize::from(glyph);
            self.table(b"glyf")?.get(offset(glyph)?..offset(glyph + 1)?)
        };
        outline().unwrap_or_default()
    }

    /// Draws the outline of a glyph in font units; nothing for a blank glyph, and where the tables are damaged.
    pub fn draw(&self, glyph: u16, pen: &mut dyn OutlineBuilder) {
        if let Some(cff) = &self.cff {
            // A damaged outline ends where the damage is.
            let _ = cff.outline(GlyphId(glyph), pen);
            return;
        }
        let table = || {
            let format = match u16_at(self.table(b"head")?, 50)? {
                0 => IndexToLocationFormat::Short,
                _ => IndexToLocationFormat::Long,
            };
            let loca =
                loca::Table::parse(NonZeroU16::new(self.glyph_count())?, format, self.table(b"loca")?)?;
            glyf::Table::parse(loca, self.table(b"glyf")?)
        };
        if let Some(table) = table() {
            table.outline(GlyphId(glyph), pen);
        }
    }

    /// The name with this number, in English if there is one (OpenType, `name`).
    pub(super) fn system_name(&self, id: u16) -> Option<String> {
        let table = ttf_parser::name::Table::parse(self.table(b"name")?)?;
        name(table.names, id)
    }

    /// The face as ttf-parser reads it.
    #[cfg(test)]
    pub(super) fn parsed(&self) -> ttf_parser::Face<'static> {
        ttf_parser::Face::parse(self.raw.data, 0).unwrap()
    }

    /// The glyph of `c` before a variation selector, if it is another than that of `c` alone.
    pub(super) fn variation(&self, c: char, selector: char) -> Option<u16> {
        match self.variations?.glyph_index(u32::from(c), u32::from(selector))? {
            cmap::GlyphVariationResult::Found(glyph) => Some(glyph.0),
            cmap::GlyphVariationResult::UseDefault => None,
        }
    }

    fn look_up(&self, c: char) -> Option<u16> {
        if self.excluded.contains(&c) {
            return None;
        }
        if matches!(c, '‘' | '’' | '“' | '”')
            && let Some(glyph) = self.variation(c, FULL_WIDTH_SELECTOR)
        {
            return Some(glyph);
        }
        self.unicode
            .glyph_index(u32::from(c))
            .map(|glyph| glyph.0)
            .filter(|glyph| *glyph != 0)
    }
}

/// Draws nothing.
struct Nowhere;

impl OutlineBuilder for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}

/// The map with the most characters, and the one of variation sequences.
fn character_maps(
    face: &ttf_parser::Face<'static>,
) -> Result<(cmap::Subtable<'static>, Option<cmap::Subtable14<'static>>), FontError> {
    let subtables = face
        .tables()
        .cmap
        .ok_or_else(|| FontError::Parse("no cmap table".to_owned()))?
        .subtables;
    let mut unicode: Option<cmap::Subtable> = None;
    let mut variations = None;
    for subtable in subtables {
        match subtable.format {
            cmap::Format::UnicodeVariationSequences(table) => variations = Some(table),
            // Format 12 reaches beyond the basic plane and wins over format 4.
            cmap::Format::SegmentedCoverage(_) if subtable.is_unicode() => unicode = Some(subtable),
            _ if subtable.is_unicode() && unicode.is_none() => unicode = Some(subtable),
            _ => {}
        }
    }
    let unicode = unicode.ok_or_else(|| FontError::Parse("no Unicode character map".to_owned()))?;
    Ok((unicode, variations))
}

fn name(names: ttf_parser::name::Names<'_>, id: u16) -> Option<String> {
    const ENGLISH: u16 = 0x0409;
    let windows =
        |name: &ttf_parser::name::Name<'_>| name.platform_id == PlatformId::Windows && name.name_id == id;
    names
        .into_iter()
        .find(|name| windows(name) && name.language_id == ENGLISH)
        .or_else(|| names.into_iter().find(|name| windows(name)))
        .and_then(|name| name.to_string())
}

/// The 16-bit number at `offset`, if the table reaches so far.
pub(super) fn u16_at(table: &[u8], offset: usize) -> Option<u16> {
    let bytes = table.get(offset..offset + 2)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

/// The 32-bit number at `offset`, if the table reaches so far.
pub(super) fn u32_at(table: &[u8], offset: usize) -> Option<u32> {
    let bytes = table.get(offset..offset + 4)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// Font data that is part of the program or read once and kept: either way it lives as long as the program.
pub(super) fn keep(data: Cow<'static, [u8]>) -> &'static [u8] {
    match data {
        Cow::Borrowed(data) => data,
        Cow::Owned(data) => Vec::leak(data),
    }
}
