//! 版头: where the elements above the text stand on the first page (GB/T 9704-2012 §7.2, §10).
//!
//! Everything is reckoned from the upper edge of 发文机关标志, which stands at a height of its own, so that nothing above it
//! moves what is below. Heights are those of em boxes. A document without a mark has no 版头: its number and the like are
//! lines of text as others are.

use super::width::width;
use super::{Place, StyledParagraph, StyledRun};
use crate::model::Role;
use crate::profile::{Align, FieldsPlace, NumberPlace, Profile};
use crate::units::{Chars, Length};

/// What 版头 makes of the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The upper edge of the line box of the first line of text, from the top of the paper.
    pub text_top: Length,
    /// The upper edge of the rule above the text, when there is one.
    pub rule_top: Option<Length>,
    /// The upper edge of the rule at the foot of the page, when there is one.
    pub foot_rule_top: Option<Length>,
    /// The lower edge of the last line's em box, when the page is full and ends at its rule.
    pub text_bottom: Option<Length>,
    /// Whether the page has a number.
    pub page_number: bool,
}

/// Sizes in a word processor are whole half points.
const HALF_POINT: i64 = 6_350;
/// Blank between the names of a joint mark and 文件, in hundredths of its size.
const MARK_GAP: i64 = 50;
/// 签发人 in a line.
const NAMES_IN_LINE: usize = 2;

const fn is_head(role: Role) -> bool {
    matches!(
        role,
        Role::CopyNumber
            | Role::Classification
            | Role::Urgency
            | Role::IssuerMark
            | Role::DocNumber
            | Role::Signatory
    )
}

/// Brings the elements of 版头 that stand under the title, as web sites print 发文字号, before it, when there is a mark.
pub(super) fn gather(paragraphs: &mut [StyledParagraph]) {
    let in_title = |role| matches!(role, Role::Title | Role::Subtitle);
    let end = paragraphs
        .iter()
        .take_while(|paragraph| is_head(paragraph.role) || in_title(paragraph.role))
        .count();
    if has_mark(&paragraphs[..end]) {
        paragraphs[..end].sort_by_key(|paragraph| !is_head(paragraph.role));
    }
}

fn has_mark(paragraphs: &[StyledParagraph]) -> bool {
    let mut marks = paragraphs
        .iter()
        .filter(|paragraph| paragraph.role == Role::IssuerMark);
    marks.any(|mark| !mark.text.trim().is_empty())
}

/// Gives the elements of 版头 their places, when the document begins with them and has a mark.
pub(super) fn place(paragraphs: &mut Vec<StyledParagraph>, profile: &Profile) -> Option<Opening> {
    let len = paragraphs
        .iter()
        .take_while(|paragraph| is_head(paragraph.role))
        .count();
    if !has_mark(&paragraphs[..len]) {
        return None;
    }
    let text = paragraphs.split_off(len);
    let mut head = Zone::new(std::mem::take(paragraphs), profile);
    let mark_bottom = head.place_marks();
    let opening = match profile.head.number {
        NumberPlace::Center => head.place_number_below(mark_bottom),
        NumberPlace::Right => head.place_number_right(mark_bottom),
    };
    *paragraphs = head.paragraphs;
    paragraphs.extend(text);
    Some(opening)
}

struct Zone<'a> {
    paragraphs: Vec<StyledParagraph>,
    profile: &'a Profile,
}

impl<'a> Zone<'a> {
    /// The elements in the order in which they stand on the page.
    fn new(mut paragraphs: Vec<StyledParagraph>, profile: &'a Profile) -> Self {
        paragraphs.sort_by_key(|paragraph| paragraph.role);
        Zone { paragraphs, profile }
    }

