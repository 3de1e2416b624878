//! Page numbers: a footer for odd and one for even pages, each with a PAGE field, or one for all pages where the number
//! is in the middle; and as many more for turned pages.
//!
//! The footer's line is exactly as high as its type, so its box is the em box of the number and the dashes stand in the
//! middle of it, whatever a program does with leading. The box ends [`distance`] above the paper's edge.
//!
//! A letter's first page goes on below the type area, down to its rule (GB/T 9704 §10.1). A word processor knows one lower
//! margin for all pages of a section, but ends the text above a footer that reaches into it. So the margin is that of the
//! first page, whose footer is a hair high, and the footers of the others hold an empty line below the number, as high as
//! brings it to its place.
//!
//! On a turned page (横排表格, GB/T 9704 §8) the number stays where other pages of the bound document have it. A word
//! processor turns the footer with the page, so there the number stands in a text box along the left edge, as one looks
//! at the table, with its lines running down.

use std::fmt::Write;

use super::head::{self, HAIR};
use super::xml;
use crate::model::Role;
use crate::profile::{PageNumberPlace, Profile};
use crate::units::Length;

/// Which pages a footer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// Odd pages, right-hand ones; all pages where even ones have no footer of their own.
    Odd,
    /// Even pages, left-hand ones.
    Even,
    /// The first page of a document with 版头.
    First,
}

/// What `w:footer` of the page margins holds: from the lower edge of the paper to the lower edge of the footer's line.
///
/// On turned pages that line is empty, and must only stay out of the type area.
pub(super) fn distance(profile: &Profile, turned: bool) -> Length {
    let below = if turned {
        (profile.page.turned().bottom - profile.page_number.character.size) / 2
    } else {
        let below = below_number(profile);
        first_bottom(profile).map_or(below, |bottom| below.min(bottom - HAIR))
    };
    below.max(Length::ZERO)
}

/// From the lower edge of the number's line to that of the paper.
fn below_number(profile: &Profile) -> Length {
    let number = &profile.page_number;
    profile.page.height - number.dash_center - number.character.size / 2
}

/// The lower margin of a first page that ends at a rule: half a line less than its text needs when it ends there, since
/// `layout` may have set one line more.
pub(super) fn first_bottom(profile: &Profile) -> Option<Length> {
    let rule = &profile.head.foot_rule;
    let pitch = profile.grid.line_pitch;
    let leading = pitch - profile.element(Role::Body).character.size;
    (!rule.thickness.is_empty())
        .then(|| rule.distance + rule.height() + profile.head.foot_gap - leading / 2 - pitch / 2)
        .filter(|bottom| *bottom > HAIR)
}

/// The part.
pub(super) fn part(pages: Pages, turned: bool, profile: &Profile) -> String {
    let mut part = format!(
        "{}<w:ftr {}{}>",
        xml::DECLARATION,
        xml::NAMESPACES,
        if turned { VML } else { "" }
    );
    if pages == Pages::First {
        push_first(&mut part, profile);
    } else if turned {
        part.push_str("<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:pict>");
        push_box(&mut part, profile);
        push_number(&mut part, pages, profile);
        part.push_str("</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>");
    } else {
        push_number(&mut part, pages, profile);
        push_blank(&mut part, below_number(profile) - distance(profile, false));
    }
    part.push_str("</w:ftr>");
    part
}

/// Whether the first page of a document with 版头 has a footer of its own.
pub(super) fn has_first(profile: &Profile) -> bool {
    !profile.head.page_number || !profile.head.foot_rule.thickness.is_empty()
}

/// Whether even pages have a footer of their own.
pub(super) fn has_even(profile: &Profile) -> bool {
    profile.page_number.place != PageNumberPlace::Center
}

/// The rule at the foot of the first page, and its number when it has one.
fn push_first(part: &mut String, profile: &Profile) {
    if let Some(properties) = head::foot_rule_properties(profile) {
        let _ = write!(
            part,
            "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/>{properties}</w:pPr></w:p>"
        );
    }
    if profile.head.page_number {
        push_number(part, Pages::First, profile);
        push_blank(part, below_number(profile) - distance(profile, false));
    } else {
        push_blank(part, HAIR);
    }
}

/// An empty line.
fn push_blank(part: &mut String, height: Length) {
    if height >= HAIR {
        let _ = write!(
            part,
            "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:spacing w:line=\"{}\" w:lineRule=\"exact\"/></w:pPr></w:p>",
            height.to_twips()
        );
    }
}

