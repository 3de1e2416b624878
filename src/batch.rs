//! Many inputs: which files there are, where their outputs go, and the work in parallel.
//!
//! Outputs are planned, and refused if two jobs would share one, before any work starts. They appear whole or not at
//! all. One bad or panicking input is one failed input, and results come in input order whatever the number of threads.

mod collision;
mod failure;
mod isolation;
mod job;
mod manifest;
mod names;
mod plan;
mod read;
mod save;
mod walk;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::convert::{self, Options, convert};
use crate::error::Error;

pub use failure::Failure;
pub use job::{Converted, Outcome, OutputFile, Skip};
pub use manifest::Manifest;
pub use plan::{Input, Job, Plan, PlanError, PlanOptions, plan};
pub use save::{Pending, file as save};

pub(crate) use collision::same_file;
pub(crate) use failure::io_reason;
pub(crate) use isolation::isolated;
pub(crate) use job::read_input;
pub(crate) use read::plain_file;
pub(crate) use save::all as save_all;

/// How a batch is worked off.
#[derive(Debug)]
pub struct BatchOptions<'a> {
    /// How each text is converted.
    pub convert: Options,
    /// What happens to outputs that exist.
    pub overwrite: Overwrite,
    /// What existing outputs were made from.
    pub manifest: &'a Manifest,
    /// Inputs above this many bytes are refused before they are read.
    pub max_bytes: u64,
    /// Whether the outcomes tell the hashes of the outputs, as reports want them.
    pub hash_outputs: bool,
    /// The number of threads; one for each processor when `None`, and never more than inputs.
    pub jobs: Option<NonZeroUsize>,
    /// Once set, no further input is begun; those begun are finished.
    pub stop: &'a AtomicBool,
}

/// What happens to outputs that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Overwrite {
    /// They are replaced.
    #[default]
    Always,
    /// The input is skipped when all its outputs exist.
    Never,
    /// The input is skipped when all its outputs exist and were made from what it now is.
    Changed,
}

/// Converts every job of a plan and hands the outcomes to `done`, in the order of the plan, as they come.
///
/// When `options.stop` is set meanwhile, `done` hears of the jobs that were finished only.
///
/// # Errors
/// When the threads cannot be started.
pub fn run(
    plan: &Plan,
    options: &BatchOptions<'_>,
    done: impl FnMut(Job, Outcome) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    run_with(convert, plan, options, done)
}

/// What makes outputs of one input's bytes.
type Converter = fn(&[u8], &Options) -> Result<convert::Converted, Error>;

/// As [`run`], with another converter than the one there is: tests bring one that panics.
fn run_with(
    converter: Converter,
    plan: &Plan,
    options: &BatchOptions<'_>,
    done: impl FnMut(Job, Outcome) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    // Taken when it is asked for: most batches keep no manifest.
    let settings = LazyLock::new(|| manifest::settings_fingerprint(&options.convert));
    let handed_on = AtomicUsize::new(0);
    let queue = Mutex::new(plan.jobs().enumerate());
    let handing_on = Mutex::new(HandingOn {
        done,
        waiting: BTreeMap::new(),
        next: 0,
    });
    // Each thread takes one job at a time from the front: outcomes come nearly in order and few wait.
    let work_off = || {
        loop {
            // A statement of its own, so that the lock ends before the work begins.
            let next = unpoisoned(&queue).next();
            let Some((index, job)) = next else { break };
            // Behind one slow job outcomes must not pile up. That job itself is never held up here.
            while index > handed_on.load(Ordering::Relaxed) + MOST_WAITING {
                std::thread::sleep(Duration::from_millis(1));
            }
            let stopped = options.stop.load(Ordering::Relaxed);
            let outcome = (!stopped).then(|| job::work(&job, options, &|| &settings, converter));
            let mut handing_on = unpoisoned(&handing_on);
            handing_on.take(index, outcome.map(|outcome| (job, outcome)));
            handed_on.store(handing_on.next, Ordering::Relaxed);
        }
    };
    // Also for one: on the first thread of a program the system's allocator gives large buffers back after each document,
    // and is given them anew page by page.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads(options.jobs, plan.len()))
        .build()?;
    pool.broadcast(|_| work_off());
    Ok(())
}

/// How many threads work off so many jobs: no more than have something to do. A hundred thousand stop the machine.
fn threads(asked: Option<NonZeroUsize>, jobs: usize) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    asked
        .map_or_else(processors, NonZeroUsize::get)
        .min(MOST_THREADS)
        .min(jobs.max(1))
}

/// More threads than any machine has processors only take memory.
const MOST_THREADS: usize = 1024;
/// Outcomes that may wait for one before them.
const MOST_WAITING: usize = 1024;

