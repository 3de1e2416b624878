//! `hongtou --licenses`: the licences of the program, of its fonts, and of every package that is part of it.

use std::io::{self, Write};

use super::{Status, Stop};

const OWN: [&str; 2] = [
    include_str!("../../LICENSE-MIT"),
    include_str!("../../LICENSE-APACHE"),
];
const WORDS: &str = include_str!("../words/LICENSE");
const FONTS: [(&str, &str); 5] = [
    (
        "Zhuque Fangsong",
        include_str!("../../fonts/zhuque-fangsong/OFL.txt"),
    ),
    (
        "LXGW WenKai GB Lite",
        include_str!("../../fonts/lxgw-wenkai-gb-lite/OFL.txt"),
    ),
    ("Noto Sans SC", include_str!("../../fonts/noto-sans-sc/OFL.txt")),
    ("Noto Serif SC", include_str!("../../fonts/noto-serif-sc/OFL.txt")),
    (
        "Liberation Serif",
        include_str!("../../fonts/liberation-serif/OFL.txt"),
    ),
];
/// Written by `cargo xtask licenses`.
const PACKAGES: &str = include_str!("../../THIRD-PARTY-LICENSES.txt");

pub(super) fn run() -> Result<Status, Stop> {
    let mut out = io::stdout().lock();
    let rule = "=".repeat(80);
    writeln!(out, "hongtou: MIT OR Apache-2.0\n")?;
    for text in OWN {
        writeln!(out, "{rule}\n{}\n", text.trim_end())?;
    }
    writeln!(
        out,
        "{rule}\nThe list of words for titles\n{rule}\n\n{}\n",
        WORDS.trim_end()
    )?;
    writeln!(out, "Fonts: SIL Open Font License 1.1\n")?;
    for (name, text) in FONTS {
        writeln!(out, "{rule}\n{name}\n{rule}\n\n{}\n", text.trim_end())?;
    }
    out.write_all(PACKAGES.as_bytes())?;
    Ok(Status::Success)
}
