//! Bad profiles and fonts: refused with file and place before anything is written, or named and left alone.

use std::fs;
use std::path::Path;

use super::program::{GOOD, folder, line, whole};
use crate::samples::root;

/// A profile file of `content` is refused with every one of `words`, and nothing is written.
#[track_caller]
fn refused(name: &str, content: &[u8], words: &[&str]) {
    let folder = folder(name);
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    fs::write(folder.join("ours.toml"), content).unwrap();
    for arguments in [
        "convert --style ours.toml good.txt -o out",
        "styles check ours.toml",
    ] {
        let made = line(&folder, arguments);
        assert!(made.code != 0, "{name}: {arguments:?} takes it");
        for word in words.iter().chain(&["ours.toml"]) {
            assert!(made.err.contains(word), "no {word:?} in: {}", made.err);
        }
        assert!(made.err.len() < 2000, "a message of {} bytes", made.err.len());
    }
    assert!(!folder.join("out").exists());
}

const HEAD: &str = "name = \"ours\"\ntitle = \"本单位\"\nextends = \"speech\"\n";

#[test]
fn a_malformed_profile_is_refused_by_place() {
    refused(
        "profile-malformed",
        format!("{HEAD}[page\ntop = 1\n").as_bytes(),
        &["4"],
    );
    refused("profile-not-utf8", b"name = \"\xb1\xbe\xb5\xa5\"\n", &["UTF-8"]);
    refused("profile-binary", b"\x7fELF\x00\x00", &[]);
    refused("profile-empty", b"", &[]);
}

