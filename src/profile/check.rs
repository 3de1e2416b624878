//! From a profile as written to one that cannot be wrong.

use toml::de::Error as TomlError;

use super::written::{Written, WrittenElement, WrittenTable};
use super::{
    CharacterStyle, FontRole, Grid, Page, PageNumber, ParagraphStyle, Profile, TableLook, Typography,
    builtin_names, builtin_source,
};
use crate::model::Role;
use crate::source::{LineIndex, Position};
use crate::units::{Chars, Length, Lines};

/// Why a profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", place_prefix(.place))]
pub struct ProfileError {
    /// Line and column in the profile's file, where the fault has one.
    pub place: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

fn place_prefix(place: &Option<Position>) -> String {
    place
        .map(|place| format!("{}:{}: ", place.line, place.column))
        .unwrap_or_default()
}

impl ProfileError {
    pub(super) fn unknown_name(name: &str) -> Self {
        let names: Vec<&str> = builtin_names().collect();
        let nearest = nearest(name, &names).map(|near| format!("did you mean “{near}”? "));
        ProfileError {
            place: None,
            message: format!("there is no style profile “{name}”"),
            help: Some(format!(
                "{}built-in profiles: {}; a file of your own must end in .toml",
                nearest.unwrap_or_default(),
                names.join(", ")
            )),
        }
    }

    fn impossible(key: &str, why: impl std::fmt::Display) -> Self {
        ProfileError {
            place: None,
            message: format!("{key}: {why}"),
            help: None,
        }
    }

    fn missing(key: &str) -> Self {
        ProfileError {
            place: None,
            message: format!("{key} is missing"),
            help: Some(format!(
                "set {key}, or extend a built-in profile: extends = \"speech\""
            )),
        }
    }

    fn toml(text: &str, error: &TomlError) -> Self {
        let place = error.span().map(|span| LineIndex::new(text).position(span.start));
        ProfileError {
            place,
            message: error.message().trim().replace('\n', "; "),
            help: unknown_key_help(error.message()),
        }
    }
}

/// “did you mean” for serde's “unknown field `a`, expected one of `b`, `c`”.
fn unknown_key_help(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let wrong = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    nearest(wrong, &known).map(|near| format!("did you mean “{near}”?"))
}

/// The candidate that differs from `word` in the fewest letters, if that is at most half of them.
fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let limit = word.chars().count().div_ceil(2);
    candidates
        .iter()
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .min()
        .filter(|(distance, _)| *distance <= limit)
        .map(|(_, candidate)| candidate)
}

/// The number of letters to insert, delete or replace to make `b` of `a` (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Reads, merges and checks.
pub(super) fn profile(text: &str) -> Result<Profile, ProfileError> {
    let mut written = read(text)?;
    // Built-in profiles extend each other without a cycle (tested), so this ends.
    while let Some(base) = written.extends.take() {
        let base_text = builtin_source(&base).ok_or_else(|| ProfileError::unknown_name(&base))?;
        written = written.or(read(base_text)?);
    }
    checked(written)
}

fn read(text: &str) -> Result<Written, ProfileError> {
    toml::from_str(text).map_err(|error| ProfileError::toml(text, &error))
}

