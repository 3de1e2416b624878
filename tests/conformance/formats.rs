//! What GB/T 9704 says of every official document, measured for every official profile: the common format, its variant
//! for word processors, and the special formats.

use super::{BOTTOM, CHARACTER, LEFT, MM_PER_PT, SIZE_2, SIZE_3, TOP, WIDTH, assert_near};
use crate::produce::sample;
use crate::readers::docx::Docx;
use crate::readers::pdf::{Pdf, PdfGlyph, PdfLine, PdfPage};

/// The profiles that promise GB/T 9704 for a notice: all but those of speeches and of the habit of 28 pt.
fn official() -> Vec<&'static str> {
    let known = ["gb9704", "gb9704-word"];
    hongtou::profile::builtin_names()
        .filter(|name| known.contains(name))
        .collect()
}

/// 7/8 of the height of 三号 (3.2), by the size word processors give it.
const LEADING: f64 = SIZE_3 * MM_PER_PT * 7.0 / 8.0;

fn lines(pdf: &Pdf) -> Vec<PdfLine> {
    pdf.pages.iter().flat_map(PdfPage::lines).collect()
}

fn is_hanzi(glyph: &PdfGlyph) -> bool {
    glyph.text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn clause_3_1_a_character_is_as_wide_as_one_28th_of_the_type_area() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let mut measured = 0;
        // Lines that nothing stretches or squeezes: the last ones of paragraphs.
        for line in lines(&pdf)
            .iter()
            .filter(|line| line.right() < LEFT + WIDTH - 2.0 * CHARACTER)
        {
            let same = |pair: &&[PdfGlyph]| {
                pair.iter()
                    .all(|glyph| is_hanzi(glyph) && (glyph.size - SIZE_3).abs() < 0.01)
            };
            for pair in line.glyphs.windows(2).filter(same) {
                assert_near("字", pair[1].x - pair[0].x, 156.0 / 28.0, 0.02);
                measured += 1;
            }
        }
        assert!(measured > 200, "{style}: {measured} pairs");
    }
}

#[test]
fn clause_3_2_a_line_is_a_character_and_seven_eighths_of_one_high() {
    // 10.39 mm in GB/T 33476.2, from a 三号 of 5.54 mm; word processors' 三号 is 5.64 mm high.
    let line_height = SIZE_3 * MM_PER_PT + LEADING;
    for (style, tolerance) in [("gb9704", 0.15), ("gb9704-word", 0.4)] {
        let pdf = sample("request", style).pdf();
        let page = &pdf.pages[1].lines();
        for pair in page.windows(2) {
            assert_near("行", pair[1].y() - pair[0].y(), line_height, tolerance);
        }
    }
}

#[test]
fn clause_5_1_paper_is_a4_in_every_official_profile() {
    for style in official() {
        let made = sample("request", style);
        for page in &made.pdf().pages {
            assert_near("width", page.width, 210.0, 0.1);
            assert_near("height", page.height, 297.0, 0.1);
        }
        let document = made.docx().part("word/document.xml");
        for size in document.all("w:pgSz") {
            assert_near("width", size.number("w:w") / 1440.0 * 25.4, 210.0, 0.05);
            assert_near("height", size.number("w:h") / 1440.0 * 25.4, 297.0, 0.05);
            assert_eq!(size.get("w:orient"), None);
        }
    }
}

#[test]
fn clause_5_2_1_left_and_right_edges_stand_at_28_and_184_mm_in_every_official_profile() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let lines = lines(&pdf);
        let left = lines.iter().map(PdfLine::left).fold(f64::MAX, f64::min);
        assert_near("left edge", left, 28.0, 1.0);
        // Full lines that end in a character reach the right edge.
        let full: Vec<&PdfLine> = lines
            .iter()
            .filter(|line| line.glyphs.last().is_some_and(is_hanzi) && line.right() > 180.0)
            .collect();
        assert!(full.len() > 5, "{style}: {} full lines", full.len());
        for line in full {
            assert_near("right edge", line.right(), 184.0, 1.0);
        }
    }
}

