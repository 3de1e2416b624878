//! Characters that came from a web page or an editor and are no text: HTML entities and invisible characters.
//!
//! Everything removed or replaced is an edit. Nothing is done unless the caller allows it.

use super::marks;
use crate::diagnostic::Edit;
use crate::model::Text;

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

/// Replaces entities and removes invisible characters in `text`; the edits are appended to `edits`.
pub(super) fn text(text: &mut Text, edits: &mut Vec<Edit>) {
    let dirty = |string: &str| string.chars().any(|c| c == '&' || marks::is_invisible(c));
    if !dirty(text.as_str()) {
        return;
    }
    // Found first and replaced from the end, so that offsets stay right.
    let mut changes = Vec::new();
    let string = text.as_str();
    let mut at = 0;
    let mut seen_text = false;
    while let Some(c) = string[at..].chars().next() {
        let (len, with, code) = if let Some((resolved, len)) = entity(&string[at..]) {
            let with = match () {
                () if marks::is_invisible(resolved) => String::new(),
                () if resolved.is_whitespace() && seen_text => " ".to_owned(),
                () if resolved.is_whitespace() => String::new(),
                () => resolved.to_string(),
            };
            (len, with, "html-entity")
        } else if marks::is_invisible(c) && !joins_emoji(string, at, c) {
            let code = if c.is_control() {
                "control-character"
            } else {
                "invisible-character"
            };
            (c.len_utf8(), String::new(), code)
        } else {
            seen_text |= !c.is_whitespace();
            at += c.len_utf8();
            continue;
        };
        seen_text |= !with.trim().is_empty();
        changes.push((at..at + len, with, code));
        at += len;
    }
    // A blank that would end the paragraph is none.
    let mut end = string.len();
    for (range, with, _) in changes.iter_mut().rev() {
        if !string[range.end..end].trim().is_empty() || !with.trim().is_empty() {
            break;
        }
        with.clear();
        end = range.start;
    }
    let first = edits.len();
    for (range, with, code) in changes.iter().rev() {
        edits.push(Edit {
            code,
            span: text.source_span(range.clone()),
            before: text.as_str()[range.clone()].to_owned(),
            after: with.clone(),
        });
        text.replace(range.clone(), with);
    }
    edits[first..].reverse();
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
    use crate::source::Span;

    fn repaired(source: &str) -> (String, Vec<Edit>) {
        let mut found = Text::from_source(source, Span::new(0, source.len()));
        let mut edits = Vec::new();
        text(&mut found, &mut edits);
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
