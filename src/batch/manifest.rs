//! What was converted from what, so that a later run can leave the unchanged alone (`--overwrite changed`).
//!
//! One small file in each output folder. It only ever saves work: without it, or when it is damaged, everything is
//! converted again.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::plan::{Job, Plan};
use super::{read, save};
use crate::convert::Options;

/// Its name in each output folder.
const FILE_NAME: &str = ".hongtou-manifest.json";
/// The most bytes of one: some two million outputs in one folder. What is called so and is none must not hold up a batch.
const LARGEST: u64 = 256 << 20;

/// All output folders of one plan.
#[derive(Debug, Default)]
pub struct Manifest {
    folders: BTreeMap<PathBuf, Folder>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Folder {
    /// For each output, without its ending, the fingerprint of what it was made from.
    made_from: BTreeMap<String, String>,
    /// Whether it stands on the disk.
    #[serde(skip)]
    on_disk: bool,
    #[serde(skip)]
    dirty: bool,
}

impl Manifest {
    /// Reads the manifests of the folders that `plan` writes to; a damaged one counts as missing.
    pub fn load(plan: &Plan) -> Manifest {
        let folder = |path: &Path| {
            let read = read::plain_file(&path.join(FILE_NAME), LARGEST).ok();
            let on_disk = read.is_some();
            let known: Folder = read
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                .unwrap_or_default();
            (path.to_path_buf(), Folder { on_disk, ..known })
        };
        let folders = plan.folders().map(folder).collect();
        Manifest { folders }
    }

    /// Whether a manifest stands on the disk for the outputs of `job`, and so must be kept true.
    pub fn is_kept_for(&self, job: &Job) -> bool {
        let (folder, _) = place(job);
        self.folders.get(folder).is_some_and(|folder| folder.on_disk)
    }

    /// Whether the outputs of `job` were made from what has this fingerprint.
    pub fn is_current(&self, job: &Job, fingerprint: &str) -> bool {
        let (folder, name) = place(job);
        self.folders
            .get(folder)
            .and_then(|folder| folder.made_from.get(&name))
            .is_some_and(|known| known == fingerprint)
    }

    /// Notes what the outputs of `job` were made from.
    pub fn note(&mut self, job: &Job, fingerprint: String) {
        let (folder, name) = place(job);
        let folder = self.folders.entry(folder.to_path_buf()).or_default();
        folder.dirty |= folder
            .made_from
            .insert(name, fingerprint.clone())
            .is_none_or(|old| old != fingerprint);
    }

    /// Writes the manifests that have changed; those that did not stand on the disk before only when `new`.
    ///
    /// # Errors
    /// With the first that cannot be written.
    pub fn save(&self, new: bool) -> io::Result<()> {
        for (path, folder) in self
            .folders
            .iter()
            .filter(|(_, folder)| folder.dirty && (new || folder.on_disk))
        {
            let json = serde_json::to_vec_pretty(folder).map_err(io::Error::other)?;
            save::file(&path.join(FILE_NAME), &json)?;
        }
        Ok(())
    }
}

/// The output folder of a job, and its outputs' name without ending.
fn place(job: &Job) -> (&Path, String) {
    let folder = job.stem.parent().unwrap_or(Path::new(""));
    let name = job
        .stem
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    (folder, name)
}

/// A hash of all that makes one input's outputs what they are, besides the input: options, profile, fonts and the
/// version of this program.
pub(super) fn settings_fingerprint(options: &Options) -> String {
    let Options {
        read,
        profile,
        style_from_text,
        draft,
        fonts,
        embedded_fonts,
        formats,
        resolution,
        preview: _,
        timestamp,
        review,
    } = options;
    let settings = format!(
        "{} {read:?} {profile:?} {style_from_text} {draft} {fonts:?} {embedded_fonts:?} {formats:?} {resolution:?} {timestamp:?} {review:?}",
        env!("CARGO_PKG_VERSION")
    );
    hex(&Sha256::digest(settings))
}

/// The fingerprint of one input's outputs.
pub(super) fn fingerprint(settings: &str, input: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(settings);
    hash.update(input);
    hex(&hash.finalize())
}

/// Bytes as lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
