//! Not a character lost: the text of each output is the text of the input, white space aside.

use proptest::prelude::*;

use crate::produce::{Outputs, outputs};
use crate::samples;

#[test]
fn samples_come_back_whole() {
    for sample in samples::all() {
        let text = hongtou::source::decode(&sample.bytes, None).unwrap().text;
        for style in ["speech", "gb9704"] {
            let made = outputs(&sample.bytes, style);
            assert_eq!(first_difference(&text, &made), None, "{} {style}", sample.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_whole(text in text()) {
        prop_assume!(!text.trim().is_empty());
        let made = outputs(text.as_bytes(), "speech");
        prop_assert_eq!(first_difference(&text, &made), None);
    }

    #[test]
    fn any_text_comes_back_whole_as_an_official_document(text in text()) {
        prop_assume!(!text.trim().is_empty());
        let made = outputs(text.as_bytes(), "gb9704");
        prop_assert_eq!(first_difference(&text, &made), None);
    }
}

/// Lines as they occur in speeches and documents, and lines of nearly anything, in any order.
pub fn text() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just(""),
        Just("一、"),
        Just("十二、"),
        Just("（三）"),
        Just("1."),
        Just("（4）"),
        Just("一是"),
        Just("第二，"),
        Just("——"),
        Just("附件"),
        Just("附件："),
        Just("抄送："),
        Just("　　"),
        Just("  "),
        Just("\t"),
    ];
    let words = proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat());
    let end = prop_oneof![
        Just(""),
        Just("。"),
        Just("："),
        Just("！"),
        Just("；"),
        Just("2026年1月5日")
    ];
    let line = (number, words, end).prop_map(|(number, words, end)| format!("{number}{words}{end}"));
    let line_end = prop_oneof![4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n")];
    proptest::collection::vec((line, line_end), 1..12)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A few characters: words, marks, Latin, figures, and rare characters that only one font has.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[\u{4e00}-\u{9fa5}]{1,6}",
        3 => Just("同志们".to_owned()),
        3 => "[，。、；：？！]",
        2 => "[“”‘’（）《》〈〉〔〕【】—…·～]",
        2 => "[0-9]{1,6}",
        1 => "[A-Za-z]{1,12}",
        1 => "[!-/:-@\\[-`{-~]",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[〇①-⑩Ⅰ-Ⅻ★※○％‰℃￥０-９]",
        1 => "[镕喆堃勠犇饻⼒力]",
        1 => "[ \u{3000}]{1,3}",
    ]
}

/// Where an output's text first differs from `source`, with what stands there.
fn first_difference(source: &str, made: &Outputs) -> Option<String> {
    let expected = without_blanks(source);
    for (format, text) in [("DOCX", made.docx().text()), ("PDF", made.pdf().text())] {
        let text = without_blanks(&text);
        if text == expected {
            continue;
        }
        let same = expected
            .chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let around = |text: &str| -> String { text.chars().skip(same.saturating_sub(6)).take(14).collect() };
        return Some(format!(
            "{format} differs at character {same}: {:?} in the source, {:?} in the output",
            around(&expected),
            around(&text)
        ));
    }
    None
}

fn without_blanks(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}' | '\u{200d}' | '\u{ad}'))
        .collect()
}

#[test]
fn official_documents_read_the_same_again() {
    let roles = |text: &str| -> Vec<&'static str> {
        let parsed = hongtou::parse::parse(text, &hongtou::parse::ParseOptions::default());
        let mut roles: Vec<&str> = parsed
            .document
            .blocks
            .iter()
            .map(|block| block.role.name())
            .collect();
        // Names of several organs may be lines of one element or elements of their own.
        roles.dedup();
        roles
    };
    for name in samples::OFFICIAL {
        let source = roles(&samples::official_text(name));
        let lines: Vec<String> = crate::produce::official(name)
            .pdf()
            .tagged_text()
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert_eq!(roles(&lines.join("\n")), source, "{name}: {lines:#?}");
    }
}
