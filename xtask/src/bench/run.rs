//! One run of the program, and what it cost.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// A run to be made.
pub(super) struct Run {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<OsString>,
    /// The folder of its outputs, emptied before.
    pub(super) out: PathBuf,
}

/// What a run cost.
#[derive(Clone, Default)]
pub(super) struct Sample {
    pub(super) wall_ms: f64,
    pub(super) user_ms: f64,
    pub(super) system_ms: f64,
    /// Memory of its own at the peak, without pages of files, in kB; of runs that were watched.
    pub(super) own_memory: u64,
    /// All memory at the peak, in kB; of runs that were watched.
    pub(super) memory: u64,
    /// Outputs, and their bytes.
    pub(super) files: usize,
    pub(super) written: u64,
    pub(super) exit: Option<i32>,
    /// What it said on standard error.
    pub(super) messages: String,
}

impl Sample {
    pub(super) fn cpu_ms(&self) -> f64 {
        self.user_ms + self.system_ms
    }
}

impl Run {
    /// The run whose processor time is in the middle of `times`.
    pub(super) fn median(&self, times: usize) -> Result<Sample, String> {
        let samples: Vec<Sample> = (0..times).map(|_| self.once()).collect::<Result<_, _>>()?;
        Ok(middle(samples, Sample::cpu_ms))
    }

    /// Runs it and does nothing meanwhile: watching would take a good part of a processor.
    pub(super) fn once(&self) -> Result<Sample, String> {
        self.run(|child, _| child.wait())
    }

    /// Runs it and watches its memory.
    pub(super) fn watched(&self) -> Result<Sample, String> {
        self.run(|child, sample| {
            let status = PathBuf::from(format!("/proc/{}/status", child.id()));
            loop {
                if let Some(exit) = child.try_wait()? {
                    return Ok(exit);
                }
                sample.own_memory = sample.own_memory.max(memory(&status, "RssAnon:"));
                sample.memory = sample.memory.max(memory(&status, "VmHWM:"));
                std::thread::sleep(Duration::from_micros(200));
            }
        })
    }

    fn run(
        &self,
        wait: impl FnOnce(&mut Child, &mut Sample) -> std::io::Result<ExitStatus>,
    ) -> Result<Sample, String> {
        if self.out.exists() {
            fs::remove_dir_all(&self.out).map_err(|error| error.to_string())?;
        }
        let messages = self.out.with_extension("err");
        let fault = |error: std::io::Error| format!("{}: {error}", self.program.display());
        let stderr = fs::File::create(&messages).map_err(fault)?;
        let before = children()?;
        let begun = Instant::now();
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .map_err(fault)?;
        let mut sample = Sample::default();
        let exit = wait(&mut child, &mut sample).map_err(fault)?;
        sample.wall_ms = begun.elapsed().as_secs_f64() * 1e3;
        let after = children()?;
        sample.user_ms = after.0 - before.0;
        sample.system_ms = after.1 - before.1;
        sample.exit = exit.code();
        sample.messages = fs::read(&messages)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(fault)?;
        (sample.files, sample.written) = size(&self.out);
        if sample.files == 0 {
            return Err(format!("no outputs: {}", sample.messages));
        }
        Ok(sample)
    }
}

/// The sample whose value is in the middle.
pub(super) fn middle(mut samples: Vec<Sample>, value: impl Fn(&Sample) -> f64) -> Sample {
    samples.sort_by(|a, b| value(a).total_cmp(&value(b)));
    samples.swap_remove(samples.len() / 2)
}

/// Processor time of all children so far, in milliseconds: theirs and the system's for them.
fn children() -> Result<(f64, f64), String> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let ms = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 * 1e3 + time.tv_usec() as f64 / 1e3;
    Ok((ms(usage.user_time()), ms(usage.system_time())))
}

/// A line of a process' status in kB; 0 where there is none.
fn memory(status: &Path, line: &str) -> u64 {
    let status = fs::read(status).unwrap_or_default();
    let status = String::from_utf8_lossy(&status);
    let value = status.lines().find_map(|text| text.strip_prefix(line));
    value
        .and_then(|value| value.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// How many files a folder holds, and their bytes.
fn size(folder: &Path) -> (usize, u64) {
    let Ok(entries) = fs::read_dir(folder) else {
        return (0, 0);
    };
    entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .fold((0, 0), |(files, bytes), metadata| {
            (files + 1, bytes + metadata.len())
        })
}
