//! The DOCX file against the standard.

use super::{CHARACTER, LEFT, MM_PER_PT, SIZE_2, SIZE_3, SIZE_4, TOP, WIDTH, assert_near};
use crate::produce::{options, outputs_with, sample};
use crate::readers::docx::{Docx, Paragraph};
use crate::readers::pdf::PdfLine;
use hongtou::profile::Profile;

/// Millimetres in a twip (1/20 pt).
const MM_PER_TWIP: f64 = MM_PER_PT / 20.0;

#[test]
fn clause_5_1_paper_is_a4() {
    for style in ["speech", "gb9704"] {
        let document = sample("notice", style).docx().part("word/document.xml");
        for size in document.all("w:pgSz") {
            assert_near("paper width", size.number("w:w") * MM_PER_TWIP, 210.0, 0.1);
            assert_near("paper height", size.number("w:h") * MM_PER_TWIP, 297.0, 0.1);
        }
    }
}

#[test]
fn clause_5_2_1_the_type_area_is_156_by_225_mm_at_28_and_37_mm() {
    let docx = sample("notice", "gb9704").docx();
    let (top, bottom, pitch) = vertical(&docx);
    // A word processor centres the characters in their exact line, so that half the rest of it is margin too.
    let half_leading = (pitch - SIZE_3 * MM_PER_PT) / 2.0;
    assert_near("top of the first characters", top + half_leading, TOP, 1.0);
    let text_bottom = top + 22.0 * pitch - half_leading;
    assert_near("bottom of the last characters", text_bottom, TOP + 225.0, 1.0);
    assert!(bottom > 0.0);
    let document = docx.part("word/document.xml");
    let margins = document.all("w:pgMar")[0];
    assert_near("left margin", margins.number("w:left") * MM_PER_TWIP, LEFT, 0.1);
    let width = 210.0 - (margins.number("w:left") + margins.number("w:right")) * MM_PER_TWIP;
    assert_near("width of the type area", width, WIDTH, 0.1);
}

#[test]
fn clause_5_2_1_speeches_show_37_and_35_mm_in_the_page_setup() {
    let (top, bottom, _) = vertical(&sample("work-conference", "speech").docx());
    assert_near("top margin", top, TOP, 0.1);
    assert_near("bottom margin", bottom, 35.0, 0.1);
}

#[test]
fn clause_5_2_2_body_is_fangsong_of_size_3() {
    for style in ["speech", "gb9704"] {
        let docx = sample("notice", style).docx();
        let body = paragraph(&docx, "进入秋季以来");
        for run in body.runs() {
            assert_eq!(size(run), SIZE_3);
            assert_eq!(
                run.property("w:rFonts", "w:eastAsia").as_deref(),
                Some("仿宋_GB2312")
            );
            assert!(!run.is_on("w:b"), "body is not bold");
        }
    }
}

#[test]
fn clause_5_2_3_a_page_holds_22_lines_of_28_characters() {
    for style in ["speech", "gb9704"] {
        let docx = sample("work-conference", style).docx();
        let document = docx.part("word/document.xml");
        let (page, margins) = (document.all("w:pgSz")[0], document.all("w:pgMar")[0]);
        let body = paragraph(&docx, "过去一年");
        assert_eq!(body.property("w:spacing", "w:lineRule").as_deref(), Some("exact"));
        let pitch: f64 = body.property("w:spacing", "w:line").unwrap().parse().unwrap();
        let height = page.number("w:h") - margins.number("w:top") - margins.number("w:bottom");
        assert_eq!((height / pitch).floor(), 22.0, "{style}: lines on a page");
        let width = page.number("w:w") - margins.number("w:left") - margins.number("w:right");
        for run in body.runs() {
            let spacing: f64 = run
                .property("w:spacing", "w:val")
                .map_or(0.0, |value| value.parse().unwrap());
            let advance = size(run) * 20.0 + spacing;
            assert_eq!((width / advance).floor(), 28.0, "{style}: characters in a line");
            // Not so tight that a 29th would nearly fit.
            assert!(29.0 * advance > width + 200.0, "{style}: characters too close");
        }
    }
}

