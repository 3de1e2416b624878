//! `hongtou fill`: blanks are listed, and filled from the command line, a file, or a table with a row for each recipient.

use super::*;

const TEMPLATE: &str =
    "致{{单位}}的一封信\r\n\r\n{{单位}}：\r\n\r\n20x年，x县工会取得了好成绩，比例为1×2。\r\n";

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn without_values_the_blanks_are_listed_with_their_places() {
    let folder = folder("fill-list");
    write(&folder, "a.txt", TEMPLATE);
    let output = run(&folder, &["fill", "a.txt", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let blanks: Vec<String> = json["blanks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|blank| {
            format!(
                "{} {}:{} {}",
                blank["number"], blank["line"], blank["column"], blank["name"]
            )
        })
        .collect();
    assert_eq!(
        blanks,
        [
            r#"1 1:2 "单位""#,
            r#"2 3:1 "单位""#,
            r#"3 5:1 "年""#,
            r#"4 5:6 "县""#
        ]
    );
    let human = stdout(&run(&folder, &["fill", "a.txt"]));
    assert!(human.contains("a.txt:5:6: 4 县"), "{human}");
}

#[test]
fn values_fill_blanks_and_the_rest_stays_byte_for_byte() {
    let folder = folder("fill-set");
    write(&folder, "a.txt", TEMPLATE);
    let set = [
        "fill",
        "a.txt",
        "--set",
        "单位=第一小学",
        "--set",
        "年=2024",
        "--set",
        "县=安平县",
    ];
    let output = run(&folder, &set);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let right = "致第一小学的一封信\r\n\r\n第一小学：\r\n\r\n2024年，安平县工会取得了好成绩，比例为1×2。\r\n";
    assert_eq!(stdout(&output), right);
    write(
        &folder,
        "v.toml",
        "单位 = \"第一小学\"\n年 = 2024\n县 = \"安平\"\n",
    );
    let output = run(&folder, &["fill", "a.txt", "--values", "v.toml", "-o", "b.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        String::from_utf8(fs::read(folder.join("b.txt")).unwrap()).unwrap(),
        right
    );

    let output = run(&folder, &["fill", "a.txt", "--set", "县=安平"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("a.txt:5:1: error: “年” is not filled in"),
        "{}",
        stderr(&output)
    );
    assert_refused(
        &run(&folder, &["fill", "a.txt", "--set", "镇=安平"]),
        2,
        &["no blank called “镇”", "单位"],
    );
    assert_refused(
        &run(&folder, &["fill", "a.txt", "--set", "镇"]),
        2,
        &["NAME=VALUE"],
    );
}

#[test]
fn a_table_gives_a_document_for_each_row() {
    let folder = folder("fill-table");
    write(
        &folder,
        "a.txt",
        "致{{单位}}的一封信\n\n{{单位}}：\n\n你单位得分{{得分}}。\n",
    );
    // 单位,得分 / 一小,95 / "二小,分校",88 in GBK, as Excel saves it.
    write(
        &folder,
        "v.csv",
        b"\xb5\xa5\xce\xbb,\xb5\xc3\xb7\xd6\r\n\xd2\xbb\xd0\xa1,95\r\n\"\xb6\xfe\xd0\xa1,\xb7\xd6\xd0\xa3\",88\r\n",
    );
    let output = run(
        &folder,
        &["fill", "a.txt", "--values", "v.csv", "--out-dir", "out"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("out")), ["a-1.txt", "a-2.txt"]);
    let second = String::from_utf8(fs::read(folder.join("out/a-2.txt")).unwrap()).unwrap();
    assert_eq!(second, "致二小,分校的一封信\n\n二小,分校：\n\n你单位得分88。\n");

    let named = [
        "fill",
        "a.txt",
        "--values",
        "v.csv",
        "--out-dir",
        "named",
        "--name",
        "单位",
        "--to",
        "docx",
    ];
    let output = run(&folder, &named);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("named")), ["一小.docx", "二小,分校.docx"]);
    let docx = Docx::open(&fs::read(folder.join("named/一小.docx")).unwrap());
    assert!(docx.text().contains("你单位得分95。"), "{}", docx.text());

    write(&folder, "twice.csv", "单位,得分\n一小,1\n一小,2\n");
    let refused = run(
        &folder,
        &[
            "fill",
            "a.txt",
            "--values",
            "twice.csv",
            "--out-dir",
            "no",
            "--name",
            "单位",
        ],
    );
    assert_refused(&refused, 2, &["line 3", "taken already"]);
    assert!(!folder.join("no").exists());
    write(&folder, "hole.csv", "单位,得分\n一小,\n");
    let output = run(
        &folder,
        &["fill", "a.txt", "--values", "hole.csv", "--out-dir", "out"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("“得分” is not filled in"),
        "{}",
        stderr(&output)
    );
}
