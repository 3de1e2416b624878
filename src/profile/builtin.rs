//! The profiles inside the program.

/// Name and text of each built-in profile, the default first.
const BUILTIN: [(&str, &str); 8] = [
    ("speech", include_str!("../../styles/speech.toml")),
    ("speech-podium", include_str!("../../styles/speech-podium.toml")),
    ("gb9704", include_str!("../../styles/gb9704.toml")),
    ("letter", include_str!("../../styles/letter.toml")),
    ("order", include_str!("../../styles/order.toml")),
    ("minutes", include_str!("../../styles/minutes.toml")),
    ("gb9704-word", include_str!("../../styles/gb9704-word.toml")),
    ("office-28pt", include_str!("../../styles/office-28pt.toml")),
];

/// The names of the built-in profiles, the default first.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(name, _)| *name)
}

/// The text of the built-in profile called `name`.
pub fn builtin_source(name: &str) -> Option<&'static str> {
    BUILTIN
        .iter()
        .find(|(builtin, _)| *builtin == name)
        .map(|(_, text)| *text)
}
