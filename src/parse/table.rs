//! Tables pasted as text (columns parted by tabs) and Markdown tables.
//!
//! Rows stand directly below each other and are parted alike; an empty line, or bars after tabs, begin another table.
//! A cell may be empty, the first one too.

use super::draft::Draft;
use super::marks;
use super::shape;
use crate::model::Role;

/// A longer line is no row.
const LONGEST: usize = 4_000;
/// A lone cell above a table is the head of its second column if it is no longer than this, in characters.
const LONGEST_LONE_HEAD: usize = 12;

/// What parts the cells of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parting {
    Tabs,
    Bars,
}

/// A line that may be a row.
#[derive(Clone, Copy)]
struct Row {
    parting: Parting,
    /// How many of its cells hold text.
    filled: usize,
    /// Whether it begins with an empty cell.
    empty_start: bool,
    /// Whether it ends with an empty cell.
    empty_end: bool,
}

/// Marks runs of at least two rows of the same kind; a run is one block.
pub(super) fn mark(draft: &mut Draft<'_>, source: &str) {
    let mut index = 0;
    while index < draft.len() {
        let mut rows: Vec<Row> = Vec::new();
        while let Some(row) = row(draft, index + rows.len(), source) {
            let adjoining = draft.paragraphs[index + rows.len()].blanks_before == 0;
            if rows
                .first()
                .is_some_and(|first| !adjoining || first.parting != row.parting)
            {
                break;
            }
            rows.push(row);
        }
        let len = rows.len().max(1);
        let range = match rows.len() {
            0 | 1 => 0..0,
            _ => table_in(&rows, draft.text(index).chars().count()),
        };
        for at in range.clone() {
            let row = index + at;
            if rows[at].empty_start {
                draft.paragraphs[row].take_in_blanks_before(source);
            }
            draft.decide(
                row,
                Role::Table,
                "连续几行都分栏（制表符或竖线）",
                "several lines in columns (tabs or bars)",
            );
            if at > range.start {
                draft.continue_block(row);
            }
        }
        index += len;
    }
}

/// Which of neighbouring rows are a table; none when fewer than two have several cells. A line with a blank before it is
/// an indented paragraph rather than a row, unless it stands inside; or is the head, `first` characters long.
fn table_in(rows: &[Row], first: usize) -> std::ops::Range<usize> {
    let whole = |row: &Row| row.filled >= 2;
    if rows.iter().filter(|row| whole(row)).count() < 2 {
        return 0..0;
    }
    let start = rows.iter().position(whole).unwrap_or(0);
    let lone_head = start == 1 && rows[0].empty_start && first <= LONGEST_LONE_HEAD;
    let start = if lone_head { 0 } else { start };
    let is_last = |row: &Row| whole(row) || row.empty_end;
    let end = rows.iter().rposition(is_last).map_or(rows.len(), |last| last + 1);
    start..end
}

/// Paragraph `index` as a row.
fn row(draft: &Draft<'_>, index: usize, source: &str) -> Option<Row> {
    if index >= draft.len() || !draft.is_open(index) {
        return None;
    }
    let paragraph = &draft.paragraphs[index];
    let raw = paragraph.raw(source);
    let text = marks::trim(&raw);
    if text.len() >= LONGEST {
        return None;
    }
    let columns = paragraph.look.is_none_or(|look| look.has_columns);
    if text.starts_with('|') || columns && text.contains("｜") && shape::cells(text) >= 2 {
        return Some(Row {
            parting: Parting::Bars,
            filled: shape::cells(text),
            empty_start: false,
            empty_end: true,
        });
    }
    let span = paragraph.span();
    let before = &source[..span.start];
    let before = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let after = &source[span.end..];
    let after = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
    let (empty_start, empty_end) = (before.contains('\t'), after.contains('\t'));
    (empty_start || empty_end || columns && text.contains('\t')).then(|| Row {
        parting: Parting::Tabs,
        filled: text.split('\t').filter(|cell| !cell.trim().is_empty()).count(),
        empty_start,
        empty_end,
    })
}
