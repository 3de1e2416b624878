//! What pages begin and end with.

use super::*;
use crate::layout::testing::{characters, fonts, paged, pages, styled};

/// A body paragraph of `count` full lines.
fn body(count: usize) -> String {
    characters(28 * count - 2)
}

fn counts(document: &PagedDocument) -> Vec<usize> {
    document.pages.iter().map(|page| page.lines.len()).collect()
}

#[test]
fn a_full_page_is_22_lines_of_28_characters_on_the_grid() {
    for name in ["speech", "gb9704"] {
        let document = paged(name, &[(Role::Body, &body(30))]);
        assert_eq!(counts(&document), [22, 8], "{name}");
        let line = &document.pages[0].lines[3];
        let xs: Vec<Length> = line
            .runs
            .iter()
            .flat_map(|run| &run.glyphs)
            .map(|glyph| glyph.x)
            .collect();
        assert_eq!(xs.len(), 28);
        for (k, x) in xs.iter().enumerate() {
            // Column k stands at 28 mm + k · 156 mm / 28, rounded to the nearest EMU.
            let column = 28.0 * 36_000.0 + k as f64 * 156.0 * 36_000.0 / 28.0;
            assert!(
                (x.to_emu() as f64 - column).abs() <= 0.5,
                "{name}: column {k} at {x:?}"
            );
        }
    }
}

#[test]
fn baselines_follow_from_margin_pitch_and_em_box() {
    // Top 37 mm = 104.882 pt; (28.95 − 16) / 2 = 6.475 pt above the em box; 0.88 em = 14.08 pt.
    let document = paged("speech", &[(Role::Body, &body(22))]);
    let baseline = |line: usize| document.pages[0].lines[line].baseline.to_pt();
    assert!((baseline(0) - (37.0 * 72.0 / 25.4 + 6.475 + 14.08)).abs() < 0.001);
    assert!((baseline(21) - baseline(0) - 21.0 * 28.95).abs() < 0.001);
}

#[test]
fn blank_lines_vanish_at_the_top_of_a_page() {
    let document = paged(
        "gb9704",
        &[(Role::Title, "关于测试的通知"), (Role::Body, "正文。")],
    );
    // 34.58 mm, and (36 − 22) / 2 + 0.88 · 22 pt.
    let baseline = document.pages[0].lines[0].baseline.to_pt();
    assert!((baseline - (34.58 * 72.0 / 25.4 + 7.0 + 19.36)).abs() < 0.001);
    // One line of 29.6 pt between title and text.
    let next = document.pages[0].lines[1].baseline.to_pt();
    assert!((next - baseline - (36.0 - 26.36 + 29.6 + 6.8 + 14.08)).abs() < 0.001);
}

