//! What one look at a line, or at a paragraph of several, tells.
//!
//! Understanding a text asks many questions whose answers may lie in any of its characters. They are gathered in one pass,
//! and asked of what it found; what the answers mean is for others.

use super::marks::{self, End};
use super::ordinal::Ordinal;

/// What was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Its characters without blanks.
    pub(super) solid: usize,
    /// Its characters without blanks and invisible ones.
    pub(super) count: usize,
    /// How it ends.
    pub(super) end: End,
    /// The number it begins with.
    pub(super) ordinal: Option<Ordinal>,
    /// Its brackets (not quotation marks).
    pub(super) brackets: Balance,
    /// Its quotation marks.
    pub(super) quotations: Balance,
    /// Whether it has a comma or the like, which shows it to be running text.
    pub(super) has_marks: bool,
    /// Whether it has a full stop.
    pub(super) has_stop: bool,
    /// Whether it has a mark that may end a sentence, full stops among them.
    pub(super) may_end_inside: bool,
    /// Whether it has a blank.
    pub(super) has_blank: bool,
    /// Whether it has a tab or ｜, which part the cells of tables.
    pub(super) has_columns: bool,
    /// Whether it may have entities or invisible characters.
    pub(super) is_unclean: bool,
    /// Whether it has one of the commonest characters that only traditional writing has.
    pub(super) is_traditional: bool,
}

impl Look {
    /// Looks at `text`.
    pub(super) fn of(text: &str) -> Look {
        let mut look = Look {
            solid: 0,
            count: 0,
            end: End::of(text),
            ordinal: Ordinal::at(text),
            brackets: Balance::default(),
            quotations: Balance::default(),
            has_marks: false,
            has_stop: false,
            may_end_inside: false,
            has_blank: false,
            has_columns: false,
            is_unclean: false,
            is_traditional: false,
        };
        let (mut han, mut others, mut blanks, mut invisible) = (0, 0, 0, 0);
        let mut at = 0;
        loop {
            // Most of a text is these, which are three bytes long.
            let start = at;
            let mut rest = &text.as_bytes()[at..];
            while let &[first @ 0xE4..=0xE9, second, third, ref behind @ ..] = rest {
                look.is_traditional |= is_traditional(first, second, third);
                rest = behind;
            }
            at = text.len() - rest.len();
            han += (at - start) / 3;
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            others += 1;
            match c {
                '，' | ',' | '；' | '、' => look.has_marks = true,
                '。' => (look.has_stop, look.may_end_inside) = (true, true),
                '！' | '？' | '!' | '?' => look.may_end_inside = true,
                '《' | '（' | '(' | '〔' | '【' | '［' | '[' | '〈' => look.brackets.open(),
                '》' | '）' | ')' | '〕' | '】' | '］' | ']' | '〉' => look.brackets.close(),
                '“' | '「' | '『' => look.quotations.open(),
                '”' | '」' | '』' => look.quotations.close(),
                '｜' => look.has_columns = true,
                '&' => look.is_unclean = true,
                '0'..='9' | '：' => {}
                _ if c.is_whitespace() => {
                    blanks += 1;
                    look.has_columns |= c == '\t';
                }
                _ if marks::is_invisible(c) => invisible += 1,
                _ => {}
            }
        }
        look.solid = han + others - blanks;
        look.count = look.solid - invisible;
        look.has_blank = blanks > 0;
        look.is_unclean |= invisible > 0;
        look
    }
}

/// The commonest characters that only traditional writing has.
const TRADITIONAL: [&str; 8] = ["們", "會", "國", "這", "為", "關", "對", "與"];

/// Whether three bytes are one of [`TRADITIONAL`].
#[inline]
fn is_traditional(first: u8, second: u8, third: u8) -> bool {
    // They differ in their last six bits; at these stand the bytes before them.
    const BEGINNINGS: [[u8; 2]; 64] = {
        let (mut beginnings, mut i) = ([[0; 2]; 64], 0);
        while i < TRADITIONAL.len() {
            let bytes = TRADITIONAL[i].as_bytes();
            beginnings[(bytes[2] & 0x3F) as usize] = [bytes[0], bytes[1]];
            i += 1;
        }
        beginnings
    };
    BEGINNINGS[usize::from(third & 0x3F)] == [first, second]
}

/// Marks that open and close, of which only the number matters and not which closes which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Balance {
    /// Those that close what was opened before, if anything was.
    closing: u32,
    /// Those that stay open.
    opening: u32,
}

impl Balance {
    fn open(&mut self) {
        self.opening += 1;
    }

    fn close(&mut self) {
        match self.opening {
            0 => self.closing += 1,
            _ => self.opening -= 1,
        }
    }

    /// How many are open behind, when `open` are before.
    pub(super) fn after(self, open: usize) -> usize {
        open.saturating_sub(self.closing as usize) + self.opening as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_it_sees() {
        let look = Look::of("一、“甲\u{200B} 乙”，丙。");
        assert_eq!((look.solid, look.count), (10, 9));
        assert_eq!((look.end, look.ordinal.is_some()), (End::Sentence, true));
        assert!(look.has_marks && look.has_stop && look.may_end_inside && look.has_blank && look.is_unclean);
        let look = Look::of("甲\u{FF5C}乙");
        assert!(look.has_columns && !look.has_marks && !look.has_stop && !look.has_blank && !look.is_unclean);
    }

    #[test]
    fn tells_traditional_writing_by_its_commonest_characters() {
        for c in '\u{4000}'..='\u{9FFF}' {
            let common = TRADITIONAL.iter().any(|common| common.starts_with(c));
            assert_eq!(Look::of(&format!("甲{c}，")).is_traditional, common, "{c}");
        }
    }

    #[test]
    fn marks_are_counted_across_texts_as_in_one() {
        let texts = ["）（甲", "（乙））", "）））", "（（）", ""];
        let mut open = 0;
        for (number, text) in texts.iter().enumerate() {
            open = Look::of(text).brackets.after(open);
            let mut whole = 0_usize;
            for c in texts[..=number].concat().chars() {
                match c {
                    '（' => whole += 1,
                    '）' => whole = whole.saturating_sub(1),
                    _ => {}
                }
            }
            assert_eq!(open, whole, "{text}");
        }
    }
}
