//! A paragraph's text as atoms: each with its glyph, its width, and what happens at the boundary before it.
//!
//! Choosing lines is left to `breaking`, positions to `justify`. The one rule kept here: every character of the text
//! belongs to exactly one atom, in order, or to the line break it is.

use std::ops::Range;

use unicode_normalization::char::compose;

use super::characters::{Class, is_full_width};
use super::joint;
use super::{LayoutError, Substitution};
use crate::font::{Face, FaceId, FontBook, GlyphChoice};
use crate::profile::{CharacterStyle, FontRole, Grid, Typography};
use crate::source::Span;
use crate::style::StyledParagraph;
use crate::units::Length;

/// A length along the line in 1/(1000 · grid characters) EMU.
///
/// In this unit the grid's character pitch (type area / 28) and thousandths of it are whole numbers, so that a line's
/// positions are exact and rounded to EMU once.
pub(super) type Fine = i64;

/// How a boundary's blank may be reduced, in the order in which it is (clreq, reduction ②–⑦).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Give {
    /// A word space, down to ¼ em.
    WordSpace,
    /// The blank half of a bracket or quotation mark.
    Bracket,
    /// That of ，、；：.
    Comma,
    /// The gap between a Chinese character and a Western letter or digit, down to ⅛ em.
    HanLatin,
    /// That of 。？！.
    Stop,
}

impl Give {
    /// Every kind, in the order of reduction.
    pub(super) const ORDER: [Give; 5] = [
        Give::WordSpace,
        Give::Bracket,
        Give::Comma,
        Give::HanLatin,
        Give::Stop,
    ];
}

/// Whether a line may end at a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// Only when nothing else fits in the line.
    Never,
    /// Rather than stretch a line beyond what is bearable: inside addresses, at padding blanks.
    Reluctant,
    /// Yes.
    Allowed,
}

/// One character with what is attached to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// The character.
    pub(super) c: char,
    /// Its class.
    pub(super) class: Class,
    /// The first byte of its text.
    pub(super) start: u32,
    /// The length of its text in bytes.
    pub(super) len: u8,
    /// Its run: an index into the paragraph's looks.
    pub(super) look: u16,
    /// The face it is drawn from.
    pub(super) face: FaceId,
    /// Its glyph; 0 for a blank that needs none.
    pub(super) glyph: u16,
    /// The glyph's advance in thousandths of the em.
    pub(super) advance: u16,
    /// The width of its cell.
    pub(super) width: Fine,
    /// Where the glyph's origin stands in its cell.
    pub(super) inset: Fine,
    /// The width of a Chinese character here.
    pub(super) em: Fine,

    /// Blank taken away between the atom before and this one when they stand in one line; negative where some is added.
    pub(super) cut: Fine,
    /// Blank that may be taken away besides.
    pub(super) slack: Fine,
    /// When the slack is used.
    pub(super) give: Give,
    /// How much the word space or Han–Latin gap before may grow before other gaps do.
    pub(super) space: Fine,
    /// Whether a line may end before it.
    pub(super) joint: Joint,
    /// Whether justification may open a gap before it.
    pub(super) gap: bool,
}

/// Sums over the atoms before an index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Widths less cuts.
    pub(super) width: Fine,
    /// Slack.
    pub(super) slack: Fine,
    /// Room for growth of word spaces and Han–Latin gaps.
    pub(super) space: Fine,
    /// Boundaries that may be stretched.
    pub(super) gaps: i64,
}

/// The look of a run, as far as the glyphs' places depend on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Its characters.
    pub(super) character: CharacterStyle,
    /// The width of a Chinese character.
    pub(super) em: Fine,
    /// One past its last byte.
    end: usize,
}

/// A paragraph as atoms. Reused from paragraph to paragraph.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    /// The atoms, line breaks left out.
    pub(super) atoms: Vec<Atom>,
    /// One more than there are atoms.
    pub(super) sums: Vec<Sums>,
    /// What lies between the author's line breaks, as ranges of atoms; at least one.
    pub(super) segments: Vec<Range<usize>>,
    /// The looks of the runs.
    pub(super) looks: Vec<Look>,
}

