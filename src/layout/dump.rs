//! Pages as text, for tests and for people who look.

use std::fmt::Write as _;

use super::{PagedDocument, PlacedLine};
use crate::profile::Ink;

/// One line for each line of text, and for each rule its edges: page, line, where it begins and where its last glyph ends in millimetres from the
/// left edge of the paper, its baseline in millimetres from the top, and its text.
///
/// ```text
/// p1 l3 x=39.14..184.00 y=68.12 |为全面…|
/// p1 rule x=28.00..184.00 y=115.12..115.48 red
/// p1 number x=98.5..112.4 y=270.7 |— 1 —|
/// ```
pub fn dump(document: &PagedDocument) -> String {
    let mut out = String::new();
    for (p, page) in document.pages.iter().enumerate() {
        for (l, line) in page.lines.iter().enumerate() {
            let text = &document.elements[line.element].text;
            describe(&mut out, &format!("p{} l{}", p + 1, l + 1), line, text);
        }
        for rule in &page.rules {
            let ink = match rule.ink {
                Ink::Black => "black",
                Ink::Red => "red",
            };
            let (right, bottom) = (rule.x + rule.width, rule.y + rule.height);
            let _ = writeln!(
                out,
                "p{} rule x={:.2}..{:.2} y={:.2}..{:.2} {ink}",
                p + 1,
                rule.x.to_mm(),
                right.to_mm(),
                rule.y.to_mm(),
                bottom.to_mm()
            );
        }
        for line in &page.repeated {
            let text = &document.elements[line.element].text;
            describe(&mut out, &format!("p{} repeated", p + 1), line, text);
        }
        if let Some((text, line)) = &page.number {
            describe(&mut out, &format!("p{} number", p + 1), line, text);
        }
    }
    out
}

fn describe(out: &mut String, name: &str, line: &PlacedLine, text: &str) {
    let mut shown = String::new();
    let (mut left, mut right) = (f64::INFINITY, 0.0_f64);
    for run in &line.runs {
        for glyph in &run.glyphs {
            let start = glyph.start as usize;
            let own = text.get(start..start + usize::from(glyph.len)).unwrap_or("?");
            shown.push_str(own);
            if !own.trim().is_empty() {
                left = left.min(glyph.x.to_mm());
                right = right.max((glyph.x + run.size.scale(i64::from(glyph.advance), 1000)).to_mm());
            }
        }
    }
    let left = if left.is_finite() { left } else { 0.0 };
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{name} x={left:.2}..{right:.2} y={:.2} |{shown}|",
        line.baseline.to_mm()
    );
}
