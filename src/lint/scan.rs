//! The scanner: a paragraph as classed characters, with everything in it that is no Chinese prose marked off.
//!
//! Addresses, times, ratios, numbers, versions, standard numbers, file names, Latin words and code become tokens; rules
//! leave the marks inside them alone. One pass, linear, no regular expressions. It keeps one rule: a character belongs
//! to a token only when nothing but that token explains it.

mod token;

use std::ops::Range;

use super::signs::{Kind, Signs, Table};

pub(crate) use token::Token;

/// What sort of character one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// 汉字, 〇 among them.
    Hanzi,
    /// A mark of Chinese writing, or a full-width form of an ASCII mark.
    Mark,
    /// `0` to `9`.
    Digit,
    /// A letter of a Western script.
    Letter,
    /// A full-width digit or letter.
    Wide,
    /// An ASCII mark.
    Ascii,
    /// White space, tabs and line feeds among it.
    Space,
    /// Anything else.
    Other,
}

/// One character of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// The character.
    pub c: char,
    /// Where it begins in the paragraph's text, in bytes.
    pub at: usize,
    /// Its class.
    pub class: Class,
    /// The token it belongs to.
    pub token: Token,
}

/// A paragraph's text as classed characters; made once and used by every rule.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Its characters.
    pub glyphs: Vec<Glyph>,
    /// The indices of those that are neither hanzi nor white space, in order: where most rules have to look.
    pub points: Vec<usize>,
    /// The indices of those that are the same as the one before.
    pub doubles: Vec<usize>,
    /// The indices of those that stood no more than [`ECHO_REACH`] characters before, as did the ones before them; and of
    /// a few others.
    pub echoes: Vec<usize>,
    /// The indices of those that are seldom written: no common hanzi, marks, letters, digits or blanks.
    pub rare: Vec<usize>,
    /// What it has of the characters that rules look for.
    pub signs: Signs,
    /// How many hanzi there are.
    pub hanzi: usize,
    /// How many Latin words there are.
    pub words: usize,
    len: usize,
    spaces: usize,
    recent: Recent,
    /// The index of the last character that stood no more than [`ECHO_REACH`] characters before.
    near: usize,
}

/// How far back an echo is heard, in characters.
pub(crate) const ECHO_REACH: usize = 12;

/// Where characters stood last.
#[derive(Debug)]
struct Recent {
    /// The place of the last character of each sort; characters of one sort are nearly always the same.
    last: [u32; 256],
    /// The place of the first character of the paragraph. Places are counted on from paragraph to paragraph, so that they
    /// need not be forgotten.
    first: u32,
}

impl Default for Recent {
    fn default() -> Self {
        Recent {
            last: [0; 256],
            first: ECHO_REACH as u32 + 1,
        }
    }
}

impl Recent {
    /// How far before `c`, the character at `i`, one of its sort stood.
    #[inline]
    fn distance(&mut self, c: char, i: usize) -> usize {
        let place = self.first.wrapping_add(i as u32);
        let last = std::mem::replace(&mut self.last[c as usize % 256], place);
        place.wrapping_sub(last) as usize
    }

    /// Leaves the `count` characters of the paragraph out of reach.
    fn leave(&mut self, count: usize) {
        self.first = self.first.wrapping_add((count + ECHO_REACH) as u32);
    }
}

impl Scan {
    /// Scans `text`, reusing the memory of the last scan.
    pub fn read(&mut self, text: &str) {
        self.recent.leave(self.glyphs.len());
        self.glyphs.clear();
        self.points.clear();
        self.doubles.clear();
        self.echoes.clear();
        self.rare.clear();
        self.words = 0;
        self.len = text.len();
        self.spaces = 0;
        self.near = usize::MAX;
        self.glyphs.reserve(text.len() / 3);
        self.signs = Signs::default();
        self.read_characters(text, Table::of_rules());
        self.hanzi = self.glyphs.len() - self.points.len() - self.spaces;
        token::mark(&mut self.glyphs, &self.points);
        // Addresses, file names and code say nothing about the language of the text around them.
        let mut last = usize::MAX;
        for &i in &self.points {
            let glyph = self.glyphs[i];
            if glyph.token == Token::Word && glyph.class == Class::Letter {
                self.words += usize::from(last == usize::MAX || last + 1 != i);
                last = i;
            } else if glyph.token == Token::Word {
                last = i;
            }
        }
    }

