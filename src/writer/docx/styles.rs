//! `word/styles.xml`: a named style for every role, from the profile alone.
//!
//! Normal (正文) carries the body's type, its line pitch and the rules of Chinese typesetting; every other style says only
//! what sets it apart. Body text itself is Normal Indent (正文缩进), so that tables and footers, which are based on Normal,
//! are not indented. Titles and headings are the word processor's own styles: the navigation pane and tables of contents
//! look for them. Leads take the character style linked to the heading of their level, so that they follow its changes
//! and can stand in a table of contents.

use std::fmt::Write;

use super::looks::{ParagraphLook, RunDifference, RunLook};
use super::package::Variant;
use super::{head, xml};
use crate::model::{Role, RunInLevel};
use crate::profile::{CharacterStyle, Profile};
use crate::units::{Chars, Length};

/// The style of a role as the file calls it.
pub(super) struct StyleName {
    /// What paragraphs refer to.
    pub(super) id: &'static str,
    /// What the user sees; English for the word processor's own styles, which it shows in the user's language.
    pub(super) name: &'static str,
    /// A second name for the user.
    alias: Option<&'static str>,
    /// Whether it is one of the word processor's own styles.
    built_in: bool,
    /// Place among the recommended styles.
    priority: u32,
}

/// The style of `role`.
pub(super) fn style_name(role: Role) -> StyleName {
    let built_in = |id, name, alias, priority| StyleName {
        id,
        name,
        alias,
        built_in: true,
        priority,
    };
    let own = |id, priority| StyleName {
        id,
        name: role.term(),
        alias: None,
        built_in: false,
        priority,
    };
    match role {
        Role::Body => built_in("NormalIndent", "Normal Indent", Some("公文正文"), 1),
        Role::Title => built_in("Title", "Title", Some("公文标题"), 2),
        Role::Subtitle => built_in("Subtitle", "Subtitle", None, 2),
        Role::Heading1 => built_in("Heading1", "heading 1", Some(role.term()), 9),
        Role::Heading2 => built_in("Heading2", "heading 2", Some(role.term()), 9),
        Role::Heading3 => built_in("Heading3", "heading 3", Some(role.term()), 9),
        Role::Heading4 => built_in("Heading4", "heading 4", Some(role.term()), 9),
        // 结束语 is what Chinese versions of Word call their own Closing.
        Role::Closing => built_in("Closing", "Closing", None, 20),
        // The character style of leads has the role's name.
        Role::RunIn => StyleName {
            name: "领句段",
            ..own("RunIn", 10)
        },
        Role::CopyNumber => own("CopyNumber", 30),
        Role::Classification => own("Classification", 30),
        Role::Urgency => own("Urgency", 30),
        Role::IssuerMark => own("IssuerMark", 30),
        Role::DocNumber => own("DocNumber", 30),
        Role::Signatory => own("Signatory", 30),
        Role::Byline => own("Byline", 3),
        Role::DateLine => own("DateLine", 3),
        Role::Salutation => own("Salutation", 4),
        Role::Recipient => own("Recipient", 4),
        Role::AttachmentNote => own("AttachmentNote", 20),
        Role::Signature => own("Signature", 21),
        Role::Date => own("Date", 22),
        Role::Note => own("Note", 23),
        Role::AttachmentLabel => own("AttachmentLabel", 24),
        Role::AttachmentTitle => own("AttachmentTitle", 25),
        Role::Cc => own("Cc", 30),
        Role::Imprint => own("Imprint", 30),
        Role::Table => own("TableText", 31),
        Role::Other => own("Other", 32),
    }
}

/// The id of the character style of leads of `level`.
pub(super) fn lead_style_id(level: RunInLevel) -> &'static str {
    match level {
        1 => "Heading1Char",
        2 => "Heading2Char",
        3 => "Heading3Char",
        4 => "Heading4Char",
        _ => "Lead",
    }
}

/// What the character style of leads of `level` says.
pub(super) fn lead_difference(level: RunInLevel, profile: &Profile) -> RunDifference<'_> {
    let look = RunLook::new(profile.lead_style(level), profile);
    match Role::heading(level) {
        // Linked styles say the same thing as characters and as paragraphs.
        Some(_) => look.difference(&normal_run(profile)),
        None => look.difference(&RunLook::new(profile.element(Role::RunIn).character, profile)),
    }
}

