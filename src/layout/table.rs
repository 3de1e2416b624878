//! Tables over pages: cells into lines, rows into units that stay whole, rules around them.
//!
//! A row is as high as its fullest cell; the others stand in its middle. Rows are not torn apart, unless one is taller
//! than a page: then it goes on, line by line. The head is repeated wherever a table goes on, unless it would take half
//! the page. Where pages end is left to `page`; columns and looks are those of the styled document. The one rule kept
//! here: every cell is an element of its own, row by row, so that each can be told apart in what is written.

use std::rc::Rc;

use super::breaking::{self, Line, Measure};
use super::page::{Setter, baseline_in};
use super::place::{Slot, place};
use super::shape::fine_per_emu;
use super::{Element, LayoutError, PlacedLine, PlacedRule};
use crate::profile::{Align, Ink, Page, ParagraphStyle};
use crate::style::{StyledParagraph, StyledTable};
use crate::units::Length;

/// The cells of a table among the elements of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableElements {
    /// The element of its first cell; the others follow row by row. The first row is the head.
    pub first: usize,
    /// How many columns it has.
    pub columns: usize,
    /// How many rows it has.
    pub rows: usize,
}

impl TableElements {
    /// The elements that are its cells.
    pub fn elements(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.columns * self.rows
    }
}

/// A row on its way to a page, or a part of one that is taller than a page.
#[derive(Debug)]
pub(super) struct Row {
    /// Its lines, cell by cell; their heights count from the top of the row.
    pub(super) lines: Vec<PlacedLine>,
    /// Its height, with the rule above it.
    pub(super) height: Length,
    /// Whether it is the head of its table.
    pub(super) is_head: bool,
    /// The vertical rules of its table.
    pub(super) columns: Rc<Columns>,
}

impl Row {
    /// Its lines when it stands at `top`.
    pub(super) fn lines_at(&self, top: Length) -> impl Iterator<Item = PlacedLine> {
        self.lines.iter().map(move |line| PlacedLine {
            baseline: top + line.baseline,
            ..line.clone()
        })
    }

    /// Its lines when it stands at `top` and nowhere else.
    pub(super) fn into_lines(mut self, top: Length) -> Vec<PlacedLine> {
        for line in &mut self.lines {
            line.baseline += top;
        }
        self.lines
    }

    /// Whether this head is repeated above `row` where a page begins with it.
    pub(super) fn repeats_before(&self, row: &Row) -> bool {
        self.is_head && !row.is_head && Rc::ptr_eq(&self.columns, &row.columns)
    }
}

/// Where the vertical rules of a table stand.
#[derive(Debug)]
pub(super) struct Columns {
    /// Their left edges, from the left edge of the paper.
    edges: Vec<Length>,
    /// Their thickness, which is that of the horizontal ones too.
    rule: Length,
}

/// Sets the rows of `table`, and its cells as elements.
pub(super) fn set(
    setter: &mut Setter<'_>,
    paragraph: &StyledParagraph,
    table: &StyledTable,
    page: &Page,
) -> Result<Vec<Row>, LayoutError> {
    let look = &setter.profile.table;
    let mut edges = vec![page.left];
    for width in &table.columns {
        edges.push(edges[edges.len() - 1] + *width);
    }
    let columns = Rc::new(Columns {
        edges,
        rule: look.rule,
    });
    setter.tables.push(TableElements {
        first: setter.elements.len(),
        columns: table.columns.len(),
        rows: table.rows().len(),
    });
    let most_lines = |height: Length, pitch: Length| {
        let lines = (height - look.rule * 2).to_emu() / pitch.to_emu().max(1);
        usize::try_from(lines).unwrap_or(1).max(1)
    };
    let mut rows: Vec<Row> = Vec::with_capacity(table.rows().len());
    // What a repeated head leaves of a page.
    let mut room = page.text_height();
    let mut cell = StyledParagraph {
        text: String::new(),
        runs: Vec::new(),
        table: None,
        ..paragraph.clone()
    };
    for (number, cells) in table.rows().enumerate() {
        cell.style = if number == 0 { table.head } else { paragraph.style };
        let mut lines: Vec<Vec<PlacedLine>> = Vec::with_capacity(cells.len());
        for (column, range) in cells.iter().enumerate() {
            cell.text.clear();
            cell.text.push_str(&paragraph.text[range.clone()]);
            if number > 0 {
                cell.style.align = table.own_align(column).unwrap_or(paragraph.style.align);
            }
            lines.push(cell_lines(setter, &cell, &columns, column)?);
        }
        let built = RowBuilder {
            style: &cell.style,
            columns: &columns,
            is_head: number == 0,
        };
        let most = most_lines(room, cell.style.line_pitch);
        built.rows(lines, most, &mut rows);
        if number == 0 {
            match &mut rows[..] {
                [head] if head.height * 2 <= page.text_height() => room -= head.height,
                heads => heads.iter_mut().for_each(|head| head.is_head = false),
            }
        }
    }
    Ok(rows)
}