    /// Sets the marks at their height; the lower edge of the last one.
    fn place_marks(&mut self) -> Length {
        let (marks, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.paragraphs)
            .into_iter()
            .partition(|paragraph| paragraph.role == Role::IssuerMark);
        let ending = &self.profile.head.mark_ending;
        let mut names: Vec<StyledParagraph> = Vec::new();
        let mut after = None;
        for mark in &marks {
            let mut start = 0;
            for line in mark.text.split('\n') {
                names.push(mark.part(start..start + line.len()));
                start += line.len() + 1;
            }
        }
        names.retain(|name| !name.text.trim().is_empty());
        if names.len() > 1
            && !ending.is_empty()
            && let Some(last) = names.pop()
        {
            match last
                .text
                .trim_end()
                .strip_suffix(ending.as_str())
                .map(str::trim_end)
            {
                Some(name) => {
                    if !name.is_empty() {
                        names.push(last.part(0..name.len()));
                    }
                    let from = last.text.trim_end().len() - ending.len();
                    after = Some(last.part(from..from + ending.len()));
                }
                None => names.push(last),
            }
        }
        let bottom = if names.len() == 1 && after.is_none() {
            self.place_single(&mut names[0])
        } else {
            self.place_joint(&mut names, after.as_mut())
        };
        let at = others
            .iter()
            .take_while(|paragraph| paragraph.role < Role::IssuerMark)
            .count();
        let mut others = others;
        let below = others.split_off(at);
        self.paragraphs = others;
        self.paragraphs.extend(names);
        self.paragraphs.extend(after);
        self.paragraphs.extend(below);
        bottom
    }

    fn place_single(&self, mark: &mut StyledParagraph) -> Length {
        let room = self.mark_room();
        let size = fitting(
            mark.style.character.size,
            room.scale(100, i64::from(width(&mark.text)).max(1)),
        );
        set_size(mark, size);
        mark.place = Place::Fixed(self.profile.head.mark_top);
        self.profile.head.mark_top + size
    }

    fn mark_room(&self) -> Length {
        self.profile.head.mark_width.min(self.profile.page.text_width())
    }

    /// Names below each other, all as wide as the widest, and 文件 to their right in the middle of their height.
    fn place_joint(&self, names: &mut [StyledParagraph], after: Option<&mut StyledParagraph>) -> Length {
        let (page, head) = (&self.profile.page, &self.profile.head);
        let width = |text: &str| i64::from(width(text));
        let widest = names.iter().map(|name| width(&name.text)).max().unwrap_or(100);
        let after_width = after.as_ref().map_or(0, |after| MARK_GAP + width(&after.text));
        let count = names.len() as i64;
        let Some(style) = names.first().map(|name| name.style) else {
            return head.mark_top;
        };
        let full = style.character.size;
        let wide = self.mark_room().scale(100, (widest + after_width).max(1));
        // (count − 1) pitches and one size.
        let units = (count - 1) * style.line_pitch.to_emu() + full.to_emu();
        let high = head.mark_height.scale(full.to_emu(), units.max(1));
        let size = fitting(full, wide.min(high));
        let pitch = style.line_pitch.scale(size.to_emu(), full.to_emu().max(1));

        let names_width = size.scale(widest, 100);
        let left = (page.text_width() - size.scale(widest + after_width, 100)) / 2;
        for (line, name) in names.iter_mut().enumerate() {
            set_size(name, size);
            name.style.align = Align::Distribute;
            name.style.indent_left = self.chars(left);
            name.style.indent_right = self.chars(page.text_width() - left - names_width);
            name.place = Place::Fixed(head.mark_top + pitch * line as i64);
        }
        if let Some(after) = after {
            set_size(after, size);
            after.style.align = Align::Left;
            after.style.indent_left = self.chars(left + names_width + size.scale(MARK_GAP, 100));
            after.place = Place::Fixed(head.mark_top + pitch * (count - 1) / 2);
        }
        head.mark_top + pitch * (count - 1) + size
    }

