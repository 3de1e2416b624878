//! What line breaking and spacing need to know about a character.
//!
//! One table of classes, by GB/T 15834-2011 §5.1 and W3C clreq (level GB). It knows single characters only; what two
//! neighbours do to each other stands in `joint`.

use crate::font::is_invisible;

/// How a character behaves in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A Chinese character, and any symbol that behaves like one.
    Ideograph,
    /// Opening bracket or quotation mark: not at a line's end; its blank half is on the left.
    Opening,
    /// Closing bracket or quotation mark: not at a line's start; its blank half is on the right.
    Closing,
    /// ，、；：: not at a line's start; blank half on the right.
    Comma,
    /// 。？！: not at a line's start; blank half on the right, the last to be given up.
    Stop,
    /// — and its look-alikes. Two of them are a 破折号, a single one connects.
    Dash,
    /// …, of which two are one mark.
    Ellipsis,
    /// 间隔号 ·: half an em, not at a line's start.
    MiddleDot,
    /// 连接号 ～ –: not at a line's start.
    Connector,
    /// 分隔号 /: neither at a line's start nor at its end.
    Slash,
    /// What belongs to the number before it, and repeats: ℃ ‰ ° 々. Not at a line's start.
    Trailing,
    /// What belongs to the number after it: ￥ ± ≥. Not at a line's end.
    Leading,
    /// ① ⑴ ㈠: stays with the character after it.
    Enumerator,
    /// A full-width letter or digit.
    WideLetter,
    /// A letter of a Western word.
    Letter,
    /// An ASCII digit.
    Digit,
    /// Opening mark of Western text.
    WesternOpening,
    /// Closing or point mark of Western text: not at a line's start.
    WesternClosing,
    /// Any other character of Western text.
    WesternOther,
    /// A blank after which a line may end.
    Blank,
    /// An ideographic space: a line ends there only when nothing better is to be had, since it pads names.
    WideBlank,
    /// A blank that keeps its neighbours together.
    HardBlank,
    /// A combining mark.
    Combining,
    /// A character without ink and width, or one that only changes how its neighbour looks.
    Invisible,
}

impl Class {
    /// The class of `c`. Straight quotation marks count as closing; `shape` finds out which of them open.
    pub(super) fn of(c: char) -> Class {
        use Class::*;
        match c {
            '\u{4e00}'..='\u{9fff}' => Ideograph,
            '0'..='9' => Digit,
            'A'..='Z' | 'a'..='z' => Letter,
            ' ' => Blank,
            '\t' => Blank,
            '(' | '[' | '{' | '<' | '$' => WesternOpening,
            ')' | ']' | '}' | '>' | ',' | '.' | ';' | ':' | '!' | '?' | '%' | '"' | '\'' | '-' | '~' => {
                WesternClosing
            }
            '/' | '／' => Slash,
            '!'..='~' => WesternOther,
            '\u{a0}' | '\u{202f}' | '\u{2007}' => HardBlank,
            '\u{3000}' => WideBlank,
            '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => Blank,
            _ if is_invisible(c) => Invisible,
            '，' | '、' | '；' | '：' | '﹐' | '﹑' => Comma,
            '。' | '？' | '！' | '．' | '｡' => Stop,
            '“' | '‘' | '（' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〖' | '〔' | '〘' | '〚'
            | '〝' => Opening,
            '”' | '’' | '）' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '〗' | '〕' | '〙' | '〛'
            | '〞' | '〟' => Closing,
            '—' | '―' | '─' | '━' => Dash,
            '…' | '⋯' => Ellipsis,
            '·' | '•' | '‧' | '・' => MiddleDot,
            '～' | '–' | '‐' | '‑' | '－' | '〜' => Connector,
            '％' | '‰' | '℃' | '℉' | '°' | '′' | '″' | '々' | '²' | '³' | '㎏' | '㎜' | '㎝' | '㎞'
            | '㎡' => Trailing,
            '￥' | '¥' | '＄' | '£' | '￡' | '€' | '№' | '±' | '＋' | '−' | '≥' | '≤' | '≈' => {
                Leading
            }
            '\u{2460}'..='\u{249b}'
            | '\u{24ea}'..='\u{24ff}'
            | '\u{2776}'..='\u{2793}'
            | '\u{3220}'..='\u{3229}' => Enumerator,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => WideLetter,
            '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{302a}'..='\u{302f}'
            | '\u{3099}'
            | '\u{309a}'
            | '\u{fe20}'..='\u{fe2f}' => Combining,
            '\u{aa}'
            | '\u{b5}'
            | '\u{ba}'
            | '\u{c0}'..='\u{2af}'
            | '\u{370}'..='\u{52f}'
            | '\u{1e00}'..='\u{1fff}'
            | '\u{2c60}'..='\u{2c7f}' => Letter,
            _ => Ideograph,
        }
    }

