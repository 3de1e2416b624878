//! Tables (表格) of the word processor's own: a head that is repeated on every page, rows that stay whole.
//!
//! What is a table and how wide its columns are is decided in `style`; rules and cell margins are those of the style
//! 网格型 (Table Grid), so that a user changes them there. docx-rs builds tables, with a blank for each paragraph;
//! `schema_order` completes them.

use std::ops::Range;

use docx_rs::{Paragraph, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType};

use super::styles::{TABLE_HEAD, style_name};
use crate::model::Role;
use crate::profile::Align;
use crate::style::StyledTable;
use crate::units::Length;

/// A table, and the paragraphs of its cells in their order.
pub(super) struct FilledTable {
    /// With blanks for paragraphs.
    pub(super) table: Table,
    /// The paragraphs as XML.
    pub(super) paragraphs: Vec<String>,
    /// Whether its first row is repeated on every page.
    pub(super) repeats_head: bool,
}

/// The place of a paragraph in a cell.
pub(super) fn blank() -> Paragraph {
    Paragraph::new()
}

/// The table of `table`, whose cells hold what `paragraph` makes of their style, their alignment where it is not that of
/// the style, and their place in the text.
pub(super) fn table(
    table: &StyledTable,
    mut paragraph: impl FnMut(&'static str, Option<Align>, &Range<usize>) -> String,
) -> FilledTable {
    let widths = in_twips(&table.columns);
    let mut paragraphs = Vec::new();
    let rows = table.rows().enumerate().map(|(row, cells)| {
        let style = if row == 0 {
            TABLE_HEAD
        } else {
            style_name(Role::Table).id
        };
        let cells = cells
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                let align = table.own_align(column).filter(|_| row > 0);
                paragraphs.push(paragraph(style, align, cell));
                TableCell::new()
                    .width(*width, WidthType::Dxa)
                    .vertical_align(VAlignType::Center)
                    .add_paragraph(blank())
            });
        TableRow::new(cells.collect()).cant_split()
    });
    let table = Table::without_borders(rows.collect())
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .style("TableGrid");
    FilledTable {
        table,
        paragraphs,
        repeats_head: true,
    }
}

/// Widths in twips, rounded so that every column ends at the twip next to where it should.
fn in_twips(columns: &[Length]) -> Vec<usize> {
    let mut edge = Length::ZERO;
    columns
        .iter()
        .map(|width| {
            let start = edge.to_twips();
            edge += *width;
            usize::try_from(edge.to_twips() - start).unwrap_or_default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_end_where_they_should() {
        // A third of 10 twips each: ends at 3.33, 6.67 and 10.
        let third = Length::from_pt(0.5) / 3;
        assert_eq!(in_twips(&[third, third, third]), [3, 4, 3]);
    }
}
