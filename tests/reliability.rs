//! Nothing thrown at it loses a character, a file or a batch.
//!
//! `docs/reliability.md` lists every input and fault with the test that holds the promise. Tests that need a tool, root
//! or another system say `SKIPPED` on standard error; continuous integration sets `HONGTOU_SKIP_NOTHING`, and they fail.

#[cfg(target_os = "linux")]
mod disks;
#[cfg(unix)]
mod files;
mod inputs;
#[cfg(unix)]
mod interrupts;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod misuse;
#[cfg(unix)]
mod program;
mod promises;
#[cfg(unix)]
mod properties;
mod saved;
#[cfg(unix)]
mod settings;
#[cfg(unix)]
mod surroundings;
mod table;
