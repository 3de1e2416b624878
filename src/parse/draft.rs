//! The document while it is being understood: paragraphs, what each looks like, and what was decided about it.

use std::borrow::Cow;

use super::look::Look;
use super::marks::{self, End};
use super::ordinal::Ordinal;
use super::paragraphs::{Paragraph, Seen};
use super::{markdown, sentence, vocabulary};
use crate::diagnostic::Message;
use crate::model::{Kind, Role};
use crate::source::Span;

/// What one paragraph looks like.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    /// Its text as recognition sees it: invisible characters and the marks of Markdown left out, entities resolved, traditional
    /// characters that matter in their simplified form.
    pub(super) text: Cow<'a, str>,
    /// Its characters without blanks.
    pub(super) count: usize,
    /// How it ends.
    pub(super) end: End,
    /// The number it begins with.
    pub(super) ordinal: Option<Ordinal>,
    /// The length of its first sentence in bytes of `text`, when another follows.
    pub(super) lead: Option<usize>,
    /// The number of `#` before it.
    pub(super) hashes: usize,
}

impl<'a> Facts<'a> {
    /// Looks at a paragraph with the text `raw`, of which `look` tells when it is known.
    fn of(raw: Cow<'a, str>, look: Option<Look>, script: Script) -> Self {
        let mut text = readable(raw, script);
        let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
        text = if hashes > 0 {
            Cow::Owned(text.trim_start_matches('#').trim_start().to_owned())
        } else {
            text
        };
        if script.markdown {
            for mark in markdown::marks_of(&text).into_iter().rev() {
                text.to_mut().replace_range(mark, "");
            }
        }
        let as_it_stands = matches!(text, Cow::Borrowed(_));
        let look = look.filter(|_| as_it_stands).unwrap_or_else(|| Look::of(&text));
        Facts {
            count: look.count,
            end: look.end,
            ordinal: look.ordinal,
            lead: look.may_end_inside.then(|| sentence::first(&text)).flatten(),
            hashes,
            text,
        }
    }

    /// Whether it is running text: a sentence, or more than one.
    pub(super) fn is_running(&self) -> bool {
        self.lead.is_some() || matches!(self.end, End::Sentence | End::Semicolon) || self.count > 120
    }

    /// Whether it has Han characters.
    pub(super) fn has_han(&self) -> bool {
        self.text.chars().any(marks::is_han)
    }
}

/// How a source is written, as far as recognition has to see other characters than stand there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Script {
    /// Whether it is in traditional characters.
    traditional: bool,
    /// Whether it may have entities or invisible characters.
    unclean: bool,
    /// Whether it has marks of Markdown.
    pub(super) markdown: bool,
}

impl Script {
    /// Looks at the whole of `source`, of which `seen` is known.
    fn of(source: &str, paragraphs: &[Paragraph], seen: Seen) -> Self {
        let may_be_markdown = memchr::memchr2(b'*', b'#', source.as_bytes()).is_some()
            && (source.contains("**") || source.contains("# "));
        Script {
            traditional: seen.traditional,
            unclean: seen.unclean,
            markdown: may_be_markdown
                && markdown::is_markdown(paragraphs.iter().map(|paragraph| paragraph.raw(source))),
        }
    }

    /// Whether it may have characters that are no text.
    pub(super) fn has_residue(self) -> bool {
        self.unclean || self.markdown
    }
}

