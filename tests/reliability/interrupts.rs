//! Signals in mid-batch: files begun are finished, no further one is begun, the exit code says so.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::program::{GOOD, command, folder, run, tree, whole};

const FILES: usize = 100;

/// A batch at work that has written some outputs and not all.
fn begun(folder: &Path) -> Child {
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..FILES {
        fs::write(folder.join(format!("in/{i:03}.txt")), GOOD.repeat(10)).unwrap();
    }
    let child = command(
        folder,
        &["convert", "in", "-o", "out", "-j", "2", "--report", "report.json"],
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let out = folder.join("out");
    let begun = Instant::now();
    while !fs::read_dir(&out).is_ok_and(|entries| entries.count() > 6) {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

fn signal(child: Child, name: &str) -> Output {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    child.wait_with_output().unwrap()
}

/// Sends a signal that asks to end.
fn ends_in_order(name: &str) {
    let folder = folder(&format!("signal-{name}"));
    let output = signal(begun(&folder), name);
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let made = whole(&folder.join("out"));
    assert!(made < 2 * FILES, "it went on to the end");
    assert_eq!(made % 2, 0, "both outputs of a text or none");
    // The report is whole as well and tells of what was made.
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(report["summary"]["converted"], made / 2);
    assert_eq!(report["files"].as_array().unwrap().len(), made / 2);
}

#[test]
fn ctrl_c_finishes_what_was_begun() {
    ends_in_order("INT");
}

#[test]
fn a_request_to_end_finishes_what_was_begun() {
    ends_in_order("TERM");
}

#[test]
fn a_closed_terminal_finishes_what_was_begun() {
    ends_in_order("HUP");
}

#[test]
fn killed_in_mid_batch_leaves_whole_outputs_only() {
    let folder = folder("signal-KILL");
    let output = signal(begun(&folder), "KILL");
    assert_eq!(output.status.signal(), Some(9));
    let names = tree(&folder.join("out"));
    let outputs: Vec<&String> = names.iter().filter(|name| !name.starts_with('.')).collect();
    assert!(outputs.len() >= 4);
    for name in &outputs {
        assert!(super::program::opens(&folder.join("out").join(name)), "{name}");
    }
    assert!(
        names
            .iter()
            .all(|name| !name.starts_with('.') || name.ends_with(".tmp"))
    );
    assert!(!folder.join("report.json").exists(), "half a report");
    // The next run converts what is missing and takes no notice of what was left.
    let rest = run(
        &folder,
        &["convert", "in", "-o", "out", "--overwrite", "never", "--quiet"],
    );
    rest.says(0, &[]);
    let names = tree(&folder.join("out"));
    assert_eq!(
        names.iter().filter(|name| !name.starts_with('.')).count(),
        2 * FILES
    );
}
