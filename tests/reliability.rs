//! Nothing thrown at it loses a character, a file or a batch.
//!
//! `docs/reliability.md` lists every input and fault with the test that holds the promise.

mod promises;
mod saved;
