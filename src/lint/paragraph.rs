//! What a rule sees of one paragraph.

use std::ops::{Deref, Range};

use super::pairs::Pairs;
use super::scan::{Class, Scan};
use super::view::View;
use crate::model::{Block, Role};

/// A paragraph, scanned and paired, with the document around it.
pub(crate) struct Paragraph<'a> {
    /// Its index in the document.
    pub index: usize,
    /// The paragraph.
    pub block: &'a Block,
    /// Its characters.
    pub scan: &'a Scan,
    /// Its paired marks.
    pub pairs: &'a Pairs,
    /// The document.
    pub view: &'a View<'a>,
}

impl Deref for Paragraph<'_> {
    type Target = Scan;

    #[inline]
    fn deref(&self) -> &Scan {
        self.scan
    }
}

impl<'a> Paragraph<'a> {
    /// Its text.
    pub fn text(&self) -> &'a str {
        self.block.text.as_str()
    }

    /// What it is.
    pub fn role(&self) -> Role {
        self.block.role
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.scan.glyphs.len()
    }

    /// The text of the characters `range`.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        &self.text()[self.scan.bytes(range)]
    }

    /// The character at `i` in Chinese prose: not inside a token.
    pub fn plain(&self, i: usize) -> Option<char> {
        self.scan
            .glyphs
            .get(i)
            .filter(|_| self.scan.is_plain(i))
            .map(|glyph| glyph.c)
    }

    /// The runs of one and the same of the marks that are `wanted`, which begin in Chinese prose, with the mark.
    pub fn runs_of(&self, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = (char, Range<usize>)> {
        let mut done = 0;
        self.scan.points.iter().filter_map(move |&i| {
            let c = self.c(i);
            if i < done || !wanted(c) || !self.is_plain(i) {
                return None;
            }
            done = (i..).find(|&k| self.c(k) != c)?;
            Some((c, i..done))
        })
    }

    /// The numbers joined in pairs, 5～10 or 5-10, without those that go on to the left: 第5～10, 3-5～10.
    pub fn ranges(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let mut left: Option<Range<usize>> = None;
        self.scan.numbers().filter_map(move |right| {
            let left = left.replace(right.clone())?;
            let joined = right.start == left.end + 1
                && matches!(self.c(left.end), '～' | '—' | '~' | '-' | '－' | '–');
            let goes_on = matches!(self.before(left.start), '第' | '～' | '—' | '~' | '-' | '/' | '.');
            (joined && !goes_on).then_some((left, right))
        })
    }

    /// Whether the character at `i` is a hanzi.
    pub fn is_hanzi(&self, i: usize) -> bool {
        self.scan.class(i) == Class::Hanzi
    }

    /// Whether the character before `i` is a hanzi.
    pub fn hanzi_before(&self, i: usize) -> bool {
        self.scan.class_before(i) == Class::Hanzi
    }

    /// Whether it is prose: its sentences have their marks.
    pub fn is_prose(&self) -> bool {
        matches!(self.role(), Role::Body | Role::RunIn | Role::Closing)
    }
}
