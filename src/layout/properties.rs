//! What holds for every text.

use proptest::prelude::*;

use super::breaking::{Fit, Line, Measure, Scratch, WIDEST_GAP, break_lines, spread};
use super::characters::Class;
use super::shape::{Joint, Shaped};
use super::testing::{TYPOGRAPHY, fonts, paged, shaped_with, styled};
use super::{GlyphRun, PagedDocument, layout};
use crate::model::Role;
use crate::profile::{Profile, Typography};
use crate::units::{Chars, Length};

/// Text of all that line breaking knows, characters above all.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        20 => "[天地玄黄宇宙洪荒]{1,9}",
        6 => "[，。、；：？！]",
        3 => "[“‘（《〈〔【]",
        3 => "[”’）》〉〕】]",
        2 => "——|……|—|…|·|～|／",
        3 => "[0-9]{1,6}(\\.[0-9]{1,2})?%?",
        2 => "[a-zA-Z]{1,14}",
        1 => "https://[a-z]{2,9}\\.cn(/[a-z]{1,9}){0,5}",
        1 => "[ ,.;:!?()\"'%$/-]",
        1 => "[ \u{3000}\t\u{a0}\u{200b}\u{2060}]{1,3}",
        1 => "[①℃￥々±𠮷]",
        1 => "〔20[0-9]{2}〕[0-9]{1,3}号|（[一二三]）|[一二三]、",
    ];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

fn typography(strict_line_start: bool, gap: i32) -> Typography {
    Typography {
        strict_line_start,
        han_latin_gap: Chars(gap),
        ..TYPOGRAPHY
    }
}

/// Each glyph with the width of a character in its run: the grid's pitch for 16 pt.
fn glyphs(runs: &[GlyphRun]) -> impl Iterator<Item = (Length, u16, Length, &super::Glyph)> {
    runs.iter().flat_map(|run| {
        run.glyphs
            .iter()
            .map(|glyph| (glyph.x, glyph.advance, run.size, glyph))
    })
}

fn own_text<'a>(document: &'a PagedDocument, element: usize, glyph: &super::Glyph) -> &'a str {
    let start = glyph.start as usize;
    &document.elements[element].text[start..start + usize::from(glyph.len)]
}

/// Every character but blanks is placed once and in order.
fn places_everything(document: &PagedDocument) {
    for (element, own) in document.elements.iter().enumerate() {
        let mut at = 0;
        for line in document.pages.iter().flat_map(|page| &page.lines) {
            if line.element != element {
                continue;
            }
            for (_, _, _, glyph) in glyphs(&line.runs) {
                let start = glyph.start as usize;
                assert!(start >= at, "out of order");
                assert!(
                    own.text[at..start].chars().all(is_blank_or_invisible),
                    "lost {:?}",
                    &own.text[at..start]
                );
                at = start + usize::from(glyph.len);
            }
        }
        assert!(
            own.text[at..].chars().all(is_blank_or_invisible),
            "lost {:?}",
            &own.text[at..]
        );
    }
}

fn is_blank_or_invisible(c: char) -> bool {
    c.is_whitespace() || Class::of(c) == Class::Invisible
}

/// No line is wider than the type area, or stretched beyond the limit, or has glyphs over each other.
fn fits(document: &PagedDocument, profile: &Profile) {
    let right = profile.page.width - profile.page.right;
    // 16 pt glyphs on a pitch of 15.79 pt reach that much beyond their cell.
    let tolerance = Length::from_pt(0.25);
    for line in document.pages.iter().flat_map(|page| &page.lines) {
        let mut last: Option<(Length, &str, u32)> = None;
        for (x, advance, size, glyph) in glyphs(&line.runs) {
            let text = own_text(document, line.element, glyph);
            let class = text.chars().find(|c| !is_blank_or_invisible(*c)).map(Class::of);
            let Some(class) = class else {
                last = None;
                continue;
            };
            // Where its ink can be: the blank half of a mark may lie under its neighbour.
            let width = size.scale(i64::from(advance), 1000);
            let dot = class == Class::MiddleDot;
            let left = if class.blank_left() || dot {
                x + width / 2
            } else {
                x
            };
            let right_end = x + if class.blank_right() || dot {
                width / 2
            } else {
                width
            };
            assert!(right_end <= right + tolerance, "{text} reaches {right_end:?}");
            // Blanks without glyph make distances of their own.
            if let Some((end, before, next)) = last
                && next == glyph.start
            {
                assert!(
                    left + tolerance >= end,
                    "{before}{text} overlap by {:?}",
                    end - left
                );
                // A mark's blank half, and a glyph narrower than its cell, come to less than an em besides.
                let widest = size.scale(WIDEST_GAP, 1000) + size + tolerance;
                assert!(
                    left - end <= widest,
                    "{before}{text} torn apart by {:?}",
                    left - end
                );
            }
            last = Some((right_end, text, glyph.start + u32::from(glyph.len)));
        }
    }
}

/// The lines of a justified paragraph of 28 characters, two of indent, and the room of each.
fn lines_of(shaped: &Shaped) -> Vec<(Line, i64)> {
    let room = 28 * shaped.atoms.first().map_or(1, |atom| atom.em);
    let first = room / 28 * 26;
    let measure = Measure {
        first,
        rest: room,
        justify: true,
    };
    let mut lines = Vec::new();
    break_lines(shaped, measure, &mut Scratch::default(), &mut lines);
    let rooms = std::iter::once(first).chain(std::iter::repeat(room));
    lines.into_iter().zip(rooms).collect()
}

