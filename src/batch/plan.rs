//! Which files are converted, and to where.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use super::collision::{self, Places};
use super::failure::io_reason;
use super::walk::{Found, Walk};
use crate::convert::Format;
use crate::diagnostic::Message;

/// Where inputs are looked for and outputs go.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// The folder that outputs go below; beside each input when `None`.
    pub out_dir: Option<PathBuf>,
    /// The outputs of each input.
    pub formats: Vec<Format>,
    /// Whether hidden files and folders are taken from folders.
    pub hidden: bool,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A folder or pattern that could not be used, and why: fails when its turn comes.
    Unusable(PathBuf, Message),
}

impl Input {
    /// Its name for people.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) | Input::Unusable(path, _) => path.display().to_string(),
            Input::Stdin => "<stdin>".to_owned(),
        }
    }
}

/// One input and its outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The input.
    pub input: Input,
    /// Its outputs without their endings.
    pub stem: PathBuf,
}

impl Job {
    /// The path of one output; of the picture of the first page.
    pub fn output(&self, format: Format) -> PathBuf {
        self.output_of_page(format, 1)
    }

    /// The path of one output: pictures bear the number of their page, from 1, as other outputs hold all pages.
    pub fn output_of_page(&self, format: Format, page: usize) -> PathBuf {
        let mut path = self.stem.clone().into_os_string();
        if format == Format::Png {
            path.push(format!("-{page}"));
        }
        path.push(".");
        path.push(format.extension());
        PathBuf::from(path)
    }
}

/// What a batch will do.
///
/// It remembers a number for each job, not the job: the files are found once more when their turn comes, so that a
/// batch of any length takes little memory.
#[derive(Clone, Debug)]
pub struct Plan {
    inputs: Vec<PathBuf>,
    options: PlanOptions,
    /// Of each job that has outputs, ascending.
    known: Box<[Key]>,
    unusable: usize,
    /// The folders that outputs go to.
    folders: BTreeSet<PathBuf>,
    /// What was left out that a user might miss.
    pub notes: Vec<Message>,
}

impl Plan {
    /// The number of jobs.
    pub fn len(&self) -> usize {
        self.known.len() + self.unusable
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The folders that outputs go to.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(PathBuf::as_path)
    }

    /// Whether a file is read or written by one of the jobs, so that nothing else may be written there.
    pub fn uses(&self, path: &Path, formats: &[Format]) -> bool {
        let mut places = Places::default();
        let path = places.folded(path);
        self.jobs().any(|job| {
            let input = matches!(&job.input, Input::File(input) if places.folded(input) == path);
            input
                || formats
                    .iter()
                    .any(|format| places.folded(&job.output(*format)) == path)
        })
    }

    /// The plan made anew, with what the inputs are now.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn again(&self) -> Result<Plan, PlanError> {
        plan(&self.inputs, &self.options)
    }

    /// The part of the plan that converts these inputs.
    pub fn only(&self, inputs: &BTreeSet<PathBuf>) -> Plan {
        let wanted = |job: &Job| matches!(&job.input, Input::File(path) if inputs.contains(path));
        let mut known: Vec<Key> = self.jobs().filter(wanted).map(|job| key_of(&job)).collect();
        known.sort_unstable();
        Plan {
            known: known.into(),
            unusable: 0,
            ..self.clone()
        }
    }

    /// The jobs, in the order the inputs were named, files of a folder by name. What has appeared since the plan was
    /// made is left out.
    pub fn jobs(&self) -> impl Iterator<Item = Job> + Send + '_ {
        let mut begun = vec![false; self.known.len()];
        candidates(&self.inputs, &self.options).filter_map(move |candidate| {
            let Candidate::Job(job) = candidate else {
                return None;
            };
            if matches!(job.input, Input::Unusable(..)) {
                return (self.unusable > 0).then_some(job);
            }
            let place = self.known.binary_search(&key_of(&job)).ok()?;
            (!std::mem::replace(&mut begun[place], true)).then_some(job)
        })
    }
}

/// Why a batch cannot start; all reasons at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|message| message.en.as_ref()).collect::<Vec<_>>().join("\n"))]
pub struct PlanError(pub Vec<Message>);

