//! Classes of characters: blanks, marks that end sentences, brackets, and the width a line of text takes.
//!
//! Every class holds the full-width mark and its half-width twin, because sources mix them.

use std::borrow::Cow;

/// Whether a character is one of the common Han characters, as most of a text are.
#[inline]
pub(super) fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// The first byte of `text` from `at` on that begins a character outside U+4000 to U+9FFF.
///
/// Those inside are no blanks, no marks, three bytes long and told by their first byte, so that what goes through a whole
/// text for other characters need not look at them.
#[inline]
pub(super) fn skip_han(text: &str, mut at: usize) -> usize {
    while let Some(0xE4..=0xE9) = text.as_bytes().get(at) {
        at += 3;
    }
    at
}

/// The characters of a text outside U+4000 to U+9FFF, which nearly all of it is, each with its place in bytes.
pub(super) struct Telling<'a> {
    text: &'a str,
    at: usize,
}

/// The characters of `text` that are marks, blanks, letters, digits or rare.
pub(super) fn telling(text: &str) -> Telling<'_> {
    Telling { text, at: 0 }
}

impl Iterator for Telling<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let at = skip_han(self.text, self.at);
        let c = self.text[at..].chars().next()?;
        self.at = at + c.len_utf8();
        Some((at, c))
    }
}

/// How many characters of `text` [`telling`] leaves out, when the others take `len` bytes.
pub(super) fn untold(text: &str, len: usize) -> usize {
    (text.len() - len) / 3
}

/// `text` without the blanks around it, told at a glance where there are none.
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // Begins with a Han character or an ASCII mark, and ends with a Han character or a Chinese mark.
        [0x21..=0x7E | 0xE4..=0xEF, .., 0xE4..=0xEF, _, _]
        | [0x21..=0x7E | 0xE4..=0xEF, .., 0xE3, 0x80, 0x81..=0xBF]
        | [0x21..=0x7E | 0xE4..=0xEF, .., 0xE2, 0x80, 0x99..=0x9D] => text,
        _ => text.trim(),
    }
}

/// `text` without its blanks.
pub(super) fn without_blanks(text: &str) -> Cow<'_, str> {
    if telling(text).any(|(_, c)| c.is_whitespace()) {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether `text` may have entities or invisible characters.
pub(super) fn is_unclean(text: &str) -> bool {
    telling(text).any(|(_, c)| is_invisible(c) || c == '&')
}

/// Whether a character is invisible but no white space: zero-width characters, direction marks, control characters.
#[inline]
pub(super) fn is_invisible(c: char) -> bool {
    // Nearly every character of a text is one of these.
    if matches!(c, '\u{3000}'..='\u{D7FF}' | '\u{FF00}'..='\u{FFEF}') {
        return false;
    }
    matches!(c,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{0}'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Whether a character is a blank as wide as a Han character, or nearly so: what paragraphs are indented with.
pub(super) fn is_wide_blank(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{2001}' | '\u{2003}')
}

/// Whether a character is Han (CJK ideograph), 〇 included.
#[inline]
pub(super) fn is_han(c: char) -> bool {
    is_common_han(c)
        || matches!(c, '〇' | '○' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

/// Whether a character ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '．' | '…')
}

/// Whether a character opens a bracket or quotation.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '(' | '《' | '〈' | '〔' | '［' | '[' | '【' | '「' | '『' | '“' | '‘' | '〖' | '{' | '｛'
    )
}

/// Whether a character closes a bracket or quotation.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '）' | ')' | '》' | '〉' | '〕' | '］' | ']' | '】' | '」' | '』' | '”' | '’' | '〗' | '}' | '｝'
    )
}

/// Whether a line that begins with this character continues the line before it: GB/T 15834-2011, 5.1.10 forbids these
/// marks at the beginning of a line, so no paragraph begins with one.
pub(super) fn continues_line(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | ','
            | ';'
            | '）'
            | '》'
            | '〉'
            | '〕'
            | '］'
            | '】'
            | '」'
            | '』'
            | '”'
            | '’'
            | ']'
            | ')'
    )
}

