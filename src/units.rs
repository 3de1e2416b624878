//! Exact lengths and the sizes of Chinese type.
//!
//! A [`Length`] is a whole number of EMU, the unit of OOXML drawings, in which points, twips, millimetres and inches
//! are all (nearly) whole. It leaves to the writers the one rounding each of their formats needs.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// EMU in one point: 914 400 / 72.
const EMU_PER_PT: i64 = 12_700;
/// EMU in one millimetre.
const EMU_PER_MM: i64 = 36_000;
/// EMU in one twip (1/20 pt).
const EMU_PER_TWIP: i64 = 635;

/// A length, or a position on a page, in EMU.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i64);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);

    /// A length of so many EMU.
    pub const fn emu(emu: i64) -> Self {
        Length(emu)
    }

    /// A length of so many whole points.
    pub const fn pt(pt: i64) -> Self {
        Length(pt * EMU_PER_PT)
    }

    /// A length of so many whole millimetres.
    pub const fn mm(mm: i64) -> Self {
        Length(mm * EMU_PER_MM)
    }

    /// A length of so many points, rounded to the nearest EMU.
    pub fn from_pt(pt: f64) -> Self {
        Length((pt * EMU_PER_PT as f64).round() as i64)
    }

    /// A length of so many millimetres, rounded to the nearest EMU.
    pub fn from_mm(mm: f64) -> Self {
        Length((mm * EMU_PER_MM as f64).round() as i64)
    }

    /// The number of EMU.
    pub const fn to_emu(self) -> i64 {
        self.0
    }

    /// The number of points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / EMU_PER_PT as f64
    }

    /// The number of millimetres.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / EMU_PER_MM as f64
    }

    /// The nearest whole number of twips (1/20 pt), halves away from zero: the rounding of the DOCX writer.
    pub const fn to_twips(self) -> i64 {
        div_round(self.0, EMU_PER_TWIP)
    }

    /// The nearest whole number of half points, halves away from zero: what `w:sz` holds.
    pub const fn to_half_points(self) -> i64 {
        div_round(self.0, EMU_PER_PT / 2)
    }

    /// This length × `numerator` / `denominator`, rounded to the nearest EMU.
    pub const fn scale(self, numerator: i64, denominator: i64) -> Self {
        Length(div_round(self.0 * numerator, denominator))
    }

    /// The length without its sign.
    pub const fn abs(self) -> Self {
        Length(self.0.abs())
    }
}

