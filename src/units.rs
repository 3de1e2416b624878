//! Exact lengths and the sizes of Chinese type.
//!
//! A [`Length`] is a whole number of EMU, the unit of OOXML drawings, in which points, twips, millimetres and inches
//! are all (nearly) whole. It leaves to the writers the one rounding each of their formats needs.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Deserializer, de};

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
const fn div_round(a: i64, b: i64) -> i64 {
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

    /// The distance on a grid whose lines are `pitch` apart.
    pub const fn times(self, pitch: Length) -> Length {
        pitch.scale(self.0 as i64, 100)
    }
}

/// What is wrong with a written length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// The text has no unit that is known here.
    #[error("“{0}” has no known unit")]
    Unit(String),
    /// The text before the unit is not a finite number.
    #[error("“{0}” does not begin with a number")]
    Number(String),
}

/// Reads a length as profiles write it: `"16pt"`, `"37mm"`, `"2.5cm"` or a type size such as `"三号"`.
///
/// # Errors
/// When the unit is unknown or the number is not one.
pub fn parse_length(text: &str) -> Result<Length, UnitError> {
    let text = text.trim();
    if let Some((_, size)) = TYPE_SIZES.iter().find(|(name, _)| *name == text) {
        return Ok(*size);
    }
    for (unit, mm) in [("mm", 1.0), ("cm", 10.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return Ok(Length::from_mm(number_before_unit(number, text)? * mm));
        }
    }
    match text.strip_suffix("pt").or_else(|| text.strip_suffix('磅')) {
        Some(number) => Ok(Length::from_pt(number_before_unit(number, text)?)),
        None => Err(UnitError::Unit(text.to_owned())),
    }
}

/// Reads a distance in characters: `"2字"`.
///
/// # Errors
/// When the unit is not 字 or the number is not one.
pub fn parse_chars(text: &str) -> Result<Chars, UnitError> {
    let number = text
        .trim()
        .strip_suffix('字')
        .ok_or_else(|| UnitError::Unit(text.to_owned()))?;
    Ok(Chars((number_before_unit(number, text)? * 100.0).round() as i32))
}

/// Reads a distance in lines: `"1行"`.
///
/// # Errors
/// When the unit is not 行 or the number is not one.
pub fn parse_lines(text: &str) -> Result<Lines, UnitError> {
    let number = text
        .trim()
        .strip_suffix('行')
        .ok_or_else(|| UnitError::Unit(text.to_owned()))?;
    Ok(Lines((number_before_unit(number, text)? * 100.0).round() as i32))
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_length(&text).map_err(|error| {
            de::Error::custom(format!(
                "{error}: a length is written like \"16pt\", \"37mm\" or \"三号\""
            ))
        })
    }
}

impl<'de> Deserialize<'de> for Chars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_chars(&text).map_err(|error| {
            de::Error::custom(format!(
                "{error}: a distance in characters is written like \"2字\""
            ))
        })
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_lines(&text).map_err(|error| {
            de::Error::custom(format!("{error}: a distance in lines is written like \"1行\""))
        })
    }
}

fn number_before_unit(number: &str, whole: &str) -> Result<f64, UnitError> {
    let wrong = || UnitError::Number(whole.to_owned());
    let value: f64 = number.trim().parse().map_err(|_| wrong())?;
    // Beyond any page, and far below where EMU arithmetic could overflow.
    if value.is_finite() && value.abs() < 10_000.0 {
        Ok(value)
    } else {
        Err(wrong())
    }
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
    }

    #[test]
    fn refuses_what_is_no_length() {
        for text in ["16", "16px", "", "pt", "NaNpt", "infmm", "1e9pt", "三 号"] {
            assert!(parse_length(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rounds_halves_away_from_zero() {
        assert_eq!(Length::emu(318).to_twips(), 1);
        assert_eq!(Length::emu(-318).to_twips(), -1);
        assert_eq!(Length::emu(317).to_twips(), 0);
        assert_eq!(Length::from_pt(10.5).to_half_points(), 21);
    }
}
