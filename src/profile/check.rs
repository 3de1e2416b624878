//! From a merged profile to one that cannot be wrong.

mod zones;

use super::extend::MergedProfile;
use super::fault::ProfileError;
use super::written::{Written, WrittenElement, WrittenTable};
use super::{
    CharacterStyle, FontRole, Grid, Page, PageNumber, ParagraphStyle, Profile, TableLook, Typography,
};
use crate::model::Role;
use crate::units::{Chars, Length, Lines, length_as_written};

/// Checks a merged profile.
pub(super) fn profile(merged: &MergedProfile) -> Result<Profile, ProfileError> {
    checked(merged.written.clone()).map_err(|error| {
        let key = error
            .faults
            .first()
            .and_then(|fault| fault.key.clone())
            .unwrap_or_default();
        let mut keys = vec![key.as_str()];
        // What a fault of several keys together is laid at: the key that is likeliest to be the author's.
        keys.extend(match key.as_str() {
            "page" => [
                "page.left",
                "page.right",
                "page.top",
                "page.bottom",
                "page.width",
                "page.height",
            ]
            .as_slice(),
            "grid.lines" => &["grid.line_pitch", "page.top", "page.bottom", "page.height"],
            "page_number.dash_center" => &["page.bottom", "page.height"],
            _ => &[],
        });
        merged.locate(error, &keys)
    })
}

fn need<T>(value: Option<T>, key: &str) -> Result<T, ProfileError> {
    value.ok_or_else(|| ProfileError::missing(key))
}

