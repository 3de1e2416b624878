//! 信函格式 (10.1).

use super::pdf::{em_bottom, em_top, line};
use super::{BOTTOM, LEFT, SIZE_3, SIZE_4, WIDTH, assert_blank_lines, assert_near, title};
use crate::produce::{official, options};
use crate::readers::pdf::PdfRule;

const RIGHT: f64 = LEFT + WIDTH;

fn is_red(rule: &&PdfRule) -> bool {
    rule.color[0] > 0.9 && rule.color[1] < 0.5
}

#[test]
fn clause_10_1_the_mark_is_the_organs_name_30_mm_from_the_top() {
    let pdf = official("letter").pdf();
    let mark = line(&pdf, "云溪县发展和改革局");
    assert_eq!(mark.text(), "云溪县发展和改革局");
    assert_near("upper edge", em_top(&mark), 30.0, 1.0);
    assert_near(
        "middle",
        (mark.left() + mark.right()) / 2.0,
        LEFT + WIDTH / 2.0,
        1.0,
    );
    assert!(
        mark.glyphs
            .iter()
            .all(|glyph| glyph.color == [1.0, 0.2, 0.2] || glyph.color[0] > 0.99)
    );
}

#[test]
fn clause_10_1_red_double_rules_of_170_mm_thick_and_thin() {
    let pdf = official("letter").pdf();
    let rules: Vec<&PdfRule> = pdf.pages[0].rules.iter().filter(is_red).collect();
    assert_eq!(rules.len(), 4);
    for rule in &rules {
        assert_near("length", rule.right - rule.left, 170.0, 0.2);
        assert_near("middle", (rule.left + rule.right) / 2.0, 105.0, 0.2);
    }
    let thickness = |rule: &PdfRule| rule.bottom - rule.top;
    // 武文线 above, 文武线 below.
    assert!(thickness(rules[0]) > 2.0 * thickness(rules[1]));
    assert!(thickness(rules[3]) > 2.0 * thickness(rules[2]));
    let mark = line(&pdf, "云溪县发展和改革局");
    assert_near("below the mark", rules[0].top - em_bottom(&mark), 4.0, 0.3);
    assert_near("from the lower edge", 297.0 - rules[3].bottom, 20.0, 0.5);
    for page in &pdf.pages[1..] {
        assert!(page.rules.is_empty(), "the first page only, and no rules of 版记");
    }
}

#[test]
fn clause_10_1_the_number_stands_right_seven_eighths_of_a_character_below_the_rule() {
    let pdf = official("letter").pdf();
    let number = line(&pdf, "云发改函〔2026〕21号");
    assert_near("right edge", number.right(), RIGHT, 0.5);
    let rule = pdf.pages[0].rules.iter().filter(is_red).nth(1).unwrap();
    // 7/8 of size 3.
    assert_near(
        "below the rule",
        em_top(&number) - rule.bottom,
        5.54 * 7.0 / 8.0,
        0.3,
    );
    let title = title(&pdf);
    assert_blank_lines("title", em_top(&title) - em_bottom(&number), 2.0);
}

#[test]
fn clause_10_1_fields_stand_left_below_the_rule() {
    let text = "000001\n秘密★1年\n特急\n青山县发展和改革局\n青发改函〔2026〕3号\n关于商请提供资料的函\n县财政局：\n请贵局协助提供资料。\n青山县发展和改革局\n2026年3月5日\n";
    let pdf = crate::produce::outputs(text.as_bytes(), "letter").pdf();
    let rule = pdf.pages[0].rules.iter().filter(is_red).nth(1).unwrap();
    let first = line(&pdf, "000001");
    assert_near("left edge", first.left(), LEFT, 0.5);
    assert_near(
        "below the rule",
        em_top(&first) - rule.bottom,
        5.54 * 7.0 / 8.0,
        0.3,
    );
    // The number stands on the same line.
    assert!(first.text().ends_with("青发改函〔2026〕3号"), "{}", first.text());
    let (second, third) = (line(&pdf, "秘密"), line(&pdf, "特急"));
    assert!(first.y() < second.y() && second.y() < third.y());
    assert_blank_lines("title", em_top(&line(&pdf, "关于商请")) - em_bottom(&third), 2.0);
}

#[test]
fn clause_10_1_the_first_page_has_no_number() {
    let pdf = official("letter").pdf();
    assert!(pdf.pages[0].artifacts().is_empty());
    let docx = official("letter").docx();
    let document = docx.part("word/document.xml");
    let section = document.all("w:sectPr")[0];
    assert!(section.child("w:titlePg").is_some());
    let kinds: Vec<_> = section
        .all("w:footerReference")
        .iter()
        .map(|footer| footer.get("w:type").unwrap().to_owned())
        .collect();
    assert!(kinds.contains(&"first".to_owned()));
    let footer = docx.part("word/footer5.xml");
    assert!(footer.all("w:instrText").is_empty());
    let borders = footer.only("w:pBdr");
    assert!(borders.only("w:top").number("w:sz") < borders.only("w:bottom").number("w:sz"));
    // 170 mm.
    assert_near(
        "length",
        footer.only("w:framePr").number("w:w") / 20.0 * super::MM_PER_PT,
        170.0,
        0.1,
    );
}