#[test]
fn clause_5_2_1_no_page_of_text_begins_above_37_or_ends_below_262_mm() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        for line in lines(&pdf) {
            let size = line.glyphs[0].size * MM_PER_PT;
            assert!(line.y() - 0.88 * size > TOP - 1.0, "{style}: {}", line.text());
            assert!(line.y() + 0.12 * size < BOTTOM + 1.0, "{style}: {}", line.text());
        }
    }
}

#[test]
fn clause_5_2_2_body_and_headings_are_of_size_3_in_every_official_profile() {
    for style in official() {
        let docx = sample("request", style).docx();
        for (start, font) in [
            ("随着城南新区", "仿宋_GB2312"),
            ("一、建设的必要性", "黑体"),
            ("1.恳请县人民政府", "仿宋_GB2312"),
            ("妥否", "仿宋_GB2312"),
            ("云溪县人民政府：", "仿宋_GB2312"),
        ] {
            for run in paragraph(&docx, start).runs() {
                assert_eq!(
                    run.property("w:rFonts", "w:eastAsia").as_deref(),
                    Some(font),
                    "{style}: {start}"
                );
                assert_eq!(
                    run.property("w:sz", "w:val").as_deref(),
                    Some("32"),
                    "{style}: {start}"
                );
                assert!(!run.is_on("w:b"), "{style}: {start} is bold");
            }
        }
    }
}

#[test]
fn clause_5_2_4_ink_is_black_or_the_red_of_the_standard() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        for line in lines(&pdf) {
            for glyph in &line.glyphs {
                let [red, green, blue] = glyph.color;
                assert!(
                    green == 0.0 && blue == 0.0 && (red == 0.0 || red == 1.0),
                    "{}",
                    line.text()
                );
            }
        }
    }
}

#[test]
fn clause_7_3_1_title_is_of_size_2_and_at_most_20_characters_wide_in_every_official_profile() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let title: Vec<PdfLine> = pdf.pages[0]
            .lines()
            .into_iter()
            .filter(|line| (line.glyphs[0].size - SIZE_2).abs() < 0.01)
            .collect();
        let text: String = title.iter().map(PdfLine::text).collect();
        assert_eq!(text, "云溪县教育局关于新建云溪县第三实验小学的请示", "{style}");
        for line in &title {
            assert_near("middle", (line.left() + line.right()) / 2.0, 106.0, 0.5);
            assert!(line.right() - line.left() < 156.0, "{style}");
        }
        // 梯形或菱形: no two lines of the same length.
        for pair in title.windows(2) {
            assert_ne!(pair[0].glyphs.len(), pair[1].glyphs.len(), "{style}: a rectangle");
        }
    }
}

#[test]
fn clause_7_3_2_a_line_is_left_blank_between_title_and_recipients() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let lines = pdf.pages[0].lines();
        let recipients = lines
            .iter()
            .position(|line| line.text() == "云溪县人民政府：")
            .unwrap();
        let title = &lines[recipients - 1];
        let bottom = title.y() + 0.12 * SIZE_2 * MM_PER_PT;
        let top = lines[recipients].y() - 0.88 * SIZE_3 * MM_PER_PT;
        // 10.39 mm from edge to edge, or an empty line with the leading of both sides.
        assert!(
            top - bottom > 10.39 - 1.0 && top - bottom < 10.39 + 4.84 + 1.0,
            "{style}: {:.2} mm",
            top - bottom
        );
    }
}

#[test]
fn clause_7_3_4_names_of_attachments_stand_under_each_other() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let all = lines(&pdf);
        let first = all
            .iter()
            .find(|line| line.text().starts_with("附件：1."))
            .unwrap();
        let second = all
            .iter()
            .find(|line| line.text().starts_with("2.城南新区"))
            .unwrap();
        assert_near("附件：", first.left(), LEFT + 2.0 * CHARACTER, 0.1);
        let number = first.glyphs.iter().find(|glyph| glyph.text == "1").unwrap();
        assert_near("2. under 1.", second.left(), number.x, 0.2);
        for line in [first, second] {
            assert!(!line.text().ends_with(['。', '；', '，']), "{}", line.text());
        }
    }
}

