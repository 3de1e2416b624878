//! The looks in the file, resolved through the chain of styles, are those of the styled document.

use super::reader::{Docx, Element};
use super::{block, profile, run_in, styled, written};
use crate::model::Role;
use crate::profile::{Align, FontRole, Ink, Profile};
use crate::style::{StyledDocument, StyledParagraph, StyledRun};
use crate::units::{Chars, Length, Lines};

/// A paragraph of every role, leads of every form.
fn all_roles(profile: &std::sync::Arc<Profile>) -> StyledDocument {
    // Text before and after, so that nothing is 版头 or 版记, which have places of their own.
    let mut blocks = vec![block(Role::Body, "某某文字")];
    blocks.extend(
        Role::ALL
            .into_iter()
            .filter(|role| !matches!(role, Role::RunIn | Role::Table))
            .map(|role| block(role, "某某文字")),
    );
    for level in 0..=4 {
        blocks.push(run_in(level, "一是领句。后面是正文。"));
    }
    styled(blocks, profile)
}

fn assert_agrees(docx: &Docx, document: &StyledDocument) {
    let paragraphs = docx.paragraphs();
    assert_eq!(paragraphs.len(), document.paragraphs.len());
    for (i, (found, wanted)) in paragraphs.iter().zip(&document.paragraphs).enumerate() {
        let at_top_of_page = i == 0 || wanted.style.page_break_before;
        assert_paragraph_agrees(docx, found, wanted, at_top_of_page, &document.profile);
        let runs = found.all("w:r");
        assert_eq!(runs.len(), wanted.runs.len());
        for (run, look) in runs.into_iter().zip(&wanted.runs) {
            assert_run_agrees(docx, found, run, look, &document.profile);
        }
    }
}

fn assert_paragraph_agrees(
    docx: &Docx,
    found: &Element,
    wanted: &StyledParagraph,
    at_top_of_page: bool,
    profile: &Profile,
) {
    let (role, style) = (wanted.role, &wanted.style);
    let number = |property: &str, attribute: &str| -> i64 {
        docx.paragraph_property(found, property, attribute)
            .map_or(0, |value| value.parse().unwrap())
    };
    let spacing = |attribute: &str| number("w:spacing", attribute);
    let indent = |attribute: &str| number("w:ind", attribute);
    let in_chars = |chars: Chars| chars.times(profile.grid.char_pitch).to_twips();
    let in_lines = |lines: Lines| lines.times(profile.grid.line_pitch).to_twips();

    assert_eq!(spacing("w:line"), style.line_pitch.to_twips(), "{role:?}");
    assert_eq!(
        docx.paragraph_property(found, "w:spacing", "w:lineRule")
            .as_deref(),
        Some("exact")
    );
    let before = if at_top_of_page {
        Lines::ZERO
    } else {
        style.space_before
    };
    assert_eq!(spacing("w:before"), in_lines(before), "{role:?}");
    assert_eq!(spacing("w:beforeLines"), i64::from(before.0), "{role:?}");
    assert_eq!(spacing("w:after"), in_lines(style.space_after), "{role:?}");
    assert_eq!(
        spacing("w:afterLines"),
        i64::from(style.space_after.0),
        "{role:?}"
    );

    for (name, wanted) in [
        ("w:left", style.indent_left),
        ("w:right", style.indent_right),
        ("w:firstLine", style.first_line_indent),
    ] {
        assert_eq!(indent(name), in_chars(wanted), "{role:?} {name}");
        let chars = indent(&format!("{name}Chars"));
        // Off the grid Word's character is another one, so twips must count.
        assert_eq!(
            chars,
            if style.on_grid { i64::from(wanted.0) } else { 0 },
            "{role:?}"
        );
    }
    let align = match style.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
        Align::Distribute => "distribute",
    };
    let found_align = docx.paragraph_property(found, "w:jc", "w:val");
    assert_eq!(found_align.as_deref().unwrap_or("left"), align, "{role:?}");
    let outline = style.outline_level.map(|level| (level - 1).to_string());
    // Level 9 is none.
    let found_outline = docx.paragraph_property(found, "w:outlineLvl", "w:val");
    assert_eq!(found_outline.filter(|level| level != "9"), outline, "{role:?}");
    for (property, wanted) in [
        ("w:keepNext", style.keep_with_next),
        ("w:keepLines", style.keep_lines),
        ("w:pageBreakBefore", style.page_break_before),
        ("w:widowControl", profile.typography.widow_control),
        ("w:kinsoku", true),
        ("w:overflowPunct", false),
        ("w:autoSpaceDE", false),
        ("w:autoSpaceDN", false),
        ("w:snapToGrid", false),
    ] {
        assert_eq!(
            docx.paragraph_switch(found, property),
            wanted,
            "{role:?} {property}"
        );
    }
}