/// The width of a character in half Han characters.
pub(super) fn width(c: char) -> usize {
    if is_invisible(c) {
        0
    } else if (c as u32) < 0x2000 {
        1
    } else {
        2
    }
}

/// The width of a text in half Han characters.
pub(super) fn text_width(text: &str) -> usize {
    let (mut told, mut len) = (0, 0);
    for (_, c) in telling(text) {
        told += width(c);
        len += c.len_utf8();
    }
    told + 2 * untold(text, len)
}

/// How a paragraph ends: by its last mark, closing quotation marks and brackets after it left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// 。！？ or ……: a whole sentence.
    Sentence,
    /// ；: an item of a list.
    Semicolon,
    /// ：: an address, or a sentence that leads to what follows.
    Colon,
    /// ， or 、: something follows that belongs to it.
    Comma,
    /// No mark: a heading, a name, a date, or a line torn apart.
    Open,
}

impl End {
    /// How `text` ends before the byte `offset`.
    pub(super) fn of_before(text: &str, offset: usize) -> End {
        End::of(&text[..offset])
    }

    /// How `text` ends.
    pub(super) fn of(text: &str) -> End {
        // No text has more blanks and brackets at its end than this; the bound keeps long runs of them linear.
        let mut characters = text
            .chars()
            .rev()
            .take(40)
            .filter(|&c| !c.is_whitespace() && !is_invisible(c));
        let last = characters.next();
        let decisive = match last {
            Some(c) if closes(c) => characters.find(|&c| !closes(c)),
            other => other,
        };
        match decisive {
            Some('；' | ';') => End::Semicolon,
            Some('：' | ':') => End::Colon,
            Some('，' | ',' | '、') if decisive == last => End::Comma,
            Some(c) if ends_sentence(c) => End::Sentence,
            Some('.') if decisive == last => End::Sentence,
            _ => End::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_all_blanks() {
        let inner = ["甲", "。", "”", "…", "》", "a", "～", "—", ".", ""];
        let blanks = [
            "", " ", "\u{3000}", "\n", "\t", "\u{2003}", "\u{2028}", "\u{a0}", "\u{85}", "\u{205f}",
            "\u{feff}",
        ];
        for (first, last) in inner.iter().flat_map(|first| inner.map(|last| (first, last))) {
            for (before, after) in blanks
                .iter()
                .flat_map(|before| blanks.map(|after| (before, after)))
            {
                let text = format!("{before}{first}甲{last}{after}");
                assert_eq!(trim(&text), text.trim(), "{text:?}");
                let text = format!("{before}{last}{after}");
                assert_eq!(trim(&text), text.trim(), "{text:?}");
                assert_eq!(without_blanks(&text), text.split_whitespace().collect::<String>());
            }
        }
        let all = ('\0'..=char::MAX).filter(|c| c.is_whitespace());
        for text in all.map(|c| format!("甲{c}")) {
            assert_eq!(trim(&text), "甲", "{text:?}");
        }
    }

    #[test]
    fn telling_characters_are_all_others() {
        let text = "甲，乙\u{3fff}\u{4000}a\u{4db5}\u{9fff}\u{a000}𠀀、 丙";
        let all: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| !('\u{4000}'..='\u{9fff}').contains(c))
            .collect();
        assert!(telling(text).eq(all.iter().copied()));
        let len = all.iter().map(|(_, c)| c.len_utf8()).sum();
        assert_eq!(untold(text, len), text.chars().count() - all.len());
        assert_eq!(text_width(text), text.chars().map(width).sum::<usize>());
    }

    #[test]
    fn sees_how_paragraphs_end() {
        assert_eq!(End::of("各位代表："), End::Colon);
        assert_eq!(End::of("他说：“干得好！”"), End::Sentence);
        assert_eq!(End::of("一、提高认识"), End::Open);
        assert_eq!(End::of("关于印发《办法》的通知"), End::Open);
        assert_eq!(End::of("（二）讲实效；"), End::Semicolon);
        assert_eq!(End::of("为大家的健康，"), End::Comma);
        assert_eq!(End::of("\u{3000}"), End::Open);
    }
}
