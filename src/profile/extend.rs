//! From the text of a profile to one that is merged with everything it extends.
//!
//! Files are read through a function of the caller's, so that nothing here touches the file system. The chain is
//! followed from the author's file to the one that extends nothing; a file that comes up twice is refused.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use toml::de::DeTable;

use super::fault::{ProfileError, ProfileFault, instead_of};
use super::written::Written;
use super::{builtin_names, builtin_source};
use crate::diagnostic::Message;
use crate::source::{LineIndex, Position};

/// Reads a file, or says why that cannot be.
type ReadFile<'a> = dyn Fn(&Path) -> Result<Vec<u8>, Message> + 'a;

/// No sensible chain has more profiles.
const LONGEST_CHAIN: usize = 16;

/// The ending of profile files.
const ENDING: &str = ".toml";

/// A profile as written, merged with all that it extends, and where each key was given.
#[derive(Clone, Debug)]
pub struct MergedProfile {
    /// Every key, the author's before those of what it extends.
    pub(super) written: Written,
    /// File and place of each key.
    places: BTreeMap<String, (Option<String>, Position)>,
    /// The file the author named.
    file: Option<String>,
}

impl MergedProfile {
    /// The built-in profile called `name`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn builtin(name: &str) -> Result<MergedProfile, ProfileError> {
        builtin(name)
    }

    /// A profile from its text; it can extend built-in profiles only.
    ///
    /// # Errors
    /// When it is no TOML, has unknown keys or values of the wrong kind, or extends what isn't there.
    pub fn text(content: &str) -> Result<MergedProfile, ProfileError> {
        text(content)
    }

    /// A profile file read through `read`, with the files it extends, which are relative to the one that names them. A
    /// profile without a name of its own has that of its file.
    ///
    /// # Errors
    /// Like [`MergedProfile::text`]; when `read` says that a file cannot be read, or files extend each other in a circle.
    pub fn file(
        path: &Path,
        read: &dyn Fn(&Path) -> Result<Vec<u8>, Message>,
    ) -> Result<MergedProfile, ProfileError> {
        file(path, read)
    }

    /// The file or the built-in profile that gives `key`, if it isn't the author's own.
    pub(super) fn file_of(&self, key: &str) -> Option<&str> {
        let (file, _) = self.places.get(key)?;
        file.as_deref().filter(|_| *file != self.file)
    }

    /// The error at the place of the first of `keys` that the author's own file gives, or else that any file gives.
    pub(super) fn locate(&self, mut error: ProfileError, keys: &[&str]) -> ProfileError {
        let known = || keys.iter().filter_map(|key| self.places.get(*key));
        let own = known().find(|(file, _)| *file == self.file);
        let place = own.or_else(|| known().next());
        for fault in &mut error.faults {
            fault.file.clone_from(place.map_or(&self.file, |(file, _)| file));
            fault.place = place.map(|(_, place)| *place);
        }
        error
    }
}

