//! Bad inputs: what is no text is refused with what it is and what to do; what is text comes through whole.

use hongtou::convert::{Converted, Format};
use hongtou::diagnostic::Lang;
use hongtou::{Error, convert};

use crate::produce::{Outputs, options};

const LINE: &str = "各单位要认真贯彻落实会议精神，扎实推进各项工作。\n";

/// Refused, with every one of `words` in the English message or the advice.
#[track_caller]
fn refused(bytes: &[u8], words: &[&str]) {
    let error = convert(bytes, &options("speech")).expect_err("it is no text");
    let help = error.help().expect("advice");
    let said = format!(
        "{}; {}",
        error.message().in_lang(Lang::En),
        help.in_lang(Lang::En)
    );
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
    assert!(help.in_lang(Lang::Zh).chars().any(|c| c > '\u{4e00}'));
}

#[track_caller]
fn converted(bytes: &[u8], style: &str) -> (Converted, Outputs) {
    let mut made = convert(bytes, &options(style)).unwrap_or_else(|error| panic!("{error}"));
    let mut output = |format| {
        let at = made
            .outputs
            .iter()
            .position(|(other, _)| *other == format)
            .unwrap();
        made.outputs.swap_remove(at).1
    };
    let outputs = Outputs {
        docx: output(Format::Docx),
        pdf: output(Format::Pdf),
    };
    (made, outputs)
}

fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !super::promises::is_invisible(*c))
        .collect()
}

/// Both outputs, by two profiles, hold the text that was read. The codes of what was found.
#[track_caller]
fn comes_through(bytes: &[u8]) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for style in ["speech", "gb9704"] {
        let (made, outputs) = converted(bytes, style);
        let text = visible(&made.reading.text);
        assert!(made.reading.edits.is_empty());
        assert!(
            visible(&outputs.docx().text()) == text,
            "{style}: the DOCX holds another text"
        );
        assert!(
            visible(&outputs.pdf().text()) == text,
            "{style}: the PDF holds another text"
        );
        codes = made.reading.diagnostics.iter().map(|found| found.code).collect();
    }
    codes
}

/// The DOCX holds the text; the PDF is refused for `lacking`, with its place.
#[track_caller]
fn only_docx(text: &str, lacking: char) {
    match convert(text.as_bytes(), &options("speech")) {
        Err(Error::Layout(error)) => {
            let error = Error::from(error);
            assert_eq!(error.span().map(|span| span.start), text.find(lacking));
            assert!(
                error
                    .message()
                    .en
                    .contains(&format!("U+{:04X}", u32::from(lacking)))
            );
            assert!(error.help().unwrap().en.contains("--to docx"));
        }
        other => panic!("{other:?}"),
    }
    let mut docx_only = options("speech");
    docx_only.formats = vec![Format::Docx];
    let made = convert(text.as_bytes(), &docx_only).unwrap();
    let docx = crate::readers::docx::Docx::open(&made.outputs[0].1);
    assert_eq!(visible(&docx.text()), visible(text));
}

fn utf16(units: impl IntoIterator<Item = u16>) -> Vec<u8> {
    units.into_iter().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn an_empty_file_is_refused() {
    refused(b"", &["empty", "saved"]);
}

#[test]
fn a_file_of_a_byte_order_mark_only_is_refused() {
    for mark in [
        &b"\xef\xbb\xbf"[..],
        b"\xff\xfe",
        b"\xfe\xff",
        b"\x84\x31\x95\x33",
    ] {
        refused(mark, &["empty"]);
    }
}

#[test]
fn a_file_of_blanks_only_is_refused() {
    for blanks in [
        " ",
        "\n",
        "\t\r\n",
        "\u{3000}\u{3000}\n",
        "\u{a0}\u{2003}",
        "\u{feff}\u{3000}",
        "\u{2028}",
    ] {
        refused(blanks.as_bytes(), &["empty"]);
    }
    refused(&utf16("\u{feff}\u{3000}\r\n".encode_utf16()), &["empty"]);
}

#[test]
fn a_file_of_invisible_characters_only_is_refused() {
    refused("\u{200b}\u{200d}\u{feff}\n".as_bytes(), &["empty"]);
}

#[test]
fn one_character_is_a_text() {
    for text in ["一", "。", "a", "1", "，", "—", "（"] {
        comes_through(text.as_bytes());
    }
}

#[test]
fn random_bytes_are_refused() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20 {
        let bytes: Vec<u8> = (0..4096)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 24) as u8
            })
            .collect();
        refused(&bytes, &[]);
    }
}

