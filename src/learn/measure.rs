//! From looks and roles to the keys of a profile.
//!
//! For each role, what most of its characters (or paragraphs) have counts. Twips are brought back to the figures that
//! people type: tenths of a millimetre, halves of a character, where they are near enough.

use std::collections::BTreeMap;

use super::looks::{CharacterLook, Document, Measure, Paragraph};
use super::number::page_number;
use super::roles::Assigned;
use super::typefaces::{category, fonts};
use super::votes::Votes;
use super::xml::Element;
use crate::diagnostic::Message;
use crate::model::Role;
use crate::profile::{Align, Ink, TypeSize, Written, WrittenElement};
use crate::units::{Chars, Length, Lines};

/// Roles that are learnt with their alignment, indents and distances; of the others only type, size, bold and ink, since
/// their places follow from the standard and their surroundings.
const WITH_DISTANCES: [Role; 15] = [
    Role::Title,
    Role::Subtitle,
    Role::Byline,
    Role::DateLine,
    Role::Salutation,
    Role::Recipient,
    Role::Heading1,
    Role::Heading2,
    Role::Heading3,
    Role::Heading4,
    Role::RunIn,
    Role::Body,
    Role::Closing,
    Role::Note,
    Role::AttachmentLabel,
];

/// Roles whose looks say nothing about an office's habits.
const LEFT_OUT: [Role; 2] = [Role::Table, Role::Other];

/// Title and what stands below it: they share the space after the last of them.
const HEAD: [Role; 4] = [Role::Title, Role::Subtitle, Role::Byline, Role::DateLine];

/// What stands above the red rule (版头): the distance from there to the title is the standard's.
const ABOVE_TITLE: [Role; 6] = [
    Role::CopyNumber,
    Role::Classification,
    Role::Urgency,
    Role::IssuerMark,
    Role::DocNumber,
    Role::Signatory,
];

/// How many times its size a line of single spacing is high in the usual Chinese fonts.
const SINGLE: f64 = 1.3;

/// What is gathered of a role.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    /// The looks of its characters.
    pub(super) looks: Votes<CharacterLook>,
    /// Its paragraphs.
    pub(super) paragraphs: Vec<&'a Paragraph<'a>>,
    before: Votes<i64>,
    after: Votes<i64>,
}

/// The keys a document shows, and what its author should know about them.
pub(super) fn measure(document: &Document<'_>, assigned: &[Option<Assigned>]) -> (Written, Vec<Message>) {
    let mut written = Written::default();
    let mut notes = Vec::new();
    let section = document.section;
    page(section, document, &mut written);

    let (gathered, leads) = gather(document, assigned);
    let mut body = Votes::default();
    for role in [Role::Body, Role::RunIn, Role::Closing, Role::Salutation] {
        if let Some(found) = gathered.get(&role) {
            found
                .looks
                .0
                .iter()
                .for_each(|(look, weight)| body.add(look.clone(), *weight));
        }
        if body.winner().is_some() && role == Role::RunIn {
            break;
        }
    }
    let body = body.winner().unwrap_or_default();
    let body_size = size_of(&body);

    let pitch = [Role::Body, Role::RunIn, Role::Closing, Role::Salutation]
        .iter()
        .filter_map(|role| gathered.get(role))
        .find_map(|found| line_pitch(&found.paragraphs, body_size, section))
        .unwrap_or(body_size.scale(13, 10));
    grid(section, document, &body, pitch, &mut written);
    let char_pitch = char_pitch(&written).unwrap_or(body_size);

    fonts(&gathered, &leads, &mut written, &mut notes);
    for (role, found) in &gathered {
        let mut element = characters(*role, found, &body);
        if WITH_DISTANCES.contains(role) {
            distances(found, &mut element, pitch, char_pitch, section);
        }
        written.elements.insert(*role, element);
    }
    if let Some(look) = leads.winner() {
        written.lead.font = look.east_asia.as_deref().and_then(category);
        written.lead.bold = Some(look.bold);
    }
    let body_paragraphs = gathered.get(&Role::Body).or(gathered.get(&Role::RunIn));
    let mut widow = Votes::default();
    for paragraph in body_paragraphs.iter().flat_map(|found| &found.paragraphs) {
        widow.add(paragraph.switch("widowControl").unwrap_or(true), 1);
    }
    written.typography.widow_control = widow.winner();
    page_number(document, char_pitch, &mut written, &mut notes);
    (written, notes)
}

