//! The ordinal a paragraph begins with (序次语): 一、 （二） 3. （4） 第五， 六是 ⑦.

/// The form of an ordinal, each form a series of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// 一、
    Hanzi,
    /// （一）
    BracketedHanzi,
    /// 1.
    Arabic,
    /// （1）
    BracketedArabic,
    /// ①
    Circled,
    /// 第一，
    Di,
    /// 一是
    Shi,
    /// 一要
    Yao,
    /// 其一，
    Qi,
}

/// An ordinal at the beginning of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ordinal {
    /// Its form.
    pub form: Form,
    /// Its number.
    pub value: u32,
    /// Its length in bytes, without the mark after it.
    pub len: usize,
    /// Whether the mark after it, when it needs one, is among those that are used for it, right or wrong.
    pub marked: bool,
}

impl Ordinal {
    /// The ordinal `text` begins with.
    pub fn read(text: &str) -> Option<Ordinal> {
        let first = text.chars().next()?;
        let make = |form, value, len, marked| {
            Some(Ordinal {
                form,
                value,
                len,
                marked,
            })
        };
        if matches!(first, '（' | '(') {
            let inner = &text[first.len_utf8()..];
            let (form, value, len) = number(inner)?;
            let close = inner[len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
            let form = if form == Form::Hanzi {
                Form::BracketedHanzi
            } else {
                Form::BracketedArabic
            };
            return make(form, value, first.len_utf8() + len + close.len_utf8(), true);
        }
        if ('①'..='⑳').contains(&first) {
            return make(
                Form::Circled,
                first as u32 - '①' as u32 + 1,
                first.len_utf8(),
                true,
            );
        }
        if first == '第' || first == '其' {
            let (form, value, len) = number(&text[first.len_utf8()..])?;
            let end = first.len_utf8() + len;
            let marked = matches!(text[end..].chars().next(), Some('，' | '、' | ',' | '：'));
            let which = if first == '第' { Form::Di } else { Form::Qi };
            return (form == Form::Hanzi && marked)
                .then_some(())
                .and_then(|()| make(which, value, end, marked));
        }
        let (form, value, len) = number(text)?;
        let next = text[len..].chars().next();
        match (form, next) {
            (Form::Hanzi, Some('是')) => make(Form::Shi, value, len + '是'.len_utf8(), true),
            (Form::Hanzi, Some('要')) => make(Form::Yao, value, len + '要'.len_utf8(), true),
            (Form::Hanzi, Some('、')) => make(form, value, len, true),
            (Form::Hanzi, Some('.' | '．' | '，' | ',' | ' ' | '\u{3000}' | '：' | ':')) => {
                make(form, value, len, false)
            }
            (Form::Arabic, Some('.' | '．' | '、')) => {
                let after = text[len..].chars().nth(1)?;
                (!after.is_ascii_digit()).then_some(())?;
                make(form, value, len, next != Some('、'))
            }
            _ => None,
        }
    }
}

/// The number at the beginning of `text`, in hanzi or Arabic digits, with its length.
fn number(text: &str) -> Option<(Form, u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let value = (digits <= 3).then(|| text[..digits].parse().ok()).flatten()?;
        return Some((Form::Arabic, value, digits));
    }
    let len: usize = text
        .chars()
        .take_while(|&c| super::scan::numeral(c).is_some() || matches!(c, '百' | '零'))
        .map(char::len_utf8)
        .sum();
    Some((Form::Hanzi, hanzi_value(&text[..len])?, len))
}

/// The value of a number in hanzi below 1000: 二十一, 一百零三.
pub(crate) fn hanzi_value(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut last_unit) = (0, 0, u32::MAX);
    for c in text.chars() {
        match c {
            '十' | '百' => {
                let unit = if c == '十' { 10 } else { 100 };
                if unit >= last_unit || (digit == 0 && total > 0) || (digit == 0 && unit == 100) {
                    return None;
                }
                total += digit.max(1) * unit;
                last_unit = unit;
                digit = 0;
            }
            '〇' | '零' => {}
            _ => {
                let value = super::scan::numeral(c)?;
                if digit != 0 {
                    return None;
                }
                digit = value;
            }
        }
    }
    let value = total + digit;
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Form, u32)> {
        Ordinal::read(text).map(|ordinal| (ordinal.form, ordinal.value))
    }

    #[test]
    fn reads_every_form() {
        assert_eq!(read("一、总则"), Some((Form::Hanzi, 1)));
        assert_eq!(read("二十一.总则"), Some((Form::Hanzi, 21)));
        assert_eq!(read("（十）总则"), Some((Form::BracketedHanzi, 10)));
        assert_eq!(read("3.总则"), Some((Form::Arabic, 3)));
        assert_eq!(read("(4)总则"), Some((Form::BracketedArabic, 4)));
        assert_eq!(read("⑤总则"), Some((Form::Circled, 5)));
        assert_eq!(read("第六，总则"), Some((Form::Di, 6)));
        assert_eq!(read("七是总则"), Some((Form::Shi, 7)));
        assert_eq!(read("其八，总则"), Some((Form::Qi, 8)));
    }

    #[test]
    fn other_beginnings_are_no_ordinals() {
        for text in [
            "1.5亿元",
            "2024年",
            "第一季度",
            "一个",
            "三三制",
            "（试行）",
            "十十、",
            "",
            "一",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