/// The lines of a cell, its own element, which is added.
fn cell_lines(
    setter: &mut Setter<'_>,
    cell: &StyledParagraph,
    columns: &Columns,
    column: usize,
) -> Result<Vec<PlacedLine>, LayoutError> {
    let element = setter.elements.len();
    setter.elements.push(Element {
        role: cell.role,
        text: cell.text.clone(),
    });
    if cell.text.is_empty() {
        return Ok(Vec::new());
    }
    let margin = setter.profile.table.cell_margin;
    let fine_per_emu = fine_per_emu(&setter.profile.grid);
    let width = columns.edges[column + 1] - columns.edges[column] - margin * 2;
    let slot = Slot {
        left_edge: columns.edges[column] + margin,
        fine_per_emu,
        indent: 0,
        room: width.to_emu() * fine_per_emu,
        align: cell.style.align,
    };
    setter
        .shaper
        .shape(cell, &mut setter.shaped, &mut setter.substitutions)?;
    setter.broken.clear();
    let measure = Measure {
        first: slot.room,
        rest: slot.room,
        justify: slot.align == Align::Justify,
    };
    breaking::break_lines(&setter.shaped, measure, &mut setter.scratch, &mut setter.broken);
    let line = |line: &Line| PlacedLine {
        element,
        baseline: Length::ZERO,
        runs: place(&setter.shaped, line, &slot),
    };
    Ok(setter.broken.iter().map(line).collect())
}

struct RowBuilder<'a> {
    style: &'a ParagraphStyle,
    columns: &'a Rc<Columns>,
    is_head: bool,
}

impl RowBuilder<'_> {
    /// Appends the row of `cells`, in as many parts as it takes when none may have more than `most` lines.
    fn rows(&self, cells: Vec<Vec<PlacedLine>>, most: usize, rows: &mut Vec<Row>) {
        let count = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let pitch = self.style.line_pitch;
        let parts = count.div_ceil(most);
        let first = rows.len();
        rows.extend((0..parts).map(|part| {
            let lines = most.min(count - part * most);
            Row {
                lines: Vec::new(),
                height: pitch * lines as i64 + self.columns.rule,
                is_head: self.is_head,
                columns: Rc::clone(self.columns),
            }
        }));
        for cell in cells {
            // In the middle of its row; a row in parts begins at the top.
            let above = if parts == 1 {
                pitch * (count - cell.len()) as i64 / 2
            } else {
                Length::ZERO
            };
            for (number, mut line) in cell.into_iter().enumerate() {
                line.baseline =
                    self.columns.rule + above + pitch * (number % most) as i64 + baseline_in(self.style);
                rows[first + number / most].lines.push(line);
            }
        }
    }
}

/// The rules around the rows of one table on one page, while they are set one below the other.
#[derive(Debug)]
pub(super) struct Frame {
    columns: Rc<Columns>,
    top: Length,
    bottom: Length,
}

impl Frame {
    /// Draws the rule above `row`, which stands at `top`; `frame` is that of the rows directly above it, if there are
    /// any.
    pub(super) fn add(frame: &mut Option<Frame>, row: &Row, top: Length, rules: &mut Vec<PlacedRule>) {
        let goes_on = frame
            .as_ref()
            .is_some_and(|frame| Rc::ptr_eq(&frame.columns, &row.columns) && frame.bottom == top);
        if !goes_on {
            Frame::close(frame, rules);
        }
        let frame = frame.get_or_insert_with(|| Frame {
            columns: Rc::clone(&row.columns),
            top,
            bottom: top,
        });
        rules.push(frame.columns.horizontal(top));
        frame.bottom = top + row.height;
    }

    /// Draws the rule below the last row and those between the columns.
    pub(super) fn close(frame: &mut Option<Frame>, rules: &mut Vec<PlacedRule>) {
        if let Some(frame) = frame.take() {
            rules.push(frame.columns.horizontal(frame.bottom));
            let rule = frame.columns.rule;
            rules.extend(frame.columns.edges.iter().map(|edge| PlacedRule {
                x: *edge - rule / 2,
                y: frame.top,
                width: rule,
                height: frame.bottom - frame.top + rule,
                ink: Ink::Black,
            }));
        }
    }
}

