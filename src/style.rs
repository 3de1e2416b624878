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
mod width;

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

    /// Parts a paragraph from the one before it, with which it should stand, so that the first page shows text in a word
    /// processor too (GB/T 9704-2012 §7.3.3).
    pub fn tear_at(&mut self, paragraph: usize) {
        if let Some(above) = self.paragraphs[..paragraph].last_mut() {
            above.style.keep_with_next = false;
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
    title_as_mark(&mut paragraphs, profile);
    head::gather(&mut paragraphs);
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

/// Whether a document has a mark in `profile`.
pub fn has_mark(document: &Document, profile: &Profile) -> bool {
    let mut blocks = document.blocks.iter();
    blocks.any(|block| match block.role {
        Role::IssuerMark => true,
        Role::Title => is_mark(block.text.as_str(), profile),
        _ => false,
    })
}

/// Whether a title says what the mark of the format does: ×××纪要 (GB/T 9704-2012 §10.3).
fn is_mark(title: &str, profile: &Profile) -> bool {
    let ending = &profile.head.mark_ending;
    profile.head.needs_mark && !ending.is_empty() && title.ends_with(ending.as_str()) && !title.contains('\n')
}

/// Makes the title the mark where it says what the mark does and there is no other; one that says the same is not said
/// twice.
fn title_as_mark(paragraphs: &mut Vec<StyledParagraph>, profile: &Profile) {
    let Some(title) = paragraphs
        .iter()
        .find(|paragraph| paragraph.role == Role::Title && is_mark(&paragraph.text, profile))
        .map(|title| title.text.clone())
    else {
        return;
    };
    paragraphs.retain(|paragraph| paragraph.role != Role::IssuerMark || paragraph.text != title);
    if paragraphs
        .iter()
        .any(|paragraph| paragraph.role == Role::IssuerMark)
    {
        return;
    }
    for paragraph in paragraphs.iter_mut().filter(|p| p.role == Role::Title) {
        *paragraph = StyledParagraph {
            span: paragraph.span,
            ..StyledParagraph::plain(Role::IssuerMark, &paragraph.text, profile)
        };
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
    fn a_number_under_the_title_stands_in_the_head_when_there_is_a_mark() {
        let profile = Arc::new(Profile::builtin("gb9704").unwrap());
        let order = |elements: &[(Role, &str)]| -> Vec<Role> {
            let block = |(role, text): &(Role, &str)| {
                let mut own = Text::default();
                own.push_inserted(text);
                Block::new(*role, own, Span::default())
            };
            let document = Document {
                blocks: elements.iter().map(block).collect(),
                ..Document::default()
            };
            let styled = apply(&document, &profile);
            styled.paragraphs.iter().map(|paragraph| paragraph.role).collect()
        };
        let mark = (Role::IssuerMark, "青山县人民政府文件");
        let title = (Role::Title, "关于节水的通知");
        let number = (Role::DocNumber, "青政发〔2024〕9号");
        let text = (Role::Body, "请执行。");
        assert_eq!(
            order(&[mark, title, number, text]),
            [Role::IssuerMark, Role::DocNumber, Role::Title, Role::Body]
        );
        assert_eq!(
            order(&[title, number, text]),
            [Role::Title, Role::DocNumber, Role::Body]
        );
    }

    #[test]
    fn a_title_that_says_what_the_mark_does_is_the_mark() {
        let profile = Arc::new(Profile::builtin("minutes").unwrap());
        let marks = |mark: Option<&str>, title: &str| -> Vec<(Role, String)> {
            let block = |(role, text): (Role, &str)| {
                let mut own = Text::default();
                own.push_inserted(text);
                Block::new(role, own, Span::default())
            };
            let mark = mark.map(|mark| (Role::IssuerMark, mark));
            let document = Document {
                blocks: mark
                    .into_iter()
                    .chain([(Role::Title, title)])
                    .map(block)
                    .collect(),
                mark_is_name: true,
                ..Document::default()
            };
            assert_eq!(
                has_mark(&document, &profile),
                mark.is_some() || title.ends_with("纪要")
            );
            let styled = apply(&document, &profile);
            styled
                .paragraphs
                .into_iter()
                .map(|one| (one.role, one.text))
                .collect()
        };
        let title = "青山县人民政府常务会议纪要";
        let as_mark = [(Role::IssuerMark, title.to_owned())];
        assert_eq!(marks(None, title), as_mark);
        assert_eq!(marks(Some("青山县人民政府常务会议"), title), as_mark);
        let both = marks(Some("青山县人民政府"), title);
        assert_eq!(
            both.iter().map(|one| one.0).collect::<Vec<_>>(),
            [Role::IssuerMark, Role::Title]
        );
        assert_eq!(marks(None, "常务会议")[0].0, Role::Title);
    }

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
