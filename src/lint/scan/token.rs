//! What in a paragraph is no Chinese prose: addresses, numbers, words, file names, code.

use std::ops::Range;

use super::{Class, Glyph};

/// What a character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Prose.
    Plain,
    /// Digits, with the marks of one number, time or ratio inside: `1,234.5`, `14:30`, `1:5`.
    Number,
    /// A Western word, with inner marks: `it's`, `v2.0`, `A-B`, `5G`.
    Word,
    /// The number of a standard: `GB/T 9704-2012`.
    Standard,
    /// A web or mail address.
    Address,
    /// A file name or path.
    File,
    /// Program text, tags, entities, template fields.
    Code,
}

/// How far back a file name's beginning, or forward the end of a piece of code, is looked for, in characters. Keeps the
/// scan linear.
const REACH: usize = 120;

/// Endings of file names that occur in office texts.
const EXTENSIONS: [&str; 31] = [
    "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "pdf", "ofd", "txt", "md", "csv", "rtf",
    "jpg", "jpeg", "png", "gif", "bmp", "mp3", "mp4", "wav", "avi", "zip", "rar", "7z", "exe", "html", "xml",
    "json",
];

/// Top-level domains after which a path makes an address even without `http://`.
const DOMAINS: [&str; 8] = ["cn", "com", "net", "org", "gov", "edu", "io", "top"];

/// Marks the tokens among `glyphs`; `points` are the indices of those that are neither hanzi nor white space.
pub(super) fn mark(glyphs: &mut [Glyph], points: &[usize]) {
    let mut next = 0;
    let mut code_ticks = true;
    for &i in points {
        if i < next {
            continue;
        }
        let Some((token, end)) = token_at(glyphs, i, &mut code_ticks) else {
            continue;
        };
        set(glyphs, i..end, token);
        if token == Token::Word && ends_with_extension(glyphs, i..end) {
            let start = file_start(glyphs, i);
            if start < i {
                set(glyphs, start..end, Token::File);
            }
        }
        next = end;
    }
}

fn set(glyphs: &mut [Glyph], range: Range<usize>, token: Token) {
    for glyph in &mut glyphs[range] {
        glyph.token = token;
    }
}

/// The token that begins at `i`, and its end.
fn token_at(glyphs: &mut [Glyph], i: usize, code_ticks: &mut bool) -> Option<(Token, usize)> {
    let c = glyphs[i].c;
    match c {
        '`' if *code_ticks => {
            let end = find(glyphs, i + 1, usize::MAX, |c| c == '`');
            *code_ticks = end.is_some();
            Some((Token::Code, end? + 1))
        }
        '<' if matches!(at(glyphs, i + 1), 'a'..='z' | 'A'..='Z' | '/' | '!') => {
            let end = find(glyphs, i + 1, REACH, |c| c == '>' || c == '<')?;
            (glyphs[end].c == '>').then_some((Token::Code, end + 1))
        }
        '&' => entity(glyphs, i).map(|end| (Token::Code, end)),
        '{' | '$' => braces(glyphs, i).map(|end| (Token::Code, end)),
        '\\' if at(glyphs, i + 1) == '\\' => Some((Token::File, path_end(glyphs, i + 2))),
        '.' => {
            // An extension after hanzi or a bracket; after a word it is part of the word.
            let end = word_end(glyphs, i + 1);
            let named = is_extension(glyphs, i + 1..end);
            let start = if named { file_start(glyphs, i) } else { i };
            if start == i {
                return None;
            }
            set(glyphs, start..i, Token::File);
            Some((Token::File, end))
        }
        _ if matches!(glyphs[i].class, Class::Digit | Class::Letter) => Some(run_at(glyphs, i)),
        _ => None,
    }
}

/// The token that begins with the letter or digit at `i`.
fn run_at(glyphs: &[Glyph], i: usize) -> (Token, usize) {
    if let Some(end) = address(glyphs, i) {
        return (Token::Address, end);
    }
    let letter = glyphs[i].class == Class::Letter;
    if letter && at(glyphs, i + 1) == ':' && matches!(at(glyphs, i + 2), '\\' | '/') {
        return (Token::File, path_end(glyphs, i + 3));
    }
    if letter {
        let end = word_end(glyphs, i);
        if let Some(end) = standard(glyphs, i..end) {
            return (Token::Standard, end);
        }
        if let Some(end) = call(glyphs, i..end) {
            return (Token::Code, end);
        }
        return (Token::Word, end);
    }
    let end = number_end(glyphs, i);
    if class(glyphs, end) == Class::Letter {
        return (Token::Word, word_end(glyphs, end));
    }
    (Token::Number, end)
}

