//! Which encoding the bytes are in, and their text.
//!
//! Tried in this order, each step only when the ones before it said nothing: a label from the user, a byte order mark,
//! UTF-16 by the characters it would give, UTF-8, and last a guess between GB18030 and Big5. A guess is always reported.
//! Bytes that are no text are refused with what they seem to be; a text with a few damaged bytes is read, and each of
//! them is reported with its place.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};
use serde::Serialize;

use super::Span;
use super::signature::{self, FileKind};
use super::utf16;
use crate::diagnostic::{Diagnostic, Message, Severity};

/// A decoded text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030` or `Big5`, or that of the user's label.
    pub encoding: &'static str,
    /// Findings about the encoding, such as a damaged end.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecodeError {
    /// There are no bytes, or nothing but a byte order mark and white space.
    #[error("the file is empty")]
    Empty,
    /// The bytes are another kind of file.
    #[error("this is {}, not plain text", .0.name().en)]
    NotText(FileKind),
    /// Decoded, the text holds a NUL, which no text has; the byte offset in the decoded text.
    #[error("the text holds a NUL character at byte {0}: the file is damaged or not plain text")]
    Nul(usize),
    /// No known encoding fits.
    #[error("the encoding can't be told: neither UTF-8, UTF-16, GB18030 nor Big5 fits")]
    UnknownEncoding,
    /// The user's label names no encoding.
    #[error("unknown encoding {0:?}")]
    UnknownLabel(String),
    /// Too many bytes don't fit the encoding: another one, or two mixed.
    #[error(
        "{count} places are not valid {encoding}, the first at byte {offset}: wrong encoding, or two mixed"
    )]
    Damaged {
        /// The encoding tried.
        encoding: &'static str,
        /// How many places don't fit.
        count: usize,
        /// The first of them, in bytes of the decoded text.
        offset: usize,
    },
}

impl DecodeError {
    /// The error in both languages.
    pub fn message(&self) -> Message {
        let zh = match self {
            DecodeError::Empty => "文件是空的".to_owned(),
            DecodeError::NotText(kind) => format!("这是{}，不是纯文本", kind.name().zh),
            DecodeError::Nul(offset) => {
                format!("文本第 {offset} 字节处有空字符（NUL）：文件已损坏，或不是纯文本")
            }
            DecodeError::UnknownEncoding => {
                "无法判断编码：既不是 UTF-8、UTF-16，也不是 GB18030、Big5".to_owned()
            }
            DecodeError::UnknownLabel(label) => format!("没有名为“{label}”的编码"),
            DecodeError::Damaged {
                encoding,
                count,
                offset,
            } => format!(
                "有 {count} 处不是合法的 {encoding}，第一处在第 {offset} 字节：编码不对，或混用了两种编码"
            ),
        };
        Message::new(zh, self.to_string())
    }

    /// What to do about it.
    pub fn help(&self) -> Message {
        match self {
            DecodeError::Empty => Message::new("确认文件内容是否已保存", "check whether the text was saved"),
            DecodeError::NotText(kind) => kind.advice(),
            DecodeError::Nul(_) => FileKind::Binary.advice(),
            DecodeError::UnknownEncoding | DecodeError::Damaged { .. } => Message::new(
                "用 --encoding 指明编码，或在编辑器中另存为 UTF-8",
                "name the encoding with --encoding, or save the file as UTF-8 in an editor",
            ),
            DecodeError::UnknownLabel(_) => Message::new(
                "可用：utf-8、utf-16le、utf-16be、gb18030、gbk、big5",
                "known ones: utf-8, utf-16le, utf-16be, gb18030, gbk, big5",
            ),
        }
    }
}

/// A text with more damaged places than this is refused, unless it is so long that they are fewer than 1 in 1 000.
const TOLERATED_DAMAGE: usize = 16;