impl Columns {
    /// A rule across the table whose upper edge is at `y`.
    fn horizontal(&self, y: Length) -> PlacedRule {
        let (first, last) = (self.edges[0], self.edges[self.edges.len() - 1]);
        PlacedRule {
            x: first - self.rule / 2,
            y,
            width: last - first + self.rule,
            height: self.rule,
            ink: Ink::Black,
        }
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::{paged, pages};
    use super::*;
    use crate::layout::PagedDocument;
    use crate::model::Role;

    fn rows(count: usize, cell: &str) -> String {
        let rows: Vec<String> = (1..=count).map(|row| format!("{row}\t{cell}")).collect();
        format!("序号\t任务\n{}", rows.join("\n"))
    }

    fn texts(document: &PagedDocument, lines: &[PlacedLine]) -> Vec<String> {
        let text = |line: &PlacedLine| document.elements[line.element].text.clone();
        lines.iter().map(text).collect()
    }

    #[test]
    fn every_cell_is_an_element_and_stands_in_its_column() {
        let document = paged(
            "gb9704",
            &[
                (Role::Body, "上文。"),
                (Role::Table, "甲\t乙\t丙\n丁\t\t戊"),
                (Role::Body, "下文。"),
            ],
        );
        let elements: Vec<&str> = document
            .elements
            .iter()
            .map(|element| element.text.as_str())
            .collect();
        assert_eq!(elements, ["上文。", "甲", "乙", "丙", "丁", "", "戊", "下文。"]);
        assert_eq!(
            document.tables,
            [TableElements {
                first: 1,
                columns: 3,
                rows: 2
            }]
        );
        let page = &document.pages[0];
        assert_eq!(pages(&document)[0].concat(), "上文。甲乙丙丁戊下文。");
        // Columns of 52 mm: the head in the middle of its cell, others 1.9 mm from the rule.
        let left = |element: usize| {
            let line = page.lines.iter().find(|line| line.element == element).unwrap();
            line.runs[0].glyphs[0].x.to_mm()
        };
        assert!(
            (left(1) - (28.0 + 26.0 - 12.0 * 25.4 / 144.0)).abs() < 0.02,
            "{}",
            left(1)
        );
        assert!((left(4) - (28.0 + 5.4 * 25.4 / 72.0)).abs() < 0.02);
        assert!((left(6) - (28.0 + 104.0 + 5.4 * 25.4 / 72.0)).abs() < 0.02);
        // Three horizontal rules and four vertical ones, from 28 to 184 mm.
        assert_eq!(page.rules.len(), 7);
        let right = page.rules.iter().map(|rule| rule.x + rule.width).max().unwrap();
        assert!((right.to_mm() - 184.0 - 0.09).abs() < 0.01);
    }

    #[test]
    fn heads_are_repeated_and_rows_stay_whole() {
        let document = paged(
            "gb9704",
            &[(
                Role::Table,
                &rows(
                    60,
                    "各单位要对照清单逐项推进，做到件件有着落、事事有回音，按月报送进展情况，年底统一组织验收",
                ),
            )],
        );
        assert!(document.pages.len() > 2);
        for (number, page) in document.pages.iter().enumerate() {
            let repeated: &[&str] = if number == 0 { &[] } else { &["序号", "任务"] };
            assert_eq!(texts(&document, &page.repeated), repeated);
            // Nothing reaches below the type area (262 mm and half a leading), and no page begins inside a row.
            let lowest = page.rules.iter().map(|rule| rule.y + rule.height).max().unwrap();
            assert!(lowest.to_mm() <= 297.0 - 32.58 + 0.2, "{}", lowest.to_mm());
            let first = if number == 0 { 2 } else { 0 };
            let start = page.lines[first].element;
            assert_eq!(start % 2, 0, "a page begins with the first cell of a row");
        }
        let lines: usize = document.pages.iter().map(|page| page.lines.len()).sum();
        assert_eq!(lines, 2 + 60 * 3);
    }

    #[test]
    fn a_row_taller_than_a_page_goes_on_on_the_next() {
        let long = super::super::testing::characters(3000);
        let document = paged("gb9704", &[(Role::Table, &format!("甲\t乙\n丙\t{long}\n丁\t戊"))]);
        assert!(document.pages.len() >= 3);
        let set: usize = document
            .pages
            .iter()
            .flat_map(|page| &page.lines)
            .flat_map(|line| &line.runs)
            .map(|run| run.glyphs.len())
            .sum();
        assert_eq!(set, 3000 + 5);
        assert!(document.pages[1..].iter().all(|page| page.repeated.len() == 2));
    }

    #[test]
    fn a_head_of_half_a_page_is_not_repeated() {
        let long = super::super::testing::characters(1200);
        let rows: Vec<String> = (0..60).map(|row| format!("{row}\t戊")).collect();
        let document = paged(
            "gb9704",
            &[(Role::Table, &format!("甲\t{long}\n{}", rows.join("\n")))],
        );
        assert!(document.pages.len() > 2);
        assert!(document.pages.iter().all(|page| page.repeated.is_empty()));
    }

    #[test]
    fn a_wide_table_turns_its_pages_and_no_others() {
        let row = ["牵头单位和配合单位"; 7].join("\t");
        let document = paged(
            "gb9704",
            &[
                (Role::Body, "上文。"),
                (Role::Table, &format!("{row}\n{row}")),
                (Role::Body, "下文。"),
            ],
        );
        let turned: Vec<bool> = document.pages.iter().map(|page| page.turned).collect();
        assert_eq!(turned, [false, true, false]);
        // The head begins where the left edge of the type area is on the paper.
        let top = document.pages[1].rules.iter().map(|rule| rule.y).min().unwrap();
        assert_eq!(top, Length::mm(28));
        let right = document.pages[1]
            .rules
            .iter()
            .map(|rule| rule.x + rule.width)
            .max()
            .unwrap();
        assert!((right.to_mm() - (297.0 - 34.58)).abs() < 0.1);
        // The number stays where it is on every page.
        let baseline = |page: usize| document.pages[page].number.as_ref().unwrap().1.baseline;
        assert_eq!(baseline(1), baseline(0));
    }
}
