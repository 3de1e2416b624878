//! 版头 (7.2): measured in the PDF, and read in the DOCX.

use hongtou::convert;

use super::pdf::{em_bottom, em_top, line};
use super::{CHARACTER, LEFT, SIZE_3, TOP, WIDTH, assert_blank_lines, assert_near, title};
use crate::produce::{official, options, outputs};
use crate::readers::pdf::{Pdf, PdfLine};

/// The right edge of the type area in mm.
const RIGHT: f64 = LEFT + WIDTH;
/// 35 mm: from the upper edge of the type area to that of the mark (7.2.4).
const MARK: f64 = 35.0;
/// One line: a character of size 3 and 7/8 of its height (3.2), as GB/T 33476.2 reckons it.
const LINE: f64 = 10.39;
/// Y 80 %, M 80 % (6.2) without a press: red 1, green and blue 1 − 0.8.
const RED: [f64; 3] = [1.0, 0.2, 0.2];

fn middle(line: &PdfLine) -> f64 {
    (line.left() + line.right()) / 2.0
}

fn is_red(color: [f64; 3]) -> bool {
    color
        .iter()
        .zip(RED)
        .all(|(found, red)| (found - red).abs() < 0.001)
}

fn notice() -> Pdf {
    official("notice").pdf()
}

#[test]
fn clause_7_2_1_the_copy_number_is_six_digits_on_the_first_line() {
    let pdf = notice();
    let found = line(&pdf, "000012");
    assert_eq!(found.text().chars().count(), 6);
    assert_near("left edge", found.left(), LEFT, 1.0);
    assert_near("upper edge", em_top(&found), TOP, 1.0);
    assert_near("size", found.glyphs[0].size, SIZE_3, 0.01);
}

#[test]
fn clause_7_2_2_the_classification_is_heiti_on_the_second_line() {
    let pdf = notice();
    let found = line(&pdf, "机密★3年");
    assert_near("left edge", found.left(), LEFT, 1.0);
    assert_near("upper edge", em_top(&found), TOP + LINE, 1.0);
    assert_eq!(found.glyphs[0].font, "NotoSansSC-Regular");
    assert_near("size", found.glyphs[0].size, SIZE_3, 0.01);
}

#[test]
fn clause_7_2_2_the_classification_stays_on_the_second_line_without_a_copy_number() {
    let text = "秘密★1年\n青山县人民政府文件\n青政发〔2026〕3号\n关于节水的通知\n各乡镇人民政府：\n现就节水工作通知如下。\n";
    let pdf = outputs(text.as_bytes(), "gb9704").pdf();
    assert_near("upper edge", em_top(&line(&pdf, "秘密")), TOP + LINE, 1.0);
}

#[test]
fn clause_7_2_3_the_urgency_is_heiti_below_the_classification() {
    let pdf = notice();
    let found = line(&pdf, "特急");
    assert_near("left edge", found.left(), LEFT, 1.0);
    assert_near("upper edge", em_top(&found), TOP + 2.0 * LINE, 1.0);
    assert_eq!(found.glyphs[0].font, "NotoSansSC-Regular");
}

#[test]
fn clause_7_2_4_the_mark_begins_35_mm_below_the_type_areas_edge() {
    // With three fields above it, with none, and in the other profiles of official documents.
    for (pdf, mark) in [
        (notice(), "云溪县人民政府文件"),
        (official("request").pdf(), "云溪县水利局文件"),
    ] {
        let found = line(&pdf, mark);
        assert_near(mark, em_top(&found), TOP + MARK, 1.0);
        assert_near("its middle", middle(&found), LEFT + WIDTH / 2.0, 1.0);
        assert!(
            found.glyphs.iter().all(|glyph| is_red(glyph.color)),
            "{mark} is red"
        );
        assert_eq!(found.glyphs[0].font, title(&notice()).glyphs[0].font);
    }
    let text = crate::samples::official_text("notice");
    for style in ["gb9704-word", "office-28pt"] {
        let pdf = outputs(text.as_bytes(), style).pdf();
        assert_near(style, em_top(&line(&pdf, "云溪县人民政府文件")), TOP + MARK, 1.0);
    }
}

