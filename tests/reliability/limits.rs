//! Time and memory: they grow no faster than the text, and not at all with the number of files.
//!
//! The slow ones are left to `.ci/run` (`cargo test -- --ignored`).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use hongtou::convert::{ReadOptions, read};

use super::program::{GOOD, HONGTOU, folder, have, shell, tree, whole};

/// A speech of about `size` bytes.
fn speech(size: usize) -> String {
    let paragraph = "一是要提高认识，把思想和行动统一到会议部署上来，切实增强责任感和紧迫感，确保各项任务落到实处、见到实效。\n";
    format!(
        "在会议上的讲话\n同志们：\n{}",
        paragraph.repeat(size / paragraph.len())
    )
}

/// The most memory a run took, in bytes, by the system's own account.
fn peak(folder: &Path, arguments: &str) -> Option<u64> {
    let script = format!(
        "python3 -c 'import os, resource, sys; code = os.spawnvp(os.P_WAIT, sys.argv[1], sys.argv[1:]); \
         print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024); sys.exit(code)' {HONGTOU} {arguments}"
    );
    let made = shell(folder, &script);
    assert_eq!(made.code, 0, "{}", made.err);
    made.out.lines().last()?.parse().ok()
}

#[test]
fn memory_is_a_multiple_of_the_text_that_the_readme_states() {
    if !have(
        "memory_is_a_multiple_of_the_text_that_the_readme_states",
        &["python3"],
    ) {
        return;
    }
    let folder = folder("memory");
    for (name, size) in [("small.txt", 10_000), ("large.txt", 1_000_000)] {
        fs::write(folder.join(name), speech(size)).unwrap();
    }
    let small = peak(&folder, "convert small.txt --quiet -j 1 --fonts bundled -o out").unwrap();
    let large = peak(&folder, "convert large.txt --quiet -j 1 --fonts bundled -o out").unwrap();
    // README: 150 MB and 60 times the text.
    assert!(small < 150_000_000, "{small} bytes for a small text");
    let factor = (large - small) as f64 / 1e6;
    assert!(
        factor < 60.0,
        "{factor:.1} times the text ({small} and {large} bytes)"
    );
}

#[test]
fn short_lines_to_docx_take_no_more_memory_than_the_readme_states() {
    if !have(
        "short_lines_to_docx_take_no_more_memory_than_the_readme_states",
        &["python3"],
    ) {
        return;
    }
    let folder = folder("memory-lines");
    let lines = |count: usize| "要抓好各项落实工作\n".repeat(count);
    fs::write(folder.join("small.txt"), lines(10)).unwrap();
    fs::write(folder.join("large.txt"), lines(20_000)).unwrap();
    let small = peak(&folder, "convert small.txt --to docx --quiet -j 1 -o out").unwrap();
    let large = peak(&folder, "convert large.txt --to docx --quiet -j 1 -o out").unwrap();
    // README: 60 times the text.
    let factor = (large - small) as f64 / (lines(20_000).len() - lines(10).len()) as f64;
    assert!(
        factor < 60.0,
        "{factor:.1} times the text ({small} and {large} bytes)"
    );
}

#[test]
fn a_limit_of_memory_that_the_readme_states_is_enough() {
    if !have("a_limit_of_memory_that_the_readme_states_is_enough", &["prlimit"]) {
        return;
    }
    let folder = folder("prlimit");
    fs::write(folder.join("a.txt"), speech(500_000)).unwrap();
    // Address space: the program itself with its fonts, the stacks of threads, and the README's figures for 1 MB.
    let script = "prlimit --as=600000000 \"$HONGTOU\" convert a.txt --quiet -j 1 -o out --fonts bundled";
    shell(&folder, script).says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 2);
}

/// A text of about so many bytes.
type Shape = fn(usize) -> String;

/// The processor's time for a conversion by the library, the least of two: the clock on the wall says little on a
/// busy machine.
fn time(text: &str, style: &str) -> Duration {
    let options = crate::produce::options(style);
    let once = || {
        let begun = cpu_time::ThreadTime::now();
        hongtou::convert(text.as_bytes(), &options).unwrap();
        begun.elapsed()
    };
    once().min(once())
}

