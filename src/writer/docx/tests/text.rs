//! The text comes out character for character.

use super::reader::text;
use super::{block, profile, run_in, styled, written};
use crate::model::Role;

#[test]
fn blanks_breaks_and_marks_come_through() {
    let texts = [
        "　　两个全角空格开头，  两个半角空格  ",
        "甲\t乙\t\t丙",
        "第一行\n第二行\n\n第四行",
        "<w:p>&amp;\"引\"'号'</w:p> ]]>",
        "“引号”——破折号……𠮷\u{e000}é",
        "a\r\nb\rc",
    ];
    let document = styled(
        texts.iter().map(|text| block(Role::Body, text)).collect(),
        &profile("speech"),
    );
    let docx = written(&document);
    for (paragraph, wanted) in docx.paragraphs().into_iter().zip(texts) {
        assert_eq!(text(paragraph), wanted.replace("\r\n", "\n").replace('\r', "\n"));
        for t in paragraph.all("w:t") {
            assert_eq!(t.attribute("xml:space"), Some("preserve"));
        }
    }
}

#[test]
fn what_xml_cannot_hold_is_seen_and_harms_nothing() {
    let document = styled(
        vec![block(Role::Body, "甲\0乙\u{b}丙\u{1f}丁\u{ffff}\u{7f}")],
        &profile("speech"),
    );
    let docx = written(&document);
    assert_eq!(
        text(docx.paragraphs()[0]),
        "甲\u{fffd}乙\u{fffd}丙\u{fffd}丁\u{fffd}\u{7f}"
    );
}

#[test]
fn a_lead_is_a_run_of_its_own_in_its_paragraph() {
    let document = styled(
        vec![run_in(0, "一是领句。正文。"), run_in(2, "（二）只有领句。")],
        &profile("speech"),
    );
    let docx = written(&document);
    let runs = docx.paragraphs()[0].all("w:r");
    assert_eq!(
        runs.iter().map(|run| text(run)).collect::<Vec<_>>(),
        ["一是领句。", "正文。"]
    );
    let style = |run: &super::reader::Element| {
        let properties = run.child("w:rPr").unwrap();
        properties.value("w:rStyle").map(str::to_owned)
    };
    assert_eq!(style(runs[0]).as_deref(), Some("Lead"));
    assert_eq!(style(runs[1]), None);
    let whole = docx.paragraphs()[1].all("w:r");
    assert_eq!(style(whole[0]).as_deref(), Some("Heading2Char"));
}

#[test]
fn text_after_the_last_run_is_not_lost() {
    let mut document = styled(vec![block(Role::Body, "前后")], &profile("speech"));
    document.paragraphs[0].runs[0].len = "前".len();
    assert_eq!(text(written(&document).paragraphs()[0]), "前后");
}