#[test]
fn an_unknown_key_of_a_profile_is_refused_with_a_suggestion() {
    refused(
        "profile-key",
        format!("{HEAD}[page]\ntopp = \"37mm\"\n").as_bytes(),
        &["topp", "top"],
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    for (index, value) in [
        "nan",
        "inf",
        "-inf",
        "\"nanmm\"",
        "\"infmm\"",
        "\"1e999mm\"",
        "\"-37mm\"",
        "\"99999999999999999999mm\"",
        "\"\"",
        "37",
    ]
    .into_iter()
    .enumerate()
    {
        refused(
            &format!("profile-number-{index}"),
            format!("{HEAD}[page]\ntop = {value}\n").as_bytes(),
            &["top"],
        );
    }
}

#[test]
fn a_page_without_room_is_refused() {
    for (index, page) in [
        "left = \"200mm\"",
        "top = \"296mm\"",
        "width = \"0mm\"",
        "height = \"1mm\"",
    ]
    .into_iter()
    .enumerate()
    {
        refused(
            &format!("profile-room-{index}"),
            format!("{HEAD}[page]\n{page}\n").as_bytes(),
            &[],
        );
    }
}

#[test]
fn a_profile_that_extends_itself_is_refused() {
    refused(
        "profile-cycle",
        b"name = \"ours\"\ntitle = \"x\"\nextends = \"ours\"\n",
        &["ours"],
    );
    refused(
        "profile-cycle-file",
        b"name = \"ours\"\ntitle = \"x\"\nextends = \"ours.toml\"\n",
        &["ours"],
    );
    // By way of another one, and of another name of the file.
    for (index, back) in ["ours.toml", "x/../ours.toml"].into_iter().enumerate() {
        let folder = folder(&format!("profile-cycle-of-two-{index}"));
        fs::create_dir(folder.join("x")).unwrap();
        fs::write(folder.join("good.txt"), GOOD).unwrap();
        for (name, extends) in [("ours.toml", "other.toml"), ("other.toml", back)] {
            let profile = format!("name = \"ours\"\ntitle = \"x\"\nextends = \"{extends}\"\n");
            fs::write(folder.join(name), profile).unwrap();
        }
        let made = line(&folder, "convert --style ours.toml good.txt -o out");
        made.says(2, &["ours.toml"]);
        assert!(!folder.join("out").exists());
    }
}

#[test]
fn a_huge_profile_is_refused_unread() {
    let mut huge = HEAD.as_bytes().to_vec();
    huge.resize(3 << 20, b'#');
    refused("profile-huge", &huge, &["large"]);
    let folder = folder("profile-endless");
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero.toml")).unwrap();
    line(&folder, "convert --style zero.toml good.txt").says(2, &["zero.toml"]);
}

#[test]
fn a_deeply_nested_profile_is_refused() {
    let deep = format!("{HEAD}x = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    refused("profile-deep", deep.as_bytes(), &[]);
    let deep = format!("{HEAD}{}\n", "a.".repeat(50_000) + "b = 1");
    refused("profile-deep-keys", deep.as_bytes(), &[]);
}

/// A folder with one text, and one font file of `data` in `fonts/`.
fn with_font(name: &str, file: &str, data: &[u8]) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    fs::create_dir(folder.join("fonts")).unwrap();
    fs::write(folder.join("fonts").join(file), data).unwrap();
    folder
}

fn convert_with_fonts(folder: &Path) -> super::program::Run {
    line(folder, "convert good.txt -o out --font-dir fonts")
}

fn bundled(path: &str) -> Vec<u8> {
    fs::read(root().join("fonts").join(path)).unwrap()
}

/// The font file is named as unusable, and the bundled fonts serve.
#[track_caller]
fn named_and_left(folder: &Path, words: &[&str]) {
    let made = convert_with_fonts(folder);
    made.says(0, words);
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn a_font_of_random_bytes_is_named_and_left() {
    let noise: Vec<u8> = (0u32..50_000)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    named_and_left(&with_font("font-random", "simfang.ttf", &noise), &["simfang.ttf"]);
    named_and_left(&with_font("font-empty", "empty.ttf", b""), &["empty.ttf"]);
    named_and_left(
        &with_font("font-text", "text.ttf", "不是字体".as_bytes()),
        &["text.ttf"],
    );
}

#[test]
fn a_truncated_font_is_named_and_left() {
    let font = bundled("liberation-serif/LiberationSerif-Regular.ttf");
    for (index, length) in [4, 100, 1000, 50_000, font.len() / 2, font.len() - 1000]
        .into_iter()
        .enumerate()
    {
        let folder = with_font(&format!("font-cut-{index}"), "times.ttf", &font[..length]);
        let made = convert_with_fonts(&folder);
        assert_eq!(made.code, 0, "{length}: {}", made.err);
        whole(&folder.join("out"));
        assert!(
            made.err.contains("times.ttf"),
            "{length}: nothing is said: {}",
            made.err
        );
    }
}

#[test]
fn a_font_with_damaged_tables_breaks_nothing() {
    let font = bundled("liberation-serif/LiberationSerif-Regular.ttf");
    // Every other table of the directory is made to lie outside the file, then to be full of ones.
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    for table in (0..tables).step_by(2) {
        let record = 12 + 16 * table;
        for (what, at) in [("offset", 8), ("length", 12)] {
            let mut damaged = font.clone();
            damaged[record + at..record + at + 4].fill(0xff);
            let folder = with_font(&format!("font-table-{table}-{what}"), "times.ttf", &damaged);
            let made = convert_with_fonts(&folder);
            assert_eq!(made.code, 0, "{table} {what}: {}", made.err);
            whole(&folder.join("out"));
        }
    }
}

#[test]
fn a_collection_with_a_wrong_index_is_named_and_left() {
    // A collection that promises more faces than it has room for.
    let mut collection = b"ttcf\x00\x01\x00\x00\x00\x00\xff\xff".to_vec();
    collection.extend([0xff; 64]);
    named_and_left(
        &with_font("font-index", "simsun.ttc", &collection),
        &["simsun.ttc"],
    );
}

#[test]
fn a_restricted_font_is_refused_by_name() {
    let mut font = bundled("noto-serif-sc/NotoSerifSC-SemiBold.ttf");
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let os2 = (0..tables)
        .map(|i| 12 + 16 * i)
        .find(|at| &font[*at..*at + 4] == b"OS/2")
        .unwrap();
    let offset = u32::from_be_bytes(font[os2 + 8..os2 + 12].try_into().unwrap()) as usize;
    // fsType: restricted licence embedding.
    font[offset + 9] = 2;
    let folder = with_font("font-restricted", "title.ttf", &font);
    named_and_left(&folder, &["title.ttf", "Noto Serif SC", "forbids embedding"]);
}

#[test]
fn a_font_without_needed_glyphs_is_helped_out_and_said() {
    // A Latin font under the name of a Chinese one has none of the text's characters.
    let folder = folder("font-lacks");
    fs::write(folder.join("good.txt"), "各单位①：\n请落实★工作※。\n").unwrap();
    let made = line(&folder, "convert good.txt -o out --fonts bundled");
    made.says(0, &["“①” is not in its font", "“★” is not in its font"]);
    assert_eq!(whole(&folder.join("out")), 2);
}

#[test]
fn a_missing_font_folder_is_a_fault_of_usage() {
    let folder = folder("font-folder");
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    line(&folder, "convert good.txt -o out --font-dir nowhere").says(2, &["nowhere"]);
    assert!(!folder.join("out").exists());
}

#[test]
fn a_huge_font_file_is_named_and_left_unread() {
    let folder = with_font("font-huge", "huge.ttf", b"\x00\x01\x00\x00");
    let file = fs::OpenOptions::new()
        .write(true)
        .open(folder.join("fonts/huge.ttf"))
        .unwrap();
    if file.set_len(5 << 30).is_ok() {
        let begun = std::time::Instant::now();
        named_and_left(&folder, &["huge.ttf"]);
        assert!(begun.elapsed().as_secs() < 20, "it was read");
    }
    let _ = fs::remove_file(folder.join("fonts/huge.ttf"));
}