/// Checks what is written; faults have keys, and no places yet.
pub(super) fn checked(written: Written) -> Result<Profile, ProfileError> {
    let page = Page {
        width: need(written.page.width, "page.width")?,
        height: need(written.page.height, "page.height")?,
        top: need(written.page.top, "page.top")?,
        bottom: need(written.page.bottom, "page.bottom")?,
        left: need(written.page.left, "page.left")?,
        right: need(written.page.right, "page.right")?,
        mirror_margins: written.page.mirror_margins.unwrap_or(false),
    };
    check_page(&page)?;

    let chars = need(written.grid.chars, "grid.chars")?;
    if !(5..=200).contains(&chars) {
        return Err(ProfileError::impossible(
            "grid.chars",
            "应在 5 与 200 之间",
            "must be between 5 and 200",
        ));
    }
    let mut grid = Grid {
        lines: need(written.grid.lines, "grid.lines")?,
        chars,
        line_pitch: need(written.grid.line_pitch, "grid.line_pitch")?,
        char_pitch: page.text_width().scale(1, i64::from(chars)),
        char_spacing: Length::ZERO,
    };
    check_size("grid.line_pitch", grid.line_pitch)?;
    check_lines(&grid, &page)?;

    let mut font_names = std::collections::BTreeMap::new();
    for font in FontRole::ALL {
        let key = format!("fonts.{}", font.name());
        let name = written
            .fonts
            .name(font)
            .ok_or_else(|| ProfileError::missing(&key))?;
        if name.trim().is_empty() {
            return Err(ProfileError::impossible(
                &key,
                "字体名不能为空",
                "must name a typeface",
            ));
        }
        if name.chars().count() > LONGEST_FONT_NAME || name.chars().any(char::is_control) {
            return Err(ProfileError::impossible(
                &key,
                format!("字体名须在 {LONGEST_FONT_NAME} 字以内，不含控制字符"),
                format!("at most {LONGEST_FONT_NAME} characters, no control characters"),
            ));
        }
        font_names.insert(font, name.clone());
    }

    let body_written = written.elements.get(&Role::Body).cloned().unwrap_or_default();
    let body = element(body_written, &grid, None)?;
    grid.char_spacing = match written.grid.char_spacing {
        Some(spacing) => spacing,
        None => char_spacing(grid.char_pitch, body.character.size),
    };
    if grid.char_spacing.abs() > Length::pt(100) {
        return Err(ProfileError::impossible(
            "grid.char_spacing",
            "应在 -100pt 与 100pt 之间",
            "must be between -100pt and 100pt",
        ));
    }
    let elements = Role::ALL
        .into_iter()
        .map(|role| match written.elements.get(&role) {
            Some(own) if role != Role::Body => element(own.clone(), &grid, Some((role, &body))),
            _ => Ok(body),
        })
        .collect::<Result<Vec<_>, _>>()?;

    let number = written.page_number;
    let form = need(number.form, "page_number.form")?;
    let (before, after) = split_form(&form)?;
    let page_number = PageNumber {
        character: CharacterStyle {
            font: need(number.font, "page_number.font")?,
            size: need(number.size, "page_number.size")?.0,
            bold: false,
            ink: body.character.ink,
        },
        before,
        after,
        place: need(number.place, "page_number.place")?,
        inset: number.inset.unwrap_or(Chars::ZERO),
        dash_center: need(number.dash_center, "page_number.dash_center")?,
    };
    check_size("page_number.size", page_number.character.size)?;
    if !(Chars::ZERO..=Chars::whole(chars as i32 / 2)).contains(&page_number.inset) {
        return Err(ProfileError::impossible(
            "page_number.inset",
            "不能为负，也不能过半行",
            "not negative, and at most half a line",
        ));
    }
    if !(page.height - page.bottom..page.height).contains(&page_number.dash_center) {
        return Err(ProfileError::impossible(
            "page_number.dash_center",
            format!(
                "应在版心以下、纸张以内，即 {:.1}mm 与 {:.1}mm 之间",
                (page.height - page.bottom).to_mm(),
                page.height.to_mm()
            ),
            format!(
                "must be below the type area and on the paper: between {:.1}mm and {:.1}mm",
                (page.height - page.bottom).to_mm(),
                page.height.to_mm()
            ),
        ));
    }

    let title_max_chars = need(written.typography.title_max_chars, "typography.title_max_chars")?;
    if !(4..=200).contains(&title_max_chars) {
        return Err(ProfileError::impossible(
            "typography.title_max_chars",
            "应在 4 与 200 之间",
            "must be between 4 and 200",
        ));
    }
    let sentence_min_chars = written.typography.sentence_min_chars.unwrap_or(0);
    if sentence_min_chars > 20 {
        return Err(ProfileError::impossible(
            "typography.sentence_min_chars",
            "应在 0 与 20 之间",
            "must be between 0 and 20",
        ));
    }
    let han_latin_gap = written.typography.han_latin_gap.unwrap_or(Chars::ZERO);
    if !(0..=50).contains(&han_latin_gap.0) {
        return Err(ProfileError::impossible(
            "typography.han_latin_gap",
            "应在 0字 与 0.5字 之间",
            "between 0字 and 0.5字",
        ));
    }
    let head = zones::head(written.document_head, written.head_rule, written.foot_rule, &page)?;
    let imprint = zones::imprint(written.imprint, &page)?;
    let signature = zones::signature(written.signature, &grid)?;
    let attendance = zones::attendance(written.attendance)?;
    Ok(Profile {
        name: need(written.head.name, "name")?,
        title: need(written.head.title, "title")?,
        page,
        grid,
        font_names,
        page_number,
        lead: CharacterStyle {
            font: written.lead.font.unwrap_or(body.character.font),
            bold: written.lead.bold.unwrap_or(body.character.bold),
            ..body.character
        },
        typography: Typography {
            title_max_chars,
            widow_control: need(written.typography.widow_control, "typography.widow_control")?,
            chinese_digits: written.typography.chinese_digits.unwrap_or(false),
            keep_leads: written.typography.keep_leads.unwrap_or(false),
            sentence_min_chars,
            strict_line_start: written.typography.strict_line_start.unwrap_or(false),
            han_latin_gap,
        },
        table: table(written.table, &page)?,
        head,
        imprint,
        signature,
        attendance,
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
        return Err(ProfileError::impossible(
            "table.rule",
            "应在 0.25pt 与 6pt 之间",
            "must be between 0.25pt and 6pt",
        ));
    }
    if !(Length::ZERO..=Length::mm(10)).contains(&look.cell_margin) {
        return Err(ProfileError::impossible(
            "table.cell_margin",
            "应在 0mm 与 10mm 之间",
            "must be between 0mm and 10mm",
        ));
    }
    if !(Length::mm(5)..=page.text_width()).contains(&look.wide_column) {
        return Err(ProfileError::impossible(
            "table.wide_column",
            "应在 5mm 与版心宽度之间",
            "must be between 5mm and the width of the type area",
        ));
    }
    Ok(look)
}

/// No typeface has a longer name; LOGFONT allows 31.
const LONGEST_FONT_NAME: usize = 64;

/// What a word processor must add to each character for exactly so many to fit in a line: the rest of a cell, rounded
/// down to a whole twip, so that the last one is never pushed out.
fn char_spacing(pitch: Length, size: Length) -> Length {
    const TWIP: i64 = 635;
    Length::emu((pitch - size).to_emu().div_euclid(TWIP) * TWIP)
}

/// The lines must fit between the margins.
fn check_lines(grid: &Grid, page: &Page) -> Result<(), ProfileError> {
    let fits = page.text_height().to_emu() / grid.line_pitch.to_emu();
    if (1..=fits).contains(&i64::from(grid.lines)) {
        return Ok(());
    }
    let (lines, pitch) = (grid.lines, length_as_written(grid.line_pitch));
    let height = page.text_height().to_mm();
    let error = ProfileError::impossible(
        "grid.lines",
        format!("上下边距之间 {height:.1}mm，行距 {pitch}，排不下 {lines} 行，应为 1 至 {fits} 行"),
        format!("{lines} lines of {pitch} do not fit the {height:.1}mm between the margins: 1 to {fits} do"),
    );
    let widest = page.text_height().to_pt() / f64::from(grid.lines.max(1));
    let widest = (widest * 100.0).floor() / 100.0;
    Err(error.help(crate::diagnostic::Message::new(
        format!("写 grid.lines = {fits}，或把 grid.line_pitch 改为不大于 {widest}pt，或减小 page.top、page.bottom"),
        format!("set grid.lines = {fits}, or grid.line_pitch to at most {widest}pt, or smaller page.top and page.bottom"),
    )))
}

/// What stands before and after the number in the form of page numbers.
fn split_form(form: &str) -> Result<(String, String), ProfileError> {
    const LONGEST: usize = 40;
    let wrong = |zh: &str, en: &str| Err(ProfileError::impossible("page_number.form", zh, en));
    let Some((before, after)) = form.split_once("{n}") else {
        return wrong(
            "须有 {n}，表示数字，如 \"— {n} —\"",
            "{n} stands for the number and is missing, as in \"— {n} —\"",
        );
    };
    if after.contains("{n}") {
        return wrong("{n} 只能有一个", "{n} may stand only once");
    }
    if form.contains(['\n', '\r', '\t']) || form.chars().any(char::is_control) {
        return wrong("只能是一行，不含控制字符", "one line without control characters");
    }
    if form.chars().count() > LONGEST {
        return wrong("不能超过 40 字", "at most 40 characters");
    }
    Ok((before.to_owned(), after.to_owned()))
}

fn check_page(page: &Page) -> Result<(), ProfileError> {
    for (key, length) in [("page.width", page.width), ("page.height", page.height)] {
        if !(Length::mm(50)..=Length::mm(2000)).contains(&length) {
            return Err(ProfileError::impossible(
                key,
                "应在 50mm 与 2000mm 之间",
                "must be between 50mm and 2000mm",
            ));
        }
    }
    for (key, length) in [
        ("page.top", page.top),
        ("page.bottom", page.bottom),
        ("page.left", page.left),
        ("page.right", page.right),
    ] {
        if length < Length::ZERO {
            return Err(ProfileError::impossible(key, "不能为负", "must not be negative"));
        }
    }
    if page.text_width() < Length::mm(30) || page.text_height() < Length::mm(30) {
        return Err(ProfileError::impossible(
            "page",
            "页边距之间不足 30mm，排不下文字",
            "the margins leave less than 30mm for text",
        ));
    }
    Ok(())
}

fn check_size(key: &str, size: Length) -> Result<(), ProfileError> {
    if (Length::pt(4)..=Length::pt(200)).contains(&size) {
        Ok(())
    } else {
        Err(ProfileError::impossible(
            key,
            "应在 4pt 与 200pt 之间",
            "must be between 4pt and 200pt",
        ))
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
            .map(|size| size.0)
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
                "不能为负，左右缩进之间至少留两个字",
                "not negative, and two characters must be left between",
            ));
        }
    }
    let first = Chars(style.indent_left.0 + style.first_line_indent.0);
    if first < Chars::ZERO || first.0 + style.indent_right.0 > most.0 {
        return Err(ProfileError::impossible(
            &key("first_line_indent"),
            "首行须起于版心之内",
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
                "不能为负，且不足一页",
                "not negative, and less than a page",
            ));
        }
    }
    if style.outline_level.is_some_and(|level| !(1..=9).contains(&level)) {
        return Err(ProfileError::impossible(
            &key("outline_level"),
            "应在 1 与 9 之间",
            "must be between 1 and 9",
        ));
    }
    Ok(style)
}