    /// Reads the characters of `text`: a loop of its own, in which nearly every character takes few steps.
    #[inline(never)]
    fn read_characters(&mut self, text: &str, table: &Table) {
        let mut rest = text.as_bytes();
        loop {
            // Nearly every character is one of three bytes, of which the first tells that it is.
            while let &[first @ 0xE4..=0xE9, second, third, ref behind @ ..] = rest {
                let c = character(first, second, third);
                let distance = self.push(c, text.len() - rest.len());
                if distance <= ECHO_REACH || !table.is_unnamed_hanzi(c) {
                    self.heed(c, table.of(c), distance);
                }
                rest = behind;
            }
            let at = text.len() - rest.len();
            let Some(c) = text[at..].chars().next() else { break };
            let distance = self.push(c, at);
            self.heed(c, table.of(c), distance);
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Adds `c`, which stands at byte `at`, as a hanzi; how far before it one of its sort stood.
    #[inline]
    fn push(&mut self, c: char, at: usize) -> usize {
        let distance = self.recent.distance(c, self.glyphs.len());
        self.glyphs.push(Glyph {
            c,
            at,
            class: Class::Hanzi,
            token: Token::Plain,
        });
        distance
    }

    /// Notes what is to be said of `c`, the last character, when it is no hanzi like most.
    #[inline(never)]
    fn heed(&mut self, c: char, kind: Kind, distance: usize) {
        self.signs.add(kind.signs);
        if distance <= ECHO_REACH {
            self.hear(c, distance);
        }
        // What the table knows of a character outside its plane is of another.
        let known = kind.class.filter(|_| (c as u32) < 0x1_0000);
        if known != Some(Class::Hanzi) {
            self.classify(c, known.unwrap_or_else(|| class_of(c)));
        }
    }

    /// Notes that `c`, the last character, or one of its sort, stood `distance` before.
    fn hear(&mut self, c: char, distance: usize) {
        let i = self.glyphs.len() - 1;
        if self.near.wrapping_add(1) == i {
            self.echoes.push(i);
        }
        if distance == 1 && c == self.before(i) {
            self.doubles.push(i);
        }
        self.near = i;
    }

    /// Gives `c`, the last character and no common hanzi, its class.
    fn classify(&mut self, c: char, class: Class) {
        let i = self.glyphs.len() - 1;
        self.glyphs[i].class = class;
        match class {
            Class::Hanzi => {}
            Class::Space => self.spaces += 1,
            _ => self.points.push(i),
        }
        if is_rare(c, class) {
            self.rare.push(i);
        }
    }

    /// The character at `i`, NUL outside.
    #[inline]
    pub fn c(&self, i: usize) -> char {
        self.glyphs.get(i).map_or('\0', |glyph| glyph.c)
    }

    /// The character before `i`, NUL at the beginning.
    #[inline]
    pub fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\0', |i| self.c(i))
    }

    /// The class of the character at `i`, white space outside.
    #[inline]
    pub fn class(&self, i: usize) -> Class {
        self.glyphs.get(i).map_or(Class::Space, |glyph| glyph.class)
    }

    /// The class of the character before `i`, white space at the beginning.
    #[inline]
    pub fn class_before(&self, i: usize) -> Class {
        i.checked_sub(1).map_or(Class::Space, |i| self.class(i))
    }

    /// Whether the character at `i` is plain prose, in no token.
    #[inline]
    pub fn is_plain(&self, i: usize) -> bool {
        self.glyphs.get(i).is_none_or(|glyph| glyph.token == Token::Plain)
    }

    /// Whether the text from `i` on begins with `word`.
    pub fn starts_with(&self, i: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.c(i + k) == c)
    }

    /// Whether the text before `i` ends with `word`.
    pub fn ends_with(&self, i: usize, word: &str) -> bool {
        word.chars()
            .rev()
            .enumerate()
            .all(|(k, c)| i > k && self.c(i - k - 1) == c)
    }

    /// The first index from `i` on whose character is not white space.
    pub fn skip_spaces(&self, mut i: usize) -> usize {
        while i < self.glyphs.len() && self.class(i) == Class::Space {
            i += 1;
        }
        i
    }

