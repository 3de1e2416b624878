//! Dates as texts write them: 2024年3月5日, 二〇二四年三月五日, 2024-03-05, ××××年×月×日.

use super::marks;
use super::numerals;

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 2024年3月5日, 二○二四年三月五日, with or without the day.
    Words,
    /// 2024-03-05, 2024.3.5, 2024/3/5, as web pages stamp them.
    Digits,
}

/// A date at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// How it is written.
    pub(super) style: Style,
    /// Whether it names the day.
    pub(super) has_day: bool,
    /// Its length in bytes.
    pub(super) len: usize,
}

/// The date at the beginning of `text`. Blanks inside it (2024年 3月5日) are allowed.
pub(super) fn at(text: &str) -> Option<Date> {
    let first = text.trim_start().chars().next()?;
    if !may_begin(first) {
        return None;
    }
    words(text).or_else(|| digits(text))
}

/// Whether the whole of `text` is one date; a time of day after a date in digits belongs to it.
pub(super) fn is_whole(text: &str) -> bool {
    let Some(date) = at(text) else { return false };
    let rest = text[date.len..].trim();
    rest.is_empty() || is_time(rest)
}

/// Whether `text` is the blank for a date that a draft leaves open: 年　月　日, 2024年　月　日.
pub(super) fn is_blank(text: &str) -> bool {
    if !text.ends_with('日') {
        return false;
    }
    let bare = marks::without_blanks(text);
    let mut rest = &*bare;
    let mut open = false;
    for unit in ['年', '月', '日'] {
        let Some((digits, after)) = rest.split_once(unit) else {
            return false;
        };
        if digits.chars().count() > 4 || !digits.chars().all(year_digit) {
            return false;
        }
        open |= digits.is_empty();
        rest = after;
    }
    open && rest.is_empty()
}

/// The byte offset of the date that ends `text`, when one does.
pub(super) fn at_end(text: &str) -> Option<usize> {
    // The first offset from which the rest is a date; searched only where a year may begin.
    let mut previous_is_digit = false;
    for (offset, c) in text.char_indices() {
        let is_digit = year_digit(c);
        if is_digit && !previous_is_digit {
            let rest = &text[offset..];
            if at(rest).is_some_and(|date| date.has_day && rest[date.len..].trim().is_empty()) {
                return Some(offset);
            }
        }
        previous_is_digit = is_digit;
    }
    None
}

/// Whether the number of a year, or what is typed for one, may begin with this character.
fn may_begin(c: char) -> bool {
    year_digit(c) || matches!(c, '十' | '廿' | '卅')
}

fn year_digit(c: char) -> bool {
    // O is typed for 〇.
    matches!(c, 'O' | 'o' | '0')
        || numerals::arabic_digit(c).is_some()
        || numerals::chinese_digit(c).is_some()
        || is_placeholder(c)
}

/// Whether a character stands for a digit that is still to be filled in: 20××年×月×日.
fn is_placeholder(c: char) -> bool {
    matches!(c, '×' | 'x' | 'X' | 'Ｘ' | 'ｘ' | '*' | '＊' | '_' | '＿')
}

fn words(text: &str) -> Option<Date> {
    let mut rest = text;
    let year = take_number(&mut rest, |c| c == '年')?;
    if !(2..=4).contains(&year) {
        return None;
    }
    take_number(&mut rest, |c| c == '月').filter(|digits| *digits <= 3)?;
    let after_month = rest;
    let has_day = take_number(&mut rest, |c| matches!(c, '日' | '号')).is_some_and(|digits| digits <= 3);
    if !has_day {
        rest = after_month;
    }
    Some(Date {
        style: Style::Words,
        has_day,
        len: text.len() - rest.len(),
    })
}

/// Takes digits and the unit after them off `rest`; the number of digits.
fn take_number(rest: &mut &str, unit: impl Fn(char) -> bool) -> Option<usize> {
    let trimmed = rest.trim_start();
    let mut digits = 0;
    for (offset, c) in trimmed.char_indices() {
        if may_begin(c) {
            digits += 1;
        } else if c.is_whitespace() && digits > 0 {
        } else if unit(c) {
            // A placeholder may be empty: 年　月　日.
            *rest = &trimmed[offset + c.len_utf8()..];
            return (digits > 0).then_some(digits);
        } else {
            return None;
        }
    }
    None
}

fn digits(text: &str) -> Option<Date> {
    let year = numerals::arabic(text).filter(|year| (1900..2100).contains(&year.value))?;
    let mut rest = &text[year.len..];
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '.' | '/' | '－' | '．' | '／'))?;
    rest = &rest[separator.len_utf8()..];
    let month = numerals::arabic(rest).filter(|month| (1..=12).contains(&month.value))?;
    rest = &rest[month.len..];
    let day = rest.strip_prefix(separator).and_then(|day| {
        numerals::arabic(day)
            .filter(|number| (1..=31).contains(&number.value))
            .map(|number| &day[number.len..])
    });
    // 2024.3 alone is a number.
    let rest = day?;
    Some(Date {
        style: Style::Digits,
        has_day: true,
        len: text.len() - rest.len(),
    })
}

/// Whether `text` is a time of day or a day of the week: 09:20, 上午, 星期二.
fn is_time(text: &str) -> bool {
    let inner = text.trim_matches(['（', '）', '(', ')', ' ']);
    matches!(inner, "上午" | "下午" | "晚" | "中午")
        || inner.starts_with("星期")
        || (inner.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, ':' | '：' | ' ' | '时' | '分' | '秒' | '.' | 'T' | 'Z' | '+')
        }) && inner.contains([':', '：', '时']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_whole_dates() {
        for text in [
            "2024年3月5日",
            "2026年 4月23日",
            "二〇二四年三月五日",
            "二○○三年十二月三十一日",
            "2024-03-05",
            "2024.3.5",
            "2026-01-31 07:00:44",
            "2026年02月10日 07时41分",
            "××××年××月××日",
            "20xx年x月x日",
            "2024年3月",
        ] {
            assert!(is_whole(text), "{text}");
        }
        for text in [
            "2024年工作要点",
            "3月5日",
            "2024.3",
            "1.2.3",
            "2024年3月5日通过",
            "第三年五月",
        ] {
            assert!(!is_whole(text), "{text}");
        }
    }

    #[test]
    fn recognises_blanks_for_dates() {
        for text in ["年　月　日", "2024年　月　日", "2024 年 3 月   日"] {
            assert!(is_blank(text), "{text}");
        }
        for text in ["2024年3月5日", "年月", "年月日报", "学年 月 日"] {
            assert!(!is_blank(text), "{text}");
        }
    }

    #[test]
    fn finds_the_date_that_ends_a_line() {
        let line = "某某市人民政府办公室2024年3月5日";
        assert_eq!(at_end(line).map(|offset| &line[offset..]), Some("2024年3月5日"));
        assert_eq!(at_end("自2024年3月5日起施行"), None);
    }
}
