//! The parts of the package, in their order.
//!
//! Most parts depend on the profile alone, and compressing them is most of the work of writing a file. They are
//! compressed once per profile and kept as long as the profile is.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::archive::{Entry, archive};
use super::{DocxError, constant_parts, font_table, footer, styles};
use crate::profile::Profile;

/// The parts that a profile determines, in their order: content types first, as the package convention asks.
type ProfileParts = Arc<[Entry]>;

/// The parts of the profiles in use.
///
/// A `Weak` keeps the place of its profile from being used again, so equal pointers are equal profiles; those whose
/// profile is gone are dropped when the next one is added.
static PROFILE_PARTS: Mutex<Vec<(Weak<Profile>, ProfileParts)>> = Mutex::new(Vec::new());

/// The package of a document: what its profile determines, its body and its properties.
pub(super) fn package(profile: &Arc<Profile>, body: &[u8], core: &str) -> Result<Vec<u8>, DocxError> {
    let own = [
        Entry::new("word/document.xml", body)?,
        Entry::new("docProps/core.xml", core.as_bytes())?,
    ];
    archive(profile_parts(profile)?.iter().chain(&own))
}

fn profile_parts(profile: &Arc<Profile>) -> Result<ProfileParts, DocxError> {
    let find = |known: &[(Weak<Profile>, ProfileParts)]| {
        known
            .iter()
            .find(|(of, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(profile)))
            .map(|(_, parts)| Arc::clone(parts))
    };
    // Whoever panicked under the lock cannot have left half an entry: entries are pushed whole.
    let lock = || PROFILE_PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(parts) = find(&lock()) {
        return Ok(parts);
    }
    let parts = compressed_parts(profile)?;
    let mut known = lock();
    known.retain(|(of, _)| of.strong_count() > 0);
    if find(&known).is_none() {
        known.push((Arc::downgrade(profile), Arc::clone(&parts)));
    }
    Ok(parts)
}

fn compressed_parts(profile: &Profile) -> Result<ProfileParts, DocxError> {
    [
        ("[Content_Types].xml", constant_parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", constant_parts::PACKAGE_RELATIONSHIPS.to_owned()),
        (
            "word/_rels/document.xml.rels",
            constant_parts::document_relationships(),
        ),
        ("word/styles.xml", styles::part(profile)),
        ("word/settings.xml", constant_parts::settings(profile)),
        ("word/fontTable.xml", font_table::part(profile)),
        ("word/theme/theme1.xml", constant_parts::theme(profile)),
        ("word/footer1.xml", footer::part(footer::Pages::Odd, profile)),
        ("word/footer2.xml", footer::part(footer::Pages::Even, profile)),
        ("docProps/app.xml", constant_parts::APPLICATION.to_owned()),
    ]
    .iter()
    .map(|(name, content)| Entry::constant(name, content.as_bytes()))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_come_and_go_and_keep_their_own_parts() {
        let mut last = Vec::new();
        for name in ["gb9704", "speech", "gb9704"] {
            // Each profile may well stand where the one before stood.
            let profile = Arc::new(Profile::builtin(name).unwrap());
            let package = package(&profile, b"<a/>", "<b/>").unwrap();
            assert_eq!(package, super::package(&profile, b"<a/>", "<b/>").unwrap());
            assert_ne!(package, last);
            last = package;
        }
        let one = Arc::new(Profile::builtin("speech").unwrap());
        let other = Arc::new(Profile::builtin("speech").unwrap());
        assert_eq!(package(&one, b"", "").unwrap(), package(&other, b"", "").unwrap());
    }
}
