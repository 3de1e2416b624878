//! What was changed in one paragraph over several rounds, as changes of its first text.

use std::ops::Range;

use crate::lint::Change;

/// One change, from the first text to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    /// The rule that changed it first.
    pub code: &'static str,
    /// The bytes of the first text.
    pub before: Range<usize>,
    /// The bytes of the present text.
    pub after: Range<usize>,
}

/// The changes of one paragraph, in order and apart from each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Patches(Vec<Patch>);

impl Patches {
    /// Adds `changes` of the present text, in order and disjoint; one that meets an earlier patch is joined with it.
    pub fn add(&mut self, changes: &[(&'static str, &Change)]) {
        let mut old = std::mem::take(&mut self.0).into_iter().peekable();
        let mut changes = changes.iter().peekable();
        // How much longer the present text is than the first one, and the new text than the present one, so far.
        let (mut drift, mut shift) = (0isize, 0isize);
        // What is being joined: its rule, its place in the present text, and the two lengths before it.
        let mut open: Option<(&'static str, Range<usize>, isize, isize)> = None;
        loop {
            let patch_next = match (old.peek(), changes.peek()) {
                (None, None) => break,
                (Some(patch), Some((_, change))) => patch.after.start <= change.range.start,
                (patch, _) => patch.is_some(),
            };
            let before = (drift, shift);
            let (code, range) = if patch_next {
                let Some(patch) = old.next() else { break };
                drift += growth(&patch.before, patch.after.len());
                (patch.code, patch.after)
            } else {
                let Some((code, change)) = changes.next() else {
                    break;
                };
                shift += growth(&change.range, change.with.len());
                (*code, change.range.clone())
            };
            open = match open.take() {
                Some((code, hull, drift, shift)) if meet(&hull, &range) => {
                    Some((code, hull.start..hull.end.max(range.end), drift, shift))
                }
                last => {
                    self.close(last, before.0, before.1);
                    Some((code, range, before.0, before.1))
                }
            };
        }
        self.close(open, drift, shift);
    }

    /// Ends a joined patch, `drift` and `shift` being the lengths after it.
    fn close(
        &mut self,
        open: Option<(&'static str, Range<usize>, isize, isize)>,
        drift: isize,
        shift: isize,
    ) {
        if let Some((code, hull, drift_before, shift_before)) = open {
            self.0.push(Patch {
                code,
                before: moved(hull.start, -drift_before)..moved(hull.end, -drift),
                after: moved(hull.start, shift_before)..moved(hull.end, shift),
            });
        }
    }

    /// The patches, in order.
    pub fn into_vec(self) -> Vec<Patch> {
        self.0
    }
}

/// How much longer the text is with `len` bytes in the place of `range`.
fn growth(range: &Range<usize>, len: usize) -> isize {
    len as isize - range.len() as isize
}

/// Whether the second of two ranges in order overlaps the first, or touches it with one of them empty.
fn meet(first: &Range<usize>, second: &Range<usize>) -> bool {
    second.start < first.end || (second.start == first.end && (first.is_empty() || second.is_empty()))
}

fn moved(at: usize, by: isize) -> usize {
    at.checked_add_signed(by).expect("patches lie inside the text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(range: Range<usize>, with: &'static str) -> Change {
        Change {
            range,
            with: with.into(),
        }
    }

    /// Applies rounds of changes to `text` and says what the patches make of it.
    fn shown(text: &str, rounds: &[&[Change]]) -> String {
        let mut now = text.to_owned();
        let mut patches = Patches::default();
        for round in rounds {
            let list: Vec<(&'static str, &Change)> = round.iter().map(|change| ("c", change)).collect();
            patches.add(&list);
            for change in round.iter().rev() {
                now.replace_range(change.range.clone(), &change.with);
            }
        }
        let parts: Vec<String> = patches
            .into_vec()
            .iter()
            .map(|patch| format!("{}>{}", &text[patch.before.clone()], &now[patch.after.clone()]))
            .collect();
        parts.join(" ")
    }

    #[test]
    fn one_round_is_listed_as_it_is() {
        assert_eq!(
            shown("a,b;c", &[&[change(1..2, "，"), change(3..4, "；")]]),
            ",>， ;>；"
        );
    }

    #[test]
    fn later_rounds_join_earlier_ones() {
        assert_eq!(
            shown(
                "a,,b",
                &[&[change(1..2, "xx"), change(2..3, "xx")], &[change(3..5, "")]]
            ),
            ",>xx ,>"
        );
        assert_eq!(
            shown(
                "abcd",
                &[&[change(1..2, "XYZ")], &[change(0..2, "-"), change(3..5, "+")]]
            ),
            "abc>-Y+"
        );
    }

    #[test]
    fn patches_before_and_behind_keep_their_places() {
        assert_eq!(
            shown(
                "abcdef",
                &[&[change(3..4, "DDD")], &[change(0..1, ""), change(6..7, "E")]]
            ),
            "a> d>DDD e>E"
        );
        assert_eq!(
            shown("abc", &[&[change(1..1, "-")], &[change(0..1, "AA")]]),
            "a>AA >-"
        );
    }
}
