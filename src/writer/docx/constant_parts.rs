//! The parts that say little about the document: settings, theme, properties, and what ties the package together.

use std::fmt::Write;

use super::Properties;
use super::footer::{self, Pages};
use super::xml::{self, DECLARATION, NAMESPACES};
use crate::model::Role;
use crate::profile::{FontRole, Profile};

/// The parts of a package, by name and the last words of their content type.
const TYPED_PARTS: [(&str, &str); 7] = [
    ("word/document.xml", "wordprocessingml.document.main"),
    ("word/styles.xml", "wordprocessingml.styles"),
    ("word/settings.xml", "wordprocessingml.settings"),
    ("word/fontTable.xml", "wordprocessingml.fontTable"),
    ("word/theme/theme1.xml", "theme"),
    ("docProps/core.xml", CORE_PROPERTIES),
    ("docProps/app.xml", "extended-properties"),
];
/// The one content type of another family.
const CORE_PROPERTIES: &str = "core-properties";

/// `[Content_Types].xml` of a package with these footers besides, and with typefaces if it `embeds`
/// some, with comments if it is `commented`.
pub(super) fn content_types(footers: &[Footer], commented: bool, embeds: bool) -> String {
    let mut part = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    ));
    if embeds {
        part.push_str(
            "<Default Extension=\"odttf\" ContentType=\"application/vnd.openxmlformats-officedocument.obfuscatedFont\"/>",
        );
    }
    let footers = footers
        .iter()
        .map(|footer| (footer.part, "wordprocessingml.footer"));
    let comments = commented.then_some(("word/comments.xml", "wordprocessingml.comments"));
    for (name, kind) in TYPED_PARTS.into_iter().chain(footers).chain(comments) {
        let family = if kind == CORE_PROPERTIES {
            "package"
        } else {
            "officedocument"
        };
        let _ = write!(
            part,
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-{family}.{kind}+xml\"/>"
        );
    }
    part + "</Types>"
}

/// `_rels/.rels`.
pub(super) const PACKAGE_RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
);

/// A footer of the document: where it is, how the document refers to it, and what it is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Footer {
    /// The part's name.
    pub(super) part: &'static str,
    /// The relationship of the document to it.
    pub(super) id: &'static str,
    /// Which pages it is for.
    pub(super) pages: Pages,
    /// Whether those pages are turned.
    pub(super) turned: bool,
}

/// The footers: those of upright pages, then those of turned ones, which only a document with such pages has, and that
/// of the first page. Only some profiles have those of even pages and of the first.
pub(super) const FOOTERS: [Footer; 5] = [
    Footer {
        part: "word/footer1.xml",
        id: "rId5",
        pages: Pages::Odd,
        turned: false,
    },
    Footer {
        part: "word/footer2.xml",
        id: "rId6",
        pages: Pages::Even,
        turned: false,
    },
    Footer {
        part: "word/footer3.xml",
        id: "rId7",
        pages: Pages::Odd,
        turned: true,
    },
    Footer {
        part: "word/footer4.xml",
        id: "rId8",
        pages: Pages::Even,
        turned: true,
    },
    Footer {
        part: "word/footer5.xml",
        id: "rId9",
        pages: Pages::First,
        turned: false,
    },
];

/// `word/_rels/document.xml.rels` of a document with these footers.
pub(super) fn document_relationships(footers: &[Footer], commented: bool) -> String {
    let mut part = format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    let footers = footers.iter().map(|footer| {
        // Targets count from the document's own folder.
        (footer.id, "footer", footer.part.trim_start_matches("word/"))
    });
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "fontTable", "fontTable.xml"),
        ("rId4", "theme", "theme/theme1.xml"),
    ]
    .into_iter()
    .chain(footers)
    .chain(commented.then_some(("rIdComments", "comments", "comments.xml")))
    {
        let _ = write!(
            part,
            concat!(
                "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/",
                "relationships/{}\" Target=\"{}\"/>"
            ),
            id, kind, target
        );
    }
    part + "</Relationships>"
}

/// The characters no Chinese line ends or begins with: a word processor's own lists, with — among the latter. (… is there.)
const STRICT_LINE_ENDS: &str = concat!(
    "<w:noLineBreaksAfter w:lang=\"zh-CN\" w:val=\"$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥\"/>",
    "<w:noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"!%),.:;&gt;?]}¢¨°·ˇˉ—―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞",
    "！＂％＇），．：；？］｀｜｝～￠\"/>"
);

/// `word/settings.xml`: what Chinese versions of Word write, for Word 2013 and later (compatibility mode 15).
///
/// Of typefaces inside the document Word keeps the characters in use only, as this program does.
pub(super) fn settings(profile: &Profile, embeds: bool) -> String {
    let fonts = if embeds {
        "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>"
    } else {
        ""
    };
    let line_ends = if profile.typography.strict_line_start {
        STRICT_LINE_ENDS
    } else {
        ""
    };
    // Two characters, as wide as a paragraph's indent.
    let tab = (profile.grid.char_pitch * 2).to_twips();
    format!(
        concat!(
            "{}<w:settings {}><w:zoom w:percent=\"100\"/>{}{}<w:bordersDoNotSurroundHeader/>",
            "<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val=\"{}\"/>{}",
            "<w:characterSpacingControl w:val=\"compressPunctuation\"/>{}<w:compat><w:spaceForUL/>",
            "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>",
            "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>",
            "<w:compatSetting w:name=\"compatibilityMode\" ",
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>",
            "<w:compatSetting w:name=\"overrideTableStyleFontSizeAndJustification\" ",
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>",
            "<w:compatSetting w:name=\"enableOpenTypeFeatures\" ",
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>",
            "<w:compatSetting w:name=\"doNotFlipMirrorIndents\" ",
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/></w:compat>",
            "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>",
            "<w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\" ",
            "w:accent1=\"accent1\" w:accent2=\"accent2\" w:accent3=\"accent3\" w:accent4=\"accent4\" ",
            "w:accent5=\"accent5\" w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" ",
            "w:followedHyperlink=\"followedHyperlink\"/>",
            "<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>"
        ),
        DECLARATION,
        NAMESPACES,
        fonts,
        if profile.page.mirror_margins {
            "<w:mirrorMargins/>"
        } else {
            ""
        },
        tab,
        if footer::has_even(profile) {
            "<w:evenAndOddHeaders/>"
        } else {
            ""
        },
        line_ends
    )
}

