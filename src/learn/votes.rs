//! What most of a document has.

use std::collections::BTreeMap;

/// Votes, each with its weight.
pub(super) struct Votes<T>(pub(super) BTreeMap<T, usize>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Votes(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Votes<T> {
    /// Adds votes for `value`.
    pub(super) fn add(&mut self, value: T, weight: usize) {
        *self.0.entry(value).or_default() += weight;
    }

    /// What has most votes; the smallest among equals, so that it is always the same.
    pub(super) fn winner(&self) -> Option<T> {
        let most = self.0.values().max()?;
        self.0
            .iter()
            .find(|(_, votes)| *votes == most)
            .map(|(value, _)| value.clone())
    }
}