fn checked(written: Written) -> Result<Profile, ProfileError> {
    fn need<T>(value: Option<T>, key: &str) -> Result<T, ProfileError> {
        value.ok_or_else(|| ProfileError::missing(key))
    }
    let page = Page {
        width: need(written.page.width, "page.width")?,
        height: need(written.page.height, "page.height")?,
        top: need(written.page.top, "page.top")?,
        bottom: need(written.page.bottom, "page.bottom")?,
        left: need(written.page.left, "page.left")?,
        right: need(written.page.right, "page.right")?,
    };
    check_page(&page)?;

    let chars = need(written.grid.chars, "grid.chars")?;
    if !(5..=200).contains(&chars) {
        return Err(ProfileError::impossible("grid.chars", "between 5 and 200"));
    }
    let grid = Grid {
        lines: need(written.grid.lines, "grid.lines")?,
        chars,
        line_pitch: need(written.grid.line_pitch, "grid.line_pitch")?,
        char_pitch: page.text_width().scale(1, i64::from(chars)),
        char_spacing: written.grid.char_spacing.unwrap_or(Length::ZERO),
    };
    check_size("grid.line_pitch", grid.line_pitch)?;
    if grid.lines == 0 || grid.line_pitch * i64::from(grid.lines) > page.text_height() {
        return Err(ProfileError::impossible(
            "grid.lines",
            format!(
                "{} lines of {:?} do not fit the {:.1} pt between the margins",
                grid.lines,
                grid.line_pitch,
                page.text_height().to_pt()
            ),
        ));
    }

    for font in FontRole::ALL {
        if written.fonts.get(&font).is_none_or(|name| name.trim().is_empty()) {
            return Err(ProfileError::missing(&format!("fonts.{}", font.name())));
        }
    }

    let body_written = written.elements.get(&Role::Body).cloned().unwrap_or_default();
    let body = element(body_written, &grid, None)?;
    let elements = Role::ALL
        .into_iter()
        .map(|role| match written.elements.get(&role) {
            Some(own) if role != Role::Body => element(own.clone(), &grid, Some((role, &body))),
            _ => Ok(body),
        })
        .collect::<Result<Vec<_>, _>>()?;

    let number = written.page_number;
    let form = need(number.form, "page_number.form")?;
    let (before, after) = form.split_once("{n}").ok_or_else(|| {
        ProfileError::impossible("page_number.form", "{n} stands for the number and is missing")
    })?;
    let page_number = PageNumber {
        character: CharacterStyle {
            font: need(number.font, "page_number.font")?,
            size: need(number.size, "page_number.size")?,
            bold: false,
            ink: body.character.ink,
        },
        before: before.to_owned(),
        after: after.to_owned(),
        place: need(number.place, "page_number.place")?,
        inset: number.inset.unwrap_or(Chars::ZERO),
        dash_center: need(number.dash_center, "page_number.dash_center")?,
    };
    check_size("page_number.size", page_number.character.size)?;
    if !(page.height - page.bottom..page.height).contains(&page_number.dash_center) {
        return Err(ProfileError::impossible(
            "page_number.dash_center",
            "below the type area and on the paper",
        ));
    }

    let title_max_chars = need(written.typography.title_max_chars, "typography.title_max_chars")?;
    if title_max_chars < 4 {
        return Err(ProfileError::impossible(
            "typography.title_max_chars",
            "at least 4",
        ));
    }
    Ok(Profile {
        name: need(written.name, "name")?,
        title: need(written.title, "title")?,
        page,
        grid,
        font_names: written.fonts,
        page_number,
        lead: CharacterStyle {
            font: written.lead.font.unwrap_or(body.character.font),
            bold: written.lead.bold.unwrap_or(body.character.bold),
            ..body.character
        },
        typography: Typography {
            title_max_chars,
            widow_control: need(written.typography.widow_control, "typography.widow_control")?,
        },
        table: table(written.table, &page)?,
        elements,
    })
}

fn table(written: WrittenTable, page: &Page) -> Result<TableLook, ProfileError> {
    let missing = |key: &str| ProfileError::missing(&format!("table.{key}"));
    let look = TableLook {
        rule: written.rule.ok_or_else(|| missing("rule"))?,
        cell_margin: written.cell_margin.ok_or_else(|| missing("cell_margin"))?,
        head_font: written.head_font.ok_or_else(|| missing("head_font"))?,
        head_align: written.head_align.ok_or_else(|| missing("head_align"))?,
        wide_column: written.wide_column.ok_or_else(|| missing("wide_column"))?,
    };
    if !(Length::from_pt(0.25)..=Length::pt(6)).contains(&look.rule) {
        return Err(ProfileError::impossible("table.rule", "between 0.25pt and 6pt"));
    }
    if !(Length::ZERO..=Length::mm(10)).contains(&look.cell_margin) {
        return Err(ProfileError::impossible(
            "table.cell_margin",
            "between 0mm and 10mm",
        ));
    }
    if !(Length::mm(5)..=page.text_width()).contains(&look.wide_column) {
        return Err(ProfileError::impossible(
            "table.wide_column",
            "between 5mm and the width of the type area",
        ));
    }
    Ok(look)
}

fn check_page(page: &Page) -> Result<(), ProfileError> {
    for (key, length) in [("page.width", page.width), ("page.height", page.height)] {
        if !(Length::mm(50)..=Length::mm(2000)).contains(&length) {
            return Err(ProfileError::impossible(key, "between 50mm and 2000mm"));
        }
    }
    for (key, length) in [
        ("page.top", page.top),
        ("page.bottom", page.bottom),
        ("page.left", page.left),
        ("page.right", page.right),
    ] {
        if length < Length::ZERO {
            return Err(ProfileError::impossible(key, "not negative"));
        }
    }
    if page.text_width() < Length::mm(30) || page.text_height() < Length::mm(30) {
        return Err(ProfileError::impossible(
            "page",
            "the margins leave less than 30mm for text",
        ));
    }
    Ok(())
}

fn check_size(key: &str, size: Length) -> Result<(), ProfileError> {
    if (Length::pt(4)..=Length::pt(200)).contains(&size) {
        Ok(())
    } else {
        Err(ProfileError::impossible(key, "between 4pt and 200pt"))
    }
}

