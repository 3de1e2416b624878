//! The zip archive: parts in a fixed order, with a fixed date, so that equal documents are equal bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::DocxError;

/// The archive of `parts`, each a name and its content, in their order.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Result<Vec<u8>, DocxError> {
    // 1980-01-01, the first date a zip archive knows; the system is fixed so that Windows and Linux write the same.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(16 << 10)));
    for (name, content) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}
