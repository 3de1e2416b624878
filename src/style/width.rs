//! How wide a text is in one line, before any font is known.
//!
//! A document is styled without its fonts, because the word processor's are not known; so Latin letters have the widths
//! of Times New Roman, in which they are set unless a profile says otherwise.

/// The widths of the characters from U+0020 to U+007E in Times New Roman, in thousandths of the em.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Wider is no line, in hundredths of a character: so that widths can be added without care.
const WIDEST: i64 = 100_000_000;

/// The width of `text` in hundredths of a character, its lines one behind the other.
pub(super) fn width(text: &str) -> i32 {
    let thousandths: i64 = text.chars().map(of_char).sum();
    ((thousandths + 5) / 10).min(WIDEST) as i32
}

/// In thousandths of a character: Chinese ones have one, blanks what their names say, and others half.
fn of_char(c: char) -> i64 {
    match c {
        ' '..='~' => i64::from(ASCII[c as usize - 0x20]),
        '\u{a0}' => 250,
        '\t' => 2000,
        '\n' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => 0,
        '\u{2002}' | '\u{2004}'..='\u{200a}' => 500,
        '\0'..='\u{1fff}' => 500,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_letters_have_widths_of_their_own() {
        assert_eq!(width("2024年3月15日"), 650);
        assert_eq!(width("2024 年 3 月 15 日"), 775);
        assert_eq!(width("青山县ABC公司"), 706);
        assert_eq!(width("县长\u{3000}\u{3000}周"), 500);
        assert_eq!(width(""), 0);
    }
}
