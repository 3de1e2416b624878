//! What must be green before a change is ready: the steps of continuous integration that need Rust only.

use std::process::Command;

/// Each step: what runs, and an environment variable for it.
const STEPS: [(&str, Option<(&str, &str)>); 6] = [
    ("fmt --all --check", None),
    ("clippy --workspace --all-targets -- -D warnings", None),
    ("clippy --lib --no-default-features -- -D warnings", None),
    (
        "clippy --lib --no-default-features --features bundled-fonts -- -D warnings",
        None,
    ),
    (
        "doc --workspace --no-deps --document-private-items",
        Some(("RUSTDOCFLAGS", "-D warnings")),
    ),
    ("test --workspace", None),
];

/// Runs every step, also after one that failed, and says which did.
pub(crate) fn run() -> Result<(), String> {
    let mut failed = Vec::new();
    for (step, variable) in STEPS {
        println!("cargo {step}");
        let mut command = Command::new(env!("CARGO"));
        command
            .args(step.split(' '))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .envs(variable);
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(_) => failed.push(format!("cargo {step}")),
            Err(error) => return Err(format!("cargo: {error}")),
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed:\n  {}", failed.join("\n  ")))
    }
}
