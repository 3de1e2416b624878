//! Careless and hostile requests: outputs in place of inputs and settings, pipes where files belong, absurd numbers.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::program::{GOOD, folder, have, line, pipe, shell, tree, whole};

const TEMPLATE: &str = "{{县}}人民政府：\n请做好值班工作。\n";

/// A folder with a good text, a folder `x`, and a link `here` to the folder itself.
fn with_good(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("good.txt"), GOOD).unwrap();
    fs::create_dir(folder.join("x")).unwrap();
    symlink(".", folder.join("here")).unwrap();
    folder
}

/// Exit code 2, every file as it was and none more. What a link leads to may change by itself: standard output grows.
#[track_caller]
fn refused(folder: &Path, arguments: &str, words: &[&str]) {
    let state = || -> Vec<(String, Option<Vec<u8>>)> {
        let content = |name: &String| {
            let path = folder.join(name);
            let plain = fs::symlink_metadata(&path).unwrap().is_file();
            plain.then(|| fs::read(path).unwrap())
        };
        tree(folder)
            .into_iter()
            .map(|name| (name.clone(), content(&name)))
            .collect()
    };
    let before = state();
    line(folder, arguments).says(2, words);
    assert!(
        state() == before,
        "{arguments:?} wrote something: {:?}",
        tree(folder)
    );
}

#[test]
fn an_input_is_known_by_whatever_path_it_is_named() {
    let folder = with_good("other-paths");
    fs::write(folder.join("good.md"), GOOD).unwrap();
    fs::write(folder.join("good.pdf"), GOOD).unwrap();
    for arguments in [
        "convert x/../good.txt --report good.txt",
        "convert here/good.txt --report good.txt",
        "convert good.txt --report x/../here/good.txt",
        "convert x/../good.txt --report good.pdf",
        // The outputs of two texts in one place.
        "convert good.txt x/../good.md",
        "convert good.txt here/good.md",
        "convert good.txt here/good.md -o out",
        "convert good.txt here/good.pdf",
    ] {
        refused(&folder, arguments, &["good."]);
    }
    let made = line(&folder, "convert good.txt x/../good.txt here/good.txt - - -o out");
    // Standard input, named twice, is empty here.
    made.says(1, &["<stdin>"]);
    assert_eq!(tree(&folder.join("out")), ["good.docx", "good.pdf"]);
}

#[test]
fn a_report_never_replaces_a_file_that_is_read() {
    let folder = with_good("report-over-settings");
    fs::write(folder.join("list"), "good.txt\n").unwrap();
    fs::write(
        folder.join("ours.toml"),
        "name = \"ours\"\ntitle = \"本单位\"\nextends = \"speech\"\n",
    )
    .unwrap();
    fs::write(folder.join("words.tsv"), "错的\t对的\t错\n").unwrap();
    fs::write(folder.join("hongtou.toml"), "fix = \"none\"\n").unwrap();
    for arguments in [
        "convert --files-from list --report list",
        "convert good.txt --style ours.toml --report x/../ours.toml",
        "convert good.txt --lexicon words.tsv --report words.tsv",
        "convert good.txt --report hongtou.toml",
        "convert good.txt --config hongtou.toml --report here/hongtou.toml",
        "convert good.txt --report a.json --report x/../a.json",
    ] {
        refused(&folder, arguments, &["would take the place of"]);
    }
}

#[test]
fn a_filled_text_never_replaces_what_it_is_made_from() {
    let folder = with_good("fill-over-input");
    fs::write(folder.join("a.txt"), TEMPLATE).unwrap();
    fs::write(folder.join("values.csv"), "县,名\n安平,a\n").unwrap();
    fs::write(folder.join("values.toml"), "县 = \"安平\"\n").unwrap();
    fs::write(folder.join("a.pdf"), TEMPLATE).unwrap();
    for arguments in [
        "fill a.txt --set 县=安平 -o a.txt",
        "fill a.txt --set 县=安平 -o x/../a.txt",
        "fill a.txt --set 县=安平 --out-dir .",
        "fill a.txt --set 县=安平 --out-dir here",
        "fill a.txt --values values.csv --name 名 --out-dir .",
        "fill a.txt --values values.toml -o values.toml",
        "fill a.pdf --set 县=安平 --to pdf -o a.pdf",
    ] {
        refused(&folder, arguments, &["would take the place of"]);
    }
}

