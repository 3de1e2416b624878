//! What a reviewer sees in the file: corrections as tracked changes, findings as comments.
//!
//! Accepting every change gives the corrected text, rejecting every one the text as it was. It keeps one rule: marks
//! stand between and around the characters of a paragraph and change none of them.

use std::fmt::Write;
use std::ops::Range;

use super::styles::{COMMENT_REFERENCE, COMMENT_TEXT};
use super::xml::{DECLARATION, NAMESPACES, escaped, is_legal, push_escaped};

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

    /// The marks of a paragraph, whose first comment has the number `first_comment`.
    pub(super) fn of_paragraph(&self, number: usize, first_comment: usize) -> Marks<'_> {
        Marks {
            changes: self.changes.get(number).map_or(&[], Vec::as_slice),
            remarks: self.comments.get(number).map_or(&[], Vec::as_slice),
            first_comment,
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

    /// Writes what stands at byte `at`, before the text there: ends and beginnings of comments, and text taken out, with
    /// the properties of the run it stood in.
    pub(super) fn push_at(&self, at: usize, xml: &mut String, properties: &str, changes: &mut Changes<'_>) {
        for (i, remark) in self.remarks.iter().enumerate() {
            if remark.range.end == at && remark.range.start < at {
                push_comment_end(xml, self.first_comment + i);
            }
        }
        for (i, remark) in self.remarks.iter().enumerate() {
            if remark.range.start == at {
                let _ = write!(xml, "<w:commentRangeStart w:id=\"{}\"/>", self.first_comment + i);
                if remark.range.is_empty() {
                    push_comment_end(xml, self.first_comment + i);
                }
            }
        }
        for change in self.changes {
            if change.inserted.start == at && !change.deleted.is_empty() {
                changes.push_deletion(xml, properties, &change.deleted);
            }
        }
    }

    /// Whether the text `range`, which no mark cuts, was put in.
    pub(super) fn are_insertion(&self, range: &Range<usize>) -> bool {
        self.changes
            .iter()
            .any(|change| change.inserted.start <= range.start && range.end <= change.inserted.end)
    }
}

fn push_comment_end(xml: &mut String, id: usize) {
    let _ = write!(
        xml,
        concat!(
            "<w:commentRangeEnd w:id=\"{}\"/><w:r><w:rPr><w:rStyle w:val=\"{}\"/></w:rPr>",
            "<w:commentReference w:id=\"{}\"/></w:r>"
        ),
        id, COMMENT_REFERENCE, id
    );
}

/// The tracked changes of a document as they are written, each with a number of its own.
pub(super) struct Changes<'a> {
    /// The number of the next one.
    pub(super) next: usize,
    /// Their attributes besides the number.
    pub(super) reviewer: &'a str,
}

impl Changes<'_> {
    /// Writes what `run` writes as text put in.
    pub(super) fn push_insertion(&mut self, xml: &mut String, run: impl FnOnce(&mut String)) {
        self.begin(xml, "w:ins");
        run(xml);
        xml.push_str("</w:ins>");
    }

    /// Writes text taken out of a run with these properties.
    fn push_deletion(&mut self, xml: &mut String, properties: &str, text: &str) {
        self.begin(xml, "w:del");
        let _ = write!(xml, "<w:r>{properties}<w:delText xml:space=\"preserve\">");
        let shown: String = text
            .chars()
            .map(|c| if c.is_control() || !is_legal(c) { ' ' } else { c })
            .collect();
        push_escaped(xml, &shown);
        xml.push_str("</w:delText></w:r></w:del>");
    }

    fn begin(&mut self, xml: &mut String, element: &str) {
        let _ = write!(xml, "<{element} w:id=\"{}\"{}>", self.next, self.reviewer);
        self.next += 1;
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
            concat!(
                "<w:comment w:id=\"{}\"{} w:initials=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>",
                "<w:r><w:rPr><w:rStyle w:val=\"{}\"/></w:rPr><w:annotationRef/></w:r>",
                "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                "</w:p></w:comment>"
            ),
            id, attributes, AUTHOR, COMMENT_TEXT, COMMENT_REFERENCE, text
        );
    }
    part + "</w:comments>"
}