/// The length of so many twips, on the tenth of a millimetre that it was rounded from.
pub(super) fn millimetres(twips: i64) -> Length {
    let exact = twips_length(twips);
    let tenth = Length::from_mm((exact.to_mm() * 10.0).round() / 10.0);
    if (tenth - exact).abs() <= twips_length(1) {
        tenth
    } else {
        Length::from_mm((exact.to_mm() * 100.0).round() / 100.0)
    }
}

pub(super) fn twips_length(twips: i64) -> Length {
    Length::emu(twips * 635)
}

pub(super) fn size_of(look: &CharacterLook) -> Length {
    // Ten points is what a file means that says nothing (ECMA-376 part 1, 17.3.2.38).
    Length::emu(look.half_points.unwrap_or(20) * 6350)
}

fn page(section: Option<&Element>, document: &Document<'_>, written: &mut Written) {
    let part = |name: &str| section.and_then(|section| section.child(name));
    if let Some(size) = part("pgSz") {
        written.page.width = size.number("w").map(millimetres);
        written.page.height = size.number("h").map(millimetres);
    }
    if let Some(margins) = part("pgMar") {
        let gutter = margins.number("gutter").unwrap_or(0);
        // A negative top margin keeps its place whatever the header needs.
        let side = |name: &str| margins.number(name).map(|twips| millimetres(twips.abs()));
        written.page.top = side("top");
        written.page.bottom = side("bottom");
        written.page.left = margins
            .number("left")
            .map(|left| millimetres(left.abs() + gutter.max(0)));
        written.page.right = side("right");
    }
    let mirrored = document.package.settings.child("mirrorMargins");
    written.page.mirror_margins =
        Some(mirrored.is_some_and(|switch| !matches!(switch.get("val"), Some("0" | "false" | "off"))));
}

/// Paragraphs and looks by role, and the looks of leads of level 0.
fn gather<'a>(
    document: &'a Document<'_>,
    assigned: &[Option<Assigned>],
) -> (BTreeMap<Role, Gathered<'a>>, Votes<CharacterLook>) {
    let mut gathered: BTreeMap<Role, Gathered<'a>> = BTreeMap::new();
    let mut leads = Votes::default();
    // The lead of level 1 to 4 looks like a heading, and counts when there are no headings of that level.
    let mut headings: BTreeMap<Role, Votes<CharacterLook>> = BTreeMap::new();
    let filled: Vec<(usize, Assigned)> = assigned
        .iter()
        .enumerate()
        .filter_map(|(i, assigned)| Some((i, (*assigned)?)))
        .filter(|(_, assigned)| !LEFT_OUT.contains(&assigned.role))
        .collect();
    for (at, (i, own)) in filled.iter().enumerate() {
        let paragraph = &document.paragraphs[*i];
        let found = gathered.entry(own.role).or_default();
        found.paragraphs.push(paragraph);
        let mut start = 0;
        for run in &paragraph.runs {
            let text = &paragraph.text[start..start + run.len];
            let weight = text.chars().filter(|c| !c.is_whitespace()).count();
            match own.lead {
                Some((0, len)) if start < len => leads.add(run.look.clone(), weight),
                Some((level, len)) if start < len => {
                    if let Some(heading) = Role::heading(level) {
                        headings.entry(heading).or_default().add(run.look.clone(), weight);
                    }
                }
                _ => found.looks.add(run.look.clone(), weight),
            }
            start += run.len;
        }
        // Blank paragraphs are how many offices make distances.
        let previous = at.checked_sub(1).map(|before| filled[before]);
        let next = filled.get(at + 1);
        let blank_before = i - previous.map_or(0, |(before, _)| before + 1);
        let blank_after = next.map_or(0, |(after, _)| after - i - 1);
        let in_head = |other: Option<Role>| other.is_some_and(|role| HEAD.contains(&role));
        let previous_role = previous.map(|(_, assigned)| assigned.role);
        let next_role = next.map(|(_, assigned)| assigned.role);
        let lines = |count: usize| (count.min(20) * 100) as i64;
        // What stands before the first paragraph is dropped at the top of a page.
        let after_rule = previous_role.is_none_or(|role| ABOVE_TITLE.contains(&role));
        let goes_on = in_head(Some(own.role)) && in_head(previous_role);
        if !goes_on && !after_rule && previous_role != Some(own.role) {
            let blank = if in_head(previous_role) {
                0
            } else {
                lines(blank_before)
            };
            let counts = own.role == Role::Title || blank == 0;
            if counts {
                found.before.add(blank, 1);
            }
        }
        if in_head(Some(own.role)) {
            if !in_head(next_role) {
                found.after.add(lines(blank_after), 1);
            }
        } else if next_role != Some(own.role) {
            found.after.add(0, 1);
        }
    }
    for (role, looks) in headings {
        gathered.entry(role).or_insert_with(|| Gathered {
            looks,
            ..Gathered::default()
        });
    }
    (gathered, leads)
}

