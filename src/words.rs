//! Where words begin in a Chinese text: for titles and long signatures, which break between words only.
//!
//! The likeliest way to read the text as words of a list with their frequencies (`words/README.md`). The list is searched
//! as it lies in the program, so that it costs nothing to load.

/// The words with their bits, in the order of their bytes.
const WORDS: &str = include_str!("words/words.txt");
/// Terms of several words that stand in one line, each in its own line.
const TERMS: &str = include_str!("words/terms.txt");
/// The longest word of the list, in characters.
const LONGEST: usize = 6;
/// What a character that is no word of the list costs in bits: more than the rarest word of the list.
const UNKNOWN: u32 = 24;

/// For each character of `text`, whether a word begins with it.
pub(crate) fn word_starts(text: &[char]) -> Vec<bool> {
    // For each position the least bits of the text before it, and the length of the last word.
    let mut best = vec![(u32::MAX, 0); text.len() + 1];
    best[0] = (0, 0);
    let mut word = String::new();
    for start in 0..text.len() {
        let before = best[start].0;
        word.clear();
        for (i, c) in text[start..].iter().take(LONGEST).enumerate() {
            word.push(*c);
            let Some(bits) = bits(&word).or((i == 0).then_some(UNKNOWN)) else {
                continue;
            };
            let end = &mut best[start + i + 1];
            // Of equally likely ways the one that ends with the longer word.
            if before + bits < end.0 {
                *end = (before + bits, i + 1);
            }
        }
    }
    let mut starts = vec![false; text.len()];
    let mut end = text.len();
    while end > 0 {
        end -= best[end].1;
        starts[end] = true;
    }
    starts
}

/// For each character of `text`, whether a term of several words (`words/terms.txt`) goes on with it.
pub(crate) fn inside_terms(text: &[char]) -> Vec<bool> {
    let mut inside = vec![false; text.len()];
    for start in 0..text.len() {
        let matched = |term: &str| {
            let mut rest = text[start..].iter();
            term.chars()
                .all(|c| rest.next() == Some(&c))
                .then(|| term.chars().count())
        };
        if let Some(count) = TERMS.lines().filter_map(matched).max() {
            inside[start + 1..start + count].fill(true);
        }
    }
    inside
}

/// How many bits a word of the list is worth.
fn bits(word: &str) -> Option<u32> {
    let list = WORDS.as_bytes();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let line = list[..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let end = line + list[line..].iter().position(|byte| *byte == b'\n')?;
        let (known, letter) = list[line..end].split_at(end - line - 1);
        match known.cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(u32::from(letter[0] - b'a')),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = line,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let starts = word_starts(&characters);
        let mut out = String::new();
        for (i, c) in characters.iter().enumerate() {
            if i > 0 && starts[i] {
                out.push('/');
            }
            out.push(*c);
        }
        out
    }

    #[test]
    fn finds_every_word_of_the_list() {
        let mut last = "";
        for line in WORDS.lines() {
            let (word, letter) = line.split_at(line.len() - 1);
            assert!(last < word, "{word} is out of order");
            assert!(word.chars().count() <= LONGEST);
            assert_eq!(bits(word), Some(u32::from(letter.as_bytes()[0] - b'a')), "{word}");
            last = word;
        }
        assert_eq!(bits("红头转换器"), None);
        assert_eq!(bits(""), None);
    }

    #[test]
    fn marks_the_insides_of_terms() {
        let text: Vec<char> = "全县生态环境保护".chars().collect();
        assert_eq!(
            inside_terms(&text),
            [false, false, false, true, true, true, true, true]
        );
    }

    #[test]
    fn reads_titles_as_words() {
        assert_eq!(
            words("关于进一步加强安全生产工作的通知"),
            "关于/进一步/加强/安全生产/工作/的/通知"
        );
        assert_eq!(
            words("在全县乡村振兴推进会上的讲话"),
            "在/全县/乡村振兴/推进会/上/的/讲话"
        );
        assert_eq!(words(""), "");
    }
}