/// `raw` as recognition sees it.
fn readable(raw: Cow<'_, str>, script: Script) -> Cow<'_, str> {
    let traditional = script.traditional;
    let unclean = script.unclean && marks::is_unclean(&raw);
    if !traditional && !unclean {
        return raw;
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = &*raw;
    while let Some(c) = rest.chars().next() {
        if let Some((resolved, len)) = super::repair::entity(rest) {
            text.push(resolved);
            rest = &rest[len..];
            continue;
        }
        if !marks::is_invisible(c) {
            text.push(if traditional { vocabulary::simplified(c) } else { c });
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(text.trim().to_owned())
}

/// What was decided about a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// Its role.
    pub(super) role: Role,
    /// The number form of its lead, for run-ins.
    pub(super) level: Option<u8>,
    /// Why.
    pub(super) why: Message,
    /// Whether it is a further line of the block before it (a title over several lines, a row of a table).
    pub(super) continues: bool,
}

/// The document while it is being understood.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The paragraphs in source order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// What they look like.
    pub(super) facts: Vec<Facts<'a>>,
    /// What was decided; `None` while nothing was.
    pub(super) verdicts: Vec<Option<Verdict>>,
    /// The kind of text.
    pub(super) kind: Kind,
    /// How it is written.
    pub(super) script: Script,
}

impl<'a> Draft<'a> {
    /// Looks at every paragraph.
    pub(super) fn new(source: &'a str, paragraphs: Vec<Paragraph>, seen: Seen) -> Self {
        let script = Script::of(source, &paragraphs, seen);
        let facts: Vec<Facts<'a>> = paragraphs
            .iter()
            .map(|paragraph| Facts::of(paragraph.raw(source), paragraph.look, script))
            .collect();
        let mut verdicts: Vec<Option<Verdict>> = Vec::with_capacity(paragraphs.len());
        for (paragraph, facts) in paragraphs.iter().zip(&facts) {
            let above = verdicts
                .last()
                .and_then(Option::as_ref)
                .map(|verdict| verdict.role);
            verdicts.push(paragraph.forced.map(|role| {
                Verdict {
                    role,
                    level: (role == Role::RunIn)
                        .then(|| facts.ordinal.map_or(0, |ordinal| ordinal.form.run_in_level())),
                    why: Message::new("行首标记指定", "a mark at the beginning of the line says so"),
                    continues: above == Some(role)
                        && matches!(role, Role::Title | Role::AttachmentTitle | Role::Table),
                }
            }));
        }
        Draft {
            paragraphs,
            facts,
            verdicts,
            kind: Kind::Generic,
            script,
        }
    }

    /// Where the marks of Markdown in `paragraph` stand in the source.
    pub(super) fn marks(&self, source: &str, paragraph: &Paragraph) -> Vec<Span> {
        if !self.script.markdown {
            return Vec::new();
        }
        let marks = markdown::marks_of(&paragraph.raw(source));
        marks
            .into_iter()
            .filter_map(|mark| paragraph.place(mark))
            .collect()
    }

    /// The number of paragraphs.
    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// The text of paragraph `index` as recognition sees it.
    pub(super) fn text(&self, index: usize) -> &str {
        &self.facts[index].text
    }

    /// Whether nothing was decided about paragraph `index` yet.
    pub(super) fn is_open(&self, index: usize) -> bool {
        self.verdicts[index].is_none()
    }

    /// The role decided for paragraph `index`.
    pub(super) fn role(&self, index: usize) -> Option<Role> {
        self.verdicts[index].as_ref().map(|verdict| verdict.role)
    }

    /// Decides that paragraph `index` has `role`, unless something was decided before.
    pub(super) fn decide(&mut self, index: usize, role: Role, zh: &'static str, en: &'static str) {
        self.decide_because(index, role, Message::new(zh, en));
    }

    /// Decides that paragraph `index` has `role` for a reason put together from its text.
    pub(super) fn decide_because(&mut self, index: usize, role: Role, why: Message) {
        self.verdicts[index].get_or_insert(Verdict {
            role,
            level: None,
            why,
            continues: false,
        });
    }

    /// Decides that paragraph `index` is led by its first sentence.
    pub(super) fn decide_run_in(&mut self, index: usize, level: u8, why: Message) {
        self.verdicts[index].get_or_insert(Verdict {
            role: Role::RunIn,
            level: Some(level),
            why,
            continues: false,
        });
    }

    /// Makes paragraph `index` a further line of the block before it.
    pub(super) fn continue_block(&mut self, index: usize) {
        if let Some(verdict) = &mut self.verdicts[index] {
            verdict.continues = true;
        }
    }

    /// The open paragraphs from `start` on.
    pub(super) fn open_from(&self, start: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (start..self.len()).filter(|&index| self.is_open(index))
    }
}
