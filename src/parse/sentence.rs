//! The first sentence of a paragraph: what a run-in is led by.
//!
//! A mark inside quotation marks or brackets does not end the sentence around them; when a bracket is never closed, it
//! is not allowed to swallow the paragraph.

use super::marks;

/// The length in bytes of the first sentence of `text`, with its end mark and the closing marks after it; `None` when
/// nothing follows it, so that the text is one sentence.
pub(super) fn first(text: &str) -> Option<usize> {
    first_with(text, true).or_else(|| first_with(text, false))
}

fn first_with(text: &str, heed_brackets: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut ended = None;
    let mut next = 0;
    loop {
        let at = if ended.is_none() {
            marks::skip_han(text, next)
        } else {
            next
        };
        let c = text[at..].chars().next()?;
        next = at + c.len_utf8();
        if let Some(end) = ended {
            if marks::closes(c) || marks::ends_sentence(c) || c == '—' {
                // Closing marks and repeated end marks belong to the sentence.
                depth = depth.saturating_sub(usize::from(marks::closes(c)));
                ended = Some(at + c.len_utf8());
                continue;
            }
            if c.is_whitespace() || marks::is_invisible(c) {
                continue;
            }
            // “干就干好！”的精神 goes on after the quotation.
            let quoted = text[..end].chars().next_back().is_some_and(marks::closes);
            let goes_on = quoted
                && matches!(
                    c,
                    '的' | '是' | '为' | '等' | '这' | '和' | '与' | '、' | '，' | '；' | '：'
                );
            if (depth == 0 || !heed_brackets) && !goes_on {
                return Some(end);
            }
            ended = None;
        }
        if marks::opens(c) {
            depth += 1;
        } else if marks::closes(c) {
            depth = depth.saturating_sub(1);
        } else if ends_here(text, at, c) {
            ended = Some(at + c.len_utf8());
        }
    }
}

/// Whether the mark `c` at `at` ends a sentence: half-width marks only after Han, so that no URL or time is cut.
fn ends_here(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' => true,
        '!' | '?' => text[..at].chars().next_back().is_some_and(marks::is_han),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(text: &str) -> Option<&str> {
        first(text).map(|len| &text[..len])
    }

    #[test]
    fn finds_the_first_sentence() {
        assert_eq!(lead("一是抓教育。要常学常新。"), Some("一是抓教育。"));
        assert_eq!(lead("一是抓教育!要常学常新。"), Some("一是抓教育!"));
        assert_eq!(lead("一是抓教育，要常学常新。"), None);
        assert_eq!(lead("一是抓教育。 "), None);
    }

    #[test]
    fn heeds_quotation_marks() {
        assert_eq!(
            lead("一是“要干就干好！”的精神要发扬。全体干部都要学。"),
            Some("一是“要干就干好！”的精神要发扬。")
        );
        assert_eq!(lead("他说：“好。”大家都笑了。"), Some("他说：“好。”"));
    }

    #[test]
    fn an_unclosed_quotation_does_not_swallow_the_paragraph() {
        assert_eq!(lead("一是“抓教育。要常学。"), Some("一是“抓教育。"));
    }
}
