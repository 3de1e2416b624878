//! Typefaces: the category of type each belongs to, and the one of digits.

use std::collections::BTreeMap;

use super::looks::CharacterLook;
use super::measure::Gathered;
use super::votes::Votes;
use crate::diagnostic::Message;
use crate::font::alias;
use crate::model::Role;
use crate::profile::{FontRole, Written};

/// The category of type that a typeface belongs to.
pub(super) fn category(name: &str) -> Option<FontRole> {
    let chinese = FontRole::ALL.into_iter().filter(|role| *role != FontRole::Latin);
    let known = chinese
        .filter_map(|role| Some((alias::of_name(role, name, "")?, role)))
        .min();
    known.map(|(_, role)| role).or_else(|| {
        let folded = name.to_lowercase();
        [
            (["仿宋", "fangsong"], FontRole::Fangsong),
            (["楷", "kai"], FontRole::Kaiti),
            (["黑", "hei"], FontRole::Heiti),
            (["标宋", "biaosong"], FontRole::Xiaobiaosong),
            (["宋", "song"], FontRole::Songti),
        ]
        .into_iter()
        .find(|(words, _)| words.iter().any(|word| folded.contains(word)))
        .map(|(_, role)| role)
    })
}

/// Sets the names of typefaces, by category, and the one of digits.
pub(super) fn fonts(
    gathered: &BTreeMap<Role, Gathered<'_>>,
    leads: &Votes<CharacterLook>,
    written: &mut Written,
    notes: &mut Vec<Message>,
) {
    let mut names: BTreeMap<FontRole, Votes<String>> = BTreeMap::new();
    let mut unknown: Votes<String> = Votes::default();
    let all = gathered.values().map(|found| &found.looks).chain([leads]);
    for (look, weight) in all.flat_map(|looks| &looks.0) {
        let Some(name) = &look.east_asia else { continue };
        match category(name) {
            Some(role) => names.entry(role).or_default().add(name.clone(), *weight),
            None => unknown.add(name.clone(), *weight),
        }
    }
    for (role, votes) in &names {
        *written.fonts.name_mut(*role) = votes.winner();
    }
    for name in unknown.0.keys() {
        notes.push(Message::new(
            format!("不知道字体“{name}”属于哪一类（仿宋、楷体、黑体、小标宋、宋体），未采用"),
            format!("the typeface “{name}” belongs to no category that is known; left out"),
        ));
    }
    let mut latin: Votes<String> = Votes::default();
    let mut chinese = Votes::default();
    for found in gathered.values() {
        for paragraph in &found.paragraphs {
            let mut start = 0;
            for run in &paragraph.runs {
                let text = &paragraph.text[start..start + run.len];
                start += run.len;
                let weight = text.bytes().filter(u8::is_ascii_alphanumeric).count();
                let Some(name) = run.look.latin.as_ref().filter(|_| weight > 0) else {
                    continue;
                };
                let same = run.look.east_asia.as_ref() == Some(name) || category(name).is_some();
                chinese.add(same, weight);
                if !same {
                    latin.add(name.clone(), weight);
                }
            }
        }
    }
    written.fonts.latin = latin.winner();
    written.typography.chinese_digits = chinese.winner();
}
