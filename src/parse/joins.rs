//! Whether a line belongs to the paragraph of the line before it.
//!
//! Three things tear paragraphs: links and footnote marks of web pages, each on a line of its own; hard line ends at a
//! fixed width; page breaks of scanned books. Each shows in the habits of the source as a whole, so those are looked at
//! first. When in doubt, a line is a paragraph.

use super::date;
use super::front_matter;
use super::lines::Line;
use super::marks::{self, End};
use super::residue;
use super::shape;
use super::vocabulary;

/// What is known of the paragraph that is being put together. Kept up to date line by line, so that joining a million
/// lines takes a million steps.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Whether the first line was seen.
    pub(super) started: bool,
    /// Brackets (not quotation marks) that are open.
    brackets: usize,
    /// Quotation marks that are open.
    quotations: usize,
    /// Characters so far.
    count: usize,
    /// Whether a mark inside shows it to be running text.
    has_marks: bool,
    /// Whether a sentence ended inside.
    has_sentence: bool,
    /// Whether it has Han characters.
    has_han: bool,
    /// Whether it begins with a number.
    numbered: bool,
    /// Whether it is the first paragraph of the text.
    first_paragraph: bool,
}

impl State {
    /// The state before the first line of a paragraph.
    pub(super) fn new(first_paragraph: bool) -> Self {
        State {
            first_paragraph,
            ..State::default()
        }
    }

    /// Takes up another line.
    pub(super) fn extend(&mut self, source: &str, line: &Line) {
        let look = &line.look;
        self.has_han |= has_han(line.text(source));
        if !self.started {
            self.numbered = look.ordinal.is_some();
        }
        self.started = true;
        self.brackets = look.brackets.after(self.brackets);
        self.quotations = look.quotations.after(self.quotations);
        self.has_marks |= look.has_marks;
        self.has_sentence |= look.has_stop;
        self.count += look.solid;
    }
}

/// How the source as a whole parts its paragraphs.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Empty lines part paragraphs.
    blank_parted: bool,
    /// Indents begin paragraphs.
    indented: bool,
    /// The width at which lines were broken by force.
    pub(super) wrapped_at: Option<usize>,
    /// For each line, whether its cluster (the lines without an empty line between them) holds a torn paragraph.
    torn: Vec<bool>,
}

/// How much narrower than the widest a hard-wrapped line may be, in half Han characters: no line begins with a mark,
/// and Latin words stay whole.
const WRAP_SLACK: usize = 8;

/// A line with marks but without an end mark that is longer is no heading, in characters.
const LONGEST_HEADING: usize = 80;

impl Habits {
    /// Looks at all lines of the source.
    pub(super) fn of(source: &str, lines: &[Line]) -> Habits {
        let visible: Vec<&Line> = lines.iter().filter(|line| !line.invisible).collect();
        let boundaries = visible.len().saturating_sub(1);
        let parted = visible
            .iter()
            .skip(1)
            .filter(|line| line.blanks_before > 0)
            .count();
        let long = |line: &&&Line| line.span.end - line.span.start > 90;
        let long_lines = visible.iter().filter(long).count();
        let indented = visible
            .iter()
            .filter(long)
            .filter(|line| line.is_indented())
            .count();
        Habits {
            blank_parted: parted >= 3 && parted * 5 >= boundaries,
            indented: indented * 2 > long_lines,
            wrapped_at: wrap_width(source, &visible),
            torn: torn_clusters(source, lines),
        }
    }

    /// Whether line `index` belongs to the paragraph before it.
    pub(super) fn join(
        &self,
        source: &str,
        previous: &Line,
        line: &Line,
        index: usize,
        state: &State,
    ) -> bool {
        let (before, after) = (previous.text(source), line.text(source));
        if line.split {
            return false;
        }
        let end = previous.look.end;
        if line.blanks_before > 0 {
            return self.joins_across_blank(line, before, after, end, state);
        }
        if starts_anew(line, after, end) || line.is_indented() && self.indented {
            return false;
        }
        let first = after.chars().next().unwrap_or(' ');
        if (marks::continues_line(first) && !is_note_label(after))
            || is_reference(after)
            || before.chars().next_back().is_some_and(marks::opens)
            || state.brackets > 0 && end == End::Open && state.count < 2_000
            || state.quotations > 0 && end == End::Open && state.count < 2_000
            || first == '的'
        {
            return true;
        }
        if previous.wide_blank_after && before.chars().count() <= 15 && after.chars().count() <= 6 {
            return true;
        }
        if date::is_whole(after) || date::is_whole(before) {
            return false;
        }
        if let Some(width) = self.wrapped_at {
            let full = marks::text_width(before) + previous.indent + WRAP_SLACK >= width;
            let begins = line.is_numbered() && end != End::Open;
            return full && !begins && !line.is_indented();
        }
        if self.blank_parted && self.torn[index] {
            // The title may have lost the empty line below it.
            if state.first_paragraph && !state.has_sentence && vocabulary::ends_with_kind(before) {
                return false;
            }
            let broken_off = end == End::Open && (state.has_marks || state.has_sentence);
            return (state.has_han || state.count <= 2)
                && (has_han(after) || broken_off && after.chars().count() <= 8);
        }
        // A long line that breaks off in the middle of a sentence.
        end == End::Open
            && state.count >= 40
            && (state.has_sentence || state.has_marks && state.count >= LONGEST_HEADING)
            && !before.chars().next_back().is_some_and(marks::closes)
            && !shape::is_label(after)
            && !shape::is_date_line(before)
            && !shape::is_date_line(after)
            && !residue::is_caption(before)
            && residue::news_lead(before).is_none()
    }

