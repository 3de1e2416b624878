//! A paragraph's atoms into lines.
//!
//! First line by line, as full as each can be, pushing marks in before pushing characters out (clreq), which is how word
//! processors break. Where that leaves a line too loose or a stray last character (孤字), the fewest lines around it that
//! mend it are broken anew, into as many lines as before, so that all others stay as they are in the DOCX. Positions are
//! left to `justify`. The one rule kept here: a line never holds more than fits in it when every blank is reduced, unless
//! it is a single atom. Both steps go by the same fits and costs, so that they are one thing and stand in one file.

use std::ops::Range;

use super::characters::Class;
use super::shape::{Atom, Fine, Give, Joint, Shaped};

/// The widest gap that justification opens between two characters, in thousandths of the em. A line that would need
/// more stays ragged; that happens only beside words, numbers or addresses which may not be broken, where no other end
/// would fill at least three quarters of the line. Word spaces and Han–Latin gaps grow to half an em before.
pub(super) const WIDEST_GAP: i64 = 250;
/// A gap, in thousandths of the em, that catches the eye: its line is mended. One and a half characters pushed out leave 56,
/// which stay; two leave 74.
const LOOSE_GAP: i64 = 70;
/// The most lines that are broken anew for the sake of one.
const MOST_LINES: usize = 4;

/// What a fault costs where ways of breaking lines are weighed.
mod cost {
    /// A gap of 100 thousandths of the em, growing with the square.
    pub(super) const LOOSE: i64 = 400;
    /// A line that is left ragged, besides what its blank costs.
    pub(super) const RAGGED: i64 = 4_000;
    /// Each em of blank in a ragged line.
    pub(super) const BLANK: i64 = 300;
    /// A paragraph whose last line is one character.
    pub(super) const STRAY: i64 = 400;
    /// A break inside an address or at a padding blank.
    pub(super) const RELUCTANT: i64 = 1_500;
    /// A break where none is allowed.
    pub(super) const FORBIDDEN: i64 = 1_000_000;
    /// Any reduction, so that it is not done for nothing.
    pub(super) const REDUCED: i64 = 15;
    /// All blanks of a line reduced, growing with the square of the share: half an em, which takes a mark in, costs a
    /// little less than pushing out one character (27 gaps of 38 thousandths), since pushing in comes first.
    pub(super) const TIGHT: i64 = 40;
    /// Each em beyond the first half, which takes in more than a mark.
    pub(super) const DENSE: i64 = 60;
}

/// One line: a range of atoms with trailing blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first atom.
    pub(super) start: usize,
    /// One past its last atom; trailing blanks belong to it.
    pub(super) end: usize,
    /// One past its last atom that is no blank.
    pub(super) visible_end: usize,
    /// Whether the text ends here, or the author broke the line: such lines are not stretched.
    pub(super) last: bool,
}

/// How wide the lines of a paragraph may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// The first line.
    pub(super) first: Fine,
    /// The others.
    pub(super) rest: Fine,
    /// Whether lines are justified, and faulty ones mended.
    pub(super) justify: bool,
}

/// Work space of [`break_lines`].
#[derive(Debug, Default)]
pub(super) struct Scratch {
    ways: Vec<Way>,
    tried: Vec<Line>,
    best: Vec<Line>,
}

/// One way to break the text up to the end of `line`.
#[derive(Clone, Copy, Debug)]
struct Way {
    line: Line,
    cost: i64,
    /// The way to the line before.
    before: usize,
}

/// Breaks a paragraph; the lines are appended to `lines`.
pub(super) fn break_lines(shaped: &Shaped, measure: Measure, scratch: &mut Scratch, lines: &mut Vec<Line>) {
    for (i, segment) in shaped.segments.iter().enumerate() {
        let measure = Measure {
            first: if i == 0 { measure.first } else { measure.rest },
            ..measure
        };
        break_segment(shaped, segment.clone(), measure, scratch, lines);
    }
}

/// Breaks the atoms `segment`, which hold no line break; the lines are appended to `lines`.
pub(super) fn break_segment(
    shaped: &Shaped,
    segment: Range<usize>,
    measure: Measure,
    scratch: &mut Scratch,
    lines: &mut Vec<Line>,
) {
    let breaker = Breaker {
        shaped,
        segment: segment.clone(),
        measure,
    };
    let first = lines.len();
    breaker.line_by_line(lines);
    if measure.justify {
        breaker.mend(first, lines, scratch);
    }
}

