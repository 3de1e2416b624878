//! The outline: headings that viewers list beside the pages.

use crate::model::Role;
use crate::style::{StyledDocument, StyledParagraph};

/// Which paragraphs go into the outline: headings of their own line, and leads of numbered run-ins where no heading of
/// their level stands alone in the document. The title and the headings of an attachment stand under its label, or
/// the headings under its title where it has none.
pub(super) struct LeadLevels {
    alone: [bool; 5],
    /// Where the first attachment begins, past the end without one.
    attachments: usize,
}

impl LeadLevels {
    pub(super) fn of(document: &StyledDocument) -> Self {
        let mut alone = [false; 5];
        for paragraph in &document.paragraphs {
            if let Some(level) = paragraph.role.heading_level() {
                alone[usize::from(level)] = true;
            }
        }
        let attachments = document
            .paragraphs
            .iter()
            .position(|paragraph| matches!(paragraph.role, Role::AttachmentLabel | Role::AttachmentTitle))
            .unwrap_or(document.paragraphs.len());
        LeadLevels { alone, attachments }
    }

    /// The text and level of the entry that the paragraph at `index` makes, if it makes one.
    pub(super) fn entry(&self, index: usize, paragraph: &StyledParagraph) -> Option<(String, u8)> {
        let (text, level) = match (paragraph.style.outline_level, paragraph.runs.first()) {
            (Some(level), _) => (paragraph.text.as_str(), level),
            (None, Some(run)) => {
                let level = run.lead.filter(|level| (1..=4).contains(level))?;
                if self.alone[usize::from(level)] {
                    return None;
                }
                let lead = paragraph.text.get(..run.len)?;
                (lead.trim_end_matches(['。', '：', '；', '，']), level)
            }
            (None, None) => return None,
        };
        let own = matches!(paragraph.role, Role::AttachmentLabel | Role::AttachmentTitle);
        let under = index > self.attachments && !own;
        Some((text.replace('\n', ""), level + u8::from(under)))
    }
}
