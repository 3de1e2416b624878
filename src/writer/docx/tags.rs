//! The tags of tables that docx-rs wrote, one after the other.
//!
//! A general reader checks names, attributes and entities that were written a moment ago by this program, which takes
//! longer than writing them. Here a tag is found by its brackets and told apart by its name; what is inside is copied.
//! Quoted brackets are no brackets.

use memchr::{memchr, memchr3, memmem};

/// A piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A tag that opens an element.
    Start(Tag<'a>),
    /// An element without content, in one tag.
    Empty(Tag<'a>),
    /// A tag that closes an element.
    End,
    /// Text, or the declaration at the beginning.
    Other(&'a [u8]),
}

/// A tag, with its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a>(pub(super) &'a [u8]);

impl<'a> Tag<'a> {
    /// The element's name.
    pub(super) fn name(self) -> &'a [u8] {
        let name = &self.0[1..];
        let end = name
            .iter()
            .position(|byte| matches!(byte, b' ' | b'/' | b'>' | b'\n' | b'\t' | b'\r'));
        &name[..end.unwrap_or(name.len())]
    }

    /// The value of the attribute called `name`, as it is written.
    pub(super) fn attribute(self, name: &str) -> Option<&'a [u8]> {
        let begin = memmem::find(self.0, format!(" {name}=\"").as_bytes())? + name.len() + 3;
        let value = &self.0[begin..];
        Some(&value[..memchr(b'"', value)?])
    }
}

/// The next piece of `xml`, which is not empty, and what follows it; `None` when a tag has no end.
pub(super) fn next_piece(xml: &[u8]) -> Option<(Piece<'_>, &[u8])> {
    if xml[0] != b'<' {
        let (text, rest) = xml.split_at(memchr(b'<', xml).unwrap_or(xml.len()));
        return Some((Piece::Other(text), rest));
    }
    let mut end = 1;
    loop {
        end += memchr3(b'>', b'"', b'\'', &xml[end..])? + 1;
        match xml[end - 1] {
            b'>' => break,
            quote => end += memchr(quote, &xml[end..])? + 1,
        }
    }
    let (tag, rest) = xml.split_at(end);
    let piece = match (tag[1], tag[end - 2]) {
        (b'/', _) => Piece::End,
        (b'?' | b'!', _) => Piece::Other(tag),
        (_, b'/') => Piece::Empty(Tag(tag)),
        _ => Piece::Start(Tag(tag)),
    };
    Some((piece, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_each_other() {
        let xml = b"<?xml version=\"1.0\"?><w:p w:a=\"x>y\" w:b='\"'>\xe7\x94\xb2 &lt;<w:tab /><w:br/></w:p>";
        let mut rest = &xml[..];
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, after) = next_piece(rest).unwrap();
            pieces.push(piece);
            rest = after;
        }
        let [
            Piece::Other(_),
            Piece::Start(start),
            Piece::Other(text),
            Piece::Empty(tab),
            Piece::Empty(line),
            Piece::End,
        ] = pieces[..]
        else {
            panic!("{pieces:?}");
        };
        assert_eq!((start.name(), text), (&b"w:p"[..], "甲 &lt;".as_bytes()));
        assert_eq!((tab.name(), line.name()), (&b"w:tab"[..], &b"w:br"[..]));
        assert_eq!(start.attribute("w:a"), Some(&b"x>y"[..]));
        assert_eq!(start.attribute("w:c"), None);
    }

    #[test]
    fn a_tag_without_end_is_none() {
        for xml in ["<", "<w:p", "<w:p a=\">", "<w:p a='\">"] {
            assert_eq!(next_piece(xml.as_bytes()), None, "{xml}");
        }
    }
}