/// The distance from line to line that most of the paragraphs have.
fn line_pitch(paragraphs: &[&Paragraph<'_>], size: Length, section: Option<&Element>) -> Option<Length> {
    let grid = section.and_then(|section| section.child("docGrid"));
    let grid = grid
        .filter(|grid| matches!(grid.get("type"), Some("lines" | "linesAndChars" | "snapToChars")))
        .and_then(|grid| grid.number("linePitch"))
        .filter(|pitch| *pitch > 0)
        .map(twips_length);
    let single = |paragraph: &Paragraph<'_>| {
        let natural = Length::emu((size.to_emu() as f64 * SINGLE) as i64);
        match grid.filter(|_| paragraph.switch("snapToGrid") != Some(false)) {
            // Single spacing takes as many lines of the grid as it needs.
            Some(pitch) => {
                pitch
                    * (natural.to_emu() + pitch.to_emu() - 1)
                        .div_euclid(pitch.to_emu())
                        .max(1)
            }
            None => natural,
        }
    };
    let mut votes = Votes::default();
    for paragraph in paragraphs {
        let pitch = match paragraph.line() {
            Some((twips, "exact")) => twips_length(twips.abs()),
            Some((twips, "atLeast")) => twips_length(twips.abs()).max(single(paragraph)),
            Some((parts, _)) => single(paragraph).scale(parts, 240),
            None => single(paragraph),
        };
        let weight = paragraph.text.chars().count().max(1);
        // On the twip, as word processors keep it.
        votes.add(twips_length(pitch.to_twips()), weight);
    }
    votes.winner()
}

fn grid(
    section: Option<&Element>,
    document: &Document<'_>,
    body: &CharacterLook,
    pitch: Length,
    written: &mut Written,
) {
    let page = &written.page;
    let (Some(width), Some(height)) = (page.width, page.height) else {
        return;
    };
    let side = |side: Option<Length>| side.unwrap_or(Length::ZERO);
    let text_width = width - side(page.left) - side(page.right);
    let text_height = height - side(page.top) - side(page.bottom);
    let size = size_of(body);
    if pitch <= Length::ZERO
        || size <= Length::ZERO
        || text_width <= Length::ZERO
        || text_height <= Length::ZERO
    {
        return;
    }
    written.grid.line_pitch = Some(pitch);
    written.grid.lines = u32::try_from(text_height.to_emu() / pitch.to_emu()).ok();

    let doc_grid = section.and_then(|section| section.child("docGrid"));
    let on_characters =
        doc_grid.filter(|grid| matches!(grid.get("type"), Some("linesAndChars" | "snapToChars")));
    let advance = match on_characters {
        Some(grid) => {
            // In 1/4096 of a point beyond the size of the default style.
            let normal = document
                .default_size()
                .map_or(size, |half_points| Length::emu(half_points * 6350));
            let extra = grid.number("charSpace").unwrap_or(0);
            normal + Length::from_pt(extra as f64 / 4096.0)
        }
        None => size + twips_length(body.spacing),
    };
    if advance <= Length::ZERO {
        return;
    }
    // Half a twip for every character: what rounding can have taken.
    let chars = (text_width.to_emu() + text_width.to_emu() / advance.to_emu() * 318) / advance.to_emu();
    written.grid.chars = u32::try_from(chars).ok();
    if on_characters.is_none() && chars > 0 {
        let cell = text_width.scale(1, chars) - size;
        let room = cell.to_emu().div_euclid(635);
        written.grid.char_spacing = (room != body.spacing).then(|| twips_length(body.spacing));
    }
}

fn char_pitch(written: &Written) -> Option<Length> {
    let page = &written.page;
    let width = page.width? - page.left.unwrap_or_default() - page.right.unwrap_or_default();
    let chars = i64::from(written.grid.chars?);
    (chars > 0).then(|| width.scale(1, chars))
}

