//! The number a paragraph begins with: 一、 （一） 1. （1） ① 第一章 第一条 第一， 一是 首先 ——.
//!
//! Reads the form and the value only. Whether the number really numbers its paragraph (and is not the beginning of
//! 一、二线城市 or 1.5亿元) is decided by [`super::numbering`], from the sequence it stands in; a number that needs
//! that proof is marked as [`Ordinal::doubtful`].

use super::marks;
use super::numerals::{self, Enclosure, Number};

/// The form of a number at the beginning of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// 第一编, 第一部分, 第一篇.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、 and 一 alone on its line.
    Chinese,
    /// （一）.
    ChineseBrackets,
    /// 1. and 1、.
    Arabic,
    /// （1） and 1）.
    ArabicBrackets,
    /// ①.
    Circled,
    /// 第一， 第一、 第一 and 其一.
    Nth,
    /// 首先， 其次， 再次， 最后，.
    First,
    /// 一是, 一要.
    Is,
    /// ——.
    Dash,
}

impl Form {
    /// The level of a run-in with this form, as `hongtou parse` shows it.
    pub(super) fn run_in_level(self) -> u8 {
        match self {
            Form::Chinese | Form::Part | Form::Chapter => 1,
            Form::ChineseBrackets | Form::Section => 2,
            Form::Arabic | Form::Article => 3,
            Form::ArabicBrackets | Form::Circled => 4,
            Form::Nth | Form::First | Form::Is | Form::Dash => 0,
        }
    }

    /// Whether the number is spoken (第一，一是) and has no place of its own among the levels.
    pub(super) fn is_spoken(self) -> bool {
        matches!(self, Form::Nth | Form::First | Form::Is | Form::Dash)
    }

    /// The form as evidence shows it.
    pub(super) fn sample(self) -> &'static str {
        match self {
            Form::Part => "第一编",
            Form::Chapter => "第一章",
            Form::Section => "第一节",
            Form::Article => "第一条",
            Form::Chinese => "一、",
            Form::ChineseBrackets => "（一）",
            Form::Arabic => "1.",
            Form::ArabicBrackets => "（1）",
            Form::Circled => "①",
            Form::Nth => "第一，",
            Form::First => "首先，",
            Form::Is => "一是",
            Form::Dash => "——",
        }
    }
}

/// A number at the beginning of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// Its form.
    pub(super) form: Form,
    /// Its value; 0 for ——, and for 最后 which is last whatever its place.
    pub(super) value: u32,
    /// Its length in bytes, with its mark and the blanks after it.
    pub(super) len: usize,
    /// Whether it may be the beginning of something else, so that the sequence must confirm it.
    pub(super) doubtful: bool,
}

impl Ordinal {
    /// The number at the beginning of `text`.
    pub(super) fn at(text: &str) -> Option<Ordinal> {
        let first = text.chars().next()?;
        let word = matches!(first, '第' | '首' | '其' | '再' | '最');
        if marks::is_common_han(first) && !word && !numerals::is_chinese(first) {
            return None;
        }
        let mut ordinal = dash(text)
            .or_else(|| nth(text))
            .or_else(|| spoken(text))
            .or_else(|| bracketed(text))
            .or_else(|| enclosed(text))
            .or_else(|| chinese(text))
            .or_else(|| arabic(text))?;
        let rest = &text[ordinal.len..];
        let blanks = rest.len() - rest.trim_start().len();
        ordinal.len += blanks;
        Some(ordinal)
    }
}

fn ordinal(form: Form, number: Number, mark: usize, doubtful: bool) -> Option<Ordinal> {
    Some(Ordinal {
        form,
        value: number.value,
        len: number.len + mark,
        doubtful,
    })
}

/// —— with its variants.
fn dash(text: &str) -> Option<Ordinal> {
    if !text.starts_with(['—', '―', '─', '-', '－']) {
        return None;
    }
    let len = ["——", "――", "──", "--", "－－", "－", "— —"]
        .into_iter()
        .find(|dash| text.starts_with(dash))?
        .len();
    let rest = text[len..].trim_start_matches(['—', '―', '─', '-', '－']);
    rest.chars()
        .next()
        .filter(|&c| marks::is_han(c) || marks::opens(c))?;
    Some(Ordinal {
        form: Form::Dash,
        value: 0,
        len: text.len() - rest.len(),
        doubtful: false,
    })
}

