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
    let mut tabs = Tabs::new(source);
    while index < draft.len() {
        let mut rows: Vec<Row> = Vec::new();
        while let Some(row) = row(draft, index + rows.len(), source, &mut tabs) {
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

/// The tabs of a source beside places on their lines. Places that are asked about in rising order are found in one pass
/// over the source: a line may have a million paragraphs, and must not be gone through for each of them.
struct Tabs<'a> {
    source: &'a [u8],
    /// The place last asked about, and whether a tab stands before it.
    before: usize,
    is_before: bool,
    /// The place last asked about, and the first tab or line end behind it.
    behind: usize,
    next: usize,
}

impl<'a> Tabs<'a> {
    fn new(source: &'a str) -> Self {
        Tabs {
            source: source.as_bytes(),
            before: 0,
            is_before: false,
            behind: usize::MAX,
            next: 0,
        }
    }

    /// Whether a tab stands on the same line before byte `at`.
    fn stand_before(&mut self, at: usize) -> bool {
        if at < self.before {
            (self.before, self.is_before) = (0, false);
        }
        let passed = &self.source[self.before..at];
        if let Some(last) = memchr::memrchr3(b'\t', b'\n', b'\r', passed) {
            self.is_before = passed[last] == b'\t';
        }
        self.before = at;
        self.is_before
    }

    /// Whether a tab stands on the same line from byte `at` on.
    fn stand_behind(&mut self, at: usize) -> bool {
        if at < self.behind || at > self.next {
            let rest = &self.source[at..];
            self.next = at + memchr::memchr3(b'\t', b'\n', b'\r', rest).unwrap_or(rest.len());
        }
        self.behind = at;
        self.source.get(self.next) == Some(&b'\t')
    }
}

/// Paragraph `index` as a row.
fn row(draft: &Draft<'_>, index: usize, source: &str, tabs: &mut Tabs<'_>) -> Option<Row> {
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
    let (empty_start, empty_end) = (tabs.stand_before(span.start), tabs.stand_behind(span.end));
    (empty_start || empty_end || columns && text.contains('\t')).then(|| Row {
        parting: Parting::Tabs,
        filled: text.split('\t').filter(|cell| !cell.trim().is_empty()).count(),
        empty_start,
        empty_end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_are_found_beside_every_place() {
        let source = "a\tb c\n\td\t\r\ne\n\n\tf\rg\t";
        let places: Vec<usize> = (0..=source.len()).collect();
        let back = places.iter().rev().copied();
        let mut tabs = Tabs::new(source);
        for at in places.iter().copied().chain(back).chain([3, 3, 9, 2, 2, 17]) {
            let before = source[..at].rsplit(['\n', '\r']).next();
            let behind = source[at..].split(['\n', '\r']).next();
            assert_eq!(
                Some(tabs.stand_before(at)),
                before.map(|text| text.contains('\t')),
                "{at}"
            );
            assert_eq!(
                Some(tabs.stand_behind(at)),
                behind.map(|text| text.contains('\t')),
                "{at}"
            );
        }
    }
}
