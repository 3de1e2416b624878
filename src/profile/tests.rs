//! Profiles as their authors write them, right and wrong.

mod wrong;

use std::collections::BTreeMap;
use std::path::Path;

use super::*;
use crate::diagnostic::Lang;
use crate::source::Position;
use wrong::assert_says;

#[test]
fn every_builtin_profile_is_right() {
    for name in builtin_names() {
        let profile = Profile::builtin(name).unwrap();
        assert_eq!(profile.name, name);
    }
}

#[test]
fn a_profile_may_change_one_line_of_another() {
    let speech = Profile::builtin("speech").unwrap();
    let own = Profile::from_toml("name = \"own\"\nextends = \"speech\"\n[elements.title]\nsize = \"小一\"\n")
        .unwrap();
    assert_eq!(own.name, "own");
    assert_eq!(own.element(Role::Title).character.size, Length::pt(24));
    assert_eq!(own.element(Role::Body), speech.element(Role::Body));
    assert_eq!(own.page, speech.page);
}

/// Reads `main.toml` among `files`.
fn read(files: &[(&str, &[u8])]) -> Result<Profile, ProfileError> {
    let files: BTreeMap<&str, &[u8]> = files.iter().copied().collect();
    Profile::from_file(Path::new("styles/main.toml"), &|path| {
        let name = path.to_str().unwrap();
        match files.get(name) {
            Some(content) => Ok(content.to_vec()),
            None => Err(Message::new("找不到文件", "no such file")),
        }
    })
}

#[track_caller]
fn refused(files: &[(&str, &[u8])], file: &str, place: Option<(usize, usize)>, en: &str, zh: &str) {
    let error = read(files).unwrap_err();
    let fault = &error.faults[0];
    assert_eq!(fault.file.as_deref(), Some(file), "{fault}");
    assert_says(file, fault, place, en, zh);
}

#[test]
fn files_extend_each_other_relative_to_themselves() {
    let profile = read(&[
        ("styles/main.toml", b"extends = \"../offices/office.toml\"\n[page]\ntop = \"36mm\"\n"),
        ("styles/../offices/office.toml", b"name = \"office\"\nextends = \"base/../county.toml\"\n[page]\ntop = \"30mm\"\nleft = \"27mm\"\n"),
        ("styles/../offices/base/../county.toml", b"extends = \"speech\"\n[page]\nleft = \"20mm\"\nright = \"27mm\"\n"),
    ])
    .unwrap();
    let page = profile.page;
    assert_eq!(
        (page.top, page.left, page.right),
        (Length::mm(36), Length::mm(27), Length::mm(27))
    );
    assert_eq!(profile.grid.lines, 22);
    // Without a name of its own it has that of its file.
    assert_eq!(profile.name, "main");
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let profile = read(&[(
        "styles/main.toml",
        "\u{feff}extends = \"speech\"\nname = \"own\"".as_bytes(),
    )])
    .unwrap();
    assert_eq!(profile.name, "own");
}

#[test]
fn circles_are_refused() {
    let main: &[u8] = b"extends = \"main.toml\"";
    refused(
        &[("styles/main.toml", main)],
        "styles/main.toml",
        Some((1, 11)),
        "in a circle",
        "循环引用",
    );
    refused(
        &[
            ("styles/main.toml", b"extends = \"a.toml\""),
            ("styles/a.toml", b"title = \"a\"\nextends = \"./b.toml\""),
            ("styles/./b.toml", b"# b\n\nextends = \"../styles/main.toml\""),
        ],
        "styles/./b.toml",
        Some((3, 11)),
        "in a circle",
        "循环引用",
    );
}