/// `word/theme/theme1.xml`: Office's colours, and the profile's typefaces for what a user inserts (charts, text boxes).
/// No style refers to it.
pub(super) fn theme(profile: &Profile) -> String {
    let mut part = format!(
        concat!(
            "{}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"hongtou\">",
            "<a:themeElements><a:clrScheme name=\"Office\">",
            "<a:dk1><a:sysClr val=\"windowText\" lastClr=\"000000\"/></a:dk1>",
            "<a:lt1><a:sysClr val=\"window\" lastClr=\"FFFFFF\"/></a:lt1>"
        ),
        DECLARATION
    );
    for (name, color) in [
        ("dk2", "44546A"),
        ("lt2", "E7E6E6"),
        ("accent1", "4472C4"),
        ("accent2", "ED7D31"),
        ("accent3", "A5A5A5"),
        ("accent4", "FFC000"),
        ("accent5", "5B9BD5"),
        ("accent6", "70AD47"),
        ("hlink", "0563C1"),
        ("folHlink", "954F72"),
    ] {
        let _ = write!(part, "<a:{name}><a:srgbClr val=\"{color}\"/></a:{name}>");
    }
    part.push_str("</a:clrScheme><a:fontScheme name=\"hongtou\">");
    let latin = xml::escaped(profile.font_name(FontRole::Latin));
    for (name, role) in [("majorFont", Role::Title), ("minorFont", Role::Body)] {
        let chinese = xml::escaped(profile.font_name(profile.element(role).character.font));
        let _ = write!(
            part,
            concat!("<a:{}><a:latin typeface=\"{}\"/><a:ea typeface=\"{}\"/><a:cs typeface=\"\"/></a:{}>"),
            name, latin, chinese, name
        );
    }
    part.push_str("</a:fontScheme><a:fmtScheme name=\"Office\">");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!(
        "<a:ln w=\"6350\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">{fill}<a:prstDash val=\"solid\"/></a:ln>"
    );
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    // A theme has three of each: subtle, moderate, intense.
    for (list, one) in [
        ("fillStyleLst", fill),
        ("lnStyleLst", line.as_str()),
        ("effectStyleLst", effect),
        ("bgFillStyleLst", fill),
    ] {
        let _ = write!(part, "<a:{list}>{one}{one}{one}</a:{list}>");
    }
    part.push_str("</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>");
    part
}

/// `docProps/app.xml`: the program's name and nothing about the machine.
pub(super) const APPLICATION: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>hongtou</Application></Properties>"
);

/// `docProps/core.xml`.
pub(super) fn core(title: &str, properties: &Properties) -> String {
    let mut part = format!(
        concat!(
            "{}<cp:coreProperties ",
            "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" ",
            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" ",
            "xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" ",
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>"
        ),
        DECLARATION,
        xml::escaped(title)
    );
    if let Some(author) = &properties.author {
        let _ = write!(part, "<dc:creator>{}</dc:creator>", xml::escaped(author));
    }
    if let Some(date) = properties.timestamp.and_then(utc_date_time) {
        for name in ["created", "modified"] {
            let _ = write!(
                part,
                "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{name}>"
            );
        }
    }
    part + "<dc:language>zh-CN</dc:language></cp:coreProperties>"
}

/// A time in seconds since 1970 as `2024-03-05T08:00:00Z`; `None` outside the years 1 to 9999, which W3CDTF cannot say.
pub(super) fn utc_date_time(timestamp: i64) -> Option<String> {
    const DAY: i64 = 86_400;
    let (days, seconds) = (timestamp.div_euclid(DAY), timestamp.rem_euclid(DAY));
    // Days from 0000-03-01, in eras of 400 years, so that leap days come last (Howard Hinnant, “chrono-compatible
    // low-level date algorithms”).
    let days = days.checked_add(719_468)?;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    if !(1..=9999).contains(&year) {
        return None;
    }
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        let at = |timestamp| utc_date_time(timestamp).unwrap();
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_709_625_600), "2024-03-05T08:00:00Z");
        assert_eq!(at(-1), "1969-12-31T23:59:59Z");
        assert_eq!(at(253_402_300_799), "9999-12-31T23:59:59Z");
        for beyond in [253_402_300_800, i64::MIN, i64::MAX] {
            assert_eq!(utc_date_time(beyond), None);
        }
    }

    #[test]
    fn properties_hold_what_is_known_and_nothing_else() {
        let bare = core("甲 & 乙", &Properties::default());
        assert!(bare.contains("<dc:title>甲 &amp; 乙</dc:title><dc:language>zh-CN"));
        let full = core(
            "题",
            &Properties {
                author: Some("某县<办>".to_owned()),
                timestamp: Some(0),
                ..Properties::default()
            },
        );
        assert!(full.contains("<dc:creator>某县&lt;办&gt;</dc:creator>"));
        assert!(full.contains("1970-01-01T00:00:00Z</dcterms:modified>"));
    }
}