/// Outcomes on their way to `done`, in the order of the plan.
///
/// The thread that has one hands it on itself. One thread for all of them would be woken for each, and would free what
/// others allocated, for which they would have to wait.
struct HandingOn<D> {
    done: D,
    /// Those that wait for one before them; `None` was not worked off.
    waiting: BTreeMap<usize, Option<(Job, Outcome)>>,
    /// The one that is handed on next.
    next: usize,
}

impl<D: FnMut(Job, Outcome)> HandingOn<D> {
    fn take(&mut self, index: usize, outcome: Option<(Job, Outcome)>) {
        if index != self.next {
            self.waiting.insert(index, outcome);
            return;
        }
        let mut next = Some(outcome);
        while let Some(outcome) = next {
            self.next += 1;
            if let Some((job, outcome)) = outcome {
                (self.done)(job, outcome);
            }
            next = self.waiting.remove(&self.next);
        }
    }
}

/// Whoever panicked under a lock here was in the caller's `done` or in the walk, and the panic goes on to the caller.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::convert::Format;
    use crate::font::FontBook;
    use crate::profile::Profile;

    #[test]
    fn there_are_no_more_threads_than_jobs_and_never_too_many() {
        let asked = NonZeroUsize::new;
        assert_eq!(threads(asked(3), 10), 3);
        assert_eq!(threads(asked(3), 2), 2);
        assert_eq!(threads(asked(3), 0), 1);
        assert_eq!(threads(asked(usize::MAX), usize::MAX), MOST_THREADS);
        assert!(threads(None, 1) == 1 && threads(None, 10_000) >= 1);
    }

    #[test]
    fn outcomes_are_handed_on_in_order() {
        let mut stems = Vec::new();
        let mut handing_on = HandingOn {
            done: |job: Job, _: Outcome| stems.push(job.stem),
            waiting: BTreeMap::new(),
            next: 0,
        };
        for index in [2, 0, 1, 4, 3] {
            let job = Job {
                input: Input::Stdin,
                stem: index.to_string().into(),
            };
            // The third was not worked off.
            let outcome = (index != 2).then_some((job, Outcome::Skipped(Skip::Exists)));
            handing_on.take(index, outcome);
        }
        assert!(handing_on.waiting.is_empty());
        assert_eq!(stems, ["0", "1", "3", "4"].map(PathBuf::from));
    }

    /// Panics on a text that begins with 坏, in the middle of the work.
    fn converter(bytes: &[u8], options: &Options) -> Result<convert::Converted, Error> {
        let converted = convert(bytes, options)?;
        assert!(!converted.reading.text.starts_with('坏'), "injected");
        Ok(converted)
    }

    #[test]
    fn a_panic_in_one_conversion_fails_that_file_and_no_other() {
        let folder = std::env::temp_dir().join(format!("hongtou-panic-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for index in 0..40 {
            let text = if index % 3 == 1 {
                "坏消息。\n"
            } else {
                "好消息。\n"
            };
            fs::write(folder.join(format!("{index:02}.txt")), text).unwrap();
        }
        let plan_options = PlanOptions {
            out_dir: Some(folder.join("out")),
            formats: vec![Format::Docx],
            hidden: false,
        };
        let plan = plan(std::slice::from_ref(&folder), &plan_options).unwrap();
        let manifest = Manifest::default();
        let stop = AtomicBool::new(false);
        let options = BatchOptions {
            convert: Options::new(
                Arc::new(Profile::builtin("speech").unwrap()),
                Arc::new(FontBook::bundled().unwrap()),
                vec![Format::Docx],
            ),
            overwrite: Overwrite::Always,
            manifest: &manifest,
            max_bytes: 1 << 20,
            hash_outputs: false,
            jobs: NonZeroUsize::new(3),
            stop: &stop,
        };
        let mut outcomes = Vec::new();
        run_with(converter, &plan, &options, |job, outcome| {
            outcomes.push((job.stem.clone(), outcome));
        })
        .unwrap();
        let stems: Vec<PathBuf> = (0..40).map(|i| folder.join(format!("out/{i:02}"))).collect();
        assert!(outcomes.iter().map(|(stem, _)| stem).eq(&stems), "in input order");
        for (index, (stem, outcome)) in outcomes.iter().enumerate() {
            match outcome {
                Outcome::Failed(failure) if index % 3 == 1 => {
                    assert!(failure.message.en.contains("injected"), "{failure:?}");
                    assert!(failure.help.as_ref().unwrap().en.contains("send this file"));
                }
                Outcome::Converted(_) if index % 3 != 1 => {}
                other => panic!("{index}: {other:?}"),
            }
            assert_eq!(stem.with_extension("docx").exists(), index % 3 != 1);
        }
        let files = fs::read_dir(folder.join("out")).unwrap().count();
        assert_eq!(
            files,
            outcomes
                .iter()
                .filter(|(_, o)| matches!(o, Outcome::Converted(_)))
                .count()
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
