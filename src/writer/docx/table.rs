//! Tables (表格) of the word processor's own: a head that is repeated on every page, rows that stay whole.
//!
//! What is a table and how wide its columns are is decided in `style`; rules and cell margins are those of the style
//! 网格型 (Table Grid), so that a user changes them there.

use docx_rs::{Paragraph, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType};

use crate::style::StyledTable;
use crate::units::Length;

/// The table of `table`, whose text is `text`; `paragraph` makes the paragraph of a cell, given whether it stands in the
/// head.
pub(super) fn table(text: &str, table: &StyledTable, paragraph: impl Fn(&str, bool) -> Paragraph) -> Table {
    let widths = in_twips(&table.columns);
    let built = table.rows().enumerate().map(|(row, cells)| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| {
            TableCell::new()
                .width(*width, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(paragraph(&text[cell.clone()], row == 0))
        });
        TableRow::new(cells.collect()).cant_split()
    });
    Table::without_borders(built.collect())
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .style("TableGrid")
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
