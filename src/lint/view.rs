//! What rules see of the whole document.

use super::Options;
use super::lexicon::Lexicon;
use super::ordinal::Ordinal;
use crate::model::{Block, Document};

/// A document, with the ordinals its paragraphs begin with.
pub(crate) struct View<'a> {
    /// The document.
    pub document: &'a Document,
    /// For each paragraph its ordinal.
    pub ordinals: Vec<Option<Ordinal>>,
    /// For each paragraph its marks without a partner, as bytes of its text; filled while paragraphs are read, and so
    /// complete for rules on the whole document only.
    pub unpaired: Vec<Vec<usize>>,
    options: &'a Options,
}

impl<'a> View<'a> {
    /// Looks at `document`.
    pub fn new(document: &'a Document, options: &'a Options) -> Self {
        let ordinals = document
            .blocks
            .iter()
            .map(|block| Ordinal::read(block.text.as_str()))
            .collect();
        View {
            document,
            ordinals,
            unpaired: vec![Vec::new(); document.blocks.len()],
            options,
        }
    }

    /// The lexicons that words are looked up in.
    pub fn lexicons(&self) -> impl Iterator<Item = &'a Lexicon> {
        std::iter::once(Lexicon::builtin()).chain(self.options.lexicons.iter().map(|lexicon| &**lexicon))
    }

    /// The paragraph at `i`.
    pub fn block(&self, i: usize) -> Option<&'a Block> {
        self.document.blocks.get(i)
    }

    /// The paragraph before `i`.
    pub fn block_before(&self, i: usize) -> Option<&'a Block> {
        i.checked_sub(1).and_then(|i| self.block(i))
    }
}