/// One element out of its keys; what they leave open is the body's (or, for the body itself, plain).
///
/// Indents, spaces and paging are an element's own: they are not taken from the body.
fn element(
    own: WrittenElement,
    grid: &Grid,
    base: Option<(Role, &ParagraphStyle)>,
) -> Result<ParagraphStyle, ProfileError> {
    let name = base.map_or("body", |(role, _)| role.name());
    let key = |key: &str| format!("elements.{name}.{key}");
    let base = base.map(|(_, base)| base);
    let missing = |missing: &str| ProfileError::missing(&key(missing));

    let character = CharacterStyle {
        font: own
            .font
            .or(base.map(|b| b.character.font))
            .ok_or_else(|| missing("font"))?,
        size: own
            .size
            .or(base.map(|b| b.character.size))
            .ok_or_else(|| missing("size"))?,
        bold: own.bold.unwrap_or(false),
        ink: own.ink.unwrap_or_default(),
    };
    let body_size = base.map_or(character.size, |b| b.character.size);
    let style = ParagraphStyle {
        character,
        line_pitch: own.line_pitch.unwrap_or(grid.line_pitch),
        align: own
            .align
            .or(base.map(|b| b.align))
            .ok_or_else(|| missing("align"))?,
        first_line_indent: own.first_line_indent.unwrap_or(Chars::ZERO),
        indent_left: own.indent_left.unwrap_or(Chars::ZERO),
        indent_right: own.indent_right.unwrap_or(Chars::ZERO),
        space_before: own.space_before.unwrap_or(Lines::ZERO),
        space_after: own.space_after.unwrap_or(Lines::ZERO),
        keep_with_next: own.keep_with_next.unwrap_or(false),
        keep_lines: own.keep_lines.unwrap_or(false),
        page_break_before: own.page_break_before.unwrap_or(false),
        on_grid: character.size == body_size,
        outline_level: own.outline_level,
    };
    check_size(&key("size"), style.character.size)?;
    check_size(&key("line_pitch"), style.line_pitch)?;
    let most = Chars::whole(grid.chars as i32 - 2);
    for (name, indent) in [
        ("indent_left", style.indent_left),
        ("indent_right", style.indent_right),
    ] {
        if indent < Chars::ZERO || style.indent_left.0 + style.indent_right.0 > most.0 {
            return Err(ProfileError::impossible(
                &key(name),
                "not negative, and two characters must be left between",
            ));
        }
    }
    let first = Chars(style.indent_left.0 + style.first_line_indent.0);
    if first < Chars::ZERO || first.0 + style.indent_right.0 > most.0 {
        return Err(ProfileError::impossible(
            &key("first_line_indent"),
            "the first line must begin inside the type area",
        ));
    }
    for (name, space) in [
        ("space_before", style.space_before),
        ("space_after", style.space_after),
    ] {
        if !(0..=(grid.lines as i32 - 1) * 100).contains(&space.0) {
            return Err(ProfileError::impossible(
                &key(name),
                "not negative, and less than a page",
            ));
        }
    }
    if style.outline_level.is_some_and(|level| !(1..=9).contains(&level)) {
        return Err(ProfileError::impossible(&key("outline_level"), "between 1 and 9"));
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_profile_is_right() {
        for name in builtin_names() {
            let profile = Profile::builtin(name).unwrap();
            assert_eq!(profile.name, name);
        }
    }

    #[test]
    fn a_profile_may_change_one_line_of_another() {
        let speech = Profile::builtin("speech").unwrap();
        let own =
            Profile::from_toml("name = \"own\"\nextends = \"speech\"\n[elements.title]\nsize = \"小一\"\n")
                .unwrap();
        assert_eq!(own.name, "own");
        assert_eq!(own.element(Role::Title).character.size, Length::pt(24));
        assert_eq!(own.element(Role::Body), speech.element(Role::Body));
        assert_eq!(own.page, speech.page);
    }

    #[track_caller]
    fn refused(text: &str, place: Option<(usize, usize)>, part: &str) {
        let error = Profile::from_toml(text).unwrap_err();
        assert_eq!(
            error.place.map(|place| (place.line, place.column)),
            place,
            "{error}"
        );
        assert!(
            format!("{error} {}", error.help.clone().unwrap_or_default()).contains(part),
            "{error:?}"
        );
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        refused("extends = \"speach\"", None, "did you mean “speech”");
        refused(
            "extends = \"speech\"\n[elements.title]\nfnot = \"heiti\"",
            Some((3, 1)),
            "did you mean “font”",
        );
        refused(
            "extends = \"speech\"\n[elements.titel]\nsize = \"16pt\"",
            Some((2, 11)),
            "did you mean “title”",
        );
        refused(
            "extends = \"speech\"\n[page]\ntop = \"37px\"",
            Some((3, 7)),
            "no known unit",
        );
        refused(
            "extends = \"speech\"\n[page]\ntop = \"NaNmm\"",
            Some((3, 7)),
            "begin with a number",
        );
        refused(
            "extends = \"speech\"\n[page]\ntop = 37",
            Some((3, 7)),
            "expected a string",
        );
        refused("extends = \"speech\"\n[page]\ntop = \"-37mm\"", None, "page.top");
        refused("extends = \"speech\"\n[grid]\nlines = 23", None, "do not fit");
        refused("extends = \"speech\"\n[page_number]\nform = \"— —\"", None, "{n}");
        refused("name = \"x\"", None, "page.width is missing");
        refused("name = ", Some((1, 8)), "");
    }
}
