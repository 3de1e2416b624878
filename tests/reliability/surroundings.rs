//! Odd surroundings: streams, environment, folders, limits and clocks that a program may meet anywhere.

use std::fs;

use super::program::{GOOD, HONGTOU, command, finish, folder, have, run, shell, tree, whole};

fn with_texts(name: &str, count: usize) -> std::path::PathBuf {
    let folder = folder(name);
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..count {
        fs::write(folder.join(format!("in/{i:03}.txt")), GOOD).unwrap();
    }
    folder
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = with_texts("head", 10);
    // The exit code of the first command of the pipe, through a file: sh has no PIPESTATUS.
    let script = "{ \"$HONGTOU\" convert in -o out; echo $? > code; } | head -n 1";
    shell(&folder, script).says(0, &[]);
    assert_eq!(fs::read(folder.join("code")).unwrap(), b"0\n");
    assert_eq!(
        whole(&folder.join("out")),
        20,
        "the work goes on when nobody reads about it"
    );
    for arguments in [
        "explain",
        "styles show speech",
        "--licenses",
        "parse in/000.txt --format json",
        "check in --format json",
    ] {
        let script = format!("{{ \"$HONGTOU\" {arguments}; echo $? > code; }} | true");
        shell(&folder, &script).says(0, &[]);
        assert_eq!(fs::read(folder.join("code")).unwrap(), b"0\n", "{arguments}");
    }
}

#[test]
fn a_closed_standard_output_stops_nothing() {
    let folder = with_texts("closed", 3);
    shell(&folder, "\"$HONGTOU\" convert in -o out >&-").says(0, &[]);
    shell(&folder, "\"$HONGTOU\" convert in -o out2 >&- 2>&- <&-").says(0, &[]);
    assert_eq!(whole(&folder), 12);
}

#[test]
fn a_full_standard_output_is_an_error_after_the_work() {
    if !std::path::Path::new("/dev/full").exists() {
        have(
            "a_full_standard_output_is_an_error_after_the_work",
            &["/dev/full"],
        );
        return;
    }
    let folder = with_texts("full", 3);
    shell(&folder, "\"$HONGTOU\" --lang en convert in -o out > /dev/full").says(1, &["No space left"]);
    assert_eq!(whole(&folder.join("out")), 6);
    for arguments in [
        "styles show speech",
        "--licenses",
        "--help",
        "check in --format json",
    ] {
        shell(&folder, &format!("\"$HONGTOU\" {arguments} > /dev/full")).says(1, &[]);
    }
}

#[test]
fn a_full_standard_error_stops_nothing() {
    if !std::path::Path::new("/dev/full").exists() {
        have("a_full_standard_error_stops_nothing", &["/dev/full"]);
        return;
    }
    let folder = with_texts("full-error", 2);
    fs::write(folder.join("in/bad.txt"), "").unwrap();
    shell(&folder, "\"$HONGTOU\" convert in -o out 2> /dev/full").says(1, &[]);
    assert_eq!(whole(&folder.join("out")), 4);
}

#[test]
fn an_empty_environment_will_do() {
    let folder = with_texts("no-environment", 1);
    let mut bare = command(&folder, &["convert", "in", "-o", "out"]);
    bare.env_clear();
    finish(bare).says(0, &[]);
    let mut odd = command(&folder, &["convert", "in", "-o", "out2", "--fonts", "auto"]);
    odd.env("HOME", "/nonexistent")
        .env("LC_ALL", "xx_XX.nonsense")
        .env("TMPDIR", "/nonexistent")
        .env("SOURCE_DATE_EPOCH", "soon");
    finish(odd).says(0, &[]);
    assert_eq!(whole(&folder), 4);
}

#[test]
fn a_deleted_working_folder_matters_to_relative_paths_only() {
    let folder = with_texts("deleted", 1);
    let script = "mkdir gone && cd gone && rmdir ../gone && \"$HONGTOU\" --lang en convert \"$OLDPWD/in\" -o \"$OLDPWD/out\"";
    shell(&folder, script).says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 2);
    let script = "mkdir gone && cd gone && rmdir ../gone && \"$HONGTOU\" --lang en convert a.txt";
    shell(&folder, script).says(1, &["a.txt", "No such file"]);
}