/// Decodes `bytes`, in the encoding labelled `label` when one is given.
///
/// # Errors
/// When the bytes are no text.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, DecodeError> {
    if bytes.trim_ascii().is_empty() {
        return Err(DecodeError::Empty);
    }
    if label.is_none()
        && let Some(text) = plain_utf8(bytes)
    {
        // The commonest case by far: nothing has to be guessed or replaced.
        let mut decoded = Decoded {
            text,
            encoding: UTF_8.name(),
            diagnostics: Vec::new(),
        };
        check(&mut decoded, true)?;
        return Ok(decoded);
    }
    let (encoding, certain) = match label {
        Some(label) => (named(label)?, true),
        None => found(bytes)?,
    };
    let bytes = without_mark(bytes, encoding);
    let mut decoded = if encoding == UTF_16LE || encoding == UTF_16BE {
        utf16::decode(bytes, encoding)
    } else {
        decode_whole(bytes, encoding)
    };
    check(&mut decoded, certain)?;
    Ok(decoded)
}

/// The text of bytes that are UTF-8 throughout, without a mark, and hold nothing that speaks for anything else.
fn plain_utf8(bytes: &[u8]) -> Option<String> {
    if memchr::memchr(0, bytes).is_some()
        || Encoding::for_bom(bytes).is_some()
        || bytes.starts_with(GB18030_MARK)
        || signature::recognise(bytes).is_some()
    {
        return None;
    }
    // The standard library looks at each byte of a Chinese character; this does not.
    let text = UTF_8.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// The encoding with the user's label.
fn named(label: &str) -> Result<&'static Encoding, DecodeError> {
    let plain = label.trim().to_ascii_lowercase().replace('_', "-");
    let encoding = match plain.as_str() {
        "utf8" => Some(UTF_8),
        "utf16" | "utf-16" | "unicode" => Some(UTF_16LE),
        "gb-18030" | "gb2312" | "cp936" | "ansi" => Some(GB18030),
        "cp950" => Some(BIG5),
        // Two that are encodings for browsers only: one stands for all texts, the other for none.
        other => Encoding::for_label_no_replacement(other.as_bytes())
            .filter(|encoding| *encoding != X_USER_DEFINED),
    };
    let encoding = encoding.ok_or_else(|| DecodeError::UnknownLabel(label.to_owned()))?;
    Ok(if encoding == GBK { GB18030 } else { encoding })
}

/// The encoding the bytes show, and whether that is certain.
fn found(bytes: &[u8]) -> Result<(&'static Encoding, bool), DecodeError> {
    if let Some(kind) = signature::recognise(bytes) {
        return Err(DecodeError::NotText(kind));
    }
    if bytes.starts_with(b"\xFF\xFE\x00\x00") || bytes.starts_with(b"\x00\x00\xFE\xFF") {
        return Err(DecodeError::UnknownEncoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok((encoding, true));
    }
    if bytes.starts_with(GB18030_MARK) {
        return Ok((GB18030, true));
    }
    if let Some(encoding) = utf16::guess(bytes) {
        return Ok((encoding, false));
    }
    let nuls = bytes.iter().filter(|&&byte| byte == 0).count();
    if nuls > 0 && nuls * 200 > bytes.len() {
        return Err(DecodeError::NotText(FileKind::Binary));
    }
    if is_utf8(bytes) {
        return Ok((UTF_8, true));
    }
    guess_multibyte(bytes).map(|encoding| (encoding, false))
}

/// U+FEFF in GB18030.
const GB18030_MARK: &[u8] = b"\x84\x31\x95\x33";

fn without_mark<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> &'a [u8] {
    let mark: &[u8] = if encoding == UTF_8 {
        b"\xEF\xBB\xBF"
    } else if encoding == UTF_16LE {
        b"\xFF\xFE"
    } else if encoding == UTF_16BE {
        b"\xFE\xFF"
    } else if encoding == GB18030 {
        GB18030_MARK
    } else {
        b""
    };
    bytes.strip_prefix(mark).unwrap_or(bytes)
}

/// Whether the bytes are UTF-8, but for a few damaged places.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged == 0 || valid >= 20 * damaged
}

