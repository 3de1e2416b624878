//! What a profile's author writes is what both files have: each key is changed, and measured in DOCX and PDF.

use std::sync::Arc;

use hongtou::profile::Profile;

use super::{MM_PER_PT, assert_near};
use crate::produce::{Outputs, options, outputs_with};
use crate::readers::docx::Docx;
use crate::readers::pdf::{Pdf, PdfLine, PdfPage};
use crate::samples;

/// The sample `name` by a profile that changes gb9704 as `toml` says.
fn made(name: &str, toml: &str) -> Outputs {
    let profile = Profile::from_toml(&format!("extends = \"gb9704\"\n{toml}")).unwrap();
    let sample = samples::all()
        .into_iter()
        .find(|sample| sample.name == name)
        .unwrap();
    let options = hongtou::Options {
        profile: Arc::new(profile),
        ..options("gb9704")
    };
    outputs_with(&sample.bytes, &options)
}

fn lines(pdf: &Pdf) -> Vec<PdfLine> {
    pdf.pages.iter().flat_map(PdfPage::lines).collect()
}

fn line(pdf: &Pdf, start: &str) -> PdfLine {
    lines(pdf)
        .into_iter()
        .find(|line| line.text().starts_with(start))
        .unwrap()
}

fn paragraph(docx: &Docx, start: &str) -> crate::readers::docx::Paragraph {
    docx.paragraphs()
        .into_iter()
        .find(|paragraph| paragraph.text.starts_with(start))
        .unwrap()
}

#[test]
fn margins_and_paper() {
    let made = made(
        "request",
        "[page]\nwidth = \"260mm\"\nheight = \"37cm\"\ntop = \"30mm\"\nbottom = \"60磅\"\nleft = \"40毫米\"\nright = \"20mm\"\n[page_number]\ndash_center = \"355mm\"\n",
    );
    let pdf = made.pdf();
    assert_near("width", pdf.pages[0].width, 260.0, 0.1);
    assert_near("height", pdf.pages[0].height, 370.0, 0.1);
    assert_near("left", line(&pdf, "云溪县人民政府：").left(), 40.0, 0.1);
    let right = lines(&pdf).iter().map(PdfLine::right).fold(0.0, f64::max);
    assert_near("right", right, 240.0, 3.0);
    let margins = made.docx().part("word/document.xml");
    let margins = margins.all("w:pgMar")[0];
    for (side, mm) in [
        ("w:left", 40.0),
        ("w:right", 20.0),
        ("w:top", 30.0),
        ("w:bottom", 60.0 * MM_PER_PT),
    ] {
        assert_near(side, margins.number(side) / 1440.0 * 25.4, mm, 0.02);
    }
}

#[test]
fn mirrored_margins() {
    let made = made("request", "[page]\nmirror_margins = true\n");
    let pdf = made.pdf();
    // The binding edge is on the left of odd pages and on the right of even ones.
    let mut measured = 0;
    for (i, page) in pdf.pages.iter().enumerate() {
        let expected = if i % 2 == 0 { 28.0 } else { 26.0 };
        let left = page.lines().iter().map(PdfLine::left).fold(f64::MAX, f64::min);
        assert!(left > expected - 0.1, "page {}: {left:.2}", i + 1);
        // A page may have nothing but lines that are indented.
        measured += usize::from((left - expected).abs() < 0.1);
    }
    assert!(measured >= 3, "{measured} pages");
    assert!(made.docx().part("word/settings.xml").all("w:mirrorMargins").len() == 1);
    let plain = crate::produce::sample("request", "gb9704");
    assert!(
        plain
            .docx()
            .part("word/settings.xml")
            .all("w:mirrorMargins")
            .is_empty()
    );
}

