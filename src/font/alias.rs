//! The names under which fonts of each category of type are installed (`fonts/aliases.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::profile::FontRole;

/// How near a font is to the one an official document asks for; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A font that offices use.
    Official,
    /// A font of the same style that comes with a system or an office program.
    Lookalike,
    /// A freely licensed font of the same style.
    Free,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// How near the font is.
    pub rank: Rank,
    /// Its place among those of its rank; lower is better.
    pub preference: usize,
}

/// The names of one category, folded; those of files without their endings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(default)]
    official: Vec<String>,
    #[serde(default)]
    lookalike: Vec<String>,
    #[serde(default)]
    free: Vec<String>,
    files: Vec<String>,
}

impl Names {
    fn fold(&mut self) {
        let fonts = [&mut self.official, &mut self.lookalike, &mut self.free];
        for name in fonts.into_iter().flatten() {
            *name = folded(name);
        }
        for name in &mut self.files {
            *name = folded(without_ending(name));
        }
    }
}

static NAMES: LazyLock<BTreeMap<FontRole, Names>> = LazyLock::new(|| {
    let list = include_str!("../../fonts/aliases.toml");
    let mut names: BTreeMap<FontRole, Names> = toml::from_str(list).unwrap_or_default();
    names.values_mut().for_each(Names::fold);
    names
});

/// What fonts call the style that the name of a family alone means.
const REGULAR: [&str; 7] = ["regular", "normal", "roman", "book", "常规", "标准", "一般"];

/// What `name`, in regular or in the weight called `style`, stands for in the category `role`.
pub fn of_name(role: FontRole, name: &str, style: &str) -> Option<Alias> {
    let names = NAMES.get(&role)?;
    let (name, style) = (folded(name), folded(style));
    let ranks = [
        (Rank::Official, &names.official),
        (Rank::Lookalike, &names.lookalike),
        (Rank::Free, &names.free),
    ];
    ranks.into_iter().find_map(|(rank, aliases)| {
        let preference = aliases.iter().position(|alias| match alias.split_once(':') {
            Some((family, weight)) => name
                .strip_prefix(family)
                .is_some_and(|rest| rest == weight || (rest.is_empty() && style == weight)),
            None => name == *alias && (style.is_empty() || is_regular(&style)),
        })?;
        Some(Alias { rank, preference })
    })
}

/// Whether `style` is the one that the name of a family alone means.
pub(super) fn is_regular(style: &str) -> bool {
    REGULAR.contains(&folded(style).as_str())
}

/// Whether a file called `file_name` may hold an official font: cheaper than opening it.
pub fn may_hold_official(file_name: &str) -> bool {
    let stem = folded(without_ending(file_name));
    NAMES
        .values()
        .any(|names| names.official.contains(&stem) || names.files.contains(&stem))
}

fn without_ending(file_name: &str) -> &str {
    file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem)
}

/// A name without what fonts are spelt differently in: case, blanks, hyphens, underscores.
pub(super) fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{3000}'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_readable_and_has_every_role() {
        assert!(FontRole::ALL.into_iter().all(|role| NAMES.contains_key(&role)));
    }

    #[test]
    fn names_are_found_however_they_are_spelt() {
        let official =
            |role, name| of_name(role, name, "Regular").map(|alias| alias.rank) == Some(Rank::Official);
        assert!(official(FontRole::Fangsong, "仿宋_GB2312"));
        assert!(official(FontRole::Fangsong, "fangsong_gb2312"));
        assert!(official(FontRole::Xiaobiaosong, "FZXiaoBiaoSong-B05S"));
        assert!(!official(FontRole::Fangsong, "楷体_GB2312"));
        let noto = of_name(FontRole::Xiaobiaosong, "Noto Serif SC", "SemiBold");
        assert_eq!(noto.map(|alias| alias.rank), Some(Rank::Free));
        assert_eq!(of_name(FontRole::Xiaobiaosong, "Noto Serif SC", "Regular"), None);
        assert!(may_hold_official("simhei.ttf") && may_hold_official("方正小标宋简体.TTF"));
        assert!(!may_hold_official("DejaVuSans.ttf"));
    }
}
