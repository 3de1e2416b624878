//! All integration tests in one binary, because each binary carries 64 MB of fonts.
//!
//! Four proofs, kept apart: `golden` asks whether something changed, `conformance` whether it is right, `roundtrip`
//! whether it always holds, `determinism` whether it comes out the same again. `architecture` guards the shape of the
//! code, `cli` tries the program as its users do,
//! `batches` with many files.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands, helpers included"
)]

mod architecture;
mod batches;
mod cli;
mod conformance;
mod determinism;
mod golden;
mod learn;
mod pictures;
mod produce;
mod readers;
mod reliability;
mod roundtrip;
mod samples;
mod shipped;
mod styles;
