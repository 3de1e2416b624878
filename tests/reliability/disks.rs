//! Disks that are full or fail: each system call on the way of an output is made to fail, and old outputs stay.
//!
//! The faults come from `strace`, a full disk from a small file system in memory; both need Linux, the latter root.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::program::{GOOD, HONGTOU, Run, finish, folder, have, root, run, shell, tree, whole};

/// A good text, and old outputs where its own go.
fn over_old_outputs(folder: &Path) {
    fs::create_dir_all(folder.join("out")).unwrap();
    for name in ["good.docx", "good.pdf"] {
        fs::write(folder.join("out").join(name), "old").unwrap();
    }
    fs::write(folder.join("good.txt"), GOOD).unwrap();
}

/// The system calls that give a file its name.
const RENAME: &str = "rename,renameat,renameat2";

/// A conversion in which a system call fails, or is a signal, as `injection` and `more` options of strace say.
fn with_fault(folder: &Path, injection: &str, more: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command
        .args([
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &format!("inject={injection}"),
        ])
        .args(more)
        .args([HONGTOU, "--lang", "en", "convert", "good.txt", "-o", "out"])
        .args(["-j", "1", "--quiet", "--fonts", "bundled"])
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin");
    command
}

/// Runs one over old outputs.
fn injected(folder: &Path, injection: &str) -> Run {
    over_old_outputs(folder);
    finish(with_fault(folder, injection, &[]))
}

/// Whether `strace` is there and may trace.
fn can_inject(test: &str) -> bool {
    if !have(test, &["strace"]) {
        return false;
    }
    let traces = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .status();
    traces.is_ok_and(|status| status.success()) || have(test, &["permission-to-trace"])
}

/// The old outputs as they were, and nothing beside them.
fn old_outputs_stay(folder: &Path) {
    assert_eq!(tree(&folder.join("out")), ["good.docx", "good.pdf"]);
    for name in ["good.docx", "good.pdf"] {
        assert_eq!(fs::read(folder.join("out").join(name)).unwrap(), b"old", "{name}");
    }
}

/// As [`injected`], with faults of the writes to the first output alone: standard error is to tell of them.
fn injected_at_write(folder: &Path, error: &str) -> Run {
    // With -D the program is the process that the shell was, and its temporary file has that number in its name.
    over_old_outputs(folder);
    shell(
        folder,
        &format!(
            "exec strace -D -f -qq -o /dev/null -e inject=write:error={error} -P \"$PWD/out/.hongtou-$$-0.tmp\" \
             \"$HONGTOU\" --lang en convert good.txt -o out -j 1 --quiet --fonts bundled"
        ),
    )
}

/// A fault on the way of the first output: the input fails by name, with what to do, and the old outputs stay.
#[track_caller]
fn old_outputs_stay_after(test: &str, faults: &[(&str, &str)]) {
    if !can_inject(test) {
        return;
    }
    for (call, error) in faults {
        let folder = folder(&format!("{test}-{call}"));
        let made = if *call == "write" {
            injected_at_write(&folder, error)
        } else {
            injected(&folder, &format!("{call}:error={error}"))
        };
        let (why, what_to_do) = match *error {
            "ENOSPC" => ("No space left", "free some space"),
            _ => ("Input/output error", "choose another folder"),
        };
        made.says(1, &["good.txt", "cannot write out/good.docx", why, what_to_do]);
        old_outputs_stay(&folder);
    }
}

#[test]
fn a_full_disk_at_write_keeps_the_old_outputs() {
    old_outputs_stay_after(
        "a_full_disk_at_write_keeps_the_old_outputs",
        &[("write", "ENOSPC")],
    );
}

#[test]
fn an_error_of_the_disk_at_write_keeps_the_old_outputs() {
    old_outputs_stay_after(
        "an_error_of_the_disk_at_write_keeps_the_old_outputs",
        &[("write", "EIO")],
    );
}

#[test]
fn a_full_disk_at_fsync_keeps_the_old_outputs() {
    old_outputs_stay_after(
        "a_full_disk_at_fsync_keeps_the_old_outputs",
        &[("fsync,fdatasync", "ENOSPC")],
    );
}

#[test]
fn an_error_of_the_disk_at_fsync_keeps_the_old_outputs() {
    old_outputs_stay_after(
        "an_error_of_the_disk_at_fsync_keeps_the_old_outputs",
        &[("fsync,fdatasync", "EIO")],
    );
}

#[test]
fn an_error_at_rename_keeps_the_old_outputs() {
    old_outputs_stay_after(
        "an_error_at_rename_keeps_the_old_outputs",
        &[(RENAME, "EIO"), (RENAME, "ENOSPC")],
    );
}