#[test]
fn a_heading_stays_with_its_text() {
    for name in ["speech", "gb9704"] {
        let with_heading = |before: usize| {
            let (before, after) = (body(before), body(4));
            paged(
                name,
                &[
                    (Role::Body, &before),
                    (Role::Heading1, "一、标题"),
                    (Role::Body, &after),
                ],
            )
        };
        let document = with_heading(21);
        assert_eq!(counts(&document), [21, 5], "{name}");
        assert_eq!(pages(&document)[1][0], "一、标题");
        // One line of what follows is enough where it may stand alone.
        let with_one = if name == "speech" { [20, 5] } else { [22, 3] };
        assert_eq!(counts(&with_heading(20)), with_one, "{name}");
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_where_widows_are_unwanted() {
    // Paragraphs of so many lines, on pages of 18 lines of 22 characters, as Word breaks them.
    let on_the_podium = |lines: &[usize]| {
        let texts: Vec<String> = lines.iter().map(|count| characters(22 * count - 2)).collect();
        let texts: Vec<(Role, &str)> = texts.iter().map(|text| (Role::Body, text.as_str())).collect();
        counts(&paged("speech-podium", &texts))
    };
    assert_eq!(on_the_podium(&[19]), [17, 2]);
    assert_eq!(on_the_podium(&[20]), [18, 2]);
    // No first line at the foot of a page.
    assert_eq!(on_the_podium(&[17, 4]), [17, 4]);
    assert_eq!(on_the_podium(&[16, 4]), [18, 2]);
    assert_eq!(on_the_podium(&[15, 4]), [17, 2]);
    // Two or three lines stay together; a single one stands where it comes.
    assert_eq!(on_the_podium(&[17, 2]), [17, 2]);
    assert_eq!(on_the_podium(&[16, 3]), [16, 3]);
    assert_eq!(on_the_podium(&[17, 1, 3]), [18, 3]);
    // Official documents fill their pages.
    for (name, long, two) in [("speech", [21, 2], [21, 4]), ("gb9704", [22, 1], [22, 3])] {
        let document = paged(name, &[(Role::Body, &body(23))]);
        assert_eq!(counts(&document), long, "{name}");
        let document = paged(name, &[(Role::Body, &body(21)), (Role::Body, &body(4))]);
        assert_eq!(counts(&document), two, "{name}");
    }
}

#[test]
fn a_page_does_not_end_inside_a_lead() {
    let lead = format!("（一）{}。|{}", characters(70), characters(100));
    // 18 lines of 22 characters.
    let text = characters(22 * 16 - 2);
    let document = paged("speech-podium", &[(Role::Body, &text), (Role::RunIn, &lead)]);
    assert_eq!(counts(&document)[0], 16);
}

#[test]
fn a_page_does_not_end_after_the_first_words_of_a_sentence() {
    // 18 lines of 22 characters, two of indent: the first sentence ends one character before the page does.
    let text = |end: usize| format!("{}。{}。", characters(22 * 18 - 2 - 1 - end), characters(40));
    let lines = |profile: &str, text: &str| counts(&paged(profile, &[(Role::Body, text)]));
    assert_eq!(lines("speech-podium", &text(1)), [17, 3]);
    assert_eq!(lines("speech-podium", &text(6)), [18, 2]);
    // A sentence that ends with the page.
    assert_eq!(lines("speech-podium", &text(0)), [18, 2]);
}

#[test]
fn a_page_is_not_left_far_short_for_a_sentence() {
    // Nothing but sentences of three characters: any page end is near the end of one.
    let text = "好不好。".repeat(22 * 30 / 4);
    let document = paged("speech-podium", &[(Role::Body, &text)]);
    assert!(counts(&document)[0] >= 16, "{:?}", counts(&document));
}

#[test]
fn the_first_page_of_a_letter_ends_at_its_rule() {
    let letter = |count: usize| {
        let text = body(count);
        let document = paged(
            "letter",
            &[
                (Role::IssuerMark, "青山县财政局"),
                (Role::Title, "关于商请提供资料的函"),
                (Role::Recipient, "县教育局："),
                (Role::Body, &text),
            ],
        );
        let last = document.pages[0].lines.last().unwrap().baseline;
        // From the baseline of 16 pt to the lower edge of its em box.
        (document, (last + Length::pt(16).scale(12, 100)).to_mm())
    };
    // 297 − 20 mm, a rule of 4 pt, 4.84 mm.
    let bottom = 277.0 - 4.0 * 25.4 / 72.0 - 4.84;
    let (document, end) = letter(30);
    assert!((end - bottom).abs() < 0.01, "{end}");
    let first_page = document.first_page.unwrap();
    assert_eq!(first_page.paragraphs, document.elements.len());
    assert!((first_page.line_pitch.to_pt() - 29.6).abs() < 1.5);
    // The second page is as it always is.
    let baseline = |line: usize| document.pages[1].lines[line].baseline.to_pt();
    assert!((baseline(1) - baseline(0) - 29.6).abs() < 0.001);
    // A letter that ends higher up is left alone.
    let (document, _) = letter(8);
    assert_eq!(document.first_page, None);
    let baseline = |line: usize| document.pages[0].lines[line].baseline.to_pt();
    assert!((baseline(5) - baseline(4) - 29.6).abs() < 0.001);
}

#[test]
fn signature_and_date_take_a_line_of_text_along() {
    let sign = [(Role::Signature, "青山县人民政府"), (Role::Date, "2024年3月5日")];
    let text = body(21);
    let document = paged("gb9704", &[&[(Role::Body, text.as_str())], &sign[..]].concat());
    assert_eq!(counts(&document), [20, 3]);
    // Two lines where a single one would be a widow.
    let text = characters(22 * 17 - 2);
    let document = paged(
        "speech-podium",
        &[&[(Role::Body, text.as_str())], &sign[..]].concat(),
    );
    assert_eq!(counts(&document), [15, 4]);
}

#[test]
fn a_note_of_attachments_before_the_signature_is_no_text() {
    let text = body(18);
    let document = paged(
        "gb9704",
        &[
            (Role::Body, &text),
            (Role::AttachmentNote, "附件：工作安排"),
            (Role::Signature, "青山县人民政府"),
            (Role::Date, "2024年3月5日"),
        ],
    );
    // 18 lines, a blank, the note, a blank, signature and date come to 23.
    assert_eq!(counts(&document), [17, 4]);
    // Nor are the last lines of a long one.
    let note = format!("附件：{}", characters(26));
    let document = paged(
        "gb9704",
        &[
            (Role::Body, &text),
            (Role::AttachmentNote, &note),
            (Role::Signature, "青山县人民政府"),
            (Role::Date, "2024年3月5日"),
        ],
    );
    assert_eq!(counts(&document), [17, 5]);
}

#[test]
fn titles_and_headings_of_attachments_stand_under_their_labels_in_the_outline() {
    let document = paged(
        "gb9704",
        &[
            (Role::Heading1, "一、目标"),
            (Role::Body, "甲"),
            (Role::AttachmentLabel, "附件1"),
            (Role::AttachmentTitle, "器具清单"),
            (Role::Heading1, "一、清单"),
            (Role::Heading2, "（一）分项"),
            (Role::AttachmentLabel, "附件2"),
            (Role::Heading1, "一、分工"),
        ],
    );
    let outline: Vec<(u8, &str)> = document
        .outline
        .iter()
        .map(|entry| (entry.level, entry.text.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (1, "一、目标"),
            (1, "附件1"),
            (2, "器具清单"),
            (2, "一、清单"),
            (3, "（一）分项"),
            (1, "附件2"),
            (2, "一、分工"),
        ]
    );
}

#[test]
fn an_attachment_begins_a_page_but_never_leaves_one_empty() {
    let label = (Role::AttachmentLabel, "附件1");
    let document = paged("gb9704", &[label, (Role::Body, "甲"), label, (Role::Body, "乙")]);
    assert_eq!(counts(&document), [2, 2]);
}

#[test]
fn thousands_of_headings_come_to_an_end() {
    let document = paged("speech", &vec![(Role::Heading1, "一、标题"); 5000]);
    assert_eq!(counts(&document).iter().sum::<usize>(), 5000);
    assert!(document.pages.len() < 5000 / 22 + 2);
    assert_eq!(document.outline.len(), 5000);
}

#[test]
fn an_empty_document_has_one_page() {
    let document = paged("speech", &[]);
    assert_eq!(counts(&document), [0]);
}

#[test]
fn the_outline_has_headings_with_their_page_and_place() {
    let document = paged(
        "speech",
        &[
            (Role::Heading1, "一、甲"),
            (Role::Body, &body(22)),
            (Role::Heading2, "（一）乙"),
            (Role::Body, "丙"),
        ],
    );
    let outline: Vec<(&str, u8, usize)> = document
        .outline
        .iter()
        .map(|entry| (entry.text.as_str(), entry.level, entry.page))
        .collect();
    assert_eq!(outline, [("一、甲", 1, 0), ("（一）乙", 2, 1)]);
    assert_eq!(document.outline[0].top, Length::mm(37));
}

#[test]
fn leads_stand_in_for_headings_that_are_missing() {
    let lead = (Role::RunIn, "（一）乙。|丙丁。");
    let texts = |paragraphs: &[(Role, &str)]| -> Vec<(String, u8)> {
        paged("speech", paragraphs)
            .outline
            .into_iter()
            .map(|entry| (entry.text, entry.level))
            .collect()
    };
    assert_eq!(
        texts(&[(Role::Heading1, "一、甲"), lead]),
        [("一、甲".to_owned(), 1), ("（一）乙".to_owned(), 2)]
    );
    assert_eq!(texts(&[(Role::Heading2, "（二）甲"), lead]).len(), 1);
}

#[test]
fn substitutions_are_counted_once_for_each_character() {
    let document = paged("speech", &[(Role::Body, "①甲①②")]);
    let found: Vec<(char, usize)> = document
        .substitutions
        .iter()
        .map(|substitution| (substitution.character, substitution.count))
        .collect();
    assert_eq!(found, [('①', 2), ('②', 1)]);
}

#[test]
fn a_character_of_no_font_is_an_error_that_names_it() {
    let document = styled("speech", &[(Role::Body, "甲😀")]);
    let error = layout(&document, fonts()).unwrap_err();
    assert_eq!(error.to_string(), "no font has '😀' (U+1F600)");
}

#[test]
fn lines_of_long_titles_end_where_those_of_the_pages_do() {
    let long = "青山县人民政府办公室关于切实做好冬季森林防火工作的通知";
    let by_hand = "青山县人民政府\n关于做好冬季森林防火工作的通知";
    let mut document = styled(
        "gb9704",
        &[
            (Role::Title, long),
            (Role::Title, by_hand),
            (Role::Title, "通知"),
            (Role::Body, long),
        ],
    );
    title_lines(&mut document, fonts());
    let ends: Vec<&[usize]> = document
        .paragraphs
        .iter()
        .map(|paragraph| &paragraph.line_ends[..])
        .collect();
    assert_eq!(ends, [&["青山县人民政府办公室".len()][..], &[], &[], &[]]);
}