/// The factor between EMU and [`Fine`].
pub(super) fn fine_per_emu(grid: &Grid) -> i64 {
    i64::from(grid.chars) * 1000
}

/// What was drawn from another face than the first, once for each character.
#[derive(Debug, Default)]
pub(super) struct Substitutions {
    /// In the order of first occurrence.
    pub(super) found: Vec<Substitution>,
    index: std::collections::HashMap<char, usize>,
}

impl Substitutions {
    fn count(&mut self, character: char, face: FaceId, first: Span) {
        let at = *self.index.entry(character).or_insert(self.found.len());
        match self.found.get_mut(at) {
            Some(known) => known.count += 1,
            None => self.found.push(Substitution {
                character,
                face,
                count: 1,
                first,
            }),
        }
    }
}

/// Everything about a document that shaping needs.
pub(super) struct Shaper<'a> {
    /// The faces.
    pub(super) fonts: &'a FontBook,
    /// The grid.
    pub(super) grid: &'a Grid,
    /// The width of the type area.
    pub(super) text_width: Length,
    /// Choices of line breaking.
    pub(super) typography: &'a Typography,
}

impl Shaper<'_> {
    /// Shapes `paragraph` into `out`.
    pub(super) fn shape(
        &self,
        paragraph: &StyledParagraph,
        out: &mut Shaped,
        substitutions: &mut Substitutions,
    ) -> Result<(), LayoutError> {
        self.looks(paragraph, out);
        out.atoms.clear();
        out.segments.clear();
        let mut segment = 0;
        let mut quotes = StraightQuotes::default();
        let mut look = 0;
        // Bytes of invisible characters that no atom before them could take.
        let mut before: Option<u32> = None;
        // Whether an invisible character joins its neighbours.
        let mut glued = false;
        let mut rest = paragraph.text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if c == '\n' {
                out.segments.push(segment..out.atoms.len());
                segment = out.atoms.len();
                before = None;
                continue;
            }
            while look + 1 < out.looks.len() && at >= out.looks[look].end {
                look += 1;
            }
            let Look { character, em, .. } = out.looks[look];
            let next = rest.peek().map_or('\n', |(_, next)| *next);
            let previous = (out.atoms.len() > segment)
                .then(|| out.atoms.last_mut())
                .flatten();
            let mut class = Class::of(c);
            let choice = match class {
                Class::Invisible => None,
                _ if is_apostrophe(c, previous.as_deref(), next) => {
                    class = Class::Letter;
                    self.fonts.own_glyph(FontRole::Latin, c)
                }
                _ if self.typography.chinese_digits => self.fonts.own_glyph(character.font, c),
                _ => self.fonts.glyph(character.font, c),
            };
            if matches!(c, '"' | '\'') && class != Class::Letter {
                class = quotes.class(c, previous.as_deref());
            }
            let composed = previous
                .as_deref()
                .and_then(|atom| self.composed(atom, c, class, character.font));
            if class == Class::Invisible
                || (class == Class::Combining && (choice.is_none() || composed.is_some()))
            {
                glued |= matches!(c, '\u{200d}' | '\u{2060}' | '\u{feff}');
                match previous {
                    Some(atom) => {
                        if let Some((whole, choice)) = composed {
                            atom.redraw(whole, choice);
                        }
                        atom.attach(c);
                    }
                    None => before = before.or(Some(at as u32)),
                }
                continue;
            }
            if choice.is_none() && !class.is_blank() {
                return Err(LayoutError::NoGlyph {
                    character: c,
                    paragraph: paragraph.span,
                });
            }
            if let Some(choice) = choice.filter(|choice| choice.substituted) {
                substitutions.count(c, choice.face, paragraph.span);
            }
            let mut atom = atom(c, class, choice, em);
            atom.start = at as u32;
            atom.len = c.len_utf8() as u8;
            atom.look = look as u16;
            if let Some(start) = before.take() {
                atom.begin_at(start);
            }
            if std::mem::take(&mut glued) {
                atom.joint = Joint::Never;
            }
            if let (Class::Combining, Some(choice), Some(marked)) = (class, choice, out.atoms.last()) {
                atom.inset = over(marked, self.fonts.face(choice.face), choice.glyph);
            }
            out.atoms.push(atom);
        }
        out.segments.push(segment..out.atoms.len());
        for segment in &out.segments {
            joint::join(&mut out.atoms[segment.clone()], self.typography);
        }
        out.sum();
        Ok(())
    }

    /// One glyph for an atom and the mark or variation selector after it, with the character it is then: é for e and an
    /// acute, the form of 礼 that a selector asks for. `None` where no face has one.
    fn composed(
        &self,
        atom: &Atom,
        after: char,
        class: Class,
        font: FontRole,
    ) -> Option<(char, GlyphChoice)> {
        match class {
            Class::Combining => {
                let whole = compose(atom.c, after)?;
                self.fonts.glyph(font, whole).map(|choice| (whole, choice))
            }
            Class::Invisible => self
                .fonts
                .variation(atom.face, atom.c, after)
                .filter(|choice| choice.advance == atom.advance)
                .map(|choice| (atom.c, choice)),
            _ => None,
        }
    }

    fn looks(&self, paragraph: &StyledParagraph, out: &mut Shaped) {
        let style = &paragraph.style;
        let em = |character: &CharacterStyle| {
            if style.on_grid && character.size == style.character.size {
                self.text_width.to_emu() * 1000
            } else {
                character.size.to_emu() * fine_per_emu(self.grid)
            }
        };
        out.looks.clear();
        let mut end = 0;
        for run in &paragraph.runs {
            end += run.len;
            out.looks.push(Look {
                character: run.character,
                em: em(&run.character),
                end,
            });
        }
        if out.looks.is_empty() {
            out.looks.push(Look {
                character: style.character,
                em: em(&style.character),
                end: paragraph.text.len(),
            });
        }
    }
}

