//! The level of each heading: from the forms of number that the document uses, in their fixed order.
//!
//! 一、 is the first level, （一） the second, 1. the third, （1） the fourth. What the document does outweighs that: one
//! that begins with （一） has it as its first level; divisions (第一章) and headings without a number that stand above
//! the numbers push them down; numbers that restart inside a section which is then continued (一、 二、 一、 二、 三、)
//! are one level deeper; spoken numbers (第一，) are one below the heading above them.

use super::body::Guess;
use super::draft::Draft;
use super::ordinal::{Form, Ordinal};

/// Headings that stand beside the numbered ones of the first level, never below them.
const OUTER: [&str; 13] = [
    "结束语",
    "结语",
    "附则",
    "总则",
    "前言",
    "引言",
    "导言",
    "后记",
    "序言",
    "附录",
    "名词解释",
    "引子",
    "尾声",
];

/// How many sequences of one form can be open at a time.
const DEEPEST: usize = 4;

/// The levels, 1 to 4, of the headings among paragraphs `start..`: those guessed from their number, and those in `plain`.
pub(super) fn assign(
    draft: &Draft<'_>,
    start: usize,
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    plain: &[bool],
) -> Vec<Option<u8>> {
    let forms = Forms::of(numbers, guesses);
    let restarts = restarts(numbers, guesses, &forms);
    let is_outer = |offset: usize| {
        let text: String = draft
            .text(start + offset)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        OUTER.contains(&text.as_str())
    };
    let above = plain_above(&restarts, plain, numbers, guesses, &forms, &is_outer);
    let push = u8::from(above.iter().any(|&above| above));
    let deeper = deeper(numbers, guesses, plain);
    // The title stands near; looking no further keeps documents with many attachments linear.
    let title_hashes = (start.saturating_sub(24)..start)
        .map(|index| draft.facts[index].hashes)
        .max()
        .unwrap_or(0);
    let mut current: Option<u8> = None;
    let mut current_plain: Option<u8> = None;
    let mut levels = vec![None; numbers.len()];
    for offset in 0..numbers.len() {
        let level = if plain[offset] {
            let hashes = draft.facts[start + offset].hashes;
            let level = if hashes > 0 {
                (hashes - title_hashes.min(hashes - 1)) as u8
            } else if above[offset] || is_outer(offset) || push > 0 {
                1
            } else {
                match (current, restarts[offset]) {
                    (None, _) => 1,
                    (Some(_), Some((level, true))) => level.saturating_sub(1).max(1),
                    (Some(current), _) => current + 1,
                }
            };
            if above[offset] {
                current = None;
            }
            current_plain = Some(level);
            level
        } else if guesses[offset] == Some(Guess::Heading)
            && let Some(number) = numbers[offset]
        {
            if let Some(level) = forms.level(number.form) {
                let level = level + push + deeper[offset];
                current = Some(level.min(4));
                current_plain = None;
                level
            } else {
                match current_plain.or(current) {
                    Some(above) => above + 1,
                    // The beginning is missing; further numbers below show what it was under.
                    None => 1 + u8::from(restarts[offset].is_some()),
                }
            }
        } else {
            continue;
        };
        levels[offset] = Some(level.clamp(1, 4));
    }
    levels
}

/// The forms of number that the headings and run-ins use, and so which level each form has.
struct Forms {
    levels: [Option<u8>; 16],
}

impl Forms {
    fn of(numbers: &[Option<Ordinal>], guesses: &[Option<Guess>]) -> Forms {
        let mut used = [false; 16];
        for (number, guess) in numbers.iter().zip(guesses) {
            if let (Some(number), Some(Guess::Heading | Guess::RunIn)) = (number, guess) {
                used[number.form as usize] = true;
            }
        }
        let mut levels = [None; 16];
        let mut divisions = 0;
        for form in [Form::Part, Form::Chapter, Form::Section] {
            if used[form as usize] {
                divisions += 1;
                levels[form as usize] = Some(divisions);
            }
        }
        let natural = [
            (Form::Chinese, 1),
            (Form::ChineseBrackets, 2),
            (Form::Arabic, 3),
            (Form::ArabicBrackets, 4),
            (Form::Circled, 5),
        ];
        let first = natural
            .iter()
            .find(|(form, _)| used[*form as usize])
            .map_or(1, |&(_, level)| level);
        for (form, level) in natural {
            levels[form as usize] = Some((level - first.min(level) + 1 + divisions).min(4));
        }
        Forms { levels }
    }

    fn level(&self, form: Form) -> Option<u8> {
        self.levels[form as usize]
    }
}

/// For each paragraph, the level of the next numbered heading or run-in below it, and whether its numbers begin there.
fn restarts(
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    forms: &Forms,
) -> Vec<Option<(u8, bool)>> {
    let mut next = None;
    let mut result = vec![None; numbers.len()];
    for offset in (0..numbers.len()).rev() {
        result[offset] = next;
        if let (Some(number), Some(Guess::Heading | Guess::RunIn)) = (numbers[offset], guesses[offset])
            && let Some(level) = forms.level(number.form)
        {
            next = Some((level, number.value == 1));
        }
    }
    result
}

/// Which headings without a number stand above the numbered ones: at least two, the first of them before the first
/// number, each with numbers that begin anew below it or with none.
fn plain_above(
    restarts: &[Option<(u8, bool)>],
    plain: &[bool],
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    forms: &Forms,
    is_outer: &dyn Fn(usize) -> bool,
) -> Vec<bool> {
    let none = vec![false; plain.len()];
    let is_top = |offset: usize| {
        guesses[offset] == Some(Guess::Heading)
            && numbers[offset].is_some_and(|number| forms.level(number.form) == Some(1))
    };
    let Some(first_number) = (0..plain.len()).find(|&offset| is_top(offset)) else {
        return none;
    };
    let mut above = none.clone();
    for offset in 0..plain.len() {
        let begins = matches!(restarts[offset], Some((1, true)));
        above[offset] = plain[offset] && !is_outer(offset) && (offset < first_number || begins);
    }
    let count = above.iter().filter(|&&above| above).count();
    let precedes = above[..first_number].iter().any(|&above| above);
    if count >= 2 && precedes { above } else { none }
}

/// How many levels deeper a heading is because its numbers restarted inside a section of the same form.
fn deeper(numbers: &[Option<Ordinal>], guesses: &[Option<Guess>], plain: &[bool]) -> Vec<u8> {
    let mut deeper = vec![0_u8; numbers.len()];
    // The sequences that are open: where each began, and its last number.
    let mut open: Vec<(usize, u32)> = Vec::new();
    for offset in 0..numbers.len() {
        if plain[offset] {
            open.clear();
            continue;
        }
        let Some(number) = numbers[offset].filter(|number| number.form == Form::Chinese) else {
            continue;
        };
        if guesses[offset] != Some(Guess::Heading) {
            continue;
        }
        let continued = open.iter().rposition(|&(_, last)| last + 1 == number.value);
        match continued {
            Some(place) => {
                if let Some(&(begin, _)) = open.get(place + 1) {
                    for level in &mut deeper[begin..offset] {
                        *level += 1;
                    }
                }
                open.truncate(place + 1);
                open[place].1 = number.value;
            }
            None if number.value == 1 || open.is_empty() => {
                // No text nests deeper; the bound keeps endless restarts linear.
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((offset, number.value));
            }
            None => {
                if let Some(last) = open.last_mut() {
                    last.1 = number.value;
                }
            }
        }
    }
    deeper
}