/// Chooses between GB18030 and Big5.
fn guess_multibyte(bytes: &[u8]) -> Result<&'static Encoding, DecodeError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // `last` stays false: a file cut in the middle of a character must not rule out its encoding.
    detector.feed(bytes, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == GBK {
        return Ok(GB18030);
    }
    if guess == BIG5 {
        return Ok(BIG5);
    }
    // One bad byte makes the detector drop an encoding; count the damage instead.
    let damage = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let characters = text.chars().count();
        let odd = text.chars().filter(|&c| !utf16::is_usual(c)).count();
        (odd * 50 < characters).then_some((odd, encoding))
    };
    let least = [GB18030, BIG5]
        .into_iter()
        .filter_map(damage)
        .min_by_key(|found| found.0);
    match least {
        Some((_, encoding)) => Ok(encoding),
        None if looks_binary(bytes) => Err(DecodeError::NotText(FileKind::Binary)),
        None => Err(DecodeError::UnknownEncoding),
    }
}

/// Whether control characters that no text has are frequent.
fn looks_binary(bytes: &[u8]) -> bool {
    // Most texts have few control characters, line ends among them: counted in blocks small enough for a byte, which
    // the processor does many at a time.
    let block = |block: &[u8]| block.iter().map(|&byte| u8::from(byte < 0x20)).sum::<u8>();
    let all: usize = bytes.chunks(255).map(|bytes| usize::from(block(bytes))).sum();
    if all * 100 <= bytes.len() {
        return false;
    }
    let controls = bytes
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B));
    controls.count() * 100 > bytes.len()
}

