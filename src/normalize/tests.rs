//! Corrections are exact, complete and idempotent.

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
    ] {
        assert_eq!(safe(text), right);
        assert_eq!(safe(right), right);
    }
}
