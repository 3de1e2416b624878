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
