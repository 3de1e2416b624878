//! Characters that came from a web page or an editor and are no text: HTML entities, invisible characters, marks of
//! Markdown.
//!
//! Everything removed or replaced is an edit. Nothing is done unless the caller allows it.

use super::marks::is_invisible;
use crate::diagnostic::Edit;
use crate::model::Text;
use crate::source::Span;

/// The character an HTML entity at the beginning of `text` stands for, and the entity's length in bytes.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 22] = [
        ("nbsp", '\u{A0}'),
        ("ensp", '\u{2002}'),
        ("emsp", '\u{2003}'),
        ("thinsp", '\u{2009}'),
        ("zwnj", '\u{200C}'),
        ("zwj", '\u{200D}'),
        ("shy", '\u{AD}'),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("mdash", '—'),
        ("ndash", '–'),
        ("hellip", '…'),
        ("middot", '·'),
        ("times", '×'),
        ("bull", '•'),
    ];
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(10).position(|byte| byte == b';')?;
    let name = &body[..end];
    let len = end + 2;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control()).map(|c| (c, len));
    }
    let found = NAMED.iter().find(|(known, _)| *known == name)?;
    Some((found.1, len))
}

/// The text of `pieces` of `source` without entities, invisible characters and the `marks` of Markdown, which are in
/// source order; the edits are appended to `edits`.
///
/// A blank that an entity stands for becomes a space, or nothing at the beginning and end of the paragraph.
pub(super) fn text(
    source: &str,
    pieces: impl Iterator<Item = (Span, bool)>,
    marks: &[Span],
    edits: &mut Vec<Edit>,
) -> Text {
    let mut marks = marks.iter().peekable();
    let mut text = Text::default();
    // Blanks wait for the character after them; at the end there is none.
    let mut blanks: Vec<usize> = Vec::new();
    for (span, spaced) in pieces {
        if spaced {
            text.push_inserted(" ");
        }
        let string = span.of(source);
        let marked = marks.peek().is_some_and(|mark| mark.start < span.end);
        if !marked && blanks.is_empty() && !string.contains('&') && !string.chars().any(is_invisible) {
            text.push_source(source, span);
            continue;
        }
        let mut kept = 0;
        let mut at = 0;
        while let Some(c) = string[at..].chars().next() {
            let (len, with, code) = if let Some(mark) = marks.next_if(|mark| mark.start == span.start + at) {
                (mark.end - mark.start, None, "markdown-mark")
            } else if let Some((resolved, len)) = entity(&string[at..]) {
                (len, Some(resolved).filter(|&c| !is_invisible(c)), "html-entity")
            } else if is_invisible(c) && !joins_emoji(string, at, c) {
                let code = if c.is_control() {
                    "control-character"
                } else {
                    "invisible-character"
                };
                (c.len_utf8(), None, code)
            } else {
                if !c.is_whitespace() && !blanks.is_empty() {
                    flush_blanks(&mut text, &mut blanks, edits);
                }
                at += c.len_utf8();
                continue;
            };
            text.push_source(source, Span::new(span.start + kept, span.start + at));
            let mut after = String::new();
            match with {
                Some(blank) if blank.is_whitespace() => blanks.push(edits.len()),
                Some(visible) => {
                    flush_blanks(&mut text, &mut blanks, edits);
                    after.push(visible);
                    text.push_inserted(&after);
                }
                None => {}
            }
            edits.push(Edit {
                code,
                span: Span::new(span.start + at, span.start + at + len),
                before: string[at..at + len].to_owned(),
                after,
            });
            at += len;
            kept = at;
        }
        text.push_source(source, Span::new(span.start + kept, span.end));
    }
    text
}

/// Puts a space where entities stood for blanks, unless the paragraph has not begun.
fn flush_blanks(text: &mut Text, blanks: &mut Vec<usize>, edits: &mut [Edit]) {
    let begun = !text.as_str().trim_end().is_empty();
    for blank in blanks.drain(..) {
        if begun {
            " ".clone_into(&mut edits[blank].after);
            text.push_inserted(" ");
        }
    }
}

/// Whether a joiner at `at` holds an emoji sequence together.
fn joins_emoji(text: &str, at: usize, c: char) -> bool {
    let pictorial =
        |c: Option<char>| c.is_some_and(|c| matches!(c as u32, 0x2190..=0x2BFF | 0xFE0F | 0x1F000..=0x1FAFF));
    matches!(c, '\u{200D}' | '\u{200C}')
        && pictorial(text[..at].chars().next_back())
        && pictorial(text[at + c.len_utf8()..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(source: &str) -> (String, Vec<Edit>) {
        let mut edits = Vec::new();
        let whole = std::iter::once((Span::new(0, source.len()), false));
        let found = text(source, whole, &[], &mut edits);
        (found.as_str().to_owned(), edits)
    }

    #[test]
    fn resolves_entities() {
        let (text, edits) =
            repaired("&nbsp;&nbsp;坚持&ldquo;严&rdquo;字当头&#12290;&#x4E00;R&amp;D&nbsp;投入");
        assert_eq!(text, "坚持“严”字当头。一R&D 投入");
        assert_eq!(edits.len(), 8);
        assert!(edits.iter().all(|edit| edit.code == "html-entity"));
        assert_eq!(
            (edits[2].before.as_str(), edits[2].after.as_str()),
            ("&ldquo;", "“")
        );
    }

    #[test]
    fn removes_invisible_characters_and_lists_them_in_order() {
        let (text, edits) = repaired("一\u{200B}是\u{FEFF}抓\u{1B}教育");
        assert_eq!(text, "一是抓教育");
        let spans: Vec<usize> = edits.iter().map(|edit| edit.span.start).collect();
        assert_eq!(spans, [3, 9, 15]);
        assert_eq!(edits[2].code, "control-character");
    }

    #[test]
    fn leaves_ampersands_and_emoji_alone() {
        let (text, edits) = repaired("AT&T 与 R&D；👨\u{200D}👩\u{200D}👧");
        assert!(edits.is_empty());
        assert_eq!(text, "AT&T 与 R&D；👨\u{200D}👩\u{200D}👧");
    }
}
