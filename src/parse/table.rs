//! Tables pasted as text (columns parted by tabs) and Markdown tables.

use super::draft::Draft;
use super::shape;
use crate::model::Role;

/// Marks runs of at least two lines with the same kind of columns; a run is one block.
pub(super) fn mark(draft: &mut Draft<'_>, source: &str) {
    let mut index = 0;
    while index < draft.len() {
        let cells = |index: usize| {
            let raw = draft.paragraphs[index].raw(source);
            let bars = raw.trim_start().starts_with('|') || raw.contains('｜');
            if draft.is_open(index) && (raw.contains('\t') || bars) && raw.len() < 4_000 {
                shape::cells(&raw)
            } else {
                1
            }
        };
        let mut end = index;
        while end < draft.len() && cells(end) >= 2 {
            end += 1;
        }
        if end - index >= 2 {
            for row in index..end {
                draft.decide(
                    row,
                    Role::Table,
                    "连续几行都分栏（制表符或竖线）",
                    "several lines in columns (tabs or bars)",
                );
                if row > index {
                    draft.continue_block(row);
                }
            }
        }
        index = end.max(index + 1);
    }
}
