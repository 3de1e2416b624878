//! Corrections are exact, complete and idempotent.

use proptest::prelude::*;

use super::*;
use crate::model::{Block, Document, Role, Text};
use crate::source::Span;

fn body(text: &str) -> Document {
    let span = Span::new(0, text.len());
    Document {
        blocks: vec![Block::new(Role::Body, Text::from_source(text, span), span)],
        ..Document::default()
    }
}

fn safe(text: &str) -> String {
    let mut document = body(text);
    normalize(&mut document, text, FixLevel::Safe);
    document.blocks[0].text.as_str().to_owned()
}

#[test]
fn edits_say_exactly_what_was_changed() {
    let text = "祝贺!能力;\"好\",,对";
    let mut document = body(text);
    let edits = normalize(&mut document, text, FixLevel::Safe);
    let mut rebuilt = text.to_owned();
    for edit in edits.iter().rev() {
        assert_eq!(edit.span.of(text), edit.before);
        rebuilt.replace_range(edit.span.start..edit.span.end, &edit.after);
    }
    assert_eq!(rebuilt, document.blocks[0].text.as_str());
    assert!(edits.is_sorted_by_key(|edit| edit.span));
}

#[test]
fn an_edit_within_another_is_part_of_it() {
    let edit = |start, end| Edit {
        code: "c",
        span: Span::new(start, end),
        before: "x".repeat(end - start),
        after: String::new(),
    };
    let listed = [
        edit(9, 10),
        edit(4, 5),
        edit(3, 7),
        edit(7, 7),
        edit(0, 3),
        edit(6, 6),
    ];
    let spans: Vec<(usize, usize)> = together(listed.to_vec())
        .iter()
        .map(|edit| (edit.span.start, edit.span.end))
        .collect();
    assert_eq!(spans, [(0, 3), (3, 7), (7, 7), (9, 10)]);
}

#[test]
fn nothing_is_changed_without_leave() {
    let text = "祝贺!";
    let mut document = body(text);
    assert!(normalize(&mut document, text, FixLevel::None).is_empty());
    assert_eq!(document.blocks[0].text.as_str(), text);
}

#[test]
fn the_lead_keeps_its_end() {
    let text = "一是要\"实干\".要抓好落实;";
    let mut document = body(text);
    document.blocks[0].role = Role::RunIn;
    document.blocks[0].lead = Some(Lead {
        level: 0,
        len: text.find("要抓").unwrap(),
    });
    normalize(&mut document, text, FixLevel::Safe);
    assert_eq!(document.blocks[0].lead_text(), Some("一是要“实干”."));
    let text = "一是要(实干)!要抓好落实;";
    let mut document = body(text);
    document.blocks[0].lead = Some(Lead {
        level: 0,
        len: text.find("要抓").unwrap(),
    });
    normalize(&mut document, text, FixLevel::Safe);
    assert_eq!(document.blocks[0].lead_text(), Some("一是要（实干）！"));
}

/// What other programs spoil.
#[test]
fn well_known_traps_come_out_right() {
    for (text, right) in [
        ("破折号——都有", "破折号——都有"),
        ("2020—2024年", "2020—2024年"),
        (
            "https://x.cn/a?b=1,请登录查看;联系",
            "https://x.cn/a?b=1，请登录查看；联系",
        ),
        ("时间14:30", "时间14:30"),
        ("1:5比例", "1:5比例"),
        ("用\"A\"表示", "用“A”表示"),
        ("it's OK", "it's OK"),
        ("“外层“内层”外层”", "“外层“内层”外层”"),
        ("见附件1,附件2", "见附件1，附件2"),
        ("5G,AI", "5G,AI"),
        ("工作.版本v2.0", "工作.版本v2.0"),
        ("国发(2012)1号", "国发〔2012〕1号"),
        ("见附件1,附件2。5G,AI", "见附件1，附件2。5G,AI"),
        ("完成。。", "完成。"),
        ("New York和张  三", "New York和张  三"),
    ] {
        assert_eq!(safe(text), right);
        assert_eq!(safe(right), right);
    }
}

