//! Which opening mark belongs to which closing one, in one paragraph.
//!
//! A stack, so that nesting comes out right; apostrophes and the brackets of list numbers (`1）`) are no pairs. What has
//! no partner is kept for the rules, which look in the neighbouring paragraphs. Straight quotation marks have no side
//! and are paired apart, by [`straight`].

use super::scan::{Class, Scan, is_closing, is_end, is_opening, is_point, numeral};
use super::view::View;

/// What sort of pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// “ ”
    Double,
    /// ‘ ’
    Single,
    /// （ ） and their half-width forms.
    Round,
    /// 《 》
    Book,
    /// 〈 〉
    InnerBook,
    /// 〔 〕
    Tortoise,
    /// 【 】
    Lenticular,
    /// 「 」
    Corner,
    /// 『 』
    DoubleCorner,
    /// ［ ］
    Square,
}

/// Two marks that belong together, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The sort.
    pub kind: Kind,
    /// The opening mark.
    pub open: usize,
    /// The closing mark.
    pub close: usize,
    /// The pair directly around it, as an index into the list.
    pub parent: Option<usize>,
}

/// The pairs of one paragraph.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// In the order of their opening marks.
    pub pairs: Vec<Pair>,
    /// The indices of marks without a partner, in order.
    pub single: Vec<usize>,
}

/// The kind of a mark, and whether it opens.
pub(crate) fn kind_of(c: char) -> Option<(Kind, bool)> {
    Some(match c {
        '“' => (Kind::Double, true),
        '”' => (Kind::Double, false),
        '‘' => (Kind::Single, true),
        '’' => (Kind::Single, false),
        '（' | '(' => (Kind::Round, true),
        '）' | ')' => (Kind::Round, false),
        '《' => (Kind::Book, true),
        '》' => (Kind::Book, false),
        '〈' => (Kind::InnerBook, true),
        '〉' => (Kind::InnerBook, false),
        '〔' => (Kind::Tortoise, true),
        '〕' => (Kind::Tortoise, false),
        '【' => (Kind::Lenticular, true),
        '】' => (Kind::Lenticular, false),
        '「' => (Kind::Corner, true),
        '」' => (Kind::Corner, false),
        '『' => (Kind::DoubleCorner, true),
        '』' => (Kind::DoubleCorner, false),
        '［' => (Kind::Square, true),
        '］' => (Kind::Square, false),
        _ => return None,
    })
}

/// How deep a closing mark looks for its partner below others left open.
const REACH: usize = 6;

impl Pairs {
    /// Pairs the marks of a scanned paragraph, reusing the memory of the last one.
    pub fn read(&mut self, scan: &Scan) {
        self.pairs.clear();
        self.single.clear();
        let mut open: Vec<(Kind, usize)> = Vec::new();
        for &i in &scan.points {
            let Some((kind, opens)) = kind_of(scan.c(i)) else {
                continue;
            };
            if !scan.is_plain(i) || is_apostrophe(scan, i) {
                continue;
            }
            if opens {
                open.push((kind, i));
                continue;
            }
            let depth = open
                .iter()
                .rev()
                .take(REACH)
                .position(|(other, _)| *other == kind);
            let Some(depth) = depth else {
                if !(kind == Kind::Round && closes_list_number(scan, i)) {
                    self.single.push(i);
                }
                continue;
            };
            let at = open.len() - 1 - depth;
            self.single.extend(open.drain(at + 1..).map(|(_, i)| i));
            if let Some((kind, start)) = open.pop() {
                self.pairs.push(Pair {
                    kind,
                    open: start,
                    close: i,
                    parent: None,
                });
            }
        }
        self.single.extend(open.into_iter().map(|(_, i)| i));
        self.single.sort_unstable();
        self.pairs.sort_unstable_by_key(|pair| pair.open);
        let mut around: Vec<usize> = Vec::new();
        for i in 0..self.pairs.len() {
            while around
                .last()
                .is_some_and(|&outer| self.pairs[outer].close < self.pairs[i].open)
            {
                around.pop();
            }
            self.pairs[i].parent = around.last().copied();
            around.push(i);
        }
    }

    /// The pairs around the character at `i`, the innermost first.
    pub fn around(&self, i: usize) -> impl Iterator<Item = &Pair> {
        let last = self.pairs.partition_point(|pair| pair.open < i).checked_sub(1);
        let last = last.map(|k| &self.pairs[k]);
        std::iter::successors(last, |pair| self.parent(pair)).filter(move |pair| pair.close > i)
    }

    /// The pair around `pair`.
    pub fn parent(&self, pair: &Pair) -> Option<&Pair> {
        pair.parent.map(|i| &self.pairs[i])
    }
}

