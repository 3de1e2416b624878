//! `hongtou styles` and `--style` as an office's IT staff meet them: commands, files, messages, exit codes.

use std::fs;

use hongtou::diagnostic::Lang;

use crate::cli::{assert_refused, folder, names, run, stderr, stdout};
use crate::samples::root;

#[test]
fn built_in_styles_are_listed_shown_and_pass_their_own_check() {
    let folder = folder("styles");
    let list = stdout(&run(&folder, &["styles", "list"]));
    for name in list.lines().filter_map(|line| line.split('\t').next()) {
        let shown = run(&folder, &["styles", "show", name]);
        assert_eq!(shown.status.code(), Some(0));
        fs::write(folder.join("own.toml"), &shown.stdout).unwrap();
        let checked = run(&folder, &["styles", "check", "own.toml"]);
        assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    }
    assert_eq!(stdout(&run(&folder, &["styles"])), list);
}

#[test]
fn a_style_of_ones_own_is_begun_changed_shown_and_used() {
    let folder = folder("styles-new");
    let made = run(
        &folder,
        &[
            "styles",
            "new",
            "县政府办",
            "-o",
            "office/own.toml",
            "--extends",
            "gb9704",
            "--lang",
            "zh",
        ],
    );
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    assert_eq!(stdout(&made), "已写入 office/own.toml\n");
    let path = folder.join("office/own.toml");
    let text = String::from_utf8(fs::read(&path).unwrap()).unwrap();
    assert!(text.contains("# top = \"34.58mm\"  # 上边距（天头）"), "{text}");
    fs::write(&path, text.replace("# top = \"34.58mm\"", "top = \"34mm\"")).unwrap();

    let checked = run(&folder, &["styles", "check", "office/own.toml"]);
    assert_eq!(stdout(&checked), "office/own.toml: 县政府办 (本单位样式)\n");
    let shown = stdout(&run(&folder, &["styles", "show", "office/own.toml"]));
    assert!(
        shown.contains("top = \"34mm\"\n") && shown.contains("left = \"28mm\"  # gb9704\n"),
        "{shown}"
    );

    // Another one on top of it, in another folder.
    fs::write(
        folder.join("town.toml"),
        "extends = \"office/own.toml\"\n[page]\nleft = \"27mm\"\nright = \"27mm\"\n",
    )
    .unwrap();
    fs::write(
        folder.join("a.txt"),
        "在全县工作会议上的讲话\n同志们：\n今天召开这次会议，部署工作。\n",
    )
    .unwrap();
    let used = run(&folder, &["a.txt", "--style", "town.toml", "--to", "docx"]);
    assert_eq!(used.status.code(), Some(0), "{}", stderr(&used));
    let docx = crate::readers::docx::Docx::open(&fs::read(folder.join("a.docx")).unwrap());
    let document = docx.part("word/document.xml");
    let margins = document.only("w:pgMar");
    // 34 mm and 27 mm in twips: 1 mm is 1440 / 25.4.
    assert_eq!(
        (margins.get("w:top"), margins.get("w:left")),
        (Some("1928"), Some("1531"))
    );
}

#[test]
fn a_file_of_the_users_is_not_overwritten() {
    let folder = folder("styles-exists");
    fs::write(folder.join("own.toml"), "mine").unwrap();
    for command in [
        &["styles", "new", "x", "-o", "own.toml"][..],
        &["styles", "schema", "-o", "own.toml"],
    ] {
        assert_refused(&run(&folder, command), 2, &["own.toml", "exists", "--force"]);
        assert_eq!(fs::read(folder.join("own.toml")).unwrap(), b"mine");
    }
    let forced = run(&folder, &["styles", "new", "x", "-o", "own.toml", "--force"]);
    assert_eq!(forced.status.code(), Some(0));
    assert!(fs::read(folder.join("own.toml")).unwrap().len() > 1000);
    assert_eq!(names(&folder), ["own.toml"]);
}

#[test]
fn the_schema_in_the_project_is_current() {
    let folder = folder("styles-schema");
    let path = root().join("styles").join(hongtou::profile::SCHEMA_FILE);
    let kept = String::from_utf8(fs::read(path).unwrap()).unwrap();
    let now = stdout(&run(&folder, &["styles", "schema"]));
    assert_eq!(kept, now, "cargo xtask schema writes it anew");
    let schema: serde_json::Value = serde_json::from_str(&now).unwrap();
    assert_eq!(
        schema["properties"]["page"]["properties"]["top"]["type"],
        "string"
    );
    assert!(schema["definitions"]["element"]["properties"]["font"]["enum"].is_array());
}

