//! Several words looked for at once.

/// Words of three bytes and more, which is a Han character at least.
pub(super) struct Words<const N: usize> {
    words: [&'static str; N],
    /// A bit for the last six bits of each word's second byte, and of its third: most places of a text are passed over by
    /// these alone.
    seconds: u64,
    thirds: u64,
}

impl<const N: usize> Words<N> {
    /// Of `words`.
    pub(super) const fn new(words: [&'static str; N]) -> Self {
        let (mut seconds, mut thirds, mut i) = (0, 0, 0);
        while i < N {
            let word = words[i].as_bytes();
            seconds |= bit(word[1]);
            thirds |= bit(word[2]);
            i += 1;
        }
        Words {
            words,
            seconds,
            thirds,
        }
    }

    /// Where the first of them begins in `text`.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let may_begin = |three: &[u8]| self.seconds & bit(three[1]) != 0 && self.thirds & bit(three[2]) != 0;
        let begins = |at: usize| {
            let rest = &bytes[at..];
            self.words.iter().any(|word| rest.starts_with(word.as_bytes()))
        };
        let places = bytes.windows(3).enumerate();
        places
            .filter(|(_, three)| may_begin(three))
            .map(|(at, _)| at)
            .find(|&at| begins(at))
    }

    /// Whether one of them stands in `text`.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

const fn bit(byte: u8) -> u64 {
    1 << (byte & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_word() {
        let words = Words::new(["公布", "ICP备", "布告"]);
        assert_eq!(words.find("现予公布告示"), Some(6));
        assert_eq!(words.find("京ICP备1号"), Some(3));
        assert!(words.stand_in("布告"));
        for text in ["", "公", "公，布", "布公告"] {
            assert!(!words.stand_in(text), "{text}");
        }
    }
}