/// Finds the files and plans the outputs.
///
/// Inputs may be files, folders, patterns with `*` and `?`, or `-`. Those that are missing stay in the plan and fail when
/// their turn comes, so that the others are converted. A file that is named twice is converted once.
///
/// # Errors
/// When two inputs would share an output, or an output is itself an input.
pub fn plan(inputs: &[PathBuf], options: &PlanOptions) -> Result<Plan, PlanError> {
    let mut plan = Plan {
        inputs: inputs.to_vec(),
        options: options.clone(),
        known: Box::default(),
        unusable: 0,
        folders: BTreeSet::new(),
        notes: Vec::new(),
    };
    // One for inputs and one for outputs, which mostly lie in two folders.
    let (mut places, mut stem_places) = (Places::default(), Places::default());
    let mut paths: HashSet<Key> = HashSet::new();
    let (mut known, mut stems) = (Vec::new(), Vec::new());
    let mut doubtful = false;
    for candidate in candidates(inputs, options) {
        let job = match candidate {
            Candidate::Job(job) => job,
            Candidate::LeftOut(note) => {
                plan.notes.push(note);
                continue;
            }
        };
        match &job.input {
            Input::Unusable(..) => {
                plan.unusable += 1;
                continue;
            }
            Input::File(path) => {
                if !paths.insert(key(places.resolved(path).as_os_str().as_encoded_bytes())) {
                    continue;
                }
                doubtful |= collision::may_be_output(path, &options.formats);
            }
            Input::Stdin => {
                if !paths.insert(key(b"-")) {
                    continue;
                }
            }
        }
        known.push(key_of(&job));
        stems.push(key(stem_places.folded(&job.stem).as_bytes()));
        let folder = job.stem.parent().unwrap_or(Path::new(""));
        if !plan.folders.contains(folder) {
            plan.folders.insert(folder.to_path_buf());
        }
    }
    known.sort_unstable();
    plan.known = known.into();
    stems.sort_unstable();
    doubtful |= stems.windows(2).any(|pair| pair[0] == pair[1]);
    if doubtful && !options.formats.is_empty() {
        // Only now are the jobs remembered, to name every one that is at fault.
        let jobs: Vec<Job> = plan.jobs().collect();
        let faults = collision::collisions(&jobs, &options.formats);
        if !faults.is_empty() {
            return Err(PlanError(faults));
        }
    }
    Ok(plan)
}

/// A number that stands for a path; so long that no two paths of a batch have the same.
type Key = u128;

fn key(bytes: &[u8]) -> Key {
    let half = |which: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(which);
        hasher.write(bytes);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

/// The key of a job: of its input and its outputs together, as they were found, since one file may be found in two ways.
fn key_of(job: &Job) -> Key {
    let stem = job.stem.as_os_str().as_encoded_bytes();
    match &job.input {
        Input::File(path) => key(&[stem, b"\0", path.as_os_str().as_encoded_bytes()].concat()),
        _ => key(stem),
    }
}

/// What the inputs hold.
enum Candidate {
    /// A job, unless its file was found before.
    Job(Job),
    /// Something left out that a user might miss.
    LeftOut(Message),
}

type Candidates<'a> = Box<dyn Iterator<Item = Candidate> + Send + 'a>;

/// Everything the inputs hold, in order.
fn candidates<'a>(
    inputs: &'a [PathBuf],
    options: &'a PlanOptions,
) -> impl Iterator<Item = Candidate> + Send + 'a {
    inputs.iter().flat_map(|input| -> Candidates<'a> {
        if input.as_os_str() == "-" {
            let stem = options.out_dir.clone().unwrap_or_default().join("stdin");
            one(Job {
                input: Input::Stdin,
                stem,
            })
        } else if input.is_dir() {
            folder(input, options)
        } else if let Some(pattern) = pattern(input) {
            matches(input, pattern, options)
        } else {
            one(named(input, options))
        }
    })
}

fn one<'a>(job: Job) -> Candidates<'a> {
    Box::new(std::iter::once(Candidate::Job(job)))
}

/// A job whose outputs keep `relative` below the output folder.
fn job(path: PathBuf, relative: &Path, options: &PlanOptions) -> Job {
    let stem = match &options.out_dir {
        Some(dir) => dir.join(relative.with_extension("")),
        None => path.with_extension(""),
    };
    Job {
        input: Input::File(path),
        stem,
    }
}

/// The job of a file that was named itself.
fn named(path: &Path, options: &PlanOptions) -> Job {
    job(
        path.to_path_buf(),
        path.file_name().map_or(path, Path::new),
        options,
    )
}

fn folder<'a>(path: &'a Path, options: &'a PlanOptions) -> Candidates<'a> {
    let mut walk = Walk::new(path, options.hidden);
    let mut empty = true;
    Box::new(std::iter::from_fn(move || {
        let candidate = match walk.next() {
            Some(Found::Text(path, relative)) => Candidate::Job(job(path, &relative, options)),
            Some(Found::Unreadable(path, error)) => {
                let why = Message::new(
                    format!("无法读取文件夹：{}", io_reason(&error)),
                    format!("the folder cannot be read: {error}"),
                );
                Candidate::Job(unusable(path, why))
            }
            Some(Found::LeftOut(note)) => Candidate::LeftOut(note),
            None if empty => {
                let path = path.display();
                Candidate::LeftOut(Message::new(
                    format!("{path}：文件夹中没有 .txt 或 .text 文件"),
                    format!("{path}: no .txt or .text file in this folder"),
                ))
            }
            None => return None,
        };
        empty = false;
        Some(candidate)
    }))
}

/// The text of an input that is a pattern: it has `*` or `?`, and no file is called so.
fn pattern(input: &Path) -> Option<&str> {
    let text = input.to_str()?;
    (text.contains(['*', '?']) && !input.exists()).then_some(text)
}

