//! How each paragraph of one document looks: the model with a profile applied.
//!
//! [`StyledDocument`] is the one source of appearance. Both writers take every size, font and distance from it, so that
//! they cannot drift apart; where lines and pages break is left to `layout` (for fixed formats) and to the word
//! processor (for DOCX).

mod attachments;
mod attendance;
mod head;
mod imprint;
mod signature;
mod table;

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Block, Document, Kind, Role, RunInLevel};
use crate::profile::{CharacterStyle, ParagraphStyle, Profile};
use crate::source::Span;
use crate::units::{Length, Lines};

pub use head::Opening;

pub use table::StyledTable;

/// A document with the looks of a profile.
#[derive(Clone, Debug)]
pub struct StyledDocument {
    /// The profile: page, grid, page number and the named styles that paragraphs refer to by role.
    pub profile: Arc<Profile>,
    /// The title for properties and viewers: the document's own, or its first words.
    pub title: String,
    /// Its paragraphs in order.
    pub paragraphs: Vec<StyledParagraph>,
    /// What 版头 makes of the first page, when there is one.
    pub opening: Option<Opening>,
    /// On which page 版记 stands, when somebody has laid the document out: a flow format cannot know.
    pub imprint_page: Option<ImprintPage>,
}

impl StyledDocument {
    /// Gives the paragraphs of the first page the line pitch with which it ends at its rule.
    pub fn fill_first_page(&mut self, first_page: FirstPage) {
        let pitch = self.profile.grid.line_pitch;
        for paragraph in &mut self.paragraphs[..first_page.paragraphs] {
            if paragraph.place == Place::Flow
                && paragraph.table.is_none()
                && paragraph.style.line_pitch == pitch
            {
                paragraph.style.line_pitch = first_page.line_pitch;
            }
        }
    }

    /// Whether it has 版记.
    pub fn has_imprint(&self) -> bool {
        self.paragraphs
            .iter()
            .any(|paragraph| paragraph.place == Place::Imprint)
    }
}

/// How the lines of a first page are set that ends at a rule (GB/T 9704-2012 §10.1), as layout finds it: a flow format
/// cannot know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstPage {
    /// How many paragraphs of the document begin on it or before.
    pub paragraphs: usize,
    /// The pitch of its lines of text.
    pub line_pitch: Length,
}

/// On which page 版记 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImprintPage {
    /// On the last page of text.
    WithText,
    /// On the page after it.
    Next,
    /// On the second page after it: the one between is blank.
    AfterBlank,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// Below the one before it.
    #[default]
    Flow,
    /// On the first page, the em box of its first line this far below the upper edge of the paper.
    Fixed(Length),
    /// In 版记, at the foot of the last page.
    Imprint,
}

/// One paragraph with its look.
#[derive(Clone, Debug, PartialEq)]
pub struct StyledParagraph {
    /// Its role, which names its style.
    pub role: Role,
    /// Its look: `profile.element(role)`, but for what its surroundings change (space, indents of signatures).
    pub style: ParagraphStyle,
    /// Its text; a line feed is a line break.
    pub text: String,
    /// The looks of its text, without gaps.
    pub runs: Vec<StyledRun>,
    /// Where lines of a title end besides, in bytes, for word processors, which know nothing of words
    /// ([`title_lines`](crate::layout::title_lines)).
    pub line_ends: Vec<usize>,
    /// Its cells, when it is a table.
    pub table: Option<StyledTable>,
    /// Whether it stands on a page turned by a quarter ([`Page::turned`](crate::profile::Page::turned)).
    pub turned: bool,
    /// Where it stands in the source.
    pub span: Span,
    /// Where it stands on the page.
    pub place: Place,
    /// Whether it stands on the line of the paragraph before it.
    pub beside: bool,
}

impl StyledParagraph {
    /// A paragraph in the look its role has in `profile`, in the flow of the page and of no place in a source.
    pub(crate) fn plain(role: Role, text: &str, profile: &Profile) -> StyledParagraph {
        let style = *profile.element(role);
        StyledParagraph {
            role,
            style,
            text: text.to_owned(),
            runs: vec![StyledRun::plain(text.len(), style.character)],
            line_ends: Vec::new(),
            table: None,
            turned: false,
            span: Span::default(),
            place: Place::Flow,
            beside: false,
        }
    }

    /// A paragraph of a part of this one's text, in the look of the whole.
    fn part(&self, range: Range<usize>) -> StyledParagraph {
        let text = self.text[range].to_owned();
        StyledParagraph {
            runs: vec![StyledRun::plain(text.len(), self.style.character)],
            text,
            ..self.clone()
        }
    }
}