#[test]
fn an_error_at_the_second_rename_keeps_both_old_outputs() {
    if !can_inject("an_error_at_the_second_rename_keeps_both_old_outputs") {
        return;
    }
    let second = format!("{RENAME}:error=EPERM:when=2");
    let over_old = folder("second-rename");
    injected(&over_old, &second).says(1, &["good.txt", "cannot write out/good.pdf"]);
    old_outputs_stay(&over_old);
    // Where there was nothing, nothing appears.
    for name in ["good.docx", "good.pdf"] {
        fs::remove_file(over_old.join("out").join(name)).unwrap();
    }
    finish(with_fault(&over_old, &second, &[])).says(1, &["good.txt", "cannot write out/good.pdf"]);
    assert_eq!(tree(&over_old.join("out")), [""; 0]);
}

#[test]
fn an_error_at_close_loses_nothing_because_fsync_came_before() {
    if !can_inject("an_error_at_close_loses_nothing_because_fsync_came_before") {
        return;
    }
    for error in ["EIO", "ENOSPC"] {
        let folder = folder(&format!("close-{error}"));
        injected(&folder, &format!("close:error={error}:when=40+")).says(0, &[]);
        assert_eq!(whole(&folder.join("out")), 2);
    }
}

#[test]
fn an_error_at_read_fails_the_input() {
    if !can_inject("an_error_at_read_fails_the_input") {
        return;
    }
    let folder = folder("eio-read");
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    let path = folder.join("good.txt");
    finish(with_fault(
        &folder,
        "read:error=EIO",
        &["-P", path.to_str().unwrap()],
    ))
    .says(1, &["good.txt", "cannot be read", "Input/output error"]);
    assert!(!folder.join("out").exists());
}

/// Killed at a system call: the old outputs or the new ones, each whole.
fn killed_at(test: &str, call: &str, name: &str) {
    if !can_inject(test) {
        return;
    }
    for when in 1..=2 {
        let folder = folder(&format!("{name}-{when}"));
        over_old_outputs(&folder);
        let killed = with_fault(&folder, &format!("{call}:signal=KILL:when={when}"), &[])
            .output()
            .unwrap();
        for output in ["good.docx", "good.pdf"] {
            let path = folder.join("out").join(output);
            let bytes = fs::read(&path).unwrap();
            assert!(
                bytes == b"old" || super::program::opens(&path),
                "{output} is neither old nor whole"
            );
        }
        // What is left is a hidden temporary file; the next run is not disturbed by it.
        let stray = tree(&folder.join("out"))
            .into_iter()
            .find(|name| !name.starts_with("good.") && !name.starts_with(".hongtou-"));
        assert_eq!(stray, None, "{killed:?}");
        run(&folder, &["convert", "good.txt", "-o", "out"]).says(0, &[]);
        for output in ["good.docx", "good.pdf"] {
            super::program::opens(&folder.join("out").join(output));
        }
    }
}

#[test]
fn killed_at_write_leaves_old_or_whole_outputs() {
    killed_at(
        "killed_at_write_leaves_old_or_whole_outputs",
        "write",
        "kill-write",
    );
}

#[test]
fn killed_at_rename_leaves_old_or_whole_outputs() {
    killed_at(
        "killed_at_rename_leaves_old_or_whole_outputs",
        RENAME,
        "kill-rename",
    );
}

#[test]
fn a_disk_that_fills_up_in_mid_batch_fails_the_rest_by_name() {
    let test = "a_disk_that_fills_up_in_mid_batch_fails_the_rest_by_name";
    if !root(test) || !have(test, &["mount"]) {
        return;
    }
    let folder = folder("small-disk");
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..12 {
        fs::write(folder.join(format!("in/{i:02}.txt")), GOOD.repeat(3)).unwrap();
    }
    // In a mount namespace of its own, so that nothing is left when the test ends in any way.
    let script = "mkdir -p out && mount -t tmpfs -o size=256k none out && \
        { \"$HONGTOU\" --lang en convert in -o out -j 2 --quiet; code=$?; cp -r out kept; exit $code; }";
    if !Command::new("unshare")
        .args(["-m", "true"])
        .status()
        .is_ok_and(|status| status.success())
    {
        have(test, &["mount-namespaces"]);
        return;
    }
    fs::write(folder.join("script"), script).unwrap();
    let made = shell(&folder, "unshare -m sh script");
    made.says(1, &["cannot write", "No space left", "free some space"]);
    let count = whole(&folder.join("kept"));
    assert!(
        count > 0 && count < 24 && count.is_multiple_of(2),
        "{count} outputs fit"
    );
    let failed = made.err.matches("error: cannot write").count();
    assert_eq!(
        failed,
        12 - count / 2,
        "every input that failed is named: {}",
        made.err
    );
}