/// How a range of atoms fits a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// Blank to be taken away (negative: to be added) to fill the line.
    pub(super) excess: Fine,
    /// Blank that can be taken away.
    slack: Fine,
    /// How much word spaces and Han–Latin gaps can grow.
    space: Fine,
    /// The number of gaps that can be opened.
    gaps: i64,
}

impl Fit {
    /// Of the atoms `start..visible_end` in a line of `room`, its end mark at half an em.
    pub(super) fn of(shaped: &Shaped, start: usize, visible_end: usize, room: Fine) -> Fit {
        if visible_end <= start {
            return Fit {
                excess: -room,
                slack: 0,
                space: 0,
                gaps: 0,
            };
        }
        let (from, to) = (&shaped.sums[start], &shaped.sums[visible_end]);
        let after_first = &shaped.sums[start + 1];
        Fit {
            excess: to.width - from.width + shaped.atoms[start].cut
                - shaped.atoms[visible_end - 1].end_cut()
                - room,
            slack: to.slack - after_first.slack,
            space: to.space - after_first.space,
            gaps: to.gaps - after_first.gaps,
        }
    }

    /// Whether it fits when every blank is reduced.
    pub(super) fn is_possible(&self) -> bool {
        self.excess <= self.slack
    }

    /// How far justification opens each gap, in thousandths of `em`; `None` when there is none to open.
    pub(super) fn gap(&self, em: Fine) -> Option<i64> {
        let rest = -self.excess - self.space;
        if rest <= 0 {
            Some(0)
        } else if self.gaps == 0 {
            None
        } else {
            Some(rest * 1000 / (self.gaps * em))
        }
    }
}

struct Breaker<'a> {
    shaped: &'a Shaped,
    segment: Range<usize>,
    measure: Measure,
}