/// Decodes bytes, keeping U+FFFD where they don't fit and saying so.
fn decode_whole(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut damaged = Vec::new();
    let mut cut = false;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = bytes;
    loop {
        let needed = decoder
            .max_utf8_buffer_length_without_replacement(rest.len())
            .unwrap_or(rest.len() * 3 + 16);
        text.reserve(needed);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(_, _) if rest.is_empty() => {
                cut = true;
                break;
            }
            encoding_rs::DecoderResult::Malformed(_, _) => {
                damaged.push(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let mut decoded = Decoded {
        text,
        encoding: if encoding == GB18030 {
            "GB18030"
        } else {
            encoding.name()
        },
        diagnostics: Vec::new(),
    };
    decoded.report_damage(&damaged);
    if cut {
        decoded.report_cut();
    }
    decoded
}

impl Decoded {
    /// Reports every place where U+FFFD stands for bytes that don't fit.
    pub(super) fn report_damage(&mut self, offsets: &[usize]) {
        for &offset in offsets {
            self.diagnostics.push(
                Diagnostic::new(
                    DAMAGED_BYTES,
                    Severity::Warning,
                    Message::new(
                        format!("这里的字节不是合法的 {}，已用“\u{FFFD}”代替", self.encoding),
                        format!(
                            "these bytes are not valid {}; “\u{FFFD}” stands for them",
                            self.encoding
                        ),
                    ),
                )
                .at(Span::new(offset, offset + char::REPLACEMENT_CHARACTER.len_utf8()))
                .help(Message::new(
                    "对照原稿补上缺失的字",
                    "supply the missing character from the original",
                )),
            );
        }
    }

    /// Reports that the file ends inside a character.
    pub(super) fn report_cut(&mut self) {
        let end = self.text.len();
        self.diagnostics.push(
            Diagnostic::new(
                "cut-character",
                Severity::Warning,
                Message::new(
                    "文件在一个字的中间结束，最后不完整的字节已略去",
                    "the file ends inside a character; its incomplete last bytes are left out",
                ),
            )
            .at(Span::new(end, end))
            .help(Message::new(
                "文件可能没有传完，请核对结尾",
                "the file may be incomplete: compare its end with the original",
            )),
        );
    }
}

const DAMAGED_BYTES: &str = "damaged-bytes";

/// Refuses what is no text after all, and adds the findings about the text as a whole.
fn check(decoded: &mut Decoded, certain: bool) -> Result<(), DecodeError> {
    if decoded
        .text
        .chars()
        .all(|c| c.is_whitespace() || is_zero_width(c))
    {
        return Err(DecodeError::Empty);
    }
    if let Some(offset) = memchr::memchr(0, decoded.text.as_bytes()) {
        return Err(DecodeError::Nul(offset));
    }
    let damaged = || {
        decoded
            .diagnostics
            .iter()
            .filter(|found| found.code == DAMAGED_BYTES)
    };
    let count = damaged().count();
    if count > TOLERATED_DAMAGE.max(decoded.text.len() / 3_000) {
        return Err(DecodeError::Damaged {
            encoding: decoded.encoding,
            count,
            offset: damaged()
                .next()
                .and_then(|first| first.span)
                .map_or(0, |span| span.start),
        });
    }
    if let Some(kind) = signature::recognise(decoded.text.as_bytes()) {
        return Err(DecodeError::NotText(kind));
    }
    if looks_binary(decoded.text.as_bytes()) {
        return Err(DecodeError::NotText(FileKind::Binary));
    }
    if !certain {
        decoded.diagnostics.insert(
            0,
            Diagnostic::new(
                "encoding-guessed",
                Severity::Info,
                Message::new(
                    format!("按 {} 编码读取（由内容推断）", decoded.encoding),
                    format!("read as {}, guessed from the content", decoded.encoding),
                ),
            )
            .help(Message::new(
                "如有乱码，用 --encoding 指明编码",
                "if the text is garbled, name the encoding with --encoding",
            )),
        );
    }
    report_old_damage(decoded);
    Ok(())
}

/// Whether a character shows nothing and takes no room: zero-width blanks and joiners, direction marks, byte order marks.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Reports damage that is older than this file: U+FFFD in the text itself, and 锟斤拷, which U+FFFD becomes when UTF-8
/// is read as GBK.
fn report_old_damage(decoded: &mut Decoded) {
    let known: Vec<Option<Span>> = decoded.diagnostics.iter().map(|found| found.span).collect();
    let places = |damage: &'static str| {
        memchr::memmem::find_iter(decoded.text.as_bytes(), damage)
            .map(|offset| Span::new(offset, offset + damage.len()))
    };
    let mut old = places("\u{FFFD}")
        .chain(places("锟斤拷"))
        .filter(|span| !known.contains(&Some(*span)));
    let Some(first) = old.next() else { return };
    let count = 1 + old.count();
    decoded.diagnostics.push(
        Diagnostic::new(
            "damaged-text",
            Severity::Warning,
            Message::new(
                format!("原文已有 {count} 处乱码（“\u{FFFD}”或“锟斤拷”）"),
                format!("the text came with {count} damaged places (“\u{FFFD}” or “锟斤拷”)"),
            ),
        )
        .at(first)
        .help(Message::new(
            "这些字在更早的转码中已丢失，请对照原稿补上",
            "these characters were lost in an earlier conversion: supply them from the original",
        )),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "关于开展节水宣传的通知\n各街道办事处：\n现将有关事项通知如下。\n";

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(bytes, None).unwrap()
    }

    fn codes(decoded: &Decoded) -> Vec<&str> {
        decoded.diagnostics.iter().map(|found| found.code).collect()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn reads_utf8_with_and_without_mark() {
        assert_eq!(decoded(TEXT.as_bytes()).text, TEXT);
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        let marked = decoded(&marked);
        assert_eq!((marked.text.as_str(), marked.encoding), (TEXT, "UTF-8"));
        assert!(marked.diagnostics.is_empty());
    }

    #[test]
    fn reads_utf16_with_and_without_mark() {
        for (big, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
            let bare = decoded(&utf16(TEXT, big));
            assert_eq!((bare.text.as_str(), bare.encoding), (TEXT, name));
            assert_eq!(codes(&bare), ["encoding-guessed"]);
            let marked = decoded(&utf16(&format!("\u{FEFF}{TEXT}"), big));
            assert_eq!((marked.text.as_str(), marked.encoding), (TEXT, name));
            assert!(marked.diagnostics.is_empty());
        }
    }

    #[test]
    fn reads_utf16_indented_with_ideographic_spaces() {
        // U+3000 has a NUL in its other byte, so that counting NULs alone would choose the wrong order.
        let text = "\u{3000}\u{3000}同志们，今年的工作已经部署。\u{3000}\u{3000}请大家抓好落实。";
        let bare = decoded(&utf16(text, false));
        assert_eq!((bare.text.as_str(), bare.encoding), (text, "UTF-16LE"));
    }

    #[test]
    fn reads_gbk_and_four_byte_gb18030() {
        let text = format!("{TEXT}联系人：\u{20BB7}野\u{9FA6}。\n");
        let (bytes, _, _) = GB18030.encode(&text);
        let gb = decoded(&bytes);
        assert_eq!((gb.text.as_str(), gb.encoding), (text.as_str(), "GB18030"));
        assert_eq!(codes(&gb), ["encoding-guessed"]);
    }

    #[test]
    fn reads_big5() {
        let text = "關於開展節水宣傳的通知\n各街道辦事處：\n現將有關事項通知如下，請認真貫徹落實。\n";
        let (bytes, _, _) = BIG5.encode(text);
        let big5 = decoded(&bytes);
        assert_eq!((big5.text.as_str(), big5.encoding), (text, "Big5"));
    }

    #[test]
    fn a_label_wins() {
        let (bytes, _, _) = GB18030.encode("一");
        assert_eq!(decode(&bytes, Some("gbk")).unwrap().text, "一");
        let error = decode(b"a", Some("klingon")).unwrap_err();
        assert_eq!(error, DecodeError::UnknownLabel("klingon".to_owned()));
    }

    #[test]
    fn reports_files_cut_in_mid_character() {
        let utf8 = decoded(&TEXT.as_bytes()[..TEXT.len() - 2]);
        assert_eq!(utf8.encoding, "UTF-8");
        assert_eq!(codes(&utf8), ["cut-character"]);
        assert_eq!(utf8.text, TEXT.trim_end_matches(['\n', '。']));
        let (bytes, _, _) = GB18030.encode(TEXT.trim_end());
        let gb = decoded(&bytes[..bytes.len() - 1]);
        assert_eq!(gb.encoding, "GB18030");
        assert_eq!(codes(&gb), ["encoding-guessed", "cut-character"]);
        let mut odd = utf16(TEXT, false);
        odd.pop();
        assert_eq!(codes(&decoded(&odd)), ["encoding-guessed", "cut-character"]);
    }

    #[test]
    fn reports_single_bad_bytes_with_their_place() {
        let text = TEXT.repeat(4);
        let mut utf8 = text.clone().into_bytes();
        utf8.insert(9, 0xFF);
        let utf8 = decoded(&utf8);
        assert_eq!(utf8.encoding, "UTF-8");
        assert_eq!(utf8.diagnostics[0].span, Some(Span::new(9, 12)));
        let (bytes, _, _) = GB18030.encode(&text);
        let mut gb = bytes.into_owned();
        gb.insert(6, 0xFF);
        assert_eq!(decoded(&gb).encoding, "GB18030");
    }

    #[test]
    fn refuses_two_encodings_in_one_file() {
        let text = TEXT.repeat(20);
        let (gb, _, _) = GB18030.encode(&text);
        let mixed = [text.as_bytes(), &gb].concat();
        assert!(matches!(
            decode(&mixed, None),
            Err(DecodeError::Damaged { .. } | DecodeError::UnknownEncoding)
        ));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(decode(b"", None).unwrap_err(), DecodeError::Empty);
        assert_eq!(
            decode(b"\xEF\xBB\xBF \r\n", None).unwrap_err(),
            DecodeError::Empty
        );
        assert_eq!(
            decode("\u{3000}\n".as_bytes(), None).unwrap_err(),
            DecodeError::Empty
        );
        let elf = b"\x7FELF\x02\x01\x01\x00\x00";
        assert_eq!(
            decode(elf, None).unwrap_err(),
            DecodeError::NotText(FileKind::Program)
        );
        let nul = format!("{}\0", TEXT.repeat(10));
        assert_eq!(
            decode(nul.as_bytes(), None).unwrap_err(),
            DecodeError::Nul(nul.len() - 1)
        );
        let page = utf16("\u{FEFF}<!DOCTYPE html><p>页", false);
        assert_eq!(
            decode(&page, None).unwrap_err(),
            DecodeError::NotText(FileKind::Html)
        );
        let noise: Vec<u8> = (0..4096_u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert!(matches!(decode(&noise, None), Err(DecodeError::NotText(_))));
    }

    #[test]
    fn reports_text_damaged_before() {
        let old = decoded("经锟斤拷会研究\u{FFFD}决定".as_bytes());
        assert_eq!(codes(&old), ["damaged-text"]);
    }
}
