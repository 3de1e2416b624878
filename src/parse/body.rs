//! The body: headings of four levels, run-ins and paragraphs.
//!
//! A numbered paragraph is a heading when it is a phrase, a run-in when text follows its first sentence, and body when
//! it is one whole sentence (an item of a list). The level comes from the forms of number that the document uses, in
//! their fixed order; numbers that are spoken (第一， 一是) take the level below the heading above them.

use super::draft::Draft;
use super::marks::{self, End};
use super::numbering;
use super::ordinal::{Form, Ordinal};
use super::residue;
use super::shape;
use super::tail;
use crate::diagnostic::Message;
use crate::model::Role;

/// No heading is longer, in characters after its number.
const LONGEST_HEADING: usize = 80;
/// No heading without a number is longer.
const LONGEST_PLAIN_HEADING: usize = 64;
/// No heading that ends with a full stop is longer.
const LONGEST_SENTENCE_HEADING: usize = 42;
/// No lead of a numbered paragraph is longer.
const LONGEST_LEAD: usize = 70;
/// No lead of a paragraph with a spoken number or a dash is longer.
const LONGEST_SPOKEN_LEAD: usize = 120;

/// What a numbered paragraph is by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Heading,
    /// One short sentence: a heading if text follows each of its siblings, an item of a list if they follow each other.
    SentenceHeading,
    RunIn,
    Body,
}

/// Reads paragraphs `start..end`.
pub(super) fn read(draft: &mut Draft<'_>, start: usize, end: usize) {
    mark_notes(draft, start, end);
    let numbers = numbering::believed(draft, start, end);
    let mut guesses: Vec<Option<Guess>> = guess(draft, start, &numbers);
    settle_sentence_headings(draft, start, end, &numbers, &mut guesses);
    settle_lists(&numbers, &mut guesses);
    let plain = plain_headings(draft, start, end, &numbers, &guesses);
    let levels = Levels::of(&numbers, &guesses);
    decide(draft, start, &numbers, &guesses, &plain, &levels);
}

/// Footnotes and remarks between paragraphs, and the notes that a line 注： begins.
fn mark_notes(draft: &mut Draft<'_>, start: usize, end: usize) {
    let mut in_notes = false;
    for index in start..end {
        if !draft.is_open(index) {
            continue;
        }
        let facts = &draft.facts[index];
        let text = facts.text.trim();
        let lone_label = (text.ends_with("注释：")
            || matches!(text, "注：" | "注:" | "注" | "注释" | "注释：" | "尾注" | "脚注"))
            && facts.count <= 12;
        let certain = ["↑", "※", "〔注〕", "［注］", "【注】", "注：", "注:", "注释："]
            .iter()
            .any(|lead| text.starts_with(lead))
            || text.starts_with("编者按");
        let item = in_notes
            && (facts.ordinal.is_some() || text.starts_with(['[', '［', '〔', '＠', '*', '＊', '①']));
        in_notes = lone_label || item;
        if lone_label || certain && index > start || item {
            draft.decide(index, Role::Note, "注释", "a note on the text");
        }
    }
}

fn guess(draft: &Draft<'_>, start: usize, numbers: &[Option<Ordinal>]) -> Vec<Option<Guess>> {
    let mut in_article = false;
    numbers
        .iter()
        .enumerate()
        .map(|(offset, number)| {
            let index = start + offset;
            let number = (*number)?;
            match number.form {
                Form::Article => in_article = true,
                Form::Part | Form::Chapter | Form::Section | Form::Chinese => in_article = false,
                _ => {}
            }
            if !draft.is_open(index) {
                return None;
            }
            Some(guess_one(draft, index, number, in_article))
        })
        .collect()
}

