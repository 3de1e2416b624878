//! The page number: its form, type and place, from the footer that holds it.

use super::looks::{Document, Measure, PAGE};
use super::measure::{in_characters, millimetres, size_of, twips_length};
use super::typefaces::category;
use super::votes::Votes;
use super::xml::Element;
use crate::diagnostic::Message;
use crate::profile::{PageNumberPlace, TypeSize, Written};
use crate::units::{Chars, Length};

/// Reads the page number in the footer of odd pages.
pub(super) fn page_number(
    document: &Document<'_>,
    char_pitch: Length,
    written: &mut Written,
    notes: &mut Vec<Message>,
) {
    let references: Vec<&Element> = document
        .section
        .map(|section| {
            section
                .children
                .iter()
                .filter(|child| child.name == "footerReference")
                .collect()
        })
        .unwrap_or_default();
    let footer = |kind: &str| {
        let reference = references
            .iter()
            .find(|reference| reference.get("type") == Some(kind))?;
        let id = reference.get("id")?;
        document
            .package
            .footers
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, footer)| footer)
    };
    let Some(footer) = footer("default") else {
        return notes.push(no_number());
    };
    let mut paragraphs = Vec::new();
    footer.all("p", &mut paragraphs);
    let mut paragraphs = paragraphs.into_iter().map(|element| document.paragraph(element));
    let Some(paragraph) = paragraphs.find(|paragraph| paragraph.text.contains(PAGE)) else {
        return notes.push(no_number());
    };
    // Empty lines that hold the number above the place of the footer.
    let below = paragraphs.fold(Length::ZERO, |sum, paragraph| match paragraph.line() {
        Some((twips, "exact")) => sum + twips_length(twips.abs()),
        _ => sum,
    });
    let number = &mut written.page_number;
    let text = paragraph.text.trim();
    let form = text.replacen(PAGE, "{n}", 1);
    if form.chars().count() <= 40 && !form.contains(PAGE) && !form.chars().any(char::is_control) {
        number.form = Some(form);
    }
    let mut looks = Votes::default();
    paragraph
        .runs
        .iter()
        .for_each(|run| looks.add(run.look.clone(), run.len));
    let look = looks.winner().unwrap_or_default();
    let size = size_of(&look);
    number.font = look.east_asia.as_deref().and_then(category);
    number.size = Some(TypeSize(size));
    let frame = paragraph
        .nearest("framePr")
        .and_then(|frame| frame.get("xAlign").map(str::to_owned));
    let side = frame
        .as_deref()
        .or(paragraph.value("jc"))
        .unwrap_or("left")
        .to_owned();
    let (place, edge) = match side.as_str() {
        "center" => (PageNumberPlace::Center, None),
        "right" | "end" | "outside" => (PageNumberPlace::Outside, Some(("right", "rightChars"))),
        _ => (PageNumberPlace::Inside, Some(("left", "leftChars"))),
    };
    number.place = Some(place);
    number.inset = edge.map_or(Some(Chars::ZERO), |(name, in_characters_name)| {
        let measure = paragraph
            .measure("ind", name, in_characters_name)
            .unwrap_or_default();
        // Characters of the number's own size.
        let own = Measure {
            hundredths: 0,
            twips: match measure.hundredths {
                0 => measure.twips,
                hundredths => size.scale(hundredths, 100).to_twips(),
            },
        };
        Some(Chars(in_characters(own, size, char_pitch).max(0)))
    });
    let distance = document
        .section
        .and_then(|section| section.child("pgMar"))
        .and_then(|margins| margins.number("footer"));
    if let (Some(distance), Some(height), Some(bottom)) = (distance, written.page.height, written.page.bottom)
    {
        let line = match paragraph.line() {
            Some((twips, "exact")) => twips_length(twips.abs()),
            _ => size.scale(13, 10),
        };
        let center = height - twips_length(distance) - below - line / 2;
        if center - line / 2 < height - bottom && below > Length::ZERO {
            // The footer reaches above the margin: text ends there, and the margin is that of a first page without it.
            written.page.bottom = None;
            written.grid.lines = None;
            number.dash_center = Some(millimetres(center.to_twips()));
        } else if (height - bottom..height).contains(&center) {
            number.dash_center = Some(millimetres(center.to_twips()));
        }
    }
}

fn no_number() -> Message {
    Message::new(
        "没有找到页码，页码沿用所依据的样式",
        "no page number was found; it is that of the profile extended",
    )
}
