//! `word/fontTable.xml`: what a word processor needs to know to replace a typeface that is not installed.

use std::fmt::Write;

use super::embedding::EmbeddedFont;
use super::xml;
use crate::profile::{FontRole, Profile};

/// What is known about a typeface.
struct KnownFont {
    /// The name profiles use.
    name: &'static str,
    /// The name under which a machine without it has the same design.
    other_name: &'static str,
    /// PANOSE classification, from the font's OS/2 table.
    panose: &'static str,
    /// Family in Word's sense.
    family: &'static str,
    /// Pitch in Word's sense.
    pitch: &'static str,
}

/// The typefaces of Chinese offices, as Word describes them in its own files.
const KNOWN_FONTS: [KnownFont; 9] = [
    KnownFont {
        name: "仿宋_GB2312",
        other_name: "仿宋",
        panose: "02010609030101010101",
        family: "modern",
        pitch: "default",
    },
    KnownFont {
        name: "楷体_GB2312",
        other_name: "楷体",
        panose: "02010609030101010101",
        family: "modern",
        pitch: "default",
    },
    KnownFont {
        name: "仿宋",
        other_name: "FangSong",
        panose: "02010609060101010101",
        family: "modern",
        pitch: "fixed",
    },
    KnownFont {
        name: "楷体",
        other_name: "KaiTi",
        panose: "02010609060101010101",
        family: "modern",
        pitch: "fixed",
    },
    KnownFont {
        name: "黑体",
        other_name: "SimHei",
        panose: "02010609060101010101",
        family: "modern",
        pitch: "fixed",
    },
    KnownFont {
        name: "宋体",
        other_name: "SimSun",
        panose: "02010600030101010101",
        family: "auto",
        pitch: "variable",
    },
    KnownFont {
        name: "方正小标宋简体",
        other_name: "FZXiaoBiaoSong-B05S",
        panose: "02010601030101010101",
        family: "auto",
        pitch: "default",
    },
    KnownFont {
        name: "方正小标宋_GBK",
        other_name: "FZXiaoBiaoSong-B05",
        panose: "02000000000000000000",
        family: "auto",
        pitch: "default",
    },
    KnownFont {
        name: "Times New Roman",
        other_name: "",
        panose: "02020603050405020304",
        family: "roman",
        pitch: "variable",
    },
];

/// The part.
pub(super) fn part(profile: &Profile, embedded: &[EmbeddedFont]) -> String {
    let mut part = format!("{}<w:fonts {}>", xml::DECLARATION, xml::NAMESPACES);
    let mut written: Vec<&str> = Vec::new();
    for role in FontRole::ALL {
        let name = profile.font_name(role);
        if !written.contains(&name) {
            written.push(name);
            let inside = embedded.iter().find(|font| font.name == name);
            push_font(&mut part, name, role, inside);
        }
    }
    part + "</w:fonts>"
}

fn push_font(part: &mut String, name: &str, role: FontRole, embedded: Option<&EmbeddedFont>) {
    let known = KNOWN_FONTS.iter().find(|known| known.name == name);
    let _ = write!(part, "<w:font w:name=\"{}\">", xml::escaped(name));
    if let Some(known) = known {
        if !known.other_name.is_empty() {
            let _ = write!(part, "<w:altName w:val=\"{}\"/>", known.other_name);
        }
        let _ = write!(part, "<w:panose1 w:val=\"{}\"/>", known.panose);
    }
    // 134 (86 in hexadecimal) is Windows' number for simplified Chinese.
    let charset = if role == FontRole::Latin { "00" } else { "86" };
    let (family, pitch) = known.map_or(("auto", "default"), |known| (known.family, known.pitch));
    let _ = write!(
        part,
        "<w:charset w:val=\"{charset}\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"{pitch}\"/>"
    );
    if let Some(font) = embedded {
        let _ = write!(
            part,
            "<w:embedRegular r:id=\"{}\" w:fontKey=\"{}\" w:subsetted=\"1\"/>",
            font.id, font.key
        );
    }
    part.push_str("</w:font>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_typeface_once() {
        let profile = Profile::from_toml(
            "name = \"own\"\nextends = \"gb9704\"\n[fonts]\nkaiti = \"仿宋_GB2312\"\nheiti = \"甲&乙\"\n",
        )
        .unwrap();
        let part = part(&profile, &[]);
        assert_eq!(part.matches("w:name=\"仿宋_GB2312\"").count(), 1);
        assert!(part.contains("w:name=\"甲&amp;乙\"><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/>"));
        assert!(part.contains("<w:altName w:val=\"仿宋\"/><w:panose1 w:val=\"02010609030101010101\"/>"));
    }
}