    /// Common documents: number below the mark, rule below the number, fields on the first lines of the page.
    fn place_number_below(&mut self, mark_bottom: Length) -> Opening {
        let (head, grid) = (&self.profile.head, &self.profile.grid);
        let top = mark_bottom + head.number_gap.times(grid.line_pitch);
        let signatories = self.place_signatories(top);
        let last = top + grid.line_pitch * signatories.saturating_sub(1) as i64;
        let mut bottom = mark_bottom;
        if signatories > 0 {
            bottom = last + self.body_size();
        }
        for number in self.of(Role::DocNumber) {
            if signatories > 0 {
                number.style.align = Align::Left;
                number.style.indent_left = Chars::whole(1);
            }
            number.place = Place::Fixed(last);
            bottom = last + number.style.character.size;
        }
        let line_box = (grid.line_pitch - self.body_size()) / 2;
        self.place_fields();
        let mut opening = self.opening();
        if !head.rule.thickness.is_empty() {
            opening.rule_top = Some(bottom + head.rule.distance);
            bottom += head.rule.distance + head.rule.height();
        } else {
            bottom += line_box;
        }
        opening.text_top = bottom + head.text_gap.times(grid.line_pitch);
        opening
    }

    /// Letters: rule below the mark, fields and number below the rule.
    fn place_number_right(&mut self, mark_bottom: Length) -> Opening {
        let (head, grid) = (&self.profile.head, &self.profile.grid);
        let mut opening = self.opening();
        let mut bottom = mark_bottom;
        if !head.rule.thickness.is_empty() {
            opening.rule_top = Some(bottom + head.rule.distance);
            bottom += head.rule.distance + head.rule.height();
        }
        let mut line = 0;
        let top = bottom + head.fields_gap;
        let at = |line: i64| top + grid.line_pitch * line;
        for paragraph in &mut self.paragraphs {
            match paragraph.role {
                Role::CopyNumber | Role::Classification | Role::Urgency => {
                    paragraph.place = Place::Fixed(at(line));
                    bottom = bottom.max(at(line) + paragraph.style.character.size);
                    line += 1;
                }
                Role::DocNumber => {
                    paragraph.style.align = Align::Right;
                    paragraph.place = Place::Fixed(top);
                    bottom = bottom.max(top + paragraph.style.character.size);
                }
                _ => {}
            }
        }
        let below = bottom.max(at(line));
        if self.place_signatories(below) > 0 {
            bottom = below + self.body_size();
        }
        let line_box = (grid.line_pitch - self.body_size()) / 2;
        opening.text_top = bottom + line_box + head.text_gap.times(grid.line_pitch);
        opening
    }

    fn opening(&self) -> Opening {
        let (page, head) = (&self.profile.page, &self.profile.head);
        let foot_rule_top = (!head.foot_rule.thickness.is_empty())
            .then(|| page.height - head.foot_rule.distance - head.foot_rule.height());
        Opening {
            text_top: page.top,
            rule_top: None,
            foot_rule_top,
            text_bottom: foot_rule_top.map(|top| top - head.foot_gap),
            page_number: head.page_number,
        }
    }

    /// 份号 on the first line of the type area, 密级 on the second even without it, 紧急程度 on the line after.
    fn place_fields(&mut self) {
        let (page, grid) = (self.profile.page, self.profile.grid);
        if self.profile.head.fields != FieldsPlace::Top {
            return;
        }
        let mut line = 0;
        for paragraph in &mut self.paragraphs {
            match paragraph.role {
                Role::Classification => line = line.max(1),
                Role::CopyNumber | Role::Urgency => {}
                _ => continue,
            }
            let lead = (grid.line_pitch - paragraph.style.character.size) / 2;
            paragraph.place = Place::Fixed(page.top + grid.line_pitch * line + lead);
            line += 1;
        }
    }