/// The namespace of text boxes.
const VML: &str = " xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// The beginning of a text box where the line of the number stands on an upright page: as wide as that line is high, as
/// high as the type area is wide.
fn push_box(part: &mut String, profile: &Profile) {
    let number = &profile.page_number;
    let page = profile.page.turned();
    let _ = write!(
        part,
        concat!(
            "<v:rect style=\"position:absolute;margin-left:{:.2}pt;margin-top:{:.2}pt;width:{:.2}pt;height:{:.2}pt;",
            "z-index:1;mso-position-horizontal-relative:page;mso-position-vertical-relative:page\" ",
            "filled=\"f\" stroked=\"f\"><v:textbox style=\"layout-flow:vertical\" inset=\"0,0,0,0\"><w:txbxContent>"
        ),
        (page.width - number.dash_center - number.character.size / 2).to_pt(),
        page.top.to_pt(),
        number.character.size.to_pt(),
        page.text_height().to_pt(),
    );
}

/// The paragraph with the number.
fn push_number(part: &mut String, pages: Pages, profile: &Profile) {
    let number = &profile.page_number;
    part.push_str("<w:p><w:pPr><w:pStyle w:val=\"Footer\"/>");
    let (side, align) =
        match (number.place, pages) {
            (PageNumberPlace::Center, _) => ("", "center"),
            (PageNumberPlace::Outside, Pages::Odd | Pages::First)
            | (PageNumberPlace::Inside, Pages::Even) => ("w:right", "right"),
            (PageNumberPlace::Outside, Pages::Even)
            | (PageNumberPlace::Inside, Pages::Odd | Pages::First) => ("w:left", "left"),
        };
    // In twips only: the characters of `w:rightChars` would be those of the number's own, smaller type.
    let inset = number.inset.times(profile.grid.char_pitch).to_twips();
    if !side.is_empty() && inset != 0 {
        let _ = write!(part, "<w:ind {side}=\"{inset}\"/>");
    }
    let _ = write!(part, "<w:jc w:val=\"{align}\"/></w:pPr>");
    push_text(part, &number.before);
    for field in [
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:t>1</w:t>",
        "<w:fldChar w:fldCharType=\"end\"/>",
    ] {
        let _ = write!(part, "<w:r>{field}</w:r>");
    }
    push_text(part, &number.after);
    part.push_str("</w:p>");
}

fn push_text(part: &mut String, text: &str) {
    if !text.is_empty() {
        let _ = write!(
            part,
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            xml::escaped(text)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_on_the_outer_side_one_character_in() {
        let profile = Profile::builtin("gb9704").unwrap();
        let odd = part(Pages::Odd, false, &profile);
        assert!(
            odd.contains("<w:ind w:right=\"316\"/><w:jc w:val=\"right\"/>"),
            "{odd}"
        );
        let even = part(Pages::Even, false, &profile);
        assert!(
            even.contains("<w:ind w:left=\"316\"/><w:jc w:val=\"left\"/>"),
            "{even}"
        );
        assert!(odd.contains("— </w:t>") && odd.contains("> —</w:t>") && odd.contains(" PAGE "));
    }

    #[test]
    fn puts_the_em_box_around_the_dashes() {
        // 297 − 269 mm = 28 mm = 79.37 pt, less half of 14 pt: 72.37 pt = 1447 twips.
        let profile = Profile::builtin("gb9704").unwrap();
        assert_eq!(distance(&profile, false).to_twips(), 1447);
    }

    #[test]
    fn lets_the_first_page_of_a_letter_go_down_to_its_rule() {
        let profile = Profile::builtin("letter").unwrap();
        // 20 mm, a rule of 4 pt and 4.84 mm are 1465 twips, less the half leading of 6.8 pt and half of 29.6 pt.
        let bottom = first_bottom(&profile).unwrap();
        assert!((bottom.to_twips() - (1488 - 136 - 296)).abs() <= 1, "{bottom:?}");
        let first = part(Pages::First, false, &profile);
        assert!(first.ends_with("<w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p></w:ftr>"));
        assert!(distance(&profile, false) < bottom);
        // The number stands where it does elsewhere.
        let odd = part(Pages::Odd, false, &profile);
        let blank = odd.rsplit_once("w:line=\"").unwrap().1.split('"').next().unwrap();
        assert_eq!(
            distance(&profile, false).to_twips() + blank.parse::<i64>().unwrap(),
            1447
        );
    }
}
