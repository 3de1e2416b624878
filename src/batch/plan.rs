//! Which files are converted, and to where.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::convert::Format;
use crate::diagnostic::Message;

/// Endings of files that are taken from a folder; a file that is named itself may end as it likes.
const TEXT_EXTENSIONS: [&str; 3] = ["txt", "text", "md"];

/// Where inputs are looked for and outputs go.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// The folder that outputs go below; beside each input when `None`.
    pub out_dir: Option<PathBuf>,
    /// The outputs of each input.
    pub formats: Vec<Format>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// Its name for people.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
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
    /// Their formats.
    pub formats: Vec<Format>,
}

impl Job {
    /// The path of one output.
    pub fn output(&self, format: Format) -> PathBuf {
        let mut path = self.stem.clone().into_os_string();
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
}

/// Why a batch cannot start; all reasons at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|message| message.en.as_ref()).collect::<Vec<_>>().join("\n"))]
pub struct PlanError(pub Vec<Message>);

/// Finds the files and plans the outputs.
///
/// Files that are named but missing stay in the plan and fail when their turn comes, so that the others are converted.
///
/// # Errors
/// When two inputs would share an output, or an output is itself an input.
pub fn plan(inputs: &[PathBuf], options: &PlanOptions) -> Result<Plan, PlanError> {
    let mut plan = Plan::default();
    let mut faults = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            let stem = options.out_dir.clone().unwrap_or_default().join("stdin");
            plan.jobs.push(Job {
                input: Input::Stdin,
                stem,
                formats: options.formats.clone(),
            });
        } else if input.is_dir() {
            let before = plan.jobs.len();
            walk(input, Path::new(""), options, &mut plan, &mut faults);
            if plan.jobs.len() == before {
                faults.push(Message::new(
                    format!("{}：文件夹中没有 .txt 文件", input.display()),
                    format!("{}: no .txt file in this folder", input.display()),
                ));
            }
        } else {
            let name = input.file_name().map(Path::new).unwrap_or(input);
            plan.jobs.push(job(input.clone(), name, options));
        }
    }
    faults.extend(collisions(&plan));
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
        formats: options.formats.clone(),
    }
}

/// Adds the text files below `dir`, by name; hidden ones and links to folders are left out.
fn walk(dir: &Path, relative: &Path, options: &PlanOptions, plan: &mut Plan, faults: &mut Vec<Message>) {
    let entries = fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let path = dir.display();
            faults.push(Message::new(
                format!("{path}：无法读取文件夹：{error}"),
                format!("{path}: cannot read the folder: {error}"),
            ));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let relative = relative.join(&name);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &relative, options, plan, faults),
            Ok(_) if is_text(&relative) && entry.path().is_file() => {
                plan.jobs.push(job(entry.path(), &relative, options));
            }
            _ => {}
        }
    }
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    TEXT_EXTENSIONS
        .iter()
        .any(|text| extension.eq_ignore_ascii_case(text))
}

/// Outputs that two jobs share or that are inputs. Names that differ in case only count as equal, because they are on
/// Windows and macOS.
fn collisions(plan: &Plan) -> Vec<Message> {
    let folded = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        absolute.to_string_lossy().to_lowercase()
    };
    let mut inputs: BTreeMap<String, usize> = BTreeMap::new();
    for (i, job) in plan.jobs.iter().enumerate() {
        if let Input::File(path) = &job.input {
            inputs.insert(folded(path), i);
        }
    }
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    let mut messages = Vec::new();
    for (i, job) in plan.jobs.iter().enumerate() {
        for format in &job.formats {
            let output = job.output(*format);
            let key = folded(&output);
            let (this, path) = (job.input.name(), output.display());
            if let Some(first) = owners.insert(key.clone(), i) {
                let first = plan.jobs[first].input.name();
                messages.push(Message::new(
                    format!("{first} 和 {this} 都要写 {path}，请改名或分开转换"),
                    format!("{first} and {this} would both write {path}; rename one or convert them apart"),
                ));
            } else if inputs.contains_key(&key) {
                messages.push(Message::new(
                    format!("{this} 的输出 {path} 本身也是输入，请用 --out-dir 指定输出文件夹"),
                    format!(
                        "{path}, the output of {this}, is an input itself; choose a folder with --out-dir"
                    ),
                ));
            }
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(out_dir: Option<&str>) -> PlanOptions {
        PlanOptions {
            out_dir: out_dir.map(PathBuf::from),
            formats: vec![Format::Docx, Format::Pdf],
        }
    }

    fn planned(inputs: &[&str], out_dir: Option<&str>) -> Result<Plan, PlanError> {
        plan(
            &inputs.iter().map(PathBuf::from).collect::<Vec<_>>(),
            &options(out_dir),
        )
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
        assert_eq!(error.0.len(), 4, "{error}");
        assert!(planned(&["x/a.txt", "y/a.txt"], None).is_ok());
        assert!(planned(&["x/a.txt", "x/a.txt"], None).is_err());
    }

    #[test]
    fn an_input_is_never_overwritten() {
        let error = planned(&["x/a.docx"], None).unwrap_err();
        assert!(error.to_string().contains("is an input itself"), "{error}");
    }
}
