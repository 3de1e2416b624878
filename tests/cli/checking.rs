//! `hongtou check` and what bears on it: configuration, suppression, the user's lexicon.

use super::*;

/// A speech with three faults: a half-width colon, a half-width comma and a half-width exclamation mark.
const SPEECH: &str = "在全市工作会议上的讲话\n\n同志们:\n\n今天的会议,开得很好!\n\n谢谢大家！\n";

/// The codes of the findings in a file, in order.
fn codes(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let output = run(folder, &arguments);
    let json: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    json["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_exit_code_is_that_of_the_worst_finding_asked_for() {
    let folder = folder("check-exit");
    fs::write(
        folder.join("clean.txt"),
        SPEECH.replace(':', "：").replace(',', "，").replace('!', "！"),
    )
    .unwrap();
    fs::write(
        folder.join("warning.txt"),
        "在全市工作会议上的讲话\n\n同志们：\n\n截止目前，工作顺利。\n",
    )
    .unwrap();
    fs::write(folder.join("error.txt"), SPEECH).unwrap();
    for (file, fail_on, code) in [
        ("clean.txt", "warning", 0),
        ("warning.txt", "error", 0),
        ("warning.txt", "warning", 1),
        ("error.txt", "error", 1),
    ] {
        let output = run(&folder, &["check", file, "--fail-on", fail_on]);
        assert_eq!(output.status.code(), Some(code), "{file} {fail_on}");
    }
}

#[test]
fn a_configuration_above_the_inputs_is_used_and_the_command_line_goes_before_it() {
    let folder = folder("config");
    fs::create_dir_all(folder.join("稿件/三月")).unwrap();
    fs::write(folder.join("稿件/三月/a.txt"), SPEECH).unwrap();
    fs::write(
        folder.join("hongtou.toml"),
        "style = \"gb9704\"\nignore = [\"P01\"]\nout-dir = \"成品\"\nto = [\"docx\"]\nfonts = \"bundled\"\nfail-on = \"warning\"\n",
    )
    .unwrap();
    assert_eq!(codes(&folder, &["稿件"]), ["salutation-colon"]);
    assert_eq!(
        codes(&folder, &["稿件", "--ignore", "H13"]),
        ["halfwidth-punctuation"; 2]
    );
    assert_eq!(codes(&folder, &["稿件", "--no-config"]).len(), 3);

    let output = run(&folder, &["convert", "稿件"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("成品/三月")), ["a.docx"]);
    // What is ignored is not corrected either.
    assert!(stderr(&output).contains("salutation-colon"));
    assert!(!stderr(&output).contains("halfwidth-punctuation"));
    let output = run(&folder, &["convert", "稿件", "--to", "pdf", "-o", "另存"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(&folder.join("另存/三月")), ["a.pdf"]);
}

#[test]
fn faults_of_a_configuration_are_told_with_their_place() {
    let folder = folder("config-faults");
    fs::write(folder.join("a.txt"), SPEECH).unwrap();
    for (text, words) in [
        (
            "\nstile = \"gb9704\"\n",
            &["hongtou.toml:2:1", "did you mean “style”"][..],
        ),
        ("fix = \"saef\"\n", &["hongtou.toml:1:7", "did you mean “safe”"]),
        ("ignore = [\"P99\"]\n", &["there is no rule “P99”"]),
        ("lexicon = [\"none.tsv\"]\n", &["none.tsv"]),
        ("style = [\n", &["hongtou.toml:"]),
    ] {
        fs::write(folder.join("hongtou.toml"), text).unwrap();
        assert_refused(&run(&folder, &["convert", "a.txt"]), 2, words);
        assert_eq!(names(&folder), ["a.txt", "hongtou.toml"], "nothing is written");
    }
}

#[test]
fn inputs_of_two_configurations_are_refused() {
    let folder = folder("config-two");
    for office in ["甲", "乙"] {
        fs::create_dir_all(folder.join(office)).unwrap();
        fs::write(folder.join(office).join("a.txt"), SPEECH).unwrap();
        fs::write(folder.join(office).join("hongtou.toml"), "fix = \"none\"\n").unwrap();
    }
    assert_refused(
        &run(&folder, &["check", "甲/a.txt", "乙/a.txt"]),
        2,
        &["different configurations", "--config"],
    );
    let output = run(
        &folder,
        &["check", "甲/a.txt", "乙/a.txt", "--config", "甲/hongtou.toml"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn a_text_may_say_what_is_right_as_it_stands() {
    let folder = folder("suppression");
    let write = |text: &str| fs::write(folder.join("a.txt"), text).unwrap();
    write(&SPEECH.replace("今天", "<!-- hongtou: ignore P01 -->\n今天"));
    assert_eq!(codes(&folder, &["a.txt"]), ["salutation-colon"]);
    let output = run(
        &folder,
        &["convert", "a.txt", "--to", "docx", "--fonts", "bundled"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = Docx::open(&fs::read(folder.join("a.docx")).unwrap()).text();
    assert!(text.contains("今天的会议,开得很好!"), "left as it is: {text}");
    assert!(
        !text.contains("hongtou"),
        "the instruction is no part of the text: {text}"
    );

    write(&format!("<!-- hongtou: ignore-file P01 H13 -->\n{SPEECH}"));
    assert_eq!(codes(&folder, &["a.txt"]), Vec::<String>::new());
    write(&format!("---\nignore: P01, H13\n---\n{SPEECH}"));
    assert_eq!(codes(&folder, &["a.txt"]), Vec::<String>::new());
    write(
        &SPEECH
            .replace([',', '!'], "")
            .replace(':', "：")
            .replace("谢谢", "<!-- hongtou: ignore P01 P99 -->\n谢谢"),
    );
    assert_eq!(
        codes(&folder, &["a.txt", "--select", "P01"]),
        Vec::<String>::new()
    );
    let found = codes(&folder, &["a.txt"]);
    assert!(found.contains(&"unused-suppression".to_owned()), "{found:?}");
    assert!(found.contains(&"unknown-rule".to_owned()), "{found:?}");
    write(&format!("<!-- hongtou: ignroe P01 -->\n{SPEECH}"));
    assert!(codes(&folder, &["a.txt"]).contains(&"unknown-instruction".to_owned()));
}

#[test]
fn a_lexicon_of_ones_own_is_used_in_any_encoding() {
    let folder = folder("lexicon");
    fs::write(
        folder.join("a.txt"),
        "在全市工作会议上的讲话\n\n同志们：\n\n要抓好洪头文件的落实。\n",
    )
    .unwrap();
    // 洪头→红头 in GBK, as Excel saves it.
    fs::write(
        folder.join("own.tsv"),
        b"\xba\xe9\xcd\xb7\t\xba\xec\xcd\xb7\t\xb4\xed\n",
    )
    .unwrap();
    assert_eq!(codes(&folder, &["a.txt"]), Vec::<String>::new());
    assert_eq!(
        codes(&folder, &["a.txt", "--lexicon", "own.tsv"]),
        ["confusable-word"]
    );
    fs::write(folder.join("own.tsv"), "甲\t乙\n丙\n").unwrap();
    assert_refused(
        &run(&folder, &["check", "a.txt", "--lexicon", "own.tsv"]),
        2,
        &["own.tsv:2", "the right form is missing"],
    );
}

#[test]
fn an_entry_of_ones_own_stands_for_the_one_of_the_program() {
    let folder = folder("lexicon-twice");
    fs::write(
        folder.join("a.txt"),
        "在全市工作会议上的讲话\n\n同志们：\n\n要通过有效途经解决问题。\n",
    )
    .unwrap();
    fs::write(folder.join("own.tsv"), "途经\t路径\t疑\n").unwrap();
    assert_eq!(codes(&folder, &["a.txt"]), ["confusable-word"]);
    let output = run(&folder, &["check", "a.txt", "--lexicon", "own.tsv"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("confusable-word").count(), 1, "{said}");
    assert!(said.contains("warning") && said.contains("路径"), "{said}");
}

#[test]
fn rules_that_look_only_when_asked_are_asked_by_name() {
    let folder = folder("on-request");
    fs::write(
        folder.join("a.txt"),
        "在全市工作会议上的讲话\n\n同志们：\n\n学习《论语》、《孟子》。\n",
    )
    .unwrap();
    assert_eq!(codes(&folder, &["a.txt", "--select", "P"]), Vec::<String>::new());
    assert_eq!(
        codes(&folder, &["a.txt", "--select", "P15"]),
        ["comma-between-titles"]
    );
}
