//! Which files are converted, and to where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::walk::{Found, walk};
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
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The jobs, in the order the inputs were named, files of a folder by name.
    pub jobs: Vec<Job>,
    /// What was left out that a user might miss.
    pub notes: Vec<Message>,
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
    let mut plan = Plan::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            let stem = options.out_dir.clone().unwrap_or_default().join("stdin");
            plan.jobs.push(Job {
                input: Input::Stdin,
                stem,
            });
        } else if input.is_dir() {
            folder(input, options, &mut plan);
        } else if let Some(pattern) = pattern(input) {
            matches(input, pattern, options, &mut plan);
        } else {
            plan.jobs.push(named(input, options));
        }
    }
    let mut named = BTreeSet::new();
    plan.jobs.retain(|job| match &job.input {
        Input::File(path) => named.insert(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
        _ => true,
    });
    let faults = collisions(&plan, &options.formats);
    if faults.is_empty() {
        Ok(plan)
    } else {
        Err(PlanError(faults))
    }
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

fn folder(path: &Path, options: &PlanOptions, plan: &mut Plan) {
    let before = (plan.jobs.len(), plan.notes.len());
    walk(path, options.hidden, &mut |found| match found {
        Found::Text(path, relative) => plan.jobs.push(job(path, &relative, options)),
        Found::Unreadable(path, error) => {
            let why = Message::new(
                format!("无法读取文件夹：{error}"),
                format!("the folder cannot be read: {error}"),
            );
            plan.jobs.push(unusable(path, why));
        }
        Found::LeftOut(note) => plan.notes.push(note),
    });
    if (plan.jobs.len(), plan.notes.len()) == before {
        let path = path.display();
        plan.notes.push(Message::new(
            format!("{path}：文件夹中没有 .txt 或 .text 文件"),
            format!("{path}: no .txt or .text file in this folder"),
        ));
    }
}

/// The text of an input that is a pattern: it has `*` or `?`, and no file is called so.
fn pattern(input: &Path) -> Option<&str> {
    let text = input.to_str()?;
    (text.contains(['*', '?']) && !input.exists()).then_some(text)
}

/// The files that a pattern matches, for shells that leave patterns to programs, as those of Windows do.
fn matches(input: &Path, pattern: &str, options: &PlanOptions, plan: &mut Plan) {
    let before = plan.jobs.len();
    match glob::glob(pattern) {
        Ok(paths) => {
            for path in paths.flatten().filter(|path| path.is_file()) {
                plan.jobs.push(named(&path, options));
            }
            if plan.jobs.len() == before {
                let why = Message::new("没有与之相配的文件", "no file matches");
                plan.jobs.push(unusable(input.to_path_buf(), why));
            }
        }
        Err(error) => {
            let why = Message::new(
                format!("通配符有误：{}", error.msg),
                format!("not a pattern: {}", error.msg),
            );
            plan.jobs.push(unusable(input.to_path_buf(), why));
        }
    }
}

fn unusable(path: PathBuf, why: Message) -> Job {
    Job {
        stem: path.clone(),
        input: Input::Unusable(path, why),
    }
}

/// Outputs that two jobs share or that are inputs.
///
/// Names that differ only in case, or in how their accents are composed, count as equal, because on Windows and macOS
/// they are.
fn collisions(plan: &Plan, formats: &[Format]) -> Vec<Message> {
    let jobs = || {
        plan.jobs
            .iter()
            .filter(|job| !matches!(job.input, Input::Unusable(..)))
    };
    let inputs: BTreeMap<String, &Job> = jobs()
        .filter_map(|job| match &job.input {
            Input::File(path) => Some((folded(path), job)),
            _ => None,
        })
        .collect();
    let mut owners: BTreeMap<String, &Job> = BTreeMap::new();
    let mut messages = Vec::new();
    for job in jobs() {
        let this = job.input.name();
        // All outputs of a job share its stem, so one shared stem is one collision.
        if let Some(first) = owners.insert(folded(&job.stem), job) {
            let (first, path) = (first.input.name(), job.stem.display());
            messages.push(Message::new(
                format!("{first} 和 {this} 的输出同名（{path}），请改名或分开转换"),
                format!("{first} and {this} would have the same outputs ({path}); rename one or convert them apart"),
            ));
        }
        let whole = formats.iter().filter(|format| **format != Format::Png);
        let mut overwritten: Vec<PathBuf> = whole.map(|format| job.output(*format)).collect();
        overwritten.retain(|path| inputs.contains_key(&folded(path)));
        if formats.contains(&Format::Png) {
            overwritten.extend(pictures_among(&inputs, &job.stem));
        }
        for path in overwritten {
            let path = path.display();
            messages.push(Message::new(
                format!("{this} 的输出 {path} 本身也是输入，请用 --out-dir 指定输出文件夹"),
                format!("{path}, an output of {this}, is an input itself; choose a folder with --out-dir"),
            ));
        }
    }
    messages
}

/// The inputs that have the name of a picture of one of the pages of `stem`.
fn pictures_among(inputs: &BTreeMap<String, &Job>, stem: &Path) -> Vec<PathBuf> {
    let begin = format!("{}-", folded(stem));
    inputs
        .range(begin.clone()..)
        .take_while(|(path, _)| path.starts_with(&begin))
        .filter(|(path, _)| {
            let page = path[begin.len()..].strip_suffix(".png");
            page.is_some_and(|page| !page.is_empty() && page.bytes().all(|digit| digit.is_ascii_digit()))
        })
        .map(|(_, job)| PathBuf::from(job.input.name()))
        .collect()
}

/// A path by which equal files are known. A name that is no Unicode is kept apart by its own bytes.
fn folded(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match absolute.to_str() {
        Some(text) => text.nfc().flat_map(char::to_lowercase).collect(),
        None => format!("\0{:?}", absolute.as_os_str().as_encoded_bytes()),
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

    #[test]
    fn outputs_lie_beside_the_input_or_below_the_folder() {
        let beside = planned(&["dir/a.b.txt"], None).unwrap();
        assert_eq!(beside.jobs[0].output(Format::Pdf), PathBuf::from("dir/a.b.pdf"));
        let below = planned(&["dir/a.txt"], Some("out")).unwrap();
        assert_eq!(below.jobs[0].output(Format::Docx), PathBuf::from("out/a.docx"));
    }

    #[test]
    fn shared_outputs_are_refused_and_all_named() {
        let error = planned(&["x/a.txt", "y/A.TXT", "x/a.md"], Some("out")).unwrap_err();
        assert_eq!(error.0.len(), 2, "{error}");
        assert!(planned(&["x/a.txt", "y/a.txt"], None).is_ok());
        assert_eq!(planned(&["x/a.txt", "./x/a.txt"], None).unwrap().jobs.len(), 1);
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
        let output = |job: usize, page| planned.jobs[job].output_of_page(Format::Png, page);
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
        assert!(matches!(plan.jobs[0].input, Input::Unusable(..)));
        assert_eq!(plan.jobs.len(), 2);
    }
}
