//! Checksums that follow from those of the parts.

/// Sums over data of whole words, from which those of the pieces put together follow.
#[derive(Clone, Copy, Debug)]
pub(in crate::font) struct Sums {
    /// Its length in bytes.
    pub(in crate::font) len: usize,
    /// The sum of its big-endian 32-bit words, the checksum of OpenType tables; of no meaning for what follows a piece that
    /// ends inside a word.
    pub(in crate::font) words: u32,
    /// Adler-32 with its second half as if the first began at 0.
    adler: (u32, u32),
}

const ADLER_BASE: u32 = 65_521;

impl Sums {
    /// The sums of `data`; for `words` it must be whole words long.
    pub(in crate::font) fn of(data: &[u8]) -> Sums {
        Sums {
            len: data.len(),
            words: sum_of_words(data),
            adler: adler_halves(data),
        }
    }

    /// The sums of this and what follows it.
    pub(in crate::font) fn then(self, next: Sums) -> Sums {
        let base = u64::from(ADLER_BASE);
        let carried = next.len as u64 % base * u64::from(self.adler.0);
        let b = (u64::from(self.adler.1) + carried + u64::from(next.adler.1)) % base;
        Sums {
            len: self.len + next.len,
            words: self.words.wrapping_add(next.words),
            adler: ((self.adler.0 + next.adler.0) % ADLER_BASE, b as u32),
        }
    }

    /// The checksum at the end of a zlib stream.
    pub(in crate::font) fn adler(self) -> u32 {
        adler_of(self.adler, self.len)
    }
}

/// The checksum at the end of a zlib stream of `data`.
pub(super) fn adler(data: &[u8]) -> u32 {
    adler_of(adler_halves(data), data.len())
}

fn adler_of((a, b): (u32, u32), len: usize) -> u32 {
    let base = u64::from(ADLER_BASE);
    let b = (len as u64 % base + u64::from(b)) % base;
    ((b as u32) << 16) | ((1 + a) % ADLER_BASE)
}

/// Both halves of Adler-32, as if the first began at 0.
fn adler_halves(data: &[u8]) -> (u32, u32) {
    /// Bytes summed side by side.
    const WIDTH: usize = 32;
    let (mut a, mut b) = (0u32, 0u32);
    // So many bytes can be added before a remainder must be taken.
    for some in data.chunks(5536) {
        let chunks = some.chunks_exact(WIDTH);
        let rest = chunks.remainder();
        for chunk in chunks {
            // The byte at place i is in all later sums of this chunk, WIDTH - i of them.
            let (mut sum, mut weighted) = (0u32, 0u32);
            for (place, byte) in chunk.iter().enumerate() {
                sum += u32::from(*byte);
                weighted += u32::from(*byte) * (WIDTH - place) as u32;
            }
            b += WIDTH as u32 * a + weighted;
            a += sum;
        }
        for byte in rest {
            a += u32::from(*byte);
            b += a;
        }
        a %= ADLER_BASE;
        b %= ADLER_BASE;
    }
    (a, b)
}

/// The sum of the big-endian 32-bit words of `data`, filled up with zeros.
pub(in crate::font) fn sum_of_words(data: &[u8]) -> u32 {
    let words = data.chunks_exact(4);
    let mut last = [0; 4];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    words.fold(u32::from_be_bytes(last), |sum, word| {
        sum.wrapping_add(u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_parts_are_sums_of_the_whole() {
        let data: Vec<u8> = (0..20_000u32).map(|n| (n * n) as u8).collect();
        let whole = Sums::of(&data);
        let parts = Sums::of(&data[..8000]).then(Sums::of(&data[8000..]));
        assert_eq!(
            (whole.len, whole.words, whole.adler),
            (parts.len, parts.words, parts.adler)
        );
        // Known value (RFC 1950 implementations agree on it).
        assert_eq!(Sums::of(b"Wikipedia").adler(), 0x11E6_0398);
    }
}