#[test]
fn clause_7_2_4_joint_names_are_equally_wide_and_followed_by_their_common_word() {
    let pdf = official("joint-notice").pdf();
    let page = &pdf.pages[0];
    let marks: Vec<_> = page.glyphs.iter().filter(|glyph| is_red(glyph.color)).collect();
    let text: String = marks.iter().map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(text, "云溪县财政局云溪县教育局云溪县人力资源和社会保障局文件");
    // The leading organ first, the names below each other with common edges.
    let (names, word) = marks.split_at(text.chars().count() - 2);
    let rows: Vec<_> = names.chunk_by(|a, b| (a.y - b.y).abs() < 0.5).collect();
    assert_eq!(rows.len(), 3);
    let edges = |row: &[&crate::readers::pdf::PdfGlyph]| {
        let last = row[row.len() - 1];
        (row[0].x, last.x + last.advance)
    };
    let (left, right) = edges(rows[2]);
    for row in &rows {
        assert_near("left edge of a name", edges(row).0, left, 0.3);
        assert_near("right edge of a name", edges(row).1, right, 0.3);
    }
    // 文件 stands to the right, in the middle of their height.
    assert!(word[0].x > right);
    assert_near(
        "height of 文件",
        word[0].y,
        (rows[0][0].y + rows[2][0].y) / 2.0,
        0.3,
    );
    let whole = (left + word[1].x + word[1].advance) / 2.0;
    assert_near("middle of the mark", whole, LEFT + WIDTH / 2.0, 1.0);
    let top = rows[0][0].y - 0.88 * rows[0][0].size * super::MM_PER_PT;
    assert_near("upper edge", top, TOP + MARK, 1.0);
}

#[test]
fn clause_7_2_5_the_number_stands_two_lines_below_the_mark_in_the_middle() {
    let pdf = notice();
    let (mark, number) = (line(&pdf, "云溪县人民政府文件"), line(&pdf, "云政发〔2026〕18号"));
    assert_blank_lines("mark to number", em_top(&number) - em_bottom(&mark), 2.0);
    assert_near("its middle", middle(&number), LEFT + WIDTH / 2.0, 1.0);
    assert_near("size", number.glyphs[0].size, SIZE_3, 0.01);
}

#[test]
fn clause_7_2_5_the_number_stands_left_of_the_last_signatory_in_documents_sent_upward() {
    let pdf = official("request").pdf();
    let found = line(&pdf, "云水字〔2026〕9号");
    assert_near("one character from the left", found.left(), LEFT + CHARACTER, 0.5);
    assert!(
        found.text().ends_with("韩松"),
        "on the line of the last name: {}",
        found.text()
    );
}

#[test]
fn clause_7_2_6_signatories_are_named_in_kaiti_two_in_a_line() {
    let pdf = official("request").pdf();
    let first = line(&pdf, "签发人：");
    assert_eq!(first.text().replace('\u{3000}', ""), "签发人：周砚清林知远");
    assert_near(
        "one character from the right",
        first.right(),
        RIGHT - CHARACTER,
        0.5,
    );
    let mark = line(&pdf, "云溪县水利局文件");
    assert_blank_lines("mark to signatories", em_top(&first) - em_bottom(&mark), 2.0);
    let fonts: Vec<&str> = first.glyphs.iter().map(|glyph| glyph.font.as_str()).collect();
    assert!(
        fonts[..4].iter().all(|font| *font == "ZhuqueFangsong-Regular"),
        "{fonts:?}"
    );
    assert!(fonts[4..].iter().all(|font| font.contains("WenKai")), "{fonts:?}");
    // The third name stands under the first one.
    let second = line(&pdf, "云水字");
    let third = second.glyphs.iter().find(|glyph| glyph.text == "韩").unwrap();
    assert_near("third name", third.x, first.glyphs[4].x, 0.3);
}

