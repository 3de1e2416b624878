//! The rules, one file each, named by the fault they find.

mod clashing_punctuation;
mod comma_before_and;
mod comma_before_deng;
mod dash_form;
mod ellipsis_form;
mod ellipsis_with_deng;
mod fullwidth_alphanumerics;
mod halfwidth_brackets;
mod halfwidth_punctuation;
mod interpunct_form;
mod leading_punctuation;
mod missing_end_mark;
mod nested_book_marks;
mod nested_brackets;
mod nested_double_quotes;
mod repeated_punctuation;
mod reversed_quotes;
mod space_in_chinese;
mod straight_quotes;
mod unpaired_marks;

use super::rule::Rule;

/// Every rule, in the order of the rule list.
static RULES: &[&Rule] = &[
    &halfwidth_punctuation::RULE,
    &halfwidth_brackets::RULE,
    &straight_quotes::RULE,
    &unpaired_marks::RULE,
    &reversed_quotes::RULE,
    &nested_double_quotes::RULE,
    &nested_book_marks::RULE,
    &nested_brackets::RULE,
    &repeated_punctuation::RULE,
    &clashing_punctuation::RULE,
    &ellipsis_form::RULE,
    &ellipsis_with_deng::RULE,
    &dash_form::RULE,
    &comma_before_deng::RULE,
    &comma_before_and::RULE,
    &space_in_chinese::RULE,
    &fullwidth_alphanumerics::RULE,
    &missing_end_mark::RULE,
    &leading_punctuation::RULE,
    &interpunct_form::RULE,
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
