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
        let old = std::mem::take(&mut self.0);
        let mut old = old.into_iter().peekable();
        let mut changes = changes.iter().peekable();
        // How far the present text is ahead of the first one, after the last old patch; and the new text of the present.
        let (mut drift, mut shift) = (0isize, 0isize);
        loop {
            let patch_next = match (old.peek(), changes.peek()) {
                (None, None) => break,
                (Some(patch), Some((_, change))) => patch.after.start <= change.range.start,
                (patch, _) => patch.is_some(),
            };
            // The group: everything that meets, in the coordinates of the present text.
            let mut code = "";
            let mut hull = usize::MAX..0;
            let start_drift = drift;
            let start_shift = shift;
            let mut first = patch_next;
            loop {
                let take_patch = if hull.start == usize::MAX {
                    first
                } else {
                    let meets = |range: &Range<usize>| {
                        range.start < hull.end
                            || (range.start == hull.end && (range.is_empty() || hull.is_empty()))
                    };
                    if old.peek().is_some_and(|patch| meets(&patch.after)) {
                        true
                    } else if changes.peek().is_some_and(|(_, change)| meets(&change.range)) {
                        false
                    } else {
                        break;
                    }
                };
                let range = if take_patch {
                    let Some(patch) = old.next() else { break };
                    drift += patch.after.len() as isize - patch.before.len() as isize;
                    code = patch.code;
                    patch.after
                } else {
                    let Some((rule, change)) = changes.next() else {
                        break;
                    };
                    shift += change.with.len() as isize - change.range.len() as isize;
                    code = if code.is_empty() { rule } else { code };
                    change.range.clone()
                };
                hull = hull.start.min(range.start)..hull.end.max(range.end);
                first = false;
            }
            self.0.push(Patch {
                code,
                before: moved(hull.start, -start_drift)..moved(hull.end, -drift),
                after: moved(hull.start, start_shift)..moved(hull.end, shift),
            });
        }
    }

    /// The patches, in order.
    pub fn into_vec(self) -> Vec<Patch> {
        self.0
    }
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
