//! Draws the pictures of the documentation, and the reference of the visual regression test.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use hongtou::convert::{Format, ReadOptions};
use hongtou::font::FontBook;
use hongtou::normalize::FixLevel;
use hongtou::profile::Profile;
use hongtou::writer::png::Resolution;
use hongtou::{Options, convert};

/// Text, profile, pixels to the inch, and the picture of its first page.
const PICTURES: [(&str, &str, u16, &str); 4] = [
    (
        "samples/work-conference.txt",
        "speech",
        80,
        "docs/images/speech.png",
    ),
    ("samples/notice.txt", "gb9704", 80, "docs/images/notice.png"),
    (
        "docs/comparison/speech.txt",
        "speech",
        80,
        "docs/comparison/hongtou.png",
    ),
    (
        "tests/cases/layout/hard-cases.txt",
        "speech",
        40,
        "tests/pictures/hard-cases.png",
    ),
];

/// Draws them all.
pub(crate) fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let fonts = Arc::new(FontBook::bundled().map_err(|error| error.to_string())?);
    for (text, profile, dots, picture) in PICTURES {
        let fault = |error: &dyn std::fmt::Display| format!("{text}: {error}");
        let profile = Profile::builtin(profile).map_err(|error| fault(&error))?;
        let options = Options {
            read: ReadOptions {
                fix: FixLevel::None,
                ..ReadOptions::default()
            },
            resolution: Resolution::new(dots).unwrap_or(Resolution::SCREEN),
            ..Options::new(Arc::new(profile), Arc::clone(&fonts), vec![Format::Png])
        };
        let bytes = fs::read(root.join(text)).map_err(|error| fault(&error))?;
        let converted = convert(&bytes, &options).map_err(|error| fault(&error))?;
        let page = converted.outputs.first().map_or(&[][..], |(_, page)| page);
        let path = root.join(picture);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| fault(&error))?;
        }
        fs::write(&path, page).map_err(|error| format!("{picture}: {error}"))?;
        println!("drew {picture}: look at it before you commit it");
    }
    Ok(())
}
