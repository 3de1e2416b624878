//! Is it right? Numbers typed from the standard, measured in our own outputs.
//!
//! No number here comes from a profile: a profile that strays from the standard fails. Clauses are those of
//! GB/T 9704-2012 unless another standard is named.

mod docx;
mod formats;
mod ledger;
mod pdf;
mod profiles;

/// 28 mm: the left margin 订口 (5.2.1).
const LEFT: f64 = 28.0;
/// 156 mm: the width of the type area 版心 (5.2.1).
const WIDTH: f64 = 156.0;
/// The width of one character (字): 28 in 156 mm (5.2.3).
const CHARACTER: f64 = WIDTH / 28.0;
/// 37 mm: the top margin 天头 (5.2.1).
const TOP: f64 = 37.0;
/// 262 mm: the bottom of the type area, 225 mm below its top (5.2.1).
const BOTTOM: f64 = TOP + 225.0;
/// 三号 as word processors have it, in pt.
const SIZE_3: f64 = 16.0;
/// 二号.
const SIZE_2: f64 = 22.0;
/// 四号.
const SIZE_4: f64 = 14.0;
/// Millimetres in a point.
const MM_PER_PT: f64 = 25.4 / 72.0;

fn assert_near(what: &str, measured: f64, expected: f64, tolerance: f64) {
    assert!(
        (measured - expected).abs() <= tolerance,
        "{what}: {measured:.3}, expected {expected:.3} ± {tolerance}"
    );
}