fn assert_run_agrees(docx: &Docx, paragraph: &Element, run: &Element, wanted: &StyledRun, profile: &Profile) {
    let property = |name: &str, attribute: &str| docx.run_property(paragraph, run, name, attribute);
    let look = wanted.character;
    let latin = profile.font_name(FontRole::Latin);
    let fonts = [
        ("w:eastAsia", profile.font_name(look.font)),
        ("w:ascii", latin),
        ("w:hAnsi", latin),
        ("w:cs", latin),
        ("w:hint", "eastAsia"),
    ];
    for (attribute, name) in fonts {
        assert_eq!(
            property("w:rFonts", attribute).as_deref(),
            Some(name),
            "{wanted:?}"
        );
    }
    let half_points = (look.size.to_pt() * 2.0).to_string();
    assert_eq!(
        property("w:sz", "w:val").as_ref(),
        Some(&half_points),
        "{wanted:?}"
    );
    assert_eq!(
        property("w:szCs", "w:val").as_ref(),
        Some(&half_points),
        "{wanted:?}"
    );
    assert_eq!(docx.is_bold(paragraph, run), look.bold, "{wanted:?}");
    let color = property("w:color", "w:val").unwrap_or_else(|| "000000".to_owned());
    let ink = if look.ink == Ink::Red { "FF0000" } else { "000000" };
    assert_eq!(color, ink, "{wanted:?}");
    let spacing = if look.size == profile.element(Role::Body).character.size {
        profile.grid.char_spacing
    } else {
        Length::ZERO
    };
    let found: i64 = property("w:spacing", "w:val").map_or(0, |value| value.parse().unwrap());
    assert_eq!(found, spacing.to_twips(), "{wanted:?}");
}

#[test]
fn every_role_looks_as_the_built_in_profiles_say() {
    for name in crate::profile::builtin_names() {
        let document = all_roles(&profile(name));
        assert_agrees(&written(&document), &document);
    }
}

/// The cells of a table look as the head and the other rows of the styled table do.
#[test]
fn cells_of_tables_look_as_the_profiles_say() {
    let unusual = std::sync::Arc::new(Profile::from_toml(UNUSUAL).unwrap());
    let profiles = crate::profile::builtin_names().map(profile).chain([unusual]);
    for profile in profiles {
        let document = styled(vec![block(Role::Table, "甲\t乙\n丙\t丁")], &profile);
        let docx = written(&document);
        let table = document.paragraphs[0].table.as_ref().unwrap();
        for (cell, found) in docx.body.all("w:tc").into_iter().enumerate() {
            let found = found.child("w:p").unwrap();
            let wanted = StyledParagraph {
                style: if cell < 2 {
                    table.head
                } else {
                    document.paragraphs[0].style
                },
                ..document.paragraphs[0].clone()
            };
            assert_paragraph_agrees(&docx, found, &wanted, false, &profile);
            let run = StyledRun {
                len: 3,
                character: wanted.style.character,
                lead: None,
            };
            assert_run_agrees(&docx, found, found.child("w:r").unwrap(), &run, &profile);
        }
        let grid: Vec<i64> = docx
            .body
            .all("w:gridCol")
            .iter()
            .map(|column| column.attribute("w:w").unwrap().parse().unwrap())
            .collect();
        let total: i64 = grid.iter().sum();
        assert_eq!(total, profile.page.text_width().to_twips(), "{}", profile.name);
    }
}

