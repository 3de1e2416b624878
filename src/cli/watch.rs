//! `hongtou convert --watch`: converts texts as they are saved, for people who write in an editor.
//!
//! Looks at the inputs twice a second rather than asking the system to be told: that works the same on every system and
//! on shared folders, and a thousand files cost a few milliseconds. A text is converted once it has stayed as it is from
//! one look to the next, since editors save in several steps. Outputs are no inputs, so none sets off another conversion.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use crate::batch::{Input, Plan};
use crate::diagnostic::Lang;

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// When a file was last saved, and its length.
type State = (Option<SystemTime>, u64);

/// What the inputs were like at the last look.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// By input: its state, and whether that has been converted.
    seen: BTreeMap<PathBuf, (State, bool)>,
}

impl Watch {
    /// Remembers the inputs of `plan` as converted.
    pub(super) fn begin(plan: &Plan) -> Watch {
        let mut watch = Watch::default();
        for path in inputs(plan) {
            if let Some(state) = state(&path) {
                watch.seen.insert(path, (state, true));
            }
        }
        watch
    }

    /// The inputs of `plan` that were saved, and have stayed so since the last look.
    pub(super) fn look(&mut self, plan: &Plan) -> BTreeSet<PathBuf> {
        let mut ready = BTreeSet::new();
        let mut seen = BTreeMap::new();
        for path in inputs(plan) {
            let Some(now) = state(&path) else { continue };
            let converted = match self.seen.get(&path) {
                Some((before, converted)) if *before == now => {
                    if !converted {
                        ready.insert(path.clone());
                    }
                    true
                }
                _ => false,
            };
            seen.insert(path, (now, converted));
        }
        // Files that are gone are forgotten, so that they are converted when they come back.
        self.seen = seen;
        ready
    }
}

fn inputs(plan: &Plan) -> impl Iterator<Item = PathBuf> + '_ {
    plan.jobs().filter_map(|job| match job.input {
        Input::File(path) => Some(path),
        Input::Stdin | Input::Unusable(..) => None,
    })
}

fn state(path: &PathBuf) -> Option<State> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

/// Waits for the next look; `false` when the user has ended the watch.
pub(super) fn pause(stop: &AtomicBool) -> bool {
    const STEP: Duration = Duration::from_millis(50);
    for _ in 0..PAUSE.as_millis() / STEP.as_millis() {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        std::thread::sleep(STEP);
    }
    !stop.load(Ordering::Relaxed)
}

/// Says that the watch begins.
pub(super) fn announce(count: usize, lang: Lang) {
    // Standard error may be closed; there is nobody left to tell.
    let _ = match lang {
        Lang::Zh => writeln!(
            io::stderr(),
            "正在监视 {count} 个文件，保存后自动转换；按 Ctrl-C 结束"
        ),
        Lang::En => writeln!(
            io::stderr(),
            "watching {count} files, converting them as they are saved; Ctrl-C ends"
        ),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{PlanOptions, plan};
    use crate::convert::Format;

    #[test]
    fn a_text_is_ready_once_it_has_been_left_alone() {
        let folder = std::env::temp_dir().join(format!("hongtou-watch-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let text = folder.join("a.txt");
        fs::write(&text, "一").unwrap();
        let planned = || {
            let options = PlanOptions {
                out_dir: None,
                formats: vec![Format::Docx],
                hidden: false,
            };
            plan(std::slice::from_ref(&folder), &options).unwrap()
        };
        let mut watch = Watch::begin(&planned());
        assert!(watch.look(&planned()).is_empty(), "nothing was saved");
        fs::write(&text, "一二").unwrap();
        fs::write(folder.join("a.docx"), "output").unwrap();
        assert!(watch.look(&planned()).is_empty(), "perhaps still being saved");
        fs::write(&text, "一二三").unwrap();
        assert!(watch.look(&planned()).is_empty(), "it was");
        assert_eq!(watch.look(&planned()), BTreeSet::from([text.clone()]));
        assert!(watch.look(&planned()).is_empty(), "once is enough");
        fs::remove_file(&text).unwrap();
        assert!(watch.look(&planned()).is_empty());
        fs::write(&text, "一二三").unwrap();
        assert!(watch.look(&planned()).is_empty());
        assert_eq!(
            watch.look(&planned()),
            BTreeSet::from([text]),
            "new files count as saved"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