impl Shaped {
    fn sum(&mut self) {
        self.sums.clear();
        self.sums.reserve(self.atoms.len() + 1);
        let mut sums = Sums::default();
        self.sums.push(sums);
        for atom in &self.atoms {
            sums.width += atom.width - atom.cut;
            sums.slack += atom.slack;
            sums.space += atom.space;
            sums.gaps += i64::from(atom.gap);
            self.sums.push(sums);
        }
    }
}

impl Atom {
    /// Is drawn as another character, or by another glyph.
    fn redraw(&mut self, c: char, choice: GlyphChoice) {
        *self = Atom {
            start: self.start,
            len: self.len,
            look: self.look,
            joint: self.joint,
            ..atom(c, self.class, Some(choice), self.em)
        };
    }

    /// Takes the character after it into its text. A text longer than a glyph can refer to keeps its end to itself;
    /// nothing visible is lost by that.
    fn attach(&mut self, c: char) {
        let len = usize::from(self.len) + c.len_utf8();
        self.len = u8::try_from(len).unwrap_or(self.len);
    }

    /// Takes the invisible characters before it into its text.
    fn begin_at(&mut self, start: u32) {
        if let Ok(len) = u8::try_from(self.start - start + u32::from(self.len)) {
            self.start = start;
            self.len = len;
        }
    }

    /// The blank half on its right that a line's end takes away (GB/T 15834 §5.1.10).
    pub(super) fn end_cut(&self) -> Fine {
        if self.class.blank_right() { self.em / 2 } else { 0 }
    }
}

/// Where the origin of a mark's glyph stands, so that its ink lies over the middle of the atom before it.
fn over(marked: &Atom, mark: &Face, glyph: u16) -> Fine {
    let (left, right) = mark.ink_width(glyph).unwrap_or_default();
    -marked.width / 2 - marked.em / 1000 * (left + right) / 2
}

