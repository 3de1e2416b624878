//! Tables (表格): which texts are one, how wide their columns are, and which stand on a turned page.
//!
//! A table is as wide as the type area, its columns as wide as their content asks, its first row the head. Only tabs part
//! cells: taking other marks away would change the text, which is for `normalize` to do and to list. A wide table is
//! turned by a quarter (横排表格, GB/T 9704 §8), and the headings directly above it go with it.

use std::ops::Range;

use super::StyledParagraph;
use crate::model::Role;
use crate::profile::{CharacterStyle, ParagraphStyle, Profile};
use crate::units::Length;

/// What word processors can do: Word takes no table of more columns.
const MOST_COLUMNS: usize = 63;
/// Beyond the widest text of a column, so that no rounding breaks it into two lines.
const SPARE: Length = Length::pt(2);

/// A paragraph as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct StyledTable {
    /// The widths of the columns from left to right; together the width of the type area.
    pub columns: Vec<Length>,
    /// The cells, row by row, as bytes of the paragraph's text, blanks around them left out; short rows end in empty ones.
    pub cells: Vec<Range<usize>>,
    /// The look of the cells of the first row, the head; others have the paragraph's.
    pub head: ParagraphStyle,
}

impl StyledTable {
    /// The rows from the top; the first is the head, repeated on every page.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Range<usize>]> {
        // Never empty: a table has at least two columns.
        self.cells.chunks(self.columns.len().max(1))
    }
}

/// Makes tables of the paragraphs that are some, and turns the wide ones.
pub(super) fn place(paragraphs: &mut [StyledParagraph], profile: &Profile) {
    for i in 0..paragraphs.len() {
        if paragraphs[i].role != Role::Table {
            continue;
        }
        let Some((table, wide)) = table(&paragraphs[i], profile) else {
            continue;
        };
        paragraphs[i].table = Some(table);
        if wide {
            let headings = paragraphs[..i]
                .iter()
                .rev()
                .take_while(|above| above.style.keep_with_next && above.table.is_none())
                .count();
            for paragraph in &mut paragraphs[i - headings..=i] {
                paragraph.turned = true;
            }
        }
    }
}

/// The table that a paragraph is, and whether it is wide.
fn table(paragraph: &StyledParagraph, profile: &Profile) -> Option<(StyledTable, bool)> {
    let (cells, count) = cells(&paragraph.text)?;
    let character = paragraph.style.character;
    let look = &profile.table;
    let margins = look.cell_margin * 2;
    let narrowest = character.size + margins + SPARE;
    let upright = profile.page.text_width();
    let turned = profile.page.turned().text_width();
    if narrowest * count as i64 > upright.max(turned) {
        return None;
    }
    let mut wanted = vec![narrowest; count];
    for row in cells.chunks(count) {
        for (width, cell) in wanted.iter_mut().zip(row) {
            let text = text_width(&paragraph.text[cell.clone()], character) + margins + SPARE;
            *width = text.max(*width);
        }
    }
    let needed: Length = wanted.iter().map(|width| (*width).min(look.wide_column)).sum();
    let wide = needed > upright;
    let table = StyledTable {
        columns: shared_out(&wanted, if wide { turned } else { upright }),
        cells,
        head: profile.table_head(),
    };
    Some((table, wide))
}

/// The cells of `text` row by row, and how many a row has; `None` when it is not at least two rows of at least two cells.
fn cells(text: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let mut rows = 0;
    let mut count = 0;
    for row in rows_of(text) {
        rows += 1;
        if row.split('\t').count() < 2 {
            return None;
        }
        // A tab at the end of every row begins no column.
        count = count.max(row.trim_end().split('\t').count());
    }
    if rows < 2 || !(2..=MOST_COLUMNS).contains(&count) {
        return None;
    }
    let mut cells = Vec::with_capacity(rows * count);
    for row in rows_of(text) {
        let mut in_row = row.split('\t').take(count).map(|cell| {
            let cell = cell.trim();
            let start = cell.as_ptr() as usize - text.as_ptr() as usize;
            start..start + cell.len()
        });
        cells.extend((0..count).map(|_| in_row.next().unwrap_or(0..0)));
    }
    Some((cells, count))
}

fn rows_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}

/// The width of a text in one line: full-width characters an em, others half.
fn text_width(text: &str, character: CharacterStyle) -> Length {
    let halves: i64 = text
        .chars()
        .map(|c| if (c as u32) < 0x2000 { 1 } else { 2 })
        .sum();
    character.size.scale(halves, 2)
}

