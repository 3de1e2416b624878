//! Writes the references of golden cases.

use std::fs;
use std::path::Path;

#[path = "../../tests/golden/dump.rs"]
mod dump;

/// Writes the references of the cases called `names`, of all without names, and removes those without a case.
pub(crate) fn run(names: &[String]) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let cases = dump::cases(&folder).map_err(said)?;
    if let Some(unknown) = names
        .iter()
        .find(|name| !cases.iter().any(|case| case.name == **name))
    {
        return Err(format!("no case tests/cases/{unknown}.txt"));
    }
    for case in &cases {
        if !names.is_empty() && !names.contains(&case.name) {
            continue;
        }
        let new = dump::render(case).map_err(said)?;
        if fs::read(case.reference()).ok().as_deref() != Some(new.as_bytes()) {
            fs::write(case.reference(), new).map_err(said)?;
            println!("blessed {}: read it before you commit it", case.name);
        }
    }
    if names.is_empty() {
        for file in dump::files(&folder).map_err(said)? {
            let known = file.ends_with("README.md")
                || cases
                    .iter()
                    .any(|case| case.input == file || case.reference() == file);
            if !known {
                fs::remove_file(&file).map_err(said)?;
                println!("removed {}: its case is gone", file.display());
            }
        }
    }
    Ok(())
}