#[test]
fn long_chains_are_refused() {
    let files: Vec<(String, String)> = (0..20)
        .map(|i| {
            let name = if i == 0 {
                "styles/main.toml".to_owned()
            } else {
                format!("styles/{i}.toml")
            };
            (name, format!("extends = \"{}.toml\"", i + 1))
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    refused(
        &files,
        "styles/15.toml",
        Some((1, 11)),
        "more than 16",
        "超过 16 层",
    );
}

#[test]
fn faults_of_files_name_the_file() {
    refused(&[], "styles/main.toml", None, "no such file", "找不到文件");
    let extends: &[u8] = b"name = \"x\"\nextends = \"base.toml\"";
    refused(
        &[("styles/main.toml", extends)],
        "styles/main.toml",
        Some((2, 11)),
        "styles/base.toml: no such file",
        "styles/base.toml：找不到文件",
    );
    refused(
        &[
            ("styles/main.toml", extends),
            ("styles/base.toml", b"extends = \"speech\"\n[page]\ntpo = \"1mm\""),
        ],
        "styles/base.toml",
        Some((3, 1)),
        "did you mean “top”",
        "是否想写“top”",
    );
    // A value that cannot be, in the file that gives it.
    refused(
        &[
            ("styles/main.toml", extends),
            ("styles/base.toml", b"extends = \"speech\"\n[grid]\nlines = 99"),
        ],
        "styles/base.toml",
        Some((3, 9)),
        "set grid.lines = 22",
        "grid.lines = 22",
    );
    // “样” in GBK.
    refused(
        &[("styles/main.toml", b"extends = \"speech\"\ntitle = \"a\xd1\xf9\"")],
        "styles/main.toml",
        Some((2, 11)),
        "not UTF-8",
        "不是 UTF-8",
    );
    refused(
        &[("styles/main.toml", b"a\0b = 1")],
        "styles/main.toml",
        Some((1, 2)),
        "key",
        "TOML 语法错误",
    );
}

#[test]
fn the_fault_of_several_keys_stands_at_the_authors() {
    let error = Profile::from_toml("extends = \"speech\"\n[page]\nbottom = \"60mm\"\n").unwrap_err();
    // 23 lines did fit; it is the margin that makes them too many.
    assert_eq!(error.faults[0].place, Some(Position { line: 3, column: 10 }));
    assert_eq!(error.faults[0].key.as_deref(), Some("grid.lines"));
}

#[test]
fn room_of_characters_follows_from_the_page() {
    let profile = Profile::from_toml("extends = \"gb9704\"\nname = \"own\"\n").unwrap();
    // 156 mm / 28 = 15.79 pt: 16 pt type is moved closer by the next twip, as GB/T 9704 profiles need.
    assert_eq!(profile.grid.char_spacing, Length::from_pt(-0.25));
    let wide =
        Profile::from_toml("extends = \"gb9704\"\n[page]\nleft = \"26mm\"\nright = \"24mm\"\n").unwrap();
    assert_eq!(wide.grid.char_spacing, Length::from_pt(0.15));
    let own = Profile::from_toml("extends = \"gb9704\"\n[grid]\nchar_spacing = \"0pt\"\n").unwrap();
    assert_eq!(own.grid.char_spacing, Length::ZERO);
}

#[test]
fn a_merged_profile_is_one_of_its_own() {
    for name in builtin_names() {
        let merged = MergedProfile::builtin(name).unwrap();
        let toml = merged.to_toml();
        assert!(!toml.contains("extends"), "{toml}");
        assert_eq!(
            Profile::from_toml(&toml).unwrap(),
            merged.check().unwrap(),
            "{name}"
        );
    }
    let own = MergedProfile::text("extends = \"speech\"\n[page]\ntop = \"36mm\"\n").unwrap();
    let toml = own.to_toml();
    assert!(toml.contains("\ntop = \"36mm\"\n"), "{toml}");
    assert!(toml.contains("\nbottom = \"35mm\"  # speech\n"), "{toml}");
    assert!(toml.contains("\nlines = 22  # gb9704\n"), "{toml}");
}

#[test]
fn a_starter_is_right_as_it_is_and_with_every_line_taken_up() {
    for base in builtin_names() {
        for lang in [Lang::Zh, Lang::En] {
            let text = starter("own", base, lang).unwrap();
            assert!(
                text.starts_with("#:schema hongtou-profile.schema.json\n"),
                "{text}"
            );
            let profile = Profile::from_toml(&text).unwrap();
            let same = Profile {
                name: profile.name.clone(),
                title: profile.title.clone(),
                ..Profile::builtin(base).unwrap()
            };
            assert_eq!(profile, same, "{base}");
            assert_eq!(profile.name, "own");
            // Every `# key = value` is a line of the profile that is extended.
            let taken_up: Vec<&str> = text
                .lines()
                .map(|line| {
                    line.strip_prefix("# ")
                        .filter(|line| line.contains(" = "))
                        .unwrap_or(line)
                })
                .collect();
            assert!(
                taken_up.iter().filter(|line| line.contains(" = ")).count() > 50,
                "{text}"
            );
            assert_eq!(Profile::from_toml(&taken_up.join("\n")).unwrap(), same, "{base}");
        }
    }
}

#[test]
fn every_example_of_a_key_is_one() {
    for section in Written::SECTIONS {
        for key in section.keys {
            let table = if section.name == written::ELEMENTS {
                "elements.title"
            } else {
                section.name
            };
            let text = format!("[{table}]\n{} = {}\n", key.name, key.example);
            let merged = MergedProfile::text(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(merged.to_toml().trim(), text.trim());
            assert!(!key.zh.is_ascii() && key.en != key.zh, "{}", key.name);
        }
    }
}
