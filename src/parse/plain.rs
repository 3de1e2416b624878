//! Headings without a number: short lines without an end mark, with text below them.
//!
//! Believed only in texts that end their paragraphs with marks, so that the missing mark says something.

use super::body::Guess;
use super::date;
use super::draft::Draft;
use super::marks::{self, End};
use super::ordinal::Ordinal;
use super::residue;
use super::shape;
use super::vocabulary;

/// No heading without a number is longer, in characters.
const LONGEST: usize = 64;

/// Short lines without a number and without an end mark, with text below them.
pub(super) fn find(
    draft: &Draft<'_>,
    start: usize,
    end: usize,
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
) -> Vec<bool> {
    let live: Vec<usize> = (start..end).filter(|&index| draft.is_open(index)).collect();
    let mut plain = vec![false; end - start];
    let long = live.iter().filter(|&&index| draft.facts[index].count > 60);
    let (ended, all) = long.fold((0, 0), |(ended, all), &index| {
        (ended + usize::from(draft.facts[index].end != End::Open), all + 1)
    });
    let punctuated = ended * 10 >= all * 7;
    let may_be = |index: usize| numbers[index - start].is_none() && may_be_heading(draft, index);
    let is_heading = |index: usize| guesses[index - start] == Some(Guess::Heading);
    for (place, &index) in live.iter().enumerate() {
        let hashed = draft.facts[index].hashes > 0 && draft.facts[index].end == End::Open;
        if !(may_be(index) && punctuated || hashed && numbers[index - start].is_none()) {
            continue;
        }
        let next = live.get(place + 1).copied();
        let after_next = live.get(place + 2).copied();
        // A heading stands above text, or above another heading that does; three short lines in a row are a list.
        let above_text = next.is_some_and(|next| {
            draft.facts[next].is_running()
                || draft.facts[next].end == End::Colon
                || is_heading(next)
                || shape::is_address(draft.text(next))
                || may_be(next)
                    && after_next.is_some_and(|after| draft.facts[after].is_running() || is_heading(after))
        });
        let before = place.checked_sub(1).map(|place| live[place]);
        let below_list = before.is_some_and(|before| may_be(before) && !plain[before - start]);
        let torn = before.is_some_and(|before| draft.facts[before].end == End::Comma);
        plain[index - start] = above_text && !below_list && !torn || hashed;
    }
    plain
}

fn may_be_heading(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    let text = marks::trim(&facts.text);
    facts.end == End::Open
        && facts.lead.is_none()
        && (2..=LONGEST).contains(&facts.count)
        && facts.has_han()
        && !residue::is_only_marks(text)
        && !vocabulary::is_sentence(text)
        && !shape::is_person(text)
        && !shape::in_brackets(text)
        && !shape::is_label(text)
        && !text.ends_with(['、', '“', '《', '（'])
        && !(facts.count <= 2
            && text != "附则"
            && text != "总则"
            && text != "结语"
            && text != "前言"
            && text != "引言")
        && date::at(text).is_none_or(|date| date.len < text.len() && !date.has_day)
}
