//! The kind of text (文种): from the title first, then from whom it addresses.

use super::draft::Draft;
use super::vocabulary;
use crate::model::{Kind, Role};

/// Finds the kind from the elements of the head.
pub(super) fn find(draft: &Draft<'_>) -> Kind {
    let has = |role: Role| (0..draft.len()).any(|index| draft.role(index) == Some(role));
    let mark = (0..draft.len()).find(|&index| draft.role(index) == Some(Role::IssuerMark));
    if let Some(mark) = mark.map(|mark| draft.text(mark).trim_end()) {
        if mark.ends_with('令') {
            return Kind::Order;
        }
        if mark.ends_with("纪要") {
            return Kind::Minutes;
        }
    }
    let title = (0..draft.len())
        .rev()
        .find(|&index| draft.role(index) == Some(Role::Title));
    let subtitle = (0..draft.len()).find(|&index| draft.role(index) == Some(Role::Subtitle));
    let of =
        |index: Option<usize>| index.and_then(|index| of_title(draft.text(index), has(Role::Salutation)));
    of(subtitle)
        .filter(|&kind| kind == Kind::Speech)
        .or_else(|| of(title))
        .unwrap_or_else(|| {
            if has(Role::Salutation) {
                Kind::Speech
            } else {
                Kind::Generic
            }
        })
}

fn of_title(title: &str, salutation: bool) -> Option<Kind> {
    const KINDS: [(&str, Kind); 19] = [
        ("请示", Kind::Request),
        ("批复", Kind::Reply),
        ("复函", Kind::Reply),
        ("答复", Kind::Reply),
        ("纪要", Kind::Minutes),
        ("函", Kind::Letter),
        ("令", Kind::Order),
        ("命令", Kind::Order),
        ("通知", Kind::Notice),
        ("通报", Kind::Notice),
        ("公告", Kind::Notice),
        ("通告", Kind::Notice),
        ("公报", Kind::Notice),
        ("决定", Kind::Notice),
        ("决议", Kind::Notice),
        ("意见", Kind::Notice),
        ("公示", Kind::Notice),
        ("方案", Kind::Notice),
        ("议案", Kind::Request),
    ];
    let title = vocabulary::bare_title(title);
    if title.ends_with("报告") {
        return Some(if salutation { Kind::Speech } else { Kind::Request });
    }
    if vocabulary::ends_with_spoken_kind(title) {
        return Some(Kind::Speech);
    }
    let found = KINDS
        .iter()
        .filter(|(word, _)| title.ends_with(word))
        .max_by_key(|(word, _)| word.len());
    // A speech may be about a decision or an opinion, but nobody calls a speech a 通知.
    let may_be_spoken_of =
        |word: &str| matches!(word, "决定" | "决议" | "意见" | "方案" | "公报" | "议案" | "纪要");
    found.map(|&(word, kind)| {
        if salutation && may_be_spoken_of(word) {
            Kind::Speech
        } else {
            kind
        }
    })
}
