//! 命令（令）格式 (10.2).

use super::pdf::{em_bottom, em_top, line};
use super::{CHARACTER, LEFT, TOP, WIDTH, assert_blank_lines, assert_near};
use crate::produce::official;

#[test]
fn clause_10_2_the_mark_begins_20_mm_below_the_type_areas_edge() {
    let pdf = official("order").pdf();
    let mark = line(&pdf, "云溪县人民政府令");
    assert_near("upper edge", em_top(&mark), TOP + 20.0, 1.0);
    assert_near(
        "middle",
        (mark.left() + mark.right()) / 2.0,
        LEFT + WIDTH / 2.0,
        1.0,
    );
    assert!(pdf.pages[0].rules.is_empty());
}

#[test]
fn clause_10_2_number_and_text_follow_each_after_two_lines() {
    let pdf = official("order").pdf();
    let (mark, number, text) = (
        line(&pdf, "云溪县人民政府令"),
        line(&pdf, "第5号"),
        line(&pdf, "《云溪县城市供水"),
    );
    assert_blank_lines("number", em_top(&number) - em_bottom(&mark), 2.0);
    assert_near(
        "middle",
        (number.left() + number.right()) / 2.0,
        LEFT + WIDTH / 2.0,
        1.0,
    );
    assert_blank_lines("text", em_top(&text) - em_bottom(&number), 2.0);
    // An opening mark is half a character wide at the beginning of a paragraph or stands whole two characters in.
    assert_near(
        "indent",
        text.left(),
        LEFT + 2.0 * CHARACTER,
        CHARACTER / 2.0 + 0.3,
    );
}

#[test]
fn clause_10_2_the_docx_says_the_same() {
    let docx = official("order").docx();
    let document = docx.part("word/document.xml");
    let first = document.all("w:p")[0];
    // From the margin, 34.58 mm, to 57 mm above an em box of 42 pt in a line of 52 pt.
    let before = first.only("w:spacing").number("w:before") / 20.0;
    assert_near(
        "upper edge",
        34.58 + (before + 5.0) * super::MM_PER_PT,
        TOP + 20.0,
        1.0,
    );
}
