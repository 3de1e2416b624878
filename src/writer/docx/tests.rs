//! Tests of whole files, read back with a reader that knows nothing of the writer.

mod package;
mod read_back;
mod reader;
mod text;

#[cfg(feature = "bundled-fonts")]
mod fonts;

use std::sync::Arc;

use super::{Properties, write};
use crate::model::{Block, Document, Lead, Role, Text};
use crate::profile::Profile;
use crate::source::Span;
use crate::style::{self, StyledDocument};
use reader::Docx;

fn profile(name: &str) -> Arc<Profile> {
    Arc::new(Profile::builtin(name).unwrap())
}

fn block(role: Role, text: &str) -> Block {
    let mut content = Text::default();
    content.push_inserted(text);
    Block::new(role, content, Span::default())
}

/// A run-in whose lead ends with its first full stop.
fn run_in(level: u8, text: &str) -> Block {
    let mut block = block(Role::RunIn, text);
    block.lead = Some(Lead {
        level,
        len: text.find('。').unwrap() + '。'.len_utf8(),
    });
    block
}

fn styled(blocks: Vec<Block>, profile: &Arc<Profile>) -> StyledDocument {
    let document = Document {
        blocks,
        ..Document::default()
    };
    style::apply(&document, profile)
}

fn written(document: &StyledDocument) -> Docx {
    Docx::open(&write(document, &Properties::default()).unwrap())
}