/// Whether the mark at `i` is an apostrophe: `it’s`, `90’s`, `’98`.
fn is_apostrophe(scan: &Scan, i: usize) -> bool {
    let western = |class| matches!(class, Class::Letter | Class::Digit);
    match scan.c(i) {
        '’' => {
            western(scan.class(i + 1)) && (western(scan.class_before(i)) || scan.class(i + 1) == Class::Digit)
        }
        '‘' => western(scan.class_before(i)) && scan.class(i + 1) == Class::Letter,
        _ => false,
    }
}

/// Whether the bracket at `i` closes the number of a list point without an opening one: `1）`, `a)`, `一）`.
fn closes_list_number(scan: &Scan, i: usize) -> bool {
    let mut start = i;
    while start > 0 && i - start < 3 && {
        let c = scan.c(start - 1);
        c.is_ascii_alphanumeric() || numeral(c).is_some() || ('①'..='⑳').contains(&c)
    } {
        start -= 1;
    }
    let before = scan.before(start);
    start < i
        && (start == 0 || scan.class_before(start) == Class::Space || is_point(before) || is_end(before))
}

/// What is wrong with a mark that has no partner in its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A closing mark that nothing opens.
    Unopened,
    /// An opening mark that nothing closes.
    Unclosed,
    /// The opening mark at the beginning of one of several paragraphs that all begin so, and that nothing closes.
    Continued,
    /// A closing quotation mark in the place of an opening one, whose partner is the opening mark at byte `other`.
    Reversed {
        /// Where the other mark stands.
        other: usize,
    },
    /// A quotation mark whose partner, at byte `other`, looks to the same side as itself: “甲“.
    SameSide {
        /// Where the other mark stands.
        other: usize,
    },
}

/// A mark without a partner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Partnerless {
    /// The paragraph.
    pub block: usize,
    /// Where in its text, in bytes.
    pub at: usize,
    /// The mark.
    pub c: char,
    /// What is wrong with it.
    pub fault: Fault,
}

/// How many paragraphs a quotation may run over, and how many open marks may wait for their partners.
const PARAGRAPHS: usize = 40;

/// The marks of a document that have no partner, not in another paragraph either.
pub(crate) fn partnerless(view: &View<'_>) -> Vec<Partnerless> {
    let mut faults: Vec<Partnerless> = Vec::new();
    let mut open: Vec<(Kind, Partnerless)> = Vec::new();
    for (block, singles) in view.unpaired.iter().enumerate() {
        let text = view.document.blocks[block].text.as_str();
        let mut singles = singles
            .iter()
            .filter_map(|&at| {
                let c = text[at..].chars().next()?;
                Some((at, c, kind_of(c)?))
            })
            .peekable();
        while let Some((at, c, (kind, opens))) = singles.next() {
            let fault = Fault::Unopened;
            let mut single = Partnerless { block, at, c, fault };
            if opens {
                single.fault = Fault::Unclosed;
                open.push((kind, single));
                continue;
            }
            let oldest = open.len().saturating_sub(PARAGRAPHS);
            let partner = (oldest..open.len())
                .rev()
                .find(|&i| open[i].0 == kind && block - open[i].1.block <= PARAGRAPHS);
            if partner.is_some() {
                // The opening marks that each paragraph of a long quotation repeats end with it.
                let quoted = matches!(kind, Kind::Double | Kind::Single);
                let mut last = partner;
                while let Some(i) = last {
                    let (_, closed) = open.remove(i);
                    let repeated = quoted && closed.at == 0;
                    last = (oldest..i).rev().find(|&i| repeated && open[i].0 == kind);
                }
                continue;
            }
            let quote = matches!(kind, Kind::Double | Kind::Single);
            if let Some(&(other, _, (next, true))) = singles.peek()
                && quote
                && next == kind
                && other - at <= 90
            {
                single.fault = Fault::Reversed { other };
                singles.next();
            }
            faults.push(single);
        }
    }
    for (kind, mut single) in open {
        let mark = single.c;
        let begins = |block: usize| {
            view.block(block)
                .is_some_and(|block| block.text.as_str().starts_with(mark))
        };
        let repeated = begins(single.block + 1) || (single.block > 0 && begins(single.block - 1));
        if matches!(kind, Kind::Double | Kind::Single) && single.at == 0 && repeated {
            single.fault = Fault::Continued;
        }
        faults.push(single);
    }
    faults.sort_by_key(|single| (single.block, single.at));
    pair_same_sides(&mut faults);
    faults
}

/// Joins two quotation marks of the same side that stand alone in one paragraph, near each other: one of them was
/// turned the wrong way.
fn pair_same_sides(faults: &mut Vec<Partnerless>) {
    let mut i = 0;
    while i + 1 < faults.len() {
        let (first, second) = (faults[i], faults[i + 1]);
        let alone = [i.checked_sub(1), Some(i + 2)]
            .into_iter()
            .flatten()
            .filter_map(|k| faults.get(k))
            .all(|other| other.block != first.block || other.c != first.c);
        let same = first.block == second.block && first.c == second.c && first.fault == second.fault;
        let quote = matches!(kind_of(first.c), Some((Kind::Double | Kind::Single, _)));
        let near = second.at > first.at + first.c.len_utf8() && second.at - first.at <= 90;
        if quote && same && near && alone && matches!(first.fault, Fault::Unopened | Fault::Unclosed) {
            faults[i].fault = Fault::SameSide { other: second.at };
            faults.remove(i + 1);
        }
        i += 1;
    }
}