/// The role whose style the style of `role` is based on; `None` is Normal.
fn base(role: Role) -> Option<Role> {
    match role {
        Role::RunIn | Role::Closing | Role::Other | Role::Note | Role::AttachmentNote => Some(Role::Body),
        _ => None,
    }
}

fn normal_run(profile: &Profile) -> RunLook<'_> {
    RunLook::new(profile.element(Role::Body).character, profile)
}

fn normal_paragraph(profile: &Profile) -> ParagraphLook {
    ParagraphLook::plain(profile.element(Role::Body))
}

/// What sets the names of signatories apart from 签发人.
pub(super) fn signatory_name_difference(profile: &Profile) -> RunDifference<'_> {
    let of_role = RunLook::new(profile.element(Role::Signatory).character, profile);
    RunLook::new(profile.signatory_name(), profile).difference(&of_role)
}

/// The part, with the styles that documents of this `variant` need.
pub(super) fn part(profile: &Profile, variant: Variant) -> String {
    let mut part = String::with_capacity(12 << 10);
    let _ = write!(part, "{}<w:styles {}>", xml::DECLARATION, xml::NAMESPACES);
    push_defaults(&mut part, profile);
    push_normal(&mut part, profile);
    part.push_str(DEFAULT_STYLES);
    for role in Role::ALL {
        push_role(&mut part, role, profile);
    }
    push_leads(&mut part, profile);
    push_footer(&mut part, profile);
    push_table_head(&mut part, profile);
    push_table_grid(&mut part, profile);
    if variant.zoned {
        push_zones(&mut part, profile);
    }
    if variant.commented {
        part.push_str(COMMENT_STYLES);
    }
    part.push_str("</w:styles>");
    part
}

/// What a word processor finds when it asks for a style that this file does not have: hidden until used, so that the
/// list of styles shows those of this document.
const LATENT_STYLES: &str = concat!(
    "<w:latentStyles w:defLockedState=\"0\" w:defUIPriority=\"99\" w:defSemiHidden=\"1\" ",
    "w:defUnhideWhenUsed=\"1\" w:defQFormat=\"0\" w:count=\"376\"/>"
);

/// The default styles of characters, tables and lists, as every Word document has them.
const DEFAULT_STYLES: &str = concat!(
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">",
    "<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>",
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>",
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>",
    "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>",
    "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
    "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>",
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"
);

/// The style of a comment's text.
pub(super) const COMMENT_TEXT: &str = "CommentText";
/// The style of the mark to which a comment is tied.
pub(super) const COMMENT_REFERENCE: &str = "CommentReference";

/// Word's own styles of comments (批注文字, 批注引用): without them a comment is set like the text, in 三号 on the pitch of
/// the grid.
const COMMENT_STYLES: &str = concat!(
    "<w:style w:type=\"paragraph\" w:styleId=\"CommentText\"><w:name w:val=\"annotation text\"/>",
    "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:unhideWhenUsed/><w:pPr>",
    "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/></w:pPr><w:rPr><w:spacing w:val=\"0\"/>",
    "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr></w:style>",
    "<w:style w:type=\"character\" w:styleId=\"CommentReference\"><w:name w:val=\"annotation reference\"/>",
    "<w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>",
    "<w:rPr><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr></w:style>"
);

/// The style of the rule below 版头 (版头中的分隔线, GB/T 9704 §7.2.7).
pub(super) const HEAD_RULE: &str = "HeadRule";
/// The style of the rules of 版记 (版记中的分隔线, §7.4.1).
pub(super) const IMPRINT_RULE: &str = "ImprintRule";
/// The style of the names of signatories, characters of 签发人.
pub(super) const SIGNATORY_NAME: &str = "SignatoryName";

/// What 版头 and 版记 have besides the styles of elements.
fn push_zones(part: &mut String, profile: &Profile) {
    for (id, name, look) in [
        (HEAD_RULE, "版头分隔线", head::head_rule_look(profile)),
        (IMPRINT_RULE, "版记分隔线", head::imprint_rule_look()),
    ] {
        begin_paragraph_style(part, (id, name, 30), "Normal");
        push_container(part, "w:pPr", |part| {
            for property in look {
                part.push_str(&property.xml);
            }
        });
        part.push_str("</w:style>");
    }
    push_character_style(
        part,
        (SIGNATORY_NAME, "签发人姓名", 30),
        &signatory_name_difference(profile),
    );
}

