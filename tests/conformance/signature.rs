//! Signature, date and seal (7.3.5) in the three cases.

use super::pdf::{em_bottom, em_top, line};
use super::{CHARACTER, LEFT, WIDTH, assert_blank_lines, assert_near};
use crate::produce::{official, outputs};

const RIGHT: f64 = LEFT + WIDTH;
/// One line in mm.
const LINE: f64 = 10.39;
/// The seal of a county's government or office: 42 mm to 45 mm.
const SEAL: f64 = 42.0;

#[test]
fn clause_7_3_5_1_with_a_seal_the_date_ends_four_characters_from_the_edge() {
    for (name, date) in [
        ("request", "2026年4月2日"),
        ("letter", "2026年5月6日"),
        ("joint-notice", "2026年3月7日"),
    ] {
        let pdf = official(name).pdf();
        assert_near(name, line(&pdf, date).right(), RIGHT - 4.0 * CHARACTER, 0.5);
    }
}

#[test]
fn clause_7_3_5_1_with_a_seal_the_name_is_centred_on_the_date() {
    for (name, organ, date) in [
        ("request", "云溪县水利局", "2026年4月2日"),
        ("letter", "云溪县发展和改革局", "2026年5月6日"),
        ("joint-notice", "云溪县人力资源和社会保障局", "2026年3月7日"),
    ] {
        let pdf = official(name).pdf();
        let date = line(&pdf, date);
        let page = pdf
            .pages
            .iter()
            .find(|page| page.lines().iter().any(|line| line.text() == date.text()))
            .unwrap();
        let signature = page
            .lines()
            .into_iter()
            .find(|line| line.text() == organ && line.glyphs[0].size < 20.0)
            .unwrap();
        let middle = |line: &crate::readers::pdf::PdfLine| (line.left() + line.right()) / 2.0;
        assert_near(name, middle(&signature), middle(&date), 0.5);
        assert_near("the line above", date.y() - signature.y(), LINE, 0.3);
    }
}

#[test]
fn clause_7_3_5_1_there_is_room_for_a_seal_that_begins_within_a_line_of_the_text() {
    let pdf = official("request").pdf();
    let text = em_bottom(&line(&pdf, "妥否，请批示。"));
    let date = em_bottom(&line(&pdf, "2026年4月2日"));
    // A seal of 42 mm that begins one line below the text covers signature and date.
    assert!(
        text + LINE + SEAL > date - 0.5,
        "{:.1} mm from text to date",
        date - text
    );
    assert!(
        date - text > SEAL * 0.75,
        "{:.1} mm from text to date",
        date - text
    );
}

#[test]
fn clause_7_3_5_1_seals_of_several_organs_do_not_touch() {
    let pdf = official("joint-notice").pdf();
    let page = &pdf.pages[1];
    let middles: Vec<(f64, f64)> = ["云溪县财政局", "云溪县教育局", "云溪县人力资源和社会保障局"]
        .iter()
        .map(|organ| {
            let glyphs: Vec<_> = page.glyphs.iter().filter(|glyph| !glyph.artifact).collect();
            let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
            let at = text[..text.find(organ).unwrap()].chars().count();
            let (first, last) = (glyphs[at], glyphs[at + organ.chars().count() - 1]);
            ((first.x + last.x + last.advance) / 2.0, first.y)
        })
        .collect();
    for (i, one) in middles.iter().enumerate() {
        assert!(
            one.0 - SEAL / 2.0 > LEFT - 0.5 && one.0 + SEAL / 2.0 < RIGHT + 0.5,
            "within the type area"
        );
        for other in &middles[i + 1..] {
            let apart = ((one.0 - other.0).powi(2) + (one.1 - other.1).powi(2)).sqrt();
            assert!(apart > SEAL, "{one:?} and {other:?} are {apart:.1} mm apart");
        }
    }
    // In order: 财政局 and 教育局 side by side, the last one above the date.
    assert_near("first row", middles[0].1, middles[1].1, 0.1);
    assert!(middles[0].0 < middles[1].0);
}

#[test]
fn clause_7_3_5_2_without_a_seal_a_blank_line_above_and_the_date_two_characters_in() {
    let pdf = official("notice").pdf();
    let page = &pdf.pages[1];
    let signature = page
        .lines()
        .into_iter()
        .find(|line| line.text() == "云溪县人民政府")
        .unwrap();
    let date = line(&pdf, "2026年11月5日");
    assert_near(
        "right edge of the signature",
        signature.right(),
        RIGHT - 2.0 * CHARACTER,
        0.5,
    );
    assert_near(
        "date against signature",
        date.left() - signature.left(),
        2.0 * CHARACTER,
        0.5,
    );
    let above = line(&pdf, "2.泵站完好情况统计表");
    assert_blank_lines("above the signature", em_top(&signature) - em_bottom(&above), 1.0);
}

#[test]
fn clause_7_3_5_3_with_a_stamp_it_stands_four_characters_in_below_two_blank_lines() {
    let pdf = official("order").pdf();
    let signature = line(&pdf, "县长");
    assert_near("right edge", signature.right(), RIGHT - 4.0 * CHARACTER, 0.5);
    let above = line(&pdf, "府第21次常务会议");
    assert_blank_lines("above the stamp", em_top(&signature) - em_bottom(&above), 2.0);
    // The office ends two characters before the stamp.
    let (office, name) = (&signature.glyphs[1], &signature.glyphs[2]);
    assert_eq!((office.text.as_str(), name.text.as_str()), ("长", "周"));
    assert_near(
        "office to stamp",
        name.x - office.x - CHARACTER,
        2.0 * CHARACTER,
        0.5,
    );
    let date = line(&pdf, "2026年5月12日");
    assert_near(
        "right edge of the date",
        date.right(),
        RIGHT - 4.0 * CHARACTER,
        0.5,
    );
    assert_blank_lines("stamp to date", em_top(&date) - em_bottom(&signature), 1.0);
}

#[test]
fn clause_7_3_6_notes_stand_in_brackets_two_characters_in_below_the_date() {
    for (name, note, date) in [
        ("notice", "（此件不公开）", "2026年11月5日"),
        ("request", "（联系人：", "2026年4月2日"),
    ] {
        let pdf = official(name).pdf();
        let (note, date) = (line(&pdf, note), line(&pdf, date));
        assert_near("left edge", note.left(), LEFT + 2.0 * CHARACTER, 0.5);
        assert_near("the line below", note.y() - date.y(), LINE, 0.5);
        assert!(note.text().ends_with('）'));
    }
}

#[test]
fn clause_7_3_5_5_signature_and_text_stay_together_in_the_docx_too() {
    let text = "关于节水的通知\n各乡镇人民政府：\n现就节水工作通知如下。\n特此通知。\n青山县人民政府\n2026年3月5日\n";
    let docx = outputs(text.as_bytes(), "gb9704").docx();
    let closing = docx
        .paragraphs()
        .into_iter()
        .find(|paragraph| paragraph.text.contains("特此通知"))
        .unwrap();
    assert!(closing.is_on("w:keepNext"));
}
