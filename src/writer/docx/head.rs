//! 版头 and 版记: what stands at places of its own on the first and on the last page.
//!
//! Whatever an office may go on to edit stays ordinary text. Marks and numbers are paragraphs whose space before brings
//! them to their height; 份号, 密级 and 紧急程度 lie in a frame at the top, so that one more or less moves nothing below; 版记
//! lies in a frame at the foot of its page. Frames (`w:framePr`) rather than tables with a place of their own, because every
//! word processor keeps a frame at the foot of the page. Rules are borders of empty paragraphs as wide as the rule; those of 版记 are empty
//! paragraphs as high as the rule and black, because LibreOffice takes a frame with borders inside for no frame.

use std::fmt::Write;

use docx_rs::{Table, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType};

use super::DocxError;
use super::body::{Body, Numbered, numbered};
use super::looks::{Property, color};
use super::paragraph;
use super::styles::{HEAD_RULE, IMPRINT_RULE};
use super::table::{FilledTable, blank};
use crate::model::Role;
use crate::profile::{Align, Ink, ParagraphStyle, Profile, Rule};
use crate::style::{Place, StyledDocument, StyledParagraph};
use crate::units::{Chars, Length, Lines};

/// The least height of a line that every word processor keeps.
pub(super) const HAIR: Length = Length::pt(1);

/// Writes 版头, and returns the space that the first paragraph of text needs before it.
pub(super) fn write_head(
    body: &mut Body<'_>,
    document: &StyledDocument,
) -> Result<Option<Length>, DocxError> {
    let Some(opening) = document.opening else {
        return Ok(None);
    };
    let head: Vec<Numbered<'_>> = numbered(document)
        .take_while(|(_, paragraph)| matches!(paragraph.place, Place::Fixed(_)))
        .collect();
    let mut writer = Head {
        body,
        profile: &document.profile,
        y: document.profile.page.top,
    };
    let of = |roles: &[Role]| -> Vec<Numbered<'_>> {
        let mut found = head.clone();
        found.retain(|(_, paragraph)| roles.contains(&paragraph.role));
        found
    };
    let fields = of(&[Role::CopyNumber, Role::Classification, Role::Urgency]);
    let marks = of(&[Role::IssuerMark]);
    let number = of(&[Role::DocNumber]);
    let signatories = of(&[Role::Signatory]);
    let Some(below_mark) = marks.iter().map(|(_, mark)| top_of(mark)).max() else {
        return Ok(None);
    };
    if fields
        .first()
        .is_some_and(|(_, field)| top_of(field) < below_mark)
    {
        writer.frame(&fields, document.profile.page.text_width() / 2);
        writer.marks(&marks)?;
        if signatories.is_empty() {
            writer.lines(&number);
        } else {
            writer.side_by_side(&number, &signatories, VAlignType::Bottom)?;
        }
        writer.rule(opening.rule_top);
    } else if opening
        .rule_top
        .zip(number.first())
        .is_some_and(|(rule, (_, number))| rule < top_of(number))
    {
        writer.marks(&marks)?;
        writer.rule(opening.rule_top);
        if fields.is_empty() {
            writer.lines(&number);
        } else {
            writer.side_by_side(&fields, &number, VAlignType::Top)?;
        }
        writer.lines(&signatories);
    } else {
        writer.marks(&marks)?;
        if fields.is_empty() && !signatories.is_empty() {
            writer.side_by_side(&number, &signatories, VAlignType::Bottom)?;
            writer.rule(opening.rule_top);
        } else {
            writer.lines(&number);
            writer.rule(opening.rule_top);
            writer.lines(&fields);
            writer.lines(&signatories);
        }
    }
    // What the first paragraph of text has before it by its own style counts; the rest comes after what stands above.
    let Some(first) = document.paragraphs.get(head.len()) else {
        return Ok(None);
    };
    let gap = (opening.text_top - writer.y).max(Length::ZERO);
    let own = first.style.space_before.times(document.profile.grid.line_pitch);
    if gap < own {
        return Ok(Some(gap));
    }
    // No empty line where there can be space: it would count as one that somebody wrote.
    if gap - own >= HAIR && !writer.body.space_after_last(gap - own) {
        writer.space(gap - own);
    }
    Ok(Some(own))
}

/// The height of a paragraph at a place of its own.
fn top_of(paragraph: &StyledParagraph) -> Length {
    match paragraph.place {
        Place::Fixed(top) => top,
        _ => Length::ZERO,
    }
}