#[test]
fn thirty_two_file_descriptors_are_enough() {
    let folder = with_texts("descriptors", 40);
    shell(
        &folder,
        "ulimit -n 32 && \"$HONGTOU\" convert in -o out -j 4 --quiet --report report.json",
    )
    .says(0, &[]);
    assert_eq!(whole(&folder.join("out")), 80);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = with_texts("threads", 5);
    let mut made = Vec::new();
    for (index, (variable, option)) in [
        ("0", None),
        ("1", None),
        ("512", None),
        ("nonsense", None),
        ("0", Some("1")),
        ("0", Some("7")),
    ]
    .into_iter()
    .enumerate()
    {
        let out = format!("out{index}");
        let mut arguments = vec!["convert", "in", "-o", &out, "--quiet"];
        arguments.extend(option.iter().flat_map(|jobs| ["-j", jobs]));
        let mut one = command(&folder, &arguments);
        one.env("RAYON_NUM_THREADS", variable);
        finish(one).says(0, &[]);
        let names = tree(&folder.join(&out));
        made.push(
            names
                .iter()
                .map(|name| fs::read(folder.join(&out).join(name)).unwrap())
                .collect::<Vec<_>>(),
        );
        assert_eq!(names.len(), 10);
    }
    for other in &made[1..] {
        assert!(*other == made[0]);
    }
}

#[test]
fn too_few_threads_of_the_system_are_an_error_before_work() {
    let folder = with_texts("many-threads", 400);
    // Far more threads than the memory allowed has room for stacks.
    let made = shell(
        &folder,
        "ulimit -v 500000 && \"$HONGTOU\" --lang en convert in -o out -j 400",
    );
    made.says(2, &["cannot start threads"]);
    assert!(!folder.join("out").exists());
}

#[test]
fn clocks_of_1970_and_2106_change_nothing() {
    if !have("clocks_of_1970_and_2106_change_nothing", &["faketime"]) {
        return;
    }
    let folder = with_texts("clocks", 2);
    run(&folder, &["convert", "in", "-o", "now"]).says(0, &[]);
    for (index, day) in [
        "1970-01-01 00:00:01",
        "2106-02-08 12:00:00",
        "2038-01-19 03:14:09",
    ]
    .into_iter()
    .enumerate()
    {
        shell(
            &folder,
            &format!("faketime -f '{day}' \"$HONGTOU\" convert in -o then{index}"),
        )
        .says(0, &[]);
        for name in tree(&folder.join("now")) {
            let same = fs::read(folder.join("now").join(&name)).unwrap()
                == fs::read(folder.join(format!("then{index}")).join(&name)).unwrap();
            assert!(same, "{name} depends on the clock: {day}");
        }
    }
}

#[test]
fn it_never_speaks_to_a_network() {
    if !have("it_never_speaks_to_a_network", &["strace"]) {
        return;
    }
    let folder = with_texts("network", 2);
    let script = format!(
        "strace -f -qq -e trace=network -o calls {HONGTOU} convert in -o out --report report.json --fonts auto"
    );
    shell(&folder, &script).says(0, &[]);
    let calls = String::from_utf8_lossy(&fs::read(folder.join("calls")).unwrap()).into_owned();
    // A pair of sockets without a name is how signals reach a thread; nothing of it leaves the process.
    let outside: Vec<&str> = calls
        .lines()
        .filter(|line| !line.contains("socketpair(AF_UNIX"))
        .collect();
    assert!(
        outside
            .iter()
            .all(|line| !line.contains("AF_INET") && !line.contains("connect(")),
        "{outside:?}"
    );
}

#[test]
fn every_file_opened_for_writing_lies_in_the_output_folder() {
    if !have(
        "every_file_opened_for_writing_lies_in_the_output_folder",
        &["strace"],
    ) {
        return;
    }
    let folder = with_texts("writes", 3);
    let script = format!(
        "strace -f -qq -e trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,truncate -o calls {HONGTOU} convert in -o out --quiet"
    );
    shell(&folder, &script).says(0, &[]);
    let calls = String::from_utf8_lossy(&fs::read(folder.join("calls")).unwrap()).into_owned();
    let mut writes = 0;
    // A call that was interrupted stands on two lines; its path on the first.
    for line in calls.lines().filter(|line| !line.contains("resumed>")) {
        let reads = line.contains("open")
            && !line.contains("O_WRONLY")
            && !line.contains("O_RDWR")
            && !line.contains("O_CREAT");
        if !reads {
            writes += 1;
            assert!(line.contains("\"out/") || line.contains("\"out\""), "{line}");
        }
    }
    assert!(writes >= 12, "{calls}");
}
