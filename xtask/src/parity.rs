//! `cargo xtask parity [TEXT…]`: whether lines and pages of the DOCX break as those of the PDF do, in LibreOffice.

use std::path::Path;
use std::process::Command;

/// Measures the texts called `texts`, without names the samples.
pub(crate) fn run(texts: &[String]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let fault = |error: std::io::Error| format!("{}: {error}", root.display());
    let texts = if texts.is_empty() {
        let mut samples = Vec::new();
        for sample in std::fs::read_dir(root.join("samples")).map_err(fault)? {
            let path = sample.map_err(fault)?.path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                samples.push(path.to_string_lossy().into_owned());
            }
        }
        samples.sort_unstable();
        samples
    } else {
        texts.to_vec()
    };
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release"])
        .current_dir(&root)
        .status()
        .map_err(fault)?;
    if !built.success() {
        return Err("the program cannot be built".to_owned());
    }
    let measured = Command::new(root.join(".ci/parity"))
        .arg(root.join("target/release/hongtou"))
        .args(texts)
        .status()
        .map_err(fault)?;
    if measured.success() {
        Ok(())
    } else {
        Err("DOCX and PDF break differently".to_owned())
    }
}