#[test]
fn names_of_filled_texts_can_be_names_anywhere() {
    let folder = with_good("fill-names");
    fs::write(folder.join("a.txt"), TEMPLATE).unwrap();
    let names = [
        "CON",
        "nul.txt",
        "com1",
        "LPT9.a",
        "结尾.",
        ".hidden",
        "../up",
        "a/b",
        "a\\b",
        "a:b",
        "a\u{1b}[31mb",
        "\u{202e}txt.exe",
        "a\u{200b}b",
    ];
    for name in names {
        fs::write(folder.join("values.csv"), format!("县,名\n安平,{name}\n")).unwrap();
        let made = line(&folder, "fill a.txt --values values.csv --name 名 --out-dir out");
        made.says(2, &["line 2", "cannot be the name of a file"]);
        assert!(
            !made.err.contains(['\u{1b}', '\u{202e}']),
            "{name} writes on the terminal"
        );
    }
    assert!(!folder.join("out").exists());
}

#[test]
fn filled_outputs_appear_together_or_not_at_all() {
    let folder = with_good("fill-half");
    fs::write(folder.join("a.txt"), TEMPLATE).unwrap();
    fs::create_dir_all(folder.join("out/b.pdf")).unwrap();
    let made = line(&folder, "fill a.txt --set 县=安平 --to docx,pdf -o out/b.docx");
    made.says(1, &["out/b.pdf"]);
    assert_eq!(tree(&folder.join("out")), ["b.pdf/"]);
}

#[test]
fn settings_that_are_pipes_or_never_end_hold_up_nothing() {
    if !have(
        "settings_that_are_pipes_or_never_end_hold_up_nothing",
        &["mkfifo"],
    ) {
        return;
    }
    let folder = with_good("settings-pipes");
    fs::write(folder.join("a.txt"), TEMPLATE).unwrap();
    pipe(&folder, "pipe.toml");
    symlink("/dev/zero", folder.join("zero.toml")).unwrap();
    for file in ["pipe.toml", "zero.toml"] {
        for arguments in [
            "convert good.txt --style FILE",
            "convert good.txt --config FILE",
            "convert good.txt --lexicon FILE",
            "fill a.txt --values FILE",
            "styles learn FILE",
            "styles check FILE",
            "styles show FILE",
        ] {
            refused(
                &folder,
                &arguments.replace("FILE", file),
                &[file, "not a plain file"],
            );
        }
    }
    // What the program looks for itself is not even the user's doing.
    pipe(&folder, ".hongtou-manifest.json");
    pipe(&folder, "hongtou.toml");
    line(&folder, "convert good.txt").says(0, &[]);
    assert_eq!(whole(&folder), 2);
}

#[test]
fn no_file_takes_the_place_of_a_pipe_or_device() {
    if !have("no_file_takes_the_place_of_a_pipe_or_device", &["mkfifo"]) {
        return;
    }
    let folder = with_good("outputs-pipes");
    fs::write(folder.join("a.txt"), TEMPLATE).unwrap();
    pipe(&folder, "pipe");
    // As /dev/null and /dev/stdout are for root, who may replace them.
    symlink("/dev/null", folder.join("null")).unwrap();
    symlink("/proc/self/fd/1", folder.join("stdout")).unwrap();
    for file in ["pipe", "null", "stdout"] {
        for arguments in [
            "convert good.txt --report FILE",
            "styles new ours -o FILE --force",
            "styles template speech -o FILE --force",
        ] {
            refused(
                &folder,
                &arguments.replace("FILE", file),
                &[file, "not a plain file"],
            );
        }
        line(&folder, &format!("fill a.txt --set 县=安平 -o {file}")).says(1, &[file, "not a plain file"]);
    }
    fs::create_dir(folder.join("out")).unwrap();
    pipe(&folder, "out/good.pdf");
    line(&folder, "convert good.txt -o out").says(1, &["out/good.pdf", "not a plain file"]);
    assert_eq!(tree(&folder.join("out")), ["good.pdf"]);
    assert!(fs::symlink_metadata(folder.join("null")).unwrap().is_symlink());
}

#[test]
fn absurd_numbers_are_refused_or_do_no_harm() {
    let folder = with_good("numbers");
    for arguments in [
        "--jobs 0",
        "--jobs -1",
        "--jobs 99999999999999999999999",
        "--dpi 0 --to png",
        "--dpi 100000 --to png",
        "--max-size -1",
        "--max-size 99999999999999999999999",
    ] {
        refused(&folder, &format!("convert good.txt {arguments}"), &["error"]);
    }
    // The last ones a number of 64 bits holds; a thread for each would stop the machine.
    for arguments in [
        "-j 999999999999",
        "-j 18446744073709551615",
        "--max-size 17592186044416",
        "--max-size 18446744073709551615",
    ] {
        let script = format!("ulimit -t 20; exec \"$HONGTOU\" convert good.txt -o out {arguments}");
        shell(&folder, &script).says(0, &[]);
    }
    assert_eq!(whole(&folder.join("out")), 2);
}
