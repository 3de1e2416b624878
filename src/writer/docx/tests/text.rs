//! The text comes out character for character.

use proptest::prelude::*;

use super::reader::{Docx, text};
use super::{block, profile, run_in, styled, written};
use crate::model::Role;
use crate::writer::docx::{Change, Properties, Remark, Review, write, xml};

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
            // Blanks of XML at an end, or several together, are kept only where that is said.
            let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
            let endangered = t.text.starts_with(blank) || t.text.ends_with(blank) || t.text.contains("  ");
            assert_eq!(
                t.attribute("xml:space"),
                endangered.then_some("preserve"),
                "{:?}",
                t.text
            );
        }
    }
}

#[test]
fn long_texts_are_one_body() {
    let texts: Vec<String> = (0..3000).map(|number| format!("第{number}段。")).collect();
    let blocks = texts.iter().map(|text| block(Role::Body, text)).collect();
    let docx = written(&styled(blocks, &profile("speech")));
    let paragraphs = docx.paragraphs();
    assert!(paragraphs.iter().map(|paragraph| text(paragraph)).eq(texts));
    let document = docx.part("word/document.xml");
    for tag in ["<w:document ", "<w:body>", "<w:sectPr>", "</w:body></w:document>"] {
        assert_eq!(document.matches(tag).count(), 1, "{tag}");
    }
    // In one piece or in several, a paragraph is the same.
    let looks = |paragraph: &super::reader::Element| format!("{:?}", paragraph.all("w:pPr"));
    assert_eq!(looks(paragraphs[1]), looks(paragraphs[2999]));
}

#[test]
fn marks_of_a_review_are_numbered_through_long_texts() {
    const PARAGRAPHS: usize = 2500;
    let blocks = (0..PARAGRAPHS).map(|_| block(Role::Body, "甲乙。")).collect();
    let document = styled(blocks, &profile("speech"));
    let change = Change {
        inserted: 0.."甲".len(),
        deleted: "丙".to_owned(),
    };
    let remark = Remark {
        range: 0.."甲乙".len(),
        text: "请核对".to_owned(),
    };
    let properties = Properties {
        review: Review {
            changes: vec![vec![change]; PARAGRAPHS],
            comments: vec![vec![remark]; PARAGRAPHS],
        },
        ..Properties::default()
    };
    let docx = Docx::open(&write(&document, &properties).unwrap());
    let numbers = |name: &str| -> Vec<usize> {
        let marks = docx.body.all(name).into_iter();
        marks
            .map(|mark| mark.attribute("w:id").unwrap().parse().unwrap())
            .collect()
    };
    let comments: Vec<usize> = (0..PARAGRAPHS).collect();
    assert_eq!(numbers("w:commentRangeStart"), comments);
    assert_eq!(numbers("w:commentRangeEnd"), comments);
    // One deletion and one insertion in each paragraph, after the numbers of the comments.
    let mut changes = [numbers("w:del"), numbers("w:ins")].concat();
    changes.sort_unstable();
    assert!(changes.into_iter().eq(PARAGRAPHS..3 * PARAGRAPHS));
}

