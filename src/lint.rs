//! The proof-reader: findings about a parsed text.
//!
//! Each rule stands in a file of its own under `rules`, says what it looks for and why, and may offer a correction;
//! `normalize` makes those corrections, this module only reports. It keeps one rule: better ten faults missed than one
//! wrong report.

mod blank;
mod date;
mod doc_number;
mod lexicon;
mod ordinal;
mod pages;
mod pairs;
mod paragraph;
mod placeholder;
mod rule;
mod rules;
mod scan;
mod selection;
mod series;
mod signs;
mod view;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::Document;
use crate::source::Span;

pub use blank::{Blank, blanks, fill};
pub use lexicon::{Lexicon, LexiconError};
pub use pages::rule_pages;
pub use rule::{Applicability, Example, Rule};
pub use rules::{explain, on_request, rules};
pub use selection::{Selection, Suppression, UnknownRule};

pub(crate) use rule::{Change, Found};

use pairs::Pairs;
use paragraph::Paragraph;
use rule::{Check, Report};
use scan::Scan;
use signs::{Signs, Table};
use view::View;

/// What the caller adds to the rules.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lexicons of the user's own, beside the one that comes with the program.
    pub lexicons: Vec<Arc<Lexicon>>,
    /// The rules that are wanted.
    pub selection: Selection,
    /// What the text itself asks to leave as it is.
    pub suppressions: Vec<Suppression>,
}

/// A finding with the correction its rule offers.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Where, in bytes of the source.
    pub span: Span,
    /// How bad.
    pub severity: Severity,
    /// What is wrong here.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
    /// The correction: places in the source and what should stand there; empty when there is none.
    pub correction: Vec<(Span, String)>,
}

/// Everything worth saying about `document`, in source order.
pub fn lint(document: &Document, options: &Options) -> Vec<Diagnostic> {
    check(document, options).diagnostics(document, options)
}

impl From<Finding> for Diagnostic {
    fn from(finding: Finding) -> Self {
        Diagnostic {
            code: finding.rule.code,
            severity: finding.severity,
            message: finding.message,
            span: Some(finding.span),
            help: finding.help,
        }
    }
}

/// Everything worth saying about `document`, in source order, with corrections.
pub fn findings(document: &Document, options: &Options) -> Vec<Finding> {
    check(document, options).findings(document)
}

/// What the rules found in a document, paragraph by paragraph.
pub(crate) struct Checked {
    /// The findings, those about the whole document last.
    pub found: Vec<Found>,
    /// For each suppression which of its words were of use.
    used: Vec<Vec<bool>>,
}

impl Checked {
    /// The findings at their places in the source, and what is to say about suppressions; `document` is what was checked.
    pub fn diagnostics(self, document: &Document, options: &Options) -> Vec<Diagnostic> {
        let mut idle = selection::idle(&options.suppressions, &self.used, &options.selection);
        let mut found: Vec<Diagnostic> = self
            .findings(document)
            .into_iter()
            .map(Diagnostic::from)
            .collect();
        if !idle.is_empty() {
            found.append(&mut idle);
            found.sort_by_key(|found| found.span);
        }
        found
    }

    /// The findings at their places in the source, in order.
    fn findings(self, document: &Document) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .found
            .into_iter()
            .map(|found| {
                let text = &document.blocks[found.block].text;
                let place = |range| text.source_span(range);
                Finding {
                    rule: found.rule,
                    span: place(found.range),
                    severity: found.severity,
                    message: found.message,
                    help: found.help,
                    correction: found
                        .changes
                        .into_iter()
                        .map(|change| (place(change.range), change.with.into_owned()))
                        .collect(),
                }
            })
            .collect();
        findings.sort_by_key(|finding| finding.span);
        findings
    }
}

/// Lets the rules that are wanted look at `document`.
pub(crate) fn check(document: &Document, options: &Options) -> Checked {
    let mut wanted: Vec<(&'static Rule, Signs)> = Vec::with_capacity(rules().len());
    wanted.extend(
        Table::of_rules()
            .rules()
            .filter(|(rule, _)| options.selection.wants(rule)),
    );
    let mut found = look(document, options, &wanted);
    let used = selection::suppress(&options.suppressions, document, &mut found);
    Checked { found, used }
}

/// Lets `rules` look at `document`, each at the paragraphs that have what it needs.
fn look(document: &Document, options: &Options, rules: &[(&'static Rule, Signs)]) -> Vec<Found> {
    let Some(&(first, _)) = rules.first() else {
        return Vec::new();
    };
    let of_paragraph = |&(rule, needs): &(&'static Rule, Signs)| match rule.check {
        Check::Paragraph(look) | Check::With(_, look) | Check::Both(look, _) => Some((needs, rule, look)),
        Check::Document(_) => None,
    };
    let mut of_paragraphs = Vec::with_capacity(rules.len());
    of_paragraphs.extend(rules.iter().filter_map(of_paragraph));
    let mut view = View::new(document, options);
    let mut report = Report {
        rule: first,
        block: 0,
        found: Vec::new(),
    };
    let (mut scan, mut pairs) = (Scan::default(), Pairs::default());
    for (index, block) in document.blocks.iter().enumerate() {
        scan.read(block.text.as_str());
        pairs.read(&scan);
        view.unpaired[index] = pairs.single.iter().map(|&i| scan.byte(i)).collect();
        let paragraph = Paragraph {
            index,
            block,
            scan: &scan,
            pairs: &pairs,
            view: &view,
        };
        report.block = index;
        let signs = scan.signs;
        for &(needs, rule, look) in &of_paragraphs {
            if signs.have(needs) {
                report.rule = rule;
                look(&paragraph, &mut report);
            }
        }
    }
    for &(rule, _) in rules {
        if let Check::Document(look) | Check::Both(_, look) = rule.check {
            report.rule = rule;
            look(&view, &mut report);
        }
    }
    report.found
}

#[cfg(test)]
mod tests;
