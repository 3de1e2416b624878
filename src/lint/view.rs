//! What rules see of the whole document.

use super::Options;
use super::lexicon::Lexicon;
use super::ordinal::Ordinal;
use crate::model::{Block, Document, Role};

/// A document, with the ordinals its paragraphs begin with.
pub(crate) struct View<'a> {
    /// The document.
    pub document: &'a Document,
    /// For each paragraph its ordinal.
    pub ordinals: Vec<Option<Ordinal>>,
    /// For each paragraph its marks without a partner, as bytes of its text; filled while paragraphs are read, and so
    /// complete for rules on the whole document only.
    pub unpaired: Vec<Vec<usize>>,
    /// The paragraphs of running text that are the same as one before them, in order.
    repeated: Vec<usize>,
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
            repeated: repeated(document),
            options,
        }
    }

    /// The lexicons that words are looked up in, the one added last first: what an office says of a word counts.
    pub fn lexicons(&self) -> impl Iterator<Item = &'a Lexicon> {
        let added = self.options.lexicons.iter().rev().map(|lexicon| &**lexicon);
        added.chain(std::iter::once(Lexicon::builtin()))
    }

    /// Whether the paragraph of running text at `i` is the same as one before it.
    pub fn repeats(&self, i: usize) -> bool {
        self.repeated.binary_search(&i).is_ok()
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

/// The paragraphs of running text that are the same as one before them, in order.
fn repeated(document: &Document) -> Vec<usize> {
    let blocks = document.blocks.iter().enumerate();
    // The length first: texts are compared only where it is the same.
    let mut texts: Vec<(usize, &str, usize)> = blocks
        .filter(|(_, block)| matches!(block.role, Role::Body | Role::RunIn))
        .map(|(i, block)| (block.text.as_str(), i))
        .map(|(text, i)| (text.len(), text, i))
        .collect();
    texts.sort_unstable();
    let same = texts.windows(2).filter(|pair| pair[0].1 == pair[1].1);
    let mut repeated: Vec<usize> = same.map(|pair| pair[1].2).collect();
    repeated.sort_unstable();
    repeated
}