    /// Whether a line may begin with it (GB/T 15834 §5.1.1–5.1.9). A single dash may not either, a pair may.
    pub(super) fn may_start(self) -> bool {
        use Class::*;
        !matches!(
            self,
            Closing | Comma | Stop | MiddleDot | Connector | Slash | Trailing | WesternClosing | Combining
        )
    }

    /// Whether a line may end with it.
    pub(super) fn may_end(self) -> bool {
        use Class::*;
        !matches!(self, Opening | Slash | Leading | Enumerator | WesternOpening)
    }

    /// Whether it is part of a Western word, number or address, which stays in one piece.
    pub(super) fn is_western(self) -> bool {
        use Class::*;
        matches!(
            self,
            Letter | Digit | WesternOpening | WesternClosing | WesternOther
        )
    }

    /// Whether it is a blank of any kind.
    pub(super) fn is_blank(self) -> bool {
        matches!(self, Class::Blank | Class::WideBlank | Class::HardBlank)
    }

    /// Whether its left half is blank.
    pub(super) fn blank_left(self) -> bool {
        self == Class::Opening
    }

    /// Whether its right half is blank.
    pub(super) fn blank_right(self) -> bool {
        matches!(self, Class::Closing | Class::Comma | Class::Stop)
    }

    /// Whether it is a full-width mark with a blank half.
    pub(super) fn is_half_blank(self) -> bool {
        self.blank_left() || self.blank_right()
    }

    /// Whether it is a bracket or quotation mark.
    pub(super) fn is_bracket(self) -> bool {
        matches!(self, Class::Opening | Class::Closing)
    }
}

/// Whether `c` takes a whole cell whatever its glyph's own width.
pub(super) fn is_full_width(c: char, class: Class) -> bool {
    use Class::*;
    match class {
        Opening | Closing | Comma | Stop | Dash | Ellipsis | WideLetter | WideBlank => true,
        Ideograph => matches!(
            c,
            '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
                | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}'
        ),
        _ => false,
    }
}

/// Whether `c` is a numeral of headings and dates in Chinese characters.
pub(super) fn is_chinese_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sets of the specification, typed again rather than taken from the table above.
    #[test]
    fn prohibitions_are_those_of_level_gb() {
        for c in "、。，．：；？！”’）〕］｝〉》」』】〗〙–～·‧／%‰℃々%".chars()
        {
            assert!(!Class::of(c).may_start(), "{c} may start a line");
        }
        for c in "“‘（〔［｛〈《「『【〖〘/／￥$＄£".chars() {
            assert!(!Class::of(c).may_end(), "{c} may end a line");
        }
        for c in "中〇A1“《（…①".chars() {
            assert!(Class::of(c).may_start(), "{c} may not start a line");
        }
        for c in "中〇A1”》）…。，%℃".chars() {
            assert!(Class::of(c).may_end(), "{c} may not end a line");
        }
    }

    #[test]
    fn symbols_of_western_text_are_no_blanks_and_no_marks() {
        for c in "#&*+=@\\^_`|".chars() {
            assert_eq!(Class::of(c), Class::WesternOther, "{c}");
        }
    }
}