/// Begins a paragraph style of our own: what it is called, its place among the recommended styles, what it is based on.
fn begin_paragraph_style(part: &mut String, (id, name, priority): (&str, &str, u32), base: &str) {
    let _ = write!(
        part,
        concat!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            "<w:basedOn w:val=\"{}\"/><w:uiPriority w:val=\"{}\"/><w:qFormat/>"
        ),
        id, name, base, priority
    );
}

/// A character style of our own: what it is called, and its place among the recommended styles.
fn push_character_style(
    part: &mut String,
    (id, name, priority): (&str, &str, u32),
    look: &RunDifference<'_>,
) {
    let _ = write!(
        part,
        concat!(
            "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            "<w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority w:val=\"{}\"/><w:qFormat/>"
        ),
        id, name, priority
    );
    push_container(part, "w:rPr", |part| part.push_str(&look.properties()));
    part.push_str("</w:style>");
}

/// The style of paragraphs in the head row of a table.
pub(super) const TABLE_HEAD: &str = "TableHead";

/// Word's own Table Grid (网格型): thin rules around every cell.
fn push_table_grid(part: &mut String, profile: &Profile) {
    part.push_str(
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn \
         w:val=\"TableNormal\"/><w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>",
    );
    // Eighths of a point.
    let thickness = profile.table.rule.scale(8, Length::pt(1).to_emu()).to_emu();
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(
            part,
            "<w:{side} w:val=\"single\" w:sz=\"{thickness}\" w:space=\"0\" w:color=\"auto\"/>"
        );
    }
    part.push_str("</w:tblBorders><w:tblCellMar>");
    let margin = profile.table.cell_margin.to_twips();
    for (side, width) in [("top", 0), ("left", margin), ("bottom", 0), ("right", margin)] {
        let _ = write!(part, "<w:{side} w:w=\"{width}\" w:type=\"dxa\"/>");
    }
    part.push_str("</w:tblCellMar></w:tblPr></w:style>");
}

/// The paragraphs in the head row of a table, based on those of other rows.
fn push_table_head(part: &mut String, profile: &Profile) {
    let (cell, head) = (profile.element(Role::Table), profile.table_head());
    begin_paragraph_style(part, (TABLE_HEAD, "表头", 31), style_name(Role::Table).id);
    push_container(part, "w:pPr", |part| {
        let looks = [cell, &head].map(|style| ParagraphLook::new(style, profile));
        push_properties(part, &looks[1], &looks[0]);
    });
    push_container(part, "w:rPr", |part| {
        let looks = [cell, &head].map(|style| RunLook::new(style.character, profile));
        part.push_str(&looks[1].difference(&looks[0]).properties());
    });
    part.push_str("</w:style>");
}

/// Every property of a run look, for the styles that nothing stands behind.
fn in_full<'a>(look: &RunLook<'a>) -> RunDifference<'a> {
    RunDifference {
        fonts: Some((look.east_asia, look.latin)),
        bold: look.bold.then_some(true),
        ink: (look.ink != crate::profile::Ink::Black).then_some(look.ink),
        spacing: (look.spacing != 0).then_some(look.spacing),
        half_points: Some(look.half_points),
    }
}

fn push_defaults(part: &mut String, profile: &Profile) {
    let mut look = in_full(&normal_run(profile));
    look.spacing = None;
    let _ = write!(
        part,
        concat!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{}",
            "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>",
            "<w:pPrDefault/></w:docDefaults>{}"
        ),
        look.properties(),
        LATENT_STYLES
    );
}

fn push_normal(part: &mut String, profile: &Profile) {
    part.push_str(
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:uiPriority \
         w:val=\"0\"/><w:qFormat/><w:pPr>",
    );
    let widow_control = u8::from(profile.typography.widow_control);
    // A word processor's own gap, ¼ em, is the nearest it has to any gap.
    let auto_space = u8::from(profile.typography.han_latin_gap != Chars::ZERO);
    // No character beyond the edge, no space between Chinese and Latin unless asked for, no snapping: any of these would
    // move characters off the 28 in a line or the 22 lines of a page.
    let _ = write!(
        part,
        concat!(
            "<w:widowControl w:val=\"{}\"/><w:kinsoku/><w:wordWrap/><w:overflowPunct w:val=\"0\"/>",
            "<w:topLinePunct w:val=\"0\"/><w:autoSpaceDE w:val=\"{}\"/><w:autoSpaceDN w:val=\"{}\"/>",
            "<w:adjustRightInd w:val=\"0\"/><w:snapToGrid w:val=\"0\"/>"
        ),
        widow_control, auto_space, auto_space
    );
    push_properties(part, &normal_paragraph(profile), &ParagraphLook::BARE);
    let _ = write!(
        part,
        "</w:pPr><w:rPr>{}</w:rPr></w:style>",
        in_full(&normal_run(profile)).properties()
    );
}

