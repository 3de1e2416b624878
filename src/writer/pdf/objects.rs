//! The objects of the file: the pages as printpdf made them, and all that is added to them.

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use crate::font::deflate::zlib;

/// The objects of one file.
pub(super) struct Objects {
    document: Document,
    catalog: Dictionary,
    page_tree: ObjectId,
    pages: Vec<ObjectId>,
    resources: ObjectId,
    fonts: Dictionary,
    /// Over all that tells one document from another.
    digest: Sha256,
}

/// The dictionary of an empty page as printpdf makes it: its boxes, and nothing that points elsewhere.
pub(super) struct Sheet(Dictionary);

impl Sheet {
    /// The first page that printpdf made.
    pub(super) fn of(mut printed: Document) -> Result<Sheet, PdfError> {
        let page = printed.get_pages().into_values().next().unwrap_or_default();
        let mut page = std::mem::take(printed.get_dictionary_mut(page)?);
        page.remove(b"Annots");
        Ok(Sheet(page))
    }
}

impl Objects {
    /// No pages yet.
    pub(super) fn new() -> Objects {
        let mut document = Document::with_version("1.7");
        // The plain table, which every program reads.
        document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
        let page_tree = document.new_object_id();
        let resources = document.new_object_id();
        Objects {
            document,
            catalog: dictionary! { "Type" => "Catalog", "Pages" => page_tree },
            page_tree,
            pages: Vec::new(),
            resources,
            fonts: Dictionary::new(),
            digest: Sha256::new(),
        }
    }

    /// Adds a page with this content.
    pub(super) fn append_page(&mut self, sheet: &Sheet, content: &[u8]) {
        let content = zlib(content);
        self.digest.update(&content);
        let content = self.add_precompressed(Dictionary::new(), content);
        let mut page = sheet.0.clone();
        page.set("Contents", content);
        page.set("Parent", self.page_tree);
        page.set("Resources", self.resources);
        let page = self.add(page);
        self.pages.push(page);
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
        self.document.new_object_id()
    }

    pub(super) fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.document.objects.insert(id, object.into());
    }

    /// Sets a key of a dictionary that was set before.
    pub(super) fn set_key(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) {
        if let Ok(dictionary) = self.document.get_dictionary_mut(id) {
            dictionary.set(key, value);
        }
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.reserve();
        self.set(id, object);
        id
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

    pub(super) fn set_font(&mut self, name: String, font: ObjectId) {
        self.fonts.set(name, font);
    }

    pub(super) fn catalog_mut(&mut self) -> &mut Dictionary {
        &mut self.catalog
    }

    pub(super) fn set_info(&mut self, info: Dictionary) {
        let info = self.add(info);
        self.document.trailer.set("Info", info);
    }

    /// The bytes of the file.
    pub(super) fn save(mut self) -> Result<Vec<u8>, PdfError> {
        let count = self.pages.len() as i64;
        let kids: Vec<Object> = self.pages.iter().map(|page| Object::Reference(*page)).collect();
        self.set(
            self.page_tree,
            dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids },
        );
        let mut resources = Dictionary::new();
        if !self.fonts.is_empty() {
            resources.set("Font", std::mem::take(&mut self.fonts));
        }
        self.set(self.resources, resources);
        let catalog = std::mem::take(&mut self.catalog);
        let catalog = self.add(catalog);
        self.document.trailer.set("Root", catalog);
        let identifier = Object::String(self.digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
        self.document
            .trailer
            .set("ID", vec![identifier.clone(), identifier]);
        // Other objects take about so many bytes, with their line in the table.
        const OTHER: usize = 140;
        let size: usize = self
            .document
            .objects
            .values()
            .map(|object| OTHER + object.as_stream().map_or(0, |stream| stream.content.len()))
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