/// A stretch of a paragraph of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyledRun {
    /// Its length in bytes.
    pub len: usize,
    /// Its look.
    pub character: CharacterStyle,
    /// The form of the lead, when this run is one.
    pub lead: Option<RunInLevel>,
}

impl StyledRun {
    /// A run that is no lead.
    fn plain(len: usize, character: CharacterStyle) -> StyledRun {
        StyledRun {
            len,
            character,
            lead: None,
        }
    }
}

/// Gives every paragraph of `document` the look `profile` has for it.
pub fn apply(document: &Document, profile: &Arc<Profile>) -> StyledDocument {
    let mut paragraphs: Vec<StyledParagraph> = document
        .blocks
        .iter()
        .filter(|block| !block.text.is_empty())
        .map(|block| paragraph(block, profile))
        .collect();
    if document.mark_is_name {
        complete_mark(&mut paragraphs, &profile.head.mark_ending);
    }
    close_up_head(&mut paragraphs);
    let case = document.signing.unwrap_or(profile.signature.case);
    signature::place(&mut paragraphs, profile, case);
    attachments::place(&mut paragraphs);
    attachments::begin(&mut paragraphs, profile);
    if document.kind == Kind::Minutes {
        attendance::place(&mut paragraphs, profile);
    }
    let opening = head::place(&mut paragraphs, profile);
    imprint::place(&mut paragraphs, profile);
    table::place(&mut paragraphs, profile);
    let title = document.title().or_else(|| {
        paragraphs
            .first()
            .map(|first| first.text.chars().take(20).collect())
    });
    StyledDocument {
        profile: Arc::clone(profile),
        title: title.unwrap_or_default(),
        paragraphs,
        opening,
        imprint_page: None,
    }
}

/// Makes a mark of an organ's name. Where nothing follows the name, as in letters, the first of several organs stands
/// for all (GB/T 9704-2012 §10.1).
fn complete_mark(paragraphs: &mut [StyledParagraph], ending: &str) {
    for mark in paragraphs.iter_mut().filter(|p| p.role == Role::IssuerMark) {
        if ending.is_empty() {
            let first = mark.text.split('\n').next().unwrap_or_default().len();
            *mark = mark.part(0..first);
        } else if !mark.text.ends_with(ending) {
            mark.text.push_str(ending);
            if let Some(run) = mark.runs.last_mut() {
                run.len += ending.len();
            }
        }
    }
}

fn paragraph(block: &Block, profile: &Profile) -> StyledParagraph {
    let mut paragraph = StyledParagraph {
        span: block.span,
        ..StyledParagraph::plain(block.role, block.text.as_str(), profile)
    };
    if let Some(lead) = block.lead {
        let led = StyledRun {
            len: lead.len,
            character: profile.lead_style(lead.level),
            lead: Some(lead.level),
        };
        let rest = &mut paragraph.runs[0];
        rest.len -= led.len;
        if rest.len == 0 {
            paragraph.runs.clear();
        }
        paragraph.runs.insert(0, led);
    }
    paragraph
}

/// Title, subtitle, speaker and date stand close together: the largest space after any of them comes after the last.
fn close_up_head(paragraphs: &mut [StyledParagraph]) {
    let in_head = |role| matches!(role, Role::Title | Role::Subtitle | Role::Byline | Role::DateLine);
    for i in 1..paragraphs.len() {
        if in_head(paragraphs[i - 1].role) && in_head(paragraphs[i].role) {
            let after = std::mem::replace(&mut paragraphs[i - 1].style.space_after, Lines::ZERO);
            let style = &mut paragraphs[i].style;
            style.space_before = Lines::ZERO;
            style.space_after = style.space_after.max(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn the_space_after_the_head_does_not_depend_on_its_order() {
        let profile = Arc::new(Profile::builtin("speech").unwrap());
        let spaces = |roles: &[Role]| -> Vec<i32> {
            let block = |role: &Role| {
                let mut text = Text::default();
                text.push_inserted("甲");
                Block::new(*role, text, Span::default())
            };
            let document = Document {
                blocks: roles.iter().map(block).collect(),
                ..Document::default()
            };
            let styled = apply(&document, &profile);
            styled.paragraphs.iter().map(|p| p.style.space_after.0).collect()
        };
        assert_eq!(
            spaces(&[Role::Title, Role::DateLine, Role::Byline, Role::Salutation]),
            [0, 0, 100, 0]
        );
        assert_eq!(
            spaces(&[Role::Title, Role::Byline, Role::DateLine, Role::Salutation]),
            [0, 0, 100, 0]
        );
    }
}