    fn joins_across_blank(&self, line: &Line, before: &str, after: &str, end: End, state: &State) -> bool {
        if starts_anew(line, after, end) {
            return false;
        }
        let first = after.chars().next().unwrap_or(' ');
        // A note's mark on a line of its own belongs to the note.
        let lone_mark = before.chars().count() == 1
            && before
                .chars()
                .all(|c| matches!(c, '↑' | '※' | '*' | '＊' | '^') || super::numerals::enclosed(c).is_some());
        if lone_mark {
            return true;
        }
        if line.blanks_before > 1 || end != End::Open {
            return false;
        }
        if marks::continues_line(first) && first != '”' && first != '’' && !is_note_label(after) {
            return true;
        }
        let closes = after
            .chars()
            .find(|c| matches!(c, '（' | '(' | '《' | '〔' | '）' | ')' | '》' | '〕'))
            .is_some_and(marks::closes);
        if state.brackets == 1 && state.count < 200 && closes && line.look.ordinal.is_none() {
            return true;
        }
        // A page break in the middle of a sentence.
        self.indented
            && !line.is_indented()
            && state.has_marks
            && state.count >= 40
            && !state.numbered
            && self.blank_parted
            && first != '“'
            && !shape::is_label(after)
            && after.chars().count() > 20
            && line.look.end != End::Open
    }
}

fn has_han(text: &str) -> bool {
    text.chars().any(marks::is_han)
}

/// Whether `text` is the end of a list of labels such as ）注 that no paragraph could begin with, yet is one: 1）.
fn is_note_label(text: &str) -> bool {
    text.starts_with([')', '）']) && text.chars().count() <= 1
}

/// Whether `text` is a footnote reference that was torn from its word: `[`, `[1]`, 1 between brackets is found by them.
fn is_reference(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[').or_else(|| text.strip_prefix('［')) else {
        return false;
    };
    let inner = inner.trim_end_matches([']', '］']);
    inner.chars().count() <= 8
        && inner
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '注')
}

/// Whether `line`, with this `text`, cannot continue a paragraph that ended with `end`.
fn starts_anew(line: &Line, text: &str, end: End) -> bool {
    text.starts_with('#')
        || front_matter::mark(text).is_some()
        || text.starts_with("<!--")
        || text.starts_with('|')
        || line.look.has_columns && text.contains('\t') && shape::cells(text) > 2
        || end != End::Open && end != End::Comma && line.is_numbered()
        || shape::is_address(text)
        || shape::is_attachment_label(text)
}

/// For each line, whether its cluster holds a torn paragraph: by its own boundaries, or because several others do, so
/// that empty lines alone part the paragraphs of this source.
fn torn_clusters(source: &str, lines: &[Line]) -> Vec<bool> {
    let mut torn = vec![false; lines.len()];
    let mut count = 0;
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && (lines[end].blanks_before == 0 || lines[end].invisible) {
            end += 1;
        }
        if end - start > 1 && is_torn(source, &lines[start..end]) {
            torn[start..end].fill(true);
            count += 1;
        }
        start = end;
    }
    if count >= 2 {
        torn.fill(true);
    }
    torn
}

/// Whether the lines of a cluster have a boundary that only a torn paragraph has.
fn is_torn(source: &str, cluster: &[Line]) -> bool {
    let strong = |line: &Line| {
        let text = line.text(source);
        text.chars().next().is_some_and(marks::continues_line) || is_reference(text)
    };
    // A line that breaks off at a comma, and is not one of several parallel ones.
    let broken = |pair: &[Line]| {
        pair[0].look.end == End::Comma
            && pair[1].look.end == End::Open
            && !shape::is_address(pair[1].text(source))
    };
    cluster[0].torn_indent || cluster[1..].iter().any(strong) || cluster.windows(2).any(broken)
}

/// The width at which the source was hard-wrapped; `None` when it was not.
///
/// Hard-wrapped lines that end without a mark nearly all have the same width; headings and titles do not.
fn wrap_width(source: &str, lines: &[&Line]) -> Option<usize> {
    let width = |line: &Line| marks::text_width(line.text(source)) + line.indent;
    let mut unended: Vec<usize> = lines
        .windows(2)
        .filter(|pair| pair[1].blanks_before == 0 && !pair[1].split)
        .filter(|pair| matches!(pair[0].look.end, End::Open | End::Comma))
        .map(|pair| width(pair[0]))
        .collect();
    if unended.len() < 3 {
        return None;
    }
    unended.sort_unstable();
    let widest = unended[unended.len() - 1 - unended.len() / 20];
    let full = unended
        .iter()
        .filter(|&&width| width + WRAP_SLACK >= widest)
        .count();
    // Lines that go far beyond are paragraphs of their own, so the source is not wrapped.
    let beyond = || {
        lines
            .iter()
            .filter(|line| width(line) > widest + WRAP_SLACK)
            .count()
    };
    // One line may end early for a reason of its own, as a title does.
    let enough = full >= 3 && full * 5 >= (unended.len() - 1) * 4;
    let wrapped = (32..=160).contains(&widest) && enough && beyond() * 10 <= lines.len();
    wrapped.then_some(widest)
}
