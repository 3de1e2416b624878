//! Instructions to this program in the text: lines that are a comment `<!-- hongtou: … -->`. They are no part of the
//! text; what they ask for is the caller's business.

use crate::source::Span;

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Its words: what to do first, such as `ignore`, then with what.
    pub words: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const NAME: &str = "hongtou";

/// The words of the instruction that `line` is; `None` when it is a line of text.
pub(super) fn words(line: &str) -> Option<impl Iterator<Item = &str>> {
    let inner = line.trim().strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    let rest = inner.trim().strip_prefix(NAME)?.trim_start();
    let said = rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'))?;
    (!said.contains(OPEN)).then(|| {
        said.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'))
            .filter(|word| !word.is_empty())
    })
}

/// The instructions of `source` from the byte `from` on, in order.
pub(super) fn read(source: &str, from: usize) -> Vec<Instruction> {
    let rest = &source[from..];
    if memchr::memchr(b'<', rest.as_bytes()).is_none() || !rest.contains(OPEN) {
        return Vec::new();
    }
    let mut start = from;
    let mut found = Vec::new();
    for line in rest.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        if let Some(words) = words(text) {
            let at = start + (text.as_ptr() as usize - line.as_ptr() as usize);
            found.push(Instruction {
                words: words.map(str::to_owned).collect(),
                span: Span::new(at, at + text.len()),
            });
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_instruct() {
        let source =
            "甲\n  <!-- hongtou: ignore P01、P02 -->\r\n乙<!-- hongtou: ignore P01 -->\n<!-- 注 -->\n";
        let found = read(source, 0);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, ["ignore", "P01", "P02"]);
        assert_eq!(found[0].span.of(source), "<!-- hongtou: ignore P01、P02 -->");
    }
}
