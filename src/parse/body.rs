//! The body: headings of four levels, run-ins and paragraphs.
//!
//! A numbered paragraph is a heading when it is a phrase, a run-in when text follows its first sentence, and body when
//! it is one whole sentence (an item of a list). The level comes from the forms of number that the document uses, in
//! their fixed order; numbers that are spoken (第一， 一是) take the level below the heading above them.

use super::draft::Draft;
use super::levels;
use super::marks::{self, End};
use super::numbering;
use super::ordinal::{Form, Ordinal};
use super::plain;
use super::shape;
use crate::diagnostic::Message;
use crate::model::Role;

/// No heading is longer, in characters after its number.
const LONGEST_HEADING: usize = 80;
/// No heading that ends with a full stop is longer.
const LONGEST_SENTENCE_HEADING: usize = 42;
/// No lead of a numbered paragraph is longer.
const LONGEST_LEAD: usize = 70;
/// No lead of a paragraph with a spoken number or a dash is longer.
const LONGEST_SPOKEN_LEAD: usize = 120;

/// What a numbered paragraph is by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    Heading,
    /// One short sentence: a heading if text follows each of its siblings, a lead without text behind it if they have
    /// leads, an item of a list if they follow each other.
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
    settle_labels(draft, start, &numbers, &mut guesses);
    settle_lists(&numbers, &mut guesses);
    let plain = plain::find(draft, start, end, &numbers, &guesses);
    let levels = levels::assign(draft, start, &numbers, &guesses, &plain);
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
        let text = marks::trim(&facts.text);
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
    let (before, text) = facts.text.split_at(number.len.min(facts.text.len()));
    let count = facts.count - shape::count(before);
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
pub(super) fn has_label(text: &str) -> bool {
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
            if headings || hashed {
                guesses[offset] = Some(Guess::Heading);
            }
        }
    }
}

/// Makes body of labels with what they name (一、时间：4月9日) that follow each other: headings have text below them.
fn settle_labels(
    draft: &Draft<'_>,
    start: usize,
    numbers: &[Option<Ordinal>],
    guesses: &mut [Option<Guess>],
) {
    let form = |offset: usize| numbers[offset].map(|number| number.form);
    let is_label = |offset: usize| {
        let facts = &draft.facts[start + offset];
        numbers[offset].is_some_and(|number| {
            number.form >= Form::Chinese && has_label(&facts.text[number.len.min(facts.text.len())..])
        })
    };
    let followed = |offset: usize| {
        let next = (offset + 1..numbers.len()).find(|&next| draft.is_open(start + next));
        next.is_some_and(|next| numbers[next].is_none() || form(next) > form(offset))
    };
    let labels: Vec<usize> = (0..guesses.len())
        .filter(|&offset| guesses[offset] == Some(Guess::Heading) && is_label(offset))
        .collect();
    for one in [
        Form::Chinese,
        Form::ChineseBrackets,
        Form::Arabic,
        Form::ArabicBrackets,
        Form::Circled,
    ] {
        let members = || labels.iter().filter(|&&offset| form(offset) == Some(one));
        if members().filter(|&&offset| followed(offset)).count() * 10 < members().count() * 7 {
            for &offset in members() {
                guesses[offset] = Some(Guess::Body);
            }
        }
    }
}

/// Makes body of a run-in whose siblings are whole sentences: provisions of a list, of which one happens to have two.
/// A short sentence among run-ins is one of them, of which the lead is all.
fn settle_lists(numbers: &[Option<Ordinal>], guesses: &mut [Option<Guess>]) {
    let mut lists: Vec<(Form, Vec<usize>)> = Vec::new();
    let mut settle = |members: &[usize]| {
        let count = |guess| members.iter().filter(|&&at| guesses[at] == Some(guess)).count();
        let (run_ins, long) = (count(Guess::RunIn), count(Guess::Body));
        let items = long + count(Guess::SentenceHeading);
        let leads = run_ins > items || run_ins > 0 && run_ins == items && long == 0;
        for &offset in members {
            let settled = match guesses[offset] {
                Some(Guess::RunIn) if items > run_ins => Guess::Body,
                Some(Guess::SentenceHeading) if leads => Guess::RunIn,
                Some(Guess::SentenceHeading) => Guess::Body,
                _ => continue,
            };
            guesses[offset] = Some(settled);
        }
    };
    for (offset, number) in numbers.iter().enumerate() {
        let Some(number) = number.filter(|number| !number.form.is_spoken()) else {
            continue;
        };
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

fn decide(
    draft: &mut Draft<'_>,
    start: usize,
    numbers: &[Option<Ordinal>],
    guesses: &[Option<Guess>],
    plain: &[bool],
    levels: &[Option<u8>],
) {
    for offset in 0..numbers.len() {
        let index = start + offset;
        if let Some(level) = levels[offset]
            && let Some(role) = Role::heading(level)
        {
            draft.decide_because(
                index,
                role,
                heading_reason(numbers[offset].filter(|_| !plain[offset]), level),
            );
            continue;
        }
        match (numbers[offset], guesses[offset]) {
            (Some(number), Some(Guess::RunIn)) => {
                let why = run_in_reason(number.form, draft.facts[index].lead.is_some());
                draft.decide_run_in(index, number.form.run_in_level(), why);
            }
            (Some(_), Some(_)) => draft.decide(
                index,
                Role::Body,
                "有序号，但本身是完整的句子或条款",
                "numbered, but a whole sentence or an article",
            ),
            _ => draft.decide(
                index,
                Role::Body,
                "没有其他要素的特征",
                "nothing speaks for another element",
            ),
        }
    }
}

/// Why a paragraph with a number of this form is a run-in.
fn run_in_reason(form: Form, has_more: bool) -> Message {
    let sample = form.sample();
    if has_more {
        Message::new(
            format!("“{sample}”式开头，首句之后还有正文"),
            format!("begins like {sample}; text follows the first sentence"),
        )
    } else {
        Message::new(
            format!("“{sample}”式开头的一句，同级各段多由首句领起"),
            format!("a sentence that begins like {sample}; most of its siblings have leads"),
        )
    }
}

fn heading_reason(number: Option<Ordinal>, level: u8) -> Message {
    match number {
        Some(number) => {
            let sample = number.form.sample();
            Message::new(
                format!("有“{sample}”式序号的短语，在全文层次中为第{level}级"),
                format!("a phrase numbered like {sample}; level {level} in this text"),
            )
        }
        None => Message::new(
            format!("没有句末标点的短行，下面是正文，为第{level}级"),
            format!("a short line without an end mark, with text below; level {level}"),
        ),
    }
}
