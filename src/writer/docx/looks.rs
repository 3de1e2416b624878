//! Looks in Word's units, and the properties (`w:pPr`, `w:rPr`) that turn one look into another.
//!
//! Styles and direct formatting are both written from here, always as a difference: a style says only what sets it apart
//! from the one it is based on, a paragraph only what sets it apart from its style. So a change made to one style in a
//! word processor reaches everything that never asked to differ. Children come out in schema order.

use std::fmt::Write;

use crate::profile::{Align, CharacterStyle, FontRole, Ink, ParagraphStyle, Profile};
use crate::units::{Chars, Length, Lines};

/// How a run looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunLook<'a> {
    /// Typeface of Chinese characters and full-width marks.
    pub(super) east_asia: &'a str,
    /// Typeface of Latin letters and digits.
    pub(super) latin: &'a str,
    /// Type size.
    pub(super) half_points: i64,
    /// Bold.
    pub(super) bold: bool,
    /// Ink.
    pub(super) ink: Ink,
    /// Space added to each character, in twips.
    pub(super) spacing: i64,
}

/// What sets one [`RunLook`] apart from another; `None` where they agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunDifference<'a> {
    /// Typefaces: Chinese, Latin. Both are given when either differs.
    pub(super) fonts: Option<(&'a str, &'a str)>,
    /// Bold.
    pub(super) bold: Option<bool>,
    /// Ink.
    pub(super) ink: Option<Ink>,
    /// Space added to each character, in twips.
    pub(super) spacing: Option<i64>,
    /// Type size.
    pub(super) half_points: Option<i64>,
}

/// An indent, in twips and, where a character is one of the grid, in hundredths of a character.
///
/// Word prefers the characters, LibreOffice 7.4 heeds the twips only. Word takes a character as wide as the paragraph's
/// own type, so text that is off the grid gets twips only: the indents of a profile count grid characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Indent {
    /// Twips.
    pub(super) twips: i64,
    /// Hundredths of a character; 0 when not so given.
    pub(super) hundredths: i32,
}

/// A space before or after a paragraph, in twips and in hundredths of a line of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Space {
    /// Twips.
    pub(super) twips: i64,
    /// Hundredths of a line.
    pub(super) hundredths: i32,
}

/// How a paragraph looks, its characters left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ParagraphLook {
    keep_next: bool,
    keep_lines: bool,
    page_break_before: bool,
    before: Space,
    after: Space,
    line: i64,
    left: Indent,
    right: Indent,
    first_line: Indent,
    align: Align,
    outline_level: Option<u8>,
}

/// One child of `w:pPr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// The element's name.
    pub(super) name: &'static str,
    /// The whole element.
    pub(super) xml: String,
}

impl Property {
    /// Where the lines of a paragraph stand.
    pub(super) fn align(align: Align) -> Property {
        Property {
            name: "w:jc",
            xml: format!("<w:jc w:val=\"{}\"/>", alignment(align)),
        }
    }
}

impl ParagraphLook {
    /// A paragraph without indents, spaces or paging, with the lines and edges of `style`.
    pub(super) fn plain(style: &ParagraphStyle) -> Self {
        ParagraphLook {
            line: style.line_pitch.to_twips(),
            align: style.align,
            ..Self::BARE
        }
    }

    /// What a paragraph has when no style says anything.
    pub(super) const BARE: ParagraphLook = ParagraphLook {
        keep_next: false,
        keep_lines: false,
        page_break_before: false,
        before: Space {
            twips: 0,
            hundredths: 0,
        },
        after: Space {
            twips: 0,
            hundredths: 0,
        },
        line: 0,
        left: Indent {
            twips: 0,
            hundredths: 0,
        },
        right: Indent {
            twips: 0,
            hundredths: 0,
        },
        first_line: Indent {
            twips: 0,
            hundredths: 0,
        },
        align: Align::Left,
        outline_level: None,
    };

    /// The look of `style` in the profile.
    pub(super) fn new(style: &ParagraphStyle, profile: &Profile) -> Self {
        let indent = |chars: Chars| Indent {
            twips: chars.times(profile.grid.char_pitch).to_twips(),
            hundredths: if style.on_grid { chars.0 } else { 0 },
        };
        let space = |lines: Lines| Space {
            twips: lines.times(profile.grid.line_pitch).to_twips(),
            hundredths: lines.0,
        };
        ParagraphLook {
            keep_next: style.keep_with_next,
            keep_lines: style.keep_lines,
            page_break_before: style.page_break_before,
            before: space(style.space_before),
            after: space(style.space_after),
            line: style.line_pitch.to_twips(),
            left: indent(style.indent_left),
            right: indent(style.indent_right),
            first_line: indent(style.first_line_indent),
            align: style.align,
            outline_level: style.outline_level,
        }
    }

