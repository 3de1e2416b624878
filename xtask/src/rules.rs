//! `cargo xtask rules`: writes the rule pages of the documentation.

use std::fs;
use std::path::Path;

/// Writes `docs/rules` anew.
pub fn run() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules");
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(fault)?;
    }
    fs::create_dir_all(&folder).map_err(fault)?;
    let pages = hongtou::lint::rule_pages();
    for (name, text) in &pages {
        fs::write(folder.join(name), text).map_err(fault)?;
    }
    println!("{} pages in docs/rules", pages.len());
    Ok(())
}