/// A letter whose text goes over the first page.
fn long_letter(title: &str) -> String {
    let sentence = "请贵局结合实际提出具体意见，并于本月底前书面反馈我局汇总。";
    let paragraph = sentence.repeat(4);
    let text = [paragraph.as_str(); 8].join("\n");
    format!(
        "青山县发展和改革局\n青发改函〔2026〕3号\n{title}\n县财政局：\n{text}\n青山县发展和改革局\n2026年3月5日\n"
    )
}

#[test]
fn clause_10_1_the_last_line_of_page_1_stands_seven_eighths_of_a_character_above_the_lower_rule() {
    for title in [
        "关于商请提供资料的函",
        "青山县发展和改革局关于商请提供城东产业园区土地供应和利用情况有关资料的函",
    ] {
        let outputs = crate::produce::outputs(long_letter(title).as_bytes(), "letter");
        let pdf = outputs.pdf();
        let lower = pdf.pages[0].rules.iter().filter(is_red).nth(2).unwrap();
        let lines = pdf.pages[0].lines();
        let last = lines.last().unwrap();
        // 7/8 of size 3.
        assert_near(
            "above the lower rule",
            lower.top - em_bottom(last),
            5.54 * 7.0 / 8.0,
            0.3,
        );

        // The DOCX has the same pitch in the paragraphs of that page, and room for these lines and no more.
        let pitch = em_bottom(last) - em_bottom(&lines[lines.len() - 2]);
        let docx = outputs.docx();
        let line = |text: &str| {
            docx.paragraphs()
                .into_iter()
                .find(|paragraph| paragraph.text.starts_with(text))
                .unwrap_or_else(|| panic!("{text} is in the DOCX"))
                .property("w:spacing", "w:line")
                .map(|line| line.parse::<f64>().unwrap() / 20.0 * super::MM_PER_PT)
        };
        assert_near("pitch", line("请贵局结合").unwrap(), pitch, 0.02);
        assert_near(
            "elsewhere",
            line("2026年").unwrap(),
            (BOTTOM - super::TOP - SIZE_3 * super::MM_PER_PT) / 21.0,
            0.02,
        );
        let document = docx.part("word/document.xml");
        let margins = document.only("w:pgMar");
        let bottom = 297.0 - margins.number("w:bottom") / 20.0 * super::MM_PER_PT;
        let half_leading = (pitch - SIZE_3 * super::MM_PER_PT) / 2.0;
        let room = bottom - em_bottom(last) - half_leading;
        assert!((0.0..pitch).contains(&room), "{room} mm are left");
        // Its footer is no higher than the margin, and that of further pages brings their end to that of the type area:
        // the number's line begins less than a line below it.
        let first = docx.part("word/footer5.xml");
        let blank = first.all("w:p").into_iter().next_back().unwrap();
        let high = margins.number("w:footer") + blank.only("w:spacing").number("w:line");
        assert!(high <= margins.number("w:bottom") + 1.0, "{high}");
        for footer in ["word/footer1.xml", "word/footer2.xml"] {
            let below = docx.part(footer).only("w:spacing").number("w:line") + margins.number("w:footer");
            let top = 297.0 - (below / 20.0 + SIZE_4) * super::MM_PER_PT;
            assert!((BOTTOM..BOTTOM + pitch).contains(&top), "{top}");
        }
    }
}

#[test]
fn clause_10_1_the_imprint_has_neither_rules_nor_office_at_the_foot_of_the_last_page() {
    let pdf = official("letter").pdf();
    let cc = line(&pdf, "抄送：");
    assert_near("lower edge", em_bottom(&cc), BOTTOM, 2.5);
    let last = pdf.pages.last().unwrap();
    assert!(last.rules.iter().all(|rule| is_red(&rule)));
}

#[test]
fn clause_10_1_a_letter_without_an_organ_is_refused_unless_it_is_a_draft() {
    let text = "关于商请提供资料的函\n县财政局：\n请贵局协助提供资料。\n青山县发展和改革局\n2026年3月5日\n";
    let error = hongtou::convert(text.as_bytes(), &options("letter")).unwrap_err();
    assert!(
        error.help().unwrap().en.contains("--meta organization="),
        "{error}"
    );
    let mut draft = options("letter");
    draft.draft = true;
    assert!(hongtou::convert(text.as_bytes(), &draft).is_ok());
}