#[test]
fn a_program_is_refused() {
    refused(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00", &["a program"]);
    refused(b"MZ\x90\x00\x03\x00\x00\x00", &["a program"]);
    let own = std::fs::read("/proc/self/exe").unwrap_or_else(|_| b"\x7fELF\x02\x01".to_vec());
    refused(&own[..own.len().min(100_000)], &["a program"]);
}

#[test]
fn a_zip_archive_is_refused() {
    refused(
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00a.txt",
        &["a ZIP archive", "unpack"],
    );
}

#[test]
fn a_word_document_is_refused() {
    let (_, outputs) = converted(LINE.as_bytes(), "speech");
    refused(
        &outputs.docx,
        &["a Word document (.docx)", "save it as plain text"],
    );
    refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
        &["an old Word or WPS document"],
    );
}

#[test]
fn a_pdf_is_refused() {
    let (_, outputs) = converted(LINE.as_bytes(), "speech");
    refused(&outputs.pdf, &["a PDF document", "save it as plain text"]);
}

#[test]
fn rich_text_is_refused() {
    refused(
        b"{\\rtf1\\ansi\\ansicpg936 \\'bb\\'e1\\'d2\\'e9}",
        &["rich-text", "save it as plain text"],
    );
}

#[test]
fn a_web_page_is_refused() {
    for page in [
        "<!DOCTYPE html>\n<html>",
        "<html><body>会议</body></html>",
        "\u{feff}  <HEAD><title>会议",
    ] {
        refused(page.as_bytes(), &["a web page", "copy the text"]);
    }
}

#[test]
fn utf16_with_lone_surrogates_is_read_and_reported() {
    let mut units: Vec<u16> = std::iter::once(0xfeff)
        .chain(LINE.repeat(4).encode_utf16())
        .collect();
    units.insert(6, 0xd83d);
    units.insert(20, 0xdc00);
    let codes = comes_through(&utf16(units));
    assert_eq!(
        codes.iter().filter(|code| **code == "damaged-bytes").count(),
        2,
        "{codes:?}"
    );
}

#[test]
fn utf16_of_odd_length_is_read_and_reported() {
    let mut bytes = utf16(std::iter::once(0xfeff).chain(LINE.encode_utf16()));
    bytes.push(0x4e);
    assert!(comes_through(&bytes).contains(&"cut-character"));
}

#[test]
fn utf8_cut_in_mid_character_is_read_and_reported() {
    let whole = LINE.trim_end().as_bytes();
    for cut in 1..3 {
        assert!(comes_through(&whole[..whole.len() - cut]).contains(&"cut-character"));
    }
}

#[test]
fn gbk_cut_in_mid_character_is_read_and_reported() {
    let (bytes, _, _) = encoding_rs::GBK.encode(LINE.trim_end());
    assert!(comes_through(&bytes[..bytes.len() - 1]).contains(&"cut-character"));
}

#[test]
fn one_bad_byte_is_read_and_reported() {
    let mut utf8 = LINE.repeat(3).into_bytes();
    utf8.insert(30, 0xff);
    assert!(comes_through(&utf8).contains(&"damaged-bytes"));
    let (gbk, _, _) = encoding_rs::GBK.encode(LINE);
    let mut gbk = gbk.repeat(3);
    gbk.insert(20, 0xff);
    assert!(comes_through(&gbk).contains(&"damaged-bytes"));
}

#[test]
fn half_utf8_half_gbk_is_refused() {
    let text = LINE.repeat(20);
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    refused(&[text.as_bytes(), &gbk].concat(), &["--encoding", "UTF-8"]);
    refused(&[&gbk, text.as_bytes()].concat(), &["--encoding", "UTF-8"]);
}

#[test]
fn overlong_forms_are_damage_not_characters() {
    let mut bytes = LINE.repeat(20).into_bytes();
    // Overlong “/”, which has fooled many a program, and a surrogate in UTF-8.
    bytes.extend_from_slice(b"\xc0\xaf\xe0\x80\xaf\xed\xa0\x80\n");
    let (made, _) = converted(&bytes, "speech");
    assert!(!made.reading.text.contains('/'));
    assert!(comes_through(&bytes).contains(&"damaged-bytes"));
}