    /// The end of the run of ASCII digits that begins at `i`.
    pub fn digits_end(&self, mut i: usize) -> usize {
        while self.class(i) == Class::Digit {
            i += 1;
        }
        i
    }

    /// The number tokens: digits with the marks inside one number, time or ratio.
    pub fn numbers(&self) -> impl Iterator<Item = Range<usize>> {
        let mut done = 0;
        self.points.iter().filter_map(move |&i| {
            if i < done || self.class(i) != Class::Digit || self.glyphs[i].token != Token::Number {
                return None;
            }
            let mut end = i;
            while self
                .glyphs
                .get(end)
                .is_some_and(|glyph| glyph.token == Token::Number)
            {
                end += 1;
            }
            done = end;
            Some(i..end)
        })
    }

    /// The number in the ASCII digits of `range`; `None` when there are none or too many.
    pub fn number(&self, range: Range<usize>) -> Option<u32> {
        if range.is_empty() || range.len() > 9 {
            return None;
        }
        self.glyphs[range]
            .iter()
            .try_fold(0, |n, glyph| Some(n * 10 + glyph.c.to_digit(10)?))
    }

    /// The bytes of the characters `range`.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    /// Where the character at `i` begins, in bytes; the end of the text past the last.
    pub fn byte(&self, i: usize) -> usize {
        self.glyphs.get(i).map_or(self.len, |glyph| glyph.at)
    }

    /// Whether the paragraph is Chinese, with Western words in it at most.
    pub fn is_chinese(&self) -> bool {
        self.hanzi > 0 && (self.hanzi >= self.words || self.quotes_western())
    }

    /// Whether the paragraph is a Chinese sentence about the Western one it quotes: 他说:"…".
    fn quotes_western(&self) -> bool {
        let (mut inside, mut hanzi, mut marks) = (false, 0, 0);
        for (i, glyph) in self.glyphs.iter().enumerate() {
            match glyph.c {
                '"' if glyph.token == Token::Plain => {
                    inside = !inside;
                    marks += 1;
                }
                '“' | '”' => {
                    inside = glyph.c == '“';
                    marks += 1;
                }
                _ if inside => {}
                _ if glyph.class == Class::Hanzi => hanzi += 1,
                _ if glyph.class == Class::Letter || (i == 0 && glyph.class != Class::Space) => return false,
                _ => {}
            }
        }
        marks > 0 && !inside && hanzi > 1 && self.class(self.skip_spaces(0)) == Class::Hanzi
    }
}

/// The character of three bytes, of which the first is one of 0xE4 to 0xE9.
#[inline]
fn character(first: u8, second: u8, third: u8) -> char {
    // What marks the bytes as first and further ones is taken off at once.
    const MARKS: u32 = (0xE0 << 12) + (0x80 << 6) + 0x80;
    let code = (u32::from(first) << 12) + (u32::from(second) << 6) + u32::from(third) - MARKS;
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether `c` is in the block of common hanzi, as nearly every character is.
#[inline]
pub(super) fn is_common_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether `c`, no common hanzi, is seldom written.
fn is_rare(c: char, class: Class) -> bool {
    match class {
        Class::Hanzi | Class::Other => true,
        Class::Space => !matches!(c, ' ' | '\u{3000}' | '\n' | '\t'),
        _ => false,
    }
}

/// The class of a character.
#[inline]
pub(crate) fn class_of(c: char) -> Class {
    match c {
        // First, because nearly every character is one.
        _ if is_common_hanzi(c) => Class::Hanzi,
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '\u{21}'..='\u{7e}' => Class::Ascii,
        '\u{3400}'..='\u{4dbf}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => {
            Class::Hanzi
        }
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::Wide,
        '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '―' | '‥' | '•' | '・' => Class::Mark,
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}'
        | '﹝'
        | '﹞'
        | '❲'
        | '❳' => Class::Mark,
        '\u{ff01}'..='\u{ff65}' | '￥' | '￣' => Class::Mark,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_alphabetic() && c < '\u{2e80}' => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether `c` is a 点号: a mark of pause or end, in its Chinese form.
pub(crate) fn is_point(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

/// Whether `c` ends a sentence.
pub(crate) fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '…')
}

/// Whether `c` opens a pair of Chinese marks.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '“' | '‘' | '（' | '《' | '〈' | '〔' | '【' | '「' | '『' | '［' | '｛'
    )
}

