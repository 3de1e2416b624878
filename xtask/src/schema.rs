//! `cargo xtask schema`: writes the JSON Schema of style profiles.

use std::fs;
use std::path::Path;

/// Writes it into `styles/`.
pub fn run() -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../styles")
        .join(hongtou::profile::SCHEMA_FILE);
    fs::write(&path, hongtou::profile::schema()).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("wrote styles/{}", hongtou::profile::SCHEMA_FILE);
    Ok(())
}