/// Where a profile comes from.
#[derive(Clone, Debug)]
enum Origin {
    /// A text that has no file.
    Text,
    /// A file.
    File(PathBuf),
    /// The built-in profile of that name.
    Builtin(&'static str),
}

impl Origin {
    fn shown(&self) -> Option<String> {
        match self {
            Origin::Text => None,
            Origin::File(path) => Some(path.display().to_string()),
            Origin::Builtin(name) => Some((*name).to_owned()),
        }
    }
}

/// Reads a text without a file.
fn text(text: &str) -> Result<MergedProfile, ProfileError> {
    let no_files = |_: &Path| {
        Err(Message::new(
            "此处只能以内置样式为基础",
            "only built-in profiles can be extended here",
        ))
    };
    chain(Origin::Text, text.to_owned(), &no_files)
}

/// Reads a file.
fn file(path: &Path, read: &ReadFile<'_>) -> Result<MergedProfile, ProfileError> {
    let content = file_text(path, read)?;
    let mut merged = chain(Origin::File(path.to_path_buf()), content, read)?;
    let named = merged
        .places
        .get("name")
        .is_some_and(|(file, _)| *file == merged.file);
    if !named && let Some(stem) = path.file_stem() {
        merged.written.head.name = Some(stem.to_string_lossy().into_owned());
    }
    Ok(merged)
}

/// The built-in profile called `name`.
fn builtin(name: &str) -> Result<MergedProfile, ProfileError> {
    let fault = || {
        let names: Vec<&str> = builtin_names().collect();
        let advice = instead_of(name, &names);
        ProfileFault::new(
            None,
            Message::new(
                format!("没有名为“{name}”的样式"),
                format!("there is no style profile “{name}”"),
            ),
        )
        .help(Some(Message::new(
            format!("{}；自己的样式文件须以 .toml 结尾", advice.zh),
            format!("{}; a file of your own must end in .toml", advice.en),
        )))
    };
    let name = builtin_names().find(|known| *known == name).ok_or_else(fault)?;
    let no_files = |_: &Path| Err(Message::default());
    let content = builtin_source(name).unwrap_or_default().to_owned();
    chain(Origin::Builtin(name), content, &no_files)
}

fn chain(origin: Origin, content: String, read: &ReadFile<'_>) -> Result<MergedProfile, ProfileError> {
    let mut merged: Option<MergedProfile> = None;
    let mut seen: Vec<PathBuf> = Vec::new();
    let (mut origin, mut content) = (origin, content);
    let mut length = 0;
    loop {
        let (written, places) = read_one(&origin, &content)?;
        let shown = origin.shown();
        let extends = written.head.extends.clone();
        let extends_place = places.get("extends").copied();
        let fault = |message: Message, help: Option<Message>| ProfileFault {
            file: shown.clone(),
            place: extends_place,
            key: Some("extends".to_owned()),
            message,
            help,
        };
        if let Origin::File(path) = &origin {
            seen.push(normal(path));
        }
        merged = Some(match merged {
            None => MergedProfile {
                places: with_file(places, &shown),
                file: shown.clone(),
                written,
            },
            Some(mut own) => {
                for (key, place) in with_file(places, &shown) {
                    own.places.entry(key).or_insert(place);
                }
                own.written.head.extends = None;
                own.written = own.written.or(written);
                own
            }
        });
        let Some(base) = extends else { break };
        length += 1;
        if length == LONGEST_CHAIN {
            let message = Message::new(
                format!("样式层层引用超过 {LONGEST_CHAIN} 层"),
                format!("more than {LONGEST_CHAIN} profiles extend each other"),
            );
            return Err(fault(message, None).into());
        }
        (origin, content) = if base.ends_with(ENDING) {
            let path = match &origin {
                Origin::File(file) => file.parent().unwrap_or(Path::new("")).join(&base),
                _ => PathBuf::from(&base),
            };
            if seen.contains(&normal(&path)) {
                let message = Message::new(
                    format!(
                        "样式循环引用：{} 又引用了 {base}",
                        shown.clone().unwrap_or_default()
                    ),
                    format!("profiles extend each other in a circle: back to {base}"),
                );
                let help = Message::new(
                    "改 extends，使其中一个以内置样式为基础，如 \"speech\"",
                    "let one of them extend a built-in profile such as \"speech\"",
                );
                return Err(fault(message, Some(help)).into());
            }
            let text = file_text(&path, read).map_err(|mut error| {
                // What cannot be read is a fault of the line that asks for it; what is wrong in it has its own place.
                for found in error.faults.iter_mut().filter(|found| found.place.is_none()) {
                    let file = found.file.take().unwrap_or_default();
                    let message = Message::new(
                        format!("extends：{file}：{}", found.message.zh),
                        format!("extends: {file}: {}", found.message.en),
                    );
                    *found = fault(message, found.help.take());
                }
                error
            })?;
            (Origin::File(path), text)
        } else {
            let names: Vec<&str> = builtin_names().collect();
            let Some(name) = names.iter().find(|name| **name == base) else {
                let message = Message::new(
                    format!("extends：没有名为“{base}”的内置样式"),
                    format!("extends: there is no built-in profile “{base}”"),
                );
                let advice = instead_of(&base, &names);
                let help = Message::new(
                    format!("{}；自己的样式文件须以 .toml 结尾", advice.zh),
                    format!("{}; a file of your own must end in .toml", advice.en),
                );
                return Err(fault(message, Some(help)).into());
            };
            (
                Origin::Builtin(name),
                builtin_source(name).unwrap_or_default().to_owned(),
            )
        };
    }
    // The loop merges at least one profile before it ends.
    merged.ok_or_else(|| ProfileError::missing("extends"))
}

fn with_file(
    places: BTreeMap<String, Position>,
    file: &Option<String>,
) -> BTreeMap<String, (Option<String>, Position)> {
    places
        .into_iter()
        .map(|(key, place)| (key, (file.clone(), place)))
        .collect()
}

/// The text of a file, which must be UTF-8.
fn file_text(path: &Path, read: &ReadFile<'_>) -> Result<String, ProfileError> {
    let fault = |message: Message| ProfileFault {
        file: Some(path.display().to_string()),
        ..ProfileFault::new(None, message)
    };
    let bytes = read(path).map_err(fault)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let message = Message::new("文件不是 UTF-8 编码", "the file is not UTF-8 text");
        let help = Message::new(
            "在记事本中“另存为”，编码选 UTF-8",
            "save it again as UTF-8 (in Notepad: Save as, Encoding)",
        );
        ProfileFault {
            place: Some(LineIndex::new(&before).position(valid)),
            ..fault(message).help(Some(help))
        }
    })?;
    // Notepad begins UTF-8 files with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads one profile without what it extends.
