//! Headings without a number: short lines without an end mark, with text below them.
//!
//! Believed only in texts that end their paragraphs with marks, so that the missing mark says something; and only where
//! nothing else explains it: the lines of a list or of verse, the text of the heading above, the title of a table.

use super::body::{self, Guess};
use super::date;
use super::draft::Draft;
use super::marks::{self, End};
use super::ordinal::Ordinal;
use super::residue;
use super::shape;
use super::vocabulary;
use crate::model::Role;

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
        let number = |index: Option<usize>| {
            index
                .filter(|&index| is_heading(index))
                .and_then(|index| numbers[index - start])
        };
        // What stands between two headings is the text of the first.
        let text_of_heading = number(before).is_some_and(|above| {
            number(next).is_some_and(|below| below.form <= above.form) || is_list_of_names(draft.text(index))
        });
        let led_in = before.is_some_and(|before| leads_in(draft, before))
            && !next.is_some_and(|next| draft.facts[next].is_running() || is_heading(next));
        let labelled = is_label_line(draft, index)
            && [before, next]
                .into_iter()
                .flatten()
                .any(|near| is_label_line(draft, near));
        let explained =
            below_list || torn || text_of_heading || led_in || labelled || names_table(draft, index);
        plain[index - start] = above_text && !explained || hashed;
    }
    forget_lone(draft, start, &live, &mut plain);
    plain
}

/// Takes back the only heading of a text if a line ending in ： leads in to it: it is what that line announces.
fn forget_lone(draft: &Draft<'_>, start: usize, live: &[usize], plain: &mut [bool]) {
    let mut found = live.windows(2).filter(|pair| plain[pair[1] - start]);
    if let (Some(&[before, index]), None) = (found.next(), found.next())
        && draft.facts[index].hashes == 0
        && leads_in(draft, before)
    {
        plain[index - start] = false;
    }
}

/// Whether paragraph `index` announces the lines below it: it ends in ： and addresses nobody.
fn leads_in(draft: &Draft<'_>, index: usize) -> bool {
    draft.facts[index].end == End::Colon && !shape::is_address(draft.text(index))
}

/// Whether paragraph `index` is a short label with what it names: 地点：三楼会议室.
fn is_label_line(draft: &Draft<'_>, index: usize) -> bool {
    let facts = &draft.facts[index];
    facts.count <= LONGEST && facts.lead.is_none() && body::has_label(&facts.text)
}

/// Whether `text` is nothing but names of persons or organs: 张三、李四.
fn is_list_of_names(text: &str) -> bool {
    let names = || {
        text.split(['、', ' ', '\u{3000}'])
            .filter(|name| !name.is_empty())
    };
    names().count() >= 2 && names().all(|name| vocabulary::is_name(name) || vocabulary::ends_as_organ(name))
}

/// Whether paragraph `index` is the title of a table, or another line above one: 表1　项目情况表.
fn names_table(draft: &Draft<'_>, index: usize) -> bool {
    let below = (index + 1..draft.len()).find(|&below| !shape::is_label(draft.text(below)));
    shape::is_table_title(draft.text(index))
        || below.is_some_and(|below| draft.role(below) == Some(Role::Table))
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
        && !text.contains("：“")
        && !text.contains("（见")
        && !text.ends_with(['、', '“', '《', '（'])
        && !(facts.count <= 2
            && text != "附则"
            && text != "总则"
            && text != "结语"
            && text != "前言"
            && text != "引言")
        && date::at(text).is_none_or(|date| date.len < text.len() && !date.has_day)
}
