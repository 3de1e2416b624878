//! The rules, one file each, named by the fault they find.

mod halfwidth_brackets;
mod halfwidth_punctuation;
mod straight_quotes;

use super::rule::Rule;

/// Every rule, in the order of the rule list.
static RULES: &[&Rule] = &[
    &halfwidth_punctuation::RULE,
    &halfwidth_brackets::RULE,
    &straight_quotes::RULE,
];

/// Every rule, in the order of the rule list.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The rule with this code or short name, such as `halfwidth-punctuation` or `P01`.
pub fn explain(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.id.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests;
