//! The number of a document in running text: 机关代字, year in brackets, serial number, 号.

use std::ops::Range;

use super::scan::{Class, Scan};

/// A document's number, by the indices of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocNumber {
    /// The bracket before the year.
    pub open: usize,
    /// The bracket after it.
    pub close: usize,
    /// The year.
    pub year: Range<usize>,
    /// 第, which does not belong there.
    pub di: Option<usize>,
    /// The serial number.
    pub serial: Range<usize>,
}

impl DocNumber {
    /// The document's number whose year's bracket is at `open`.
    pub fn at(scan: &Scan, open: usize) -> Option<DocNumber> {
        if !matches!(
            scan.c(open),
            '〔' | '[' | '［' | '(' | '（' | '【' | '﹝' | '❲' | '{' | '｛'
        ) {
            return None;
        }
        let code = (scan.class_before(open) == Class::Hanzi && scan.before(open) != '第')
            || (scan.before(open) == ' ' && scan.class_before(open - 1) == Class::Hanzi);
        let year = open + 1..scan.digits_end(open + 1);
        let close = year.end;
        let closed = matches!(
            scan.c(close),
            '〕' | ']' | '］' | ')' | '）' | '】' | '﹞' | '❳' | '}' | '｝'
        );
        if !code || !closed || !matches!(year.len(), 2 | 4) {
            return None;
        }
        if year.len() == 4
            && !scan
                .number(year.clone())
                .is_some_and(|year| (1949..2100).contains(&year))
        {
            return None;
        }
        let mut i = scan.skip_spaces(close + 1);
        let di = (scan.c(i) == '第').then_some(i);
        i += usize::from(di.is_some());
        let serial = i..scan.digits_end(i);
        if serial.is_empty() || serial.len() > 5 {
            return None;
        }
        // More than one: 〔2024〕5、6号.
        let mut end = serial.end;
        while matches!(scan.c(end), '、' | '—' | '-' | '～' | '和' | '至')
            && scan.class(end + 1) == Class::Digit
        {
            end = scan.digits_end(end + 1);
        }
        let number = scan.c(end) == '号'
            && !matches!(
                scan.c(end + 1),
                '楼' | '线'
                    | '机'
                    | '院'
                    | '门'
                    | '车'
                    | '厅'
                    | '房'
                    | '台'
                    | '窗'
                    | '桌'
                    | '井'
                    | '店'
                    | '地'
                    | '宗'
                    | '床'
            );
        number.then_some(DocNumber {
            open,
            close,
            year,
            di,
            serial,
        })
    }

    /// All of a paragraph.
    pub fn all(scan: &Scan) -> impl Iterator<Item = DocNumber> {
        scan.points.iter().filter_map(|&i| DocNumber::at(scan, i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_nothing_else() {
        let count = |text: &str| {
            let mut scan = Scan::default();
            scan.read(text);
            DocNumber::all(&scan).count()
        };
        assert_eq!(count("国发〔2024〕5号、国办函[2023]第012号、财预(2022)3、4号"), 3);
        assert_eq!(count("会议室（2024）5号楼，（2019）京01民初123号，第（3）号"), 0);
    }
}
