//! The names in a folder, in order.
//!
//! A batch remembers the names of the folder it stands in, which may be a hundred thousand. So they are kept close
//! together, in a third of the memory of as many strings.

use std::ffi::{OsStr, OsString};
use std::fs::FileType;

/// Names, each with what it is the name of where the system said so.
#[derive(Default)]
pub(super) struct Names {
    /// Most names, one after the other.
    text: String,
    /// Names that are no Unicode.
    others: Vec<OsString>,
    entries: Vec<Entry>,
    /// How many have been taken.
    taken: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    /// Where the name begins in the text; of others the number.
    at: u32,
    /// The bytes of the name; [`OTHER`] for others.
    len: u16,
    kind: Option<FileType>,
}

/// No name is so long.
const OTHER: u16 = u16::MAX;

impl Names {
    pub(super) fn push(&mut self, name: OsString, kind: Option<FileType>) {
        let place = |text: &str| {
            let len = u16::try_from(text.len()).ok().filter(|len| *len < OTHER)?;
            Some((u32::try_from(self.text.len()).ok()?, len))
        };
        let (at, len) = match name.to_str().and_then(|text| Some((text, place(text)?))) {
            Some((text, place)) => {
                self.text.push_str(text);
                place
            }
            None => {
                self.others.push(name);
                (self.others.len() as u32 - 1, OTHER)
            }
        };
        self.entries.push(Entry { at, len, kind });
    }

    /// Puts the names in order, that of their bytes.
    pub(super) fn sort(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable_by(|one, other| self.name(*one).cmp(self.name(*other)));
        entries.shrink_to_fit();
        self.entries = entries;
        self.text.shrink_to_fit();
    }

    fn name(&self, entry: Entry) -> &OsStr {
        let at = entry.at as usize;
        match entry.len {
            OTHER => &self.others[at],
            len => OsStr::new(&self.text[at..at + usize::from(len)]),
        }
    }
}

impl Iterator for Names {
    type Item = (OsString, Option<FileType>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = *self.entries.get(self.taken)?;
        self.taken += 1;
        Some((self.name(entry).to_owned(), entry.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_in_the_order_of_their_bytes() {
        let long = "长".repeat(30_000);
        let mut given: Vec<OsString> = ["b.txt", "甲", "", "a b.txt", "B", &long]
            .map(OsString::from)
            .to_vec();
        #[cfg(unix)]
        given.push(std::os::unix::ffi::OsStringExt::from_vec(vec![b'a', 0xff]));
        let mut names = Names::default();
        for name in &given {
            names.push(name.clone(), None);
        }
        names.sort();
        given.sort();
        assert_eq!(names.map(|(name, _)| name).collect::<Vec<_>>(), given);
    }
}
