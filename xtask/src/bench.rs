//! `cargo xtask bench`: whole batches through the program as users run it, and what they cost.
//!
//! Processor time is that of the child processes, start and end included, on files in memory. What is measured goes into
//! `docs/performance.md`, with the machine and the day.

mod page;
mod run;
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use run::Run;
use table::Table;

/// The text of all runs: a speech of 2 900 characters on six pages.
const TEXT: &str = include_str!("../../benches/texts/speech.txt");

/// Runs all batches and writes down what they cost.
pub(crate) fn run() -> Result<(), String> {
    let bench = Bench::prepare()?;
    let report = [
        bench.batches()?,
        bench.single()?,
        bench.threads()?,
        bench.memory()?,
        bench.lengths()?,
        bench.broken()?,
    ]
    .join("\n");
    println!("\n{report}");
    page::put("batches", &report)
}

/// Compares with other programs, side by side on the same texts.
pub(crate) fn peers() -> Result<(), String> {
    let bench = Bench::prepare()?;
    let script = root().join("benches/peers/compare.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(&bench.program)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("python3: {error}"))?;
    if !output.status.success() {
        return Err("benches/peers/compare.py failed".to_owned());
    }
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("\n{report}");
    page::put("peers", &report)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The program, built, and a folder in memory.
struct Bench {
    program: PathBuf,
    folder: PathBuf,
}

impl Drop for Bench {
    fn drop(&mut self) {
        // In memory: what is left behind would be missing elsewhere.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Bench {
    fn prepare() -> Result<Bench, String> {
        let target = root().join("target");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet", "--target-dir"])
            .arg(&target)
            .current_dir(root())
            .status();
        if !built.is_ok_and(|status| status.success()) {
            return Err("cargo build --release failed".to_owned());
        }
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() {
            memory.to_path_buf()
        } else {
            std::env::temp_dir()
        };
        let folder = base.join(format!("hongtou-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Bench {
            program: target.join("release/hongtou"),
            folder,
        })
    }

    /// A folder with `count` texts, made once.
    fn texts(&self, count: usize) -> Result<PathBuf, String> {
        let folder = self.folder.join(format!("texts-{count}"));
        if !folder.exists() {
            fs::create_dir(&folder).map_err(|error| error.to_string())?;
            for number in 0..count {
                fs::write(folder.join(format!("{number:05}.txt")), TEXT)
                    .map_err(|error| error.to_string())?;
            }
        }
        Ok(folder)
    }

    fn convert(&self, input: &Path, to: &str, jobs: usize) -> Run {
        Run {
            program: self.program.clone(),
            arguments: [
                "convert",
                "--fonts",
                "bundled",
                "--quiet",
                "--to",
                to,
                "--jobs",
                &jobs.to_string(),
                "--out-dir",
            ]
            .map(Into::into)
            .into_iter()
            .chain([self.folder.join("out").into(), input.into()])
            .collect(),
            out: self.folder.join("out"),
        }
    }

    /// The processor time of a document in batches of any size, on one thread.
    fn batches(&self) -> Result<String, String> {
        let mut table = Table::new(&["files", "DOCX, ms", "PDF, ms", "both, ms"]);
        let mut bytes = (0, 0);
        for count in [1, 10, 100, 1_000, 10_000] {
            let folder = self.texts(count)?;
            let mut row = vec![count.to_string()];
            for to in ["docx", "pdf", "docx,pdf"] {
                let sample = self
                    .convert(&folder, to, 1)
                    .median(if count > 1_000 { 1 } else { 3 })?;
                row.push(format!("{:.3}", sample.cpu_ms() / count as f64));
                match to {
                    "docx" => bytes.0 = sample.written / count as u64,
                    "pdf" => bytes.1 = sample.written / count as u64,
                    _ => {}
                }
            }
            table.row(row);
        }
        Ok(format!(
            "### Processor time of one document, one thread\n\nStart and end of the program included.\n\n{table}\n\
             One DOCX has {} bytes, one PDF {}.\n",
            bytes.0, bytes.1
        ))
    }

    /// One file from the start of the program to both outputs, on the clock.
    fn single(&self) -> Result<String, String> {
        let folder = self.texts(1)?;
        let mut walls: Vec<f64> = (0..25)
            .map(|_| Ok(self.convert(&folder, "docx,pdf", 1).once()?.wall_ms))
            .collect::<Result<_, String>>()?;
        walls.sort_by(f64::total_cmp);
        Ok(format!(
            "### One file\n\nFrom the start of the program to DOCX and PDF on the disk: {:.1} ms by the clock (median of {}).\n",
            walls[walls.len() / 2],
            walls.len()
        ))
    }

    fn threads(&self) -> Result<String, String> {
        let folder = self.texts(1_000)?;
        let mut table = Table::new(&[
            "threads",
            "seconds by the clock",
            "processor time of one document, ms",
        ]);
        // In turn, so that a change of the machine's speed meets both.
        let mut samples = [Vec::new(), Vec::new()];
        for _ in 0..7 {
            for (jobs, samples) in [1, 2].into_iter().zip(&mut samples) {
                samples.push(self.convert(&folder, "docx,pdf", jobs).once()?);
            }
        }
        let mut walls = Vec::new();
        for (jobs, samples) in [1, 2].into_iter().zip(samples) {
            let sample = run::middle(samples, |sample| sample.wall_ms);
            walls.push(sample.wall_ms);
            table.row(vec![
                jobs.to_string(),
                format!("{:.2}", sample.wall_ms / 1e3),
                format!("{:.3}", sample.cpu_ms() / 1e3),
            ]);
        }
        Ok(format!(
            "### Threads\n\n1 000 files to DOCX and PDF, seven runs of each in turn, the median by the clock. Two threads are {:.2} \
             times as fast as one.\n\n{table}",
            walls[0] / walls[1]
        ))
    }

    fn memory(&self) -> Result<String, String> {
        let mut table = Table::new(&[
            "files",
            "own memory, MB",
            "with the pages of the program and its fonts, MB",
        ]);
        for count in [1_000, 10_000] {
            let sample = self.convert(&self.texts(count)?, "docx,pdf", 2).watched()?;
            table.row(vec![
                count.to_string(),
                format!("{:.1}", sample.own_memory as f64 / 1e3),
                format!("{:.1}", sample.memory as f64 / 1e3),
            ]);
        }
        Ok(format!(
            "### Memory\n\nAt the peak, with two threads, to DOCX and PDF.\n\n{table}"
        ))
    }

    fn lengths(&self) -> Result<String, String> {
        let mut table = Table::new(&["times the text", "DOCX, s", "MB", "PDF, s", "MB"]);
        let mut times: Vec<[f64; 2]> = Vec::new();
        for times_over in [1, 10, 100, 1_000] {
            let input = self.folder.join("long.txt");
            fs::write(&input, TEXT.repeat(times_over)).map_err(|error| error.to_string())?;
            let mut row = vec![times_over.to_string()];
            let mut both = [0.0; 2];
            for (to, time) in ["docx", "pdf"].iter().zip(&mut both) {
                let run = self.convert(&input, to, 1);
                *time = run.median(3)?.cpu_ms() / 1e3;
                row.push(format!("{time:.3}"));
                row.push(format!("{:.0}", run.watched()?.own_memory as f64 / 1e3));
            }
            times.push(both);
            table.row(row);
        }
        let last = times.len() - 1;
        Ok(format!(
            "### Length\n\nProcessor time and own memory at the peak for one text, repeated. 1 000 times the text takes \
             {:.1} times as long as 100 times to DOCX, {:.1} times to PDF.\n\n{table}",
            times[last][0] / times[last - 1][0],
            times[last][1] / times[last - 1][1],
        ))
    }

    /// A large batch in which one file in a hundred is broken, each in one of ten ways.
    fn broken(&self) -> Result<String, String> {
        let folder = self.folder.join("broken");
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        for number in 0..10_000usize {
            let path = folder.join(format!("{number:05}.txt"));
            let content = if number % 100 == 0 {
                breakage(number / 100)
            } else {
                TEXT.into()
            };
            fs::write(path, content).map_err(|error| error.to_string())?;
        }
        let sample = self.convert(&folder, "docx,pdf", 2).once()?;
        let named: BTreeSet<&str> = sample
            .messages
            .lines()
            .filter_map(|line| line.split_once(".txt").map(|(name, _)| name))
            // Advice may speak of .txt too; the files are called by numbers.
            .filter(|name| name.ends_with(|last: char| last.is_ascii_digit()))
            .collect();
        let named = named.len();
        Ok(format!(
            "### Broken files\n\n10 000 files, 100 of them broken in ten ways: {} converted, {named} named with the reason, \
             exit code {}.\n",
            sample.files / 2,
            sample.exit.map_or("none".to_owned(), |code| code.to_string()),
        ))
    }
}

/// A file that is no text, in the way `number % 10` says.
fn breakage(number: usize) -> Vec<u8> {
    let noise = |len: u32| -> Vec<u8> {
        (0..len)
            .map(|n| (n.wrapping_mul(2_654_435_761).wrapping_add(number as u32) >> 13) as u8)
            .collect()
    };
    let with = |beginning: &[u8]| [beginning, noise(2000).as_slice()].concat();
    match number % 10 {
        0 => Vec::new(),
        1 => "\u{feff} \r\n\u{3000}\n".into(),
        2 => noise(4096),
        3 => with(b"%PDF-1.7\n"),
        4 => with(b"PK\x03\x04\x14\x00\x00\x00[Content_Types].xml"),
        5 => with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        6 => with(b"\x89PNG\r\n\x1A\n"),
        7 => b"<!DOCTYPE html><html><body>text</body></html>".to_vec(),
        8 => format!("{TEXT}\0\0{TEXT}").into(),
        _ => "一种字体都没有的字符：\u{10FF00}。\n".repeat(3).into(),
    }
}