fn guess_one(draft: &Draft<'_>, index: usize, number: Ordinal, in_article: bool) -> Guess {
    let facts = &draft.facts[index];
    let text = &facts.text[number.len.min(facts.text.len())..];
    let count = shape::count(text);
    if number.form == Form::Article {
        // 第一条 alone, or with a name: the text of the article stands below.
        return Guess::Body;
    }
    if in_article
        && !matches!(
            number.form,
            Form::Part | Form::Chapter | Form::Section | Form::Chinese
        )
    {
        return Guess::Body;
    }
    if number.form == Form::Dash {
        return lead_guess(draft, index, LONGEST_SPOKEN_LEAD);
    }
    match facts.end {
        _ if facts.lead.is_some() => {
            let longest = if number.form.is_spoken() {
                LONGEST_SPOKEN_LEAD
            } else {
                LONGEST_LEAD
            };
            if !number.form.is_spoken() && has_label(text) {
                Guess::Body
            } else {
                lead_guess(draft, index, longest)
            }
        }
        End::Open if count == 0 => {
            if matches!(
                number.form,
                Form::Chinese | Form::ChineseBrackets | Form::Part | Form::Chapter | Form::Section
            ) {
                Guess::Heading
            } else {
                Guess::Body
            }
        }
        End::Open if number.form == Form::Is => Guess::Body,
        End::Open if count <= LONGEST_HEADING && !(has_label(text) && count > 24) => Guess::Heading,
        End::Sentence
            if count <= LONGEST_SENTENCE_HEADING && !number.form.is_spoken() && !has_label(text) =>
        {
            if text.trim_end().ends_with(['？', '?'])
                && matches!(number.form, Form::Chinese | Form::ChineseBrackets)
            {
                Guess::Heading
            } else {
                Guess::SentenceHeading
            }
        }
        _ => Guess::Body,
    }
}

/// A paragraph whose first sentence leads it, unless that is longer than leads are.
fn lead_guess(draft: &Draft<'_>, index: usize, longest: usize) -> Guess {
    let facts = &draft.facts[index];
    match facts.lead {
        Some(len) if shape::count(&facts.text[..len]) <= longest && facts.end != End::Semicolon => {
            Guess::RunIn
        }
        _ => Guess::Body,
    }
}

/// Whether `text` begins with a label and a colon: 时间：4月9日.
fn has_label(text: &str) -> bool {
    let colon = text
        .char_indices()
        .take(16)
        .find(|(_, c)| matches!(c, '：' | ':'))
        .map(|(at, _)| at);
    colon.is_some_and(|at| !text[..at].contains(['，', '。', ',']))
}

/// Decides between heading and list item for numbered paragraphs of one short sentence: headings have text below them,
/// items follow each other.
fn settle_sentence_headings(
    draft: &Draft<'_>,
    start: usize,
    end: usize,
    numbers: &[Option<Ordinal>],
    guesses: &mut [Option<Guess>],
) {
    for form in [
        Form::Chinese,
        Form::ChineseBrackets,
        Form::Arabic,
        Form::ArabicBrackets,
        Form::Circled,
    ] {
        let of_form = |offset: &usize| {
            guesses[*offset] == Some(Guess::SentenceHeading)
                && numbers[*offset].is_some_and(|number| number.form == form)
        };
        let members: Vec<usize> = (0..guesses.len()).filter(of_form).collect();
        let followed = members
            .iter()
            .filter(|&&offset| text_follows(draft, start, end, offset, numbers))
            .count();
        let headings = members.len() >= 2 && followed * 10 >= members.len() * 7;
        for offset in members {
            let hashed = draft.facts[start + offset].hashes > 0;
            guesses[offset] = Some(if headings || hashed {
                Guess::Heading
            } else {
                Guess::Body
            });
        }
    }
}