/// One paragraph after another, in both directions: what must be corrected, and what must never be.
#[test]
fn the_listed_paragraphs_come_out_right() {
    let mut faults = Vec::new();
    let lines = include_str!("cases.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (wrong, right) = line.split_once(" => ").unwrap_or((line, line));
        for text in [wrong, right] {
            let got = safe(text);
            if got != right {
                faults.push(format!("{text} gives {got}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Texts out of the pieces that rules look for, several paragraphs of any element.
fn texts() -> impl Strategy<Value = Vec<(Role, String)>> {
    let piece = prop::sample::select(vec![
        "工作",
        "要",
        "的",
        "一",
        "二",
        "十",
        "第",
        "其",
        "首先",
        "是",
        "号",
        "年",
        "月",
        "日",
        "国发",
        "等",
        "附件",
        "a",
        "It's",
        "OK",
        "x",
        "https://x.cn/a?b=1",
        "v2.0",
        "GB/T 9704-2012",
        "表.docx",
        "1",
        "05",
        "12",
        "2024",
        "20",
        "3.5",
        "14:30",
        "１",
        "２３",
        "Ａ",
        "．",
        "％",
        ",",
        ";",
        ":",
        "!",
        "?",
        ".",
        "...",
        "\"",
        "'",
        "(",
        ")",
        "[",
        "]",
        "（",
        "）",
        "“",
        "”",
        "‘",
        "’",
        "《",
        "》",
        "，",
        "。",
        "、",
        "；",
        "：",
        "！",
        "？",
        "…",
        "……",
        "—",
        "——",
        "-",
        "--",
        "－",
        "~",
        "～",
        "·",
        " ",
        "\u{3000}",
        "\t",
        "*",
        "×",
        "①",
        "%",
        "截止",
        "目前",
        "总得讲",
        "二○二四年",
        "〔",
        "〕",
        "_",
        "□",
    ]);
    let text = prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat());
    let role = prop::sample::select(Role::ALL.to_vec());
    let role = prop_oneof![3 => Just(Role::Body), 1 => role];
    prop::collection::vec((role, text), 1..5)
}

fn assemble(paragraphs: &[(Role, String)]) -> (String, Document) {
    let mut source = String::new();
    let mut document = Document::default();
    for (role, text) in paragraphs {
        let start = source.len();
        source.push_str(text);
        let span = Span::new(start, source.len());
        source.push('\n');
        let mut block = Block::new(*role, Text::from_source(&source, span), span);
        if *role == Role::RunIn {
            let len = text.find('。').map_or(text.len(), |at| at + '。'.len_utf8());
            block.lead = Some(Lead { level: 0, len });
        }
        document.blocks.push(block);
    }
    (source, document)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn corrections_are_exact_and_idempotent(paragraphs in texts()) {
        for level in [FixLevel::Safe, FixLevel::All] {
            let (source, mut document) = assemble(&paragraphs);
            let edits = normalize(&mut document, &source, level);
            let corrected: String = document.blocks.iter().map(|block| format!("{}\n", block.text.as_str())).collect();

            // The edits, and nothing else, make the new text out of the old one.
            let mut rebuilt = source.clone();
            for edit in edits.iter().rev() {
                prop_assert_eq!(edit.span.of(&source), &edit.before);
                rebuilt.replace_range(edit.span.start..edit.span.end, &edit.after);
            }
            prop_assert_eq!(&rebuilt, &corrected);
            prop_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));

            // Leads end where a character ends.
            for block in &document.blocks {
                if let Some(lead) = block.lead {
                    prop_assert!(block.text.as_str().is_char_boundary(lead.len));
                }
            }

            // Once more changes nothing, neither here nor in the text as it was written out.
            let once = document.clone();
            prop_assert_eq!(normalize(&mut document, &source, level), vec![]);
            prop_assert_eq!(&once, &document);
            let written: Vec<(Role, String)> =
                document.blocks.iter().map(|block| (block.role, block.text.as_str().to_owned())).collect();
            let (source, mut document) = assemble(&written);
            prop_assert_eq!(normalize(&mut document, &source, level), vec![]);
        }
    }
}
