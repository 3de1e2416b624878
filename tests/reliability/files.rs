//! Faults of files and folders: what cannot be read or written fails by name, old outputs stay, the batch goes on.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::program::{
    GOOD, HONGTOU, command, finish, folder, have, judged, line, pipe, root, run, shell, tree, whole,
};

/// A folder with a good text, so that what goes wrong can be seen not to spoil it.
fn with_good(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    folder
}

/// A folder that another user than root reaches, with a copy of the program: the checkout may lie in a closed one.
struct Open(std::path::PathBuf);

impl Open {
    /// Faults of permission can be tried by root only, who becomes somebody whom permissions stop.
    fn new(test: &str) -> Option<Open> {
        if !have(test, &["setpriv"]) || !root(test) {
            return None;
        }
        let folder = std::env::temp_dir().join(format!("hongtou-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("in")).unwrap();
        fs::write(folder.join("in/good.txt"), GOOD).unwrap();
        fs::copy(HONGTOU, folder.join("hongtou")).unwrap();
        let open = Open(folder);
        open.allow("", 0o777);
        open.allow("in", 0o777);
        Some(open)
    }

    fn allow(&self, path: &str, mode: u32) {
        fs::set_permissions(self.0.join(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// The program as nobody.
    fn run(&self, arguments: &[&str]) -> super::program::Run {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
            .arg(self.0.join("hongtou"))
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        finish(command)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What is closed to the user fails by name, and the good text beside it is converted.
fn closed_fails_alone(test: &str, closed: &str) {
    let Some(open) = Open::new(test) else {
        return;
    };
    let path = Path::new("in").join(closed);
    fs::create_dir_all(open.0.join("in/folder")).unwrap();
    fs::write(open.0.join("in/folder/a.txt"), GOOD).unwrap();
    open.allow(path.to_str().unwrap(), 0o000);
    open.run(&["convert", "in", "-o", "out"])
        .says(1, &[path.to_str().unwrap(), "ermission denied"]);
    assert_eq!(tree(&open.0.join("out")), ["good.docx", "good.pdf"]);
}

#[test]
fn an_unreadable_file_fails_alone() {
    closed_fails_alone("an_unreadable_file_fails_alone", "folder/a.txt");
}

#[test]
fn an_unreadable_folder_fails_alone() {
    closed_fails_alone("an_unreadable_folder_fails_alone", "folder");
}

#[test]
fn a_read_only_output_folder_fails_the_input() {
    let Some(open) = Open::new("a_read_only_output_folder_fails_the_input") else {
        return;
    };
    fs::create_dir(open.0.join("out")).unwrap();
    fs::write(open.0.join("out/good.pdf"), "old").unwrap();
    open.allow("out", 0o555);
    open.run(&["convert", "in/good.txt", "-o", "out"])
        .says(1, &["good.txt", "ermission denied"]);
    assert_eq!(tree(&open.0.join("out")), ["good.pdf"]);
    assert_eq!(fs::read(open.0.join("out/good.pdf")).unwrap(), b"old");
}

#[test]
fn a_missing_output_folder_is_made() {
    let folder = with_good("missing-out");
    line(&folder, "convert good.txt -o a/b/c").says(0, &[]);
    assert_eq!(whole(&folder.join("a/b/c")), 2);
}

#[test]
fn an_output_folder_that_is_a_file_fails_the_input() {
    let folder = with_good("file-out");
    fs::write(folder.join("out"), "in the way").unwrap();
    line(&folder, "convert good.txt -o out").says(1, &["good.txt", "out"]);
    assert_eq!(fs::read(folder.join("out")).unwrap(), b"in the way");
    assert_eq!(tree(&folder), ["good.txt", "out"]);
}

#[test]
fn an_output_that_is_a_folder_fails_the_input_and_leaves_no_half() {
    let folder = with_good("folder-in-the-way");
    fs::create_dir_all(folder.join("out/good.pdf/full")).unwrap();
    line(&folder, "convert good.txt -o out").says(1, &["good.txt", "good.pdf"]);
    assert_eq!(tree(&folder.join("out")), ["good.pdf/", "good.pdf/full/"]);
}

#[test]
fn an_output_that_is_a_link_is_replaced_not_followed() {
    let folder = with_good("link-in-the-way");
    fs::create_dir(folder.join("out")).unwrap();
    fs::write(folder.join("elsewhere"), "outside").unwrap();
    symlink("../elsewhere", folder.join("out/good.pdf")).unwrap();
    line(&folder, "convert good.txt -o out").says(0, &[]);
    assert_eq!(fs::read(folder.join("elsewhere")).unwrap(), b"outside");
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn pipes_sockets_and_devices_are_refused_at_once() {
    let folder = with_good("no-files");
    if !have("pipes_sockets_and_devices_are_refused_at_once", &["mkfifo"]) {
        return;
    }
    pipe(&folder, "pipe.txt");
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket.txt")).ok();
    symlink("/dev/zero", folder.join("device.txt")).unwrap();
    symlink("/dev/stdin", folder.join("stdin.txt")).unwrap();
    line(&folder, "convert pipe.txt device.txt /dev/zero good.txt -o out").says(
        1,
        &[
            "pipe.txt: error: not a plain file",
            "device.txt: error: not a plain file",
            "/dev/zero: error: not a plain file",
        ],
    );
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn pipes_and_devices_in_a_folder_are_named_and_left_out() {
    let folder = with_good("no-files-below");
    if !have(
        "pipes_and_devices_in_a_folder_are_named_and_left_out",
        &["mkfifo"],
    ) {
        return;
    }
    pipe(&folder, "pipe.txt");
    fs::create_dir(folder.join("folder.txt")).unwrap();
    fs::write(folder.join("folder.txt/inner.txt"), GOOD).unwrap();
    let made = line(&folder, "convert . -o out");
    made.says(0, &["pipe.txt: not a plain file, left out"]);
    assert_eq!(whole(&folder.join("out")), 4);
}

#[test]
fn a_folder_with_the_name_of_a_text_is_a_folder() {
    let folder = with_good("named-like-a-text");
    fs::create_dir(folder.join("x.txt")).unwrap();
    fs::rename(folder.join("good.txt"), folder.join("x.txt/good.txt")).unwrap();
    line(&folder, "convert x.txt -o out").says(0, &[]);
    assert_eq!(tree(&folder.join("out")), ["good.docx", "good.pdf"]);
    line(&folder, "parse x.txt").says(1, &["x.txt", "not a plain file"]);
}

#[test]
fn loops_of_links_end() {
    let folder = with_good("loops");
    fs::create_dir_all(folder.join("in/deep/er")).unwrap();
    fs::rename(folder.join("good.txt"), folder.join("in/good.txt")).unwrap();
    symlink("..", folder.join("in/deep/up")).unwrap();
    symlink("../../..", folder.join("in/deep/er/far-up")).unwrap();
    symlink("self.txt", folder.join("in/self.txt")).unwrap();
    symlink("b", folder.join("in/a")).unwrap();
    symlink("a", folder.join("in/b")).unwrap();
    symlink("/", folder.join("in/all")).unwrap();
    let made = line(&folder, "convert in -o out");
    made.says(
        0,
        &[
            "self.txt: the link points nowhere",
            "in/all: the link leads out of the folder",
        ],
    );
    assert_eq!(tree(&folder.join("out")), ["good.docx", "good.pdf"]);
}

#[test]
fn odd_names_work() {
    let folder = folder("odd-names");
    let names: Vec<OsString> = [
        "-rf.txt",
        "--out-dir.txt",
        "a\nb.txt",
        "a\"b'c`d.txt",
        "$(id).txt",
        "CON.txt",
        "NUL.txt",
        "aux.txt",
        "a:b|c?d*.txt",
        " 前后有空格 .txt",
        ".txt.txt",
        "讲话.定稿.最终版.txt",
        "\u{202e}txt.exe.txt",
        "\u{1b}[31m.txt",
        "a\\b.txt",
        "％.txt",
    ]
    .into_iter()
    .map(OsString::from)
    .chain([OsStr::from_bytes(b"\xbd\xb2\xbb\xb0.txt").to_os_string()])
    .collect();
    fs::create_dir(folder.join("in")).unwrap();
    for name in &names {
        fs::write(folder.join("in").join(name), GOOD).unwrap();
    }
    fs::rename(folder.join("in/.txt.txt"), folder.join("in/x.txt.txt")).unwrap();
    let made = line(&folder, "convert in -o out --report report.json");
    made.says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 2 * names.len());
    for c in ['\u{1b}', '\u{202e}'] {
        assert!(
            !made.out.contains(c),
            "a name writes on the terminal: {:?}",
            made.out
        );
    }
    assert_eq!(
        made.out.lines().count(),
        names.len() + 1,
        "a name breaks a line: {}",
        made.out
    );
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(report["files"].as_array().unwrap().len(), names.len());
    // Each by itself, after `--`.
    for name in &names {
        if name != ".txt.txt" {
            let arguments = [
                OsStr::new("convert"),
                "--to".as_ref(),
                "docx".as_ref(),
                "-o".as_ref(),
                "single".as_ref(),
                "--".as_ref(),
            ];
            let mut one = command(&folder.join("in"), &arguments);
            one.arg(name);
            finish(one).says(0, &[]);
        }
    }
    assert_eq!(whole(&folder.join("in/single")), names.len() - 1);
}

#[test]
fn a_name_of_82_characters_works() {
    let folder = folder("long-name");
    // 82 characters and “.pdf” are 250 bytes; “.docx” still fits into 255.
    let name = "讲".repeat(82);
    fs::write(folder.join(format!("{name}.txt")), GOOD).unwrap();
    line(&folder, "convert . -o out").says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 2);
    // One more byte and the DOCX has no name any more: said, and no half of the two.
    let name = format!("{}{}", "讲".repeat(82), "aaaaa");
    fs::write(folder.join(format!("{name}.txt")), GOOD).unwrap();
    run(&folder, &["convert", &format!("{name}.txt"), "-o", "long"]).says(1, &["too long"]);
    assert!(!folder.join("long").exists() || tree(&folder.join("long")).is_empty());
}

#[test]
fn an_input_that_vanishes_after_planning_fails_alone() {
    const FILES: usize = 40;
    let folder = folder("vanishes");
    let names: Vec<String> = (0..FILES).map(|i| format!("{i:02}.txt")).collect();
    for name in &names {
        fs::write(folder.join(name), GOOD.repeat(10)).unwrap();
    }
    fs::write(folder.join("list"), names.join("\n")).unwrap();
    let arguments = [
        "--lang",
        "en",
        "convert",
        "--files-from",
        "list",
        "-o",
        "out",
        "-j",
        "1",
    ];
    let child = command(&folder, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // All is planned and the first output written: now the last input goes.
    let begun = Instant::now();
    while !folder.join("out/00.docx").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(2));
    }
    fs::remove_file(folder.join("39.txt")).unwrap();
    let made = judged(&child.wait_with_output().unwrap());
    made.says(1, &["39.txt", "cannot be read", "No such file"]);
    assert_eq!(made.err.matches("error: ").count(), 1, "{}", made.err);
    assert_eq!(whole(&folder.join("out")), 2 * (FILES - 1));
}

#[test]
fn an_input_that_grows_and_shrinks_is_read_as_one_moment_shows_it() {
    let folder = folder("grows");
    let path = folder.join("growing.txt");
    fs::write(&path, GOOD.repeat(200)).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                // Truncated and written again: at some moments the file is empty or cut in mid-character.
                let _ = fs::write(&path, GOOD.repeat(if turn % 2 == 0 { 3000 } else { 1 }));
            }
        });
        for _ in 0..6 {
            let made = line(&folder, "convert growing.txt -o out --quiet");
            assert!(made.code == 0 || made.err.contains("empty"), "{}", made.err);
            if folder.join("out").exists() {
                whole(&folder.join("out"));
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_sparse_file_of_5_gb_is_refused_before_it_is_read() {
    let folder = with_good("sparse");
    let file = fs::File::create(folder.join("huge.txt")).unwrap();
    if file.set_len(5 << 30).is_err() {
        have(
            "a_sparse_file_of_5_gb_is_refused_before_it_is_read",
            &["a-file-system-with-sparse-files"],
        );
        return;
    }
    let begun = Instant::now();
    let made = line(&folder, "convert huge.txt good.txt -o out");
    made.says(1, &["huge.txt", "larger than 64 MB", "--max-size"]);
    assert!(begun.elapsed().as_secs() < 20, "it was read");
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn endless_standard_input_is_refused_by_size() {
    let folder = folder("endless");
    let made = shell(
        &folder,
        "yes 同志们 | \"$HONGTOU\" --lang en convert - --max-size 2 -o out",
    );
    made.says(1, &["<stdin>", "larger than 2 MB"]);
    assert!(!folder.join("out").exists());
}

#[test]
fn a_report_never_replaces_an_input() {
    let folder = with_good("report-over-input");
    let made = line(&folder, "convert good.txt -o out --report good.txt");
    made.says(2, &["good.txt"]);
    assert_eq!(fs::read(folder.join("good.txt")).unwrap(), GOOD.as_bytes());
    assert!(!folder.join("out").exists(), "nothing is written");
    let made = line(&folder, "convert good.txt -o out --report out/good.pdf");
    made.says(2, &["good.pdf"]);
    assert!(!folder.join("out").exists(), "nothing is written");
}

#[test]
fn a_list_that_never_ends_is_refused() {
    let folder = with_good("endless-list");
    line(&folder, "convert --files-from /dev/zero -o out").says(2, &["/dev/zero"]);
    let made = shell(
        &folder,
        "yes good.txt | \"$HONGTOU\" --lang en convert --files-from - -o out",
    );
    made.says(2, &["list"]);
    assert!(!folder.join("out").exists());
}

#[test]
fn two_processes_on_one_output_leave_one_whole_file() {
    let folder = folder("two-processes");
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..8 {
        fs::write(folder.join(format!("in/{i}.txt")), GOOD).unwrap();
    }
    let children: Vec<_> = (0..3)
        .map(|_| {
            command(&folder, &["convert", "in", "-o", "out", "--quiet", "-j", "2"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        judged(&child.wait_with_output().unwrap()).says(0, &[]);
    }
    assert_eq!(whole(&folder.join("out")), 16);
    let expected = fs::read(folder.join("out/0.pdf")).unwrap();
    for i in 1..8 {
        assert!(fs::read(folder.join(format!("out/{i}.pdf"))).unwrap() == expected);
    }
}

#[test]
fn inputs_are_never_touched() {
    let folder = with_good("untouched");
    fs::write(folder.join("bad.txt"), b"\x7fELF").unwrap();
    let before: Vec<_> = ["good.txt", "bad.txt"]
        .map(|name| fs::metadata(folder.join(name)).unwrap().modified().unwrap())
        .into();
    line(&folder, "convert . --overwrite always").says(1, &[]);
    line(&folder, "check .");
    line(&folder, "parse good.txt");
    let after: Vec<_> = ["good.txt", "bad.txt"]
        .map(|name| fs::metadata(folder.join(name)).unwrap().modified().unwrap())
        .into();
    assert_eq!(before, after);
    assert_eq!(fs::read(folder.join("good.txt")).unwrap(), GOOD.as_bytes());
    assert_eq!(tree(&folder), ["bad.txt", "good.docx", "good.pdf", "good.txt"]);
}

#[test]
fn nothing_is_written_outside_the_output_folder() {
    let folder = with_good("outside");
    fs::create_dir_all(folder.join("work/in/sub")).unwrap();
    fs::copy(folder.join("good.txt"), folder.join("work/in/sub/a.txt")).unwrap();
    fs::create_dir(folder.join("temporary")).unwrap();
    fs::create_dir(folder.join("home")).unwrap();
    let mut odd = command(
        &folder.join("work"),
        &["convert", "in/../../good.txt", "in", "-o", "out"],
    );
    odd.env("TMPDIR", folder.join("temporary"))
        .env("HOME", folder.join("home"));
    finish(odd).says(0, &[]);
    assert_eq!(
        tree(&folder),
        [
            "good.txt",
            "home/",
            "temporary/",
            "work/",
            "work/in/",
            "work/in/sub/",
            "work/in/sub/a.txt",
            "work/out/",
            "work/out/good.docx",
            "work/out/good.pdf",
            "work/out/sub/",
            "work/out/sub/a.docx",
            "work/out/sub/a.pdf",
        ]
    );
}

#[test]
fn a_temporary_file_left_by_a_killed_run_disturbs_nobody() {
    let folder = with_good("left-over");
    fs::create_dir(folder.join("out")).unwrap();
    // The names that a process of any number might choose first.
    for id in 1..200 {
        fs::write(folder.join(format!("out/.hongtou-{id}-0.tmp")), "left").unwrap();
    }
    line(&folder, "convert good.txt -o out").says(0, &[]);
    assert!(folder.join("out/good.docx").exists() && folder.join("out/good.pdf").exists());
}
