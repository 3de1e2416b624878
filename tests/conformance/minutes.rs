//! 纪要格式 (10.3).

use super::pdf::{em_bottom, em_top, line};
use super::{CHARACTER, LEFT, TOP, assert_blank_lines, assert_near};
use crate::produce::official;

#[test]
fn clause_10_3_the_mark_begins_35_mm_below_the_type_areas_edge() {
    let pdf = official("minutes").pdf();
    let mark = line(&pdf, "云溪县人民政府常务会议纪要");
    assert_near("upper edge", em_top(&mark), TOP + 35.0, 1.0);
    assert!(mark.glyphs.iter().all(|glyph| glyph.color[0] > 0.9));
}

#[test]
fn clause_10_3_those_present_are_named_a_line_below_the_text() {
    let pdf = official("minutes").pdf();
    let lines: Vec<_> = pdf.pages.iter().flat_map(|page| page.lines()).collect();
    let at = |start: &str| {
        lines
            .iter()
            .position(|line| line.text().starts_with(start))
            .unwrap()
    };
    let present = &lines[at("出席：")];
    let above = &lines[at("出席：") - 1];
    if above.y() < present.y() {
        assert_blank_lines("above 出席", em_top(present) - em_bottom(above), 1.0);
    }
    for label in ["出席：", "请假：", "列席："] {
        let found = &lines[at(label)];
        assert_near("left edge", found.left(), LEFT + 2.0 * CHARACTER, 0.5);
        let fonts: Vec<&str> = found.glyphs.iter().map(|glyph| glyph.font.as_str()).collect();
        assert!(
            fonts[..3].iter().all(|font| *font == "NotoSansSC-Regular"),
            "{fonts:?}"
        );
        assert_eq!(fonts[3], "ZhuqueFangsong-Regular");
    }
    // Names go on under the first one.
    let next = &lines[at("出席：") + 1];
    assert_near("second line", next.left(), present.glyphs[3].x, 0.3);
}
