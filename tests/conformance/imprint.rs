//! 版记 (7.4) and the pages it stands on.

use super::pdf::{em_bottom, em_top, line};
use super::{BOTTOM, CHARACTER, LEFT, SIZE_4, WIDTH, assert_near};
use crate::produce::{official, outputs};
use crate::readers::docx::Element;
use crate::readers::pdf::PdfRule;

const RIGHT: f64 = LEFT + WIDTH;

/// A document with 版记 of which the text has `lines` lines in one paragraph.
fn document(lines: usize) -> String {
    let body = "做好节水工作是全县上下共同的责任必须持之以恒抓紧抓实抓出成效".repeat(lines);
    format!(
        "青山县人民政府文件\n青政发〔2026〕3号\n关于节水的通知\n各乡镇人民政府：\n{body}。\n青山县人民政府\n2026年3月5日\n抄送：县委办公室。\n青山县人民政府办公室　2026年3月6日印发\n"
    )
}

#[test]
fn clause_7_4_1_rules_are_as_wide_as_the_type_area_thick_at_both_ends() {
    let pdf = official("notice").pdf();
    let rules: &[PdfRule] = &pdf.pages[3].rules;
    let thickness: Vec<f64> = rules.iter().map(|rule| rule.bottom - rule.top).collect();
    assert_eq!(thickness.len(), 3);
    for (found, wanted) in thickness.iter().zip([0.35, 0.25, 0.35]) {
        assert_near("thickness", *found, wanted, 0.01);
    }
    for rule in rules {
        assert_near("left end", rule.left, LEFT, 0.2);
        assert_near("right end", rule.right, RIGHT, 0.2);
        assert_eq!(rule.color, [0.0; 3]);
    }
}

#[test]
fn clause_7_4_1_the_last_rule_lies_on_the_lower_edge_of_the_type_area() {
    for name in ["notice", "joint-notice", "minutes"] {
        let pdf = official(name).pdf();
        let rules = &pdf.pages.last().unwrap().rules;
        assert_near(name, rules.last().unwrap().bottom, BOTTOM, 0.4);
        let first = pdf.pages.last().unwrap().lines();
        let element = first
            .iter()
            .find(|line| line.text().starts_with("抄送") || line.text().contains("印发"));
        assert!(
            rules[0].bottom <= em_top(element.unwrap()),
            "above the first element"
        );
    }
}

#[test]
fn clause_7_4_2_copies_are_named_in_size_4_one_character_in_and_hang_below_their_first() {
    let pdf = official("notice").pdf();
    let first = line(&pdf, "抄送：");
    assert_near("size", first.glyphs[0].size, SIZE_4, 0.01);
    assert_near("left edge", first.left(), LEFT + CHARACTER, 0.8);
    assert!(first.right() < RIGHT - CHARACTER + 0.8);
    let lines = pdf.pages[3].lines();
    let at = lines
        .iter()
        .position(|line| line.text().starts_with("抄送："))
        .unwrap();
    assert_near("second line", lines[at + 1].left(), first.glyphs[3].x, 0.3);
    assert!(lines[at + 1].text().ends_with('。'));
}

#[test]
fn clause_7_4_3_office_and_date_stand_at_both_ends_of_a_line() {
    let pdf = official("notice").pdf();
    let found = line(&pdf, "云溪县人民政府办公室");
    assert_eq!(found.text(), "云溪县人民政府办公室2026年11月6日印发");
    assert_near("size", found.glyphs[0].size, SIZE_4, 0.01);
    assert_near("left edge", found.left(), LEFT + CHARACTER, 0.8);
    assert_near("right edge", found.right(), RIGHT - CHARACTER, 0.8);
    // A thin rule parts it from 抄送.
    let rule = pdf.pages[3].rules[1];
    assert!(rule.bottom <= em_top(&found));
    assert!(rule.top >= em_bottom(&line(&pdf, "监委机关")));
}