    /// The properties that make this look of a paragraph that looks like `base`.
    pub(super) fn difference(&self, base: &ParagraphLook) -> Vec<Property> {
        let mut properties = Vec::new();
        for (name, own, inherited) in [
            ("w:keepNext", self.keep_next, base.keep_next),
            ("w:keepLines", self.keep_lines, base.keep_lines),
            (
                "w:pageBreakBefore",
                self.page_break_before,
                base.page_break_before,
            ),
        ] {
            if own != inherited {
                properties.push(Property {
                    name,
                    xml: switch(name, own),
                });
            }
        }
        self.push_spacing(base, &mut properties);
        self.push_indents(base, &mut properties);
        if self.align != base.align {
            properties.push(Property::align(self.align));
        }
        if self.outline_level != base.outline_level {
            // Levels count from 0; 9 is body text.
            let level = self
                .outline_level
                .map_or(9, |level| level.saturating_sub(1).min(8));
            properties.push(Property {
                name: "w:outlineLvl",
                xml: format!("<w:outlineLvl w:val=\"{level}\"/>"),
            });
        }
        properties
    }

    fn push_spacing(&self, base: &ParagraphLook, properties: &mut Vec<Property>) {
        let mut attributes = String::new();
        for (lines, twips, own, inherited) in [
            ("w:beforeLines", "w:before", self.before, base.before),
            ("w:afterLines", "w:after", self.after, base.after),
        ] {
            if own != inherited {
                let _ = write!(
                    attributes,
                    " {lines}=\"{}\" {twips}=\"{}\"",
                    own.hundredths, own.twips
                );
            }
        }
        if self.line != base.line {
            let _ = write!(attributes, " w:line=\"{}\" w:lineRule=\"exact\"", self.line);
        }
        push_if_any("w:spacing", &attributes, properties);
    }

    fn push_indents(&self, base: &ParagraphLook, properties: &mut Vec<Property>) {
        let mut attributes = String::new();
        for (name, own, inherited) in [
            ("w:left", self.left, base.left),
            ("w:right", self.right, base.right),
        ] {
            if own != inherited {
                push_indent(&mut attributes, name, own, inherited);
            }
        }
        if self.first_line != base.first_line {
            if self.first_line.twips < 0 {
                let hanging = Indent {
                    twips: -self.first_line.twips,
                    hundredths: -self.first_line.hundredths,
                };
                push_indent(&mut attributes, "w:hanging", hanging, base.first_line);
            } else {
                push_indent(&mut attributes, "w:firstLine", self.first_line, base.first_line);
            }
        }
        push_if_any("w:ind", &attributes, properties);
    }
}

/// Writes both forms of an indent; the characters also when they only undo inherited ones.
fn push_indent(attributes: &mut String, name: &str, own: Indent, inherited: Indent) {
    if own.hundredths != 0 || inherited.hundredths != 0 {
        let _ = write!(attributes, " {name}Chars=\"{}\"", own.hundredths);
    }
    let _ = write!(attributes, " {name}=\"{}\"", own.twips);
}

fn push_if_any(name: &'static str, attributes: &str, properties: &mut Vec<Property>) {
    if !attributes.is_empty() {
        properties.push(Property {
            name,
            xml: format!("<{name}{attributes}/>"),
        });
    }
}

fn alignment(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
        Align::Distribute => "distribute",
    }
}

fn switch(name: &str, on: bool) -> String {
    if on {
        format!("<{name}/>")
    } else {
        format!("<{name} w:val=\"0\"/>")
    }
}

impl<'a> RunLook<'a> {
    /// The look of `character` in the profile.
    pub(super) fn new(character: CharacterStyle, profile: &'a Profile) -> Self {
        let on_grid = character.size == profile.element(crate::model::Role::Body).character.size;
        let east_asia = profile.font_name(character.font);
        RunLook {
            east_asia,
            latin: if profile.typography.chinese_digits {
                east_asia
            } else {
                profile.font_name(FontRole::Latin)
            },
            half_points: character.size.to_half_points(),
            bold: character.bold,
            ink: character.ink,
            spacing: if on_grid {
                profile.grid.char_spacing
            } else {
                Length::ZERO
            }
            .to_twips(),
        }
    }

