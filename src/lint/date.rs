//! Dates as they are written: 2024年3月5日 and its parts.

use std::ops::Range;

use super::scan::{Class, Scan};

/// One part of a date: a number and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The digits, by index.
    pub digits: Range<usize>,
    /// Their value.
    pub value: u32,
}

/// A date in Arabic digits, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Date {
    /// 年.
    pub year: Option<Part>,
    /// 月.
    pub month: Option<Part>,
    /// 日.
    pub day: Option<Part>,
    /// The first character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Date {
    /// The dates in a paragraph: everything of the form 年月日, 年月, 月日.
    pub fn all(scan: &Scan) -> Vec<Date> {
        let mut dates = Vec::new();
        let mut done = 0;
        for &i in &scan.points {
            if i < done || scan.class(i) != Class::Digit || scan.class_before(i) == Class::Digit {
                continue;
            }
            if matches!(scan.before(i), '.' | ',' | '-' | '第') {
                continue;
            }
            if let Some(date) = Date::at(scan, i) {
                done = date.end;
                dates.push(date);
            }
        }
        dates
    }

    fn at(scan: &Scan, start: usize) -> Option<Date> {
        let mut date = Date {
            start,
            end: start,
            ..Date::default()
        };
        let mut i = start;
        let mut parts = 0;
        for (slot, unit) in ['年', '月', '日'].into_iter().enumerate() {
            let end = scan.digits_end(i);
            let Some(value) = scan.number(i..end) else { break };
            let counted = scan.c(end) == unit || (unit == '日' && scan.c(end) == '号');
            if !counted || (unit != '年' && end - i > 2) || (unit == '年' && end - i != 4) {
                continue;
            }
            let part = Some(Part {
                digits: i..end,
                value,
            });
            match slot {
                0 => date.year = part,
                1 => date.month = part,
                _ => date.day = part,
            }
            parts += 1;
            i = end + 1;
            date.end = i;
        }
        (parts >= 2 && date.month.is_some()).then_some(date)
    }
}

/// Whether there is such a day; a missing year counts as a leap year.
pub(crate) fn exists(year: Option<u32>, month: u32, day: Option<u32>) -> bool {
    let leap = year
        .is_none_or(|year| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    day.is_none_or(|day| (1..=days).contains(&day))
}

/// The day of the week, 0 for 星期日, by Sakamoto's method.
pub(crate) fn weekday(year: u32, month: u32, day: u32) -> u32 {
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    (year + year / 4 - year / 100 + year / 400 + SHIFT[month as usize - 1] + day) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_dates_and_parts() {
        let mut scan = Scan::default();
        scan.read("2024年03月5日，3月6日，2024年4月，5个月，12日");
        let dates: Vec<_> = Date::all(&scan)
            .iter()
            .map(|date| {
                let value = |part: &Option<Part>| part.as_ref().map(|part| part.value);
                (value(&date.year), value(&date.month), value(&date.day))
            })
            .collect();
        assert_eq!(
            dates,
            [
                (Some(2024), Some(3), Some(5)),
                (None, Some(3), Some(6)),
                (Some(2024), Some(4), None)
            ]
        );
    }

    #[test]
    fn knows_the_calendar() {
        assert!(exists(Some(2024), 2, Some(29)));
        assert!(!exists(Some(2023), 2, Some(29)));
        assert!(exists(None, 2, Some(29)));
        assert!(!exists(None, 13, None));
        assert_eq!(weekday(2024, 3, 5), 2);
        assert_eq!(weekday(2000, 1, 1), 6);
    }
}