#[test]
fn clause_7_3_4_a_line_is_left_blank_above_the_note_of_attachments() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        let page = pdf
            .pages
            .iter()
            .find(|page| {
                page.lines()
                    .iter()
                    .any(|line| line.text().starts_with("附件：1."))
            })
            .unwrap();
        let lines = page.lines();
        let note = lines
            .iter()
            .position(|line| line.text().starts_with("附件：1."))
            .unwrap();
        assert!(note > 0, "{style}: the note begins the page");
        let height = SIZE_3 * MM_PER_PT;
        let gap = lines[note].y() - lines[note - 1].y() - height;
        assert!(
            gap > 10.39 - 1.0 && gap < 10.39 + 4.84 + 1.0,
            "{style}: {gap:.2} mm"
        );
    }
}

#[test]
fn clause_7_3_5_4_dates_have_arabic_digits_and_no_zeros_in_front() {
    let pdf = sample("request", "gb9704").pdf();
    let date = lines(&pdf)
        .into_iter()
        .find(|line| line.text() == "2026年6月8日")
        .expect("the date is a line");
    for glyph in date.glyphs.iter().filter(|glyph| glyph.text.is_ascii()) {
        assert_near(
            "a digit is half a character wide",
            glyph.advance,
            SIZE_3 * MM_PER_PT / 2.0,
            0.1,
        );
    }
}

#[test]
fn clause_7_3_6_notes_stand_two_characters_in_and_in_brackets() {
    for style in official() {
        let made = sample("request", style);
        let note = paragraph(&made.docx(), "（联系人：");
        assert!(note.text.ends_with('）'));
        assert_eq!(
            note.property("w:ind", "w:firstLineChars").as_deref(),
            Some("200"),
            "{style}"
        );
        let pdf = made.pdf();
        let line = lines(&pdf)
            .into_iter()
            .find(|line| line.text().starts_with("（联系人"))
            .unwrap();
        let indent = (line.left() - LEFT) / CHARACTER;
        // The blank half of the bracket may be given up.
        assert!((1.4..2.1).contains(&indent), "{style}: {indent:.2}");
    }
}

#[test]
fn clause_7_3_7_the_title_of_an_attachment_is_centred_in_every_official_profile() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        for (label, title) in [
            ("附件1", "云溪县第三实验小学"),
            ("附件2", "城南新区小学学位需求预测"),
        ] {
            let page = pdf
                .pages
                .iter()
                .find(|page| page.lines()[0].text() == label)
                .unwrap();
            let lines = page.lines();
            assert_near(label, lines[0].left(), LEFT, 0.1);
            assert!(lines[1].text().starts_with(title), "{style}: {}", lines[1].text());
            assert_near("middle", (lines[1].left() + lines[1].right()) / 2.0, 106.0, 0.5);
        }
    }
}

#[test]
fn clause_7_5_page_numbers_go_on_through_attachments() {
    for style in official() {
        let pdf = sample("request", style).pdf();
        for (i, page) in pdf.pages.iter().enumerate() {
            let number: String = page.artifacts().iter().map(PdfLine::text).collect();
            assert!(
                number.replace(' ', "").contains(&format!("—{}—", i + 1)),
                "{style}: {number}"
            );
        }
    }
}

#[test]
fn clause_7_5_page_numbers_are_songti_in_the_pdf() {
    let pdf = sample("request", "gb9704").pdf();
    for page in &pdf.pages {
        let number = &page.artifacts()[0];
        for glyph in number
            .glyphs
            .iter()
            .filter(|glyph| glyph.text.chars().all(|c| c.is_ascii_digit()))
        {
            assert_eq!(glyph.font, "NotoSerifSC-Regular");
            // 半角: half of 14 pt.
            assert_near("digit", glyph.size, 14.0, 0.01);
        }
    }
}

fn paragraph(docx: &Docx, start: &str) -> crate::readers::docx::Paragraph {
    docx.paragraphs()
        .into_iter()
        .find(|paragraph| paragraph.text.starts_with(start))
        .unwrap_or_else(|| panic!("no paragraph begins with {start}"))
}
