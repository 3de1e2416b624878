//! Is it right? Numbers typed from the standard, measured in our own outputs.
//!
//! No number here comes from a profile: a profile that strays from the standard fails. Clauses are those of
//! GB/T 9704-2012 unless another standard is named.

mod docx;
mod formats;
mod head;
mod imprint;
mod ledger;
mod letter;
mod minutes;
mod order;
mod signature;
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

/// Blank between two elements, from edge to edge: so many lines of 10.39 mm as GB/T 33476.2 measures them, or so many
/// empty lines, which have a leading (4.84 mm) more.
fn assert_blank_lines(what: &str, measured: f64, lines: f64) {
    let least = lines * 10.39 - 1.0;
    let most = lines * 10.39 + 4.84 + 1.0;
    assert!(
        (least..=most).contains(&measured),
        "{what}: {measured:.2} mm, expected {least:.2} to {most:.2}"
    );
}

/// The first line of the title on the first page.
fn title(pdf: &crate::readers::pdf::Pdf) -> crate::readers::pdf::PdfLine {
    let is_title = |line: &crate::readers::pdf::PdfLine| {
        (line.glyphs[0].size - SIZE_2).abs() < 0.01 && line.glyphs[0].color == [0.0; 3]
    };
    pdf.pages[0].lines().into_iter().find(is_title).expect("a title")
}