#[test]
fn grid_and_pitch() {
    let made = made(
        "request",
        "[page]\ntop = \"37mm\"\nbottom = \"35mm\"\n[grid]\nlines = 20\nchars = 26\nline_pitch = \"31.5pt\"\n",
    );
    let pdf = made.pdf();
    let page = pdf.pages[1].lines();
    for pair in page.windows(2) {
        assert_near("pitch", pair[1].y() - pair[0].y(), 31.5 * MM_PER_PT, 0.01);
    }
    assert!(pdf.pages.iter().all(|page| page.lines().len() <= 20));
    let loose = line(&pdf, "云溪县人民政府：");
    assert_near("字", loose.glyphs[1].x - loose.glyphs[0].x, 156.0 / 26.0, 0.01);
    let body = paragraph(&made.docx(), "随着城南新区");
    assert_eq!(body.property("w:spacing", "w:line").as_deref(), Some("630"));
    // 156 mm / 26 = 17.008 pt, of which the type takes 16: 20 twips remain.
    let spacing = body.runs().next().unwrap().property("w:spacing", "w:val");
    assert_eq!(spacing.as_deref(), Some("20"));
}

#[test]
fn sizes_fonts_and_bold_by_level() {
    let made = made(
        "work-conference",
        "[fonts]\nheiti = \"方正黑体_GBK\"\nkaiti = \"华文楷体\"\n[elements.heading1]\nsize = \"小2号\"\n[elements.heading2]\nbold = true\n[elements.heading3]\nfont = \"heiti\"\n",
    );
    let docx = made.docx();
    for (start, font, half_points, bold) in [
        ("一、肯定成绩", "方正黑体_GBK", "36", false),
        ("（一）去年工作", "华文楷体", "32", true),
        ("1.配强", "方正黑体_GBK", "32", false),
        ("（1）拓宽", "仿宋_GB2312", "32", false),
    ] {
        for run in paragraph(&docx, start).runs() {
            assert_eq!(
                run.property("w:rFonts", "w:eastAsia").as_deref(),
                Some(font),
                "{start}"
            );
            assert_eq!(
                run.property("w:sz", "w:val").as_deref(),
                Some(half_points),
                "{start}"
            );
            assert_eq!(run.is_on("w:b"), bold, "{start}");
        }
    }
    let pdf = made.pdf();
    assert_near("小二", line(&pdf, "一、肯定成绩").glyphs[0].size, 18.0, 0.01);
    assert_eq!(
        line(&pdf, "1.配强").glyphs.last().unwrap().font,
        "NotoSansSC-Regular"
    );
    // The lead of a run-in of that level follows its heading.
    let lead = paragraph(&docx, "（一）加强组织领导");
    assert!(lead.runs().next().unwrap().is_on("w:b"));
}

#[test]
fn digits_in_the_chinese_face() {
    let chinese = made("notice", "[typography]\nchinese_digits = true\n");
    let date = line(&chinese.pdf(), "2026年9月10日");
    assert!(
        date.glyphs
            .iter()
            .all(|glyph| glyph.font == "ZhuqueFangsong-Regular")
    );
    let run = paragraph(&chinese.docx(), "2026年9月10日");
    for script in ["w:ascii", "w:hAnsi", "w:eastAsia"] {
        let name = run.runs().next().unwrap().property("w:rFonts", script);
        assert_eq!(name.as_deref(), Some("仿宋_GB2312"));
    }
    let latin = made("notice", "[fonts]\nlatin = \"Arial\"\n");
    let digit = line(&latin.pdf(), "2026年9月10日");
    assert_eq!(digit.glyphs[0].font, "LiberationSerif");
    let run = paragraph(&latin.docx(), "2026年9月10日");
    assert_eq!(
        run.runs()
            .next()
            .unwrap()
            .property("w:rFonts", "w:ascii")
            .as_deref(),
        Some("Arial")
    );
}

