//! Numbers as texts write them: Chinese numerals, Arabic digits of both widths, enclosed numbers.

/// A number at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: u32,
    /// Its length in bytes.
    pub(super) len: usize,
}

/// The Chinese numeral at the beginning of `text`, up to 9 999: 一, 十二, 二十一, 一百零三.
///
/// Digits alone, as in years (二〇二四), are no numeral in this sense.
pub(super) fn chinese(text: &str) -> Option<Number> {
    let (mut total, mut digit, mut len) = (0_u32, None, 0);
    let mut smallest_unit = 10_000;
    for c in text.chars() {
        if let Some(value) = chinese_digit(c) {
            if value == 0 {
                // 二〇 begins a year, not a number.
                if total == 0 {
                    return None;
                }
            } else if digit.replace(value).is_some() {
                return None;
            }
        } else if let Some(unit) = chinese_unit(c) {
            if unit >= smallest_unit {
                return None;
            }
            smallest_unit = unit;
            total += digit.take().unwrap_or(1) * unit;
        } else if let Some(tens) = match c {
            '廿' => Some(20),
            '卅' => Some(30),
            _ => None,
        } {
            total += tens;
            smallest_unit = 10;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    let value = total + digit.unwrap_or(0);
    (value > 0).then_some(Number { value, len })
}

/// Whether a Chinese numeral can have the character.
pub(super) fn is_chinese(c: char) -> bool {
    chinese_digit(c).is_some() || chinese_unit(c).is_some() || matches!(c, '廿' | '卅')
}

/// The value of a Chinese digit.
pub(super) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '貳' | '两' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn chinese_unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// The Arabic number at the beginning of `text`, in digits of either width.
pub(super) fn arabic(text: &str) -> Option<Number> {
    let (mut value, mut len) = (0_u32, 0);
    for c in text.chars() {
        let Some(digit) = arabic_digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(digit)?;
        len += c.len_utf8();
    }
    (len > 0).then_some(Number { value, len })
}

/// The value of an Arabic digit of either width.
pub(super) fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of ①, ⑴ or ⒈ and whether its brackets or its dot are part of it.
pub(super) fn enclosed(c: char) -> Option<(u32, Enclosure)> {
    let of = |first: char, enclosure| (c as u32 - first as u32 + 1, enclosure);
    Some(match c {
        '①'..='⑳' => of('①', Enclosure::Circle),
        '❶'..='❿' => of('❶', Enclosure::Circle),
        '⑴'..='⒇' => of('⑴', Enclosure::Brackets),
        '⒈'..='⒛' => of('⒈', Enclosure::Dot),
        '㈠'..='㈩' => of('㈠', Enclosure::ChineseBrackets),
        _ => return None,
    })
}

/// What a number in one character is enclosed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosure {
    /// ①
    Circle,
    /// ⑴
    Brackets,
    /// ⒈
    Dot,
    /// ㈠
    ChineseBrackets,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_chinese_numerals() {
        let value = |text| chinese(text).map(|number| number.value);
        assert_eq!(value("一、"), Some(1));
        assert_eq!(value("十一、"), Some(11));
        assert_eq!(value("二十一、"), Some(21));
        assert_eq!(value("一百零三条"), Some(103));
        assert_eq!(value("廿三"), Some(23));
        assert_eq!(value("二〇二四年"), None);
        assert_eq!(value("百花齐放"), Some(100));
        assert_eq!(value("同志"), None);
        assert_eq!(chinese("二十一、").unwrap().len, 9);
    }

    #[test]
    fn reads_arabic_numbers_of_both_widths() {
        assert_eq!(arabic("１２．"), Some(Number { value: 12, len: 6 }));
        assert_eq!(arabic("12."), Some(Number { value: 12, len: 2 }));
        assert_eq!(arabic("99999999999"), None);
    }
}