/// `a / b` to the nearest whole number, halves away from zero. `b` is positive.
pub(crate) const fn div_round(a: i64, b: i64) -> i64 {
    if a >= 0 {
        (a + b / 2) / b
    } else {
        -((-a + b / 2) / b)
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    fn mul(self, times: i64) -> Length {
        Length(self.0 * times)
    }
}

impl Div<i64> for Length {
    type Output = Length;
    fn div(self, by: i64) -> Length {
        Length(div_round(self.0, by))
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(iter: I) -> Length {
        iter.fold(Length::ZERO, Add::add)
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", self.to_pt())
    }
}

/// The sizes of Chinese type (字号) with the points that word processors give them.
pub const TYPE_SIZES: [(&str, Length); 16] = [
    ("初号", Length::pt(42)),
    ("小初", Length::pt(36)),
    ("一号", Length::pt(26)),
    ("小一", Length::pt(24)),
    ("二号", Length::pt(22)),
    ("小二", Length::pt(18)),
    ("三号", Length::pt(16)),
    ("小三", Length::pt(15)),
    ("四号", Length::pt(14)),
    ("小四", Length::pt(12)),
    ("五号", Length::emu(10 * EMU_PER_PT + EMU_PER_PT / 2)),
    ("小五", Length::pt(9)),
    ("六号", Length::emu(7 * EMU_PER_PT + EMU_PER_PT / 2)),
    ("小六", Length::emu(6 * EMU_PER_PT + EMU_PER_PT / 2)),
    ("七号", Length::emu(5 * EMU_PER_PT + EMU_PER_PT / 2)),
    ("八号", Length::pt(5)),
];

/// A distance along a line counted in characters (字): hundredths of the width of one body character, the unit of
/// `w:firstLineChars`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Chars(pub i32);

impl Chars {
    /// No distance.
    pub const ZERO: Chars = Chars(0);

    /// So many whole characters.
    pub const fn whole(count: i32) -> Self {
        Chars(count * 100)
    }

    /// The distance on a grid whose characters are `pitch` wide.
    pub const fn times(self, pitch: Length) -> Length {
        pitch.scale(self.0 as i64, 100)
    }
}

/// A distance down the page counted in lines (行): hundredths of the body's line pitch, the unit of `w:beforeLines`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Lines(pub i32);

impl Lines {
    /// No distance.
    pub const ZERO: Lines = Lines(0);

    /// So many whole lines.
    pub const fn whole(count: i32) -> Self {
        Lines(count * 100)
    }

    /// The distance on a grid whose lines are `pitch` apart.
    pub const fn times(self, pitch: Length) -> Length {
        pitch.scale(self.0 as i64, 100)
    }
}

/// What is wrong with a written length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// The text is a number and nothing else.
    #[error("“{0}” has no unit")]
    Missing(String),
    /// The text has no unit that is known here.
    #[error("“{0}” has no known unit")]
    Unit(String),
    /// The text ends in 号 but is none of the sizes of Chinese type.
    #[error("there is no type size “{0}”")]
    TypeSize(String),
    /// The text before the unit is not a finite number.
    #[error("“{0}” does not begin with a number")]
    Number(String),
    /// The number is beyond any page.
    #[error("“{0}” is too large")]
    Range(String),
}

/// Reads a length as profiles write it: `"16pt"`, `"37mm"`, `"2.5cm"` or a type size such as `"三号"` or `"3号"`.
///
/// # Errors
/// When the unit is unknown or the number is not one.
pub fn parse_length(text: &str) -> Result<Length, UnitError> {
    let text = text.trim();
    if let Some(size) = type_size(text) {
        return Ok(size);
    }
    for (unit, mm) in [("mm", 1.0), ("毫米", 1.0), ("cm", 10.0), ("厘米", 10.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return Ok(Length::from_mm(number_before_unit(number, text)? * mm));
        }
    }
    match text.strip_suffix("pt").or_else(|| text.strip_suffix('磅')) {
        Some(number) => Ok(Length::from_pt(number_before_unit(number, text)?)),
        None if text.ends_with('号') => Err(UnitError::TypeSize(text.to_owned())),
        None => Err(no_unit(text)),
    }
}

/// The points of a size of Chinese type: `三号`, or `3号` and `小3` as GB/T 9704 itself writes them.
fn type_size(text: &str) -> Option<Length> {
    let in_words: String = text
        .chars()
        .map(|c| match c {
            '1'..='8' => ['一', '二', '三', '四', '五', '六', '七', '八'][c as usize - '1' as usize],
            c => c,
        })
        .collect();
    let name = match in_words.strip_prefix('小') {
        Some(_) => in_words.trim_end_matches('号'),
        None => in_words.as_str(),
    };
    TYPE_SIZES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, size)| *size)
}

/// Reads a distance in characters: `"2字"`.
///
/// # Errors
/// When the unit is not 字 or the number is not one.
pub fn parse_chars(text: &str) -> Result<Chars, UnitError> {
    hundredths(text, '字').map(Chars)
}

/// Reads a distance in lines: `"1行"`.
///
/// # Errors
/// When the unit is not 行 or the number is not one.
pub fn parse_lines(text: &str) -> Result<Lines, UnitError> {
    hundredths(text, '行').map(Lines)
}

fn hundredths(text: &str, unit: char) -> Result<i32, UnitError> {
    let text = text.trim();
    let number = text.strip_suffix(unit).ok_or_else(|| no_unit(text))?;
    Ok((number_before_unit(number, text)? * 100.0).round() as i32)
}

fn no_unit(text: &str) -> UnitError {
    if text.parse::<f64>().is_ok() {
        UnitError::Missing(text.to_owned())
    } else {
        UnitError::Unit(text.to_owned())
    }
}

fn number_before_unit(number: &str, whole: &str) -> Result<f64, UnitError> {
    let value: f64 = match number.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => value,
        _ => return Err(UnitError::Number(whole.to_owned())),
    };
    // Beyond any page, and far below where EMU arithmetic could overflow.
    if value.abs() < 10_000.0 {
        Ok(value)
    } else {
        Err(UnitError::Range(whole.to_owned()))
    }
}

/// A size of type as a profile's author would write it: by its name if it has one.
pub fn type_size_as_written(size: Length) -> String {
    TYPE_SIZES
        .iter()
        .find(|(_, known)| *known == size)
        .map_or_else(|| length_as_written(size), |(name, _)| (*name).to_owned())
}