/// Whether `c` closes a pair of Chinese marks.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '）' | '》' | '〉' | '〕' | '】' | '」' | '』' | '］' | '｝'
    )
}

/// The value of a 汉字数字 from 〇 to 十.
pub(crate) fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the characters of each token between `‹` and `›`.
    fn shown(text: &str) -> String {
        let mut scan = Scan::default();
        scan.read(text);
        let mut out = String::new();
        let mut last = Token::Plain;
        for glyph in &scan.glyphs {
            if glyph.token != last {
                out.push_str(if last == Token::Plain { "" } else { "›" });
                out.push_str(if glyph.token == Token::Plain { "" } else { "‹" });
                last = glyph.token;
            }
            out.push(glyph.c);
        }
        out.push_str(if last == Token::Plain { "" } else { "›" });
        out
    }

    #[test]
    fn protects_addresses_up_to_their_end() {
        assert_eq!(
            shown("见https://x.cn/a?b=1,请登录"),
            "见‹https://x.cn/a?b=1›,请登录"
        );
        assert_eq!(
            shown("（https://a.cn/b(c)?d;e=1)办理"),
            "（‹https://a.cn/b(c)?d;e=1›)办理"
        );
        assert_eq!(
            shown("邮箱zhang.san@a-b.gov.cn;电话"),
            "邮箱‹zhang.san@a-b.gov.cn›;电话"
        );
        assert_eq!(shown("登录www.a.gov.cn,点击"), "登录‹www.a.gov.cn›,点击");
        assert_eq!(
            shown("存于D:\\资料\\总结(定稿).docx,备查"),
            "存于‹D:\\资料\\总结(定稿).docx›,备查"
        );
    }

    #[test]
    fn protects_numbers_times_and_ratios() {
        assert_eq!(shown("时间14:30,地点"), "时间‹14:30›,地点");
        assert_eq!(shown("按1:5比例"), "按‹1:5›比例");
        assert_eq!(shown("共1,234.5元,较上年"), "共‹1,234.5›元,较上年");
        assert_eq!(shown("第1,2章"), "第‹1›,‹2›章");
        assert_eq!(shown("版本v2.0,请更新"), "版本‹v2.0›,请更新");
        assert_eq!(shown("执行GB/T 9704-2012,落实"), "执行‹GB/T 9704-2012›,落实");
        assert_eq!(shown("通过ISO 9001:2015认证"), "通过‹ISO 9001:2015›认证");
    }

    #[test]
    fn protects_file_names_with_hanzi_and_brackets() {
        assert_eq!(shown("请填报名表(终稿).docx,并"), "‹请填报名表(终稿).docx›,并");
        assert_eq!(shown("已完成,见《名单(甲)》。"), "已完成,见《名单(甲)》。");
        assert_eq!(shown("工作.版本v2.0"), "工作.版本‹v2.0›");
    }

    #[test]
    fn protects_code_and_words() {
        assert_eq!(shown("运行`a;b`,再"), "运行‹`a;b`›,再");
        assert_eq!(shown("调用print(\"你好\");即可"), "调用‹print(\"你好\");›即可");
        assert_eq!(shown("写{\"名\": \"值\"}时"), "写‹{\"名\": \"值\"}›时");
        assert_eq!(shown("it's OK,好"), "‹it's› ‹OK›,好");
        assert_eq!(shown("甲&nbsp;乙"), "甲‹&nbsp;›乙");
        assert_eq!(shown("5G,AI等"), "‹5G›,‹AI›等");
        assert_eq!(shown("GDP(国内生产总值)"), "‹GDP›(国内生产总值)");
    }

    #[test]
    fn every_character_is_read_as_it_is() {
        let text: String = ('\0'..=char::MAX).collect();
        let mut scan = Scan::default();
        scan.read(&text);
        let read = scan.glyphs.iter().map(|glyph| (glyph.at, glyph.c));
        assert!(read.eq(text.char_indices()));
    }

    #[test]
    fn classes() {
        assert_eq!(class_of('〇'), Class::Hanzi);
        assert_eq!(class_of('○'), Class::Other);
        assert_eq!(class_of('３'), Class::Wide);
        assert_eq!(class_of('，'), Class::Mark);
        assert_eq!(class_of('\u{3000}'), Class::Space);
        assert_eq!(class_of('é'), Class::Letter);
    }
}
