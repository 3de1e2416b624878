//! Many files at once: reports, broken files, and texts that are converted as they are saved.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::{folder, names, run, stderr, stdout};
use crate::readers::docx::Docx;
use crate::samples::root;

/// What `value` has against `schema`; knows the words that docs/report.schema.json uses, and no others.
fn faults(value: &Value, schema: &Value, whole: &Value, at: &str, found: &mut Vec<String>) {
    for (word, asked) in schema.as_object().unwrap() {
        let fits = match word.as_str() {
            "$ref" => {
                let place = asked.as_str().unwrap().strip_prefix('#').unwrap();
                faults(value, whole.pointer(place).unwrap(), whole, at, found);
                true
            }
            "type" => {
                let is = |kind: &Value| match kind.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "null" => value.is_null(),
                    other => panic!("type {other}"),
                };
                asked
                    .as_array()
                    .map_or_else(|| is(asked), |kinds| kinds.iter().any(is))
            }
            "const" => value == asked,
            "enum" => asked.as_array().unwrap().contains(value),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= asked.as_f64().unwrap()),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.len() as u64 >= asked.as_u64().unwrap()),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.len() as u64 <= asked.as_u64().unwrap()),
            "required" => {
                let names = asked
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|name| name.as_str().unwrap());
                value
                    .as_object()
                    .is_none_or(|object| names.into_iter().all(|name| object.contains_key(name)))
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(item, asked, whole, &format!("{at}[{number}]"), found);
                }
                true
            }
            "properties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = asked.get(name) {
                        faults(member, schema, whole, &format!("{at}.{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |name: &str| {
                    schema
                        .get("properties")
                        .is_some_and(|known| known.get(name).is_some())
                };
                let mut others = value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| !known(name));
                if asked.is_object() {
                    for (name, member) in others {
                        faults(member, asked, whole, &format!("{at}.{name}"), found);
                    }
                    true
                } else {
                    others.next().is_none()
                }
            }
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            other => panic!("the schema uses {other}, which this test does not know"),
        };
        if !fits {
            found.push(format!("{at}: {word} {asked}, not {value}"));
        }
    }
}

fn schema() -> Value {
    serde_json::from_slice(&fs::read(root().join("docs/report.schema.json")).unwrap()).unwrap()
}

/// A folder with good texts, one with findings, one that fails, and a name that HTML must not see as it is.
fn mixed(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::create_dir(folder.join("in")).unwrap();
    fs::copy(root().join("samples/notice.txt"), folder.join("in/notice.txt")).unwrap();
    fs::write(folder.join("in/empty.txt"), "").unwrap();
    let odd = "在会上的讲话\n同志们:\n今天<script>alert(1)</script>我们要做好工作工作。\n";
    fs::write(folder.join("in/a&'b.txt"), odd).unwrap();
    folder
}