fn read_one(origin: &Origin, text: &str) -> Result<(Written, BTreeMap<String, Position>), ProfileError> {
    let index = LineIndex::new(text);
    let located = |at: usize, fault: ProfileFault| ProfileFault {
        file: origin.shown(),
        place: Some(index.position(at)),
        ..fault
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        let at = error.span().map_or(0, |span| span.start);
        return Err(located(at, syntax(error.message())).into());
    }
    if table.get_ref().is_empty() {
        let fault = ProfileFault::new(None, Message::new("样式文件是空的", "the profile is empty"));
        let help = Message::new(
            "用 hongtou styles new 名称 -o 文件.toml 生成一个带说明的样式文件",
            "hongtou styles new NAME -o FILE.toml writes one to start from",
        );
        return Err(ProfileFault {
            file: origin.shown(),
            ..fault.help(Some(help))
        }
        .into());
    }
    let (written, reader) = Written::read(table.get_ref());
    if !reader.faults.is_empty() {
        let faults = reader.faults.into_iter();
        return Err(ProfileError {
            faults: faults.map(|(at, fault)| located(at.start, fault)).collect(),
        });
    }
    let places = reader.places.into_iter();
    Ok((
        written,
        places.map(|(key, at)| (key, index.position(at.start))).collect(),
    ))
}

/// A fault of TOML's own grammar; its parser speaks English.
fn syntax(message: &str) -> ProfileFault {
    let message = message.trim().replace('\n', "; ");
    let zh = match message.as_str() {
        "duplicate key" => "同一个键写了两次".to_owned(),
        other => format!("TOML 语法错误（{other}）"),
    };
    let help = match message.as_str() {
        "duplicate key" => Message::new("删去其中一个", "remove one of them"),
        _ => Message::new(
            "一行写一个“键 = 值”，文字加英文双引号",
            "write one key = value a line, and text in straight double quotation marks",
        ),
    };
    ProfileFault::new(None, Message::new(zh, message)).help(Some(help))
}

/// A path without `.` and `..`, to know files again; links are left alone, and the length of the chain is bounded.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