#[test]
fn clause_5_2_4_text_is_black() {
    for style in ["speech", "gb9704"] {
        let docx = sample("work-conference", style).docx();
        for paragraph in docx.paragraphs() {
            for run in paragraph.runs() {
                let color = run.property("w:color", "w:val");
                assert!(
                    matches!(color.as_deref(), None | Some("auto" | "000000")),
                    "{color:?} in {}",
                    run.text
                );
                assert!(!run.is_on("w:i"), "italics in {}", run.text);
            }
        }
    }
}

#[test]
fn clause_7_3_1_title_is_xiaobiaosong_of_size_2_centred_and_not_bold() {
    for style in ["speech", "gb9704"] {
        let docx = sample("notice", style).docx();
        let title = paragraph(&docx, "云溪县人民政府办公室关于");
        assert_eq!(title.property("w:jc", "w:val").as_deref(), Some("center"));
        assert_eq!(twips(&title, "w:ind", "w:firstLine"), 0.0);
        for run in title.runs() {
            assert_eq!(size(run), SIZE_2);
            assert_eq!(
                run.property("w:rFonts", "w:eastAsia").as_deref(),
                Some("方正小标宋简体")
            );
            assert!(!run.is_on("w:b"));
        }
    }
}

#[test]
fn clause_7_3_1_titles_break_where_those_of_the_pdf_do() {
    for (name, begins) in [
        ("request", "云溪县教育局关于"),
        ("notice", "云溪县人民政府办公室关于"),
    ] {
        let converted = sample(name, "gb9704");
        let title = paragraph(&converted.docx(), begins);
        // Runs with a line break between them.
        let lines: Vec<&str> = title
            .runs()
            .map(|run| run.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        assert!(lines.len() > 1, "{lines:?}");
        let pages = converted.pdf();
        let first_page = pages.pages[0].lines();
        let title: Vec<String> = first_page.iter().take(lines.len()).map(PdfLine::text).collect();
        assert_eq!(lines, title);
    }
}

#[test]
fn clause_7_3_1_two_blank_lines_stand_above_the_title_and_7_3_2_one_below() {
    let docx = sample("notice", "gb9704").docx();
    let (_, _, pitch) = vertical(&docx);
    let title = paragraph(&docx, "云溪县人民政府办公室关于");
    let after = twips(&title, "w:spacing", "w:after") * MM_PER_TWIP;
    // Between one line from edge to edge and one empty line; both readings of 空一行 are in use.
    assert!(after > 10.39 - 4.84 - 1.0 && after < pitch + 1.0, "{after} mm");
}

#[test]
fn clause_7_3_2_recipients_stand_flush_left() {
    let docx = sample("notice", "gb9704").docx();
    let recipients = paragraph(&docx, "各乡镇人民政府");
    assert!(recipients.text.ends_with('：'));
    assert_eq!(twips(&recipients, "w:ind", "w:firstLine"), 0.0);
    assert_eq!(twips(&recipients, "w:ind", "w:left"), 0.0);
    assert_eq!(
        recipients
            .property("w:ind", "w:firstLineChars")
            .as_deref()
            .unwrap_or("0"),
        "0"
    );
}

#[test]
fn clause_7_3_3_paragraphs_begin_two_characters_in() {
    let docx = sample("work-conference", "speech").docx();
    for start in [
        "过去一年",
        "一是思想认识",
        "一、肯定成绩",
        "（一）去年工作",
        "1.配强",
        "（1）拓宽",
    ] {
        let paragraph = paragraph(&docx, start);
        // Both, because Word prefers the one and LibreOffice knows the other only.
        assert_eq!(
            paragraph.property("w:ind", "w:firstLineChars").as_deref(),
            Some("200"),
            "{start}"
        );
        let indent = twips(&paragraph, "w:ind", "w:firstLine") * MM_PER_TWIP;
        assert_near(start, indent, 2.0 * CHARACTER, 0.2);
        assert_eq!(twips(&paragraph, "w:ind", "w:left"), 0.0, "{start}");
    }
}

#[test]
fn clause_7_3_3_the_four_levels_are_heiti_kaiti_fangsong_fangsong() {
    for style in ["speech", "gb9704"] {
        let docx = sample("work-conference", style).docx();
        for (start, font, level) in [
            ("一、肯定成绩", "黑体", 1),
            ("（一）去年工作", "楷体_GB2312", 2),
            ("1.配强", "仿宋_GB2312", 3),
            ("（1）拓宽", "仿宋_GB2312", 4),
        ] {
            let heading = paragraph(&docx, start);
            assert_eq!(
                heading.style_name,
                format!("heading {level}"),
                "navigation needs the built-in name"
            );
            let outline = heading.property("w:outlineLvl", "w:val");
            assert_eq!(outline, Some((level - 1).to_string()), "{start}");
            for run in heading.runs() {
                assert_eq!(
                    run.property("w:rFonts", "w:eastAsia").as_deref(),
                    Some(font),
                    "{start}"
                );
                assert_eq!(size(run), SIZE_3, "{start}");
            }
        }
    }
}

#[test]
fn a_run_in_styles_its_lead_only() {
    let docx = sample("work-conference", "gb9704").docx();
    for (start, lead, font) in [
        ("（一）加强组织领导", "（一）加强组织领导。", "楷体_GB2312"),
        ("1.抓早抓小", "1.抓早抓小，源头预防。", "仿宋_GB2312"),
    ] {
        let paragraph = paragraph(&docx, start);
        let mut inside = 0;
        for run in paragraph.runs() {
            let expected = if inside < lead.len() {
                font
            } else {
                "仿宋_GB2312"
            };
            assert_eq!(
                run.property("w:rFonts", "w:eastAsia").as_deref(),
                Some(expected),
                "{}",
                run.text
            );
            inside += run.text.len();
            assert!(
                inside <= lead.len() || inside - run.text.len() >= lead.len(),
                "a run spans the end of {lead}"
            );
        }
    }
}

#[test]
fn clause_7_3_4_the_attachment_note_stands_one_line_below_and_two_characters_in() {
    let docx = sample("notice", "gb9704").docx();
    let note = paragraph(&docx, "附件：");
    // The label two characters in; the name, and what it takes beyond a line, three characters further.
    assert_eq!(note.property("w:ind", "w:leftChars").as_deref(), Some("500"));
    assert_eq!(note.property("w:ind", "w:hangingChars").as_deref(), Some("300"));
    let before = twips(&note, "w:spacing", "w:before") * MM_PER_TWIP;
    assert!(before > 10.39 - 4.84 - 1.0 && before < 10.44 + 1.0, "{before} mm");
}

#[test]
fn clause_7_3_5_2_the_date_begins_two_characters_right_of_the_signature() {
    let docx = sample("notice", "gb9704").docx();
    let named = |text: &str| docx.paragraphs().into_iter().find(|p| p.text == text);
    let signature = named("云溪县人民政府办公室").expect("the signature is a paragraph");
    let date = paragraph(&docx, "2026年9月10日");
    for paragraph in [&signature, &date] {
        assert_eq!(paragraph.property("w:jc", "w:val").as_deref(), Some("right"));
        // Grid snapping and Latin gaps would move the edge.
        assert_eq!(paragraph.property("w:snapToGrid", "w:val").as_deref(), Some("0"));
    }
    let right = |p: &Paragraph| twips(p, "w:ind", "w:right") * MM_PER_TWIP / CHARACTER;
    assert_near("blank right of the signature", right(&signature), 2.0, 0.1);
    // The name has ten characters; the date seven digits of half a character and three characters.
    let (name, day) = (10.0, 7.0 * 0.5 + 3.0);
    let shift = (name + right(&signature)) - (day + right(&date));
    assert_near("shift of the date", shift, 2.0, 0.1);
}

#[test]
fn clause_7_3_7_an_attachment_begins_a_page_with_its_label_in_heiti() {
    let docx = sample("request", "gb9704").docx();
    for label in ["附件1", "附件2"] {
        let paragraph = docx
            .paragraphs()
            .into_iter()
            .find(|p| p.text == label)
            .unwrap_or_else(|| panic!("no {label}"));
        assert!(paragraph.is_on("w:pageBreakBefore"), "{label}");
        assert_eq!(twips(&paragraph, "w:ind", "w:firstLine"), 0.0);
        for run in paragraph.runs() {
            assert_eq!(run.property("w:rFonts", "w:eastAsia").as_deref(), Some("黑体"));
        }
    }
    let title = paragraph(&docx, "云溪县第三实验小学建设项目投资估算说明");
    assert_eq!(title.property("w:jc", "w:val").as_deref(), Some("center"));
}

#[test]
fn clause_7_5_page_numbers_stand_outside_in_songti_of_size_4() {
    let docx = sample("notice", "gb9704").docx();
    assert_eq!(docx.part("word/settings.xml").all("w:evenAndOddHeaders").len(), 1);
    for (kind, side) in [("default", "right"), ("even", "left")] {
        let footer = footer(&docx, kind);
        let aligned = footer.property("w:jc", "w:val").unwrap_or("left".to_owned());
        assert_eq!(aligned, side, "page number of {kind} pages");
        let inset = twips(&footer, "w:ind", &format!("w:{side}")) * MM_PER_TWIP;
        assert_near("one character from the edge", inset, CHARACTER, 1.5);
        page_number_form(&footer);
    }
}

#[test]
fn speeches_have_their_page_number_in_the_middle() {
    let docx = sample("work-conference", "speech").docx();
    // The same on odd and even pages, so there is one to change by hand.
    assert!(
        docx.part("word/settings.xml")
            .all("w:evenAndOddHeaders")
            .is_empty()
    );
    let document = docx.part("word/document.xml");
    assert_eq!(document.all("w:footerReference").len(), 1);
    let footer = footer(&docx, "default");
    assert_eq!(footer.property("w:jc", "w:val").as_deref(), Some("center"));
    assert_eq!(twips(&footer, "w:ind", "w:firstLine"), 0.0);
    page_number_form(&footer);
}

#[test]
fn the_strict_line_start_and_the_han_latin_gap_of_a_profile_are_asked_for() {
    let made = |toml: &str| {
        let profile = Profile::from_toml(&format!("extends = \"speech\"\n[typography]\n{toml}")).unwrap();
        let options = hongtou::Options {
            profile: std::sync::Arc::new(profile),
            ..options("speech")
        };
        outputs_with(
            "讲话\n同志们：\n今天召开2024年GDP工作会议。\n".as_bytes(),
            &options,
        )
        .docx()
    };
    let usual = made("");
    let settings = usual.part("word/settings.xml");
    assert!(
        settings.all("w:noLineBreaksBefore").is_empty(),
        "a word processor's own lists"
    );
    let gaps = |docx: &Docx| {
        let body = paragraph(docx, "今天");
        ["w:autoSpaceDE", "w:autoSpaceDN"].map(|name| body.property(name, "w:val").unwrap())
    };
    assert_eq!(gaps(&usual), ["0", "0"]);

    let strict = made("strict_line_start = true");
    let settings = strict.part("word/settings.xml");
    let before = settings.only("w:noLineBreaksBefore");
    assert_eq!(before.get("w:lang"), Some("zh-CN"));
    let marks = before.get("w:val").unwrap();
    assert!(
        "—…，。、；：？！”’）》〉】〕％·～"
            .chars()
            .all(|mark| marks.contains(mark))
    );
    let after = settings.only("w:noLineBreaksAfter").get("w:val").unwrap();
    assert!("“‘（《〈【〔￥".chars().all(|mark| after.contains(mark)));
    assert!(!after.contains('—'));

    assert_eq!(gaps(&made("han_latin_gap = \"0.25字\"")), ["1", "1"]);
}

#[test]
fn gbt_15834_marks_are_kept_from_line_starts_and_compressed() {
    let docx = sample("work-conference", "speech").docx();
    let settings = docx.part("word/settings.xml");
    assert_eq!(
        settings.only("w:characterSpacingControl").get("w:val"),
        Some("compressPunctuation")
    );
    let body = paragraph(&docx, "过去一年");
    assert_ne!(body.property("w:kinsoku", "w:val").as_deref(), Some("0"));
    assert_eq!(
        body.property("w:overflowPunct", "w:val").as_deref(),
        Some("0"),
        "no mark hangs in the margin"
    );
    assert_eq!(body.property("w:jc", "w:val").as_deref(), Some("both"));
    // Digits and letters keep to the grid: no gap beside them (spec: autoSpace off).
    assert_eq!(body.property("w:autoSpaceDE", "w:val").as_deref(), Some("0"));
    assert_eq!(body.property("w:autoSpaceDN", "w:val").as_deref(), Some("0"));
}

#[test]
fn quotation_marks_and_dashes_take_the_chinese_face() {
    let docx = sample("theme-speech", "speech").docx();
    let mut seen = 0;
    for paragraph in docx.paragraphs() {
        for run in paragraph
            .runs()
            .filter(|run| run.text.contains(['“', '”', '—', '…', '·']))
        {
            assert_eq!(
                run.property("w:rFonts", "w:hint").as_deref(),
                Some("eastAsia"),
                "{}",
                run.text
            );
            seen += 1;
        }
    }
    assert!(seen >= 4);
}

#[test]
fn text_is_marked_as_chinese() {
    let docx = sample("notice", "gb9704").docx();
    for paragraph in docx.paragraphs() {
        for run in paragraph.runs() {
            assert_eq!(
                run.property("w:lang", "w:eastAsia").as_deref(),
                Some("zh-CN"),
                "{}",
                run.text
            );
        }
    }
}

#[test]
fn headings_stay_with_what_follows() {
    let docx = sample("work-conference", "gb9704").docx();
    for start in ["一、肯定成绩", "（一）去年工作", "1.配强", "（1）拓宽"] {
        assert!(paragraph(&docx, start).is_on("w:keepNext"), "{start}");
    }
}

/// Top margin, bottom margin and line pitch in mm.
fn vertical(docx: &Docx) -> (f64, f64, f64) {
    let document = docx.part("word/document.xml");
    let margins = document.all("w:pgMar")[0];
    let grid = document.all("w:docGrid")[0];
    (
        margins.number("w:top") * MM_PER_TWIP,
        margins.number("w:bottom") * MM_PER_TWIP,
        grid.number("w:linePitch") * MM_PER_TWIP,
    )
}

fn paragraph(docx: &Docx, start: &str) -> Paragraph {
    docx.paragraphs()
        .into_iter()
        .find(|paragraph| paragraph.text.starts_with(start))
        .unwrap_or_else(|| panic!("no paragraph begins with {start}"))
}

fn size(run: &crate::readers::docx::Run) -> f64 {
    let half_points: f64 = run.property("w:sz", "w:val").unwrap().parse().unwrap();
    half_points / 2.0
}

fn twips(paragraph: &Paragraph, element: &str, attribute: &str) -> f64 {
    paragraph
        .property(element, attribute)
        .map_or(0.0, |value| value.parse().unwrap())
}

/// The paragraph with the page number of odd (`default`) or `even` pages.
fn footer(docx: &Docx, kind: &str) -> Paragraph {
    let document = docx.part("word/document.xml");
    let references = document.all("w:footerReference");
    let reference = references.iter().find(|r| r.get("w:type") == Some(kind));
    let id = reference
        .unwrap_or_else(|| panic!("no footer for {kind} pages"))
        .get("r:id");
    let relations = docx.part("word/_rels/document.xml.rels");
    let relation = relations.children.iter().find(|r| r.get("Id") == id).unwrap();
    let part = format!("word/{}", relation.get("Target").unwrap());
    let mut numbered = docx.paragraphs_of(&part);
    numbered.retain(|paragraph| !paragraph.fields.is_empty());
    assert_eq!(numbered.len(), 1, "one page number in {part}");
    numbered.remove(0)
}

/// — n — with a field for n, 宋体, 四号.
fn page_number_form(footer: &Paragraph) {
    assert!(footer.fields[0].starts_with("PAGE"), "{:?}", footer.fields);
    let text = footer.text.replace(' ', "");
    assert!(
        text.starts_with('—') && text.ends_with('—'),
        "one dash on each side: {text}"
    );
    assert_eq!(text.matches('—').count(), 2, "{text}");
    for run in footer.runs() {
        assert_eq!(size(run), SIZE_4);
        for script in ["w:eastAsia", "w:ascii", "w:hAnsi"] {
            assert_eq!(
                run.property("w:rFonts", script).as_deref(),
                Some("宋体"),
                "the digits are 宋体 too"
            );
        }
    }
}
