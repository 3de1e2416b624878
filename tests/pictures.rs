//! Does a page still look as it did? The picture of a page of hard cases against the one that was looked at.
//!
//! `cargo xtask pictures` draws the reference anew; look at it before you commit it. Small differences of smoothing are
//! borne, a glyph that is missing or stands elsewhere is not.

use std::fs;

use hongtou::convert::Format;
use hongtou::writer::png::Resolution;
use hongtou::{Options, convert};

use crate::produce;
use crate::readers::png::Picture;
use crate::samples::root;

/// Blocks of so many pixels are compared: a character of body text at 40 pixels to the inch.
const BLOCK: usize = 9;
/// How much the mean darkness of a block may differ, of 255. A character has 50 to 90.
const TOLERANCE: u32 = 24;

fn drawn() -> Picture {
    let text = fs::read(root().join("tests/cases/layout/hard-cases.txt")).unwrap();
    let options = Options {
        formats: vec![Format::Png],
        resolution: Resolution::new(40).unwrap(),
        ..produce::options("speech")
    };
    Picture::read(&convert(&text, &options).unwrap().outputs[0].1)
}

/// Column and row of every block.
fn blocks(picture: &Picture) -> impl Iterator<Item = (usize, usize)> + use<> {
    let (columns, rows) = (picture.width / BLOCK, picture.grey.len() / picture.width / BLOCK);
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (column, row)))
}

/// The mean darkness of a block, of 255.
fn darkness(picture: &Picture, (column, row): (usize, usize)) -> u32 {
    let rows = picture.grey.chunks(picture.width).skip(row * BLOCK).take(BLOCK);
    let pixels = rows.flat_map(|row| row[column * BLOCK..].iter().take(BLOCK));
    pixels.map(|grey| 255 - u32::from(*grey)).sum::<u32>() / (BLOCK * BLOCK) as u32
}

/// The blocks whose darkness differs too much.
fn differences(a: &Picture, b: &Picture) -> Vec<(usize, usize)> {
    assert_eq!((a.width, a.grey.len()), (b.width, b.grey.len()));
    blocks(a)
        .filter(|block| darkness(a, *block).abs_diff(darkness(b, *block)) > TOLERANCE)
        .collect()
}

#[test]
fn a_page_of_hard_cases_looks_as_it_did() {
    let reference = fs::read(root().join("tests/pictures/hard-cases.png")).unwrap();
    let found = differences(&drawn(), &Picture::read(&reference));
    assert!(
        found.is_empty(),
        "blocks that look different: {found:?}; see `cargo xtask pictures`"
    );
}

#[test]
fn a_missing_or_moved_glyph_is_seen() {
    let page = drawn();
    let mut changed = page.clone();
    // About one character wiped out.
    let (column, row) = blocks(&page)
        .find(|block| darkness(&page, *block) > 2 * TOLERANCE)
        .unwrap();
    for row in row * BLOCK..(row + 1) * BLOCK {
        changed.grey[row * page.width + column * BLOCK..][..BLOCK].fill(255);
    }
    assert_eq!(differences(&page, &changed), [(column, row)]);
}
