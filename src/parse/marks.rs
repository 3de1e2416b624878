//! Classes of characters: blanks, marks that end sentences, brackets, and the width a line of text takes.
//!
//! Every class holds the full-width mark and its half-width twin, because sources mix them.

/// Whether a character is one of the common Han characters, as most of a text are: asked first where all of a text is
/// gone through, because such a character is no blank, no mark and always seen.
#[inline]
pub(super) fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Whether a character is invisible but no white space: zero-width characters, direction marks, control characters.
#[inline]
pub(super) fn is_invisible(c: char) -> bool {
    // Nearly every character of a text is one of these.
    if matches!(c, '\u{3000}'..='\u{D7FF}') {
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
#[inline]
pub(super) fn width(c: char) -> usize {
    if is_common_han(c) {
        2
    } else if is_invisible(c) {
        0
    } else if (c as u32) < 0x2000 {
        1
    } else {
        2
    }
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
