//! T07: characters that can't be meant.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};

pub(crate) static RULE: Rule = Rule {
    code: "damaged-character",
    id: "T07",
    severity: Severity::Error,
    fix: None,
    name: said("损坏或看不见的字符", "damaged or invisible characters"),
    what: said(
        "解码失败的替换符、私用区字符、非字符、控制字符、零宽字符，以及外形与常用汉字相同的部首和兼容汉字。",
        "Replacement characters, private-use characters, noncharacters, control characters, zero-width characters, and radicals or compatibility forms that look like common hanzi.",
    ),
    why: said(
        "印不出来，或检索、复制时不是所见的字。",
        "They can't be printed, or are not what they look like when searched or copied.",
    ),
    examples: &[Example {
        wrong: "工作\u{fffd}会\u{ffff}议，⼯作，零\u{200b}宽。",
        right: "工作会议，工作，零宽。",
    }],
    leaves: &["工作会议。", "表\t格", "emoji 👍🏻"],
    check: Check::Paragraph(check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.rare {
        let c = p.c(i);
        let (zh, en) = match c {
            '\u{fffd}' => ("没能解码的字符", "a character that could not be decoded"),
            '\n' | '\t' | '\r' => continue,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => ("控制字符", "a control character"),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' => {
                ("看不见的字符", "an invisible character")
            }
            c if is_noncharacter(c) => ("不是字符的编码", "a code that is no character"),
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => (
                "私用区字符，别的电脑上是另一个字或空白",
                "a private-use character, another or none on other machines",
            ),
            '\u{2e80}'..='\u{2fdf}' => ("部首字符，不是汉字", "a radical, not a hanzi"),
            '\u{f900}'..='\u{fa0d}'
            | '\u{fa10}'
            | '\u{fa12}'
            | '\u{fa15}'..='\u{fa1e}'
            | '\u{fa30}'..='\u{faff}' => ("兼容汉字", "a compatibility form"),
            _ => continue,
        };
        // The joiner of an emoji.
        if c == '\u{200d}' && p.c(i + 1) as u32 > 0x2000 && !p.is_hanzi(i + 1) {
            continue;
        }
        report.find(
            p.bytes(i..i + 1),
            Message::new(
                format!("{zh}（U+{:04X}）", c as u32),
                format!("{en} (U+{:04X})", c as u32),
            ),
        );
    }
}

/// Whether Unicode keeps the code free for ever; XML has none of the first plane's last two.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}
