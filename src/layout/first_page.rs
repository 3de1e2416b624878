//! The first page of a letter, which ends at a rule of its own (GB/T 9704-2012 §10.1).
//!
//! The standard says how far below the upper rule the text begins and how far above the lower one its last line ends;
//! between them whole lines seldom fit. So the lines of text are set a hair closer or wider on this page, by no more than
//! half a line in all, and head, title and tables are left as they are. A page that ends earlier, with its text or before
//! a heading, has no line above the rule, and is not touched. The one rule kept here: lines keep their order and their
//! number.

use super::page::{Content, FlowLine};
use crate::model::Role;
use crate::profile::Profile;
use crate::style::FirstPage;
use crate::units::Length;

/// The most a line may be set closer or wider, in hundredths of the pitch: a page with few lines of text stays as it is
/// rather than show it.
const MOST: i64 = 10;

/// The height of the text on the first page, which begins at `top`: to the lower margin or, where the em box of its last
/// line is to end at `bottom`, to there and half a line beyond.
pub(super) fn room(top: Length, bottom: Option<Length>, profile: &Profile) -> Length {
    let page = &profile.page;
    match bottom {
        Some(bottom) => bottom + half_leading(profile) + profile.grid.line_pitch / 2 - top,
        None => page.top + page.text_height() - top,
    }
}

/// Moves the lines of the first page, which begins at `top`, so that the em box of the last ends at `bottom`, when it is
/// no further from there than half a line.
pub(super) fn fill(
    lines: &mut [FlowLine],
    top: Length,
    bottom: Length,
    profile: &Profile,
) -> Option<FirstPage> {
    let pitch = profile.grid.line_pitch;
    let is_text = |line: &FlowLine| line.pitch == pitch && matches!(line.content, Content::Line(_));
    let is_beside = |line: &FlowLine| line.space_before < Length::ZERO;
    let last = lines.last().filter(|line| is_text(line))?;
    let paragraphs = last.paragraph + 1;
    let end = lines
        .iter()
        .enumerate()
        .map(|(i, line)| line.pitch + if i == 0 { Length::ZERO } else { line.space_before })
        .fold(top, |end, height| end + height)
        - half_leading(profile);
    let missing = bottom - end;
    let half = pitch / 2;
    if missing < -half || missing > half {
        return None;
    }
    let count = lines
        .iter()
        .filter(|line| is_text(line) && !is_beside(line))
        .count() as i64;
    // The last line moves by the whole of what the lines before it gain, and by half of its own gain.
    let gain = missing * 2 / (2 * count - 1);
    let most = pitch.scale(MOST, 100);
    if gain > most || gain < -most {
        return None;
    }
    for line in lines.iter_mut().filter(|line| is_text(line)) {
        if is_beside(line) {
            line.space_before -= gain;
        }
        line.pitch += gain;
        line.baseline += gain / 2;
    }
    Some(FirstPage {
        paragraphs,
        line_pitch: pitch + gain,
    })
}

/// From the lower edge of a line's em box to that of its line box.
fn half_leading(profile: &Profile) -> Length {
    (profile.grid.line_pitch - profile.element(Role::Body).character.size) / 2
}
