//! Which of the characters that rules look for stand in a paragraph.
//!
//! A rule names the characters without which it finds nothing ([`Check::With`]). One table, gathered from all rules, tells
//! for each character which rules name it, so that the scanner's one look at a paragraph says which rules have to read it.
//! It keeps one rule: a rule that is left out would have found nothing.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::rule::{Check, Rule};
use super::rules::rules;
use super::scan::{Class, class_of, is_common_hanzi};

/// Digits.
pub(crate) const DIGITS: &str = "0123456789";
/// What joins the ends of a range, right or wrong.
pub(crate) const JOINERS: &str = "-－–—~～";
/// The brackets in which the year of a document's number may begin.
pub(crate) const YEAR_BRACKETS: &str = "〔[［(（【﹝❲{｛";
/// What stands for something left out.
pub(crate) const FILLERS: &str = "xXｘＸ×✕╳*＊";

/// Characters outside the block of common hanzi that texts are full of: ASCII, Chinese marks, full-width forms.
const COMMON: [RangeInclusive<char>; 4] = [
    ' '..='~',
    '\u{2010}'..='\u{2030}',
    '\u{3000}'..='\u{3020}',
    '\u{ff01}'..='\u{ff5e}',
];

/// The kind of those that no rule names.
const UNNAMED_HANZI: u8 = 1;
/// The block of common hanzi.
const HANZI: RangeInclusive<usize> = 0x4e00..=0x9fff;

/// Sets of characters, a bit for each: those that a paragraph has one of, or those that a rule needs one of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs(u64);

impl Signs {
    /// Adds those of one character.
    #[inline]
    pub fn add(&mut self, other: Signs) {
        self.0 |= other.0;
    }

    /// Whether nothing is missing that a rule needs.
    #[inline]
    pub fn have(self, needed: Signs) -> bool {
        self.0 & needed.0 == needed.0
    }
}

/// A sort of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The sets that they are in.
    pub signs: Signs,
    /// Their class: that of common hanzi, or of characters that texts are full of beside them; of others it is not known.
    pub class: Option<Class>,
}

/// The characters that rules look for, and those that most of a text is.
pub(crate) struct Table {
    /// For the last 16 bits of each character an index into `sorts`. A character outside the Basic Multilingual Plane
    /// passes for one inside: at worst a rule is asked where it finds nothing.
    kinds: Box<[u8; 0x1_0000]>,
    sorts: [Kind; 256],
    /// What each rule needs, in the order of the rule list.
    needs: Vec<Signs>,
}

impl Table {
    /// The table of all rules.
    pub fn of_rules() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Table::new(rules()))
    }

    fn new(rules: &[&Rule]) -> Table {
        let mut sets: Vec<&str> = Vec::new();
        let mut needs = Vec::with_capacity(rules.len());
        for rule in rules {
            let mut needed = Signs::default();
            for &set in wanted(rule) {
                let bit = sets.iter().position(|other| *other == set).unwrap_or(sets.len());
                if bit == sets.len() {
                    sets.push(set);
                }
                needed.0 |= 1 << bit;
            }
            needs.push(needed);
        }
        let mut by_character: BTreeMap<char, u64> = BTreeMap::new();
        for (bit, set) in sets.iter().enumerate() {
            for c in set.chars() {
                *by_character.entry(c).or_default() |= 1 << bit;
            }
        }
        for c in COMMON.into_iter().flatten() {
            by_character.entry(c).or_default();
        }
        // First those that no rule names: what is no common hanzi, and what is one.
        let mut kinds = Box::new([0; 0x1_0000]);
        kinds[HANZI].fill(UNNAMED_HANZI);
        let hanzi = Kind {
            class: Some(Class::Hanzi),
            ..Kind::default()
        };
        let mut sorts = vec![Kind::default(), hanzi];
        for (c, bits) in by_character {
            let class = class_of(c);
            let kind = Kind {
                signs: Signs(bits),
                class: Some(class).filter(|class| *class != Class::Hanzi || is_common_hanzi(c)),
            };
            let found = sorts
                .iter()
                .position(|other| *other == kind)
                .unwrap_or(sorts.len());
            if found == sorts.len() {
                sorts.push(kind);
            }
            kinds[c as usize] = u8::try_from(found).expect("rules name fewer than 256 kinds of characters");
        }
        sorts.resize(256, Kind::default());
        Table {
            kinds,
            sorts: sorts.try_into().expect("256 of them"),
            needs,
        }
    }

    /// Whether `c`, of the Basic Multilingual Plane, is a common hanzi that no rule names.
    #[inline]
    pub fn is_unnamed_hanzi(&self, c: char) -> bool {
        self.kinds[usize::from(c as u32 as u16)] == UNNAMED_HANZI
    }

    /// What sort of character `c` is.
    #[inline]
    pub fn of(&self, c: char) -> Kind {
        let kind = self.kinds[usize::from(c as u32 as u16)];
        self.sorts[usize::from(kind)]
    }

    /// Every rule with what it needs.
    pub fn rules(&self) -> impl Iterator<Item = (&'static Rule, Signs)> {
        rules().iter().copied().zip(self.needs.iter().copied())
    }
}

/// The sets of which `rule` needs a character each.
fn wanted(rule: &Rule) -> &'static [&'static str] {
    match rule.check {
        Check::With(sets, _) => sets,
        Check::Paragraph(_) | Check::Both(..) | Check::Document(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_what_it_needs_when_each_set_has_a_character() {
        let table = Table::of_rules();
        for (rule, needs) in table.rules() {
            let mut signs = Signs::default();
            for set in wanted(rule) {
                assert!(!signs.have(needs), "{}", rule.code);
                signs.add(table.of(set.chars().last().unwrap()).signs);
            }
            assert!(signs.have(needs), "{}", rule.code);
        }
    }

    #[test]
    fn the_sets_of_all_rules_have_a_bit_each() {
        let mut sets: Vec<&str> = rules().iter().flat_map(|rule| wanted(rule)).copied().collect();
        sets.sort_unstable();
        sets.dedup();
        assert!(sets.len() <= 64, "{} sets", sets.len());
    }

    #[test]
    fn fillers_are_those_of_placeholders() {
        assert!(FILLERS.chars().all(super::super::placeholder::is_filler));
        let all = (0..0x1_0000).filter_map(char::from_u32);
        assert_eq!(
            all.filter(|&c| super::super::placeholder::is_filler(c)).count(),
            FILLERS.chars().count()
        );
    }
}