impl Breaker<'_> {
    fn atoms(&self) -> &[Atom] {
        &self.shaped.atoms
    }

    fn room(&self, start: usize) -> Fine {
        if start == self.segment.start {
            self.measure.first
        } else {
            self.measure.rest
        }
    }

    /// One past the last atom before `end` that is no blank.
    fn visible_end(&self, start: usize, end: usize) -> usize {
        let mut visible = end;
        while visible > start && self.atoms()[visible - 1].class.is_blank() {
            visible -= 1;
        }
        visible
    }

    fn line(&self, start: usize, end: usize) -> Line {
        Line {
            start,
            end,
            visible_end: self.visible_end(start, end),
            last: end == self.segment.end,
        }
    }

    fn fit(&self, line: &Line) -> Fit {
        Fit::of(self.shaped, line.start, line.visible_end, self.room(line.start))
    }

    /// Whether the line may end before atom `at`.
    fn joint(&self, at: usize) -> Joint {
        if at >= self.segment.end {
            Joint::Allowed
        } else {
            self.atoms()[at].joint
        }
    }

    fn line_by_line(&self, lines: &mut Vec<Line>) {
        let mut start = self.segment.start;
        if self.segment.is_empty() {
            lines.push(self.line(start, start));
        }
        while start < self.segment.end {
            let end = self.end(start);
            lines.push(self.line(start, end));
            start = end;
        }
    }

    /// Where the line that begins at `start` ends when it is as full as it can be without being ragged.
    fn end(&self, start: usize) -> usize {
        let end = self.fullest(start);
        if !self.measure.justify || !self.is_ragged(&self.line(start, end)) {
            return end;
        }
        let (mut least, mut best) = (i64::MAX, end);
        self.ends(start, |line, cost| {
            if cost < least {
                (least, best) = (cost, line.end);
            }
        });
        best
    }

    /// Whether a line would need gaps beyond the widest.
    fn is_ragged(&self, line: &Line) -> bool {
        let gap = self.fit(line).gap(self.em(line.start));
        !line.last && gap.is_none_or(|gap| gap > WIDEST_GAP)
    }

    /// Where the line that begins at `start` ends when it is as full as it can be.
    fn fullest(&self, start: usize) -> usize {
        let room = self.room(start);
        // The last place where a line may end without reduction, and whether more would have fitted without it.
        let (mut unreduced, mut more_fits) = (None, false);
        let mut last_possible = start + 1;
        let mut end = start;
        while end < self.segment.end {
            end += 1;
            if self.is_inside_blanks(end) {
                continue;
            }
            let fit = Fit::of(self.shaped, start, self.visible_end(start, end), room);
            // Neither width nor width less slack ever shrinks from end to end, so nothing beyond fits either.
            if !fit.is_possible() {
                break;
            }
            last_possible = end;
            let allowed = self.joint(end) == Joint::Allowed;
            if fit.excess <= 0 {
                if allowed {
                    unreduced = Some(end);
                }
                more_fits = !allowed;
            } else if allowed && more_fits {
                // Push in: the first end that reduction makes possible, unless pushing out does less harm. What may
                // begin the next line, a number or “甲, is not worth squeezing marks for.
                let cost = |end| self.cost(&self.line(start, end)).unwrap_or(cost::FORBIDDEN);
                return match unreduced {
                    Some(out) if self.may_start(out, end) || cost(out) < cost(end) => out,
                    _ => end,
                };
            } else if !more_fits {
                break;
            }
        }
        // Push out, or break a word that is longer than the line.
        unreduced.unwrap_or_else(|| self.forced(start, last_possible))
    }

    /// Whether the atoms `out..end`, which stay together, may begin a line as they are: no mark at their end drags the
    /// others along. The % of 5% belongs to the number.
    fn may_start(&self, out: usize, end: usize) -> bool {
        let last = self.atoms()[self.visible_end(out, end) - 1].class;
        let in_number = matches!(last, Class::Trailing | Class::WesternClosing);
        last.may_start() || in_number && matches!(self.atoms()[out].class, Class::Digit | Class::WideLetter)
    }

    /// The least bad end of a line of which no end is good: rather an address is broken than a line left nearly empty;
    /// where no end is allowed at all, the fullest.
    fn forced(&self, start: usize, last_possible: usize) -> usize {
        (start + 1..=last_possible)
            .rev()
            .filter(|end| self.joint(*end) != Joint::Never && !self.is_inside_blanks(*end))
            .filter_map(|end| Some((self.cost(&self.line(start, end))?, end)))
            .min_by_key(|(cost, _)| *cost)
            .map_or(last_possible, |(_, end)| end)
    }

    /// Whether a line is too loose, ends where it should not, or is a stray last character.
    fn is_faulty(&self, line: &Line) -> bool {
        if line.last {
            return line.start > self.segment.start && self.is_stray(line);
        }
        let fit = self.fit(line);
        self.joint(line.end) != Joint::Allowed
            || fit.gap(self.em(line.start)).is_none_or(|gap| gap > LOOSE_GAP)
    }

    /// Whether a last line holds a single character, marks aside (孤字).
    fn is_stray(&self, line: &Line) -> bool {
        let atoms = &self.atoms()[line.start..line.visible_end];
        let em = self.em(line.start);
        let width: Fine = atoms
            .iter()
            .filter(|atom| !atom.class.is_half_blank())
            .map(|atom| atom.width)
            .sum();
        width <= em
    }

    fn em(&self, at: usize) -> Fine {
        self.atoms().get(at).map_or(1, |atom| atom.em)
    }

    /// What a line costs; `None` when it is impossible.
    fn cost(&self, line: &Line) -> Option<i64> {
        let fit = self.fit(line);
        let joint = match self.joint(line.end) {
            Joint::Allowed => 0,
            Joint::Reluctant => cost::RELUCTANT,
            Joint::Never => cost::FORBIDDEN,
        };
        if fit.excess > 0 {
            if fit.slack == 0 || !fit.is_possible() {
                return None;
            }
            let tightness = fit.excess * 1000 / fit.slack;
            let em = self.em(line.start);
            let dense = (fit.excess - em / 2).max(0) * 100 / em * cost::DENSE / 100;
            return Some(cost::REDUCED + cost::TIGHT * tightness * tightness / 1_000_000 + dense + joint);
        }
        if line.last {
            return Some(if self.is_faulty(line) { cost::STRAY } else { 0 });
        }
        let gap = fit.gap(self.em(line.start)).unwrap_or(i64::MAX);
        let loose = if gap <= WIDEST_GAP {
            cost::LOOSE * gap * gap / 10_000
        } else {
            let blank = (-fit.excess / self.em(line.start)).min(100);
            cost::RAGGED + cost::BLANK * blank
        };
        Some(loose + joint)
    }

    /// Breaks anew, for each faulty line from `lines[from]` on, the fewest lines around it that mend it, or else those that
    /// gain most. A stray character that none of as many lines can help is taken into the line before.
    fn mend(&self, from: usize, lines: &mut Vec<Line>, scratch: &mut Scratch) {
        for at in from..lines.len() {
            if !self.is_faulty(&lines[at]) {
                continue;
            }
            let mut better = self.better(&lines[from..], at - from, 0, scratch);
            if lines[at].last && better.is_none() {
                better = self.better(&lines[from..], at - from, 1, scratch);
            }
            if let Some(old) = better {
                lines.splice(from + old.start..from + old.end, scratch.best.iter().copied());
            }
        }
    }

    /// The fewest lines around `lines[at]` that are mended when they are broken anew, into `fewer` lines, or else those
    /// that gain most. How they are broken is `scratch.best`.
    fn better(&self, lines: &[Line], at: usize, fewer: usize, scratch: &mut Scratch) -> Option<Range<usize>> {
        let mut best: Option<(bool, i64, usize)> = None;
        for size in 2..=MOST_LINES.min(lines.len()) {
            for first in (at + 1).saturating_sub(size)..=at.min(lines.len() - size) {
                let old = &lines[first..first + size];
                let Some(cost) = self.weigh(old, size - fewer, scratch) else {
                    continue;
                };
                let mended = !scratch.tried.iter().any(|line| self.is_faulty(line));
                let gain = old
                    .iter()
                    .map(|line| self.cost(line).unwrap_or(cost::FORBIDDEN))
                    .sum::<i64>()
                    - cost;
                if gain > 0 && best.is_none_or(|best| (mended, gain) > (best.0, best.1)) {
                    best = Some((mended, gain, first));
                    std::mem::swap(&mut scratch.best, &mut scratch.tried);
                }
            }
            if best.is_some_and(|(mended, ..)| mended) {
                break;
            }
        }
        best.map(|(.., first)| first..first + scratch.best.len() + fewer)
    }

    /// Of all ways to break the text of some lines into `count`, the one that costs least, into `scratch.tried`; and what it
    /// costs.
    fn weigh(&self, old: &[Line], count: usize, scratch: &mut Scratch) -> Option<i64> {
        let (first, last) = (old.first()?, old.last()?);
        let ways = &mut scratch.ways;
        ways.clear();
        ways.push(Way {
            line: self.line(first.start, first.start),
            cost: 0,
            before: 0,
        });
        // The ways to the line before.
        let mut befores = 0..1;
        for number in 1..=count {
            let level = ways.len();
            for before in befores {
                let so_far = ways[before];
                self.ends(so_far.line.end, |line, cost| {
                    if (line.end == last.end) != (number == count) {
                        return;
                    }
                    let cost = so_far.cost + cost;
                    let way = Way { line, cost, before };
                    match ways[level..].iter_mut().find(|way| way.line.end == line.end) {
                        Some(other) if other.cost <= cost => {}
                        Some(other) => *other = way,
                        None => ways.push(way),
                    }
                });
            }
            befores = level..ways.len();
        }
        let mut way = *ways.get(befores.start)?;
        let cost = way.cost;
        scratch.tried.clear();
        for _ in 0..count {
            scratch.tried.push(way.line);
            way = ways[way.before];
        }
        scratch.tried.reverse();
        Some(cost)
    }

    /// Calls `take` with each line from `start` that may be chosen, and with its cost; at least once.
    fn ends(&self, start: usize, mut take: impl FnMut(Line, i64)) {
        let room = self.room(start);
        let mut found = false;
        let mut last_possible = start + 1;
        // Lines shorter than this would need gaps beyond the widest.
        let shortest = self.shaped.sums[start].width + room / 4 * 3;
        let sums = &self.shaped.sums[start + 1..self.segment.end];
        let mut end = start + sums.partition_point(|sums| sums.width < shortest);
        while end < self.segment.end {
            end += 1;
            if self.is_inside_blanks(end) {
                continue;
            }
            let line = self.line(start, end);
            let fit = Fit::of(self.shaped, start, line.visible_end, room);
            if !fit.is_possible() {
                break;
            }
            last_possible = end;
            if self.joint(end) == Joint::Never || self.is_ragged(&line) {
                continue;
            }
            if let Some(cost) = self.cost(&line) {
                found = true;
                take(line, cost);
            }
        }
        if !found {
            let line = self.line(start, self.forced(start, last_possible));
            take(line, self.cost(&line).unwrap_or(cost::FORBIDDEN));
        }
    }

    /// Whether a blank stands on both sides of the boundary before atom `at`.
    fn is_inside_blanks(&self, at: usize) -> bool {
        at < self.segment.end && self.atoms()[at].class.is_blank() && self.atoms()[at - 1].class.is_blank()
    }
}