fn atom(c: char, class: Class, choice: Option<GlyphChoice>, em: Fine) -> Atom {
    // The face's own space matters for its width only in the Latin face; a blank without glyph is ¼ em.
    let advance = choice.map_or(250, |choice| choice.advance);
    let own = em / 1000 * i64::from(advance);
    let width = if is_full_width(c, class) {
        em
    } else {
        match class {
            Class::MiddleDot => em / 2,
            Class::Blank | Class::HardBlank => em / 1000 * blank_width(c, advance),
            // Symbols that are nearly as wide as a Chinese character stand in a cell like one.
            Class::Ideograph | Class::Enumerator | Class::Trailing | Class::Leading | Class::Connector
                if (900..=1100).contains(&advance) =>
            {
                em
            }
            _ => own,
        }
    };
    let (face, glyph) = choice.map_or((FaceId(0), 0), |choice| (choice.face, choice.glyph));
    Atom {
        c,
        class,
        start: 0,
        len: 0,
        look: 0,
        face,
        glyph,
        advance: if glyph == 0 { 0 } else { advance },
        width,
        inset: if class.is_blank() { 0 } else { (width - own) / 2 },
        em,
        cut: 0,
        slack: 0,
        give: Give::WordSpace,
        space: 0,
        joint: Joint::Allowed,
        gap: false,
    }
}

/// Widths of blanks in thousandths of the em, by their Unicode names; a tab is two characters.
fn blank_width(c: char, space: u16) -> i64 {
    match c {
        '\t' => 2000,
        '\u{2001}' | '\u{2003}' => 1000,
        '\u{2000}' | '\u{2002}' | '\u{2007}' => 500,
        '\u{2004}' => 333,
        '\u{2005}' => 250,
        '\u{2006}' => 167,
        '\u{2009}' | '\u{202f}' => 200,
        '\u{200a}' => 100,
        _ => i64::from(space),
    }
}

/// Whether `c` stands for an apostrophe inside a Western word, where the full-width quotation mark would tear it apart.
fn is_apostrophe(c: char, previous: Option<&Atom>, next: char) -> bool {
    matches!(c, '’' | '\'')
        && previous.is_some_and(|previous| matches!(previous.class, Class::Letter | Class::Digit))
        && Class::of(next) == Class::Letter
}

/// Straight quotation marks open and close in turn.
#[derive(Debug, Default)]
struct StraightQuotes {
    double: bool,
    single: bool,
}

impl StraightQuotes {
    fn class(&mut self, c: char, previous: Option<&Atom>) -> Class {
        let open = if c == '"' {
            &mut self.double
        } else {
            &mut self.single
        };
        // Nothing can be closed where a line or a blank is just over.
        let at_start = previous.is_none_or(|previous| previous.class.is_blank());
        *open = !*open || at_start;
        if *open {
            Class::WesternOpening
        } else {
            Class::WesternClosing
        }
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::{fonts, shaped};
    use super::*;

    #[test]
    fn a_letter_and_its_accent_are_drawn_as_one() {
        for (apart, whole) in [
            ("e\u{301}", "é"),
            ("u\u{308}\u{30c}", "ǚ"),
            ("e\u{323}\u{302}", "ệ"),
        ] {
            let (apart, whole) = (shaped(apart), shaped(whole));
            let [one] = &apart.atoms[..] else {
                panic!("{} atoms", apart.atoms.len());
            };
            let other = whole.atoms[0];
            assert_eq!(
                (one.face, one.glyph, one.width),
                (other.face, other.glyph, other.width)
            );
        }
    }

    #[test]
    fn a_mark_that_joins_with_nothing_stands_over_the_character_before() {
        let shaped = shaped("甲\u{323}乙");
        let [marked, mark, _] = &shaped.atoms[..] else {
            panic!("{} atoms", shaped.atoms.len());
        };
        let (left, right) = fonts().face(mark.face).ink_width(mark.glyph).unwrap();
        let middle = marked.width + mark.inset + mark.em / 1000 * (left + right) / 2;
        assert!((middle - marked.width / 2).abs() <= mark.em / 1000, "{middle}");
    }

    #[test]
    fn a_selector_asks_for_another_form() {
        let face = fonts().own_glyph(FontRole::Songti, '礼').unwrap().face;
        let plain = fonts().face(face).glyph('礼');
        let other = fonts().variation(face, '礼', '\u{fe00}').unwrap();
        assert!(plain != Some(other.glyph) && other.glyph != 0);
        assert_eq!(fonts().variation(face, '礼', '\u{fe0f}'), None);
    }
}