#[test]
#[ignore = "slow: run by .ci/run"]
fn time_is_linear_in_the_text() {
    for style in ["speech", "gb9704"] {
        let shapes: [(&str, Shape); 6] = [
            ("speech", speech),
            ("one line", |size| "会议".repeat(size / 6)),
            ("short lines", |size| "会议\n".repeat(size / 7)),
            ("headings", |size| "一、加强领导\n".repeat(size / 19)),
            ("marks", |size| "，。".repeat(size / 6)),
            ("letters", |size| "a".repeat(size)),
        ];
        for (name, shape) in shapes {
            let (small, large) = (time(&shape(25_000), style), time(&shape(200_000), style));
            // Eight times the text; twice that leaves room for caches and a busy machine. Quadratic would be 64.
            let factor = large.as_secs_f64() / small.as_secs_f64();
            assert!(
                factor < 16.0,
                "{style}, {name}: {small:?} and {large:?}, {factor:.1} times as long"
            );
        }
    }
}

#[test]
#[ignore = "slow: run by .ci/run"]
fn time_of_reading_is_linear_in_the_length_of_a_line() {
    let parts = [
        "我们要认真学习，扎实做好各项工作，不辜负大家的期望。\u{3000}\u{3000}",
        "一是抓好工作；三是抓好落实；",
        "甲\t乙\t",
    ];
    let time = |text: String| {
        let once = || {
            let begun = cpu_time::ThreadTime::now();
            read(text.as_bytes(), &ReadOptions::default()).unwrap();
            begun.elapsed()
        };
        once().min(once())
    };
    for part in parts {
        let line = |size: usize| part.repeat(size / part.len());
        let (small, large) = (time(line(100_000)), time(line(800_000)));
        let factor = large.as_secs_f64() / small.as_secs_f64();
        // Eight times the text; quadratic would be 64.
        assert!(
            factor < 24.0,
            "{part}: {small:?} and {large:?}, {factor:.1} times as long"
        );
    }
}

#[test]
#[ignore = "slow: run by .ci/run"]
fn a_million_paragraphs_come_through() {
    let folder = folder("million");
    fs::write(folder.join("a.txt"), "各单位要抓好落实。\n".repeat(1_000_000)).unwrap();
    // 300 seconds of the processor, whatever else it has to do.
    shell(
        &folder,
        "ulimit -t 300; exec \"$HONGTOU\" convert a.txt --quiet -o out --fonts bundled",
    )
    .says(0, &[]);
    assert_eq!(tree(&folder.join("out")), ["a.docx", "a.pdf"]);
    let docx = fs::File::open(folder.join("out/a.docx")).unwrap();
    let mut document = String::new();
    let mut archive = zip::ZipArchive::new(docx).unwrap();
    let mut part = archive.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut document).unwrap();
    assert_eq!(document.matches("各单位要抓好落实").count(), 1_000_000);
}

#[test]
#[ignore = "slow: run by .ci/run"]
fn a_line_of_1_gb_is_refused_by_size() {
    let folder = folder("gigabyte");
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    shell(&folder, "head -c 1000000000 /dev/zero | tr '\\0' a > line.txt").says(0, &[]);
    let begun = Instant::now();
    let made = shell(&folder, "\"$HONGTOU\" --lang en convert line.txt good.txt -o out");
    made.says(1, &["line.txt", "larger than 64 MB"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "it was read");
    assert_eq!(whole(&folder.join("out")), 2);
    fs::remove_file(folder.join("line.txt")).unwrap();
}

#[test]
#[ignore = "slow: run by .ci/run"]
fn memory_does_not_grow_with_the_number_of_files() {
    if !have("memory_does_not_grow_with_the_number_of_files", &["python3"]) {
        return;
    }
    let folder = folder("many-files");
    for (name, count) in [("few", 20), ("many", 1000)] {
        fs::create_dir(folder.join(name)).unwrap();
        for i in 0..count {
            fs::write(folder.join(format!("{name}/{i}.txt")), speech(9_000)).unwrap();
        }
    }
    let few = peak(
        &folder,
        "convert few --quiet -j 2 --to docx --fonts bundled -o out-few",
    )
    .unwrap();
    let many = peak(
        &folder,
        "convert many --quiet -j 2 --to docx --fonts bundled -o out-many",
    )
    .unwrap();
    assert!(
        many < few + 40_000_000,
        "{few} bytes for 20 files, {many} for 1 000"
    );
}
