//! The licences of everything that is linked into the program: `cargo xtask licenses` writes
//! `THIRD-PARTY-LICENSES.txt`, which `hongtou --licenses` prints and every release archive holds.
//!
//! Counts are the packages of the five release targets, with the features a release has. Equal texts stand once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What releases are built for.
const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
];
const FILE: &str = "THIRD-PARTY-LICENSES.txt";
const RULE: &str = "================================================================================";

/// A package that is linked.
struct Package {
    title: String,
    license: String,
    authors: String,
    repository: String,
    folder: PathBuf,
}

/// Writes the file.
pub(crate) fn run() -> Result<(), String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut packages = BTreeMap::new();
    for target in TARGETS {
        linked(root, target, &mut packages)?;
    }
    // By the words of the text: copies differ in their line breaks.
    let mut texts: BTreeMap<String, (String, BTreeSet<&str>)> = BTreeMap::new();
    for package in packages.values() {
        for text in texts_of(package, &packages, root)? {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let entry = texts.entry(words).or_insert_with(|| (text, BTreeSet::new()));
            entry.1.insert(&package.title);
        }
    }
    let mut out =
        String::from("Packages that are part of hongtou, with their licences; the texts follow.\n\n");
    for package in packages.values() {
        out.push_str(&format!("{}: {}\n", package.title, package.license));
    }
    let mut texts: Vec<(String, BTreeSet<&str>)> = texts.into_values().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    for (text, titles) in texts {
        let titles: Vec<&str> = titles.into_iter().collect();
        out.push_str(&format!("\n{RULE}\n{}\n{RULE}\n\n{}\n", titles.join(", "), text));
    }
    fs::write(root.join(FILE), out).map_err(|error| format!("{FILE}: {error}"))
}

/// Adds the packages that are linked for `target`.
fn linked(root: &Path, target: &str, packages: &mut BTreeMap<String, Package>) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
            target,
        ])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let known: BTreeMap<String, Value> = list(&metadata["packages"])
        .into_iter()
        .map(|package| (text(&package["id"]), package))
        .collect();
    let nodes: BTreeMap<String, Value> = list(&metadata["resolve"]["nodes"])
        .into_iter()
        .map(|node| (text(&node["id"]), node))
        .collect();
    let own = known
        .iter()
        .find(|(_, package)| package["name"] == "hongtou")
        .map(|(id, _)| id.clone())
        .ok_or("cargo metadata knows no hongtou")?;
    let mut to_do = vec![own.clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = to_do.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        for dependency in list(&nodes[&id]["deps"]) {
            // No kind is a normal dependency; those of builds and tests are not part of the program.
            if list(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
            {
                to_do.push(text(&dependency["pkg"]));
            }
        }
        if id == own {
            continue;
        }
        let package = &known[&id];
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        let title = format!("{} {}", text(&package["name"]), text(&package["version"]));
        let authors: Vec<String> = list(&package["authors"]).iter().map(text).collect();
        let entry = Package {
            title: title.clone(),
            license: text(&package["license"]),
            authors: authors.join(", "),
            repository: text(&package["repository"]),
            folder: manifest.parent().map(Path::to_path_buf).unwrap_or_default(),
        };
        packages.insert(title, entry);
    }
    Ok(())
}

/// The licence texts of a package: its own, or those of a package out of the same repository, or the text of MIT with
/// the names of its authors.
fn texts_of(package: &Package, all: &BTreeMap<String, Package>, root: &Path) -> Result<Vec<String>, String> {
    let own = texts_in(&package.folder)?;
    if !own.is_empty() {
        return Ok(own);
    }
    let siblings = all
        .values()
        .filter(|other| !package.repository.is_empty() && other.repository == package.repository);
    for sibling in siblings {
        let texts = texts_in(&sibling.folder)?;
        if !texts.is_empty() {
            return Ok(texts);
        }
    }
    if package
        .license
        .split(" OR ")
        .flat_map(|part| part.split('/'))
        .all(|name| name.trim() != "MIT")
    {
        return Err(format!(
            "{}: no licence text, and its licence is {}",
            package.title, package.license
        ));
    }
    let mit = read(&root.join("LICENSE-MIT"))?;
    let terms = mit
        .find("Permission is hereby granted")
        .map_or("", |at| &mit[at..]);
    let authors = if package.authors.is_empty() {
        format!("the authors of {}", package.title)
    } else {
        package.authors.clone()
    };
    Ok(vec![format!(
        "MIT License\n\nCopyright (c) {authors}\n\n{}",
        terms.trim_end()
    )])
}

/// The licence files in a folder, in the order of names.
fn texts_in(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            path.is_file()
                && [
                    "LICENSE",
                    "LICENCE",
                    "COPYING",
                    "UNLICENSE",
                    "NOTICE",
                    "COPYRIGHT",
                ]
                .iter()
                .any(|begin| name.starts_with(begin))
        })
        .collect();
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    Ok(lines.join("\n"))
}
