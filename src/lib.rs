//! hongtou (红头): plain Chinese text to DOCX and PDF in the format of GB/T 9704-2012.
//!
//! ```text
//! bytes → source::decode → parse → Document → normalize → lint ⇢ diagnostics
//!                                      └ style::apply(Profile) → StyledDocument ─┬→ writer::docx
//!                                                                                └→ layout → PagedDocument → writer::pdf
//! ```
//!
//! Each module uses only those before it; `tests/architecture.rs` checks the order.

pub mod units;
pub mod source;
pub mod diagnostic;
pub mod model;
pub mod profile;
pub mod font;
mod words;
pub mod parse;
pub mod lint;
pub mod normalize;
pub mod style;
pub mod layout;
pub mod writer;
pub mod error;
pub mod convert;
pub mod learn;
#[cfg(feature = "cli")]
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;

pub use convert::{Converted, Options, convert};
pub use error::Error;