/// The end of the number, time or ratio whose digits begin at `i`.
fn number_end(glyphs: &[Glyph], i: usize) -> usize {
    let mut end = digits_end(glyphs, i);
    let mut group = end - i;
    loop {
        let next = digits_end(glyphs, end + 1);
        let digits = next.saturating_sub(end + 1);
        let joined = match at(glyphs, end) {
            '.' | ':' => digits > 0,
            // Groups of thousands only: 第1,2章 is an enumeration.
            ',' => digits == 3 && group <= 3,
            _ => false,
        };
        if !joined {
            return end;
        }
        group = digits;
        end = next;
    }
}

fn digits_end(glyphs: &[Glyph], mut i: usize) -> usize {
    while class(glyphs, i) == Class::Digit {
        i += 1;
    }
    i
}

/// The end of the word at `i`: letters and digits, and marks that stand between two of them.
fn word_end(glyphs: &[Glyph], mut i: usize) -> usize {
    let alnum = |i| matches!(class(glyphs, i), Class::Letter | Class::Digit);
    loop {
        while alnum(i) {
            i += 1;
        }
        let inner = matches!(
            at(glyphs, i),
            '\'' | '’' | '-' | '_' | '.' | '/' | '&' | '+' | '@' | '#' | '='
        );
        if !(inner && i > 0 && alnum(i - 1) && alnum(i + 1)) {
            return i;
        }
        i += 1;
    }
}

/// The end of the address at `i`: `scheme://…`, `www.…`, `a.gov.cn/…` or `name@host`.
fn address(glyphs: &[Glyph], i: usize) -> Option<usize> {
    let mut word = i;
    while word < i + REACH
        && matches!(at(glyphs, word), 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | '%' | '+')
    {
        word += 1;
    }
    let schemed =
        word > i + 1 && at(glyphs, word) == ':' && at(glyphs, word + 1) == '/' && at(glyphs, word + 2) == '/';
    let www = word > i + 4 && glyphs[i..i + 4].iter().map(|glyph| glyph.c).eq("www.".chars());
    let hosted = matches!(at(glyphs, word), '/' | '?') && {
        let dot = (i..word).rev().find(|&k| glyphs[k].c == '.')?;
        is_one_of(glyphs, dot + 1..word, &DOMAINS)
    };
    if schemed || www || hosted {
        return Some(address_end(glyphs, i));
    }
    if at(glyphs, word) == '@' {
        let mut end = word + 1;
        while matches!(at(glyphs, end), 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-') {
            end += 1;
        }
        while end > word + 1 && matches!(glyphs[end - 1].c, '.' | '-') {
            end -= 1;
        }
        let dotted = glyphs[word + 1..end].iter().any(|glyph| glyph.c == '.');
        return dotted.then_some(end);
    }
    None
}

/// The end of a web address: the last of its characters that can't be punctuation of the sentence around it.
fn address_end(glyphs: &[Glyph], start: usize) -> usize {
    let mut end = start;
    let mut depth = 0i32;
    loop {
        let c = at(glyphs, end);
        match c {
            '"' | '<' | '>' | '\\' | '^' | '{' | '|' | '}' | '`' => break,
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            '\u{21}'..='\u{7e}' => {}
            _ => break,
        }
        end += 1;
    }
    while end > start && matches!(glyphs[end - 1].c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '(') {
        end -= 1;
    }
    end
}

/// The end of a path: everything up to white space or a mark that no path holds.
fn path_end(glyphs: &[Glyph], mut i: usize) -> usize {
    while let Some(glyph) = glyphs.get(i) {
        let stops = match glyph.class {
            Class::Space => true,
            Class::Mark => !matches!(glyph.c, '（' | '）' | '·' | '—'),
            _ => matches!(glyph.c, ',' | ';' | '"' | '<' | '>' | '|' | '*' | '?'),
        };
        if stops {
            break;
        }
        i += 1;
    }
    i
}

/// Where the name begins whose extension's dot, or last word, stands at `dot`.
fn file_start(glyphs: &[Glyph], dot: usize) -> usize {
    let mut start = dot;
    let mut depth = 0;
    while start > 0 && dot - start < REACH {
        let glyph = glyphs[start - 1];
        match glyph.c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => break,
            '(' | '（' => depth -= 1,
            '-' | '_' | '.' | '+' | '·' | '—' => {}
            _ if matches!(
                glyph.class,
                Class::Hanzi | Class::Letter | Class::Digit | Class::Wide
            ) => {}
            _ => break,
        }
        start -= 1;
    }
    if depth == 0 { start } else { dot }
}