/// Any character, and those that matter here more often than not.
fn character() -> impl Strategy<Value = char> {
    let telling = "甲，。“”— \t\n\r<&;]\0".chars().collect::<Vec<_>>();
    prop_oneof![any::<char>(), prop::sample::select(telling)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_through(
        texts in prop::collection::vec(prop::collection::vec(character(), 1..40), 1..6),
        role in prop::sample::select(Role::ALL.to_vec()),
    ) {
        prop_assume!(role != Role::Table);
        let blocks = texts.iter().map(|text| block(role, &text.iter().collect::<String>()));
        let document = styled(blocks.collect(), &profile("gb9704"));
        let docx = written(&document);
        let legal = |c: char| if xml::is_legal(c) { c } else { char::REPLACEMENT_CHARACTER };
        // 版头 and 版记 have empty paragraphs of the format's own between.
        let found: Vec<String> = docx.paragraphs().into_iter().map(text).filter(|text| !text.is_empty()).collect();
        let wanted = document.paragraphs.iter().map(|paragraph| {
            let text = paragraph.text.replace("\r\n", "\n").replace('\r', "\n");
            text.chars().map(legal).collect::<String>()
        });
        prop_assert_eq!(found, wanted.filter(|text| !text.is_empty()).collect::<Vec<_>>());
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

#[test]
fn columns_parted_by_tabs_become_a_table() {
    let table = "乡镇\t任务\t时限\n东河镇\t水库检修\t3月20日\n西山乡\t渠道 清淤";
    let document = styled(
        vec![
            block(Role::Table, table),
            block(Role::Table, table),
            block(Role::Body, "正文。"),
            block(Role::Table, table),
        ],
        &profile("gb9704"),
    );
    let docx = written(&document);
    let names: Vec<&str> = docx
        .body
        .children
        .iter()
        .map(|child| child.name.as_str())
        .collect();
    // A paragraph between two tables and after the last one.
    assert_eq!(
        names,
        ["w:tbl", "w:p", "w:tbl", "w:p", "w:tbl", "w:p", "w:sectPr"]
    );
    let first = &docx.body.children[0];
    let rows = first.all("w:tr");
    assert_eq!(rows.len(), 3);
    let cells = |row: usize| -> Vec<String> {
        let cells = rows[row].all("w:tc");
        cells.iter().map(|cell| text(cell.all("w:p")[0])).collect()
    };
    assert_eq!(cells(0), ["乡镇", "任务", "时限"]);
    assert_eq!(cells(2), ["西山乡", "渠道 清淤", ""]);
    for table in docx.body.all("w:tbl") {
        let headers: Vec<bool> = table
            .all("w:tr")
            .iter()
            .map(|row| !row.all("w:tblHeader").is_empty())
            .collect();
        assert_eq!(headers, [true, false, false]);
    }
    let total: i64 = first
        .all("w:gridCol")
        .iter()
        .map(|column| column.attribute("w:w").unwrap().parse::<i64>().unwrap())
        .sum();
    // 156 mm.
    assert_eq!(total, 8844);
    // The head has a style of its own, and no cell is formatted directly.
    let styles: Vec<&str> = first
        .all("w:pStyle")
        .iter()
        .filter_map(|style| style.attribute("w:val"))
        .collect();
    assert_eq!(styles[..4], ["TableHead", "TableHead", "TableHead", "TableText"]);
    assert!(
        first
            .all("w:p")
            .iter()
            .all(|cell| cell.all("w:jc").is_empty() && cell.all("w:sz").is_empty())
    );
}

#[test]
fn wide_tables_stand_in_a_section_of_turned_pages() {
    let row = |cell: &str| [cell; 7].join("\t");
    let table = format!("{}\n{}", row("项目"), row("牵头单位和配合单位"));
    let document = styled(
        vec![
            block(Role::Body, "上文。"),
            block(Role::AttachmentLabel, "附件"),
            block(Role::AttachmentTitle, "情况表"),
            block(Role::Table, &table),
            block(Role::Body, "下文。"),
        ],
        &profile("gb9704"),
    );
    let docx = written(&document);
    let sections = docx.body.all("w:sectPr");
    let number = |section: usize, element: &str, attribute: &str| -> i64 {
        let element = sections[section].child(element).unwrap();
        element.attribute(attribute).unwrap().parse().unwrap()
    };
    let widths: Vec<i64> = (0..3).map(|section| number(section, "w:pgSz", "w:w")).collect();
    assert_eq!(widths, [11906, 16838, 11906]);
    // The type area stays where it is on the paper: 28 mm of binding margin become the top.
    let margins = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| number(1, "w:pgMar", side));
    assert_eq!(margins, [1587, 1960, 1474, 1847]);
    // 156 mm are 8844 twips: 14 lines of 592, which then fill the page.
    assert_eq!(number(1, "w:docGrid", "w:linePitch"), 631);
    // As wide as the turned type area: 297 − 34.58 − 32.58 mm.
    let total: i64 = docx
        .body
        .all("w:gridCol")
        .iter()
        .map(|column| column.attribute("w:w").unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(total, 13030);
    // Headings go with the table; only the paragraph after it ends the section.
    let ends: Vec<String> = docx
        .paragraphs()
        .into_iter()
        .filter(|paragraph| !paragraph.all("w:sectPr").is_empty())
        .map(text)
        .collect();
    assert_eq!(ends, ["上文。", ""]);
    // The number stands in a box along the left edge, 28 mm from it.
    let footer = docx.part("word/footer3.xml");
    assert!(footer.contains("margin-left:72.37pt;margin-top:79.37pt;width:14.00pt;height:442.20pt"));
    assert!(footer.contains("layout-flow:vertical") && footer.contains(" PAGE "));
    let upright = written(&styled(vec![block(Role::Body, "正文。")], &profile("gb9704")));
    assert!(upright.parts.iter().all(|(name, _)| name != "word/footer3.xml"));
}

#[test]
fn columns_parted_otherwise_stay_as_they_are() {
    let table = "| 乡镇 | 任务 |\n|---|---|\n| 东河镇 | 检修 |";
    let docx = written(&styled(vec![block(Role::Table, table)], &profile("gb9704")));
    assert!(docx.body.all("w:tbl").is_empty());
    assert_eq!(text(docx.paragraphs()[0]), table);
}
