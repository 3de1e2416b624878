//! What goes out beside the program: completions, manual pages, licences.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::samples::root;

/// What the program prints for `arguments`.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = printed(&["--lang", "en", "--help"]);
    let list = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let names: Vec<String> = list
        .lines()
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert!(
        names.len() >= 8 && names.iter().any(|name| name == "convert"),
        "{names:?}"
    );
    names
}

/// The long options in a help text.
fn options(help: &str) -> BTreeSet<String> {
    help.split_whitespace()
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_lowercase()).to_owned())
        .collect()
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        for lang in ["zh", "en"] {
            let script = printed(&["--lang", lang, "completions", shell]);
            for command in commands() {
                assert!(script.contains(&command), "{shell}: {command}");
                for option in options(&printed(&["--lang", "en", &command, "--help"])) {
                    assert!(script.contains(&option), "{shell}: {command} --{option}");
                }
            }
        }
    }
}

#[test]
fn bash_takes_the_completions() {
    let script = printed(&["completions", "bash"]);
    let ask = "COMP_WORDS=(hongtou convert --over) COMP_CWORD=2; _hongtou hongtou --over convert; echo \"${COMPREPLY[@]}\"";
    let Ok(output) = Command::new("bash")
        .args(["-c", &format!("{script}\n{ask}")])
        .output()
    else {
        eprintln!("SKIPPED bash_takes_the_completions: there is no bash here");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "--overwrite");
}

#[test]
fn manual_pages_name_every_option() {
    let program = printed(&["--lang", "en", "man"]);
    assert!(program.contains(".TH hongtou 1"), "{program}");
    for command in commands() {
        assert!(program.contains(&format!("hongtou\\-{command}(1)")), "{command}");
        let page = printed(&["--lang", "en", "man", &command]);
        assert!(page.contains(&format!(".TH hongtou-{command} 1")), "{page}");
        for option in options(&printed(&["--lang", "en", &command, "--help"])) {
            let written = option.replace('-', "\\-");
            assert!(page.contains(&format!("\\-\\-{written}")), "{command} --{option}");
        }
    }
    let unknown = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(["man", "nonsense"])
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn licences_of_the_program_its_fonts_and_its_packages_are_printed() {
    let all = printed(&["--licenses"]);
    assert_eq!(all, printed(&["--lang", "zh", "--licenses"]));
    for text in [
        "hongtou: MIT OR Apache-2.0",
        "Apache License",
        "SIL OPEN FONT LICENSE Version 1.1",
        "Zhuque Fangsong",
    ] {
        assert!(all.contains(text), "{text}");
    }
    for text in fs::read_dir(root().join("fonts"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("OFL.txt"))
    {
        if let Ok(text) = fs::read(text) {
            let text = String::from_utf8(text).unwrap();
            assert!(all.contains(text.trim_end()));
        }
    }
    assert!(
        all.contains(&String::from_utf8(fs::read(root().join("THIRD-PARTY-LICENSES.txt")).unwrap()).unwrap())
    );
}

/// `cargo xtask licenses` must be run again when dependencies change.
#[test]
fn the_list_of_packages_is_that_of_the_lock_file() {
    let text = String::from_utf8(fs::read(root().join("THIRD-PARTY-LICENSES.txt")).unwrap()).unwrap();
    let listed: BTreeSet<(&str, &str)> = text
        .lines()
        .skip(2)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_once(": ").unwrap().0.split_once(' ').unwrap())
        .collect();
    let lock: toml::Table = String::from_utf8(fs::read(root().join("Cargo.lock")).unwrap())
        .unwrap()
        .parse()
        .unwrap();
    let locked: BTreeSet<(&str, &str)> = lock["package"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            (
                package["name"].as_str().unwrap(),
                package["version"].as_str().unwrap(),
            )
        })
        .collect();
    let old: Vec<_> = listed.difference(&locked).collect();
    assert!(old.is_empty(), "no longer locked: {old:?}");
    // What is linked on this machine; the list has the packages of other systems, too.
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-p",
            "hongtou",
            "-e",
            "normal,no-proc-macro",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let missing: BTreeSet<&str> = tree
        .lines()
        .filter(|line| !line.starts_with("hongtou "))
        .filter(|line| {
            let mut words = line.split(' ');
            let (name, version) = (
                words.next().unwrap(),
                words.next().unwrap().trim_start_matches('v'),
            );
            !listed.contains(&(name, version))
        })
        .collect();
    assert!(
        missing.is_empty() && tree.lines().count() > 50,
        "not in the list: {missing:?}"
    );
}
