//! The series that the ordinals of a document form, and where they break off.

use super::ordinal::{Form, Ordinal};
use super::view::View;
use crate::model::Role;

/// What is wrong with an ordinal's place in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// Numbers are left out; the one that should stand here.
    Gap(u32),
    /// The number stood here before.
    Repeat,
    /// The series goes back; the number that should stand here.
    Back(u32),
    /// The series begins with 2.
    Start,
}

/// An ordinal that doesn't follow from the one before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// The paragraph.
    pub block: usize,
    /// Its ordinal.
    pub ordinal: Ordinal,
    /// What is wrong.
    pub fault: Break,
}

/// A series that is going on.
struct Level {
    form: Form,
    value: u32,
    block: usize,
    /// A number that was left out, and may turn up later.
    missing: Option<u32>,
    /// The numbers at which the same form began anew inside, so that the outer list can go on.
    outer: Vec<u32>,
}

/// How many lists of the same form may stand inside each other.
const NESTED: usize = 4;

/// The ordinals of a document that break their series.
pub(crate) fn faults(view: &View<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut levels: Vec<Level> = Vec::new();
    let mut ended: Vec<(Form, u32)> = Vec::new();
    for (block, ordinal) in ordinals(view) {
        if matches!(
            view.document.blocks[block].role,
            Role::Title | Role::AttachmentLabel | Role::AttachmentTitle
        ) {
            levels.clear();
            ended.clear();
            continue;
        }
        let Some(ordinal) = ordinal else { continue };
        let mut fault = None;
        match levels.iter().position(|level| level.form == ordinal.form) {
            Some(at) => {
                ended.extend(levels.drain(at + 1..).map(|level| (level.form, level.value)));
                let level = &mut levels[at];
                let resumed = level.outer.iter().rposition(|outer| outer + 1 == ordinal.value);
                if ordinal.value == level.value + 1 {
                } else if ordinal.value == 1
                    && level.value == 1
                    && (follows_directly(view, level.block, block) || both_headings(view, level.block, block))
                {
                    fault = Some(Break::Repeat);
                } else if ordinal.value == 1 {
                    if level.outer.len() == NESTED {
                        level.outer.remove(0);
                    }
                    level.outer.push(level.value);
                } else if let Some(outer) = resumed {
                    level.outer.truncate(outer);
                } else if ordinal.value == level.value {
                    fault = Some(Break::Repeat);
                } else if level.missing == Some(ordinal.value) {
                    // Two points changed places; that was said at the first.
                    level.missing = None;
                    continue;
                } else if ordinal.value > level.value {
                    fault = Some(Break::Gap(level.value + 1));
                } else {
                    fault = Some(Break::Back(level.value + 1));
                }
                if let Some(Break::Gap(expected)) = fault
                    && stands_inside(view, level.block..block + 1, ordinal.form, expected)
                {
                    fault = None;
                }
                if let Some(Break::Gap(expected)) = fault {
                    level.missing = Some(expected);
                }
                level.value = ordinal.value;
                level.block = block;
            }
            None => {
                let continued = ended
                    .iter()
                    .any(|&(form, value)| form == ordinal.form && value + 1 == ordinal.value);
                if ordinal.value == 2
                    && goes_on(view, block, ordinal)
                    && !continued
                    && !stands_inside(view, 0..block + 1, ordinal.form, ordinal.value - 1)
                {
                    fault = Some(Break::Start);
                }
                levels.push(Level {
                    form: ordinal.form,
                    value: ordinal.value,
                    block,
                    missing: None,
                    outer: Vec::new(),
                });
            }
        }
        faults.extend(fault.map(|fault| Fault {
            block,
            ordinal,
            fault,
        }));
    }
    faults
}

/// Whether the series goes on after paragraph `block`, in a text that began before: more than an excerpt.
fn goes_on(view: &View<'_>, block: usize, ordinal: Ordinal) -> bool {
    let near = block + 1..view.ordinals.len().min(block + 60);
    let next = near
        .into_iter()
        .filter_map(|i| view.ordinals[i])
        .find(|other| other.form == ordinal.form);
    block > 0 && next.is_some_and(|next| next.value == ordinal.value + 1)
}

/// Whether paragraph `second` comes directly after `first`, which doesn't introduce a list of its own.
fn follows_directly(view: &View<'_>, first: usize, second: usize) -> bool {
    let before = view.document.blocks[first].text.as_str().trim_end();
    second == first + 1 && !before.ends_with(['：', ':'])
}

/// Whether both paragraphs are headings of the same level on lines of their own.
fn both_headings(view: &View<'_>, first: usize, second: usize) -> bool {
    let level = |block: usize| view.document.blocks[block].role.heading_level();
    level(first).is_some() && level(first) == level(second)
}

/// The ordinals that number something, with the paragraphs that end a numbering.
fn ordinals<'a>(view: &'a View<'_>) -> impl Iterator<Item = (usize, Option<Ordinal>)> + 'a {
    view.ordinals.iter().enumerate().filter_map(|(i, ordinal)| {
        let block = &view.document.blocks[i];
        match block.role {
            Role::Title | Role::AttachmentLabel | Role::AttachmentTitle => Some((i, None)),
            Role::Other | Role::Table | Role::Date | Role::DateLine | Role::AttachmentNote | Role::Note => {
                None
            }
            _ => {
                let ordinal = (*ordinal)?;
                let rest = block.text.as_str()[ordinal.len..].trim_start_matches('、');
                // 一、二线城市 numbers nothing.
                let numbers = !rest.starts_with(|c| super::scan::numeral(c).is_some());
                (numbers || ordinal.form != Form::Hanzi).then_some((i, Some(ordinal)))
            }
        }
    })
}

/// Whether the ordinal stands somewhere inside the paragraphs `blocks`, not at the beginning of one.
fn stands_inside(view: &View<'_>, blocks: std::ops::Range<usize>, form: Form, value: u32) -> bool {
    let number = hanzi(value);
    let written: Vec<String> = match form {
        Form::Hanzi => vec![
            format!("{number}、"),
            format!("{number}，"),
            format!("{number}．"),
        ],
        Form::BracketedHanzi => vec![format!("（{number}）"), format!("({number})")],
        Form::Arabic => vec![format!("{value}."), format!("{value}、"), format!("{value}．")],
        Form::BracketedArabic => vec![format!("（{value}）"), format!("({value})")],
        Form::Circled => char::from_u32('①' as u32 + value - 1)
            .map(String::from)
            .into_iter()
            .collect(),
        Form::Di => vec![format!("第{number}")],
        Form::Shi => vec![format!("{number}是")],
        Form::Yao => vec![format!("{number}要")],
        Form::Qi => vec![format!("其{number}")],
    };
    // A number that is missing near is missing; looking through a whole book for it would cost too much.
    let near = blocks.start.max(blocks.end.saturating_sub(200))..blocks.end;
    view.document.blocks[near].iter().any(|block| {
        let text = block.text.as_str();
        written.iter().any(|written| text.contains(written.as_str()))
    })
}

/// A number below 100 in hanzi.
pub(crate) fn hanzi(value: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((value / 10) as usize % 10, (value % 10) as usize);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_in_hanzi() {
        assert_eq!(
            [1, 10, 11, 20, 35].map(hanzi),
            ["一", "十", "十一", "二十", "三十五"]
        );
    }
}
