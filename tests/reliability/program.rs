//! The program under fault: runs it in a folder of its own, and holds every run to what is promised of all.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::readers::docx::Docx;
use crate::readers::pdf::Pdf;

/// The program.
pub const HONGTOU: &str = env!("CARGO_BIN_EXE_hongtou");

/// A text that is in order.
pub const GOOD: &str = "关于做好汛期值班工作的通知\n各街道办事处：\n汛期将至，请认真做好值班工作。\n";

/// A folder of one test, empty at its start and left behind for whoever wants to look.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("reliability")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes a pipe called `name`; needs `mkfifo`.
#[cfg(unix)]
pub fn pipe(folder: &Path, name: &str) {
    let made = Command::new("mkfifo").arg(folder.join(name)).status().unwrap();
    assert!(made.success());
}

/// The program with `arguments` in `folder`, in an environment of nothing but a locale.
pub fn command<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(HONGTOU);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null());
    command
}

/// What a run came to.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Exit code `code`, and every one of `words` on standard error.
    #[track_caller]
    pub fn says(&self, code: i32, words: &[&str]) -> &Run {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        self
    }
}

/// Runs a command to its end: not killed, no panic, no internal error.
#[track_caller]
pub fn finish(mut command: Command) -> Run {
    let output = command.output().unwrap();
    judged(&output)
}

/// As [`finish`], for a process that was waited for already.
#[track_caller]
pub fn judged(output: &Output) -> Run {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.signal().is_none(),
        "ended by signal {:?}: {err}",
        output.status.signal()
    );
    assert!(
        !err.contains("panicked") && !err.contains("internal error"),
        "{err}"
    );
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err,
    }
}

/// Runs the program with `arguments` in `folder`.
#[track_caller]
pub fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    finish(command(folder, arguments))
}

/// The same with arguments that are parted by blanks.
#[track_caller]
pub fn line(folder: &Path, arguments: &str) -> Run {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    run(folder, &arguments)
}

/// Runs a shell script in `folder`, with the program as `$HONGTOU`.
#[track_caller]
pub fn shell(folder: &Path, script: &str) -> Run {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", script])
        .current_dir(folder)
        .env("HONGTOU", HONGTOU)
        .stdin(Stdio::null());
    finish(shell)
}

/// Every path below `folder`, in the order of names.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(paths(&entry.path()));
        }
        found.push(entry.path());
    }
    found.sort();
    found
}

/// Every path below `folder`, sorted, as text; those of folders end in `/`.
pub fn tree(folder: &Path) -> Vec<String> {
    let name = |path: &PathBuf| {
        let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        let is_folder = fs::symlink_metadata(path).unwrap().is_dir();
        if is_folder { name + "/" } else { name }
    };
    let mut names: Vec<String> = paths(folder).iter().map(name).collect();
    names.sort();
    names
}

/// Every DOCX and PDF below `folder` opens; no temporary file is left. Their number.
#[track_caller]
pub fn whole(folder: &Path) -> usize {
    let mut count = 0;
    for path in paths(folder) {
        let temporary = path.extension().is_some_and(|extension| extension == "tmp");
        assert!(!temporary, "a temporary file is left: {}", path.display());
        count += usize::from(opens(&path));
    }
    count
}

/// Opens an output; whether it was one.
pub fn opens(path: &Path) -> bool {
    let name = path.display();
    let ends = |ending: &str| path.extension().is_some_and(|extension| extension == ending);
    if ends("docx") {
        assert!(!Docx::open(&fs::read(path).unwrap()).text().is_empty(), "{name}");
        true
    } else if ends("pdf") {
        assert!(!Pdf::open(&fs::read(path).unwrap()).text().is_empty(), "{name}");
        true
    } else {
        false
    }
}

/// Whether a tool is there; says aloud that the test is left out when not, and fails where nothing may be left out.
pub fn have(test: &str, tools: &[&str]) -> bool {
    let missing: Vec<&str> = tools
        .iter()
        .copied()
        .filter(|tool| {
            let found = Command::new("sh")
                .args(["-c", &format!("command -v {tool}")])
                .output();
            !found.is_ok_and(|output| output.status.success())
        })
        .collect();
    missing.is_empty() || skipped(test, &format!("no {}", missing.join(", no ")))
}

/// Whether the test runs as root, as some faults need.
pub fn root(test: &str) -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n") || skipped(test, "it needs root")
}

/// Says that a test is left out; continuous integration sets `HONGTOU_SKIP_NOTHING`.
fn skipped(test: &str, why: &str) -> bool {
    assert!(
        std::env::vars_os().all(|(name, _)| name != "HONGTOU_SKIP_NOTHING"),
        "{test} may not be left out here: {why}"
    );
    // Not `eprintln!`, which the test harness swallows.
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
    false
}
