//! The little XML that the parts of a DOCX file need: declaration, namespaces, escaping.
//!
//! Its one rule: whatever goes in, what comes out is well-formed XML 1.0.

/// The first line of every part.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of WordprocessingML parts: `w` for the words, `r` for relationships to other parts.
pub(super) const NAMESPACES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
);

/// Whether XML 1.0 has the character (its production `Char`).
///
/// The control characters it lacks never come from a parsed text; where a caller of the library brings one, it becomes
/// U+FFFD, so that the file opens and the place can be seen.
pub(super) const fn is_legal(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether `text` can surely stand in an element as it is, and has none of the characters (blanks, tabs, line feeds) that
/// WordprocessingML writes in another way. Most text is plain; so little is asked of each byte that many are looked at
/// at once.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let special = bytes.iter().fold(false, |any, b| {
        any | (*b <= b' ') | (*b == b'&') | (*b == b'<') | (*b == b'>')
    });
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF; of the others so begun few are ever met.
    let illegal = bytes
        .iter()
        .zip(bytes.get(1..).unwrap_or_default())
        .fold(false, |any, (a, b)| any | (*a == 0xef) & (*b == 0xbf));
    !special && !illegal
}

/// Appends `text` as the content of an element or of an attribute.
pub(super) fn push_escaped(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            c if is_legal(c) => xml.push(c),
            _ => xml.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// `text` as the content of an element or of an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    push_escaped(&mut xml, text);
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_needs_nothing() {
        for plain in ["", "甲", "，。“”——……𠮷", "abc\u{7f}"] {
            assert!(is_plain(plain), "{plain}");
            assert_eq!(escaped(plain).replace("&quot;", "\""), plain);
        }
        // U+FFE5 could stand as it is, but begins like what cannot.
        for other in [
            " ",
            "甲 乙",
            "\t",
            "<",
            "甲>",
            "&",
            "\0",
            "\u{fffe}",
            "甲\u{ffff}乙",
            "\u{ffe5}",
        ] {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    #[test]
    fn escapes_marks_and_replaces_what_xml_has_not() {
        assert_eq!(escaped("甲<乙>&\"丙\""), "甲&lt;乙&gt;&amp;&quot;丙&quot;");
        assert_eq!(escaped("甲\0乙\u{ffff}\u{b}"), "甲\u{fffd}乙\u{fffd}\u{fffd}");
        assert_eq!(escaped("\t\n\r\u{85}𠮷"), "\t\n\r\u{85}𠮷");
    }
}
