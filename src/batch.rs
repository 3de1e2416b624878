//! Many inputs: which files there are, where their outputs go, and the work in parallel.
//!
//! Outputs are planned, and refused if two jobs would share one, before any work starts. They appear whole or not at
//! all. One bad or panicking input is one failed input, and results come in input order whatever the number of threads.

mod collision;
mod failure;
mod isolation;
mod job;
mod manifest;
mod plan;
mod read;
mod save;
mod walk;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use rayon::prelude::*;

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
    mut done: impl FnMut(Job, Outcome) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    // A thread without an input would only cost: a hundred thousand of them stop the machine.
    let wanted = options.jobs.or_else(|| std::thread::available_parallelism().ok());
    let threads = wanted.map_or(1, NonZeroUsize::get).min(plan.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let settings = manifest::settings_fingerprint(&options.convert);
    let (sender, receiver) = mpsc::channel::<(usize, Option<(Job, Outcome)>)>();
    let handed_on = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let handed_on = &handed_on;
        scope.spawn(move || {
            // Outcomes wait here until all before them have been handed on.
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (index, outcome) in receiver {
                waiting.insert(index, outcome);
                while let Some(outcome) = waiting.remove(&next) {
                    if let Some((job, outcome)) = outcome {
                        done(job, outcome);
                    }
                    next += 1;
                    handed_on.store(next, Ordering::Relaxed);
                }
            }
        });
        // One job at a time from the front, not halves of a list: outcomes come nearly in order and few wait.
        let jobs = plan.jobs().enumerate().par_bridge();
        pool.install(|| {
            jobs.for_each_with(sender, |sender, (index, job)| {
                // Behind one slow job outcomes must not pile up. That job itself is never held up here.
                while index > handed_on.load(Ordering::Relaxed) + MOST_WAITING {
                    std::thread::sleep(Duration::from_millis(1));
                }
                let stopped = options.stop.load(Ordering::Relaxed);
                let outcome = (!stopped).then(|| job::work(&job, options, &settings, converter));
                // The receiver lives until every sender is gone, so this cannot fail.
                let _ = sender.send((index, outcome.map(|outcome| (job, outcome))));
            });
        });
    });
    Ok(())
}

/// Outcomes that may wait for one before them.
const MOST_WAITING: usize = 1024;

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::convert::Format;
    use crate::font::FontBook;
    use crate::profile::Profile;

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
