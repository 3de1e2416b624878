//! Page numbers: a footer for odd and one for even pages, each with a PAGE field.
//!
//! The footer's line is exactly as high as its type, so its box is the em box of the number and the dashes stand in the
//! middle of it, whatever a program does with leading. The box ends [`distance`] above the paper's edge.

use std::fmt::Write;

use super::xml;
use crate::profile::{PageNumberPlace, Profile};
use crate::units::Length;

/// Which pages a footer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// Odd pages, right-hand ones.
    Odd,
    /// Even pages, left-hand ones.
    Even,
}

/// What `w:footer` of the page margins holds: from the lower edge of the paper to the lower edge of the footer's line.
pub(super) fn distance(profile: &Profile) -> Length {
    let number = &profile.page_number;
    let below = profile.page.height - number.dash_center - number.character.size / 2;
    below.max(Length::ZERO)
}

/// The part.
pub(super) fn part(pages: Pages, profile: &Profile) -> String {
    let number = &profile.page_number;
    let mut part = format!(
        "{}<w:ftr {}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>",
        xml::DECLARATION,
        xml::NAMESPACES
    );
    let (side, align) = match (number.place, pages) {
        (PageNumberPlace::Center, _) => ("", "center"),
        (PageNumberPlace::Outside, Pages::Odd) => ("w:right", "right"),
        (PageNumberPlace::Outside, Pages::Even) => ("w:left", "left"),
    };
    // In twips only: the characters of `w:rightChars` would be those of the number's own, smaller type.
    let inset = number.inset.times(profile.grid.char_pitch).to_twips();
    if !side.is_empty() && inset != 0 {
        let _ = write!(part, "<w:ind {side}=\"{inset}\"/>");
    }
    let _ = write!(part, "<w:jc w:val=\"{align}\"/></w:pPr>");
    push_text(&mut part, &number.before);
    for field in [
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:t>1</w:t>",
        "<w:fldChar w:fldCharType=\"end\"/>",
    ] {
        let _ = write!(part, "<w:r>{field}</w:r>");
    }
    push_text(&mut part, &number.after);
    part.push_str("</w:p></w:ftr>");
    part
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
        let odd = part(Pages::Odd, &profile);
        assert!(
            odd.contains("<w:ind w:right=\"316\"/><w:jc w:val=\"right\"/>"),
            "{odd}"
        );
        let even = part(Pages::Even, &profile);
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
        assert_eq!(distance(&profile).to_twips(), 1447);
    }
}
