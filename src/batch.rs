//! Many inputs: which files there are, where their outputs go, and the work in parallel.
//!
//! Outputs are planned, and refused if two jobs would share one, before any work starts. They appear whole or not at
//! all. One bad or panicking input is one failed input, and results come in input order whatever the number of threads.

mod job;
mod plan;
mod save;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc;

use rayon::prelude::*;

use crate::convert::Options;

pub(crate) use job::read_input;
pub use job::{Converted, Failure, Outcome, OutputFile, Skip};
pub use plan::{Input, Job, Plan, PlanError, PlanOptions, plan};

/// Writes one file so that it appears whole or not at all.
///
/// # Errors
/// When it cannot be written; a file of that name stays as it was.
pub fn save(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    save::all(&[(path, bytes)]).map_err(|fault| fault.error)
}

/// How a batch is worked off.
#[derive(Clone, Debug)]
pub struct BatchOptions {
    /// How each text is converted.
    pub convert: Options,
    /// What happens to outputs that exist.
    pub overwrite: Overwrite,
    /// Inputs above this many bytes are refused before they are read.
    pub max_bytes: u64,
    /// The number of threads; all processors when `None`.
    pub jobs: Option<NonZeroUsize>,
}

/// What happens to outputs that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Overwrite {
    /// They are replaced.
    #[default]
    Always,
    /// The input is skipped when all its outputs exist.
    Never,
}

/// Converts every job of a plan and hands the outcomes to `done`, in the order of the plan.
///
/// # Errors
/// When the threads cannot be started.
pub fn run(
    plan: &Plan,
    options: &BatchOptions,
    mut done: impl FnMut(&Job, Outcome) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    let threads = options.jobs.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Outcomes wait here until all before them have been handed on.
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (index, outcome) in receiver {
                waiting.insert(index, outcome);
                while let Some(outcome) = waiting.remove(&next) {
                    done(&plan.jobs[next], outcome);
                    next += 1;
                }
            }
        });
        pool.install(|| {
            plan.jobs
                .par_iter()
                .with_max_len(1)
                .enumerate()
                .for_each_with(sender, |sender, (index, job)| {
                    // The receiver lives until every sender is gone, so this cannot fail.
                    let _ = sender.send((index, job::work(job, options)));
                });
        });
    });
    Ok(())
}
