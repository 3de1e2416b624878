//! The shape of the code: which modules there are, and that each uses only those before it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::samples::root;

/// The modules in the only direction of use. A module may use itself and those before it.
const ORDER: [&str; 18] = [
    "units",
    "source",
    "diagnostic",
    "model",
    "profile",
    "font",
    "words",
    "parse",
    "lint",
    "normalize",
    "style",
    "layout",
    "writer",
    "error",
    "convert",
    "learn",
    "batch",
    "cli",
];

/// The one exception: findings stand at places of the source, and decoding has findings.
const MUTUAL: (&str, &str) = ("source", "diagnostic");

#[test]
fn each_module_uses_only_earlier_ones() {
    let mut faults = Vec::new();
    for file in sources() {
        let module = top_module(&file);
        let Some(own) = place(&module) else { continue };
        // Tests may look ahead: what a module finds is often best shown by what a later one makes of it.
        let text = read(&file);
        let shipped = text.split("\nmod tests {").next().unwrap();
        if file.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        for used in modules_used(shipped, depth(&file)) {
            match place(&used) {
                Some(other) if other <= own => {}
                Some(_) if (module.as_str(), used.as_str()) == MUTUAL => {}
                Some(_) => faults.push(format!("{} uses the later module {used}", file.display())),
                None => faults.push(format!(
                    "{} uses crate::{used}, which is no module",
                    file.display()
                )),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_else_stands_at_the_top() {
    let allowed: BTreeSet<&str> = ORDER.into_iter().chain(["lib", "main"]).collect();
    let strangers: Vec<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !allowed.contains(path.file_stem().unwrap().to_str().unwrap()))
        .map(|path| path.display().to_string())
        .collect();
    assert!(strangers.is_empty(), "not in the order of modules: {strangers:?}");
}

#[test]
fn the_library_declares_its_modules_in_order() {
    let text = code_of(&read(&root().join("src/lib.rs")));
    let declared: Vec<usize> = text
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("pub mod ")
                .or_else(|| line.trim().strip_prefix("mod "))
        })
        .map(|name| place(name.trim_end_matches(';')).unwrap_or_else(|| panic!("{name} is not in the order")))
        .collect();
    assert!(!declared.is_empty(), "src/lib.rs declares no module");
    assert!(declared.is_sorted(), "src/lib.rs declares modules out of order");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|file| !read(file).starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(
        silent.is_empty(),
        "no module documentation (//!) at the top of {silent:?}"
    );
}

#[test]
fn long_files_say_why_they_are_one() {
    // Past 600 lines, tests left out, the module documentation explains why the file is one thing.
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|file| {
            let text = read(file);
            let shipped = text.split("\nmod tests {").next().unwrap();
            let docs: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
            shipped.lines().count() > 600 && !docs.contains("one file") && !docs.contains("one thing")
        })
        .map(|file| file.display().to_string())
        .collect();
    assert!(
        long.is_empty(),
        "over 600 lines, and the module documentation does not say why it is one file: {long:?}"
    );
}

#[test]
fn no_drawer_for_odds_and_ends() {
    for file in sources() {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["utils", "util", "common", "helpers", "misc", "manager"].contains(&name),
            "{} says nothing about what is in it",
            file.display()
        );
    }
}

#[test]
fn the_reader_of_this_test_sees_what_it_must() {
    let text = r#"
        //! Docs may name crate::cli.
        use crate::model::{Block, Role};
        use crate::{profile::Profile, source};
        let s = "crate::batch";
        fn f() { crate::layout::layout() } // crate::convert
    "#;
    let expected: BTreeSet<String> = ["model", "profile", "source", "layout"].map(String::from).into();
    assert_eq!(modules_used(text, 2), expected);
    let from_root: BTreeSet<String> = ["writer".to_owned()].into();
    assert_eq!(modules_used("use super::writer::docx;", 1), from_root);
    assert_eq!(modules_used("use super::super::writer;", 2), from_root);
    assert_eq!(modules_used("use super::writer::docx;", 2), BTreeSet::new());
}

/// The position of a module in the order; the roots `lib` and `main` have none.
fn place(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// Every Rust file below `src`, in a fixed order.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "the sources were not found");
    found
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

/// `src/layout/line.rs` → `layout`.
fn top_module(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.iter().next().unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

/// How many modules deep a file is: `src/layout.rs` 1, `src/layout/line.rs` 2.
fn depth(file: &Path) -> usize {
    file.strip_prefix(root().join("src")).unwrap().iter().count()
}

/// The top-level modules that code names by a path from the crate's root, comments and strings left out.
///
/// `super` chains that reach the root count too; inside an inline `mod tests` a chain reaches one level less far, so a
/// chain is taken for a way to the root only when it ends in a name of the order.
fn modules_used(text: &str, depth: usize) -> BTreeSet<String> {
    let code = code_of(text);
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        used.extend(first_names(&code[at + "crate::".len()..]));
    }
    let chain = "super::".repeat(depth);
    for (at, _) in code.match_indices(&chain) {
        let rest = &code[at + chain.len()..];
        if !code[..at].ends_with("super::") && !rest.starts_with("super::") {
            used.extend(first_names(rest).into_iter().filter(|name| place(name).is_some()));
        }
    }
    used
}

/// The names a path continues with: one, or those of a group in braces.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let mut names = Vec::new();
    let mut nested = 0;
    let mut start = 0;
    for (i, c) in group.char_indices() {
        match c {
            '{' => nested += 1,
            '}' if nested > 0 => nested -= 1,
            ',' | '}' if nested == 0 => {
                names.push(word(&group[start..i]));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The text without line comments, and with strings emptied.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let mut in_string = false;
        let mut chars = line.chars().peekable();
        let mut last = ' ';
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_string => {
                    chars.next();
                }
                // A quotation mark between apostrophes is a character, not a string.
                '"' if !(last == '\'' && chars.peek() == Some(&'\'')) => in_string = !in_string,
                '/' if !in_string && chars.peek() == Some(&'/') => break,
                _ if !in_string => code.push(c),
                _ => {}
            }
            last = c;
        }
        code.push('\n');
    }
    code
}
