//! What is said about a text: findings and edits, each at its place.
//!
//! A fault in the *text* is a [`Diagnostic`] and never stops anything; a fault in the *surroundings* (a file, a font,
//! a profile) is an error of its own type. Everything that is said is said in both languages, and the edge chooses.

use std::borrow::Cow;

use serde::Serialize;

use crate::source::{LineIndex, Position, Span};

/// The language messages are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// 简体中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// One sentence in both languages: lower case, no full stop.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Message {
    /// 中文.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Message {
    /// A message out of its two forms.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Message {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The form in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, nothing to do.
    Info,
    /// Probably wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

impl Severity {
    /// The name used in JSON and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, such as `encoding-guessed`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found.
    pub message: Message,
    /// Where, in bytes of the decoded text; nowhere for findings about the whole file.
    pub span: Option<Span>,
    /// What to do about it.
    pub help: Option<Message>,
}

impl Diagnostic {
    /// A finding about the whole text, without help.
    pub fn new(code: &'static str, severity: Severity, message: Message) -> Self {
        Diagnostic {
            code,
            severity,
            message,
            span: None,
            help: None,
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }
}

/// One change of the text: what stood at `span` of the source, and what stands there in the outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Stable name of the pass or rule that made it.
    pub code: &'static str,
    /// The place in the decoded source text; empty where something was inserted.
    pub span: Span,
    /// The source text at `span`.
    pub before: String,
    /// What replaces it; empty where it was removed.
    pub after: String,
}

/// Something said about a text with the lines and columns it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// What is said.
    pub item: T,
    /// Its first character.
    pub start: Position,
    /// One past its last character.
    pub end: Position,
}

impl Placed<Diagnostic> {
    /// Finds the lines and columns of a finding; one about the whole text counts as standing at its beginning.
    pub fn diagnostic(item: Diagnostic, lines: &LineIndex<'_>) -> Self {
        let span = item.span.unwrap_or_default();
        Placed {
            item,
            start: lines.position(span.start),
            end: lines.position(span.end),
        }
    }
}

impl Placed<Edit> {
    /// Finds the lines and columns of an edit.
    pub fn edit(item: Edit, lines: &LineIndex<'_>) -> Self {
        Placed {
            start: lines.position(item.span.start),
            end: lines.position(item.span.end),
            item,
        }
    }
}