/// Widths that add up to `total`: what is left over is shared in proportion, what is missing is taken from the widest.
///
/// At their narrowest the columns fit, so that no column becomes narrower than that.
fn shared_out(wanted: &[Length], total: Length) -> Vec<Length> {
    let sum: Length = wanted.iter().copied().sum();
    let mut widths: Vec<Length> = if sum <= total {
        wanted
            .iter()
            .map(|width| width.scale(total.to_emu(), sum.to_emu().max(1)))
            .collect()
    } else {
        let cap = cap(wanted, total);
        wanted.iter().map(|width| (*width).min(cap)).collect()
    };
    // Rounding leaves less than an EMU a column, which the last one takes.
    let rest = total - widths.iter().copied().sum();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// The largest cap under which columns of the widths `wanted` fit into `total`.
fn cap(wanted: &[Length], total: Length) -> Length {
    let mut ascending = wanted.to_vec();
    ascending.sort_unstable();
    let mut left = total;
    for (i, width) in ascending.iter().enumerate() {
        let share = Length::emu(left.to_emu() / (ascending.len() - i) as i64);
        if *width > share {
            return share;
        }
        left -= *width;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document, Text};
    use crate::source::Span;
    use std::sync::Arc;

    fn styled(blocks: &[(Role, &str)]) -> Vec<StyledParagraph> {
        let blocks = blocks.iter().map(|(role, text)| {
            let mut own = Text::default();
            own.push_inserted(text);
            Block::new(*role, own, Span::default())
        });
        let document = Document {
            blocks: blocks.collect(),
            ..Document::default()
        };
        let profile = Arc::new(Profile::builtin("gb9704").unwrap());
        super::super::apply(&document, &profile).paragraphs
    }

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let paragraph = styled(&[(Role::Table, text)]).remove(0);
        let table = paragraph.table?;
        let row = |row: &[Range<usize>]| row.iter().map(|cell| text[cell.clone()].to_owned()).collect();
        Some(table.rows().map(row).collect())
    }

    #[test]
    fn rows_are_parted_by_tabs_only() {
        let table = |rows: &[&[&str]]| {
            let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
            Some(rows.iter().map(row).collect::<Vec<Vec<String>>>())
        };
        assert_eq!(
            rows("单位\t人数 \n甲\t 3\n\n乙\t\n"),
            table(&[&["单位", "人数"], &["甲", "3"], &["乙", ""]])
        );
        assert_eq!(
            rows("\t人数\t备注\n甲\t3\n合计"),
            None,
            "a row without a tab is no row"
        );
        assert_eq!(
            rows("\t人数\t备注\n甲\t3"),
            table(&[&["", "人数", "备注"], &["甲", "3", ""]])
        );
        for text in [
            "只有一行\t两格",
            "没有制表符\n也没有",
            "| 甲 | 乙 |\n|---|---|",
            "甲\t乙\n丙",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
        let many = format!("{}\n{}", "甲\t".repeat(64), "乙\t".repeat(64));
        assert_eq!(rows(&many), None);
    }

    #[test]
    fn columns_share_the_width() {
        let shared = |wanted: &[i64], total| -> Vec<i64> {
            let wanted: Vec<Length> = wanted.iter().copied().map(Length::emu).collect();
            shared_out(&wanted, Length::emu(total))
                .iter()
                .map(|width| width.to_emu())
                .collect()
        };
        assert_eq!(shared(&[1000, 3000], 8000), [2000, 6000]);
        assert_eq!(shared(&[1000, 6000, 9000], 8000), [1000, 3500, 3500]);
        assert_eq!(shared(&[1000, 1000, 1000], 4000), [1333, 1333, 1334]);
        assert_eq!(shared(&[1500, 6000, 9000], 8001), [1500, 3250, 3251]);
    }

    #[test]
    fn wide_tables_are_turned_with_the_headings_above_them() {
        let row = |cell: &str, count: usize| vec![cell; count].join("\t");
        let turned = |cell: &str, count: usize| -> Vec<bool> {
            let text = format!("{}\n{}", row("项目", count), row(cell, count));
            styled(&[
                (Role::Body, "上文。"),
                (Role::AttachmentLabel, "附件1"),
                (Role::AttachmentTitle, "情况表"),
                (Role::Table, &text),
                (Role::Body, "下文。"),
            ])
            .iter()
            .map(|paragraph| paragraph.turned)
            .collect()
        };
        // 156 mm is five columns of 28 mm and a bit.
        let long = "牵头单位和配合单位";
        assert_eq!(turned(long, 5), [false; 5]);
        assert_eq!(turned(long, 6), [false, true, true, true, false]);
        // Short columns count as what they are: two characters of 12 pt, 10.8 pt of margins and 2 pt to spare.
        assert_eq!(turned("甲", 12), [false; 5]);
        assert_eq!(turned("甲", 13), [false, true, true, true, false]);
    }
}