#[test]
fn clause_7_2_7_a_red_rule_as_wide_as_the_type_area_4_mm_below_the_number() {
    for (name, number) in [
        ("notice", "云政发"),
        ("request", "云水字"),
        ("joint-notice", "云财发"),
    ] {
        let pdf = official(name).pdf();
        let rules: Vec<_> = pdf.pages[0]
            .rules
            .iter()
            .filter(|rule| is_red(rule.color))
            .collect();
        assert_eq!(rules.len(), 1, "{name}");
        assert_near(
            "distance",
            rules[0].top - em_bottom(&line(&pdf, number)),
            4.0,
            0.3,
        );
        assert_near("left end", rules[0].left, LEFT, 0.2);
        assert_near("right end", rules[0].right, RIGHT, 0.2);
        assert!(rules[0].artifact);
    }
}

#[test]
fn clause_7_3_1_the_title_stands_two_lines_below_the_rule() {
    for name in ["notice", "joint-notice"] {
        let pdf = official(name).pdf();
        let rule = pdf.pages[0].rules[0];
        assert_blank_lines(name, em_top(&title(&pdf)) - rule.bottom, 2.0);
    }
}

#[test]
fn clause_7_3_2_recipients_too_many_for_the_first_page_move_to_the_imprint() {
    let organs: Vec<String> = (1..=40).map(|n| format!("第{n}区人民政府")).collect();
    let text = format!(
        "---\nrecipient: {}\n---\n青山市人民政府文件\n青政发〔2026〕3号\n关于节水的通知\n现就节水工作通知如下。\n各地要抓好落实。\n青山市人民政府\n2026年3月5日\n抄送：市委办公室。\n",
        organs.join("，")
    );
    let converted = convert(text.as_bytes(), &options("gb9704")).unwrap();
    let edit = &converted.reading.edits[0];
    assert_eq!(edit.code, "recipient-to-imprint");
    assert!(edit.after.starts_with("主送：第1区人民政府，") && edit.after.ends_with("第40区人民政府。"));
    let pdf = outputs(text.as_bytes(), "gb9704").pdf();
    let first: String = pdf.pages[0].lines().iter().map(PdfLine::text).collect();
    assert!(first.contains("现就节水工作"), "{first}");
    // 主送 above 抄送, without a rule between them (7.4.2).
    let last = pdf.pages.last().unwrap();
    assert_eq!(last.rules.len(), 2);
    let to = em_top(&line(&pdf, "主送："));
    assert!(to < em_top(&line(&pdf, "抄送：")) && to > last.rules[0].bottom);
}

#[test]
fn clause_7_2_7_the_head_of_the_docx_is_placed_by_exact_lines_and_a_border() {
    let docx = official("request").docx();
    let document = docx.part("word/document.xml");
    let text = |paragraph: &crate::readers::docx::Element| -> String {
        paragraph.all("w:t").iter().map(|t| t.text.clone()).collect()
    };
    let paragraphs = document.all("w:p");
    let at = |start: &str| {
        paragraphs
            .iter()
            .position(|p| text(p).starts_with(start))
            .unwrap()
    };
    // From the margin, 34.58 mm, to the mark's line box: what is left to 72 mm above an em box of 42 pt in 52 pt.
    let mark = paragraphs[at("云溪县水利局文件")];
    let before = mark.only("w:spacing").number("w:before") / 20.0;
    let top = 34.58 + (before + (52.0 - 42.0) / 2.0) * super::MM_PER_PT;
    assert_near("upper edge of the mark", top, TOP + MARK, 1.0);
    let red = docx.part("word/styles.xml");
    let style = |id: &str| {
        let mut styles = red.all("w:style").into_iter();
        styles.find(|s| s.get("w:styleId") == Some(id)).unwrap()
    };
    assert_eq!(style("IssuerMark").only("w:color").get("w:val"), Some("FF0000"));
    let rules = document
        .all("w:pStyle")
        .into_iter()
        .filter(|s| s.get("w:val") == Some("HeadRule"));
    assert_eq!(rules.count(), 1);
    let border = style("HeadRule").only("w:pBdr").only("w:bottom");
    assert_eq!(
        (border.get("w:color"), border.get("w:sz")),
        (Some("FF0000"), Some("8"))
    );
    // 发文字号 and 签发人 stand side by side, and can be edited where they stand.
    let table = document.only("w:tbl");
    assert_eq!(table.all("w:tc").len(), 2);
    assert!(text(table).starts_with("云水字〔2026〕9号签发人："));
}
