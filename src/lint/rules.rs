//! The rules, one file each, named by the fault they find.

mod announced_points;
mod approximate_comma;
mod approximate_digits;
mod arabic_ordinal_mark;
mod attachment_count;
mod attachment_label_colon;
mod attachment_note_form;
mod attachment_note_place;
mod baifenzhi_digits;
mod bare_decimal;
mod blank_placeholder;
mod bracketed_ordinal_mark;
mod cited_document_order;
mod clashing_punctuation;
mod comma_before_and;
mod comma_before_deng;
mod comma_between_titles;
mod confusable_word;
mod copy_number_form;
mod damaged_character;
mod dash_form;
mod date_form;
mod digit_grouping;
mod doc_number_brackets;
mod doc_number_form;
mod double_approximation;
mod doubled_paragraph;
mod doubled_particle;
mod doubled_word;
mod doubtful_title;
mod ellipsis_form;
mod ellipsis_with_deng;
mod event_date;
mod fullwidth_alphanumerics;
mod halfwidth_brackets;
mod halfwidth_punctuation;
mod hanzi_ordinal_mark;
mod hao_in_date;
mod heading_end_mark;
mod impossible_date;
mod imprint_form;
mod interpunct_form;
mod jiezhi_word;
mod leading_punctuation;
mod letter_placeholder;
mod level_order;
mod lunar_digits;
mod missing_end_mark;
mod missing_signatory;
mod mixed_date;
mod mixed_measures;
mod mixed_numeral;
mod mixed_ordinal_words;
mod nested_book_marks;
mod nested_brackets;
mod nested_double_quotes;
mod note_brackets;
mod numbering_gap;
mod ordinal_word_mark;
mod point_beside_dash;
mod point_series_gap;
mod range_connector;
mod range_percent;
mod range_unit;
mod repeated_punctuation;
mod reversed_quotes;
mod salutation_colon;
mod single_item;
mod space_in_chinese;
mod span_connector;
mod straight_quotes;
mod subject_words;
mod table_marks;
mod title_end_mark;
mod two_digit_year;
mod unmarked_recipients;
mod unpaired_marks;
mod web_residue;
mod weekday_mismatch;
mod year_placeholder;
mod year_zero;
mod zero_padded_date;

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
    &point_beside_dash::RULE,
    &comma_between_titles::RULE,
    &comma_before_deng::RULE,
    &comma_before_and::RULE,
    &space_in_chinese::RULE,
    &fullwidth_alphanumerics::RULE,
    &missing_end_mark::RULE,
    &leading_punctuation::RULE,
    &interpunct_form::RULE,
    &doc_number_brackets::RULE,
    &hanzi_ordinal_mark::RULE,
    &arabic_ordinal_mark::RULE,
    &bracketed_ordinal_mark::RULE,
    &ordinal_word_mark::RULE,
    &mixed_ordinal_words::RULE,
    &numbering_gap::RULE,
    &level_order::RULE,
    &single_item::RULE,
    &heading_end_mark::RULE,
    &title_end_mark::RULE,
    &announced_points::RULE,
    &point_series_gap::RULE,
    &salutation_colon::RULE,
    &unmarked_recipients::RULE,
    &zero_padded_date::RULE,
    &date_form::RULE,
    &impossible_date::RULE,
    &year_zero::RULE,
    &mixed_date::RULE,
    &two_digit_year::RULE,
    &span_connector::RULE,
    &hao_in_date::RULE,
    &jiezhi_word::RULE,
    &weekday_mismatch::RULE,
    &doc_number_form::RULE,
    &range_connector::RULE,
    &range_percent::RULE,
    &range_unit::RULE,
    &bare_decimal::RULE,
    &mixed_numeral::RULE,
    &approximate_comma::RULE,
    &approximate_digits::RULE,
    &double_approximation::RULE,
    &baifenzhi_digits::RULE,
    &mixed_measures::RULE,
    &lunar_digits::RULE,
    &event_date::RULE,
    &digit_grouping::RULE,
    &letter_placeholder::RULE,
    &year_placeholder::RULE,
    &blank_placeholder::RULE,
    &web_residue::RULE,
    &doubled_particle::RULE,
    &doubled_paragraph::RULE,
    &damaged_character::RULE,
    &doubtful_title::RULE,
    &doubled_word::RULE,
    &table_marks::RULE,
    &attachment_note_form::RULE,
    &attachment_label_colon::RULE,
    &note_brackets::RULE,
    &imprint_form::RULE,
    &copy_number_form::RULE,
    &missing_signatory::RULE,
    &cited_document_order::RULE,
    &subject_words::RULE,
    &attachment_count::RULE,
    &attachment_note_place::RULE,
    &confusable_word::RULE,
];

/// The rules that look only when asked for by name: what they find is right more often than wrong.
static ON_REQUEST: &[&Rule] = &[
    &point_beside_dash::RULE,
    &comma_between_titles::RULE,
    &digit_grouping::RULE,
];

/// Whether the rule looks only when asked for by name.
pub fn on_request(rule: &Rule) -> bool {
    ON_REQUEST.iter().any(|other| std::ptr::eq(*other, rule))
}

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