/// The end of the standard's number whose letters are `word`: `GB/T 9704-2012`, `ISO 9001:2015`.
fn standard(glyphs: &[Glyph], word: Range<usize>) -> Option<usize> {
    let named = glyphs[word.clone()]
        .iter()
        .all(|glyph| glyph.c.is_ascii_uppercase() || glyph.c == '/');
    if !named || word.len() < 2 {
        return None;
    }
    let digits = word.end + usize::from(at(glyphs, word.end) == ' ');
    let mut end = digits_end(glyphs, digits);
    if end == digits {
        return None;
    }
    while at(glyphs, end) == '.' && class(glyphs, end + 1) == Class::Digit {
        end = digits_end(glyphs, end + 1);
    }
    let year = digits_end(glyphs, end + 1);
    let dated =
        matches!(at(glyphs, end), '-' | '–' | '—' | ':') && matches!(year.saturating_sub(end + 1), 2 | 4);
    dated.then_some(year)
}

/// The end of a call or an assignment in program text whose name is `word`: `print("你好");`, `name="值"`.
fn call(glyphs: &[Glyph], word: Range<usize>) -> Option<usize> {
    let name = &glyphs[word.clone()];
    let first_lower = name[0].c.is_ascii_lowercase() || name[0].c == '_';
    let quoted = matches!(at(glyphs, word.end + 1), '"' | '\'');
    match at(glyphs, word.end) {
        '=' if first_lower && quoted => {
            let quote = at(glyphs, word.end + 1);
            find(glyphs, word.end + 2, REACH, |c| c == quote).map(|end| end + 1)
        }
        '(' => {
            let inner = name.windows(2).any(|pair| {
                matches!(pair[0].c, '_' | '.')
                    || (pair[0].c.is_ascii_lowercase() && pair[1].c.is_ascii_uppercase())
            });
            if !first_lower || !(quoted || inner) {
                return None;
            }
            let end = closing(glyphs, word.end, '(', ')')?;
            Some(end + usize::from(at(glyphs, end) == ';'))
        }
        _ => None,
    }
}

/// The end of `{{name}}`, `${name}` or `{"key": …}` at `i`.
fn braces(glyphs: &[Glyph], i: usize) -> Option<usize> {
    let open = i + usize::from(glyphs[i].c == '$');
    let program = open > i || matches!(at(glyphs, open + 1), '{' | '"' | '\'' | '%');
    (program && at(glyphs, open) == '{')
        .then(|| closing(glyphs, open, '{', '}'))
        .flatten()
}

/// The end of the entity at `i`: `&nbsp;`, `&#12288;`.
fn entity(glyphs: &[Glyph], i: usize) -> Option<usize> {
    let mut end = i + 1 + usize::from(at(glyphs, i + 1) == '#');
    let start = end;
    while end - start < 10 && at(glyphs, end).is_ascii_alphanumeric() {
        end += 1;
    }
    (end > start && at(glyphs, end) == ';').then_some(end + 1)
}

/// One past the bracket that closes the one at `open`, when it stands near.
fn closing(glyphs: &[Glyph], open: usize, opening: char, closing: char) -> Option<usize> {
    let mut depth = 0;
    for (k, glyph) in glyphs.iter().enumerate().skip(open).take(4 * REACH) {
        if glyph.c == opening {
            depth += 1;
        } else if glyph.c == closing {
            depth -= 1;
            if depth == 0 {
                return Some(k + 1);
            }
        }
    }
    None
}

fn find(glyphs: &[Glyph], from: usize, reach: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let end = from.saturating_add(reach).min(glyphs.len());
    (from..end).find(|&k| wanted(glyphs[k].c))
}

fn ends_with_extension(glyphs: &[Glyph], word: Range<usize>) -> bool {
    let dot = word.clone().rev().find(|&k| glyphs[k].c == '.');
    dot.is_some_and(|dot| is_extension(glyphs, dot + 1..word.end))
}

fn is_extension(glyphs: &[Glyph], range: Range<usize>) -> bool {
    is_one_of(glyphs, range, &EXTENSIONS)
}

fn is_one_of(glyphs: &[Glyph], range: Range<usize>, words: &[&str]) -> bool {
    words.iter().any(|word| {
        word.len() == range.len()
            && glyphs[range.clone()]
                .iter()
                .zip(word.chars())
                .all(|(glyph, c)| glyph.c.to_ascii_lowercase() == c)
    })
}

fn at(glyphs: &[Glyph], i: usize) -> char {
    glyphs.get(i).map_or('\0', |glyph| glyph.c)
}

fn class(glyphs: &[Glyph], i: usize) -> Class {
    glyphs.get(i).map_or(Class::Space, |glyph| glyph.class)
}
