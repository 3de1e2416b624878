//! Tables (表格): rows of text with tabs between the cells become a table of the word processor's own.
//!
//! The table is as wide as the type area, its columns as wide as their content asks, its first row a header that is
//! repeated on every page. Rows parted by anything else than tabs (bars, blanks) stay lines of text: taking their marks
//! away would change the text, which no writer does.

use docx_rs::{Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType};

use crate::profile::Profile;
use crate::units::Length;

/// Left and right margin of a cell, as `TableNormal` has it: 108 twips each.
const CELL_MARGINS: i64 = 2 * 108;
/// The narrowest column, in twips: one character and the margins.
const NARROWEST: i64 = 320 + CELL_MARGINS;

/// The rows of `text`; `None` when it is not at least two rows of at least two cells each.
///
/// Blanks around a cell's text are left out.
pub(super) fn rows(text: &str) -> Option<Vec<Vec<&str>>> {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
        .collect();
    let has_columns = |row: &Vec<&str>| row.len() >= 2 && row.iter().any(|cell| !cell.is_empty());
    (rows.len() >= 2 && rows.iter().all(has_columns)).then_some(rows)
}

/// The table of `rows`; `paragraph` makes the paragraph of a cell.
pub(super) fn table(rows: &[Vec<&str>], profile: &Profile, paragraph: impl Fn(&str) -> Paragraph) -> Table {
    let widths = column_widths(rows, profile);
    let built = rows
        .iter()
        .map(|row| {
            let cells = widths.iter().enumerate().map(|(column, width)| {
                // Short rows end in empty cells.
                let text = row.get(column).copied().unwrap_or_default();
                TableCell::new()
                    .width(in_twips(*width), WidthType::Dxa)
                    .add_paragraph(paragraph(text))
            });
            TableRow::new(cells.collect()).cant_split()
        })
        .collect();
    // Borders are those of the style, so that a user changes them there.
    Table::without_borders(built)
        .set_grid(widths.iter().copied().map(in_twips).collect())
        .layout(TableLayoutType::Fixed)
        .width(in_twips(widths.iter().sum()), WidthType::Dxa)
        .style("TableGrid")
}

/// Column widths in twips, together the width of the type area.
fn column_widths(rows: &[Vec<&str>], profile: &Profile) -> Vec<i64> {
    // A tab at the end of every row begins no column.
    let filled = |row: &Vec<&str>| row.iter().rposition(|cell| !cell.is_empty());
    let count = rows.iter().filter_map(filled).max().map_or(0, |last| last + 1);
    let wanted: Vec<i64> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let halves = cells.map(|cell| half_widths(cell)).max().unwrap_or(0);
            let text = profile.grid.char_pitch.scale(halves, 2) + Length::pt(2);
            (text.to_twips() + CELL_MARGINS).max(NARROWEST)
        })
        .collect();
    shared_out(&wanted, profile.page.text_width().to_twips())
}

/// Widths that add up to `total` (or to the least possible): what is left over is shared in proportion; what is missing
/// is taken from the widest columns.
fn shared_out(wanted: &[i64], total: i64) -> Vec<i64> {
    let sum: i64 = wanted.iter().sum();
    if sum == 0 {
        return Vec::new();
    }
    let mut widths: Vec<i64> = if sum <= total {
        wanted.iter().map(|width| width * total / sum).collect()
    } else {
        let cap = widest(wanted, total);
        wanted.iter().map(|width| (*width).min(cap)).collect()
    };
    // Rounding leaves less than a twip a column, which the last one takes.
    let rest = total - widths.iter().sum::<i64>();
    if let Some(last) = widths.last_mut()
        && rest > 0
    {
        *last += rest;
    }
    widths
}

/// The largest cap under which columns of the widths `wanted` fit into `total`.
fn widest(wanted: &[i64], total: i64) -> i64 {
    let mut ascending = wanted.to_vec();
    ascending.sort_unstable();
    let mut left = total;
    for (i, width) in ascending.iter().enumerate() {
        let share = left / (ascending.len() - i) as i64;
        if *width > share {
            return share.max(NARROWEST);
        }
        left -= width;
    }
    total
}

/// Width in half characters: full-width characters two, others one.
fn half_widths(text: &str) -> i64 {
    text.chars()
        .map(|c| if (c as u32) < 0x2000 { 1 } else { 2 })
        .sum()
}

fn in_twips(width: i64) -> usize {
    usize::try_from(width).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_parted_by_tabs_only() {
        assert_eq!(
            rows("单位\t人数 \n甲\t 3\n\n乙\t\n"),
            Some(vec![vec!["单位", "人数"], vec!["甲", "3"], vec!["乙", ""]])
        );
        for text in [
            "只有一行\t两格",
            "没有制表符\n也没有",
            "| 甲 | 乙 |\n|---|---|",
            "甲\t乙\n丙",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
    }

    #[test]
    fn columns_share_the_width() {
        assert_eq!(shared_out(&[1000, 3000], 8000), [2000, 6000]);
        assert_eq!(shared_out(&[1000, 6000, 9000], 8000), [1000, 3500, 3500]);
        assert_eq!(shared_out(&[1000, 1000, 1000], 4000), [1333, 1333, 1334]);
        // Too many columns for the page: each as narrow as can be.
        assert_eq!(shared_out(&[2000; 20], 8000), [NARROWEST; 20]);
    }
}
