//! What a rule is, and what it finds.

use std::borrow::Cow;
use std::ops::Range;

use super::paragraph::Paragraph;
use super::view::View;
use crate::diagnostic::{Message, Severity};

/// When a correction may be made without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Certain: made by `--fix safe`.
    Safe,
    /// Very likely: made by `--fix all` only.
    All,
}

/// A text with a fault, and the same text without it.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What the rule finds. A line may begin with its element in brackets, such as `〖标题〗`; without, it is 正文.
    pub wrong: &'static str,
    /// How it should be.
    pub right: &'static str,
}

/// One rule of the proof-reader: what it looks for, why, and how.
#[derive(Debug)]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// The short name in the list of rules: P punctuation, H headings and order, D dates, N and U numbers, T residue,
    /// F elements, L words.
    pub id: &'static str,
    /// How bad a finding is, unless the finding says otherwise.
    pub severity: Severity,
    /// When its correction may be made; `None` when it has none.
    pub fix: Option<Applicability>,
    /// The fault, in a few words.
    pub name: Message,
    /// What it looks for.
    pub what: Message,
    /// Why that is wrong, with the clause.
    pub why: Message,
    /// Texts with the fault.
    pub examples: &'static [Example],
    /// Texts that look alike and are left alone.
    pub leaves: &'static [&'static str],
    pub(crate) check: Check,
}

/// How a rule looks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// At one paragraph at a time.
    Paragraph(fn(&Paragraph<'_>, &mut Report)),
    /// At each paragraph that has a character of every one of these sets; in others it would find nothing.
    With(&'static [&'static str], fn(&Paragraph<'_>, &mut Report)),
    /// At one paragraph at a time, and then at the whole document.
    Both(fn(&Paragraph<'_>, &mut Report), fn(&View<'_>, &mut Report)),
    /// At the whole document.
    Document(fn(&View<'_>, &mut Report)),
}

/// A message in both languages that is known beforehand.
pub(crate) const fn said(zh: &'static str, en: &'static str) -> Message {
    Message {
        zh: Cow::Borrowed(zh),
        en: Cow::Borrowed(en),
    }
}

/// A change of a paragraph's text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What is replaced.
    pub range: Range<usize>,
    /// What by.
    pub with: Cow<'static, str>,
}

/// Something a rule found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The rule.
    pub rule: &'static Rule,
    /// The paragraph, by its index in the document.
    pub block: usize,
    /// Where in the paragraph's text, in bytes.
    pub range: Range<usize>,
    /// How bad.
    pub severity: Severity,
    /// What is wrong here.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
    /// The correction, in order, all or nothing; empty when there is none.
    pub changes: Vec<Change>,
}

impl Found {
    /// Adds to the correction: `range` becomes `with`.
    pub fn change(&mut self, range: Range<usize>, with: impl Into<Cow<'static, str>>) -> &mut Self {
        let with = with.into();
        self.changes.push(Change { range, with });
        self
    }

    /// Adds advice.
    pub fn help(&mut self, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = Some(Message::new(zh, en));
        self
    }

    /// Makes this finding better or worse than its rule says.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }
}

/// Gathers what rules find.
#[derive(Debug)]
pub(crate) struct Report {
    /// The rule that is looking.
    pub rule: &'static Rule,
    /// The paragraph it is looking at.
    pub block: usize,
    /// Everything found so far.
    pub found: Vec<Found>,
}

impl Report {
    /// Reports `range` of the paragraph that is being looked at.
    pub fn find(&mut self, range: Range<usize>, message: Message) -> &mut Found {
        self.find_in(self.block, range, message)
    }

    /// Reports `range` of paragraph `block`.
    pub fn find_in(&mut self, block: usize, range: Range<usize>, message: Message) -> &mut Found {
        self.found.push(Found {
            rule: self.rule,
            block,
            range,
            severity: self.rule.severity,
            message,
            help: None,
            changes: Vec::new(),
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}
