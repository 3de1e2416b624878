//! Corrections as tracked changes and findings as comments in the DOCX.

use super::*;
use crate::readers::docx::Element;

const SPEECH: &str = "在全市工作会议上的讲话\n\n同志们:\n\n今天的会议,开得很好!任务是\"学习、贯彻\"精神?!\n\n\
                      一是要抓学习,促提高. 要认真学习x县经验;2024年03月05日前完成。。\n\n1、《条例》(试行)见国发[2024]第05号...\n\n谢谢大家！\n";

/// The text of the paragraphs when every change is accepted, and when every one is rejected.
fn read(body: &Element, accepted: &mut String, rejected: &mut String, state: (bool, bool)) {
    for child in &body.children {
        match child.name.as_str() {
            "w:t" | "w:delText" => {
                if state.0 {
                    accepted.push_str(&child.text);
                }
                if state.1 {
                    rejected.push_str(&child.text);
                }
            }
            "w:ins" => read(child, accepted, rejected, (true, false)),
            "w:del" => read(child, accepted, rejected, (false, true)),
            _ => read(child, accepted, rejected, state),
        }
        if child.name == "w:p" {
            accepted.push('\n');
            rejected.push('\n');
        }
    }
}

fn both(docx: &Docx) -> (String, String) {
    let (mut accepted, mut rejected) = (String::new(), String::new());
    read(
        &docx.part("word/document.xml"),
        &mut accepted,
        &mut rejected,
        (true, true),
    );
    (accepted, rejected)
}

fn converted(folder: &Path, out: &str, options: &[&str]) -> Docx {
    let arguments = [
        &[
            "convert", "a.txt", "--to", "docx", "--fonts", "bundled", "-o", out,
        ],
        options,
    ]
    .concat();
    let output = run(folder, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    Docx::open(&fs::read(folder.join(out).join("a.docx")).unwrap())
}

#[test]
fn accepting_gives_the_corrected_text_and_rejecting_the_source() {
    let folder = folder("revisions");
    fs::write(folder.join("a.txt"), SPEECH).unwrap();
    let (accepted, rejected) = both(&converted(&folder, "revised", &["--revisions"]));
    assert_eq!(rejected, SPEECH.replace("\n\n", "\n"));
    let (corrected, _) = both(&converted(&folder, "corrected", &[]));
    assert_eq!(accepted, corrected);
    assert_ne!(accepted, rejected);
    assert!(
        accepted.contains("1.《条例》（试行）见国发〔2024〕5号……"),
        "{accepted}"
    );
}

#[test]
fn tracked_changes_have_numbers_of_their_own_and_an_author() {
    let folder = folder("revisions-marks");
    fs::write(folder.join("a.txt"), SPEECH).unwrap();
    let docx = converted(&folder, "first", &["--revisions", "--comments"]);
    let body = docx.part("word/document.xml");
    let mut numbers: Vec<usize> = ["w:ins", "w:del"]
        .iter()
        .flat_map(|name| body.all(name))
        .map(|change| {
            assert_eq!(change.get("w:author"), Some("hongtou"));
            assert_eq!(change.get("w:date"), None, "no date without SOURCE_DATE_EPOCH");
            change.number("w:id") as usize
        })
        .collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "each has its own");
    converted(&folder, "second", &["--revisions", "--comments"]);
    let bytes = |out: &str| fs::read(folder.join(out).join("a.docx")).unwrap();
    assert_eq!(bytes("first"), bytes("second"), "the same every time");
}

#[test]
fn findings_are_comments_at_their_places() {
    let folder = folder("comments");
    fs::write(folder.join("a.txt"), SPEECH).unwrap();
    let docx = converted(&folder, "commented", &["--comments"]);
    let comments = docx.part("word/comments.xml");
    let texts: Vec<String> = comments
        .all("w:comment")
        .iter()
        .map(|comment| comment.all("w:t").iter().map(|text| text.text.as_str()).collect())
        .collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].contains("“x”是没有填的占位符"), "{texts:?}");
    // What stands between the beginning and the end of the comment is what it is about.
    let body = docx.part("word/document.xml");
    let paragraph = body
        .all("w:p")
        .into_iter()
        .find(|paragraph| paragraph.child("w:commentRangeStart").is_some())
        .unwrap();
    let about: String = paragraph
        .children
        .iter()
        .skip_while(|child| child.name != "w:commentRangeStart")
        .take_while(|child| child.name != "w:commentRangeEnd")
        .flat_map(|child| child.all("w:t"))
        .map(|text| text.text.as_str())
        .collect();
    assert_eq!(about, "x");
    assert!(!docx.names().is_empty() && body.all("w:ins").is_empty());
    let plain = converted(&folder, "plain", &[]);
    assert!(!plain.names().contains(&"word/comments.xml"), "no empty part");
}