/// A length as a profile's author would write it: the shortest exact form in points or millimetres.
pub fn length_as_written(length: Length) -> String {
    let exact = |value: f64, unit: &str, back: fn(f64) -> Length| {
        (0..=6)
            .map(|digits| format!("{value:.digits$}"))
            .find(|text| text.parse().is_ok_and(|value| back(value) == length))
            .map(|text| format!("{text}{unit}"))
    };
    let points = exact(length.to_pt(), "pt", Length::from_pt);
    let millimetres = exact(length.to_mm(), "mm", Length::from_mm);
    match (points, millimetres) {
        (Some(points), Some(millimetres)) if millimetres.len() < points.len() => millimetres,
        (Some(points), _) => points,
        (None, Some(millimetres)) => millimetres,
        // Six decimals of a point are finer than an EMU, so one of them was exact.
        (None, None) => format!("{}pt", length.to_pt()),
    }
}

/// A distance in characters as a profile's author would write it.
pub fn chars_as_written(chars: Chars) -> String {
    format!("{}字", f64::from(chars.0) / 100.0)
}

/// A distance in lines as a profile's author would write it.
pub fn lines_as_written(lines: Lines) -> String {
    format!("{}行", f64::from(lines.0) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths() {
        assert_eq!(parse_length("16pt"), Ok(Length::pt(16)));
        assert_eq!(parse_length("三号"), Ok(Length::pt(16)));
        assert_eq!(parse_length("34.58mm").map(Length::to_twips), Ok(1960));
        assert_eq!(parse_length("-0.25pt").map(Length::to_twips), Ok(-5));
        assert_eq!(parse_length("2.8cm"), Ok(Length::mm(28)));
        assert_eq!(parse_chars("2字"), Ok(Chars::whole(2)));
        assert_eq!(parse_lines("1.5行"), Ok(Lines(150)));
        assert_eq!(parse_length("3号"), Ok(Length::pt(16)));
        assert_eq!(parse_length("小2号"), Ok(Length::pt(18)));
        assert_eq!(parse_length("小二"), Ok(Length::pt(18)));
        assert_eq!(parse_length("26毫米"), Ok(Length::mm(26)));
    }

    #[test]
    fn refuses_what_is_no_length() {
        for text in ["16", "16px", "", "pt", "NaNpt", "infmm", "1e9pt", "三 号"] {
            assert!(parse_length(text).is_err(), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let missing = |text: &str| UnitError::Missing(text.to_owned());
        assert_eq!(parse_length("16"), Err(missing("16")));
        assert_eq!(parse_chars("2"), Err(missing("2")));
        assert_eq!(parse_length("九号"), Err(UnitError::TypeSize("九号".to_owned())));
        assert_eq!(parse_length("1e9pt"), Err(UnitError::Range("1e9pt".to_owned())));
        assert_eq!(parse_length("infpt"), Err(UnitError::Number("infpt".to_owned())));
    }

    #[test]
    fn writes_what_reads_back_the_same() {
        for (text, written) in [
            ("28.95pt", "28.95pt"),
            ("34.58mm", "34.58mm"),
            ("三号", "16pt"),
            ("-0.25pt", "-0.25pt"),
            ("20pt", "20pt"),
            ("0mm", "0pt"),
        ] {
            let length = parse_length(text).unwrap();
            assert_eq!(length_as_written(length), written);
            assert_eq!(parse_length(written), Ok(length));
        }
        for emu in [1, -1, 12_345_677, 635, 127, -31_751] {
            let length = Length::emu(emu);
            assert_eq!(parse_length(&length_as_written(length)), Ok(length), "{emu}");
        }
        assert_eq!(type_size_as_written(Length::pt(16)), "三号");
        assert_eq!(type_size_as_written(Length::pt(20)), "20pt");
        assert_eq!(chars_as_written(Chars(150)), "1.5字");
        assert_eq!(lines_as_written(Lines::whole(2)), "2行");
    }

    #[test]
    fn rounds_halves_away_from_zero() {
        assert_eq!(Length::emu(318).to_twips(), 1);
        assert_eq!(Length::emu(-318).to_twips(), -1);
        assert_eq!(Length::emu(317).to_twips(), 0);
        assert_eq!(Length::from_pt(10.5).to_half_points(), 21);
    }
}