/// 第一章, 第一条, 第一，.
fn nth(text: &str) -> Option<Ordinal> {
    let after = text.strip_prefix('第')?;
    let after_blank = after.trim_start_matches([' ', '\u{3000}']);
    let blank = after.len() - after_blank.len();
    let number = numerals::chinese(after_blank).or_else(|| numerals::arabic(after_blank))?;
    let start = '第'.len_utf8() + blank;
    let rest = &after_blank[number.len..];
    let unit = rest.trim_start_matches([' ', '\u{3000}']);
    let gap = rest.len() - unit.len();
    let number = Number {
        value: number.value,
        len: number.len + start,
    };
    let units = [
        ("部分", Form::Part),
        ("编", Form::Part),
        ("篇", Form::Part),
        ("章", Form::Chapter),
        ("节", Form::Section),
        ("条", Form::Article),
    ];
    for (name, form) in units {
        if let Some(rest) = unit.strip_prefix(name) {
            // 第一条规定 in running text has no blank after it; 第十条之一 is an article inserted later.
            let next = rest.chars().next();
            let parted = next.is_none_or(|c| c.is_whitespace() || matches!(c, '：' | ':' | '、'));
            let inserted = rest.starts_with('之');
            let number = Number {
                value: number.value,
                len: number.len + gap,
            };
            return ordinal(form, number, name.len(), !(parted || inserted));
        }
    }
    let mark = rest.chars().next()?;
    match mark {
        '，' | ',' | '、' | '：' | ':' => ordinal(Form::Nth, number, mark.len_utf8(), false),
        c if c.is_whitespace() => ordinal(Form::Nth, number, c.len_utf8(), true),
        _ => None,
    }
}

/// 一是, 一要, 其一, 首先.
fn spoken(text: &str) -> Option<Ordinal> {
    for (word, value) in [("首先", 1), ("其次", 2), ("再次", 3), ("最后", 0)] {
        if let Some(rest) = text.strip_prefix(word) {
            let parted = rest.starts_with(['，', ',', '、', '：']);
            let number = Number {
                value,
                len: word.len(),
            };
            let mark = if parted {
                rest.chars().next().map_or(0, char::len_utf8)
            } else {
                0
            };
            // 首先 is a word of its own as well; only a sequence makes it a number.
            return parted.then(|| ordinal(Form::First, number, mark, true)).flatten();
        }
    }
    if let Some(rest) = text.strip_prefix('其') {
        let number = numerals::chinese(rest)?;
        let mark = rest[number.len..].chars().next()?;
        if !matches!(mark, '，' | ',' | '、' | '：') {
            return None;
        }
        let number = Number {
            value: number.value,
            len: number.len + '其'.len_utf8(),
        };
        return ordinal(Form::Nth, number, mark.len_utf8(), false);
    }
    let number = numerals::chinese(text)?;
    let rest = &text[number.len..];
    let verb = rest.chars().next()?;
    // 一是一，二是二 and 一要… are told from 一是…。 by what follows: a numeral never does.
    let after = rest[verb.len_utf8()..].chars().next();
    let named = after.is_some_and(|c| numerals::chinese_digit(c).is_none() || verb == '要');
    match verb {
        '是' | '要' if named => ordinal(Form::Is, number, verb.len_utf8(), false),
        '是' | '要' => ordinal(Form::Is, number, verb.len_utf8(), true),
        '则' | '须' | '应' => ordinal(Form::Is, number, verb.len_utf8(), true),
        _ => None,
    }
}

/// （一）, (1), 1）.
fn bracketed(text: &str) -> Option<Ordinal> {
    let inside = text
        .strip_prefix('（')
        .or_else(|| text.strip_prefix('('))
        .or_else(|| text.strip_prefix('〔'));
    let Some(inside) = inside else {
        let number = numerals::arabic(text)?;
        let close = text[number.len..].chars().next()?;
        return (matches!(close, '）' | ')') && number.value < 100)
            .then(|| ordinal(Form::ArabicBrackets, number, close.len_utf8(), false))?;
    };
    let open = text.len() - inside.len();
    let trimmed = inside.trim_start();
    let blank = inside.len() - trimmed.len();
    let (form, number) = if let Some(number) = numerals::chinese(trimmed) {
        (Form::ChineseBrackets, number)
    } else if let Some(number) = numerals::arabic(trimmed) {
        (Form::ArabicBrackets, number)
    } else {
        return None;
    };
    let rest = &trimmed[number.len..];
    let trimmed = rest.trim_start();
    let close = trimmed.chars().next()?;
    if !matches!(close, '）' | ')' | '〕') || number.value > 200 {
        return None;
    }
    let number = Number {
        value: number.value,
        len: open + blank + number.len + (rest.len() - trimmed.len()),
    };
    // A mark after the bracket is a common fault, and no part of what follows.
    let mark = trimmed[close.len_utf8()..]
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '.' | '．' | '：' | ':'));
    ordinal(
        form,
        number,
        close.len_utf8() + mark.map_or(0, char::len_utf8),
        false,
    )
}

/// ①, ⑴, ⒈, ㈠.
fn enclosed(text: &str) -> Option<Ordinal> {
    let c = text.chars().next()?;
    let (value, enclosure) = numerals::enclosed(c)?;
    let form = match enclosure {
        Enclosure::Circle => Form::Circled,
        Enclosure::Brackets => Form::ArabicBrackets,
        Enclosure::Dot => Form::Arabic,
        Enclosure::ChineseBrackets => Form::ChineseBrackets,
    };
    let len = c.len_utf8();
    let mark = text[len..]
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '.' | '．'));
    ordinal(form, Number { value, len }, mark.map_or(0, char::len_utf8), false)
}