/// Sizes, bold, inks and indents unlike those of any built-in profile.
const UNUSUAL: &str = r#"
name = "unusual"
extends = "gb9704"
[lead]
font = "heiti"
bold = true
[elements.body]
font = "kaiti"
size = "小二"
bold = true
align = "left"
first_line_indent = "1.5字"
indent_left = "1字"
space_before = "0.5行"
keep_lines = true
[elements.run_in]
font = "fangsong"
size = "三号"
ink = "red"
indent_left = "2字"
[elements.heading1]
bold = true
size = "小二"
[elements.heading2]
bold = false
indent_right = "3字"
[elements.title]
page_break_before = true
outline_level = 1
[elements.other]
size = "四号"
line_pitch = "20pt"
align = "right"
[elements.table]
size = "五号"
bold = true
space_before = "0.25行"
[table]
head_font = "kaiti"
head_align = "right"
"#;

#[test]
fn every_role_looks_as_an_unusual_profile_says() {
    let profile = std::sync::Arc::new(Profile::from_toml(UNUSUAL).unwrap());
    let document = all_roles(&profile);
    assert_agrees(&written(&document), &document);
}

#[test]
fn what_differs_from_its_style_is_formatted_directly() {
    let mut document = all_roles(&profile("speech"));
    for (i, paragraph) in document.paragraphs.iter_mut().enumerate() {
        let i = i as i32;
        paragraph.style.indent_right = Chars(i * 37);
        paragraph.style.space_after = Lines(i * 11);
        paragraph.style.keep_with_next = i % 2 == 0;
        paragraph.style.outline_level = (i % 3 == 0).then_some(2);
        for run in &mut paragraph.runs {
            run.character.bold = !run.character.bold;
            run.character.size = Length::pt(12);
            run.character.font = FontRole::Songti;
            run.character.ink = Ink::Red;
        }
    }
    assert_agrees(&written(&document), &document);
}

#[test]
fn a_plain_paragraph_has_its_style_and_nothing_else() {
    let document = styled(
        vec![block(Role::Title, "标题"), block(Role::Body, "正文。")],
        &profile("speech"),
    );
    let docx = written(&document);
    let body = docx.paragraphs()[1];
    let properties = body.child("w:pPr").unwrap();
    assert_eq!(properties.children.len(), 1);
    assert_eq!(properties.value("w:pStyle"), Some("NormalIndent"));
    let run = body.child("w:r").unwrap().child("w:rPr").unwrap();
    assert_eq!(run.children.len(), 1, "only the hint");
}

#[test]
fn headings_and_titles_are_the_word_processors_own() {
    let document = all_roles(&profile("gb9704"));
    let docx = written(&document);
    for (id, name, alias) in [
        ("Heading1", "heading 1", "一级标题"),
        ("Heading2", "heading 2", "二级标题"),
        ("Heading3", "heading 3", "三级标题"),
        ("Heading4", "heading 4", "四级标题"),
        ("Title", "Title", "公文标题"),
    ] {
        let style = docx.style_chain(Some(id))[0];
        assert_eq!(style.value("w:name"), Some(name));
        assert_eq!(style.value("w:aliases"), Some(alias));
        assert_eq!(style.attribute("w:customStyle"), None);
        assert!(style.child("w:qFormat").is_some());
        // Enter after a heading begins body text.
        assert_eq!(style.value("w:next"), Some("NormalIndent"));
    }
    assert_eq!(
        docx.style_chain(Some("Signature"))[0].value("w:next"),
        Some("Date")
    );
}

#[test]
fn styles_are_named_once_and_refer_to_each_other() {
    let docx = written(&all_roles(&profile("gb9704")));
    let styles = docx.styles.all("w:style");
    let ids: Vec<&str> = styles
        .iter()
        .filter_map(|style| style.attribute("w:styleId"))
        .collect();
    let mut names: Vec<&str> = styles.iter().filter_map(|style| style.value("w:name")).collect();
    for reference in ["w:basedOn", "w:next", "w:link"] {
        for id in styles.iter().filter_map(|style| style.value(reference)) {
            assert!(ids.contains(&id), "{reference} {id}");
        }
    }
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    // What Chinese versions of Word call their own styles may not be taken for others.
    for taken in [
        "正文",
        "标题",
        "副标题",
        "结束语",
        "日期",
        "签名",
        "称呼",
        "页脚",
        "正文缩进",
    ] {
        assert!(!names.contains(&taken), "{taken}");
    }
    assert!(
        !docx.part("word/styles.xml").contains("Theme="),
        "theme fonts win over explicit ones"
    );
}
