//! What is said about a text beside it: `--meta`, front matter, and `--draft` where something is lacking.

use super::*;

const LETTER: &str = "关于商请提供资料的函\n\n县水利局：\n\n请提供有关资料。\n";

/// A folder with the text `a.txt`.
fn with_text(name: &str, text: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("a.txt"), text).unwrap();
    folder
}

#[test]
fn values_of_the_command_line_are_checked_before_anything_is_read() {
    let folder = with_text("meta", LETTER);
    for (meta, words) in [
        ("doc-nubmer=1", &["--meta", "doc-nubmer", "“doc-number”"][..]),
        (
            "imprint-date=2024年13月1日",
            &["--meta", "imprint-date", "2024年13月1日"],
        ),
        ("abc", &["--meta", "“abc”", "KEY=VALUE"]),
    ] {
        for command in ["convert", "parse", "check"] {
            assert_refused(&run(&folder, &[command, "a.txt", "--meta", meta]), 2, words);
        }
    }
    assert_eq!(names(&folder), ["a.txt"], "nothing written");
}

#[test]
fn what_a_format_lacks_is_named_and_a_draft_goes_without() {
    let folder = with_text("draft", LETTER);
    let convert = [
        "convert", "a.txt", "--style", "letter", "--to", "docx", "--fonts", "bundled",
    ];
    let with = |more: &[&str]| run(&folder, &[&convert, more].concat());
    assert_refused(
        &with(&[]),
        1,
        &["a.txt", "letter", "--meta organization=", "--draft"],
    );
    assert_eq!(names(&folder), ["a.txt"], "nothing written");
    assert_eq!(with(&["--draft"]).status.code(), Some(0));
    assert_eq!(names(&folder), ["a.docx", "a.txt"]);
    assert_eq!(
        with(&["--meta", "organization=安平县财政局"]).status.code(),
        Some(0)
    );
    let body = Docx::open(&fs::read(folder.join("a.docx")).unwrap()).part("word/document.xml");
    assert!(body.all("w:t").iter().any(|text| text.text == "安平县财政局"));
}

#[test]
fn check_and_parse_say_what_a_format_lacks_too() {
    let folder = with_text("lacking", LETTER);
    let run = |arguments: &[&str]| run(&folder, arguments);
    let checked = run(&["check", "a.txt", "--style", "letter", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(said.contains("missing-element") && said.contains("--meta organization="));
    let parsed = run(&["parse", "a.txt", "-s", "letter", "--format", "json"]);
    assert_eq!(parsed.status.code(), Some(0));
    assert!(
        String::from_utf8(parsed.stdout)
            .unwrap()
            .contains("missing-element")
    );
    // Speeches need nothing, and what is given is not lacking.
    for arguments in [
        &["check", "a.txt"][..],
        &[
            "check",
            "a.txt",
            "-s",
            "letter",
            "--meta",
            "organization=安平县财政局",
        ],
    ] {
        let checked = run(arguments);
        assert_eq!(checked.status.code(), Some(0), "{arguments:?}");
    }
    assert_refused(&run(&["check", "a.txt", "--style", "lettre"]), 2, &["lettre"]);
}

#[test]
fn filled_texts_can_be_drafts_too() {
    let folder = with_text("fill-draft", &LETTER.replace("水利局", "{{单位}}"));
    let fill = [
        "fill",
        "a.txt",
        "--set",
        "单位=水利局",
        "--style",
        "letter",
        "--to",
        "docx",
        "-o",
        "b",
    ];
    let with = |more: &[&str]| run(&folder, &[&fill, more].concat());
    assert_refused(&with(&[]), 1, &["organization", "--draft"]);
    assert_eq!(names(&folder), ["a.txt"]);
    assert_eq!(with(&["--draft"]).status.code(), Some(0));
    assert_eq!(names(&folder), ["a.txt", "b.docx"]);
}

#[test]
fn faults_of_front_matter_are_told_at_their_places_and_nothing_is_written() {
    for (name, front_matter, words) in [
        ("key", "stlye: letter", &["a.txt:2:1:", "stlye", "“style”"][..]),
        (
            "date",
            "style: letter\nimprint-date: 2024年13月1日",
            &["a.txt:3:15:", "2024年13月1日"],
        ),
        ("style", "style: leter", &["a.txt:2:8:", "leter", "“letter”"]),
        (
            "list",
            "style: letter\norganization: [甲局",
            &["a.txt:3:15:", "closing bracket"],
        ),
    ] {
        let folder = with_text(
            &format!("front-matter-{name}"),
            &format!("---\n{front_matter}\n---\n{LETTER}"),
        );
        assert_refused(&run(&folder, &["convert", "a.txt"]), 1, words);
        assert_eq!(names(&folder), ["a.txt"], "{name}: nothing written");
    }
}
