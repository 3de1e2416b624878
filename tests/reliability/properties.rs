//! What holds for every text: found by proptest, which makes texts of all that speeches and documents are made of.

use std::fs;

use hongtou::convert::{Converted, Format, ReadOptions, read};
use hongtou::normalize::FixLevel;
use hongtou::{convert, source};
use proptest::prelude::*;

use super::program::{command, finish, folder, tree};
use super::promises;
use crate::produce;
use crate::readers::docx::Docx;
use crate::roundtrip::text;
use crate::samples;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Text of characters of every kind, odd ones among them.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => text(),
        1 => "[\u{200b}-\u{200f}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}\u{ad}]{1,3}",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}]{1,3}",
        1 => "[\u{e000}-\u{e010}\u{fffd}\u{fffe}\u{ffff}\u{fdd0}]",
        1 => "[\u{300}-\u{30f}\u{fe00}-\u{fe0f}]{1,3}",
        1 => "[😀-😎👨👩🏻]{1,2}",
        1 => "(&nbsp;|&#12288;|&lt;|&amp;|<p>|\\{#标题\\}|---|title: 甲|\\|)",
        1 => "\\PC{1,8}",
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        promises::decode(&bytes);
    }

    #[test]
    fn any_text_is_parsed_whole_and_corrected_once(text in odd_text()) {
        promises::parse(text.as_bytes());
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same(text in text()) {
        prop_assume!(text.chars().filter(|c| *c as u32 > 0x4e00).count() > 20);
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
        for (encoding, bytes) in [
            ("UTF-8", text.clone().into_bytes()),
            ("UTF-16LE", utf16(u16::to_le_bytes)),
            ("UTF-16BE", utf16(u16::to_be_bytes)),
        ] {
            let decoded = source::decode(&bytes, None).unwrap();
            prop_assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), encoding));
        }
        prop_assert_eq!(&source::decode(&gb18030, Some("gb18030")).unwrap().text, &text);
    }

    #[test]
    fn findings_and_edits_stand_inside_the_text(text in odd_text()) {
        for fix in [FixLevel::None, FixLevel::Safe, FixLevel::All] {
            let options = ReadOptions { fix, ..ReadOptions::default() };
            if let Ok(reading) = read(text.as_bytes(), &options) {
                promises::inside(&reading.text, &reading.diagnostics, &reading.edits);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn every_glyph_has_a_place(text in odd_text()) {
        promises::layout(text.as_bytes(), &produce::options("speech").fonts);
    }

    #[test]
    fn a_docx_holds_any_text(text in odd_text()) {
        promises::docx(text.as_bytes(), &produce::options("speech").fonts);
    }

    #[test]
    fn a_pdf_holds_any_text(text in odd_text()) {
        promises::pdf(text.as_bytes(), &produce::options("speech").fonts);
    }

    #[test]
    fn the_corrected_text_has_nothing_left_to_correct(text in text()) {
        prop_assume!(!text.trim().is_empty());
        let (once, again) = corrected_twice(text.as_bytes());
        prop_assert!(again.reading.edits.is_empty(), "{:?}", again.reading.edits);
        // Which lines belong together may look otherwise now that their marks are right; what they say may not.
        let said = |made: &Converted| {
            let text = Docx::open(&made.outputs[0].1).text();
            text.chars().filter(|c| !c.is_whitespace()).collect::<String>()
        };
        prop_assert_eq!(said(&again), said(&once));
    }
}

/// What a clerk would do: the conversion of a text, and that of the text with its corrections put in and saved.
fn corrected_twice(bytes: &[u8]) -> (Converted, Converted) {
    let mut options = produce::options("speech");
    options.read.fix = FixLevel::Safe;
    options.formats = vec![Format::Docx];
    let once = convert(bytes, &options).unwrap();
    let corrected = promises::edited(&once.reading.text, &once.reading.edits);
    let again = convert(corrected.as_bytes(), &options).unwrap();
    (once, again)
}

#[test]
fn a_corrected_sample_converted_again_gives_the_same_bytes() {
    for sample in samples::all() {
        let (once, again) = corrected_twice(&sample.bytes);
        assert!(
            again.reading.edits.is_empty(),
            "{}: {:?}",
            sample.name,
            again.reading.edits
        );
        assert!(once.outputs == again.outputs, "{}: other bytes", sample.name);
    }
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let folder = folder("thread-bytes");
    fs::create_dir(folder.join("in")).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for index in 0..24 {
        let tree = text().new_tree(&mut runner).unwrap();
        let made = format!("同志们：\n{}", proptest::strategy::ValueTree::current(&tree));
        fs::write(folder.join(format!("in/{index:02}.txt")), made).unwrap();
    }
    for jobs in ["1", "2", "5"] {
        let out = format!("out{jobs}");
        finish(command(
            &folder,
            &[
                "convert", "in", "-o", &out, "-j", jobs, "--quiet", "--fonts", "bundled",
            ],
        ))
        .says(0, &[]);
    }
    let names = tree(&folder.join("out1"));
    assert_eq!(names.len(), 48);
    for name in names {
        let one = fs::read(folder.join("out1").join(&name)).unwrap();
        for other in ["out2", "out5"] {
            assert!(
                fs::read(folder.join(other).join(&name)).unwrap() == one,
                "{name} in {other}"
            );
        }
    }
}