/// Makes body of a run-in whose siblings are whole sentences: provisions of a list, of which one happens to have two.
fn settle_lists(numbers: &[Option<Ordinal>], guesses: &mut [Option<Guess>]) {
    let mut lists: Vec<(Form, Vec<usize>)> = Vec::new();
    let mut settle = |members: &[usize]| {
        let run_ins = members.iter().filter(|&&offset| guesses[offset] == Some(Guess::RunIn)).count();
        let items = members.iter().filter(|&&offset| guesses[offset] == Some(Guess::Body)).count();
        if run_ins > 0 && items > run_ins {
            for &offset in members {
                if guesses[offset] == Some(Guess::RunIn) {
                    guesses[offset] = Some(Guess::Body);
                }
            }
        }
    };
    for (offset, number) in numbers.iter().enumerate() {
        let Some(number) = number.filter(|number| !number.form.is_spoken()) else { continue };
        // A higher number, or the first of a new list, ends the lists below it.
        while let Some((form, _)) = lists.last()
            && (*form > number.form || *form == number.form && number.value == 1)
        {
            if let Some((_, members)) = lists.pop() {
                settle(&members);
            }
        }
        match lists.last_mut() {
            Some((form, members)) if *form == number.form => members.push(offset),
            _ => lists.push((number.form, vec![offset])),
        }
    }
    for (_, members) in lists {
        settle(&members);
    }
}

/// Whether running text without a number, or with a number of a lower form, follows.
fn text_follows(
    draft: &Draft<'_>,
    start: usize,
    end: usize,
    offset: usize,
    numbers: &[Option<Ordinal>],
) -> bool {
    let form = numbers[offset].map(|number| number.form);
    let next = (start + offset + 1..end).find(|&index| draft.is_open(index));
    next.is_some_and(|index| {
        let lower = numbers[index - start].is_none_or(|number| Some(number.form) > form);
        lower && (draft.facts[index].count >= 12 || numbers[index - start].is_some())
    })
}

