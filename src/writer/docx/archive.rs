//! The zip archive, as small and as constant as the format allows.
//!
//! A file is compressed once, as an [`Entry`], and may then stand in any number of archives. No clock, no platform, no
//! owner goes in: equal files in equal order are equal bytes. (The `zip` crate can do neither: appending to an archive
//! made before leaves that one's directory in the middle.)

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::DocxError;
use crate::font::deflate::deflate;

/// Version 2.0 of the format: deflate.
const VERSION: u16 = 20;
/// Compression method 8: deflate.
const DEFLATE: u16 = 8;
/// 1980-01-01 00:00, the first time a zip archive knows: time in the low, date in the high half.
const FIRST_TIME: u32 = 0x0021_0000;

/// A compressed file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    name: &'static str,
    crc: u32,
    size: u32,
    deflated: Vec<u8>,
}

impl Entry {
    /// Compresses `content` as the file `name`, which is ASCII.
    pub(super) fn new(name: &'static str, content: &[u8]) -> Result<Self, DocxError> {
        Entry::with(name, content, deflate(content))
    }

    /// Compresses `content` as well as can be, for a file that goes into many archives.
    pub(super) fn constant(name: &'static str, content: &[u8]) -> Result<Self, DocxError> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content)?;
        Entry::with(name, content, encoder.finish()?)
    }

    fn with(name: &'static str, content: &[u8], deflated: Vec<u8>) -> Result<Self, DocxError> {
        let mut crc = Crc::new();
        crc.update(content);
        Ok(Entry {
            name,
            crc: crc.sum(),
            size: length(content.len())?,
            deflated,
        })
    }

    /// What the header before the file and the one in the directory have in common.
    fn push_header(&self, archive: &mut Vec<u8>) -> Result<(), DocxError> {
        push_u16(archive, VERSION);
        push_u16(archive, 0); // flags
        push_u16(archive, DEFLATE);
        push_u32(archive, FIRST_TIME);
        push_u32(archive, self.crc);
        push_u32(archive, length(self.deflated.len())?);
        push_u32(archive, self.size);
        push_u16(archive, self.name.len() as u16);
        push_u16(archive, 0); // extra field
        Ok(())
    }
}

/// The archive of `entries`, in their order.
///
/// # Errors
/// When it would be larger than 4 GiB.
pub(super) fn archive<'a>(
    entries: impl IntoIterator<Item = &'a Entry> + Clone,
) -> Result<Vec<u8>, DocxError> {
    let mut archive = Vec::with_capacity(16 << 10);
    let mut directory = Vec::with_capacity(1 << 10);
    let mut count = 0_u16;
    for entry in entries {
        let offset = length(archive.len())?;
        archive.extend_from_slice(b"PK\x03\x04");
        entry.push_header(&mut archive)?;
        archive.extend_from_slice(entry.name.as_bytes());
        archive.extend_from_slice(&entry.deflated);

        directory.extend_from_slice(b"PK\x01\x02");
        push_u16(&mut directory, VERSION); // made by: MS-DOS, so that no permissions are expected
        entry.push_header(&mut directory)?;
        push_u16(&mut directory, 0); // comment
        push_u16(&mut directory, 0); // disk
        push_u16(&mut directory, 0); // internal attributes
        push_u32(&mut directory, 0); // external attributes
        push_u32(&mut directory, offset);
        directory.extend_from_slice(entry.name.as_bytes());
        count += 1;
    }
    let offset = length(archive.len())?;
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06");
    push_u16(&mut archive, 0); // this disk
    push_u16(&mut archive, 0); // disk of the directory
    push_u16(&mut archive, count); // entries on this disk
    push_u16(&mut archive, count);
    push_u32(&mut archive, length(directory.len())?);
    push_u32(&mut archive, offset);
    push_u16(&mut archive, 0); // comment
    Ok(archive)
}

fn length(bytes: usize) -> Result<u32, DocxError> {
    u32::try_from(bytes).map_err(|_| DocxError::TooLarge)
}

fn push_u16(archive: &mut Vec<u8>, number: u16) {
    archive.extend_from_slice(&number.to_le_bytes());
}

fn push_u32(archive: &mut Vec<u8>, number: u32) {
    archive.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn another_reader_gets_the_files_back() {
        let long = "甲乙丙".repeat(10_000);
        let entries = [
            Entry::new("a.xml", long.as_bytes()).unwrap(),
            Entry::new("b/empty", b"").unwrap(),
            Entry::constant("c.xml", long.as_bytes()).unwrap(),
        ];
        let bytes = archive(&entries).unwrap();
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(read.len(), 3);
        for name in ["a.xml", "c.xml"] {
            let mut content = String::new();
            // The reader checks the sum too.
            read.by_name(name).unwrap().read_to_string(&mut content).unwrap();
            assert_eq!(content, long);
        }
        let empty = read.by_index(1).unwrap();
        assert_eq!((empty.name(), empty.size()), ("b/empty", 0));
        assert_eq!(empty.last_modified(), Some(zip::DateTime::default()));
    }
}