/// The files that a pattern matches, for shells that leave patterns to programs, as those of Windows do.
fn matches<'a>(input: &'a Path, pattern: &str, options: &'a PlanOptions) -> Candidates<'a> {
    match glob::glob(pattern) {
        Ok(paths) => {
            let files = paths.flatten().filter(|path| path.is_file());
            let mut jobs = files.map(|path| Candidate::Job(named(&path, options))).peekable();
            if jobs.peek().is_some() {
                return Box::new(jobs);
            }
            let why = Message::new("没有与之相配的文件", "no file matches");
            one(unusable(input.to_path_buf(), why))
        }
        Err(error) => {
            let why = Message::new(
                format!("通配符有误：{}", error.msg),
                format!("not a pattern: {}", error.msg),
            );
            one(unusable(input.to_path_buf(), why))
        }
    }
}

fn unusable(path: PathBuf, why: Message) -> Job {
    Job {
        stem: path.clone(),
        input: Input::Unusable(path, why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(inputs: &[&str], out_dir: Option<&str>) -> Result<Plan, PlanError> {
        let options = PlanOptions {
            out_dir: out_dir.map(PathBuf::from),
            formats: vec![Format::Docx, Format::Pdf],
            hidden: false,
        };
        plan(&inputs.iter().map(PathBuf::from).collect::<Vec<_>>(), &options)
    }

    fn jobs_of(plan: &Plan) -> Vec<Job> {
        plan.jobs().collect()
    }

    #[test]
    fn a_file_found_twice_does_not_take_the_place_of_another() {
        let folder = std::env::temp_dir().join(format!("hongtou-plan-{}", std::process::id()));
        for name in ["tree/sub/b.txt", "tree/a.txt", "other/b.txt"] {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let inputs = ["tree", "tree/sub/b.txt", "other/b.txt"].map(|name| folder.join(name));
        let options = PlanOptions {
            out_dir: Some("out".into()),
            formats: vec![Format::Docx],
            hidden: false,
        };
        let planned = plan(&inputs, &options).unwrap();
        // The second name of tree/sub/b.txt would be out/b, which is that of other/b.txt.
        std::fs::write(folder.join("tree/new.txt"), "text").unwrap();
        let stems: Vec<PathBuf> = planned.jobs().map(|job| job.stem).collect();
        assert_eq!(stems, ["out/a", "out/sub/b", "out/b"].map(PathBuf::from));
        assert_eq!(planned.len(), 3, "what came later is left out");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn outputs_lie_beside_the_input_or_below_the_folder() {
        let beside = planned(&["dir/a.b.txt"], None).unwrap();
        assert_eq!(
            jobs_of(&beside)[0].output(Format::Pdf),
            PathBuf::from("dir/a.b.pdf")
        );
        let below = planned(&["dir/a.txt"], Some("out")).unwrap();
        assert_eq!(
            jobs_of(&below)[0].output(Format::Docx),
            PathBuf::from("out/a.docx")
        );
    }

    #[test]
    fn shared_outputs_are_refused_and_all_named() {
        let error = planned(&["x/a.txt", "y/A.TXT", "x/a.md"], Some("out")).unwrap_err();
        assert_eq!(error.0.len(), 2, "{error}");
        assert!(planned(&["x/a.txt", "y/a.txt"], None).is_ok());
        assert_eq!(planned(&["x/a.txt", "./x/a.txt"], None).unwrap().len(), 1);
        // é composed and decomposed.
        assert!(planned(&["x/caf\u{e9}.txt", "y/cafe\u{301}.txt"], Some("out")).is_err());
    }

    #[test]
    fn an_input_is_never_overwritten() {
        let error = planned(&["x/a.docx"], None).unwrap_err();
        assert!(error.to_string().contains("is an input itself"), "{error}");
    }

    #[test]
    fn pictures_have_the_numbers_of_their_pages() {
        let options = PlanOptions {
            out_dir: Some("out".into()),
            formats: vec![Format::Png],
            hidden: false,
        };
        let plan_of = |inputs: &[&str]| {
            let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
            plan(&inputs, &options)
        };
        let planned = plan_of(&["a.txt", "a-1.txt"]).unwrap();
        let output = |job: usize, page| jobs_of(&planned)[job].output_of_page(Format::Png, page);
        assert_eq!(output(0, 12), PathBuf::from("out/a-12.png"));
        assert_eq!(output(1, 1), PathBuf::from("out/a-1-1.png"));
        let error = plan_of(&["a.txt", "out/a-12.png", "out/a-x.png"]).unwrap_err();
        assert_eq!(error.0.len(), 1, "{error}");
        assert!(
            error.to_string().contains("a-12.png, an output of a.txt"),
            "{error}"
        );
    }

    #[test]
    fn a_pattern_without_matches_fails_and_does_not_stop_the_others() {
        let plan = planned(&["nowhere/*.txt", "a.txt"], None).unwrap();
        assert!(matches!(jobs_of(&plan)[0].input, Input::Unusable(..)));
        assert_eq!((plan.len(), jobs_of(&plan).len()), (2, 2));
    }
}