#[test]
fn comments_on_a_table_stand_in_their_cells() {
    let folder = folder("table-comments");
    let text = "各村情况\n\n村名\t户数\t联系人\n东坪村\t120\tx同志\nxx村\t86\t王林\n";
    fs::write(folder.join("a.txt"), text).unwrap();
    let docx = converted(&folder, "commented", &["--comments"]);
    let cells = docx.part("word/document.xml").all("w:tc").len();
    let body = docx.part("word/document.xml");
    let commented: Vec<String> = body
        .all("w:tc")
        .iter()
        .filter(|cell| !cell.all("w:commentReference").is_empty())
        .map(|cell| cell.all("w:t").iter().map(|text| text.text.as_str()).collect())
        .collect();
    assert_eq!(
        (cells, commented),
        (9, vec!["x同志".to_owned(), "xx村".to_owned()])
    );
    assert_eq!(
        docx.part("word/comments.xml").all("w:comment").len(),
        body.all("w:commentReference").len()
    );
    let styles = docx.part("word/styles.xml");
    let ids: Vec<_> = styles
        .all("w:style")
        .iter()
        .filter_map(|style| style.get("w:styleId").map(str::to_owned))
        .collect();
    assert!(ids.iter().any(|id| id == "CommentText") && ids.iter().any(|id| id == "CommentReference"));
}

#[test]
fn corrections_in_a_table_are_tracked_in_their_cells() {
    let folder = folder("table-revisions");
    let head = "各村情况\n";
    for (name, rows) in [
        (
            "tabs",
            "村名\t户数\t备注\n东坪村\t１２０\t已完成,待验收\n西坪村\t86\t正在做!!\n",
        ),
        (
            "bars",
            "| 村名 | 户数 | 备注 |\n|---|---|---|\n| 东坪村 | １２０ | **已完成**,待验收 |\n| 西坪村 | 86 | 正在做!! |\n",
        ),
    ] {
        fs::write(folder.join("a.txt"), format!("{head}\n{rows}")).unwrap();
        let docx = converted(&folder, name, &["--revisions"]);
        let (accepted, rejected) = both(&docx);
        let (corrected, _) = both(&converted(&folder, &format!("{name}-corrected"), &[]));
        assert_eq!(accepted, corrected, "{name}");
        // What parts cells is taken away without a trace; all within them comes back.
        let cells = |line: &str| -> Vec<String> {
            let parts = line.split(['\t', '|']).map(|cell| cell.trim().to_owned());
            parts.filter(|cell| !cell.is_empty()).collect()
        };
        let source: Vec<String> = rows
            .lines()
            .filter(|line| !line.contains("---"))
            .flat_map(cells)
            .collect();
        // An empty paragraph ends the document, as Word wants it after a table.
        assert_eq!(rejected, format!("{head}{}\n\n", source.join("\n")), "{name}");
        let body = docx.part("word/document.xml");
        let tracked: usize = body.all("w:tc").iter().map(|cell| cell.all("w:del").len()).sum();
        assert!(tracked >= 3, "{name}: {tracked}");
    }
}

/// An official document with a head and an imprint, and with faults and blanks in both.
const OFFICIAL: &str = "机密★3年\n特急\n\n青河县人民政府文件\n青政发[2026]x号\n\n青河县人民政府关于加强水渠管护工作的通知\n\n\
                        各乡镇人民政府,县政府各部门:\n\n入汛以来,部分水渠淤塞。请指定xx同志负责,按月检查。\n\n\
                        青河县人民政府\n2026年11月5日\n\n(联系人:xx)\n\n抄送:县委办公室,xx局,县政协办公室。\n\
                        青河县人民政府办公室    2026年11月06日印发\n";

#[test]
fn every_comment_on_an_official_document_has_a_place() {
    let folder = folder("official-comments");
    let mut texts = vec![("own", OFFICIAL.to_owned())];
    for name in crate::samples::OFFICIAL {
        texts.push((name, crate::samples::official_text(name)));
    }
    let mut most = 0;
    for (name, text) in texts {
        for style in ["gb9704", "letter", "order", "minutes", "speech"] {
            fs::write(folder.join("a.txt"), &text).unwrap();
            let options = ["--revisions", "--comments", "--draft", "--style", style];
            let docx = converted(&folder, "out", &options);
            let body = docx.part("word/document.xml");
            let ids = |part: &Element, name: &str| -> Vec<i64> {
                let mut ids: Vec<i64> = part
                    .all(name)
                    .iter()
                    .map(|mark| mark.number("w:id") as i64)
                    .collect();
                ids.sort_unstable();
                ids
            };
            let comments = if docx.names().contains(&"word/comments.xml") {
                ids(&docx.part("word/comments.xml"), "w:comment")
            } else {
                Vec::new()
            };
            for mark in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
                assert_eq!(ids(&body, mark), comments, "{name} in {style}: {mark}");
            }
            most = most.max(comments.len());
        }
    }
    assert!(most >= 4, "blanks in number, text, note and imprint: {most}");
}

#[test]
fn head_and_imprint_carry_corrections_too() {
    let folder = folder("official-revisions");
    fs::write(folder.join("a.txt"), OFFICIAL).unwrap();
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    for style in ["gb9704", "speech"] {
        let options = |more| ["--style", style, "--fix", more];
        let both_ways = both(&converted(
            &folder,
            "revised",
            &[&options("safe")[..], &["--revisions"]].concat(),
        ));
        let (corrected, _) = both(&converted(&folder, "corrected", &options("safe")));
        let (source, _) = both(&converted(&folder, "source", &options("none")));
        assert_eq!(plain(&both_ways.0), plain(&corrected), "{style}: accepted");
        assert_eq!(plain(&both_ways.1), plain(&source), "{style}: rejected");
        assert_eq!(plain(&source), plain(OFFICIAL), "{style}");
        assert!(corrected.contains("2026年11月6日印发") && corrected.contains("抄送：县委办公室，"));
    }
}
