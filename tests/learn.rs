//! Profiles learnt from documents: our own, those other programs write, and files that are none.

use std::fs;
use std::io::{Cursor, Write};
use std::sync::Arc;

use hongtou::convert;
use hongtou::learn::{LearnError, learn};
use hongtou::model::Role;
use hongtou::profile::{Align, FontRole, PageNumberPlace, Profile, builtin_names};
use hongtou::units::{Chars, Length, Lines};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::{assert_refused, folder, names, run, stderr, stdout};
use crate::produce::options;

/// A text with nearly every element.
const RICH: &str = "\
000001
机密★3年
特急
青山县人民政府文件
青政发〔2024〕5号
青山县人民政府关于加强防汛抗旱工作的通知
各乡镇人民政府，县政府各部门：
为切实做好今年防汛抗旱工作，确保人民群众生命财产安全，现将有关事项通知如下，请认真贯彻落实，并及时报告工作情况。
一、提高思想认识
各地要充分认识防汛抗旱工作的重要性，切实增强责任感和紧迫感，做到早部署、早准备、早行动。
（一）加强领导
主要负责同志要亲自抓、负总责，分管负责同志要具体抓，层层压实责任，确保各项措施落到实处。
1.健全机构
各乡镇要健全指挥机构，充实工作力量，2024年5月底前全部到位。
（1）明确分工
有关部门要按照职责分工，密切配合，形成合力，共同做好防汛抗旱各项工作。
一是抓好监测预警。气象、水利部门要加强会商研判，及时发布预警信息，做到预警到村、到户、到人。
二是抓好应急准备。要备足物资，落实队伍，开展演练，确保关键时刻拉得出、用得上、打得赢。
特此通知。
附件：1.防汛责任人名单
2.物资储备清单
青山县人民政府
2024年3月5日
（此件公开发布）
抄送：县委办公室，县人大常委会办公室。
青山县人民政府办公室 2024年3月5日印发
";

/// Unlike the built-in ones in everything that can be learnt.
const UNUSUAL: &str = r#"
name = "unusual"
extends = "speech"
[page]
top = "30mm"
bottom = "32.5mm"
left = "25mm"
right = "24mm"
mirror_margins = true
[grid]
lines = 20
chars = 30
line_pitch = "33pt"
char_spacing = "-0.15pt"
[fonts]
fangsong = "方正仿宋_GBK"
kaiti = "方正楷体_GBK"
heiti = "方正黑体_GBK"
xiaobiaosong = "方正小标宋_GBK"
latin = "Arial"
[page_number]
font = "fangsong"
size = "小四"
form = "第 {n} 页"
place = "inside"
inset = "2字"
dash_center = "280mm"
[lead]
font = "heiti"
bold = true
[typography]
widow_control = false
[elements.body]
size = "15pt"
align = "left"
first_line_indent = "2字"
[elements.title]
font = "songti"
size = "24pt"
bold = true
ink = "red"
line_pitch = "40pt"
space_before = "1行"
space_after = "1.5行"
[elements.recipient]
font = "kaiti"
indent_left = "1字"
[elements.heading1]
font = "songti"
align = "center"
space_before = "0.5行"
[elements.heading2]
bold = true
first_line_indent = "1字"
[elements.signature]
font = "kaiti"
"#;

fn docx(profile: Profile) -> Vec<u8> {
    docx_of(RICH, profile)
}

fn docx_of(text: &str, profile: Profile) -> Vec<u8> {
    let options = convert::Options {
        profile: Arc::new(profile),
        formats: vec![convert::Format::Docx],
        draft: true,
        ..options("speech")
    };
    convert(text.as_bytes(), &options).unwrap().outputs.remove(0).1
}

#[test]
fn the_built_in_profiles_are_found_again_without_a_difference() {
    for name in builtin_names() {
        // A letter with 版头 has a line pitch of its own on its first page, which ends at a rule.
        let text = match name {
            "letter" => RICH.split_once("5号\n").unwrap().1,
            _ => RICH,
        };
        let learned = learn(&docx_of(text, Profile::builtin(name).unwrap()), "own").unwrap();
        // The special formats differ from the common one in their heads only, which are not learnt.
        let base = if ["letter", "order", "minutes"].contains(&name) {
            "gb9704"
        } else {
            name
        };
        assert_eq!(learned.base, base, "{}", learned.toml);
        let lines: Vec<&str> = learned.toml.lines().collect();
        assert_eq!(
            lines,
            [
                "#:schema hongtou-profile.schema.json",
                "name = \"own\"",
                &format!("extends = \"{base}\"")
            ]
        );
        assert!(learned.notes.is_empty(), "{:?}", learned.notes);
    }
}

