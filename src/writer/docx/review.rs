//! What a reviewer sees in the file: corrections as tracked changes, findings as comments.
//!
//! Accepting every change gives the corrected text, rejecting every one the text as it was. It keeps one rule: marks
//! stand between and around the characters of a paragraph and change none of them.

use std::fmt::Write;
use std::ops::Range;

use docx_rs::{Comment, Delete, Insert, Paragraph, Run};

use super::xml::{DECLARATION, NAMESPACES, escaped};

/// What a reviewer is shown, by paragraph.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// For each paragraph of the styled document its tracked changes, in order and apart from each other.
    pub changes: Vec<Vec<Change>>,
    /// For each paragraph its comments.
    pub comments: Vec<Vec<Remark>>,
}

/// A tracked change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the paragraph's text that were put in; empty when text was taken out only.
    pub inserted: Range<usize>,
    /// The text that stood there before; empty when text was put in only.
    pub deleted: String,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The bytes of the paragraph's text it is about.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
}

impl Review {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(Vec::is_empty) && !self.has_comments()
    }

    /// Whether there are comments.
    pub fn has_comments(&self) -> bool {
        self.comments.iter().any(|remarks| !remarks.is_empty())
    }

    /// How many comments there are.
    pub(super) fn comment_count(&self) -> usize {
        self.comments.iter().map(Vec::len).sum()
    }

    /// The marks of a paragraph.
    pub(super) fn of_paragraph(&self, number: usize) -> Marks<'_> {
        let before: usize = self.comments.iter().take(number).map(Vec::len).sum();
        Marks {
            changes: self.changes.get(number).map_or(&[], Vec::as_slice),
            remarks: self.comments.get(number).map_or(&[], Vec::as_slice),
            first_comment: before,
        }
    }
}

/// The marks of one paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    changes: &'a [Change],
    remarks: &'a [Remark],
    /// The number of the first comment.
    first_comment: usize,
}

impl Marks<'_> {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.remarks.is_empty()
    }

    /// Where inside `range` a run has to be cut, in order.
    pub(super) fn cuts(&self, range: &Range<usize>) -> Vec<usize> {
        let changes = self.changes.iter().map(|change| &change.inserted);
        let ranges = changes.chain(self.remarks.iter().map(|remark| &remark.range));
        let mut cuts: Vec<usize> = ranges
            .flat_map(|range| [range.start, range.end])
            .filter(|at| range.contains(at) && *at > range.start)
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    /// Adds what stands at byte `at`, before the text there: ends and beginnings of comments, and text taken out, as
    /// `run` makes it look.
    pub(super) fn at(&self, at: usize, mut built: Paragraph, run: impl Fn(&str) -> Run) -> Paragraph {
        for (i, remark) in self.remarks.iter().enumerate() {
            if remark.range.end == at && remark.range.start < at {
                built = built.add_comment_end(self.first_comment + i);
            }
        }
        for (i, remark) in self.remarks.iter().enumerate() {
            if remark.range.start == at {
                built = built.add_comment_start(Comment::new(self.first_comment + i));
                if remark.range.is_empty() {
                    built = built.add_comment_end(self.first_comment + i);
                }
            }
        }
        for change in self.changes {
            if change.inserted.start == at && !change.deleted.is_empty() {
                built = built.add_delete(Delete::new().add_run(run(&change.deleted)));
            }
        }
        built
    }

    /// Adds a run of the text `range`, which no mark cuts: as put in when a change says so.
    pub(super) fn run(&self, range: &Range<usize>, built: Paragraph, run: Run) -> Paragraph {
        let inserted = self
            .changes
            .iter()
            .any(|change| change.inserted.start <= range.start && range.end <= change.inserted.end);
        if inserted {
            built.add_insert(Insert::new(run))
        } else {
            built.add_run(run)
        }
    }
}

/// Who reviews, and when, as attributes of a mark.
pub(super) fn attributes(timestamp: Option<&str>) -> String {
    let date = timestamp
        .map(|date| format!(" w:date=\"{date}\""))
        .unwrap_or_default();
    format!(" w:author=\"{AUTHOR}\"{date}")
}

/// The reviewer.
const AUTHOR: &str = "hongtou";

/// `word/comments.xml`.
pub(super) fn comments(review: &Review, timestamp: Option<&str>) -> String {
    let mut part = format!("{DECLARATION}<w:comments {NAMESPACES}>");
    let attributes = attributes(timestamp);
    for (id, remark) in review.comments.iter().flatten().enumerate() {
        let text = escaped(&remark.text);
        let _ = write!(
            part,
            "<w:comment w:id=\"{id}\"{attributes} w:initials=\"{AUTHOR}\"><w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:comment>"
        );
    }
    part + "</w:comments>"
}
