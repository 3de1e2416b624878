//! What a file is when it is no plain text: by its first bytes.

use serde::Serialize;

use crate::diagnostic::Message;

/// A kind of file that is often given the name `.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Word 2007 and later, WPS: a ZIP archive with `word/` inside.
    Docx,
    /// Any other ZIP archive.
    Zip,
    /// Word 97–2003, old WPS and Excel: an OLE compound file.
    Ole,
    /// Rich text (RTF).
    Rtf,
    /// PDF.
    Pdf,
    /// OFD is a ZIP archive too; told apart by its `OFD.xml`.
    Ofd,
    /// A web page.
    Html,
    /// XML other than a web page.
    Xml,
    /// A picture.
    Image,
    /// A program (ELF, PE, Mach-O).
    Program,
    /// An archive other than ZIP (gzip, 7z, RAR, xz).
    Archive,
    /// A database, sound, film or anything else with bytes that no text has.
    Binary,
}

impl FileKind {
    /// What it is, in words.
    pub fn name(self) -> Message {
        let (zh, en) = match self {
            FileKind::Docx => ("Word 文档（.docx）", "a Word document (.docx)"),
            FileKind::Zip => ("ZIP 压缩包", "a ZIP archive"),
            FileKind::Ole => (
                "旧版 Word/WPS 文档（.doc、.wps）",
                "an old Word or WPS document (.doc, .wps)",
            ),
            FileKind::Rtf => ("RTF 文档", "a rich-text document (RTF)"),
            FileKind::Pdf => ("PDF 文档", "a PDF document"),
            FileKind::Ofd => ("OFD 文档", "an OFD document"),
            FileKind::Html => ("网页（HTML）", "a web page (HTML)"),
            FileKind::Xml => ("XML 文件", "an XML file"),
            FileKind::Image => ("图片", "a picture"),
            FileKind::Program => ("程序文件", "a program"),
            FileKind::Archive => ("压缩包", "an archive"),
            FileKind::Binary => ("二进制文件", "a binary file"),
        };
        Message::new(zh, en)
    }

    /// What to do about it.
    pub fn advice(self) -> Message {
        let (zh, en) = match self {
            FileKind::Docx | FileKind::Ole | FileKind::Rtf | FileKind::Pdf | FileKind::Ofd => (
                "用原来的软件打开，另存为“纯文本（.txt）”，再转换",
                "open it in its own program, save it as plain text (.txt), then convert that",
            ),
            FileKind::Html | FileKind::Xml => (
                "在浏览器中打开，复制正文，粘贴到新的文本文件中，再转换",
                "open it in a browser, copy the text into a new text file, then convert that",
            ),
            FileKind::Zip | FileKind::Archive => (
                "先解压，再转换其中的文本文件",
                "unpack it and convert the text files inside",
            ),
            FileKind::Image => (
                "图片里的文字需要先识别（OCR）成文本",
                "text in pictures must be recognised (OCR) first",
            ),
            FileKind::Program | FileKind::Binary => {
                ("确认是否选错了文件", "check whether this is the right file")
            }
        };
        Message::new(zh, en)
    }
}

/// Tells a file that is no plain text by its beginning; `None` when nothing speaks against text.
pub fn recognise(bytes: &[u8]) -> Option<FileKind> {
    const SIGNATURES: [(&[u8], FileKind); 22] = [
        (b"%PDF-", FileKind::Pdf),
        (b"{\\rtf", FileKind::Rtf),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::Ole),
        (b"\x7FELF", FileKind::Program),
        (b"MZ\x90\x00", FileKind::Program),
        (b"\xCF\xFA\xED\xFE", FileKind::Program),
        (b"\xFE\xED\xFA\xCE", FileKind::Program),
        (b"\xCA\xFE\xBA\xBE", FileKind::Program),
        (b"\x1F\x8B", FileKind::Archive),
        (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
        (b"Rar!\x1A\x07", FileKind::Archive),
        (b"\xFD7zXZ\x00", FileKind::Archive),
        (b"BZh9", FileKind::Archive),
        (b"\x28\xB5\x2F\xFD", FileKind::Archive),
        (b"\x89PNG\r\n\x1A\n", FileKind::Image),
        (b"\xFF\xD8\xFF", FileKind::Image),
        (b"GIF87a", FileKind::Image),
        (b"GIF89a", FileKind::Image),
        (b"II*\x00", FileKind::Image),
        (b"MM\x00*", FileKind::Image),
        (b"SQLite format 3\x00", FileKind::Binary),
        (b"ID3\x03", FileKind::Binary),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // Local file headers name the parts; those that tell are among the first.
        let beginning = &bytes[..bytes.len().min(4096)];
        return Some(if contains(beginning, b"OFD.xml") {
            FileKind::Ofd
        } else if contains(beginning, b"word/") || contains(beginning, b"[Content_Types].xml") {
            FileKind::Docx
        } else {
            FileKind::Zip
        });
    }
    let known = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    if let Some(&(_, kind)) = known {
        return Some(kind);
    }
    markup(bytes)
}

/// Tells web pages and XML, whose bytes are text but whose text is not for people.
fn markup(bytes: &[u8]) -> Option<FileKind> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let beginning = bytes[..bytes.len().min(1024)].trim_ascii_start();
    if !beginning.starts_with(b"<") {
        return None;
    }
    let beginning = beginning.to_ascii_lowercase();
    let html = [&b"<!doctype html"[..], b"<html", b"<head>", b"<body"];
    if html.iter().any(|tag| beginning.starts_with(tag)) {
        Some(FileKind::Html)
    } else if beginning.starts_with(b"<?xml") {
        let is_page = contains(&beginning, b"<html");
        Some(if is_page { FileKind::Html } else { FileKind::Xml })
    } else {
        None
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_files_are() {
        let docx = b"PK\x03\x04\x14\x00\x00\x00[Content_Types].xml";
        assert_eq!(recognise(docx), Some(FileKind::Docx));
        assert_eq!(recognise(b"PK\x03\x04\x14\x00\x00\x00a.txt"), Some(FileKind::Zip));
        assert_eq!(recognise(b"%PDF-1.7\n"), Some(FileKind::Pdf));
        assert_eq!(recognise(b"{\\rtf1\\ansi"), Some(FileKind::Rtf));
        assert_eq!(recognise(b"\xEF\xBB\xBF\n<!DOCTYPE HTML>"), Some(FileKind::Html));
        assert_eq!(recognise(b"<?xml version=\"1.0\"?><a/>"), Some(FileKind::Xml));
    }

    #[test]
    fn lets_text_pass() {
        assert_eq!(recognise("同志们：".as_bytes()), None);
        assert_eq!(recognise(b"<!-- INFO -->"), None);
        assert_eq!(recognise(b""), None);
    }
}
