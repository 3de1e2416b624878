//! The objects of the file: printpdf's, tidied up, and those added to them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use crate::font::deflate::zlib;

/// The objects of one file.
pub(super) struct Objects {
    document: Document,
    pages: Vec<ObjectId>,
    fonts: Dictionary,
    /// Numbers of printpdf's objects that are not needed: given out first, so that the numbering has no gaps.
    free: Vec<ObjectId>,
    /// Over all that tells one document from another.
    digest: Sha256,
}

impl Objects {
    /// The objects printpdf made, without its resource dictionaries: the fonts are the only resources.
    pub(super) fn new(mut document: Document) -> Result<Objects, PdfError> {
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let mut free = Vec::new();
        for page in &pages {
            let page = document.get_dictionary_mut(*page)?;
            page.remove(b"Annots");
            if let Some(Object::Reference(resources)) = page.remove(b"Resources") {
                free.push(resources);
            }
        }
        for resources in free.clone() {
            if let Some(Object::Dictionary(resources)) = document.objects.remove(&resources) {
                for (_, resource) in resources.iter() {
                    // The pages share these, so all but the first are gone already.
                    if let Ok(id) = resource.as_reference()
                        && document.objects.remove(&id).is_some()
                    {
                        free.push(id);
                    }
                }
            }
        }
        if let Ok(info) = document.trailer.get(b"Info").and_then(Object::as_reference) {
            document.objects.remove(&info);
            free.push(info);
        }
        document.trailer = dictionary! { "Root" => document.trailer.get(b"Root")?.clone() };
        // The highest first: the lowest is at the end and taken first.
        free.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Objects {
            document,
            pages,
            fonts: Dictionary::new(),
            free,
            digest: Sha256::new(),
        })
    }

    /// The pages, in order.
    pub(super) fn pages(&self) -> &[ObjectId] {
        &self.pages
    }

    /// The dictionary of a page.
    pub(super) fn page_mut(&mut self, page: usize) -> Option<&mut Dictionary> {
        let id = self.pages.get(page)?;
        self.document.get_dictionary_mut(*id).ok()
    }

    /// A number for an object that is set later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.free.pop().unwrap_or_else(|| self.document.new_object_id())
    }

    pub(super) fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.document.objects.insert(id, object.into());
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.reserve();
        self.set(id, object);
        id
    }

    /// Adds a stream and compresses it.
    pub(super) fn add_compressed(&mut self, dictionary: Dictionary, content: &[u8]) -> ObjectId {
        self.add_precompressed(dictionary, zlib(content))
    }

    /// Adds a stream that is compressed already.
    pub(super) fn add_precompressed(&mut self, dictionary: Dictionary, content: Vec<u8>) -> ObjectId {
        self.add(compressed_stream(dictionary, content))
    }

    /// Adds a stream as it is.
    pub(super) fn add_plain(&mut self, dictionary: Dictionary, content: Vec<u8>) -> ObjectId {
        self.add(Stream::new(dictionary, content).with_compression(false))
    }

    /// Lets the file's identifier depend on `content`.
    pub(super) fn tell_apart_by(&mut self, content: &[u8]) {
        self.digest.update((content.len() as u64).to_be_bytes());
        self.digest.update(content);
    }

    /// Compresses what is on the pages.
    pub(super) fn compress_pages(&mut self) -> Result<(), PdfError> {
        for page in self.pages.clone() {
            let content = self
                .document
                .get_dictionary(page)?
                .get(b"Contents")?
                .as_reference()?;
            if let Some(object) = self.document.objects.get_mut(&content)
                && let Object::Stream(stream) = object
            {
                let content = zlib(&stream.content);
                self.digest.update(&content);
                *object = Object::Stream(compressed_stream(Dictionary::new(), content));
            }
        }
        Ok(())
    }

    pub(super) fn set_font(&mut self, name: String, font: ObjectId) {
        self.fonts.set(name, font);
    }

    pub(super) fn catalog_mut(&mut self) -> Result<&mut Dictionary, PdfError> {
        Ok(self.document.catalog_mut()?)
    }

    pub(super) fn set_info(&mut self, info: Dictionary) {
        let info = self.add(info);
        self.document.trailer.set("Info", info);
    }

    /// The bytes of the file.
    pub(super) fn save(mut self) -> Result<Vec<u8>, PdfError> {
        let mut resources = Dictionary::new();
        if !self.fonts.is_empty() {
            resources.set("Font", std::mem::take(&mut self.fonts));
        }
        let resources = self.add(resources);
        for page in &self.pages {
            self.document
                .get_dictionary_mut(*page)?
                .set("Resources", resources);
        }
        let identifier = Object::String(self.digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
        self.document
            .trailer
            .set("ID", vec![identifier.clone(), identifier]);
        self.document.version = "1.7".to_owned();
        let size: usize = self
            .document
            .objects
            .values()
            .map(|object| {
                object
                    .as_stream()
                    .map_or(120, |stream| stream.content.len() + 120)
            })
            .sum();
        let mut file = Vec::with_capacity(size);
        self.document.save_to(&mut file)?;
        Ok(file)
    }
}

fn compressed_stream(mut dictionary: Dictionary, content: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, content).with_compression(false)
}

/// A text string: as it is when it is ASCII, else in UTF-16 (ISO 32000-1, 7.9.2.2).
pub(super) fn text_string(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Literal)
}

/// The bytes of a text string.
pub(super) fn text_bytes(text: &str) -> Vec<u8> {
    // PDFDocEncoding agrees with ASCII in its printable part only.
    if text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return text.as_bytes().to_vec();
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_ascii_or_utf_16() {
        assert_eq!(text_bytes("a(b)"), b"a(b)");
        assert_eq!(text_bytes("红𠮷"), b"\xfe\xff\x7e\xa2\xd8\x42\xdf\xb7");
        assert_eq!(text_bytes("\t"), b"\xfe\xff\0\t");
    }
}
