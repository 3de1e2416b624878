//! What the file says about itself: document information, XMP, language, viewer preferences.
//!
//! Document information and XMP say the same. Dates are written only when they are given.

use std::fmt::Write;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use super::objects::{Objects, text_string};
use crate::writer::docx::Properties;

/// The program, as producer and creator.
const PROGRAM: &str = "hongtou";
/// The language of every text.
const LANGUAGE: &str = "zh-CN";
/// The title of a document that has no words: PDF/UA-1 (7.1) asks for one.
const UNTITLED: &str = "无标题";

/// The title, the author and the date, fit for XML.
pub(super) struct Metadata {
    title: String,
    author: Option<String>,
    date: Option<Date>,
}

impl Metadata {
    pub(super) fn new(title: &str, properties: &Properties) -> Metadata {
        let title = printable(title);
        Metadata {
            title: if title.is_empty() {
                UNTITLED.to_owned()
            } else {
                title
            },
            author: properties
                .author
                .as_deref()
                .map(printable)
                .filter(|author| !author.is_empty()),
            date: properties.timestamp.and_then(Date::from_timestamp),
        }
    }

    /// The document information dictionary.
    fn info(&self) -> Dictionary {
        let mut info = dictionary! { "Title" => text_string(&self.title) };
        if let Some(author) = &self.author {
            info.set("Author", text_string(author));
        }
        info.set("Creator", text_string(PROGRAM));
        info.set("Producer", text_string(PROGRAM));
        if let Some(date) = self.date {
            info.set("CreationDate", text_string(&date.pdf()));
            info.set("ModDate", text_string(&date.pdf()));
        }
        info
    }

    /// The XMP packet: PDF/A-2a, and PDF/UA-1 with the description of its schema that PDF/A asks for.
    fn xmp(&self) -> String {
        let mut optional = String::new();
        if let Some(author) = &self.author {
            let _ = writeln!(
                optional,
                "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
                xml(author)
            );
        }
        if let Some(date) = self.date {
            let date = date.xmp();
            let _ = writeln!(
                optional,
                "<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>"
            );
        }
        format!(
            r#"<?xpacket begin="{begin}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
{optional}<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
<pdf:Producer>{PROGRAM}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
            begin = '\u{feff}',
            title = xml(&self.title),
        )
    }
}

/// Adds the metadata and ties everything to the catalogue.
pub(super) fn attach(
    objects: &mut Objects,
    metadata: &Metadata,
    structure: ObjectId,
    outline: Option<ObjectId>,
    output_intent: Dictionary,
) {
    let xmp = metadata.xmp().into_bytes();
    objects.tell_apart_by(&xmp);
    let xmp = objects.add_plain(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp);
    objects.set_info(metadata.info());
    let catalog = objects.catalog_mut();
    catalog.set(
        "PageMode",
        if outline.is_some() {
            "UseOutlines"
        } else {
            "UseNone"
        },
    );
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    catalog.set("Lang", Object::String(LANGUAGE.into(), StringFormat::Literal));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![output_intent.into()]);
}

/// `text` in one line, without characters that XML cannot hold.
fn printable(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.trim().to_owned()
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Date {
    /// The moment so many seconds after 1970; `None` when its year has not four digits, which PDF cannot write.
    fn from_timestamp(seconds: i64) -> Option<Date> {
        const DAY: i64 = 86_400;
        // Years begin in March, so that leap days come last, and are counted in eras of 400 (146 097 days).
        let days = seconds.div_euclid(DAY) + 719_468;
        let time = seconds.rem_euclid(DAY);
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = (month_from_march + 2) % 12 + 1;
        let year = 400 * era + year_of_era + i64::from(month <= 2);
        (1..=9999).contains(&year).then_some(Date {
            year,
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            hour: time / 3600,
            minute: time / 60 % 60,
            second: time % 60,
        })
    }

    fn pdf(self) -> String {
        let Date {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
    }

    fn xmp(self) -> String {
        let Date {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_timestamps() {
        let xmp = |seconds| Date::from_timestamp(seconds).map(Date::xmp);
        assert_eq!(xmp(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(xmp(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(xmp(1_709_629_445).as_deref(), Some("2024-03-05T09:04:05Z"));
        assert_eq!(xmp(-1).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(xmp(i64::MAX / 2), None);
        assert_eq!(xmp(-62_135_596_801), None);
        assert_eq!(
            Date::from_timestamp(1_709_629_445).map(Date::pdf).as_deref(),
            Some("D:20240305090405Z")
        );
    }

    #[test]
    fn titles_are_fit_for_xml() {
        assert_eq!(
            printable(" 在<会>\u{0}上\n的\u{ffff}讲话\u{1f} "),
            "在<会> 上 的讲话"
        );
        let metadata = Metadata::new("“A&B”<讲话>", &Properties::default());
        assert!(metadata.xmp().contains(">“A&amp;B”&lt;讲话&gt;</rdf:li>"));
        assert!(quick_xml::Reader::from_str(&metadata.xmp()).read_event().is_ok());
    }

    #[test]
    fn without_words_there_is_still_a_title_and_no_date() {
        let metadata = Metadata::new("\n", &Properties::default());
        assert_eq!(metadata.title, UNTITLED);
        assert!(!metadata.xmp().contains("Date"));
        assert!(!metadata.info().has(b"CreationDate"));
    }

    #[test]
    fn information_and_xmp_agree() {
        let properties = Properties {
            author: Some("办公室".to_owned()),
            timestamp: Some(1_709_629_445),
            ..Properties::default()
        };
        let metadata = Metadata::new("标题", &properties);
        let (info, xmp) = (metadata.info(), metadata.xmp());
        assert_eq!(info.get(b"Author").unwrap(), &text_string("办公室"));
        assert!(xmp.contains("<rdf:li>办公室</rdf:li>"));
        assert_eq!(info.get(b"ModDate").unwrap(), &text_string("D:20240305090405Z"));
        assert!(xmp.contains("<xmp:ModifyDate>2024-03-05T09:04:05Z</xmp:ModifyDate>"));
        assert!(xmp.contains("<pdf:Producer>hongtou</pdf:Producer>"));
    }
}
