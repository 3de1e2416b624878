//! Automatic corrections: the certain ones of the proof-reader's rules, made in the document, each a listed edit.
//!
//! Rules look at the text in rounds until none of them has anything left to correct, so that correcting twice is
//! correcting once; what they found in the last round is what is left to say. It finds nothing by itself, and keeps one rule: the difference between input and output is exactly
//! the listed edits.

mod patch;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::{self, Applicability, Change, Found};
use crate::model::{Block, Document, Lead, Text};

use patch::Patches;

/// Which corrections are made (`--fix`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum FixLevel {
    /// None.
    None,
    /// Those that are certain.
    #[default]
    Safe,
    /// Also those that are very likely.
    All,
}

impl FixLevel {
    fn allows(self, fix: Option<Applicability>) -> bool {
        match fix {
            None => false,
            Some(Applicability::Safe) => self >= FixLevel::Safe,
            Some(Applicability::All) => self >= FixLevel::All,
        }
    }
}

/// More rounds than any text needs: a correction makes at most a few others possible.
const ROUNDS: usize = 12;

/// Corrects `document` in place and lists what was changed, in source order.
pub fn normalize(document: &mut Document, source: &str, level: FixLevel) -> Vec<Edit> {
    proofread(document, source, level, &lint::Options::default()).0
}

/// Corrects `document` in place; lists what was changed, and what the rules find in the text as it is then, both in
/// source order.
///
/// All rules look in every round, so that the round that has nothing left to correct is also the last look.
pub fn proofread(
    document: &mut Document,
    source: &str,
    level: FixLevel,
    options: &lint::Options,
) -> (Vec<Edit>, Vec<Diagnostic>) {
    let mut corrected: BTreeMap<usize, Corrected> = BTreeMap::new();
    let mut checked = lint::check(document, options);
    for _ in 0..ROUNDS {
        let mut offers: Vec<&Found> = checked
            .found
            .iter()
            .filter(|found| level.allows(found.rule.fix))
            .collect();
        offers.sort_by_key(|found| found.block);
        let mut changed = false;
        for group in offers.chunk_by(|a, b| a.block == b.block) {
            let index = group[0].block;
            changed |= correct(&mut document.blocks[index], corrected.entry(index), group);
        }
        if !changed {
            break;
        }
        checked = lint::check(document, options);
    }
    let diagnostics = checked.diagnostics(document, options);
    let mut edits = Vec::new();
    for (index, corrected) in corrected {
        corrected.edits(&document.blocks[index], source, &mut edits);
    }
    (edits, diagnostics)
}

/// The edits of parsing and of correcting together, in source order.
///
/// A correction may reach over a place where parsing took something away, as over the control character in `；;␁;`:
/// what lies within it is part of it, and is not listed again.
pub fn together(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.span.start, Reverse(edit.span.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let within = edit.span.start < end && edit.span.end <= end;
        end = end.max(edit.span.end);
        !within
    });
    edits
}

/// A paragraph that was corrected: how it was, and what was changed.
struct Corrected {
    text: Text,
    patches: Patches,
}

impl Corrected {
    fn edits(self, block: &Block, source: &str, edits: &mut Vec<Edit>) {
        for patch in self.patches.into_vec() {
            let span = self.text.source_span(patch.before);
            let (before, after) = (span.of(source), &block.text.as_str()[patch.after]);
            if before != after {
                edits.push(Edit {
                    code: patch.code,
                    span,
                    before: before.to_owned(),
                    after: after.to_owned(),
                });
            }
        }
    }
}

/// Makes the corrections of `group`; of two that overlap, the first in the text.
fn correct(block: &mut Block, corrected: Entry<'_, usize, Corrected>, group: &[&Found]) -> bool {
    let mut offers: Vec<(Range<usize>, &Found)> = group
        .iter()
        .filter_map(|&found| {
            let first = found.changes.first()?;
            let last = found.changes.last()?;
            Some((first.range.start..last.range.end, found))
        })
        .collect();
    offers.sort_by_key(|(range, _)| (range.start, range.end));
    let mut changes: Vec<(&'static str, &Change)> = Vec::new();
    for (_, found) in offers {
        let free = found.changes.iter().all(|new| {
            changes
                .iter()
                .rev()
                .take_while(|(_, old)| old.range.end >= new.range.start)
                .all(|(_, old)| {
                    old.range.end <= new.range.start && !old.range.is_empty() && !new.range.is_empty()
                })
        });
        if free {
            changes.extend(found.changes.iter().map(|change| (found.rule.code, change)));
            changes.sort_by_key(|(_, change)| (change.range.start, change.range.end));
        }
    }
    changes.retain(|(_, change)| block.text.as_str()[change.range.clone()] != *change.with);
    if changes.is_empty() {
        return false;
    }
    let corrected = corrected.or_insert_with(|| Corrected {
        text: block.text.clone(),
        patches: Patches::default(),
    });
    corrected.patches.add(&changes);
    if let Some(lead) = &mut block.lead {
        *lead = moved(*lead, &changes);
    }
    let all = changes
        .iter()
        .map(|(_, change)| (change.range.clone(), &*change.with));
    block.text.replace_all(all);
    true
}

/// The lead after `changes`; what stands across its end goes into it.
fn moved(lead: Lead, changes: &[(&'static str, &Change)]) -> Lead {
    let mut len = lead.len;
    for (_, change) in changes {
        if change.range.start < lead.len || change.range.end == lead.len {
            let inside = change.range.end.min(lead.len) - change.range.start.min(lead.len);
            len = len - inside + change.with.len();
        }
    }
    Lead { len, ..lead }
}

#[cfg(test)]
mod tests;
