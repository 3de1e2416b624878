//! The parts of the package, in their order.
//!
//! Most parts depend on the profile alone, and compressing them is most of the work of writing a file. They are
//! compressed once per profile and kept as long as the profile is.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::archive::{Entry, archive};
use super::constant_parts::{FOOTERS, Footer};
use super::embedding::{self, EmbeddedFont};
use super::footer::Pages;
use super::{DocxError, constant_parts, font_table, footer, styles};
use crate::profile::Profile;

/// The parts that a profile determines, in their order: content types first, as the package convention asks.
type ProfileParts = Arc<[Entry]>;

/// What a document has that decides about the parts besides its profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Variant {
    /// Pages that are turned.
    pub(super) turned: bool,
    /// 版头 or 版记, or names of signatories.
    pub(super) zoned: bool,
    /// Comments.
    pub(super) commented: bool,
}

/// The parts of one profile for documents of one variant.
struct Known {
    profile: Weak<Profile>,
    variant: Variant,
    parts: ProfileParts,
}

/// The parts of the profiles in use.
///
/// A `Weak` keeps the place of its profile from being used again, so equal pointers are equal profiles; those whose
/// profile is gone are dropped when the next one is added.
static PROFILE_PARTS: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The package of a document: what its profile determines, the typefaces in it, its body, its properties and comments.
pub(super) fn package(
    profile: &Arc<Profile>,
    variant: Variant,
    embedded: &[EmbeddedFont],
    body: &[u8],
    core: &str,
    comments: Option<&str>,
) -> Result<Vec<u8>, DocxError> {
    let mut own = vec![
        Entry::new("word/document.xml", body)?,
        Entry::new("docProps/core.xml", core.as_bytes())?,
    ];
    if let Some(comments) = comments {
        own.push(Entry::new("word/comments.xml", comments.as_bytes())?);
    }
    if embedded.is_empty() {
        return archive(profile_parts(profile, variant)?.iter().chain(&own));
    }
    let relationships = embedding::relationships(embedded);
    let mut parts = compressed_parts(profile, variant, embedded)?.to_vec();
    parts.push(Entry::new(
        "word/_rels/fontTable.xml.rels",
        relationships.as_bytes(),
    )?);
    for font in embedded {
        parts.push(Entry::new(font.part, &font.data)?);
    }
    archive(parts.iter().chain(&own))
}

fn profile_parts(profile: &Arc<Profile>, variant: Variant) -> Result<ProfileParts, DocxError> {
    let find = |known: &[Known]| {
        known
            .iter()
            .find(|known| {
                known.variant == variant && std::ptr::eq(known.profile.as_ptr(), Arc::as_ptr(profile))
            })
            .map(|known| Arc::clone(&known.parts))
    };
    // Whoever panicked under the lock cannot have left half an entry: entries are pushed whole.
    let lock = || PROFILE_PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(parts) = find(&lock()) {
        return Ok(parts);
    }
    let parts = compressed_parts(profile, variant, &[])?;
    let mut known = lock();
    known.retain(|known| known.profile.strong_count() > 0);
    if find(&known).is_none() {
        known.push(Known {
            profile: Arc::downgrade(profile),
            variant,
            parts: Arc::clone(&parts),
        });
    }
    Ok(parts)
}

fn compressed_parts(
    profile: &Profile,
    variant: Variant,
    embedded: &[EmbeddedFont],
) -> Result<ProfileParts, DocxError> {
    let embeds = !embedded.is_empty();
    let footers: Vec<Footer> = FOOTERS
        .into_iter()
        .filter(|footer| variant.turned || !footer.turned)
        .filter(|footer| match footer.pages {
            Pages::Odd => true,
            Pages::Even => footer::has_even(profile),
            Pages::First => footer::has_first(profile),
        })
        .collect();
    let parts = [
        (
            "[Content_Types].xml",
            constant_parts::content_types(&footers, variant.commented, embeds),
        ),
        ("_rels/.rels", constant_parts::PACKAGE_RELATIONSHIPS.to_owned()),
        (
            "word/_rels/document.xml.rels",
            constant_parts::document_relationships(&footers, variant.commented),
        ),
        ("word/styles.xml", styles::part(profile, variant)),
        ("word/settings.xml", constant_parts::settings(profile, embeds)),
        ("word/fontTable.xml", font_table::part(profile, embedded)),
        ("word/theme/theme1.xml", constant_parts::theme(profile)),
        ("docProps/app.xml", constant_parts::APPLICATION.to_owned()),
    ];
    let footers = footers
        .iter()
        .map(|footer| (footer.part, footer::part(footer.pages, footer.turned, profile)));
    parts
        .into_iter()
        .chain(footers)
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
            let package = package(&profile, Variant::default(), &[], b"<a/>", "<b/>", None).unwrap();
            assert_eq!(
                package,
                super::package(&profile, Variant::default(), &[], b"<a/>", "<b/>", None).unwrap()
            );
            assert_ne!(package, last);
            last = package;
        }
        let one = Arc::new(Profile::builtin("speech").unwrap());
        let other = Arc::new(Profile::builtin("speech").unwrap());
        assert_eq!(
            package(&one, Variant::default(), &[], b"", "", None).unwrap(),
            package(&other, Variant::default(), &[], b"", "", None).unwrap()
        );
    }
}
