//! From bytes to text, and places in that text.
//!
//! Reads UTF-8, UTF-16, GB18030 (with GBK and GB2312) and Big5, guesses when it must and says so. It leaves the meaning
//! of the text to `parse`, and keeps one rule: what it decodes, it decodes without loss, or it says where it could not.

mod decode;
mod signature;
mod utf16;

use std::sync::OnceLock;

pub use decode::{DecodeError, Decoded, decode};
pub use signature::FileKind;

/// A stretch of the decoded text, in bytes: `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// A place as people count: line and column from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Finds the line and column of byte offsets in one text.
///
/// Lines end at LF, CR LF or CR alone. A look-up costs no more for a long line than for a short one.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// The first byte of each line.
    starts: Vec<usize>,
    /// The number of characters that begin before each whole multiple of [`STRIDE`] bytes.
    counts: Vec<usize>,
    /// The bytes at which characters outside the Basic Multilingual Plane begin, two code units each in UTF-16; found
    /// when they are asked for.
    supplementary: OnceLock<Vec<usize>>,
}

/// Bytes between two known character counts.
const STRIDE: usize = 1024;

impl<'a> LineIndex<'a> {
    /// Indexes the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&i| bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n'));
        starts.extend(ends.map(|i| i + 1));
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for block in bytes.chunks(STRIDE) {
            counts.push(count);
            count += characters(block);
        }
        counts.push(count);
        LineIndex {
            text,
            starts,
            counts,
            supplementary: OnceLock::new(),
        }
    }

    /// The place of the character at byte `offset`; past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let column = self.characters_before(offset) - self.characters_before(self.starts[line]);
        Position {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The same place with its column in code units of UTF-16.
    pub fn position_utf16(&self, offset: usize) -> Position {
        let place = self.position(offset);
        let supplementary = self.supplementary.get_or_init(|| {
            let bytes = self.text.bytes().enumerate();
            bytes.filter(|(_, byte)| *byte >= 0xf0).map(|(i, _)| i).collect()
        });
        let before = |at: usize| supplementary.partition_point(|&start| start < at);
        let pairs = before(offset.min(self.text.len())) - before(self.starts[place.line - 1]);
        Position {
            column: place.column + pairs,
            ..place
        }
    }

    /// The text of line `line` (from 1), without its end.
    pub fn line(&self, line: usize) -> &'a str {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\r', '\n'])
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        self.counts[block.min(self.counts.len() - 1)]
            + characters(&self.text.as_bytes()[(block * STRIDE).min(offset)..offset])
    }
}

/// The number of characters that begin in a stretch of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    // In blocks small enough for a byte, which the processor counts many at a time.
    let block = |block: &[u8]| {
        block
            .iter()
            .map(|&byte| u8::from(byte as i8 >= -0x40))
            .sum::<u8>()
    };
    bytes.chunks(240).map(|bytes| usize::from(block(bytes))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_all_line_ends() {
        let index = LineIndex::new("一二\r\n三\r四\n五");
        let at = |offset| {
            let place = index.position(offset);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 2));
        assert_eq!(at(8), (2, 1));
        assert_eq!(at(12), (3, 1));
        assert_eq!(at(16), (4, 1));
        assert_eq!(at(99), (4, 2));
        assert_eq!(index.line(1), "一二");
        assert_eq!(index.line(4), "五");
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_start() {
        let text = "字".repeat(3 * STRIDE) + "\n" + &"a文".repeat(STRIDE);
        let index = LineIndex::new(&text);
        for (i, (offset, c)) in text.char_indices().enumerate() {
            let place = index.position(offset);
            let column = if place.line == 1 { i + 1 } else { i - 3 * STRIDE };
            assert_eq!(place.column, column, "{c} at {offset}");
        }
        assert_eq!(index.position(text.len()).column, 2 * STRIDE + 1);
    }
}