fn characters(role: Role, found: &Gathered<'_>, body: &CharacterLook) -> WrittenElement {
    let look = found.looks.winner().unwrap_or_else(|| body.clone());
    WrittenElement {
        font: look.east_asia.as_deref().and_then(category),
        // The mark of the issuing body is scaled to fit the page.
        size: (role != Role::IssuerMark).then(|| TypeSize(size_of(&look))),
        bold: Some(look.bold),
        ink: Some(if look.red { Ink::Red } else { Ink::Black }),
        ..WrittenElement::default()
    }
}

fn distances(
    found: &Gathered<'_>,
    element: &mut WrittenElement,
    pitch: Length,
    char_pitch: Length,
    section: Option<&Element>,
) {
    if found.paragraphs.is_empty() {
        return;
    }
    let size = element.size.map_or(char_pitch, |size| size.0);
    element.line_pitch = line_pitch(&found.paragraphs, size, section);
    let most = |read: &dyn Fn(&Paragraph<'_>) -> i32| {
        let mut votes = Votes::default();
        found
            .paragraphs
            .iter()
            .for_each(|paragraph| votes.add(read(paragraph), 1));
        votes.winner()
    };
    let mut aligned = Votes::default();
    for paragraph in &found.paragraphs {
        aligned.add(alignment(paragraph.value("jc")) as u8, 1);
    }
    element.align = aligned.winner().and_then(|at| {
        [Align::Left, Align::Center, Align::Right, Align::Justify]
            .into_iter()
            .find(|align| *align as u8 == at)
    });
    let characters =
        |measure: Option<Measure>| measure.map_or(0, |measure| in_characters(measure, size, char_pitch));
    let first = |paragraph: &Paragraph<'_>| {
        let hanging = paragraph.measure("ind", "hanging", "hangingChars");
        match hanging.filter(|hanging| hanging.twips != 0 || hanging.hundredths != 0) {
            Some(hanging) => -in_characters(hanging, size, char_pitch),
            None => characters(paragraph.measure("ind", "firstLine", "firstLineChars")),
        }
    };
    element.first_line_indent = most(&first).map(Chars);
    element.indent_left = most(&|p| characters(p.measure("ind", "left", "leftChars"))).map(Chars);
    element.indent_right = most(&|p| characters(p.measure("ind", "right", "rightChars"))).map(Chars);
    let space = |name: &str, in_lines: &str, of: &dyn Fn(&Paragraph<'_>) -> bool| {
        let mut votes = Votes::default();
        for paragraph in found.paragraphs.iter().filter(|paragraph| of(paragraph)) {
            votes.add(
                in_hundredths(paragraph.measure("spacing", name, in_lines), pitch),
                1,
            );
        }
        votes.winner().unwrap_or(0)
    };
    element.space_before = found
        .before
        .winner()
        .map(|blank| Lines((blank + space("before", "beforeLines", &|_| true)).clamp(0, 10_000) as i32));
    element.space_after = found
        .after
        .winner()
        .map(|blank| Lines((blank + space("after", "afterLines", &|_| true)).clamp(0, 10_000) as i32));
}

fn alignment(jc: Option<&str>) -> Align {
    match jc {
        Some("center") => Align::Center,
        Some("right" | "end") => Align::Right,
        Some("both" | "distribute" | "thaiDistribute" | "mediumKashida" | "lowKashida" | "highKashida") => {
            Align::Justify
        }
        _ => Align::Left,
    }
}

/// An indent in hundredths of a character of the grid.
pub(super) fn in_characters(measure: Measure, size: Length, char_pitch: Length) -> i32 {
    let of = |unit: Length| measure.twips as f64 * 635.0 / unit.to_emu().max(1) as f64 * 100.0;
    let half = |value: f64| (value / 50.0).round() * 50.0;
    let grid = of(char_pitch);
    let hundredths = if measure.hundredths != 0 {
        measure.hundredths as f64
    } else if (grid - half(grid)).abs() <= 2.0 {
        half(grid)
    } else if (of(size) - half(of(size))).abs() <= 2.0 {
        // 640 twips are two characters of 16 pt, whatever the grid.
        half(of(size))
    } else {
        grid.round()
    };
    hundredths.clamp(-20_000.0, 20_000.0) as i32
}

/// A space in hundredths of a line.
fn in_hundredths(measure: Option<Measure>, pitch: Length) -> i64 {
    let Some(measure) = measure else { return 0 };
    if measure.hundredths != 0 {
        return measure.hundredths;
    }
    let lines = measure.twips as f64 * 635.0 / pitch.to_emu().max(1) as f64 * 100.0;
    let half = (lines / 50.0).round() * 50.0;
    if (lines - half).abs() <= 2.0 {
        half as i64
    } else {
        lines.round() as i64
    }
}
