//! Letters and crosses that stand for something left out.

use std::ops::Range;

use super::scan::{Class, Scan, Token};

/// Whether `c` can stand for something left out.
pub(crate) fn is_filler(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ' | '×' | '✕' | '╳' | '*' | '＊')
}

/// The runs of fillers in a paragraph that are not part of a word, an address or a piece of code.
pub(crate) fn runs(scan: &Scan) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    scan.points.iter().filter_map(move |&i| {
        if i < done || !is_filler(scan.c(i)) {
            return None;
        }
        let mut end = i;
        while is_filler(scan.c(end)) && scan.c(end).is_ascii_alphabetic() == scan.c(i).is_ascii_alphabetic() {
            end += 1;
        }
        done = end;
        let token = scan.glyphs[i].token;
        let prose = matches!(token, Token::Plain | Token::Number | Token::Word);
        let letter = |class| class == Class::Letter;
        (prose && !letter(scan.class_before(i)) && !letter(scan.class(end))).then_some(i..end)
    })
}

/// Where the unfinished year begins whose fillers are `i..end`: 20x年, 20××年, 202x年.
pub(crate) fn year(scan: &Scan, i: usize, end: usize) -> Option<usize> {
    let digit = |k: usize| scan.c(k).is_ascii_digit() || ('０'..='９').contains(&scan.c(k));
    let start = (0..i).rev().take_while(|&k| digit(k)).take(5).last()?;
    let century = matches!(
        (scan.c(start), scan.c(start + 1)),
        ('2' | '２', '0' | '０') | ('1' | '１', '9' | '９')
    );
    let digits = i - start;
    let whole = matches!(digits + (end - i), 3 | 4) && (2..=3).contains(&digits);
    (century && whole && !digit(end) && scan.c(end) == '年').then_some(start)
}