#[test]
fn page_numbers_in_any_form_and_place() {
    for (form, first) in [
        ("- {n} -", "- 1 -"),
        ("第 {n} 页", "第 1 页"),
        ("{n}", "1"),
        ("·{n}·", "·1·"),
    ] {
        for (place, odd_right) in [("outside", Some(true)), ("inside", Some(false)), ("center", None)] {
            let toml = format!(
                "[page_number]\nform = \"{form}\"\nplace = \"{place}\"\ninset = \"2字\"\nsize = \"小四\"\ndash_center = \"275mm\"\n"
            );
            let made = made("request", &toml);
            let pdf = made.pdf();
            for (i, page) in pdf.pages.iter().enumerate() {
                let number = &page.artifacts()[0];
                assert_eq!(
                    number.text().replace(' ', ""),
                    first.replace('1', &(i + 1).to_string()).replace(' ', "")
                );
                assert_near("size", number.glyphs[0].size, 12.0, 0.01);
                let inset = 2.0 * 156.0 / 28.0;
                match odd_right.map(|odd_right| odd_right == (i % 2 == 0)) {
                    None => assert_near("middle", (number.left() + number.right()) / 2.0, 106.0, 0.5),
                    Some(true) => assert_near("right", 184.0 - number.right(), inset, 0.5),
                    Some(false) => assert_near("left", number.left() - 28.0, inset, 0.5),
                }
            }
            let docx = made.docx();
            let document = docx.part("word/document.xml");
            for (kind, even) in [("default", false), ("even", true)] {
                let reference = document
                    .all("w:footerReference")
                    .into_iter()
                    .find(|r| r.get("w:type") == Some(kind));
                if even && odd_right.is_none() {
                    assert!(reference.is_none(), "in the middle one footer is for all pages");
                    continue;
                }
                let reference = reference.unwrap();
                let relations = docx.part("word/_rels/document.xml.rels");
                let target = relations
                    .children
                    .iter()
                    .find(|r| r.get("Id") == reference.get("r:id"))
                    .unwrap();
                let footers = docx.paragraphs_of(&format!("word/{}", target.get("Target").unwrap()));
                let footer = footers.iter().find(|footer| !footer.fields.is_empty()).unwrap();
                let side = match odd_right.map(|odd_right| odd_right != even) {
                    None => "center",
                    Some(true) => "right",
                    Some(false) => "left",
                };
                assert_eq!(
                    footer.property("w:jc", "w:val").as_deref(),
                    Some(side),
                    "{place}, {kind}"
                );
                let text: String = form.replace("{n}", "1");
                assert_eq!(footer.text.replace(' ', ""), text.replace(' ', ""));
            }
        }
    }
}

#[test]
fn indents_and_distances() {
    let made = made(
        "notice",
        "[elements.body]\nfirst_line_indent = \"1字\"\n[elements.title]\nspace_after = \"2行\"\n[elements.recipient]\nindent_left = \"3字\"\nalign = \"left\"\n",
    );
    let pdf = made.pdf();
    assert_near(
        "body",
        line(&pdf, "进入秋季以来").left(),
        28.0 + 156.0 / 28.0,
        0.1,
    );
    assert_near(
        "recipients",
        line(&pdf, "各乡镇人民政府").left(),
        28.0 + 3.0 * 156.0 / 28.0,
        0.1,
    );
    let docx = made.docx();
    let body = paragraph(&docx, "进入秋季以来");
    assert_eq!(body.property("w:ind", "w:firstLineChars").as_deref(), Some("100"));
    let title = paragraph(&docx, "云溪县人民政府办公室关于");
    assert_eq!(
        title.property("w:spacing", "w:afterLines").as_deref(),
        Some("200")
    );
    let lines = pdf.pages[0].lines();
    let at = lines
        .iter()
        .position(|line| line.text().starts_with("各乡镇人民政府"))
        .unwrap();
    let gap = lines[at].y() - lines[at - 1].y();
    let plain = crate::produce::sample("notice", "gb9704").pdf();
    let lines = plain.pages[0].lines();
    let at = lines
        .iter()
        .position(|line| line.text().starts_with("各乡镇人民政府"))
        .unwrap();
    // One line more than gb9704 has.
    assert_near(
        "one line more",
        gap - (lines[at].y() - lines[at - 1].y()),
        29.6 * MM_PER_PT,
        0.05,
    );
}