#[test]
fn reports_are_as_their_schema_says() {
    let folder = mixed("report-schema");
    let arguments = [
        "convert", "in", "-o", "out", "--fonts", "bundled", "--report", "r.json", "--report", "t.json",
        "--quiet",
    ];
    assert_eq!(run(&folder, &arguments).status.code(), Some(1));
    let timed = run(
        &folder,
        &[
            "convert",
            "in",
            "-o",
            "out",
            "--overwrite",
            "never",
            "--json",
            "--timings",
        ],
    );
    let schema = schema();
    let report = |bytes: &[u8]| -> Value { serde_json::from_slice(bytes).unwrap() };
    let first = report(&fs::read(folder.join("r.json")).unwrap());
    for report in [&first, &report(&timed.stdout)] {
        let mut found = Vec::new();
        faults(report, &schema, &schema, "report", &mut found);
        assert!(found.is_empty(), "{found:#?}");
    }
    assert_eq!(
        fs::read(folder.join("r.json")).unwrap(),
        fs::read(folder.join("t.json")).unwrap()
    );
    let statuses: Vec<&str> = first["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses,
        ["converted", "failed", "converted"],
        "in the order of names"
    );
    // The schema does refuse what is wrong.
    let mut wrong = first.clone();
    wrong["files"][0]["status"] = "done".into();
    wrong["files"][0]["outputs"][0]["sha256"] = "12".into();
    wrong["files"][1].as_object_mut().unwrap().remove("error");
    let mut found = Vec::new();
    faults(&wrong, &schema, &schema, "report", &mut found);
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn the_hashes_of_a_report_are_those_of_the_files() {
    use sha2::{Digest, Sha256};
    let folder = mixed("report-hashes");
    run(
        &folder,
        &["convert", "in", "-o", "out", "--report", "r.json", "--quiet"],
    );
    let report: Value = serde_json::from_slice(&fs::read(folder.join("r.json")).unwrap()).unwrap();
    let outputs = report["files"][2]["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 2);
    for output in outputs {
        let bytes = fs::read(folder.join(output["path"].as_str().unwrap())).unwrap();
        assert_eq!(output["bytes"], bytes.len());
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(output["sha256"], hash);
    }
}

#[test]
fn the_page_for_people_stands_on_its_own_and_escapes_everything() {
    let folder = mixed("report-page");
    let output = run(
        &folder,
        &[
            "convert", "in", "-o", "out", "--fonts", "bundled", "--report", "r.html", "--to", "docx",
            "--quiet", "--lang", "zh",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let page = String::from_utf8(fs::read(folder.join("r.html")).unwrap()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "nothing is fetched"
    );
    assert!(!page.contains("<script>alert"), "a text is no markup");
    assert!(page.contains("网页代码“&lt;script&gt;”"));
    assert!(page.contains("in/a&amp;&#39;b.txt") && page.contains("href=\"./out/a%26%27b.docx\""));
    assert_eq!(page.matches("<tr class=").count(), 3, "a row for each file");
    assert_eq!(
        page.matches("src=\"data:image/png;base64,iVBOR").count(),
        2,
        "a picture of each that was converted"
    );
    assert!(page.contains("文件是空的"), "the failure and its reason");
    // Every element that is opened is closed, in order.
    let mut open = Vec::new();
    let body = page
        .split("<body>")
        .nth(1)
        .unwrap()
        .split("<script>")
        .next()
        .unwrap();
    for tag in body.split('<').skip(1) {
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name), "<{tag}"),
            None if ["img", "input"].contains(&name.as_str()) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn broken_files_are_named_and_the_others_converted() {
    let folder = folder("broken");
    let text = fs::read(root().join("samples/opening-address.txt")).unwrap();
    let nul = [&text[..], b"\0\0", &text[..]].concat();
    let unknown = "一种字体都没有的字：\u{10ff00}。\n";
    let broken: [(&str, &[u8]); 7] = [
        ("empty", b""),
        ("blank", "\u{feff} \r\n\u{3000}\n".as_bytes()),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("docx", b"PK\x03\x04\x14\x00\x00\x00[Content_Types].xml"),
        ("html", b"<!DOCTYPE html><html></html>"),
        ("nul", &nul),
        ("glyph", unknown.as_bytes()),
    ];
    for number in 0..30 {
        fs::write(folder.join(format!("{number:02}.txt")), &text).unwrap();
    }
    for (name, content) in broken {
        fs::write(folder.join(format!("{name}.txt")), content).unwrap();
    }
    let output = run(
        &folder,
        &[
            "convert", ".", "-o", "out", "--fonts", "bundled", "-j", "2", "--quiet",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(&folder.join("out")).len(), 60);
    let messages = stderr(&output);
    for (name, _) in broken {
        let line = messages
            .lines()
            .find(|line| line.contains(&format!("{name}.txt")));
        assert!(
            line.is_some_and(|line| line.contains("error: ")),
            "{name}: {messages}"
        );
    }
}

/// Waits until `done`, for no longer than a slow machine needs.
fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_list_may_come_from_an_editor_on_windows() {
    let folder = folder("list");
    for name in ["一", "二"] {
        fs::copy(
            root().join("samples/notice.txt"),
            folder.join(format!("{name}.txt")),
        )
        .unwrap();
    }
    fs::write(folder.join("list"), "\u{feff}一.txt\r\n\r\n二.txt\r\n").unwrap();
    let output = run(
        &folder,
        &["convert", "--files-from", "list", "-o", "out", "--to", "docx"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("out")), ["一.docx", "二.docx"]);
}

#[cfg(unix)]
#[test]
fn texts_are_converted_as_they_are_saved() {
    let folder = folder("watch");
    let text = folder.join("讲话.txt");
    fs::write(&text, "第一稿。\n").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(["convert", ".", "--to", "docx", "--watch"])
        .current_dir(&folder)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = folder.join("讲话.docx");
    let says = |path: &Path, words: &str| {
        fs::read(path).is_ok_and(|bytes| Docx::open(&bytes).text().contains(words))
    };
    wait_for("the first conversion", || says(&output, "第一稿"));
    fs::write(&text, "第二稿，改了不少。\n").unwrap();
    wait_for("the conversion after saving", || says(&output, "第二稿"));
    fs::write(folder.join("新.txt"), "新的一篇。\n").unwrap();
    wait_for("a new text", || says(&folder.join("新.docx"), "新的一篇"));
    // Its own outputs set nothing off.
    let before = fs::metadata(&output).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(fs::metadata(&output).unwrap().modified().unwrap(), before);
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let ended = child.wait().unwrap();
    assert_eq!(ended.code(), Some(130));
    assert_eq!(names(&folder), ["新.docx", "新.txt", "讲话.docx", "讲话.txt"]);
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = folder("watch-refused");
    for arguments in [
        &["convert", "-", "--watch"][..],
        &["convert", ".", "--watch", "--dry-run"],
        &["convert", ".", "--watch", "--report", "r.json"],
    ] {
        let output = run(&folder, arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
    assert!(names(&folder).is_empty());
}
