//! What stands at places of its own: 版头 on the first page, 版记 at the foot of the last (GB/T 9704-2012 §7.2, §7.4).
//!
//! The lower edge of 版记 lies where the profile says, whatever stands above. Where the last page of text has no room for
//! it, or is an odd one, it gets a page of its own; then neither that page nor a blank one before it has a number when
//! there is a blank one (§7.5).

use super::page::{Content, FlowLine};
use super::{PagedDocument, PlacedLine, PlacedPage, PlacedRule, number};
use crate::font::FontBook;
use crate::model::Role;
use crate::profile::{ImprintZone, Ink, Page, Profile, Rule};
use crate::style::{ImprintPage, StyledDocument, StyledParagraph};
use crate::units::Length;

/// Where 版记 of this `height` goes when text ends at `end` on page `page`, counted from 1.
fn find_page(page: usize, end: Length, height: Length, profile: &Profile) -> ImprintPage {
    let zone = &profile.imprint;
    // A blank line parts it from the text.
    let fits = end + profile.grid.line_pitch + height <= zone.bottom;
    match (zone.even_page, page.is_multiple_of(2)) {
        (false, _) if fits => ImprintPage::WithText,
        (false, _) => ImprintPage::Next,
        (true, true) if fits => ImprintPage::WithText,
        (true, true) => ImprintPage::AfterBlank,
        (true, false) => ImprintPage::Next,
    }
}

/// The lines of 版记 with the roles of their paragraphs.
pub(super) struct Imprint {
    pub(super) lines: Vec<(Role, FlowLine)>,
}

impl Imprint {
    /// From its first to its last rule.
    pub(super) fn height(&self, zone: &ImprintZone) -> Length {
        let lines = self.lines.iter().fold(Length::ZERO, |height, (_, line)| {
            height + line.pitch + line.space_before
        });
        zone.outer_rule * 2 + zone.inner_rule * self.boundaries() + lines
    }

    /// 主送 and 抄送 are not parted from each other, all other elements are.
    fn boundaries(&self) -> i64 {
        self.lines.windows(2).filter(|pair| is_boundary(pair)).count() as i64
    }

    /// Its lines and rules in their places.
    pub(super) fn place(self, profile: &Profile) -> (Vec<PlacedLine>, Vec<PlacedRule>) {
        let (zone, page) = (&profile.imprint, &profile.page);
        let rule = |top: Length, height: Length| PlacedRule {
            x: page.left,
            y: top,
            width: page.text_width(),
            height,
            ink: Ink::Black,
        };
        let mut top = zone.bottom - self.height(zone);
        let mut rules = vec![rule(top, zone.outer_rule)];
        top += zone.outer_rule;
        let boundary_after: Vec<bool> = self.lines.windows(2).map(is_boundary).chain([false]).collect();
        let mut lines = Vec::with_capacity(self.lines.len());
        for ((_, line), boundary) in self.lines.into_iter().zip(boundary_after) {
            top += line.space_before;
            lines.extend(line_at(line.content, top + line.baseline));
            top += line.pitch;
            if boundary {
                rules.push(rule(top, zone.inner_rule));
                top += zone.inner_rule;
            }
        }
        rules.push(rule(top, zone.outer_rule));
        rules.retain(|rule| rule.height > Length::ZERO);
        (lines, rules)
    }
}

fn is_boundary(pair: &[(Role, FlowLine)]) -> bool {
    pair[0].0 != pair[1].0
}

/// The lines of a paragraph of which the first em box begins at the height `top`.
pub(super) fn at_height<'a>(
    top: Length,
    paragraph: &'a StyledParagraph,
    lines: impl Iterator<Item = FlowLine> + 'a,
) -> impl Iterator<Item = PlacedLine> + 'a {
    let style = &paragraph.style;
    let mut top = top - (style.line_pitch - style.character.size) / 2;
    lines.filter_map(move |line| {
        let placed = line_at(line.content, top + line.baseline);
        top += line.pitch;
        placed
    })
}

/// A line at its height; rows of tables stand in the text only.
fn line_at(content: Content, baseline: Length) -> Option<PlacedLine> {
    match content {
        Content::Line(line) => Some(PlacedLine { baseline, ..line }),
        Content::Row(_) => None,
    }
}

/// The top of the first line box of text on the first page.
pub(super) fn first_top(document: &StyledDocument) -> Length {
    let page_top = document.profile.page.top;
    document
        .opening
        .map_or(page_top, |opening| opening.text_top.max(page_top))
}

/// Puts 版记 on the last page, or on one of its own.
pub(super) fn place_imprint(
    imprint: Imprint,
    end: Length,
    paged: &mut PagedDocument,
    profile: &Profile,
    fonts: &FontBook,
) {
    let height = imprint.height(&profile.imprint);
    let place = find_page(paged.pages.len(), end, height, profile);
    paged.imprint = Some(place);
    let new_pages = match place {
        ImprintPage::WithText => 0,
        ImprintPage::Next => 1,
        ImprintPage::AfterBlank => 2,
    };
    for _ in 0..new_pages {
        let mut page = PlacedPage::default();
        if place == ImprintPage::Next {
            page.number = number::page_number(profile, fonts, paged.pages.len() + 1);
        }
        paged.pages.push(page);
    }
    let number_of_pages = paged.pages.len();
    if let Some(page) = paged.pages.last_mut() {
        let (lines, rules) = imprint.place(profile);
        let mut zone = PlacedPage {
            lines,
            rules,
            ..PlacedPage::default()
        };
        zone.move_by(profile.page.on(number_of_pages).left - profile.page.left);
        page.lines.append(&mut zone.lines);
        page.rules.append(&mut zone.rules);
    }
}

/// The lines of a rule whose upper edge is at `top`: in the middle of the type area, or of the paper when it is wider.
pub(super) fn lines_of(rule: &Rule, top: Length, page: &Page, ink: Ink) -> Vec<PlacedRule> {
    let x = if rule.width > page.text_width() {
        (page.width - rule.width) / 2
    } else {
        page.left + (page.text_width() - rule.width) / 2
    };
    let mut y = top;
    rule.thickness
        .iter()
        .map(|&height| {
            let line = PlacedRule {
                x,
                y,
                width: rule.width,
                height,
                ink,
            };
            y += height + rule.between;
            line
        })
        .collect()
}
