//! Where pages end.
//!
//! Fills each page as far as it goes and ends it at the best place: never between a heading and its text, nor before a
//! signature, unless nothing else is possible. Lines are taken as they are. The one rule kept here: every page but an
//! empty document's holds at least one line, so that pages always come to an end.

use super::page::FlowLine;
use crate::model::Role;
use crate::profile::Page;
use crate::style::StyledParagraph;
use crate::units::Length;

/// How far rounding may carry a line box over the bottom margin.
const TOLERANCE: Length = Length::emu(1);
/// The most lines by which a page ends early for a sentence's sake.
const SHORT_FOR_SENTENCE: usize = 2;

/// Whether a page may begin with a line, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PageBreak {
    /// It must.
    Forced,
    /// It may.
    Free,
    /// The page would end after, or begin with, too few characters of a sentence.
    Sentence,
    /// The page would begin with the last line of a paragraph (孤行) or end with its first, which word processors have in
    /// one rule, or end inside a lead.
    Widow,
    /// The line belongs to a heading before it, or to the other lines of its paragraph.
    Kept,
    /// It is a line of a signature, a date or the note of attachments before them: these never stand on a page without
    /// text (GB/T 9704 §7.3.5.5).
    Signature,
}

/// Whether a page may begin with the first line of a paragraph.
pub(super) fn break_before(paragraph: &StyledParagraph, previous: Option<&StyledParagraph>) -> PageBreak {
    let Some(previous) = previous else {
        return PageBreak::Free;
    };
    if paragraph.beside {
        PageBreak::Signature
    } else if paragraph.style.page_break_before || paragraph.turned != previous.turned {
        PageBreak::Forced
    } else if needs_text(paragraph) {
        PageBreak::Signature
    } else if previous.style.keep_with_next {
        PageBreak::Kept
    } else {
        PageBreak::Free
    }
}

/// Whether a paragraph never stands on a page without a line of the text, neither whole nor its last lines.
pub(super) fn needs_text(paragraph: &StyledParagraph) -> bool {
    matches!(
        paragraph.role,
        Role::Signature | Role::Date | Role::AttachmentNote
    )
}

/// The first line of each page; on the first one the text has the height `first`, and `text` is the first line of 正文.
pub(super) fn page_starts(lines: &[FlowLine], first: Length, text: Option<usize>, page: &Page) -> Vec<usize> {
    let mut starts = vec![0];
    let mut start = 0;
    let mut used = Length::ZERO;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if at == start {
            used = line.repeated + line.pitch;
            at += 1;
            continue;
        }
        let height = if line.turned {
            page.turned().text_height()
        } else if starts.len() == 1 {
            first
        } else {
            page.text_height()
        };
        let needed = used + line.space_before + line.pitch;
        if line.page_break == PageBreak::Forced {
            start = at;
        } else if needed > height + TOLERANCE {
            start = match text.filter(|text| starts.len() == 1 && *text < at) {
                Some(text) => start_after_text(lines, text + 1, at),
                None => best_start(lines, start + 1, at),
            };
        } else {
            used = needed;
            at += 1;
            continue;
        }
        starts.push(start);
        at = start;
    }
    starts
}

/// The best of the lines `from..=to` for the second page to begin with when text stands above them on the first, which has
/// to show some (§7.3.3). Where nothing but a note of attachments and a signature follows, these stay together.
fn start_after_text(lines: &[FlowLine], from: usize, to: usize) -> usize {
    let best = best_start(lines, from, to);
    if lines[best].page_break == PageBreak::Signature {
        from
    } else {
        best
    }
}

/// The best of the lines `from..=to` for the next page to begin with; of equally good ones the last.
fn best_start(lines: &[FlowLine], from: usize, to: usize) -> usize {
    let mut candidates = (from..=to).rev();
    let best = candidates
        .clone()
        .min_by_key(|line| lines[*line].page_break)
        .unwrap_or(to);
    if lines[best].page_break == PageBreak::Free && to - best > SHORT_FOR_SENTENCE {
        // Rather a sentence is torn than a page left far short.
        return candidates
            .find(|line| lines[*line].page_break <= PageBreak::Sentence)
            .unwrap_or(best);
    }
    best
}

/// Whether a page that ends before the byte `at` of `text` has fewer than `least` characters of a sentence on either side
/// of its end; marks do not count, and a sentence that ends with the page is whole.
pub(super) fn tears_sentence(text: &str, at: usize, least: usize) -> bool {
    if least == 0 {
        return false;
    }
    let (before, after) = text.split_at(at);
    let is_counted = |c: &char| c.is_alphanumeric();
    let left = before
        .chars()
        .rev()
        .take_while(|c| !ends_sentence(*c))
        .filter(is_counted)
        .take(least)
        .count();
    let carried = after
        .chars()
        .take_while(|c| !ends_sentence(*c))
        .filter(is_counted)
        .take(least)
        .count();
    left > 0 && (left < least || carried < least)
}

/// A semicolon too: who reads aloud stops there, and the next clause begins anew.
const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_torn_by_few_characters_on_either_page() {
        for (before, after, torn) in [
            ("会议开得很好。做", "好各项准备工作。", true),
            ("会议开得很好。认真抓好落实", "各项准备工作。", false),
            ("会议开得很好。认真做好各项准备", "工作。下一步要落实。", true),
            ("会议开得很好，很成功。", "一是要落实。", false),
            ("他说：“很好。”", "接着又说了些别的。", false),
            ("会议开得很好；一是", "要把责任落到实处。", true),
            ("会", "议开得很好，很成功。", true),
            ("会议开得很好，很成", "功", true),
        ] {
            let text = format!("{before}{after}");
            assert_eq!(tears_sentence(&text, before.len(), 5), torn, "{before}|{after}");
            assert!(!tears_sentence(&text, before.len(), 0));
        }
    }
}
