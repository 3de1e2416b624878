//! How far a batch has come: a bar on a terminal, a line now and then elsewhere.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostic::Lang;

/// Batches smaller than this are over before a bar would help.
const WORTH_SHOWING: usize = 20;
/// Time between two lines where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(10);

const fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "{bar:30} {pos}/{len}，每秒 {per_sec}，剩余 {eta} {msg}",
        Lang::En => "{bar:30} {pos}/{len}, {per_sec}, {eta} left {msg}",
    }
}

/// The progress of one batch, on standard error.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    done: usize,
    failed: usize,
    lang: Lang,
    last_line: Option<Instant>,
}

impl Progress {
    /// Begins; `silent` shows nothing.
    pub(super) fn new(total: usize, silent: bool, lang: Lang) -> Self {
        let shown = !silent && total >= WORTH_SHOWING;
        let terminal = io::stderr().is_terminal();
        let bar = (shown && terminal).then(|| {
            // The template is right (tested), and the plain bar would do as well.
            let style =
                ProgressStyle::with_template(template(lang)).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(total as u64).with_style(style)
        });
        let last_line = (shown && !terminal).then(Instant::now);
        Progress {
            bar,
            total,
            done: 0,
            failed: 0,
            lang,
            last_line,
        }
    }

    /// Counts one more input.
    pub(super) fn step(&mut self, failed: bool) {
        self.done += 1;
        self.failed += usize::from(failed);
        if let Some(bar) = &self.bar {
            bar.inc(1);
            if failed {
                bar.set_message(match self.lang {
                    Lang::Zh => format!("（失败 {}）", self.failed),
                    Lang::En => format!("({} failed)", self.failed),
                });
            }
        }
        if self.last_line.is_some_and(|last| last.elapsed() >= INTERVAL) {
            self.last_line = Some(Instant::now());
            let Progress {
                done, total, failed, ..
            } = self;
            // Standard error may be closed; there is nobody left to tell.
            let _ = match self.lang {
                Lang::Zh => writeln!(io::stderr(), "已完成 {done}/{total}，失败 {failed}"),
                Lang::En => writeln!(io::stderr(), "{done}/{total} done, {failed} failed"),
            };
        }
    }

    /// Prints something else without tearing the bar.
    pub(super) fn pause<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_right() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(ProgressStyle::with_template(template(lang)).is_ok());
        }
    }
}
