//! The program as its users meet it: arguments, files, messages, exit codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::readers::docx::Docx;
use crate::readers::pdf::Pdf;
use crate::samples::root;

/// A folder of one test, empty at its start and left behind for whoever wants to look.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The program with `arguments` in `folder`, in an environment of nothing but a locale.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "C.UTF-8");
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn copy_sample(name: &str, to: &Path) {
    fs::copy(root().join("samples").join(name), to.join(name)).unwrap();
}

/// Exit code `code`, nothing on standard output, and one message that holds every one of `words`.
pub(crate) fn assert_refused(output: &Output, code: i32, words: &[&str]) {
    let message = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{message}");
    assert_eq!(stdout(output), "", "results only on standard output");
    for word in words {
        assert!(message.contains(word), "no {word:?} in: {message}");
    }
    let messages = message.lines().filter(|line| !line.starts_with("  ")).count();
    assert_eq!(
        messages, 1,
        "one line, and at most a hint below it, not: {message}"
    );
    assert!(!message.contains("panicked"), "{message}");
}

mod checking;
mod filling;
mod metadata;
mod reviewing;

#[test]
fn a_text_becomes_two_files_beside_it() {
    let folder = folder("two-files");
    copy_sample("opening-address.txt", &folder);
    let output = run(&folder, &["convert", "opening-address.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        names(&folder),
        [
            "opening-address.docx",
            "opening-address.pdf",
            "opening-address.txt"
        ]
    );
    let docx = Docx::open(&fs::read(folder.join("opening-address.docx")).unwrap());
    assert!(docx.text().contains("春和景明"));
    let pdf = Pdf::open(&fs::read(folder.join("opening-address.pdf")).unwrap());
    assert!(pdf.text().contains("春和景明"));
}

#[test]
fn the_fonts_that_a_profile_names_go_first() {
    let folder = folder("fonts-named");
    let fonts = folder.join("字体");
    fs::create_dir(&fonts).unwrap();
    for file in [
        "noto-serif-sc/NotoSerifSC-SemiBold.ttf",
        "noto-sans-sc/NotoSansSC-Regular.ttf",
    ] {
        let from = root().join("fonts").join(file);
        fs::copy(&from, fonts.join(from.file_name().unwrap())).unwrap();
    }
    // 黑体 is drawn with a 宋 that would never be taken for it; 楷体 is nowhere to be found.
    let profile = "extends = \"speech\"\n[fonts]\nheiti = \"Noto Serif SC SemiBold\"\nkaiti = \"某某楷体\"\n";
    fs::write(folder.join("own.toml"), profile).unwrap();
    let list = |more: &[&str]| {
        let given = ["fonts", "list", "--font-dir", "字体", "--lang", "en"];
        run(&folder, &[&given[..], more].concat())
    };
    let heiti = |output: &Output| {
        let shown = stdout(output);
        let line = shown.lines().find(|line| line.starts_with("heiti\t")).unwrap();
        line.rsplit('/').next().unwrap().to_owned()
    };
    let said = |output: &Output| {
        String::from_utf8_lossy(&output.stderr)
            .matches("fonts.kaiti of the profile: the font “某某楷体” was not found")
            .count()
    };
    let standard = list(&[]);
    assert_eq!(
        (heiti(&standard).as_str(), said(&standard)),
        ("NotoSansSC-Regular.ttf", 0)
    );
    assert!(standard.stderr.is_empty());
    let own = list(&["--style", "own.toml"]);
    assert_eq!(
        (heiti(&own).as_str(), said(&own)),
        ("NotoSerifSC-SemiBold.ttf", 1)
    );
    // Folders of the user's own count with the bundled fonts as well, and nothing else is missed.
    let bundled = list(&["--style", "own.toml", "--fonts", "bundled"]);
    assert_eq!(
        (heiti(&bundled).as_str(), said(&bundled)),
        ("NotoSerifSC-SemiBold.ttf", 0)
    );

    fs::write(
        folder.join("a.txt"),
        "在会上的讲话\n同志们：\n一、提高认识\n今天开会。\n",
    )
    .unwrap();
    fs::write(
        folder.join("b.txt"),
        "在会上的讲话\n同志们：\n二、狠抓落实\n今天开会。\n",
    )
    .unwrap();
    let convert = |more: &[&str]| {
        let given = [
            "convert",
            "a.txt",
            "b.txt",
            "--style",
            "own.toml",
            "--to",
            "pdf",
            "--font-dir",
            "字体",
            "--lang",
            "en",
        ];
        run(&folder, &[&given[..], more].concat())
    };
    let output = convert(&[]);
    assert_eq!((output.status.code(), said(&output)), (Some(0), 1));
    assert_eq!(said(&convert(&["--quiet"])), 0);
}

#[test]
fn fonts_check_names_what_no_font_has() {
    let folder = folder("fonts-check");
    fs::write(folder.join("a.txt"), "葛\u{e0100}城，\u{200b}甲乙①").unwrap();
    let output = run(
        &folder,
        &["fonts", "check", "a.txt", "--fonts", "bundled", "--lang", "en"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(
        stdout(&output).contains("①\tU+2460\t1\t1:8"),
        "{}",
        stdout(&output)
    );
    fs::write(folder.join("b.txt"), "甲😀").unwrap();
    let output = run(
        &folder,
        &["fonts", "check", "b.txt", "--fonts", "bundled", "--lang", "en"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("😀\tU+1F600\t1\t1:2\tno font"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn pages_become_pictures() {
    let folder = folder("pictures");
    fs::write(
        folder.join("讲话.txt"),
        format!("同志们：\n{}\n", "今天，我们在这里开会。".repeat(60)),
    )
    .unwrap();
    fs::write(folder.join("讲话-3.png"), "of an earlier run").unwrap();
    let output = run(
        &folder,
        &["讲话.txt", "--to", "png", "--dpi", "36", "--lang", "en"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        names(&folder),
        ["讲话-1.png", "讲话-2.png", "讲话-3.png", "讲话.txt"]
    );
    assert!(stdout(&output).contains("讲话-1.png, 讲话-2.png (2 pages)"));
    assert!(stderr(&output).contains("讲话-3.png is left from an earlier run"));
    let picture = fs::read(folder.join("讲话-2.png")).unwrap();
    // A4 at 36 pixels to the inch.
    assert_eq!(picture[16..24], [0, 0, 0x01, 0x2a, 0, 0, 0x01, 0xa5]);
    let absurd = run(&folder, &["讲话.txt", "--dpi", "5"]);
    assert_eq!(absurd.status.code(), Some(2));
    assert!(stderr(&absurd).contains("18 to 600"));
}

#[test]
fn a_template_is_an_empty_document_and_is_not_overwritten() {
    let folder = folder("template");
    let arguments = ["styles", "template", "gb9704", "-o", "base.docx"];
    let output = run(&folder, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let bytes = fs::read(folder.join("base.docx")).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes.len() > 4_000);
    assert_eq!(run(&folder, &arguments).status.code(), Some(2));
    assert_eq!(fs::read(folder.join("base.docx")).unwrap(), bytes);
    let unknown = run(&folder, &["styles", "template", "nonesuch", "-o", "other.docx"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(!folder.join("other.docx").exists());
}

#[test]
fn fonts_go_into_the_docx_when_asked() {
    let folder = folder("embed");
    copy_sample("notice.txt", &folder);
    let size = |arguments: &[&str]| {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::metadata(folder.join("notice.docx")).unwrap().len()
    };
    let bare = size(&["convert", "notice.txt", "--to", "docx"]);
    let with_fonts = size(&["convert", "notice.txt", "--to", "docx", "--embed-fonts"]);
    assert!(with_fonts > bare + 20_000, "{bare} {with_fonts}");
}

#[test]
fn a_file_name_alone_is_a_conversion() {
    let folder = folder("bare");
    copy_sample("notice.txt", &folder);
    let output = run(&folder, &["notice.txt", "--to", "pdf", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("out")), ["notice.pdf"]);
    assert_eq!(names(&folder), ["notice.txt", "out"]);
}

#[test]
fn chinese_names_with_blanks_and_long_ones_work() {
    let folder = folder("names");
    // 80 characters fill the 255 bytes that a name may have on most file systems, with “.docx” added.
    let long = "讲".repeat(80);
    for name in ["在会议上的 讲话（定稿）", long.as_str()] {
        fs::copy(
            root().join("samples/notice.txt"),
            folder.join(format!("{name}.txt")),
        )
        .unwrap();
        let output = run(&folder, &["convert", &format!("{name}.txt")]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(folder.join(format!("{name}.docx")).exists() && folder.join(format!("{name}.pdf")).exists());
    }
}

#[test]
fn an_empty_file_is_refused() {
    let folder = folder("empty");
    for (name, content) in [
        ("empty.txt", &b""[..]),
        ("blank.txt", "\u{feff} \r\n\u{3000}\n".as_bytes()),
    ] {
        fs::write(folder.join(name), content).unwrap();
        let output = run(&folder, &["convert", name]);
        assert_refused(&output, 1, &[name, "empty"]);
    }
    assert_eq!(names(&folder), ["blank.txt", "empty.txt"], "nothing is written");
}

#[test]
fn a_binary_file_is_refused() {
    let folder = folder("binary");
    let pdf_bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n".as_slice();
    let noise: Vec<u8> = (0u32..4096)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for (name, content) in [("noise.txt", noise.as_slice()), ("scan.txt", pdf_bytes)] {
        fs::write(folder.join(name), content).unwrap();
        let output = run(&folder, &["convert", name]);
        assert_refused(&output, 1, &[name]);
    }
    assert_eq!(names(&folder), ["noise.txt", "scan.txt"]);
}

#[test]
fn a_missing_file_is_named() {
    let folder = folder("missing");
    let output = run(&folder, &["convert", "没有.txt"]);
    assert_refused(&output, 1, &["没有.txt"]);
    assert!(names(&folder).is_empty());
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder("one-bad");
    copy_sample("notice.txt", &folder);
    copy_sample("opening-address.txt", &folder);
    fs::write(folder.join("empty.txt"), "").unwrap();
    let output = run(
        &folder,
        &[
            "convert",
            "notice.txt",
            "empty.txt",
            "missing.txt",
            "opening-address.txt",
            "-o",
            "out",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        names(&folder.join("out")),
        [
            "notice.docx",
            "notice.pdf",
            "opening-address.docx",
            "opening-address.pdf"
        ]
    );
    let messages = stderr(&output);
    let at = |name: &str| {
        messages
            .find(name)
            .unwrap_or_else(|| panic!("{name}: {messages}"))
    };
    assert!(at("empty.txt") < at("missing.txt"), "in input order: {messages}");
}

#[test]
fn an_unknown_style_is_a_fault_of_usage() {
    let folder = folder("style");
    copy_sample("notice.txt", &folder);
    let output = run(&folder, &["convert", "--style", "gb9740", "notice.txt"]);
    assert_refused(&output, 2, &["gb9740", "gb9704"]);
    let output = run(&folder, &["convert", "--style", "nowhere.toml", "notice.txt"]);
    assert_refused(&output, 2, &["nowhere.toml"]);
    fs::write(
        folder.join("wrong.toml"),
        "name = \"wrong\"\ntitle = \"错\"\nextends = \"speech\"\n\n[page]\ntopp = \"37mm\"\n",
    )
    .unwrap();
    let output = run(&folder, &["convert", "--style", "wrong.toml", "notice.txt"]);
    assert_refused(&output, 2, &["wrong.toml", "topp", "top"]);
    assert_eq!(names(&folder), ["notice.txt", "wrong.toml"]);
}

#[test]
fn wrong_arguments_are_faults_of_usage() {
    let folder = folder("usage");
    for arguments in [
        &[][..],
        &["convert"],
        &["convert", "--to", "odt", "a.txt"],
        &["convert", "--nonsense", "a.txt"],
        &["parse", "--format", "xml", "a.txt"],
    ] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "");
        assert!(!stderr(&output).is_empty());
    }
}

#[test]
fn an_output_folder_that_cannot_be_made_fails_the_input() {
    let folder = folder("unwritable");
    copy_sample("notice.txt", &folder);
    // A file where the folder should be stops anyone, root too.
    fs::write(folder.join("out"), "in the way").unwrap();
    let output = run(&folder, &["convert", "notice.txt", "-o", "out"]);
    assert_refused(&output, 1, &["notice.txt"]);
    assert_eq!(fs::read(folder.join("out")).unwrap(), b"in the way");
    assert_eq!(names(&folder), ["notice.txt", "out"]);
}

#[test]
fn two_inputs_never_share_an_output() {
    let folder = folder("collision");
    for part in ["a", "b"] {
        fs::create_dir(folder.join(part)).unwrap();
        copy_sample("notice.txt", &folder.join(part));
    }
    let output = run(&folder, &["convert", "a/notice.txt", "b/notice.txt", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!folder.join("out").exists());
    let output = run(&folder, &["convert", ".", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(folder.join("out/a/notice.docx").exists() && folder.join("out/b/notice.pdf").exists());
}

#[test]
fn messages_come_in_the_language_of_the_system() {
    let folder = folder("language");
    fs::write(folder.join("empty.txt"), "").unwrap();
    let chinese = |output: &Output| {
        stderr(output)
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let output = command(&folder, &["convert", "empty.txt"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    assert!(chinese(&output), "{}", stderr(&output));
    assert!(!chinese(&run(&folder, &["convert", "empty.txt"])));
    assert!(chinese(&run(&folder, &["--lang", "zh", "convert", "empty.txt"])));
    let help = run(&folder, &["--lang", "zh", "convert", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("--out-dir") && stdout(&help).contains("输出文件夹"));
}

#[test]
fn a_report_called_dash_goes_to_standard_output() {
    let folder = folder("report-called-dash");
    copy_sample("work-conference.txt", &folder);
    let output = run(
        &folder,
        &["convert", "work-conference.txt", "--to", "docx", "--report", "-"],
    );
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["files"][0]["status"], "converted");
    assert!(!folder.join("-").exists());
}

#[test]
fn parse_prints_the_json_that_was_promised() {
    let folder = folder("parse");
    copy_sample("work-conference.txt", &folder);
    let output = run(&folder, &["parse", "work-conference.txt", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema"], "hongtou/document/1");
    assert_eq!(json["source"]["name"], "work-conference.txt");
    assert_eq!(json["source"]["encoding"], "UTF-8");
    let source = fs::read(folder.join("work-conference.txt")).unwrap();
    assert_eq!(json["source"]["bytes"], source.len());
    assert_eq!(json["kind"], "speech");
    let blocks = json["blocks"].as_array().unwrap();
    let lines = source
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    assert_eq!(
        blocks.len(),
        lines.count(),
        "each line of this sample is a paragraph"
    );
    for block in blocks {
        let span = &block["span"];
        let [start, end, line, column] =
            ["start", "end", "line", "column"].map(|key| span[key].as_u64().unwrap() as usize);
        assert!(start < end && line >= 1 && column >= 1);
        assert_eq!(
            std::str::from_utf8(&source[start..end]).unwrap(),
            block["text"].as_str().unwrap(),
            "a span holds its text"
        );
        let run_in = block["role"] == "run_in";
        assert_eq!(run_in, block.get("level").is_some_and(Value::is_u64));
        assert_eq!(run_in, block.get("lead").is_some_and(Value::is_string));
        if run_in {
            let (text, lead) = (block["text"].as_str().unwrap(), block["lead"].as_str().unwrap());
            assert!(text.starts_with(lead) && text.len() > lead.len());
        }
    }
    assert!(json["edits"].is_array() && json["diagnostics"].is_array());
}

#[test]
fn the_tree_shows_every_paragraph() {
    let folder = folder("tree");
    copy_sample("theme-speech.txt", &folder);
    let output = run(&folder, &["parse", "theme-speech.txt", "--lang", "zh"]);
    let tree = stdout(&output);
    for term in [
        "标题",
        "副标题",
        "讲话人",
        "题下日期",
        "称谓",
        "段首领句",
        "结束语",
    ] {
        assert!(tree.contains(term), "{term} is not in\n{tree}");
    }
}

#[test]
fn standard_input_and_a_closed_pipe_are_no_trouble() {
    let folder = folder("pipe");
    let text = fs::read(root().join("samples/notice.txt")).unwrap();
    let mut child = command(&folder, &["parse", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    // `hongtou parse … | true`: the reader goes away before anything is printed.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn the_readmes_tell_the_truth() {
    let folder = folder("readme");
    let list = stdout(&run(&folder, &["styles", "list"]));
    for name in ["README.md", "README.zh-CN.md"] {
        let readme = String::from_utf8(fs::read(root().join(name)).unwrap()).unwrap();
        for style in list.lines().filter_map(|line| line.split('\t').next()) {
            assert!(
                readme.contains(&format!("| `{style}`")),
                "{name} is silent about {style}"
            );
        }
        let toml = readme
            .split("```toml\n")
            .nth(1)
            .unwrap()
            .split("```")
            .next()
            .unwrap();
        fs::write(folder.join("ours.toml"), toml).unwrap();
        let checked = run(&folder, &["styles", "check", "ours.toml"]);
        assert_eq!(checked.status.code(), Some(0), "{name}: {}", stderr(&checked));
        for line in readme.lines().filter_map(|line| line.strip_prefix("hongtou ")) {
            let words: Vec<&str> = line.split('#').next().unwrap().split_whitespace().collect();
            let command = match words[0] {
                word if word.ends_with(".txt") => "convert",
                word => word,
            };
            let help = run(&folder, &[command, "--help"]);
            assert_eq!(help.status.code(), Some(0), "{name}: hongtou {line}");
            for option in words.iter().filter(|word| word.starts_with('-')) {
                assert!(
                    stdout(&help).contains(option),
                    "{name}: {option} in hongtou {line}"
                );
            }
        }
    }
}

#[test]
fn outputs_do_not_depend_on_place_zone_or_locale() {
    let (here, there) = (folder("here"), folder("there").join("一个 深 的/文件夹"));
    fs::create_dir_all(&there).unwrap();
    let mut made = Vec::new();
    for (folder, zone, locale, jobs) in [
        (&here, "UTC", "C.UTF-8", "1"),
        (&there, "Asia/Shanghai", "zh_CN.GB18030", "4"),
        (&there, "Pacific/Kiritimati", "tr_TR.UTF-8", "2"),
    ] {
        let samples = root().join("samples");
        let output = command(
            folder,
            &["convert", samples.to_str().unwrap(), "-o", "out", "-j", jobs],
        )
        .env("TZ", zone)
        .env("LC_ALL", locale)
        .output()
        .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let out = folder.join("out");
        let files: Vec<(String, Vec<u8>)> = names(&out)
            .into_iter()
            .filter(|name| out.join(name).is_file())
            .map(|name| (name.clone(), fs::read(out.join(name)).unwrap()))
            .collect();
        assert!(files.len() >= 14);
        made.push(files);
    }
    for other in &made[1..] {
        for (one, another) in made[0].iter().zip(other) {
            assert!(one == another, "{} differs", one.0);
        }
        assert_eq!(made[0].len(), other.len());
    }
}

#[test]
fn the_date_of_the_build_goes_into_the_files_when_it_is_given() {
    let folder = folder("epoch");
    copy_sample("notice.txt", &folder);
    let output = command(&folder, &["convert", "notice.txt"])
        .env("SOURCE_DATE_EPOCH", "1773273600")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let core = Docx::open(&fs::read(folder.join("notice.docx")).unwrap()).part("docProps/core.xml");
    assert_eq!(core.only("dcterms:created").text, "2026-03-12T00:00:00Z");
    let pdf = fs::read(folder.join("notice.pdf")).unwrap();
    let date = pdf.windows(12).any(|bytes| bytes == b"D:2026031200");
    let pdf = Pdf::open(&pdf);
    let metadata = pdf
        .catalog()
        .get_deref(b"Metadata", &pdf.document)
        .unwrap()
        .as_stream()
        .unwrap();
    let metadata = String::from_utf8(metadata.get_plain_content().unwrap()).unwrap();
    assert!(date || metadata.contains("2026-03-12T00:00:00"), "{metadata}");
}
