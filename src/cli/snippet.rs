//! The source around a finding, with a caret under it.
//!
//! Paragraphs are long lines, so only the neighbourhood is shown; columns are counted as terminals count them, where a
//! Chinese character takes two.

use std::io::{self, Write};

use crate::source::{LineIndex, Position};

/// Characters shown before and after the finding.
const AROUND: usize = 16;
/// The most carets: a finding may be a whole paragraph.
const MOST_CARETS: usize = 24;

/// Prints the line of `start` around `start..end`, and carets below.
pub(super) fn print(
    out: &mut dyn Write,
    lines: &LineIndex<'_>,
    start: Position,
    end: Position,
) -> io::Result<()> {
    let line: Vec<char> = lines.line(start.line).chars().collect();
    let first = (start.column - 1).min(line.len());
    let last = if end.line == start.line {
        (end.column - 1).min(line.len())
    } else {
        line.len()
    };
    let shown = last.clamp(first, first + MOST_CARETS).max(first);
    let from = first.saturating_sub(AROUND);
    let to = (shown + AROUND).min(line.len());

    let lead = if from > 0 { "…" } else { "" };
    let trail = if to < line.len() { "…" } else { "" };
    let text: String = line[from..to].iter().map(|c| printable(*c)).collect();
    let number = start.line.to_string();
    writeln!(out, "  {number} | {lead}{text}{trail}")?;

    let columns =
        |range: std::ops::Range<usize>| line[range].iter().map(|c| width(printable(*c))).sum::<usize>();
    let indent = columns(from..first) + lead.chars().map(width).sum::<usize>();
    let carets = columns(first..shown).max(1);
    writeln!(
        out,
        "  {:>1$} | {2}{3}",
        "",
        number.len(),
        " ".repeat(indent),
        "^".repeat(carets)
    )
}

/// A character that takes the place it seems to: tabs and control characters would not.
fn printable(c: char) -> char {
    if c.is_control() { '·' } else { c }
}

/// The columns a character takes on a terminal (UAX #11, wide and full-width ones two).
fn width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str, at: usize, len: usize) -> String {
        let lines = LineIndex::new(text);
        let mut out = Vec::new();
        print(&mut out, &lines, lines.position(at), lines.position(at + len)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_caret_stands_below_the_character() {
        assert_eq!(printed("祝贺!会后", 6, 1), "  1 | 祝贺!会后\n    |     ^\n");
        assert_eq!(printed("第一行\n祝贺\n", 10, 6), "  2 | 祝贺\n    | ^^^^\n");
    }

    #[test]
    fn a_long_line_is_shown_around_the_finding() {
        let text = "一".repeat(100) + "!" + &"二".repeat(100);
        let expected = format!(
            "  1 | …{}!{}…\n    | {}^\n",
            "一".repeat(AROUND),
            "二".repeat(AROUND),
            " ".repeat(1 + 2 * AROUND)
        );
        assert_eq!(printed(&text, 300, 1), expected);
    }

    #[test]
    fn a_finding_at_the_end_has_a_caret() {
        assert_eq!(printed("完", 3, 0), "  1 | 完\n    |   ^\n");
    }
}
