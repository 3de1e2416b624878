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

/// Runs a conversion in which a system call fails (or is a signal) as `injection` says, over old outputs.
fn injected(folder: &Path, injection: &str) -> Run {
    over_old_outputs(folder);
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("inject={injection}"),
    ]);
    command
        .args([
            HONGTOU, "--lang", "en", "convert", "good.txt", "-o", "out", "-j", "1", "--quiet", "--fonts",
            "bundled",
        ])
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin");
    finish(command)
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

#[test]
fn a_full_disk_at_write_keeps_the_old_outputs() {
    if !can_inject("a_full_disk_at_write_keeps_the_old_outputs") {
        return;
    }
    let folder = folder("enospc-write");
    let made = injected_at_write(&folder, "ENOSPC");
    made.says(
        1,
        &[
            "good.txt",
            "cannot write out/good.docx",
            "No space left",
            "free some space",
        ],
    );
    old_outputs_stay(&folder);
}

#[test]
fn an_error_of_the_disk_at_write_keeps_the_old_outputs() {
    if !can_inject("an_error_of_the_disk_at_write_keeps_the_old_outputs") {
        return;
    }
    let folder = folder("eio-write");
    let made = injected_at_write(&folder, "EIO");
    made.says(
        1,
        &[
            "good.txt",
            "cannot write out/good.docx",
            "Input/output error",
            "choose another folder",
        ],
    );
    old_outputs_stay(&folder);
}

#[test]
fn a_full_disk_at_fsync_keeps_the_old_outputs() {
    if !can_inject("a_full_disk_at_fsync_keeps_the_old_outputs") {
        return;
    }
    let folder = folder("enospc-fsync");
    let made = injected(&folder, "fsync,fdatasync:error=ENOSPC");
    made.says(
        1,
        &[
            "good.txt",
            "cannot write out/good.docx",
            "No space left",
            "free some space",
        ],
    );
    old_outputs_stay(&folder);
}

#[test]
fn an_error_of_the_disk_at_fsync_keeps_the_old_outputs() {
    if !can_inject("an_error_of_the_disk_at_fsync_keeps_the_old_outputs") {
        return;
    }
    let folder = folder("eio-fsync");
    let made = injected(&folder, "fsync,fdatasync:error=EIO");
    made.says(
        1,
        &[
            "good.txt",
            "cannot write out/good.docx",
            "Input/output error",
            "choose another folder",
        ],
    );
    old_outputs_stay(&folder);
}

#[test]
fn an_error_at_close_loses_nothing_because_fsync_came_before() {
    if !can_inject("an_error_at_close_loses_nothing_because_fsync_came_before") {
        return;
    }
    let folder = folder("eio-close");
    let made = injected(&folder, "close:error=EIO:when=40+");
    made.says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn an_error_at_rename_keeps_the_old_outputs() {
    if !can_inject("an_error_at_rename_keeps_the_old_outputs") {
        return;
    }
    let folder = folder("eio-rename");
    let made = injected(&folder, "rename,renameat,renameat2:error=EIO");
    made.says(
        1,
        &[
            "good.txt",
            "cannot write out/good.docx",
            "Input/output error",
            "choose another folder",
        ],
    );
    old_outputs_stay(&folder);
}

#[test]
fn an_error_at_read_fails_the_input() {
    if !can_inject("an_error_at_read_fails_the_input") {
        return;
    }
    let folder = folder("eio-read");
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    let mut command = Command::new("strace");
    command
        .args([
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "inject=read:error=EIO",
            "-P",
        ])
        .arg(folder.join("good.txt"))
        .args([HONGTOU, "--lang", "en", "convert", "good.txt", "-o", "out"])
        .current_dir(&folder);
    finish(command).says(1, &["good.txt", "cannot be read", "Input/output error"]);
    assert!(!folder.join("out").exists());
}

/// Killed at a system call: the old outputs or the new ones, each whole.
fn killed_at(test: &str, call: &str, name: &str) {
    if !can_inject(test) {
        return;
    }
    for when in 1..=2 {
        let folder = folder(&format!("{name}-{when}"));
        fs::create_dir(folder.join("out")).unwrap();
        for output in ["good.docx", "good.pdf"] {
            fs::write(folder.join("out").join(output), "old").unwrap();
        }
        fs::write(folder.join("good.txt"), GOOD).unwrap();
        let killed = Command::new("strace")
            .args([
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                &format!("inject={call}:signal=KILL:when={when}"),
            ])
            .args([HONGTOU, "convert", "good.txt", "-o", "out", "-j", "1", "--quiet"])
            .current_dir(&folder)
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
        "rename,renameat,renameat2",
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
