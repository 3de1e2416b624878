//! UTF-16, with the guess that files without a byte order mark need.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::decode::Decoded;

/// Bytes looked at for a guess.
const SAMPLE: usize = 16 * 1024;

/// The byte order in which nearly all characters would be such as Chinese texts have; `None` when neither is.
///
/// Counting NULs, as for European texts, misleads: Chinese has few, and U+3000 has its own in the other byte.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let units = sample.len() / 2;
    if units == 0 {
        return None;
    }
    let usual = |order: fn([u8; 2]) -> u16| {
        let units = sample.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units)
            .filter(|unit| unit.as_ref().is_ok_and(|&c| is_usual(c) && c != '\0'))
            .count()
    };
    let (little, big) = (usual(u16::from_le_bytes), usual(u16::from_be_bytes));
    // Plain ASCII read in pairs gives characters from the whole of the Han block; it has no NUL.
    let ascii = sample.is_ascii() && !sample.contains(&0);
    if ascii
        || little.max(big) * 20 < units * 19
        || std::str::from_utf8(sample).is_ok() && !sample.contains(&0)
    {
        return None;
    }
    Some(if little >= big { UTF_16LE } else { UTF_16BE })
}

/// Whether Chinese texts have this character: Han, Chinese and Latin marks, letters, digits, line ends.
pub(super) fn is_usual(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}' | '·' | '×' | '—' | '―' | '‘'..='”' | '…' | '※' | '〇'
        | '\u{3000}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}'
        | '①'..='⒛' | 'Ⅰ'..='ⅻ' | '←'..='↓' | '■'..='◯' | '★' | '☆' | '\u{2000}'..='\u{200F}' | '\u{FEFF}'
        | '\u{20000}'..='\u{323AF}')
}

/// Decodes UTF-16 in the given order, with U+FFFD for lone surrogates.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    debug_assert!(encoding == UTF_16LE || encoding == UTF_16BE);
    let little = encoding == UTF_16LE;
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut damaged = Vec::new();
    for character in char::decode_utf16(bytes.chunks_exact(2).map(unit)) {
        if character.is_err() {
            damaged.push(text.len());
        }
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut decoded = Decoded {
        text,
        encoding: encoding.name(),
        diagnostics: Vec::new(),
    };
    decoded.report_damage(&damaged);
    if bytes.len() % 2 == 1 {
        decoded.report_cut();
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_not_take_other_encodings_for_utf16() {
        assert!(guess(b"plain ASCII text, even length.").is_none());
        assert!(guess("同志们，今天我们开会。".as_bytes()).is_none());
        let (gbk, _, _) = encoding_rs::GBK.encode("同志们，今天我们开会，部署工作。");
        assert!(guess(&gbk).is_none());
        let (big5, _, _) = encoding_rs::BIG5.encode("各位代表，現在我向大會報告工作。");
        assert!(guess(&big5).is_none());
    }
}
