//! Many inputs: which files there are, where their outputs go, and the work in parallel.
//!
//! Outputs are planned, and refused if two jobs would share one, before any work starts. They appear whole or not at
//! all. One bad or panicking input is one failed input, and results come in input order whatever the number of threads.

mod job;
mod manifest;
mod plan;
mod save;
mod walk;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use rayon::prelude::*;

use crate::convert::Options;

pub use job::{Converted, Failure, Outcome, OutputFile, Skip};
pub use manifest::Manifest;
pub use plan::{Input, Job, Plan, PlanError, PlanOptions, plan};
pub use save::{Pending, file as save};

pub(crate) use job::{io_reason, read_input};

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
    /// The number of threads; all processors when `None`.
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
pub fn run<'p>(
    plan: &'p Plan,
    options: &BatchOptions<'_>,
    mut done: impl FnMut(&'p Job, Outcome) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    let threads = options.jobs.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let settings = manifest::settings_fingerprint(&options.convert);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Outcomes wait here until all before them have been handed on.
            let mut waiting: BTreeMap<usize, Option<Outcome>> = BTreeMap::new();
            let mut next = 0;
            for (index, outcome) in receiver {
                waiting.insert(index, outcome);
                while let Some(outcome) = waiting.remove(&next) {
                    if let Some(outcome) = outcome {
                        done(&plan.jobs[next], outcome);
                    }
                    next += 1;
                }
            }
        });
        // One job at a time from the front, not halves of the list: outcomes come nearly in order and few wait.
        let jobs = plan.jobs.iter().enumerate().par_bridge();
        pool.install(|| {
            jobs.for_each_with(sender, |sender, (index, job)| {
                let stopped = options.stop.load(Ordering::Relaxed);
                let outcome = (!stopped).then(|| job::work(job, options, &settings));
                // The receiver lives until every sender is gone, so this cannot fail.
                let _ = sender.send((index, outcome));
            });
        });
    });
    Ok(())
}