/// Takes `excess` away from the blanks of a line, or adds to them when it is negative, and tells for each boundary how
/// far the atom after it moves: `shift(boundary, by)`, in order, for every boundary from `line.start + 1`.
pub(super) fn spread(shaped: &Shaped, line: &Line, room: Fine, mut shift: impl FnMut(usize, Fine)) {
    let fit = Fit::of(shaped, line.start, line.visible_end, room);
    let inner = line.start + 1..line.visible_end.max(line.start + 1);
    let atoms = &shaped.atoms[inner.clone()];
    if fit.excess > 0 {
        let (shares, _) = Share::of_kinds(atoms, fit.excess.min(fit.slack), |atom| atom.slack);
        for boundary in inner {
            let atom = &shaped.atoms[boundary];
            shift(boundary, -shares[atom.give as usize].part(atom.slack));
        }
        return;
    }
    let (shares, rest) = Share::of_kinds(atoms, -fit.excess, |atom| atom.space);
    let mut gaps = 0;
    for boundary in inner {
        let atom = &shaped.atoms[boundary];
        let mut by = shares[atom.give as usize].part(atom.space);
        if atom.gap {
            // Differences of the rounded whole, so that no rounding adds up.
            by += scale(gaps + 1, rest, fit.gaps) - scale(gaps, rest, fit.gaps);
            gaps += 1;
        }
        shift(boundary, by);
    }
}