/// No line holds more than fits when every blank is reduced, or is stretched beyond [`WIDEST_GAP`]; one that would need
/// more stays ragged, and only where no other end would do.
fn never_over_full_nor_over_stretched(text: &str, typography: &Typography) {
    let shaped = shaped_with(text, typography);
    for (line, room) in lines_of(&shaped) {
        // A paragraph without text is a line without atoms.
        let Some(em) = shaped.atoms.get(line.start).map(|atom| atom.em) else {
            continue;
        };
        let fit = Fit::of(&shaped, line.start, line.visible_end, room);
        let lone = line.visible_end - line.start <= 1;
        assert!(fit.is_possible() || lone, "over-full");
        if fit.excess <= 0 && line.last {
            continue;
        }
        if fit.excess <= 0 && fit.gap(em).is_none_or(|gap| gap > WIDEST_GAP) {
            let better = (line.start + 1..=shaped.atoms.len()).find(|end| {
                let visible = (line.start..*end)
                    .rev()
                    .find(|at| !shaped.atoms[*at].class.is_blank());
                let other = Fit::of(&shaped, line.start, visible.map_or(line.start, |at| at + 1), room);
                let allowed = shaped
                    .atoms
                    .get(*end)
                    .is_none_or(|atom| atom.joint != Joint::Never);
                let fills = other.excess >= -room / 4;
                allowed && fills && other.is_possible() && other.gap(em).is_some_and(|gap| gap <= WIDEST_GAP)
            });
            assert_eq!(
                better, None,
                "a ragged line {line:?} though there is a better end"
            );
            continue;
        }
        // What is moved adds up to the line, and nothing moves further than it may.
        let mut moved = 0;
        spread(&shaped, &line, room, |boundary, by| {
            let atom = &shaped.atoms[boundary];
            assert!(by >= -atom.slack, "taken {by} of {}", atom.slack);
            let gap = if atom.gap {
                em * WIDEST_GAP / 1000 + em / 1000 + 1
            } else {
                0
            };
            assert!(by <= atom.space + gap, "stretched by {by}");
            moved += by;
        });
        let rounding = (line.end - line.start) as i64;
        if !lone {
            assert!(
                (moved + fit.excess).abs() <= rounding,
                "{moved} for {}",
                fit.excess
            );
        }
    }
}

/// Lines end where they may, unless nowhere in them one may.
fn keeps_prohibitions(text: &str, typography: &Typography) {
    let shaped = shaped_with(text, typography);
    let lines: Vec<Line> = lines_of(&shaped).into_iter().map(|(line, _)| line).collect();
    let covered: usize = lines.iter().map(|line| line.end - line.start).sum();
    assert_eq!(covered, shaped.atoms.len());
    for line in lines.iter().filter(|line| !line.last) {
        let best_inside = shaped.atoms[line.start + 1..line.end]
            .iter()
            .map(|atom| atom.joint)
            .max();
        let own = shaped.atoms[line.end].joint;
        assert!(
            own != Joint::Never || best_inside.is_none_or(|best| best == Joint::Never),
            "a line ends before {:?}",
            shaped.atoms[line.end].c
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_set_whole_within_the_margins(
        text in text(),
        role in prop::sample::select(vec![
            Role::Body, Role::Title, Role::Heading1, Role::Byline, Role::Signature, Role::Cc, Role::Other,
        ]),
        name in prop::sample::select(vec!["speech", "gb9704", "speech-podium"]),
    ) {
        let document = styled(name, &[(role, &text)]);
        let paged = layout(&document, fonts()).unwrap();
        places_everything(&paged);
        fits(&paged, &document.profile);
        prop_assert_eq!(&paged, &layout(&document, fonts()).unwrap());
    }

    #[test]
    fn prohibitions_hold(text in text(), strict: bool, gap in 0..=50) {
        keeps_prohibitions(&text, &typography(strict, gap));
    }

    #[test]
    fn lines_are_never_over_full_nor_stretched_beyond_the_limit(text in text(), strict: bool, gap in 0..=50) {
        never_over_full_nor_over_stretched(&text, &typography(strict, gap));
    }

    #[test]
    fn pages_hold_at_most_22_lines_and_all_of_them(
        lengths in prop::collection::vec((0usize..7, 1usize..400), 1..40),
    ) {
        const ROLES: [Role; 7] = [
            Role::Body, Role::Heading1, Role::Heading2, Role::Signature, Role::Date, Role::AttachmentLabel, Role::Note,
        ];
        let texts: Vec<(Role, String)> = lengths
            .iter()
            .map(|(role, length)| (ROLES[*role], super::testing::characters(*length)))
            .collect();
        let paragraphs: Vec<(Role, &str)> = texts.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let document = paged("speech", &paragraphs);
        places_everything(&document);
        for page in &document.pages {
            prop_assert!((1..=22).contains(&page.lines.len()));
        }
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone_in_speeches(
        lengths in prop::collection::vec((0usize..4, 1usize..400), 1..40),
        name in prop::sample::select(vec!["speech", "speech-podium"]),
    ) {
        const ROLES: [Role; 4] = [Role::Body, Role::Body, Role::Body, Role::Heading2];
        let texts: Vec<(Role, String)> = lengths
            .iter()
            .map(|(role, length)| (ROLES[*role], super::testing::characters(*length)))
            .collect();
        let paragraphs: Vec<(Role, &str)> = texts.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let document = paged(name, &paragraphs);
        let mut lines_of = vec![0; document.elements.len()];
        for line in document.pages.iter().flat_map(|page| &page.lines) {
            lines_of[line.element] += 1;
        }
        for page in &document.pages {
            for line in page.lines.first().into_iter().chain(page.lines.last()) {
                let here = page.lines.iter().filter(|other| other.element == line.element).count();
                prop_assert!(here > 1 || lines_of[line.element] == 1, "one of {} lines", lines_of[line.element]);
            }
        }
    }
}
