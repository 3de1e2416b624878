//! `cargo xtask schema`: writes the JSON Schema of style profiles and the tables of their keys in the documentation.

use std::fs;
use std::path::Path;

use hongtou::diagnostic::Lang;
use hongtou::profile::{SCHEMA_FILE, key_reference, schema};

/// Writes them into `styles/` and `docs/`.
pub fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    write(&root.join("styles").join(SCHEMA_FILE), &schema())?;
    for (name, lang) in [
        ("docs/profiles.md", Lang::En),
        ("docs/profiles.zh-CN.md", Lang::Zh),
    ] {
        let path = root.join(name);
        let page = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
        let page = String::from_utf8(page).map_err(|error| format!("{name}: {error}"))?;
        let (before, rest) = page
            .split_once("follows -->\n")
            .ok_or_else(|| format!("{name} has no place for the keys"))?;
        let (_, after) = rest
            .split_once("<!-- end of keys -->")
            .ok_or_else(|| format!("{name} does not say where the keys end"))?;
        let keys = key_reference(lang).map_err(|error| error.to_string())?;
        write(
            &path,
            &format!("{before}follows -->\n\n{keys}\n<!-- end of keys -->{after}"),
        )?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}