/// How much of what all boundaries of one kind can give or take is used.
#[derive(Clone, Copy, Default)]
struct Share {
    used: Fine,
    all: Fine,
}

impl Share {
    /// Uses `wanted` kind by kind in the order of [`Give::ORDER`], within a kind at each boundary in proportion to what
    /// `of` says it has; and what could not be had.
    fn of_kinds(
        atoms: &[Atom],
        wanted: Fine,
        of: impl Fn(&Atom) -> Fine,
    ) -> ([Share; Give::ORDER.len()], Fine) {
        let mut shares = [Share::default(); Give::ORDER.len()];
        for atom in atoms {
            shares[atom.give as usize].all += of(atom);
        }
        let mut rest = wanted;
        for share in &mut shares {
            share.used = rest.min(share.all);
            rest -= share.used;
        }
        (shares, rest)
    }

    /// The part of a boundary that has `own`.
    fn part(&self, own: Fine) -> Fine {
        scale(own, self.used, self.all.max(1))
    }
}

/// `value · numerator / denominator` without overflow; all are lengths within a line.
fn scale(value: i64, numerator: i64, denominator: i64) -> i64 {
    // Nearly always they are short enough; wide division takes many times as long.
    if let Some(product) = value.checked_mul(numerator) {
        return product / denominator;
    }
    (i128::from(value) * i128::from(numerator) / i128::from(denominator)) as i64
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::{body_lines, characters};

    /// A first line of 26 characters and `rest`.
    fn after_a_line(rest: &str) -> Vec<String> {
        let mut lines = body_lines(&format!("{}{rest}", characters(26)));
        lines.remove(0);
        lines
    }

    #[test]
    fn lines_hold_28_characters_and_the_first_26() {
        let lines = body_lines(&characters(26 + 28 + 5));
        let counts: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(counts, [26, 28, 5]);
    }

    #[test]
    fn a_mark_is_pushed_in_when_blank_can_be_had() {
        // The comma inside the line gives the half em that the one at its end needs.
        let lines = after_a_line(&format!(
            "{}，{}，{}",
            characters(13),
            characters(14),
            characters(9)
        ));
        assert_eq!(lines[0].chars().count(), 29);
        assert!(lines[0].ends_with('，'));
    }

    #[test]
    fn a_mark_that_cannot_be_pushed_in_takes_a_character_along() {
        let lines = after_a_line(&format!("{}，{}", characters(28), characters(9)));
        assert_eq!(lines[0].chars().count(), 27);
        assert!(lines[1].chars().nth(1) == Some('，'));
    }

    #[test]
    fn a_mark_at_the_end_takes_half_an_em() {
        // 27 characters, a digit and half a comma.
        let text = format!("{}5{}，{}", characters(10), characters(17), characters(9));
        assert_eq!(after_a_line(&text)[0].chars().count(), 29);
    }

    #[test]
    fn a_stray_last_character_gets_company() {
        let lines = body_lines(&characters(26 + 28 + 1));
        assert_eq!(lines[2].chars().count(), 2);
        let lines = body_lines(&format!("{}。", characters(26 + 28 + 1)));
        assert_eq!(lines[2].chars().count(), 3);
    }

    #[test]
    fn a_stray_last_character_leaves_as_many_lines_as_a_word_processor_sets() {
        // The commas could give room for it; then every page after this paragraph would begin elsewhere in the DOCX.
        let text = [characters(5), characters(5), characters(6), characters(8)].join("，");
        let lines = body_lines(&text);
        let counts: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(counts, [25, 2]);
    }

    #[test]
    fn a_loose_line_is_mended_by_the_fewest_lines() {
        // Two characters are missing before the number, 0.08 em for each gap; the line before gives one.
        let full = characters(28);
        let text = format!("{full}{full}{}2024567亿元{full}{}", characters(26), characters(9));
        let lines = after_a_line(&text);
        let counts: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(counts[..3], [28, 27, 27], "{lines:?}");
        assert!(lines[3].starts_with("2024567"), "{lines:?}");
    }

    #[test]
    fn one_and_a_half_characters_pushed_out_leave_the_line_before_as_it_is() {
        let full = characters(28);
        let lines = after_a_line(&format!("{full}{}3{}2024567亿元", characters(12), characters(14)));
        assert_eq!(lines[0].chars().count(), 28, "{lines:?}");
        assert!(lines[2].starts_with("2024567"), "{lines:?}");
    }

    #[test]
    fn a_percent_sign_belongs_to_its_number() {
        // The comma would give the half em that takes in 5%; the number may begin the next line.
        let lines = after_a_line(&format!("{}，{}5%左右", characters(13), characters(13)));
        assert!(lines[1].starts_with("5%"), "{lines:?}");
    }

    #[test]
    fn a_number_is_pushed_out_rather_than_every_mark_squeezed() {
        let text = format!("{}，{}，{}2024年", characters(9), characters(10), characters(6));
        let lines = after_a_line(&text);
        assert!(lines[1].starts_with("2024"), "{lines:?}");
    }

    #[test]
    fn marks_are_not_squeezed_for_what_may_begin_the_next_line() {
        // Two commas would give the half em or the em that takes in the number, or the quotation mark with 甲.
        for inside in ["237亿元", "“甲乙”"] {
            let text = format!("{}，{}，{}{inside}", characters(9), characters(8), characters(8));
            let lines = after_a_line(&text);
            assert_eq!(lines[0].chars().count(), 27, "{lines:?}");
        }
    }

    #[test]
    fn a_stray_last_character_leaves_the_lines_before_as_they_are() {
        // Every line has a comma inside, which could give room for a character and half a mark.
        let line = format!("{}，{}", characters(13), characters(14));
        let text = format!("{}{}字", characters(26), line.repeat(5));
        let lines = body_lines(&text);
        assert!(lines[1..5].iter().all(|one| *one == line), "{lines:?}");
        assert_eq!(lines[6].chars().count(), 2, "{lines:?}");
    }

    #[test]
    fn a_word_is_broken_only_when_longer_than_a_line() {
        let lines = after_a_line(&format!("{}Internationalization", characters(22)));
        assert!(lines[1].starts_with("Inter"), "{lines:?}");
        let lines = body_lines(&"a".repeat(300));
        assert!(lines.len() > 4 && lines.concat() == "a".repeat(300));
    }

    #[test]
    fn an_address_breaks_after_a_mark_rather_than_tear_the_line() {
        let lines = after_a_line(&format!(
            "{}https://www.example.gov.cn/policies/2024/index.html",
            characters(14)
        ));
        assert!(lines[0].ends_with(['/', '.']), "{lines:?}");
    }

    #[test]
    fn an_address_is_broken_rather_than_leave_a_line_nearly_empty() {
        let lines = body_lines("指南见https://www.example.gov.cn/service/guide/2024/index.html?id=10086");
        assert!(lines[0].ends_with("index."), "{lines:?}");
    }

    #[test]
    fn the_authors_line_breaks_stay() {
        assert_eq!(body_lines("甲乙\n丙丁\n\n戊"), ["甲乙", "丙丁", "", "戊"]);
    }

    #[test]
    fn blanks_at_the_end_do_not_count() {
        let lines = after_a_line(&format!("{}   {}", characters(28), characters(5)));
        assert_eq!(lines[0].trim_end().chars().count(), 28);
        assert_eq!(lines[1].chars().count(), 5);
    }
}