#[test]
fn gbt_33476_2_7_3_1_the_imprint_stands_on_an_even_page() {
    for lines in [1, 6, 12, 14, 18, 22, 28, 34] {
        let pdf = outputs(document(lines).as_bytes(), "gb9704").pdf();
        assert!(
            pdf.pages.len().is_multiple_of(2),
            "{lines} lines: {} pages",
            pdf.pages.len()
        );
        let last = pdf.pages.last().unwrap();
        let text: String = last.lines().iter().map(|line| line.text()).collect();
        assert!(text.ends_with("2026年3月6日印发"), "{text}");
        assert_near("last rule", last.rules.last().unwrap().bottom, BOTTOM, 0.4);
        // Text never runs into it.
        let above = last
            .lines()
            .into_iter()
            .rfind(|line| em_bottom(line) < last.rules[0].top + 0.01);
        let all = last.lines().len();
        let in_imprint = last
            .lines()
            .iter()
            .filter(|line| em_top(line) > last.rules[0].top)
            .count();
        assert_eq!(in_imprint, 2, "{all} lines, {:?}", above.map(|line| line.text()));
    }
}

#[test]
fn clause_7_5_neither_the_imprint_nor_the_blank_page_before_it_has_a_number() {
    let numbers = |lines: usize| -> Option<Vec<bool>> {
        let pdf = outputs(document(lines).as_bytes(), "gb9704").pdf();
        let blank = pdf.pages.iter().any(|page| page.lines().is_empty());
        blank.then(|| {
            pdf.pages
                .iter()
                .map(|page| !page.artifacts().is_empty())
                .collect()
        })
    };
    let found = (8..40)
        .find_map(numbers)
        .expect("a length that leaves a blank page");
    let (text, rest) = found.split_at(found.len() - 2);
    assert!(
        text.iter().all(|numbered| *numbered) && rest == [false, false],
        "{found:?}"
    );
    // Without a blank page the page of 版记 has its number.
    let pdf = official("minutes").pdf();
    assert!(!pdf.pages.last().unwrap().artifacts().is_empty());
}

#[test]
fn clause_7_4_1_the_docx_keeps_the_imprint_at_the_foot_of_its_page() {
    let docx = official("notice").docx();
    let document = docx.part("word/document.xml");
    let frames: Vec<_> = document
        .all("w:framePr")
        .into_iter()
        .filter(|frame| frame.get("w:yAlign") == Some("bottom"))
        .collect();
    assert!(
        frames
            .iter()
            .all(|frame| frame.get("w:vAnchor") == Some("margin"))
    );
    // 156 mm.
    assert!(
        frames
            .iter()
            .all(|frame| (frame.number("w:w") - 8844.0).abs() <= 1.0)
    );
    // Rules are black paragraphs: 0.35 mm is 20 twips, 0.25 mm is 14.
    let styles = docx.part("word/styles.xml");
    let mut styles = styles.all("w:style").into_iter();
    let rule = styles
        .find(|s| s.get("w:styleId") == Some("ImprintRule"))
        .unwrap();
    assert_eq!(rule.only("w:shd").get("w:fill"), Some("000000"));
    let is_rule = |properties: &&Element| {
        let style = properties.child("w:pStyle").and_then(|style| style.get("w:val"));
        style == Some("ImprintRule")
    };
    let heights: Vec<f64> = document
        .all("w:pPr")
        .into_iter()
        .filter(is_rule)
        .map(|properties| properties.only("w:spacing").number("w:line"))
        .collect();
    assert_eq!(heights, [20.0, 14.0, 20.0]);
    // What lies below 版记 in the frame reaches from 262 mm to the margin at 297 − 32.58 mm.
    let below = document
        .all("w:pPr")
        .into_iter()
        .rfind(|properties| properties.child("w:framePr").is_some())
        .unwrap();
    let height = below.only("w:spacing").number("w:line") / 20.0 * super::MM_PER_PT;
    assert_near("below the last rule", 297.0 - 32.58 - height, BOTTOM, 0.4);
}

#[test]
fn gbt_33476_2_7_3_1_the_docx_begins_an_even_page_for_an_imprint_of_its_own() {
    let docx = official("minutes").docx();
    let document = docx.part("word/document.xml");
    let kinds: Vec<_> = document
        .all("w:sectPr")
        .into_iter()
        .map(|section| {
            section
                .child("w:type")
                .and_then(|kind| kind.get("w:val").map(str::to_owned))
        })
        .collect();
    let pages = official("minutes").pdf();
    let own = pages.pages.last().unwrap().lines().len() == 1;
    if own {
        assert_eq!(kinds, [None, Some("evenPage".to_owned())]);
    } else {
        assert_eq!(kinds, [None]);
    }
}