/// The straight quotation marks of a paragraph, paired; `None` when it isn't certain which belongs to which.
///
/// `mark` is `"` or `'`. Marks pair with each other inside the same pair of Chinese marks; each must look like what it
/// is taken for. The flag says whether a pair stands inside Chinese double quotation marks.
pub(crate) fn straight(scan: &Scan, pairs: &Pairs, mark: char) -> Option<Vec<(usize, usize, bool)>> {
    let mut found = Vec::new();
    // Open straight marks with the pair they stand in; usize::MAX for none.
    let mut open: Option<(usize, usize)> = None;
    let mut region = Region::new(pairs);
    for &i in &scan.points {
        if scan.c(i) != mark || !scan.is_plain(i) {
            continue;
        }
        let inside = region.at(i);
        match open.take() {
            None if may_open(scan, i) => open = Some((i, inside)),
            None => return None,
            Some((start, place)) if place == inside && may_close(scan, i) => {
                found.push((start, i, region.in_double(i)));
            }
            Some(_) => return None,
        }
    }
    open.is_none().then_some(found)
}

/// Walks through a paragraph, knowing the innermost pair of quotation marks or book-title marks at each place.
struct Region<'a> {
    pairs: &'a Pairs,
    next: usize,
    around: Vec<usize>,
}

impl<'a> Region<'a> {
    fn new(pairs: &'a Pairs) -> Self {
        Region {
            pairs,
            next: 0,
            around: Vec::new(),
        }
    }

    /// The innermost pair around `i`; call with rising `i`.
    fn at(&mut self, i: usize) -> usize {
        while let Some(pair) = self.pairs.pairs.get(self.next)
            && pair.open < i
        {
            self.around.push(self.next);
            self.next += 1;
        }
        self.around.retain(|&k| self.pairs.pairs[k].close > i);
        self.around.last().copied().unwrap_or(usize::MAX)
    }

    fn in_double(&self, _i: usize) -> bool {
        self.around
            .iter()
            .any(|&k| self.pairs.pairs[k].kind == Kind::Double)
    }
}

fn may_open(scan: &Scan, i: usize) -> bool {
    let (before, after) = (scan.before(i), scan.c(i + 1));
    let inch = before.is_ascii_digit() || (scan.c(i) == '\'' && before.is_ascii_alphanumeric());
    !inch && scan.class(i + 1) != Class::Space && !is_point(after) && !is_closing(after)
}

fn may_close(scan: &Scan, i: usize) -> bool {
    let (before, after) = (scan.before(i), scan.c(i + 1));
    let apostrophe = scan.c(i) == '\'' && after.is_ascii_alphanumeric();
    !apostrophe
        && scan.class_before(i) != Class::Space
        && !is_opening(before)
        && before != '，'
        && before != '、'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Scan, Pairs) {
        let (mut scan, mut pairs) = (Scan::default(), Pairs::default());
        scan.read(text);
        pairs.read(&scan);
        (scan, pairs)
    }

    fn shown(text: &str) -> String {
        let (_, pairs) = read(text);
        let list: Vec<String> = pairs
            .pairs
            .iter()
            .map(|pair| format!("{}-{}", pair.open, pair.close))
            .chain(pairs.single.iter().map(|i| format!("!{i}")))
            .collect();
        list.join(" ")
    }

    #[test]
    fn pairs_nest() {
        assert_eq!(shown("“外“内”外”"), "0-6 2-4");
        assert_eq!(shown("《甲（乙)》"), "0-5 2-4");
        assert_eq!(shown("（甲“乙）丙"), "0-4 !2");
        assert_eq!(shown("”甲“"), "!0 !2");
    }

    #[test]
    fn apostrophes_and_list_numbers_are_no_pairs() {
        assert_eq!(shown("it’s，’98"), "");
        assert_eq!(shown("1）甲；2)乙"), "");
        assert_eq!(shown("甲）乙"), "!1");
    }

    #[test]
    fn straight_marks_pair_inside_their_region() {
        let (scan, pairs) = read("“外\"内\"外”，\"甲\"");
        assert_eq!(
            straight(&scan, &pairs, '"'),
            Some(vec![(2, 4, true), (8, 10, false)])
        );
    }

    #[test]
    fn doubtful_straight_marks_stay() {
        for text in ["27\"与24\"屏幕", "甲\"乙", "“甲\"乙”丙\"", "甲\" 乙\""] {
            let (scan, pairs) = read(text);
            assert_eq!(straight(&scan, &pairs, '"'), None, "{text}");
        }
        let (scan, pairs) = read("it's the boys' day");
        assert_eq!(straight(&scan, &pairs, '\''), None);
    }
}
