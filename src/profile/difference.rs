//! The profile that says only what differs from the nearest built-in one.

use std::fmt::Write;

use super::compose::SCHEMA_FILE;
use super::extend::MergedProfile;
use super::fault::ProfileError;
use super::value::{TypeSize, quoted};
use super::written::{
    Table, Written, WrittenCharacter, WrittenElement, WrittenFonts, WrittenGrid, WrittenPage,
    WrittenPageNumber, WrittenTypography,
};
use super::{FontRole, ParagraphStyle, Profile, builtin_names, check};
use crate::model::Role;

/// The nearest built-in profile, and a file called `name` that extends it and gives what `own` has besides.
///
/// Figures that a word processor's rounding to twips cannot tell apart count as the same.
///
/// # Errors
/// When no built-in profile makes a possible one of `own`.
pub(crate) fn write_difference(own: &Written, name: &str) -> Result<(String, String), ProfileError> {
    let mut nearest: Option<(usize, &str, Written)> = None;
    let mut fault: Option<ProfileError> = None;
    for base in builtin_names() {
        match difference(own, base) {
            Ok(beyond) => {
                let count = beyond
                    .beyond(&Written::default())
                    .iter()
                    .map(|(_, entries)| entries.len())
                    .sum();
                if nearest.as_ref().is_none_or(|(fewest, ..)| count < *fewest) {
                    nearest = Some((count, base, beyond));
                }
            }
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    match (nearest, fault) {
        (Some((_, base, beyond)), _) => Ok((base.to_owned(), toml(&beyond, name, base))),
        (None, Some(error)) => Err(error),
        (None, None) => Err(ProfileError::missing("extends")),
    }
}

/// What `own` has besides the built-in profile `base`.
fn difference(own: &Written, base: &str) -> Result<Written, ProfileError> {
    let merged = MergedProfile::builtin(base)?;
    let known = effective(&merged.check()?);
    let mut beyond = Written {
        page: own.page.clone().without(&known.page),
        grid: own.grid.clone().without(&known.grid),
        fonts: own.fonts.clone().without(&known.fonts),
        page_number: own.page_number.clone().without(&known.page_number),
        lead: own.lead.clone().without(&known.lead),
        typography: own.typography.clone().without(&known.typography),
        ..Written::default()
    };
    let body = |written: &Written| written.elements.get(&Role::Body).cloned().unwrap_or_default();
    // What the body has of the grid, it need not say.
    let with_grid = effective(&check::checked(beyond.clone().or(merged.written.clone()))?);
    beyond
        .elements
        .insert(Role::Body, body(own).without(&body(&with_grid)));
    // What the other elements have of body and grid, they have of these.
    let with_body = effective(&check::checked(beyond.clone().or(merged.written.clone()))?);
    for (role, element) in own.elements.iter().filter(|(role, _)| **role != Role::Body) {
        let known = with_body.elements.get(role).cloned().unwrap_or_default();
        beyond.elements.insert(*role, element.clone().without(&known));
    }
    check::checked(beyond.clone().or(merged.written))?;
    Ok(beyond)
}

/// Every key that can be learnt, also those that follow from others.
fn effective(profile: &Profile) -> Written {
    let (page, grid, number) = (&profile.page, &profile.grid, &profile.page_number);
    let name = |font: FontRole| Some(profile.font_name(font).to_owned());
    Written {
        page: WrittenPage {
            width: Some(page.width),
            height: Some(page.height),
            top: Some(page.top),
            bottom: Some(page.bottom),
            left: Some(page.left),
            right: Some(page.right),
            mirror_margins: Some(page.mirror_margins),
        },
        grid: WrittenGrid {
            lines: Some(grid.lines),
            chars: Some(grid.chars),
            line_pitch: Some(grid.line_pitch),
            char_spacing: Some(grid.char_spacing),
        },
        fonts: WrittenFonts {
            fangsong: name(FontRole::Fangsong),
            kaiti: name(FontRole::Kaiti),
            heiti: name(FontRole::Heiti),
            xiaobiaosong: name(FontRole::Xiaobiaosong),
            songti: name(FontRole::Songti),
            latin: name(FontRole::Latin),
        },
        page_number: WrittenPageNumber {
            font: Some(number.character.font),
            size: Some(TypeSize(number.character.size)),
            form: Some(format!("{}{{n}}{}", number.before, number.after)),
            place: Some(number.place),
            inset: Some(number.inset),
            dash_center: Some(number.dash_center),
        },
        lead: WrittenCharacter {
            font: Some(profile.lead.font),
            bold: Some(profile.lead.bold),
        },
        typography: WrittenTypography {
            widow_control: Some(profile.typography.widow_control),
            chinese_digits: Some(profile.typography.chinese_digits),
            // Choices of our own line breaking, which no document shows.
            ..WrittenTypography::default()
        },
        elements: Role::ALL
            .into_iter()
            .map(|role| (role, element(profile.element(role))))
            .collect(),
        ..Written::default()
    }
}

fn element(style: &ParagraphStyle) -> WrittenElement {
    WrittenElement {
        font: Some(style.character.font),
        size: Some(TypeSize(style.character.size)),
        bold: Some(style.character.bold),
        ink: Some(style.character.ink),
        line_pitch: Some(style.line_pitch),
        align: Some(style.align),
        first_line_indent: Some(style.first_line_indent),
        indent_left: Some(style.indent_left),
        indent_right: Some(style.indent_right),
        space_before: Some(style.space_before),
        space_after: Some(style.space_after),
        ..WrittenElement::default()
    }
}

fn toml(beyond: &Written, name: &str, base: &str) -> String {
    let mut toml = format!(
        "#:schema {SCHEMA_FILE}\nname = {}\nextends = {}\n",
        quoted(name),
        quoted(base)
    );
    for (table, entries) in beyond.beyond(&Written::default()) {
        let _ = writeln!(toml, "\n[{table}]");
        for (key, value) in entries {
            let _ = writeln!(toml, "{key} = {value}");
        }
    }
    toml
}