fn push_role(part: &mut String, role: Role, profile: &Profile) {
    let style = style_name(role);
    let element = profile.element(role);
    let look = ParagraphLook::new(element, profile);
    let run = RunLook::new(element.character, profile);
    let (base_id, base_look, base_run) = match base(role) {
        Some(base) => {
            let element = profile.element(base);
            (
                style_name(base).id,
                ParagraphLook::new(element, profile),
                RunLook::new(element.character, profile),
            )
        }
        None => ("Normal", normal_paragraph(profile), normal_run(profile)),
    };

    let custom = if style.built_in {
        ""
    } else {
        " w:customStyle=\"1\""
    };
    let _ = write!(
        part,
        "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
        style.id, style.name
    );
    if let Some(alias) = style.alias {
        let _ = write!(part, "<w:aliases w:val=\"{alias}\"/>");
    }
    let _ = write!(part, "<w:basedOn w:val=\"{base_id}\"/>");
    if let Some(next) = next(role) {
        let _ = write!(part, "<w:next w:val=\"{}\"/>", style_name(next).id);
    }
    if let Some(level) = role.heading_level() {
        let _ = write!(part, "<w:link w:val=\"{}\"/>", lead_style_id(level));
    }
    let _ = write!(part, "<w:uiPriority w:val=\"{}\"/><w:qFormat/>", style.priority);
    push_container(part, "w:pPr", |part| push_properties(part, &look, &base_look));
    push_container(part, "w:rPr", |part| {
        part.push_str(&run.difference(&base_run).properties());
    });
    part.push_str("</w:style>");
}

/// The role of the paragraph that Enter begins after one of `role`; `None` for one of the same.
fn next(role: Role) -> Option<Role> {
    match role {
        Role::Body | Role::Closing | Role::Cc | Role::Imprint | Role::Table | Role::Other => None,
        Role::Signature => Some(Role::Date),
        Role::AttachmentLabel => Some(Role::AttachmentTitle),
        _ => Some(Role::Body),
    }
}

fn push_leads(part: &mut String, profile: &Profile) {
    push_character_style(part, ("Lead", "段首领句", 10), &lead_difference(0, profile));
    for level in 1..=4 {
        let id = lead_style_id(level);
        let _ = write!(
            part,
            concat!(
                "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"标题 {} 字符\"/>",
                "<w:basedOn w:val=\"DefaultParagraphFont\"/><w:link w:val=\"Heading{}\"/><w:uiPriority w:val=\"9\"/>"
            ),
            id, level, level
        );
        push_container(part, "w:rPr", |part| {
            part.push_str(&lead_difference(level, profile).properties());
        });
        part.push_str("</w:style>");
    }
}

/// The look of page numbers: the digits too are in the named type (半角宋体, GB/T 9704 §7.5).
fn footer_run(character: CharacterStyle, profile: &Profile) -> RunLook<'_> {
    let look = RunLook::new(character, profile);
    RunLook {
        latin: look.east_asia,
        spacing: 0,
        ..look
    }
}

fn push_footer(part: &mut String, profile: &Profile) {
    let character = profile.page_number.character;
    part.push_str(
        "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/>\
         <w:uiPriority w:val=\"99\"/>",
    );
    // The line is as high as the type, so that no program's way of sharing out leading moves the number.
    let _ = write!(
        part,
        "<w:pPr><w:spacing w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/></w:pPr>",
        character.size.to_twips()
    );
    push_container(part, "w:rPr", |part| {
        let look = footer_run(character, profile);
        part.push_str(&look.difference(&normal_run(profile)).properties());
    });
    part.push_str("</w:style>");
}

fn push_properties(part: &mut String, look: &ParagraphLook, base: &ParagraphLook) {
    for property in look.difference(base) {
        part.push_str(&property.xml);
    }
}

/// Writes `<name>…</name>`, or nothing when there is nothing in it.
fn push_container(part: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    let start = part.len();
    let _ = write!(part, "<{name}>");
    let inside = part.len();
    content(part);
    if part.len() == inside {
        part.truncate(start);
    } else {
        let _ = write!(part, "</{name}>");
    }
}
