//! The PDF file against the standard, measured from the origins of its glyphs.

use lopdf::Object;

use super::{BOTTOM, CHARACTER, LEFT, MM_PER_PT, SIZE_2, SIZE_3, SIZE_4, TOP, WIDTH, assert_near};
use crate::produce::sample;
use crate::readers::pdf::{Pdf, PdfGlyph, PdfLine, PdfPage};
use crate::samples::{self, root};

/// The part of an em box above the baseline; fonts disagree, so that all text is placed by this one.
const ABOVE_BASELINE: f64 = 0.88;
/// The right edge of the type area in mm.
const RIGHT: f64 = LEFT + WIDTH;

/// Marks that may not begin a line: GB/T 15834-2011 §5.1.1–5.1.3, 5.1.6, 5.1.7.
const NOT_AT_START: &str = "。，、；：？！”’）》〉】〔〕］·～%％‰℃";
/// Marks that may not end a line: GB/T 15834-2011 §5.1.3.
const NOT_AT_END: &str = "“‘（《〈【［〔";

#[test]
fn clause_5_1_paper_is_a4() {
    for style in ["speech", "gb9704"] {
        for page in &sample("request", style).pdf().pages {
            assert_near("paper width", page.width, 210.0, 0.1);
            assert_near("paper height", page.height, 297.0, 0.1);
        }
    }
}

#[test]
fn clause_5_2_1_text_fills_the_type_area() {
    let pdf = sample("work-conference", "gb9704").pdf();
    let page = full_page(&pdf);
    let lines = page.lines();
    assert_near("top of the first line", em_top(&lines[0]), TOP, 0.3);
    assert_near("bottom of the last line", em_bottom(&lines[21]), BOTTOM, 0.3);
}

