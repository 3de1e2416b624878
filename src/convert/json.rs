//! The JSON that programs read: `hongtou/document/1`, and findings and edits as they stand in every report.

use serde::Serialize;

use super::Reading;
use crate::diagnostic::{Diagnostic, Edit, Lang, Placed, Severity};
use crate::model::Block;
use crate::source::{LineIndex, Span};

/// A parsed text.
#[derive(Debug, Serialize)]
pub struct DocumentJson<'a> {
    schema: &'static str,
    source: SourceJson<'a>,
    kind: &'static str,
    blocks: Vec<BlockJson<'a>>,
    edits: Vec<EditJson>,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Debug, Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    encoding: &'static str,
    bytes: usize,
}

#[derive(Debug, Serialize)]
struct BlockJson<'a> {
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<&'a str>,
    text: &'a str,
    span: BlockSpanJson,
}

#[derive(Debug, Serialize)]
struct BlockSpanJson {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

/// One change of the text.
#[derive(Clone, Debug, Serialize)]
pub struct EditJson {
    code: &'static str,
    line: usize,
    column: usize,
    before: String,
    after: String,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct DiagnosticJson {
    code: &'static str,
    severity: Severity,
    message: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<SpanJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct SpanJson {
    start: usize,
    end: usize,
}

impl From<Span> for SpanJson {
    fn from(span: Span) -> Self {
        SpanJson {
            start: span.start,
            end: span.end,
        }
    }
}

impl EditJson {
    /// An edit with its place.
    pub fn new(edit: &Placed<Edit>) -> Self {
        EditJson {
            code: edit.item.code,
            line: edit.start.line,
            column: edit.start.column,
            before: edit.item.before.clone(),
            after: edit.item.after.clone(),
        }
    }
}

impl DiagnosticJson {
    /// A finding with its place, in one language.
    pub fn new(diagnostic: &Placed<Diagnostic>, lang: Lang) -> Self {
        DiagnosticJson {
            code: diagnostic.item.code,
            severity: diagnostic.item.severity,
            message: diagnostic.item.message.in_lang(lang).to_owned(),
            line: diagnostic.start.line,
            column: diagnostic.start.column,
            end_line: diagnostic.end.line,
            end_column: diagnostic.end.column,
            span: diagnostic.item.span.map(SpanJson::from),
            help: diagnostic
                .item
                .help
                .as_ref()
                .map(|help| help.in_lang(lang).to_owned()),
        }
    }
}

impl<'a> DocumentJson<'a> {
    /// The JSON form of a reading; `name` is the input's.
    pub fn new(reading: &'a Reading, name: &'a str, lang: Lang) -> Self {
        let lines = LineIndex::new(&reading.text);
        let block = |block: &'a Block| {
            let place = lines.position(block.span.start);
            BlockJson {
                role: block.role.name(),
                level: block.lead.map(|lead| lead.level),
                lead: block.lead_text(),
                text: block.text.as_str(),
                span: BlockSpanJson {
                    start: block.span.start,
                    end: block.span.end,
                    line: place.line,
                    column: place.column,
                },
            }
        };
        DocumentJson {
            schema: "hongtou/document/1",
            source: SourceJson {
                name,
                encoding: reading.encoding,
                bytes: reading.bytes,
            },
            kind: reading.document.kind.name(),
            blocks: reading.document.blocks.iter().map(block).collect(),
            edits: reading
                .edits
                .iter()
                .map(|edit| EditJson::new(&Placed::edit(edit.clone(), &lines)))
                .collect(),
            diagnostics: reading
                .diagnostics
                .iter()
                .map(|found| DiagnosticJson::new(&Placed::diagnostic(found.clone(), &lines), lang))
                .collect(),
        }
    }
}
