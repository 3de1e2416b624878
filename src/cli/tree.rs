//! The structure of a text for people: one element a line, with the reasons below.

use std::fmt::Write;

use crate::convert::Reading;
use crate::diagnostic::Lang;
use crate::model::Block;
use crate::source::LineIndex;

/// Characters of a paragraph that are shown.
const SHOWN: usize = 40;

/// The tree of a reading.
pub(super) fn render(reading: &Reading, lang: Lang) -> String {
    let lines = LineIndex::new(&reading.text);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let kind = match lang {
        Lang::Zh => reading.document.kind.term(),
        Lang::En => reading.document.kind.name(),
    };
    let _ = writeln!(out, "{kind} · {}", reading.encoding);
    for block in &reading.document.blocks {
        let place = lines.position(block.span.start);
        let depth = usize::from(depth(block)) * 2;
        let _ = writeln!(
            out,
            "{:>5}:{:<3} {:depth$}{}  {}",
            place.line,
            place.column,
            "",
            name(block, lang),
            shortened(block.text.as_str())
        );
        for reason in &block.evidence {
            let _ = writeln!(out, "{:>9} {:depth$}  · {}", "", "", reason.in_lang(lang));
        }
    }
    out
}

fn name(block: &Block, lang: Lang) -> String {
    let name = match lang {
        Lang::Zh => block.role.term().to_owned(),
        Lang::En => block.role.name().to_owned(),
    };
    match block.lead {
        Some(lead) => format!("{name}({})", lead.level),
        None => name,
    }
}

/// How deep an element lies below the headings above it, as far as its own role tells.
fn depth(block: &Block) -> u8 {
    match (block.role.heading_level(), block.lead) {
        (Some(level), _) => level,
        (None, Some(lead)) if lead.level > 0 => lead.level,
        (None, Some(_)) => 2,
        _ => 0,
    }
}

fn shortened(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c == '\n' { '⏎' } else { c })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