fn lead_of(paragraph: &StyledParagraph) -> Length {
    (paragraph.style.line_pitch - paragraph.style.character.size) / 2
}

struct Head<'b, 'a, 'p> {
    body: &'b mut Body<'a>,
    profile: &'p Profile,
    /// Where the next line box begins.
    y: Length,
}

impl Head<'_, '_, '_> {
    /// What is missing to the line box of a paragraph at its place.
    fn gap(&self, paragraph: &StyledParagraph) -> Length {
        (top_of(paragraph) - lead_of(paragraph) - self.y).max(Length::ZERO)
    }

    /// Paragraphs one below the other.
    fn lines(&mut self, paragraphs: &[Numbered<'_>]) {
        for &(number, paragraph) in paragraphs {
            let gap = self.gap(paragraph);
            let mut style = paragraph.style;
            style.space_before = lines(gap, self.profile);
            self.y += gap + style.line_pitch;
            self.body.push_placed((number, paragraph), &style, Vec::new());
        }
    }

    /// 份号, 密级 and 紧急程度: a frame at their height.
    fn frame(&mut self, fields: &[Numbered<'_>], width: Length) {
        let Some((_, first)) = fields.first() else { return };
        let top = top_of(first) - lead_of(first);
        let frame = format!(
            concat!(
                "<w:framePr w:w=\"{}\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"margin\" ",
                "w:x=\"1\" w:y=\"{}\"/>"
            ),
            width.to_twips(),
            top.to_twips()
        );
        for &field in fields {
            let own = vec![property("w:framePr", frame.clone())];
            self.body.push_placed(field, &field.1.style, own);
        }
    }

    /// One name, or several side by side with 文件.
    fn marks(&mut self, marks: &[Numbered<'_>]) -> Result<(), DocxError> {
        let [(_, first), .., _] = marks else {
            match marks.first() {
                // No line of text can stand above the margin.
                Some((_, mark)) if top_of(mark) - lead_of(mark) < self.y => {
                    self.frame(marks, self.profile.page.text_width());
                }
                _ => self.lines(marks),
            }
            return Ok(());
        };
        self.space(self.gap(first));
        let (names, after): (Vec<_>, Vec<_>) = marks
            .iter()
            .copied()
            .partition(|(_, mark)| mark.style.align == Align::Distribute);
        let grid = self.profile.grid.char_pitch;
        let left = first.style.indent_left.times(grid);
        let width = self.profile.page.text_width() - left - first.style.indent_right.times(grid);
        let mut paragraphs = Vec::new();
        // The column is as wide as the text between their indents.
        let whole = |style: &mut ParagraphStyle| style.indent_right = Chars::ZERO;
        let rest = self.profile.page.text_width() - left - width;
        let cell = self.cell(&names, (left, width), whole, &mut paragraphs);
        let mut cells = vec![cell.vertical_align(VAlignType::Top)];
        let mut widths = vec![width];
        if !after.is_empty() {
            let cell = self.cell(&after, (left + width, rest), whole, &mut paragraphs);
            cells.push(cell.vertical_align(VAlignType::Center));
            widths.push(rest);
        }
        self.y += first.style.line_pitch * names.len() as i64;
        self.table(cells, paragraphs, &widths, left)
    }

    /// Two groups of paragraphs on the same lines: 发文字号 beside 签发人, the fields of a letter beside its number.
    fn side_by_side(
        &mut self,
        left: &[Numbered<'_>],
        right: &[Numbered<'_>],
        align: VAlignType,
    ) -> Result<(), DocxError> {
        let all = left.iter().chain(right);
        let Some((_, first)) = all.copied().min_by_key(|(_, one)| top_of(one)) else {
            return Ok(());
        };
        self.space(self.gap(first));
        let grid = self.profile.grid.char_pitch;
        let full = self.profile.page.text_width();
        // The left column ends where the right one begins, or in the middle.
        let begin = right.iter().map(|(_, one)| one.style.indent_left.0).min();
        let split = match begin.filter(|begin| *begin > 0) {
            Some(begin) => Chars(begin).times(grid),
            None => full / 2,
        };
        let mut cells = Vec::new();
        let mut paragraphs = Vec::new();
        for (group, from, width, align) in [
            (left, Length::ZERO, split, align),
            (right, split, full - split, VAlignType::Top),
        ] {
            let cell = self.cell(group, (from, width), |_| (), &mut paragraphs);
            let mut cell = cell.vertical_align(align);
            if group.is_empty() {
                paragraphs.push(paragraph::EMPTY.to_owned());
                cell = cell.add_paragraph(blank());
            }
            cells.push(cell);
        }
        self.y += first.style.line_pitch * left.len().max(right.len()) as i64;
        self.table(cells, paragraphs, &[split, full - split], Length::ZERO)
    }

    /// A cell that begins `from` the left edge of the text and is so wide, with `group` in it, each in its own style but
    /// for `change`; their XML is appended to `paragraphs`.
    fn cell(
        &mut self,
        group: &[Numbered<'_>],
        (from, width): (Length, Length),
        change: impl Fn(&mut ParagraphStyle),
        paragraphs: &mut Vec<String>,
    ) -> TableCell {
        let mut cell = TableCell::new().width(twips(width), WidthType::Dxa);
        for &one in group {
            let mut style = one.1.style;
            let own = style.indent_left.times(self.profile.grid.char_pitch) - from;
            style.indent_left = chars(own.max(Length::ZERO), self.profile);
            change(&mut style);
            paragraphs.push(self.body.paragraphs.written(one, &style));
            cell = cell.add_paragraph(blank());
        }
        cell
    }

    fn table(
        &mut self,
        cells: Vec<TableCell>,
        paragraphs: Vec<String>,
        widths: &[Length],
        indent: Length,
    ) -> Result<(), DocxError> {
        let total = widths.iter().fold(Length::ZERO, |sum, width| sum + *width);
        let table = Table::without_borders(vec![TableRow::new(cells).cant_split()])
            .set_grid(widths.iter().map(|width| twips(*width)).collect())
            .layout(TableLayoutType::Fixed)
            .width(twips(total), WidthType::Dxa)
            .indent(i32::try_from(indent.to_twips()).unwrap_or_default())
            .margins(TableCellMargins::new().margin(0, 0, 0, 0));
        self.body.push_table(FilledTable {
            table,
            paragraphs,
            repeats_head: false,
        })
    }

    /// An empty line as high as `height`, where a table cannot have space before it.
    fn space(&mut self, height: Length) {
        if height < HAIR {
            return;
        }
        self.body.push_empty(None, vec![exact_line(height)]);
        self.y += height;
    }

    /// The rule below 版头.
    fn rule(&mut self, top: Option<Length>) {
        let Some(top) = top else { return };
        let rule = &self.profile.head.rule;
        let distance = (top - self.y).max(Length::ZERO);
        self.body
            .push_empty(Some(HEAD_RULE), vec![rule_spacing(rule, distance)]);
        self.y += distance + rule.height();
    }
}

/// The style of the rule below 版头, an empty paragraph as wide as the rule.
pub(super) fn head_rule_look(profile: &Profile) -> Vec<Property> {
    let (rule, page) = (&profile.head.rule, &profile.page);
    let mut properties = vec![rule_borders(rule, profile)];
    let indents = if rule.width > page.text_width() {
        let beyond = (page.width - rule.width) / 2;
        Some((beyond - page.left, beyond - page.right))
    } else {
        let inside = (page.text_width() - rule.width) / 2;
        (inside > HAIR).then_some((inside, inside))
    };
    if let Some((left, right)) = indents {
        properties.push(property(
            "w:ind",
            format!(
                "<w:ind w:left=\"{}\" w:right=\"{}\"/>",
                left.to_twips(),
                right.to_twips()
            ),
        ));
    }
    properties
}

/// The style of the rules of 版记: black from edge to edge.
pub(super) fn imprint_rule_look() -> Vec<Property> {
    let black = color(Ink::Black);
    vec![property(
        "w:shd",
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{black}\"/>"),
    )]
}

/// The lines of a rule in the ink of 发文机关标志: one below the paragraph, or two with the paragraph between them.
fn rule_borders(rule: &Rule, profile: &Profile) -> Property {
    let ink = profile.element(Role::IssuerMark).character.ink;
    let mut borders = String::from("<w:pBdr>");
    if let [above, below] = rule.thickness[..] {
        border(&mut borders, "top", above, ink);
        border(&mut borders, "bottom", below, ink);
    } else {
        for line in &rule.thickness {
            border(&mut borders, "bottom", *line, ink);
        }
    }
    borders.push_str("</w:pBdr>");
    property("w:pBdr", borders)
}

/// The height of the paragraph of a rule whose upper edge is to lie `distance` below that of the paragraph. A rule of two
/// lines has the blank between them for its line.
fn rule_spacing(rule: &Rule, distance: Length) -> Property {
    if rule.thickness.len() < 2 {
        return exact_line(distance.max(HAIR));
    }
    property(
        "w:spacing",
        format!(
            "<w:spacing w:beforeLines=\"0\" w:before=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/>",
            distance.to_twips(),
            rule.between.max(HAIR).to_twips()
        ),
    )
}

/// Writes 版记: a frame as wide as the type area whose lower edge is that of the profile.
pub(super) fn write_imprint(body: &mut Body<'_>, document: &StyledDocument) {
    let profile = &document.profile;
    let zone = &profile.imprint;
    let width = profile.page.text_width();
    let frame = format!(
        concat!(
            "<w:framePr w:w=\"{}\" w:wrap=\"around\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" ",
            "w:x=\"1\" w:yAlign=\"bottom\"/>"
        ),
        width.to_twips()
    );
    let framed = |properties: Vec<Property>| {
        let mut all = vec![property("w:framePr", frame.clone())];
        all.extend(properties);
        all
    };
    let rule = |body: &mut Body<'_>, thickness: Length| {
        if thickness <= Length::ZERO {
            return;
        }
        body.push_empty(Some(IMPRINT_RULE), framed(vec![exact_line(thickness)]));
    };
    let mut rows: Vec<Vec<Numbered<'_>>> = Vec::new();
    for (number, paragraph) in numbered(document) {
        if paragraph.place != Place::Imprint {
            continue;
        }
        match rows.last_mut() {
            Some(row) if paragraph.beside => row.push((number, paragraph)),
            _ => rows.push(vec![(number, paragraph)]),
        }
    }
    let mut above = None;
    for row in &rows {
        let Some((&(number, first), beside)) = row.split_first() else {
            continue;
        };
        match above {
            None => rule(body, zone.outer_rule),
            Some(role) if role != first.role => rule(body, zone.inner_rule),
            Some(_) => {}
        }
        above = Some(first.role);
        let mut properties = Vec::new();
        if !beside.is_empty() {
            let edge = width - first.style.indent_right.times(profile.grid.char_pitch);
            properties.push(property(
                "w:tabs",
                format!(
                    "<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
                    edge.to_twips()
                ),
            ));
        }
        body.push_row((number, first), &first.style, beside, framed(properties));
    }
    rule(body, zone.outer_rule);
    // From the lower edge of 版记 to that of the margins, which a frame is held to.
    let below = profile.page.height - profile.page.bottom - zone.bottom;
    if below >= HAIR {
        body.push_empty(None, framed(vec![exact_line(below)]));
    }
}

/// The frame of a rule at the foot of the first page, for its footer.
pub(super) fn foot_rule_properties(profile: &Profile) -> Option<String> {
    let rule = &profile.head.foot_rule;
    if rule.thickness.is_empty() {
        return None;
    }
    let page = &profile.page;
    Some(format!(
        concat!(
            "<w:framePr w:w=\"{}\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"page\" ",
            "w:xAlign=\"center\" w:y=\"{}\"/>{}{}"
        ),
        rule.width.to_twips(),
        (page.height - rule.distance - rule.height()).to_twips(),
        rule_borders(rule, profile).xml,
        rule_spacing(rule, Length::ZERO).xml
    ))
}

fn border(borders: &mut String, side: &str, thickness: Length, ink: Ink) {
    let _ = write!(
        borders,
        "<w:{side} w:val=\"single\" w:sz=\"{}\" w:space=\"0\" w:color=\"{}\"/>",
        // Eighths of a point.
        (thickness.to_emu() * 8 + 6_350) / 12_700,
        color(ink)
    );
}

/// A line exactly so high.
pub(super) fn exact_line(height: Length) -> Property {
    property(
        "w:spacing",
        format!(
            "<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>",
            height.to_twips()
        ),
    )
}

fn property(name: &'static str, xml: String) -> Property {
    Property { name, xml }
}

/// A height in lines of the grid.
pub(super) fn lines(height: Length, profile: &Profile) -> Lines {
    let pitch = profile.grid.line_pitch.to_emu().max(1);
    Lines(((height.to_emu() * 100 + pitch / 2) / pitch) as i32)
}

/// A length along a line in characters of the grid.
fn chars(length: Length, profile: &Profile) -> Chars {
    Chars((length.to_emu() * 100 / profile.grid.char_pitch.to_emu().max(1)) as i32)
}

fn twips(length: Length) -> usize {
    usize::try_from(length.to_twips()).unwrap_or_default()
}