/// Short lines without a number and without an end mark, with text below them.
fn plain_headings(
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
    let may_be = |index: usize| numbers[index - start].is_none() && may_be_plain_heading(draft, index);
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

fn may_be_plain_heading(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    let text = facts.text.trim();
    facts.end == End::Open
        && (2..=LONGEST_PLAIN_HEADING).contains(&facts.count)
        && facts.has_han()
        && !residue::is_only_marks(text)
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
        && super::date::at(text).is_none_or(|date| date.len < text.len() && !date.has_day)
}

/// Which forms of number the headings and run-ins use, and so which level each form has.
struct Levels {
    by_form: [Option<u8>; 16],
    top: u8,
}

/// The forms that have a place of their own, from the highest down.
const RANKED: [Form; 8] = [
    Form::Part,
    Form::Chapter,
    Form::Section,
    Form::Chinese,
    Form::ChineseBrackets,
    Form::Arabic,
    Form::ArabicBrackets,
    Form::Circled,
];

impl Levels {
    fn of(numbers: &[Option<Ordinal>], guesses: &[Option<Guess>]) -> Levels {
        let uses = |form: Form| {
            numbers.iter().zip(guesses).any(|(number, guess)| {
                number.is_some_and(|number| number.form == form)
                    && matches!(guess, Some(Guess::Heading | Guess::RunIn))
            })
        };
        let divisions = RANKED[..3].iter().filter(|&&form| uses(form)).count() as u8;
        let mut by_form = [None; 16];
        let mut level = 0;
        for form in &RANKED[..3] {
            if uses(*form) {
                level += 1;
                by_form[*form as usize] = Some(level);
            }
        }
        // 一、 is the first level, （一） the second …; a document that begins with （一） has it as its first.
        let natural = [
            (Form::Chinese, 1),
            (Form::ChineseBrackets, 2),
            (Form::Arabic, 3),
            (Form::ArabicBrackets, 4),
            (Form::Circled, 5),
        ];
        let first = natural
            .iter()
            .find(|(form, _)| uses(*form))
            .map_or(1, |&(_, level)| level);
        for (form, level) in natural {
            by_form[form as usize] = Some((level - first.min(level) + 1 + divisions).min(4));
        }
        Levels { by_form, top: 1 }
    }

    fn level(&self, form: Form) -> Option<u8> {
        self.by_form[form as usize]
    }
}

fn decide(
    draft: &mut Draft<'_>,
    start: usize,
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    plain: &[bool],
    levels: &Levels,
) {
    let next_levels = next_heading_levels(numbers, guesses, levels);
    let mut current: Option<u8> = None;
    let mut current_plain: Option<u8> = None;
    let hashes_of_title = (0..start)
        .map(|index| draft.facts[index].hashes)
        .max()
        .unwrap_or(0);
    for offset in 0..numbers.len() {
        let index = start + offset;
        if !draft.is_open(index) {
            continue;
        }
        if plain[offset] {
            let hashes = draft.facts[index].hashes;
            let level = if hashes > 0 {
                (hashes.saturating_sub(hashes_of_title.min(hashes - 1)) as u8).clamp(1, 4)
            } else {
                plain_level(draft, index, current, next_levels[offset])
            };
            let role = Role::heading(level.min(4)).unwrap_or(Role::Heading4);
            draft.decide(
                index,
                role,
                "没有句末标点的短行，下面是正文",
                "a short line without an end mark, with text below",
            );
            current_plain = Some(level);
            continue;
        }
        let (Some(number), Some(guess)) = (numbers[offset], guesses[offset]) else {
            draft.decide(
                index,
                Role::Body,
                "没有其他要素的特征",
                "nothing speaks for another element",
            );
            continue;
        };
        match guess {
            Guess::Heading => {
                let level = levels.level(number.form).unwrap_or_else(|| {
                    let above = current.or(current_plain);
                    above.map_or(levels.top + u8::from(next_levels[offset].is_some()), |above| {
                        above + 1
                    })
                });
                let level = level.clamp(1, 4);
                if !number.form.is_spoken() {
                    current = Some(level);
                    current_plain = None;
                }
                let role = Role::heading(level).unwrap_or(Role::Heading4);
                let sample = number.form.sample();
                let why = Message::new(
                    format!("序号“{sample}”，短语，没有句末标点；全文层次中为第{level}级"),
                    format!(
                        "numbered like {sample}, a phrase without an end mark; level {level} in this text"
                    ),
                );
                draft.decide_because(index, role, why);
            }
            Guess::RunIn => {
                let sample = number.form.sample();
                let why = Message::new(
                    format!("“{sample}”式开头，首句之后还有正文"),
                    format!("begins like {sample}; text follows the first sentence"),
                );
                draft.decide_run_in(index, number.form.run_in_level(), why);
            }
            Guess::Body | Guess::SentenceHeading => {
                draft.decide(
                    index,
                    Role::Body,
                    "有序号，但本身是完整的句子或条款",
                    "numbered, but a whole sentence or an article",
                );
            }
        }
    }
}

/// The level of a heading without a number: that of the section it opens when the numbers restart below it, otherwise
/// one below the numbered heading above.
fn plain_level(draft: &Draft<'_>, index: usize, current: Option<u8>, next: Option<(u8, bool)>) -> u8 {
    let text: String = draft.text(index).chars().filter(|c| !c.is_whitespace()).collect();
    let outer = [
        "结束语",
        "结语",
        "附则",
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
    if outer.contains(&text.as_str()) {
        return 1;
    }
    match (current, next) {
        (None, _) => 1,
        (Some(_), Some((level, true))) => level.saturating_sub(1).max(1),
        (Some(current), _) => current + 1,
    }
}

/// For each paragraph, the level of the next numbered heading or run-in below it, and whether its numbers restart there.
fn next_heading_levels(
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    levels: &Levels,
) -> Vec<Option<(u8, bool)>> {
    let mut next = None;
    let mut result = vec![None; numbers.len()];
    for offset in (0..numbers.len()).rev() {
        result[offset] = next;
        if let (Some(number), Some(Guess::Heading | Guess::RunIn)) = (numbers[offset], guesses[offset])
            && let Some(level) = levels.level(number.form)
        {
            next = Some((level, number.value == 1));
        }
    }
    result
}

/// Whether every character of a line is a mark: a rule drawn with dashes.
pub(super) fn is_rule(text: &str) -> bool {
    tail::is_rule(text) && text.chars().any(|c| !marks::is_invisible(c))
}