#[test]
fn clause_5_2_1_nothing_stands_outside_the_type_area() {
    for style in ["speech", "gb9704"] {
        for name in samples::all().iter().map(|sample| &sample.name) {
            for page in &sample(name, style).pdf().pages {
                assert!(!page.lines().is_empty(), "{name}: an empty page");
                for line in page.lines() {
                    let text = line.text();
                    assert!(
                        line.left() > LEFT - 0.05,
                        "{name}: {text} begins at {:.2}",
                        line.left()
                    );
                    // The em box of a last mark may reach over the edge by its empty half (GB/T 15834 §5.1.10).
                    let end = ink_end(&line);
                    assert!(end < RIGHT + 0.1, "{name}: {text} ends at {end:.2}");
                    assert!(
                        em_top(&line) > TOP - 0.5 && em_bottom(&line) < BOTTOM + 0.5,
                        "{name}: {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn clause_5_2_2_body_is_fangsong_of_size_3() {
    for style in ["speech", "gb9704"] {
        let pdf = sample("notice", style).pdf();
        let line = line(&pdf, "进入秋季以来");
        for glyph in &line.glyphs {
            assert_near("size", glyph.size, SIZE_3, 0.01);
            let font = if glyph.text.is_ascii() {
                "LiberationSerif"
            } else {
                "ZhuqueFangsong-Regular"
            };
            assert_eq!(glyph.font, font, "{}", glyph.text);
        }
    }
}

#[test]
fn clause_5_2_3_a_full_page_holds_22_lines() {
    for style in ["speech", "gb9704"] {
        let pdf = sample("work-conference", style).pdf();
        for page in &pdf.pages {
            assert!(page.lines().len() <= 22, "{style}");
        }
        full_page(&pdf);
    }
}

#[test]
fn clause_5_2_3_a_full_line_holds_28_characters() {
    for style in ["speech", "gb9704"] {
        let pdf = sample("work-conference", style).pdf();
        let mut counts = std::collections::BTreeMap::new();
        for line in pdf.pages.iter().flat_map(PdfPage::lines) {
            if line.left() < LEFT + 1.0 && ink_end(&line) > RIGHT - 1.0 && near(line.glyphs[0].size, SIZE_3) {
                *counts.entry(cells(&line).round() as i64).or_insert(0) += 1;
            }
        }
        let (most, _) = counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .expect("full lines");
        assert_eq!(*most, 28, "{style}: {counts:?}");
        // Compressed marks make room for one or two more, never for fewer than 27.
        assert!(
            counts.keys().all(|cells| (27..=30).contains(cells)),
            "{style}: {counts:?}"
        );
    }
}

#[test]
fn clause_5_2_3_characters_stand_28_to_the_width() {
    let hanzi = |glyph: &PdfGlyph| glyph.text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for style in ["speech", "gb9704"] {
        let pdf = sample("work-conference", style).pdf();
        let mut measured = 0;
        for line in pdf.pages.iter().flat_map(PdfPage::lines) {
            // Lines of paragraphs that nothing stretches or squeezes: the last ones.
            let body = near_by(line.left(), LEFT, 0.1) || near_by(line.left(), LEFT + 2.0 * CHARACTER, 0.1);
            if !body || line.right() > RIGHT - 2.0 * CHARACTER {
                continue;
            }
            for pair in line.glyphs.windows(2).filter(|pair| pair.iter().all(hanzi)) {
                assert_near(&line.text(), pair[1].x - pair[0].x, CHARACTER, 0.01);
                measured += 1;
            }
        }
        assert!(measured > 100, "{measured} pairs");
    }
}

#[test]
fn clause_5_2_3_lines_stand_at_one_pitch() {
    // 22 lines of size 3 fill 225 mm: 21 pitches and one character.
    let exact = (225.0 - SIZE_3 * MM_PER_PT) / 21.0;
    for (style, pitch, tolerance) in [("gb9704", exact, 0.01), ("speech", 28.95 * MM_PER_PT, 0.001)] {
        let pdf = sample("work-conference", style).pdf();
        let lines = full_page(&pdf).lines();
        for pair in lines.windows(2) {
            assert_near("pitch", pair[1].y() - pair[0].y(), pitch, tolerance);
        }
    }
}

#[test]
fn clause_7_3_1_title_is_xiaobiaosong_of_size_2_and_centred() {
    for style in ["speech", "gb9704"] {
        let pdf = sample("notice", style).pdf();
        let lines = pdf.pages[0].lines();
        let title: Vec<&PdfLine> = lines
            .iter()
            .take_while(|line| !line.text().starts_with("各乡镇"))
            .collect();
        let text: String = title.iter().map(|line| line.text()).collect();
        assert_eq!(text, "云溪县人民政府办公室关于做好2026年秋冬季森林防火工作的通知");
        assert!(title.len() > 1, "27 characters do not fit in a line");
        for line in &title {
            assert!(
                cells(line) <= 20.0,
                "at most 20 characters of size 2 in {}",
                line.text()
            );
            assert_near(
                "middle",
                (line.left() + line.right()) / 2.0,
                LEFT + WIDTH / 2.0,
                0.5,
            );
            for glyph in &line.glyphs {
                assert_near("size", glyph.size, SIZE_2, 0.01);
                assert!(
                    ["NotoSerifSC-SemiBold", "LiberationSerif"].contains(&glyph.font.as_str()),
                    "{}",
                    glyph.font
                );
            }
        }
        let last = title.last().unwrap().text();
        assert!(last != "通知" && last != "的通知", "文种 alone in the last line");
    }
}

#[test]
fn clause_7_3_1_titles_keep_their_words_and_their_kind_of_document() {
    // 回行时做到词意完整: no line of one word that only says what kind of document it is.
    for (name, after) in [
        ("notice", "各乡镇"),
        ("request", "云溪县人民政府："),
        ("work-conference", "（2026年"),
    ] {
        for style in ["speech", "gb9704"] {
            let lines = sample(name, style).pdf().pages[0].lines();
            let title: Vec<String> = lines
                .iter()
                .map(PdfLine::text)
                .take_while(|line| !line.starts_with(after))
                .collect();
            let last = title.last().unwrap();
            assert!(
                title.len() == 1 || last.chars().count() > 4,
                "{name}, {style}: {last} alone in the last line"
            );
            assert!(
                title
                    .iter()
                    .all(|line| !line.starts_with(['的', '和', '与', '及'])),
                "{title:?}"
            );
        }
    }
}

#[test]
fn clause_7_3_2_recipients_and_7_3_3_body_begin_where_they_must() {
    let pdf = sample("notice", "gb9704").pdf();
    assert_near("recipients", line(&pdf, "各乡镇人民政府").left(), LEFT, 0.1);
    for start in ["进入秋季以来", "坚持预防为主", "各乡镇（街道）和", "特此通知"] {
        assert_near(start, line(&pdf, start).left(), LEFT + 2.0 * CHARACTER, 0.1);
    }
    for start in ["一、明确目标", "（一）严格火源"] {
        // An opening bracket may give up its empty half.
        let left = line(&pdf, start).left();
        assert!(
            near_by(left, LEFT + 2.0 * CHARACTER, 0.1) || near_by(left, LEFT + 1.5 * CHARACTER, 0.1),
            "{start} at {left:.2}"
        );
    }
}

#[test]
fn clause_7_3_3_the_first_page_shows_body() {
    for (name, start) in [("notice", "进入秋季以来"), ("request", "随着城南新区")] {
        let pdf = sample(name, "gb9704").pdf();
        assert!(
            pdf.pages[0]
                .lines()
                .iter()
                .any(|line| line.text().starts_with(start)),
            "{name}"
        );
    }
}

#[test]
fn clause_7_3_3_headings_are_heiti_and_kaiti() {
    let pdf = sample("work-conference", "gb9704").pdf();
    for (start, font) in [
        ("一、肯定成绩", "NotoSansSC-Regular"),
        ("（一）去年工作", "LXGWWenKaiGBLite-Regular"),
        ("（1）拓宽", "ZhuqueFangsong-Regular"),
    ] {
        let line = line(&pdf, start);
        for glyph in line.glyphs.iter().filter(|glyph| !glyph.text.is_ascii()) {
            assert_eq!(glyph.font, font, "{start}: {}", glyph.text);
            assert_near("size", glyph.size, SIZE_3, 0.01);
        }
    }
}

#[test]
fn clause_7_3_5_2_the_date_begins_two_characters_right_of_the_signature() {
    let pdf = sample("notice", "gb9704").pdf();
    let lines: Vec<PdfLine> = pdf.pages.iter().flat_map(PdfPage::lines).collect();
    let date = lines
        .iter()
        .position(|line| line.text() == "2026年9月10日")
        .unwrap();
    let signature = &lines[date - 1];
    assert_eq!(signature.text(), "云溪县人民政府办公室");
    assert_near(
        "blank right of the signature",
        RIGHT - signature.right(),
        2.0 * CHARACTER,
        0.3,
    );
    assert_near(
        "shift of the date",
        lines[date].left() - signature.left(),
        2.0 * CHARACTER,
        0.3,
    );
}

#[test]
fn clause_7_3_5_5_the_signature_is_not_alone_on_its_page() {
    for name in ["notice", "request", "festival-greeting"] {
        let pdf = sample(name, "gb9704").pdf();
        // The first page may begin with the same name, as the first line of the title.
        for page in &pdf.pages[1..] {
            let first = page.lines()[0].text();
            assert!(
                !["云溪县人民政府办公室", "云溪县教育局", "中共云溪县委"].contains(&first.as_str()),
                "{name}: a page begins with the signature"
            );
        }
    }
}

#[test]
fn clause_7_3_7_an_attachment_begins_a_page() {
    let pdf = sample("request", "gb9704").pdf();
    for label in ["附件1", "附件2"] {
        let page = pdf.pages.iter().find(|page| page.lines()[0].text() == label);
        let lines = page
            .unwrap_or_else(|| panic!("{label} does not begin a page"))
            .lines();
        assert_near("label", lines[0].left(), LEFT, 0.1);
        assert_eq!(lines[0].glyphs[0].font, "NotoSansSC-Regular");
        // 标题 on the third line of the type area.
        let third = TOP + 2.0 * 10.4455;
        assert_near("title of the attachment", em_top(&lines[1]), third, 2.0);
        assert_near(
            "middle of the title",
            (lines[1].left() + lines[1].right()) / 2.0,
            LEFT + WIDTH / 2.0,
            0.5,
        );
    }
}

#[test]
fn clause_7_5_page_numbers_stand_outside_7_mm_below_the_type_area() {
    let pdf = sample("work-conference", "gb9704").pdf();
    for (i, page) in pdf.pages.iter().enumerate() {
        let [number] = page.artifacts().try_into().ok().expect("one page number");
        assert_eq!(number.text().replace(' ', ""), format!("—{}—", i + 1));
        for glyph in &number.glyphs {
            assert_near("size", glyph.size, SIZE_4, 0.01);
        }
        assert_near("middle of the dashes", ink_middle(&number.glyphs[0]), 269.0, 0.2);
        let inset = if i % 2 == 0 {
            RIGHT - number.right()
        } else {
            number.left() - LEFT
        };
        assert_near("one character from the edge", inset, CHARACTER, 1.5);
    }
}

#[test]
fn speeches_have_their_page_number_in_the_middle() {
    let pdf = sample("work-conference", "speech").pdf();
    for page in &pdf.pages {
        let [number] = page.artifacts().try_into().ok().expect("one page number");
        assert_near(
            "middle",
            (number.left() + number.right()) / 2.0,
            LEFT + WIDTH / 2.0,
            0.3,
        );
        assert_near("middle of the dashes", ink_middle(&number.glyphs[0]), 269.0, 0.2);
    }
}

#[test]
fn gbt_15834_5_1_no_mark_stands_where_it_may_not() {
    for style in ["speech", "gb9704"] {
        for name in samples::all().iter().map(|sample| &sample.name) {
            for line in sample(name, style).pdf().pages.iter().flat_map(PdfPage::lines) {
                let text = line.text();
                assert!(
                    !text.starts_with(|c| NOT_AT_START.contains(c) && c != '〔'),
                    "{name}: {text}"
                );
                assert!(!text.ends_with(|c| NOT_AT_END.contains(c)), "{name}: {text}");
            }
        }
    }
}

/// All lines of a sample in the format of speeches.
fn lines_of_speech(name: &str) -> Vec<PdfLine> {
    let pages = sample(name, "speech").pdf().pages;
    pages.iter().flat_map(PdfPage::lines).collect()
}

#[test]
fn gbt_15834_5_1_4_dashes_and_ellipses_are_never_split() {
    for name in samples::all().iter().map(|sample| &sample.name) {
        for pair in lines_of_speech(name).windows(2) {
            let (end, start) = (pair[0].text(), pair[1].text());
            for mark in ['—', '…'] {
                let split =
                    end.ends_with(mark) && start.starts_with(mark) && end.matches(mark).count() % 2 == 1;
                assert!(!split, "{name}: {end} / {start}");
            }
        }
    }
}

#[test]
fn gbt_15835_5_1_7_numbers_are_never_split() {
    for name in samples::all().iter().map(|sample| &sample.name) {
        for pair in lines_of_speech(name).windows(2) {
            let (end, start) = (pair[0].text(), pair[1].text());
            let same_paragraph = pair[1].left() < LEFT + 1.0;
            let split = end.ends_with(|c: char| c.is_ascii_digit())
                && start.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == '%');
            assert!(!(split && same_paragraph), "{name}: {end} / {start}");
        }
    }
}

#[test]
fn every_font_is_embedded_as_a_subset() {
    let pdf = sample("work-conference", "speech").pdf();
    let mut files = 0;
    for object in pdf.document.objects.values() {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        if !dictionary.has_type(b"FontDescriptor") {
            continue;
        }
        assert!(dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3"));
        let name = dictionary.get(b"FontName").and_then(Object::as_name).unwrap();
        let tag = name.iter().position(|byte| *byte == b'+');
        assert_eq!(
            tag,
            Some(6),
            "{} has no subset tag",
            String::from_utf8_lossy(name)
        );
        assert!(name[..6].iter().all(u8::is_ascii_uppercase));
        files += 1;
    }
    assert!((4..=6).contains(&files), "{files} fonts");
}

#[test]
fn the_file_says_what_it_is() {
    let pdf = sample("theme-speech", "speech").pdf();
    let catalog = pdf.catalog();
    let get = |key: &[u8]| catalog.get_deref(key, &pdf.document).unwrap();
    assert_eq!(get(b"Lang").as_str().unwrap(), b"zh-CN");
    let marked = get(b"MarkInfo").as_dict().unwrap().get(b"Marked").unwrap();
    assert!(marked.as_bool().unwrap());
    let display = get(b"ViewerPreferences")
        .as_dict()
        .unwrap()
        .get(b"DisplayDocTitle")
        .unwrap();
    assert!(display.as_bool().unwrap());
    assert!(get(b"StructTreeRoot").as_dict().is_ok());
    let metadata = get(b"Metadata").as_stream().unwrap().get_plain_content().unwrap();
    let metadata = String::from_utf8(metadata).unwrap();
    assert!(
        metadata.contains("让青春在希望的田野上绽放光芒"),
        "the title is in the metadata"
    );
    for claim in ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"] {
        assert!(metadata.contains(claim), "{claim}");
    }
}

#[test]
fn the_structure_tree_reads_the_text_in_order() {
    // ISO 14289-1 §7.1: what is no artifact is tagged, in the order of reading.
    let pdf = sample("notice", "gb9704").pdf();
    let tree = pdf.tagged_text();
    let text: String = tree.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(text, pdf.text());
    let tags: Vec<&str> = tree.iter().map(|(tag, _)| tag.as_str()).collect();
    for tag in ["H1", "H2", "P"] {
        assert!(tags.contains(&tag), "no {tag} in {tags:?}");
    }
    let heading = tree.iter().find(|(_, text)| text.starts_with("一、明确目标任务"));
    assert!(
        heading.is_some_and(|(tag, _)| tag.starts_with('H')),
        "{heading:?}"
    );
}

#[test]
fn headings_are_bookmarks() {
    let pdf = sample("work-conference", "speech").pdf();
    let outlines = pdf.catalog().get_deref(b"Outlines", &pdf.document).unwrap();
    let mut titles = Vec::new();
    let mut next = outlines
        .as_dict()
        .unwrap()
        .get(b"First")
        .and_then(Object::as_reference)
        .ok();
    while let Some(id) = next {
        let item = pdf.document.get_dictionary(id).unwrap();
        let title = item.get(b"Title").and_then(Object::as_str).unwrap();
        titles.push(utf16(title));
        next = item.get(b"Next").and_then(Object::as_reference).ok();
    }
    let numbers: Vec<&str> = titles
        .iter()
        .filter_map(|title| title.split_once('、'))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(numbers, ["一", "二", "三"], "{titles:?}");
}

/// The first page but the first and the last that is full.
fn full_page(pdf: &Pdf) -> &PdfPage {
    let inner = &pdf.pages[1..pdf.pages.len() - 1];
    inner
        .iter()
        .find(|page| page.lines().len() == 22)
        .unwrap_or_else(|| {
            let counts: Vec<usize> = inner.iter().map(|page| page.lines().len()).collect();
            panic!("no page of 22 lines: {counts:?}")
        })
}

pub(super) fn line(pdf: &Pdf, start: &str) -> PdfLine {
    pdf.pages
        .iter()
        .flat_map(PdfPage::lines)
        .find(|line| line.text().starts_with(start))
        .unwrap_or_else(|| panic!("no line begins with {start}"))
}

/// The width of a line in characters, digits and Latin letters being half as wide.
fn cells(line: &PdfLine) -> f64 {
    let cell = |glyph: &PdfGlyph| if glyph.text.is_ascii() { 0.5 } else { 1.0 };
    line.glyphs.iter().map(cell).sum()
}

pub(super) fn em_top(line: &PdfLine) -> f64 {
    line.y() - ABOVE_BASELINE * line.glyphs[0].size * MM_PER_PT
}

pub(super) fn em_bottom(line: &PdfLine) -> f64 {
    line.y() + (1.0 - ABOVE_BASELINE) * line.glyphs[0].size * MM_PER_PT
}

/// Where a line's last character ends, a closing or point mark counted as the half em it may be cut to.
fn ink_end(line: &PdfLine) -> f64 {
    let last = line.glyphs.last().unwrap();
    if NOT_AT_START.contains(&last.text) {
        last.x + last.size * MM_PER_PT / 2.0
    } else {
        line.right()
    }
}

/// The height of the middle of a glyph's ink, from its outline in the font file, in mm from the top of the paper.
fn ink_middle(glyph: &PdfGlyph) -> f64 {
    let mut folders = vec![root().join("fonts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&glyph.font)
            {
                let data = std::fs::read(&path).unwrap();
                let face = ttf_parser::Face::parse(&data, 0).unwrap();
                let character = glyph.text.chars().next().unwrap();
                let shape = face
                    .glyph_bounding_box(face.glyph_index(character).unwrap())
                    .unwrap();
                let middle = f64::from(shape.y_min + shape.y_max) / 2.0 / f64::from(face.units_per_em());
                return glyph.y - middle * glyph.size * MM_PER_PT;
            }
        }
    }
    panic!("no font file for {}", glyph.font)
}

fn near(a: f64, b: f64) -> bool {
    near_by(a, b, 0.01)
}

fn near_by(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes[2..]
        .chunks(2)
        .map(|pair| u16::from(pair[0]) << 8 | u16::from(pair[1]))
        .collect();
    assert_eq!(&bytes[..2], [0xfe, 0xff], "a text string in UTF-16");
    String::from_utf16(&units).unwrap()
}

#[test]
fn clause_5_2_4_all_is_black_where_nothing_else_is_said() {
    for page in &sample("theme-speech", "speech").pdf().pages {
        assert!(page.glyphs.iter().all(|glyph| glyph.color == [0.0; 3]));
        assert!(page.rules.is_empty(), "a speech has no rules");
    }
}