    /// What sets this look apart from `base`.
    pub(super) fn difference(&self, base: &RunLook<'a>) -> RunDifference<'a> {
        let fonts = (self.east_asia, self.latin);
        RunDifference {
            fonts: (fonts != (base.east_asia, base.latin)).then_some(fonts),
            bold: (self.bold != base.bold).then_some(self.bold),
            ink: (self.ink != base.ink).then_some(self.ink),
            spacing: (self.spacing != base.spacing).then_some(self.spacing),
            half_points: (self.half_points != base.half_points).then_some(self.half_points),
        }
    }

    /// How a run of this look comes to look when a character style that says `style` is laid over it.
    ///
    /// Bold is a toggle (ECMA-376 part 1, 17.7.3): a character style that says bold on a bold paragraph style takes the
    /// bold away.
    pub(super) fn under_character_style(&self, style: &RunDifference<'a>) -> RunLook<'a> {
        let (east_asia, latin) = style.fonts.unwrap_or((self.east_asia, self.latin));
        RunLook {
            east_asia,
            latin,
            half_points: style.half_points.unwrap_or(self.half_points),
            bold: self.bold != style.bold.unwrap_or(false),
            ink: style.ink.unwrap_or(self.ink),
            spacing: style.spacing.unwrap_or(self.spacing),
        }
    }
}

impl RunDifference<'_> {
    /// The children of the `w:rPr` of a style.
    pub(super) fn properties(&self) -> String {
        let mut xml = String::new();
        if let Some(fonts) = self.fonts {
            push_fonts(&mut xml, "", fonts);
        }
        self.push_others(&mut xml);
        xml
    }

    /// The children of the `w:rPr` of a run, in which marks that Chinese and Latin text share (“ ” — …) take the Chinese
    /// typeface.
    pub(super) fn push_hinted_properties(&self, xml: &mut String) {
        const HINT: &str = " w:hint=\"eastAsia\"";
        match self.fonts {
            Some(fonts) => push_fonts(xml, HINT, fonts),
            None => {
                let _ = write!(xml, "<w:rFonts{HINT}/>");
            }
        }
        self.push_others(xml);
    }

    fn push_others(&self, xml: &mut String) {
        if let Some(bold) = self.bold {
            xml.push_str(&switch("w:b", bold));
            xml.push_str(&switch("w:bCs", bold));
        }
        if let Some(ink) = self.ink {
            let _ = write!(xml, "<w:color w:val=\"{}\"/>", color(ink));
        }
        if let Some(spacing) = self.spacing {
            let _ = write!(xml, "<w:spacing w:val=\"{spacing}\"/>");
        }
        if let Some(size) = self.half_points {
            let _ = write!(xml, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        }
    }
}

fn push_fonts(xml: &mut String, hint: &str, (east_asia, latin): (&str, &str)) {
    let (east_asia, latin) = (super::xml::escaped(east_asia), super::xml::escaped(latin));
    let _ = write!(
        xml,
        "<w:rFonts{hint} w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{east_asia}\" w:cs=\"{latin}\"/>"
    );
}

/// An ink as word processors write it: GB/T 9704 §6.2's red is FF0000 on screens.
pub(super) fn color(ink: Ink) -> &'static str {
    match ink {
        Ink::Black => "000000",
        Ink::Red => "FF0000",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    fn xml(properties: &[Property]) -> String {
        properties.iter().map(|property| property.xml.as_str()).collect()
    }

    #[test]
    fn writes_indents_in_both_forms_on_the_grid() {
        let profile = Profile::builtin("gb9704").unwrap();
        let body = ParagraphLook::new(profile.element(Role::Body), &profile);
        let plain = ParagraphLook::plain(profile.element(Role::Body));
        // 2 × 156/28 mm = 631.7 twips.
        assert_eq!(
            xml(&body.difference(&plain)),
            "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>"
        );
    }

    #[test]
    fn writes_twips_only_off_the_grid() {
        let profile = Profile::builtin("gb9704").unwrap();
        let cc = ParagraphLook::new(profile.element(Role::Cc), &profile);
        let plain = ParagraphLook::plain(profile.element(Role::Cc));
        assert_eq!(
            xml(&cc.difference(&plain)),
            "<w:ind w:left=\"316\" w:right=\"316\"/>"
        );
    }

    #[test]
    fn undoes_what_the_base_has() {
        let profile = Profile::builtin("gb9704").unwrap();
        let heading = ParagraphLook::new(profile.element(Role::Heading1), &profile);
        let plain = ParagraphLook::plain(profile.element(Role::Body));
        assert_eq!(
            xml(&plain.difference(&heading)),
            "<w:keepNext w:val=\"0\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:outlineLvl w:val=\"9\"/>"
        );
    }

    #[test]
    fn writes_hanging_indents() {
        let profile = Profile::builtin("gb9704").unwrap();
        let plain = ParagraphLook::plain(profile.element(Role::Body));
        let mut style = *profile.element(Role::Body);
        style.indent_left = Chars::whole(5);
        style.first_line_indent = Chars::whole(-3);
        assert_eq!(
            xml(&ParagraphLook::new(&style, &profile).difference(&plain)),
            "<w:ind w:leftChars=\"500\" w:left=\"1579\" w:hangingChars=\"300\" w:hanging=\"948\"/>"
        );
    }

    #[test]
    fn bold_toggles() {
        let profile = Profile::builtin("gb9704").unwrap();
        let mut character = profile.element(Role::Body).character;
        let plain = RunLook::new(character, &profile);
        character.bold = true;
        let bold = RunLook::new(character, &profile);
        let style = bold.difference(&plain);
        assert_eq!(style.properties(), "<w:b/><w:bCs/>");
        assert!(plain.under_character_style(&style).bold);
        assert!(!bold.under_character_style(&style).bold);
    }
}