    /// Sets 签发人 and the names, two in a line, from the height `top` on; how many lines there are.
    fn place_signatories(&mut self, top: Length) -> usize {
        let grid = self.profile.grid;
        let Some(at) = self
            .paragraphs
            .iter()
            .position(|paragraph| paragraph.role == Role::Signatory)
        else {
            return 0;
        };
        let all: Vec<StyledParagraph> = self
            .paragraphs
            .extract_if(at.., |paragraph| paragraph.role == Role::Signatory)
            .collect();
        let mut lines = Vec::new();
        for signatory in &all {
            lines.extend(signatory_lines(signatory, self.profile));
        }
        let first = lines.first().map_or(0, |line| width(&line.text));
        let full = grid.chars as i32 * 100;
        let right = self.profile.element(Role::Signatory).indent_right.0;
        let label_left = (full - right - first).max(0);
        let label = all
            .first()
            .map_or(0, |one| width(&one.text[..label_len(&one.text)]));
        for (number, line) in lines.iter_mut().enumerate() {
            let left = if number == 0 {
                label_left
            } else {
                label_left + label
            };
            line.style.align = Align::Left;
            line.style.indent_left = Chars(left);
            line.style.indent_right = Chars::ZERO;
            line.place = Place::Fixed(top + grid.line_pitch * number as i64);
        }
        let count = lines.len();
        self.paragraphs.splice(at..at, lines);
        count
    }

    fn of(&mut self, role: Role) -> impl Iterator<Item = &mut StyledParagraph> {
        self.paragraphs
            .iter_mut()
            .filter(move |paragraph| paragraph.role == role)
    }

    fn body_size(&self) -> Length {
        self.profile.element(Role::Signatory).character.size
    }

    /// A length along a line in characters of the grid.
    fn chars(&self, length: Length) -> Chars {
        Chars((length.to_emu() * 100 / self.profile.grid.char_pitch.to_emu().max(1)) as i32)
    }
}

/// The label 签发人： with its first names, and a line for each two names more.
fn signatory_lines(paragraph: &StyledParagraph, profile: &Profile) -> Vec<StyledParagraph> {
    let label = label_len(&paragraph.text);
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in paragraph.text.char_indices().chain([(paragraph.text.len(), ' ')]) {
        if at < label {
            continue;
        }
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                // 张　明 is one name, drawn out.
                let single = |from: usize, to: usize| paragraph.text[from..to].chars().count() == 1;
                match names.last_mut() {
                    Some(last) if single(last.0, last.1) && single(from, at) => last.1 = at,
                    _ => names.push((from, at)),
                }
                start = None;
            }
            _ => {}
        }
    }
    let mut lines: Vec<StyledParagraph> = names
        .chunks(NAMES_IN_LINE)
        .filter_map(|line| Some(paragraph.part(line.first()?.0..line.last()?.1)))
        .collect();
    for line in &mut lines {
        line.runs = vec![StyledRun {
            len: line.text.len(),
            character: profile.signatory_name(),
            lead: None,
        }];
    }
    if label > 0 {
        let shown = paragraph.text[..label].trim_end();
        let of_label = StyledRun {
            len: shown.len(),
            character: paragraph.style.character,
            lead: None,
        };
        match lines.first_mut() {
            Some(first) => {
                first.text.insert_str(0, shown);
                first.runs.insert(0, of_label);
            }
            None => lines.push(paragraph.part(0..shown.len())),
        }
    }
    lines
}

/// The length of 签发人： and the blanks after it.
fn label_len(text: &str) -> usize {
    text.find(['：', ':']).map_or(0, |at| {
        let after = &text[at..];
        let colon = after.chars().next().map_or(0, char::len_utf8);
        at + colon + (after[colon..].len() - after[colon..].trim_start().len())
    })
}

/// The size, or the largest whole number of half points that is no more than `most`.
fn fitting(size: Length, most: Length) -> Length {
    if size <= most {
        return size;
    }
    Length::emu((most.to_emu() / HALF_POINT).max(8) * HALF_POINT)
}

fn set_size(paragraph: &mut StyledParagraph, size: Length) {
    let style = &mut paragraph.style;
    style.line_pitch = style
        .line_pitch
        .scale(size.to_emu(), style.character.size.to_emu().max(1));
    style.character.size = size;
    for run in &mut paragraph.runs {
        run.character.size = size;
    }
}