#[test]
fn a_profile_comes_back_from_its_own_document() {
    let written = Profile::from_toml(UNUSUAL).unwrap();
    // Without 版头, whose distances are the standard's.
    let (_, text) = RICH.split_once("5号\n").unwrap();
    let learned = learn(&docx_of(text, written.clone()), "unusual").unwrap();
    let found = Profile::from_toml(&learned.toml).unwrap_or_else(|error| panic!("{error}\n{}", learned.toml));
    // The body's lines are the grid's.
    assert_eq!(
        learned.toml.matches("line_pitch = \"33pt\"").count(),
        1,
        "{}",
        learned.toml
    );
    assert_eq!(found.page, written.page, "{}", learned.toml);
    assert_eq!(found.grid, written.grid, "{}", learned.toml);
    for font in [
        FontRole::Fangsong,
        FontRole::Kaiti,
        FontRole::Heiti,
        FontRole::Latin,
    ] {
        assert_eq!(found.font_name(font), written.font_name(font));
    }
    assert_eq!(found.lead, written.lead);
    assert!(!found.typography.widow_control && !found.typography.chinese_digits);
    let (number, wanted) = (&found.page_number, &written.page_number);
    assert_eq!(
        (&number.before, &number.after, number.place),
        (&wanted.before, &wanted.after, wanted.place)
    );
    assert_eq!((number.character, number.inset), (wanted.character, wanted.inset));
    assert!((number.dash_center - wanted.dash_center).abs() <= Length::from_mm(0.05));
    for role in [
        Role::Recipient,
        Role::Body,
        Role::Heading1,
        Role::Heading2,
        Role::Heading3,
        Role::Note,
    ] {
        assert_eq!(
            found.element(role),
            written.element(role),
            "{role:?}\n{}",
            learned.toml
        );
    }
    // Nothing stands before a title at the top of a page, whatever its profile says.
    let (title, wanted) = (found.element(Role::Title), written.element(Role::Title));
    assert_eq!(title.character, wanted.character);
    assert_eq!((title.line_pitch, title.align), (wanted.line_pitch, wanted.align));
    assert_eq!(title.space_after, wanted.space_after);
    for role in [Role::Signature, Role::Date, Role::Cc] {
        assert_eq!(
            found.element(role).character,
            written.element(role).character,
            "{role:?}"
        );
    }
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://x/styles" Target="styles.xml"/><Relationship Id="b" Type="http://x/theme" Target="/word/t.xml"/>
<Relationship Id="c" Type="http://x/footer" Target="f.xml"/></Relationships>"#;

fn word(document: &str, styles: &str) -> Vec<u8> {
    let document =
        format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>{document}</w:body></w:document>");
    archive(&[
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", RELATIONSHIPS),
        (
            "word/styles.xml",
            &format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>"),
        ),
        (
            "word/t.xml",
            "<a:theme xmlns:a=\"a\"><a:themeElements><a:fontScheme><a:minorFont><a:latin typeface=\"Calibri\"/>\
             <a:ea typeface=\"\"/><a:font script=\"Hans\" typeface=\"仿宋\"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>",
        ),
        (
            "word/f.xml",
            "<w:ftr xmlns:w=\"w\"><w:p><w:pPr><w:framePr w:xAlign=\"center\"/></w:pPr><w:r><w:t>第</w:t></w:r>\
             <w:fldSimple w:instr=\" PAGE \\* MERGEFORMAT \"><w:r><w:t>3</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t></w:r></w:p></w:ftr>",
        ),
    ])
}

/// What Word writes for a document whose author only touched the page set-up and the styles.
const STYLES: &str = r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>
<w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:jc w:val="both"/><w:spacing w:line="560" w:lineRule="exact"/></w:pPr>
<w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>"#;

const SECTION: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="c"/><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1440" w:right="1474" w:bottom="1440" w:left="1304" w:gutter="284" w:footer="992"/></w:sectPr>"#;

fn paragraph(properties: &str, run: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn styles_defaults_theme_and_blank_paragraphs_count() {
    let body = "各地要充分认识防汛工作的重要性，切实增强责任感和紧迫感，做到早部署、早准备、早行动。";
    let indent = "<w:ind w:firstLine=\"640\"/>";
    let document = [
        paragraph(
            "<w:jc w:val=\"center\"/>",
            "<w:rFonts w:eastAsia=\"华文中宋\"/><w:sz w:val=\"44\"/>",
            "在防汛工作会议上的讲话",
        ),
        paragraph("", "", ""),
        paragraph("", "", "同志们："),
        paragraph(indent, "", body),
        paragraph(&format!("<w:pStyle w:val=\"1\"/>{indent}"), "", "一、提高认识"),
        // A toggle of the run itself, and a deletion that is no longer text.
        paragraph(indent, "<w:b w:val=\"0\"/>", body),
        format!("<w:del><w:r><w:t>删去</w:t></w:r></w:del>{SECTION}"),
    ]
    .concat();
    let learned = learn(&word(&document, STYLES), "own").unwrap();
    let profile =
        Profile::from_toml(&learned.toml).unwrap_or_else(|error| panic!("{error}\n{}", learned.toml));
    // 1440 twips are 25.4 mm; the gutter is on the left.
    assert_eq!(profile.page.top, Length::from_mm(25.4));
    assert_eq!(profile.page.left, Length::from_mm(28.0));
    assert_eq!(profile.grid.line_pitch, Length::pt(28));
    // (297 − 2 × 25.4) mm / 28 pt, and (210 − 28 − 26) mm / 16 pt.
    assert_eq!((profile.grid.lines, profile.grid.chars), (24, 27));
    assert_eq!(profile.font_name(FontRole::Fangsong), "仿宋");
    assert_eq!(profile.font_name(FontRole::Xiaobiaosong), "华文中宋");
    let (body, heading) = (profile.element(Role::Body), profile.element(Role::Heading1));
    assert_eq!(
        (body.character.font, body.character.size, body.character.bold),
        (FontRole::Fangsong, Length::pt(16), false)
    );
    assert_eq!(
        (body.align, body.first_line_indent),
        (Align::Justify, Chars::whole(2))
    );
    assert_eq!(
        (heading.character.font, heading.character.bold),
        (FontRole::Heiti, true)
    );
    assert_eq!(profile.element(Role::Title).space_after, Lines::whole(1));
    let number = &profile.page_number;
    assert_eq!(
        (number.before.as_str(), number.after.as_str(), number.place),
        ("第", "页", PageNumberPlace::Center)
    );
}

#[test]
fn what_is_no_document_is_refused_with_advice() {
    let good = docx(Profile::builtin("speech").unwrap());
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let deep = "<w:p>".repeat(100_000);
    for (what, bytes, words) in [
        ("empty", Vec::new(), "empty"),
        ("text", "讲话稿".as_bytes().to_vec(), "not a DOCX file"),
        ("old Word or a password", old, "password"),
        ("cut off", good[..good.len() / 2].to_vec(), "damaged"),
        (
            "no document inside",
            archive(&[("a.txt", "a")]),
            "no word/document.xml",
        ),
        (
            "a spreadsheet",
            archive(&[("word/document.xml", "<workbook/>")]),
            "spreadsheet",
        ),
        ("broken XML", word("<w:p></w:q>", ""), "no well-formed XML"),
        (
            "unclosed XML",
            archive(&[("word/document.xml", "<w:document><w:body>")]),
            "not closed",
        ),
        ("too deep", word(&deep, ""), "too large"),
        ("no text", word("<w:p/>", STYLES), "no text"),
        (
            "no pages",
            word(
                &(paragraph("", "", "同志们：") + "<w:sectPr><w:pgSz w:w=\"20\" w:h=\"20\"/></w:sectPr>"),
                STYLES,
            ),
            "make no profile",
        ),
    ] {
        let error = learn(&bytes, "own").expect_err(what);
        assert!(
            error.message().en.contains(words),
            "{what}: {}",
            error.message().en
        );
        assert!(error.message().zh.contains(|c| c > '\u{4e00}'), "{what}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // 32 MB of blanks in some 30 kB.
    let bomb = word(&" ".repeat(32 << 20), "");
    assert!(bomb.len() < 100_000);
    assert!(matches!(learn(&bomb, "own"), Err(LearnError::TooLarge(_))));
}

#[test]
fn the_command_writes_a_profile_and_says_what_it_left_out() {
    let folder = folder("styles-learn");
    fs::write(
        folder.join("sample.docx"),
        docx(Profile::from_toml(UNUSUAL).unwrap()),
    )
    .unwrap();
    let made = run(&folder, &["styles", "learn", "sample.docx", "-o", "own.toml"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    assert!(
        stderr(&made).contains("says only what differs"),
        "{}",
        stderr(&made)
    );
    let checked = run(&folder, &["styles", "check", "own.toml"]);
    assert!(
        stdout(&checked).starts_with("own.toml: own ("),
        "{}",
        stderr(&checked)
    );
    fs::write(folder.join("bad.docx"), "PK no archive").unwrap();
    let refused = run(&folder, &["styles", "learn", "bad.docx", "-o", "bad.toml"]);
    assert_refused(&refused, 2, &["bad.docx", "damaged", "save it as .docx"]);
    assert_eq!(names(&folder), ["bad.docx", "own.toml", "sample.docx"]);
}
