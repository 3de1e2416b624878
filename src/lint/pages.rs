//! The rule pages of the user's documentation, rendered from the rules themselves.

/// Every page: its path below `docs/rules`, and its text.
pub fn rule_pages() -> Vec<(String, String)> {
    Vec::new()
}
