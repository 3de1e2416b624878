//! Which numbers at the beginning of paragraphs really number them: decided from the sequence they stand in.
//!
//! 一、二线城市 and 首先 need a sequence to be believed. A number that continues or begins one is kept; one that the
//! sequence runs past (一、 一、二线城市 二、) is not.

use super::draft::Draft;
use super::ordinal::{Form, Ordinal};

/// The numbers of paragraphs `start..end` that are believed; indexed from `start`.
pub(super) fn believed(draft: &Draft<'_>, start: usize, end: usize) -> Vec<Option<Ordinal>> {
    let candidates: Vec<(usize, Ordinal)> = (start..end)
        .filter(|&index| draft.is_open(index))
        .filter_map(|index| draft.facts[index].ordinal.map(|ordinal| (index, ordinal)))
        .collect();
    let following = next_of_form(&candidates);
    let mut numbers = vec![None; end - start];
    let mut last: [Option<u32>; FORMS] = [None; FORMS];
    for (place, &(index, ordinal)) in candidates.iter().enumerate() {
        let slot = slot(ordinal.form);
        let next = following[place];
        let believed = if !ordinal.doubtful {
            true
        } else if ordinal.form == Form::First {
            is_spoken_sequence(&candidates, place, &last)
        } else {
            let begins = ordinal.value == 1 && next == Some(2);
            let continues = last[slot].is_some_and(|last| last + 1 == ordinal.value);
            // The sequence is complete without this one.
            let passed = last[slot].is_some_and(|last| next == Some(last + 1)) && !continues;
            (begins || continues) && !passed
        };
        if believed {
            if ordinal.value > 0 {
                last[slot] = Some(ordinal.value);
            }
            numbers[index - start] = Some(ordinal);
        }
    }
    numbers
}

const FORMS: usize = 13;

fn slot(form: Form) -> usize {
    form as usize
}

/// For each candidate, the value of the next certain one of its form.
fn next_of_form(candidates: &[(usize, Ordinal)]) -> Vec<Option<u32>> {
    let mut next: [Option<u32>; FORMS] = [None; FORMS];
    let mut result = vec![None; candidates.len()];
    for (place, (_, ordinal)) in candidates.iter().enumerate().rev() {
        let slot = slot(ordinal.form);
        result[place] = next[slot];
        // Articles are all doubtful when no blank follows them, and still prove each other.
        if !ordinal.doubtful || matches!(ordinal.form, Form::Article | Form::Nth) {
            next[slot] = Some(ordinal.value);
        }
    }
    result
}

/// Whether 首先， 其次， 最后， belong to an enumeration: 首先 needs a successor, the others a predecessor.
fn is_spoken_sequence(candidates: &[(usize, Ordinal)], place: usize, last: &[Option<u32>; FORMS]) -> bool {
    let (index, ordinal) = candidates[place];
    if ordinal.value != 1 {
        return last[slot(Form::First)].is_some();
    }
    candidates[place + 1..]
        .iter()
        .take_while(|(other, number)| {
            other - index <= 30 && (number.form.is_spoken() || number.form > Form::ChineseBrackets)
        })
        .any(|(_, number)| match number.form {
            Form::First => number.value >= 2,
            Form::Nth => number.value == 2,
            _ => false,
        })
}