#[test]
fn an_encoding_that_holds_no_text_is_refused() {
    // Known to browsers: the first makes one character of any file, the second private ones of every byte.
    for label in ["replacement", "x-user-defined", "iso-2022-kr", "utf-7", ""] {
        let mut options = options("speech");
        options.read.encoding = Some(label.to_owned());
        let error = convert(LINE.as_bytes(), &options).expect_err(label);
        assert!(
            error.message().en.contains("unknown encoding"),
            "{label}: {error}"
        );
        assert!(error.help().unwrap().en.contains("gb18030"));
    }
}

#[test]
fn big5_is_read() {
    let text = "關於開展節水宣傳的通知\n各街道辦事處：\n現將有關事項通知如下，請認真貫徹落實。\n";
    let (bytes, _, _) = encoding_rs::BIG5.encode(text);
    assert_eq!(converted(&bytes, "speech").0.reading.text, text);
    comes_through(&bytes);
}

#[test]
fn four_byte_gb18030_is_read() {
    let text = format!("{LINE}联系人：\u{20bb7}野、\u{9fa6}、\u{3400}。\n");
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    assert!(!unmappable);
    assert_eq!(converted(&bytes, "speech").0.reading.text, text);
    comes_through(&bytes);
}

#[test]
fn nul_characters_are_refused() {
    refused(format!("{}\0", LINE.repeat(10)).as_bytes(), &["NUL"]);
    refused(format!("\0{}", LINE.repeat(10)).as_bytes(), &["NUL"]);
}

#[test]
fn control_characters_are_reported_and_kept_out_of_xml() {
    for control in ['\u{1}', '\u{8}', '\u{1b}', '\u{7f}', '\u{9b}'] {
        let text = format!("{}各单位要认真{control}[31m贯彻落实。\n", LINE.repeat(4));
        let (made, outputs) = converted(text.as_bytes(), "speech");
        let codes: Vec<&str> = made.reading.diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.contains(&"damaged-character"), "{control:?}: {codes:?}");
        let docx = outputs.docx().text();
        // XML has no such characters: the place stays visible.
        let shown = if control < ' ' { '\u{fffd}' } else { control };
        assert!(
            docx.contains(&format!("认真{shown}[31m贯彻")),
            "{control:?}: {docx}"
        );
        assert!(visible(&outputs.pdf().text()).contains("[31m贯彻"));
    }
}

#[test]
fn form_feeds_and_vertical_tabs_are_white_space() {
    comes_through("第一页的最后一句话。\u{c}第二页的第一句话。\u{b}又一行。\n".as_bytes());
}

#[test]
fn noncharacters_are_reported() {
    for c in ['\u{fffe}', '\u{ffff}', '\u{fdd0}', '\u{1ffff}', '\u{10fffe}'] {
        let text = format!("{LINE}各单位{c}要落实。\n");
        let mut docx_only = options("speech");
        docx_only.formats = vec![Format::Docx];
        let made = convert(text.as_bytes(), &docx_only).unwrap();
        let codes: Vec<&str> = made.reading.diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.contains(&"damaged-character"), "{c:?}: {codes:?}");
        // XML has two of them not: their places stay visible.
        let shown = if matches!(c, '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            c
        };
        let docx = crate::readers::docx::Docx::open(&made.outputs[0].1).text();
        assert!(docx.contains(&format!("各单位{shown}要落实")), "{c:?}: {docx}");
    }
}

#[test]
fn private_use_characters_are_refused_by_place_and_kept_in_docx() {
    only_docx(&format!("{LINE}各单位\u{e000}要落实。\n"), '\u{e000}');
    only_docx(&format!("{LINE}\u{f8ff}要落实。\n"), '\u{f8ff}');
}

#[test]
fn lone_combining_marks_come_through() {
    for text in ["\u{301}开会。\n", "同志们\u{300}：\n开会\u{301}。\n"] {
        let mut docx_only = options("speech");
        docx_only.formats = vec![Format::Docx];
        let made = convert(text.as_bytes(), &docx_only).unwrap();
        let docx = crate::readers::docx::Docx::open(&made.outputs[0].1);
        assert_eq!(visible(&docx.text()), visible(text));
        // A mark no font has is named; one that a font has is drawn.
        match convert(text.as_bytes(), &options("speech")) {
            Ok(_) => drop(comes_through(text.as_bytes())),
            Err(error) => assert!(matches!(error, Error::Layout(_)), "{error}"),
        }
    }
}

#[test]
fn emoji_sequences_are_refused_by_place_and_kept_in_docx() {
    only_docx(&format!("{LINE}大家好👨\u{200d}👩\u{200d}👧！\n"), '👨');
    only_docx(&format!("{LINE}大家好👍🏻！\n"), '👍');
}