#[test]
fn the_documentation_of_keys_is_current() {
    for (name, lang) in [
        ("docs/profiles.md", Lang::En),
        ("docs/profiles.zh-CN.md", Lang::Zh),
    ] {
        let page = String::from_utf8(fs::read(root().join(name)).unwrap()).unwrap();
        let keys = hongtou::profile::key_reference(lang).unwrap();
        assert!(page.contains(&keys), "{name}: cargo xtask schema writes it anew");
    }
}

/// Wrong profiles, and what is said about them on standard error.
const WRONG: &[(&str, &[u8], &str, &str)] = &[
    (
        "unknown key",
        b"extends = \"speech\"\n[page]\ntpo = \"1mm\"\n",
        "own.toml:3:1: error: ",
        "did you mean “top”",
    ),
    (
        "wrong type",
        b"extends = \"speech\"\n[page]\ntop = 37\n",
        "own.toml:3:7: error: page.top: ",
        "write a length with its unit",
    ),
    (
        "unit",
        "title = \"讲话\"\nextends = \"speech\"\npage = { top = \"3寸\" }\n".as_bytes(),
        "own.toml:3:16: error: ",
        "“3寸” has no known unit",
    ),
    (
        "TOML",
        "extends = “speech”\n".as_bytes(),
        "own.toml:1:11: error: ",
        "straight double quotation marks",
    ),
    (
        "GBK",
        b"extends = \"speech\"\ntitle = \"\xbd\xb2\xbb\xb0\"\n",
        "own.toml:2:10: error: ",
        "save it again as UTF-8",
    ),
    (
        "circle",
        b"extends = \"own.toml\"\n",
        "own.toml:1:11: error: ",
        "in a circle",
    ),
    (
        "missing base",
        b"extends = \"gone.toml\"\n",
        "own.toml:1:11: error: extends: gone.toml: ",
        "No such file",
    ),
    (
        "lines",
        b"extends = \"speech\"\n[grid]\nlines = 23\n",
        "own.toml:3:9: error: grid.lines: ",
        "set grid.lines = 22",
    ),
    ("empty", b"", "own.toml: error: ", "the profile is empty"),
    (
        "binary",
        b"\x00\x01\x02\xff",
        "own.toml:1:4: error: ",
        "not UTF-8",
    ),
];

#[test]
fn a_wrong_profile_stops_everything_before_anything_is_written() {
    let folder = folder("styles-wrong");
    fs::write(folder.join("a.txt"), "在全县工作会议上的讲话\n同志们：\n").unwrap();
    for (what, content, place, words) in WRONG {
        fs::write(folder.join("own.toml"), content).unwrap();
        for command in [
            &["styles", "check", "own.toml"][..],
            &["a.txt", "--style", "own.toml"],
            &["styles", "show", "own.toml"],
        ] {
            let output = run(&folder, command);
            assert_eq!(output.status.code(), Some(2), "{what}: {}", stderr(&output));
            let said = stderr(&output);
            assert!(said.starts_with(place) && said.contains(words), "{what}: {said}");
            assert_eq!(names(&folder), ["a.txt", "own.toml"], "{what}");
        }
        let chinese = stderr(&run(&folder, &["styles", "check", "own.toml", "--lang", "zh"]));
        assert!(
            chinese.contains("：") && chinese.contains("错误"),
            "{what}: {chinese}"
        );
    }
}

#[test]
fn a_folder_or_a_missing_file_is_no_profile() {
    let folder = folder("styles-none");
    fs::write(folder.join("a.txt"), "讲话\n").unwrap();
    fs::create_dir(folder.join("d.toml")).unwrap();
    for style in ["d.toml", "gone.toml"] {
        assert_refused(&run(&folder, &["a.txt", "-s", style]), 2, &[style]);
    }
    assert_refused(
        &run(&folder, &["a.txt", "-s", "speach"]),
        2,
        &["speach", "did you mean “speech”"],
    );
    assert_refused(
        &run(&folder, &["styles", "new", "x", "--extends", "nothing"]),
        2,
        &["nothing", "there are: speech"],
    );
    assert_eq!(names(&folder), ["a.txt", "d.toml"]);
}