/// 一、 with its faulty variants 一. 一， and 一 followed by a blank; 一 alone.
fn chinese(text: &str) -> Option<Ordinal> {
    let number = numerals::chinese(text)?;
    let rest = &text[number.len..];
    let Some(mark) = rest.chars().next() else {
        // 一 alone on its line numbers a section without a name; 千 or 百 alone do not.
        return (number.value <= 30).then(|| ordinal(Form::Chinese, number, 0, false))?;
    };
    let after = rest[mark.len_utf8()..].trim_start();
    let next = after.chars().next();
    let followed_by_numeral = next.is_some_and(|c| numerals::chinese_digit(c).is_some());
    match mark {
        '、' => ordinal(Form::Chinese, number, mark.len_utf8(), followed_by_numeral),
        '.' | '．' | '﹑' | '､' => ordinal(Form::Chinese, number, mark.len_utf8(), false),
        '，' | ',' => ordinal(Form::Chinese, number, mark.len_utf8(), true),
        '：' | ':' => ordinal(Form::Chinese, number, mark.len_utf8(), true),
        c if c.is_whitespace() => ordinal(Form::Chinese, number, c.len_utf8(), true),
        _ => None,
    }
}

/// 1. and 1、; 1.5 and 2024.3.5 are none.
fn arabic(text: &str) -> Option<Ordinal> {
    let number = numerals::arabic(text)?;
    if number.value > 300 {
        return None;
    }
    let rest = &text[number.len..];
    let mark = rest.chars().next()?;
    if !matches!(mark, '.' | '．' | '、' | '﹒') {
        return None;
    }
    let tail = &rest[mark.len_utf8()..];
    let next = tail.chars().next();
    if let Some(c) = next
        && numerals::arabic_digit(c).is_some()
    {
        // 1.5亿元, 2024.3.5, 3.15; but 1、2号楼 with a sequence around it may be a first item.
        return (mark == '、').then(|| ordinal(Form::Arabic, number, mark.len_utf8(), true))?;
    }
    // v1.a, 1.txt
    let doubtful = mark == '.' && next.is_some_and(|c| c.is_ascii_lowercase());
    ordinal(Form::Arabic, number, mark.len_utf8(), doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<(Form, u32)> {
        Ordinal::at(text)
            .filter(|found| !found.doubtful)
            .map(|found| (found.form, found.value))
    }

    #[test]
    fn reads_all_forms() {
        assert_eq!(form("一、提高认识"), Some((Form::Chinese, 1)));
        assert_eq!(form("二十一、附则"), Some((Form::Chinese, 21)));
        assert_eq!(form("（三）抓落实"), Some((Form::ChineseBrackets, 3)));
        assert_eq!(form("(三)抓落实"), Some((Form::ChineseBrackets, 3)));
        assert_eq!(form("㈢抓落实"), Some((Form::ChineseBrackets, 3)));
        assert_eq!(form("1.工作目标"), Some((Form::Arabic, 1)));
        assert_eq!(form("１．工作目标"), Some((Form::Arabic, 1)));
        assert_eq!(form("2、工作目标"), Some((Form::Arabic, 2)));
        assert_eq!(form("⒊工作目标"), Some((Form::Arabic, 3)));
        assert_eq!(form("（１０）其他"), Some((Form::ArabicBrackets, 10)));
        assert_eq!(form("3）其他"), Some((Form::ArabicBrackets, 3)));
        assert_eq!(form("②其他"), Some((Form::Circled, 2)));
        assert_eq!(form("第一章　总则"), Some((Form::Chapter, 1)));
        assert_eq!(form("第 十 章 附则"), Some((Form::Chapter, 10)));
        assert_eq!(
            form("第二十条 本办法自发布之日起施行。"),
            Some((Form::Article, 20))
        );
        assert_eq!(form("第三，要抓落实。"), Some((Form::Nth, 3)));
        assert_eq!(form("一是要抓落实。"), Some((Form::Is, 1)));
        assert_eq!(form("三要强化督查。"), Some((Form::Is, 3)));
        assert_eq!(form("——经济平稳增长。"), Some((Form::Dash, 0)));
        assert_eq!(form("四"), Some((Form::Chinese, 4)));
    }

    #[test]
    fn decimals_versions_and_dates_are_no_numbers() {
        for text in [
            "1.5亿元",
            "2026.04.20",
            "1.2.3",
            "3.15晚会",
            "2024年3月5日",
            "12345.第一",
        ] {
            assert_eq!(Ordinal::at(text), None, "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_doubtful() {
        for text in [
            "一、二线城市发展较快",
            "第一条道路走不通",
            "首先，我代表市委",
            "1、2号楼",
            "一 二 三",
        ] {
            assert!(Ordinal::at(text).is_none_or(|found| found.doubtful), "{text}");
        }
        assert_eq!(Ordinal::at("第一次会议"), None);
        assert_eq!(Ordinal::at("一线职工"), None);
    }

    #[test]
    fn measures_the_number_with_its_mark_and_blanks() {
        assert_eq!(Ordinal::at("第一章　总则").unwrap().len, "第一章　".len());
        assert_eq!(Ordinal::at("(1) 其他").unwrap().len, "(1) ".len());
        assert_eq!(Ordinal::at("（一）、其他").unwrap().len, "（一）、".len());
    }
}