#[test]
fn direction_marks_come_through_and_are_reported() {
    let text = "各单位\u{202e}要落实\u{202c}工作\u{2066}部署\u{2069}。\u{200f}\n";
    assert!(comes_through(text.as_bytes()).contains(&"damaged-character"));
    let (_, outputs) = converted(text.as_bytes(), "speech");
    assert!(
        outputs.docx().text().contains('\u{202e}'),
        "the DOCX keeps what Word has"
    );
}

#[test]
fn variation_selectors_come_through() {
    comes_through("葛\u{e0100}洲坝和辻\u{fe00}的“\u{fe01}引号”\u{fe00}。\n".as_bytes());
}

#[test]
fn zero_width_and_line_separator_characters_come_through() {
    let text =
        "各单位\u{200b}要\u{200d}落\u{2060}实\u{feff}。\u{2028}第二行。\u{2029}第三段。\u{85}第四行。\n";
    assert!(comes_through(text.as_bytes()).contains(&"damaged-character"));
}

#[test]
fn text_damaged_before_is_reported() {
    let text = format!("{LINE}经锟斤拷会研究\u{fffd}决定。\n");
    let codes = comes_through(text.as_bytes());
    assert!(codes.contains(&"damaged-text"), "{codes:?}");
}

#[test]
fn a_title_of_5000_characters_comes_through() {
    let text = format!("{}\n同志们：\n{LINE}", "在全市经济工作会议上的讲话".repeat(385));
    comes_through(text.as_bytes());
    comes_through("会".repeat(5000).as_bytes());
}

#[test]
fn twenty_thousand_letters_without_a_blank_come_through() {
    let text = format!("{LINE}{}\n{LINE}", "abcdefghij".repeat(2000));
    comes_through(text.as_bytes());
    for style in ["speech", "gb9704"] {
        let pdf = converted(text.as_bytes(), style).1.pdf();
        let glyphs = pdf.pages.iter().flat_map(|page| &page.glyphs);
        let right = glyphs.map(|glyph| glyph.x + glyph.advance).fold(0.0, f64::max);
        // The type area is 156 mm wide and begins 28 mm from the edge of the paper.
        assert!(
            right < 28.0 + 156.0 + 0.1,
            "{style}: a line reaches to {right} mm"
        );
    }
}

#[test]
fn five_thousand_marks_that_may_not_start_a_line_come_through() {
    for mark in ["，", "。", "）", "》", "！"] {
        comes_through(format!("开会{}\n{LINE}", mark.repeat(5000)).as_bytes());
    }
    comes_through(format!("开会{}\n", "（“《".repeat(1700)).as_bytes());
}

#[test]
fn three_thousand_headings_come_through() {
    let text: String = (0..3000)
        .map(|i| format!("{}、加强组织领导\n", ordinal(i + 1)))
        .collect();
    comes_through(text.as_bytes());
    comes_through("（一）加强组织领导\n".repeat(3000).as_bytes());
}

/// 1 to 9 999 in Chinese figures.
fn ordinal(n: usize) -> String {
    let figures: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let figure = n / unit % 10;
        if figure == 0 {
            gap = !text.is_empty();
        } else {
            if gap {
                text.push('零');
                gap = false;
            }
            text.push(figures[figure]);
            text.push_str(name);
        }
    }
    text
}

#[test]
fn punctuation_only_comes_through() {
    for text in [
        "。。。。。。\n",
        "，、；：？！\n“”‘’（）《》\n",
        "————\n……\n",
        "!?,.;:()[]{}<>\n",
        "一、\n（一）\n1.\n（1）\n",
    ] {
        comes_through(text.as_bytes());
    }
}

#[test]
fn tabs_come_through() {
    comes_through(
        "\t同志们：\n\t\t今天\t开会。\n姓名\t职务\t单位\n张三\t主任\t办公室\n李四\t科员\t人事处\n".as_bytes(),
    );
}

#[test]
fn xml_tex_and_format_strings_are_text() {
    let text = "<w:p>&amp;&#x41;]]></w:t><!-- 注 --><?xml?>\n\\input{/etc/passwd} $x^2$ \\end{document}\n\
        %s%n%d {0} ${HOME} $(id) `id` {{7*7}} '; DROP TABLE a; --\n(BT /F1 12 Tf ET) endstream endobj %%EOF\n";
    let (_, outputs) = converted(text.as_bytes(), "speech");
    assert!(outputs.docx().text().contains("]]></w:t><!-- 注 -->"));
    comes_through(text.as_bytes());
}
