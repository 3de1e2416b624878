//! Deflate for whole streams: pages, character maps, XML.
//!
//! Many short streams make up a file, and general compressors take longer to begin one than to pack it: their tables are
//! large and must be cleared. Here the tables are small, are kept for each thread, and need no clearing, because places
//! count on from one stream to the next. Each block has codes of its own.
//!
//! Most of what is packed is Chinese text in UTF-8, so matches begin and end with characters: one is looked for at the
//! two latest places of the same character (of the same six bytes in ASCII), and the longer of the two is taken. That is
//! half the work of looking at every byte with more places, for 1 to 5 % more bytes. Other data may be anything; it only
//! packs a little worse.

use std::cell::RefCell;

use super::Bits;
use super::huffman::{assign, limited_lengths};

/// Codes for literals, the end of the block and lengths.
const LITERALS: usize = 286;
/// The literal code that ends a block.
const END: usize = 256;
const DISTANCES: usize = 30;
/// Codes for the lengths of codes, and the order in which theirs are written (RFC 1951, 3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// How far back a match may reach.
const WINDOW: usize = 1 << 15;
const SLOT_BITS: u32 = 12;
/// Literals and matches of one block.
const BLOCK: usize = 1 << 14;
const SHORTEST: usize = 3;
const LONGEST_MATCH: usize = 258;
/// The bytes that are read at once.
const WORD: usize = 8;
/// From this length on a match is taken without a look at the other place.
const LONG_ENOUGH: usize = 24;
/// What repeats at length repeats from its beginning: so many bytes of a match are places for others.
const NOTED: usize = 16;
/// A token that is a match has this bit, its length above the low 16 bits, and its distance less one in them.
const MATCH: u32 = 1 << 31;
/// A token that is a character of three bytes has this bit and the bytes below it, the first lowest.
const CHARACTER: u32 = 1 << 30;

thread_local! {
    static MATCHER: RefCell<Matcher> = RefCell::new(Matcher::new());
}

/// Appends `data` to a stream, which it ends.
pub(super) fn append(bits: &mut Bits, data: &[u8]) {
    MATCHER.with_borrow_mut(|matcher| matcher.pack(bits, data));
}

struct Matcher {
    /// For each hash the two latest places, the later first, counted through all streams.
    latest: Box<[[u32; 2]]>,
    /// The count at which the stream begins; all places of earlier streams are smaller.
    base: u32,
    tokens: Vec<u32>,
    literals: [u32; LITERALS],
    distances: [u32; DISTANCES],
}

/// A match: how long it is, and how far back. One shorter than [`SHORTEST`] is none.
#[derive(Clone, Copy, Default)]
struct Found {
    length: usize,
    distance: usize,
}

impl Matcher {
    fn new() -> Matcher {
        Matcher {
            latest: vec![[0; 2]; 1 << SLOT_BITS].into(),
            base: 1,
            tokens: Vec::with_capacity(BLOCK),
            literals: [0; LITERALS],
            distances: [0; DISTANCES],
        }
    }

    fn pack(&mut self, bits: &mut Bits, data: &[u8]) {
        // So long a stream is packed in parts that do not know each other.
        const PART: usize = 1 << 30;
        let mut parts = data.chunks(PART).peekable();
        if parts.peek().is_none() {
            self.end_block(bits, true);
        }
        while let Some(part) = parts.next() {
            self.part(bits, part, parts.peek().is_none());
        }
    }

    fn part(&mut self, bits: &mut Bits, data: &[u8], last: bool) {
        if self.base as usize + data.len() + WINDOW > u32::MAX as usize {
            self.latest.fill([0; 2]);
            self.base = 1;
        }
        // Behind it no whole word can be read.
        let searched = (data.len() + 1).saturating_sub(WORD);
        let mut at = 0;
        while at < searched {
            let here = word(data, at);
            let found = self.longest(data, at, here);
            if found.length >= SHORTEST {
                self.push_match(found);
                self.note_all(data, at + 1, searched.min(at + found.length.min(NOTED)));
                at += found.length;
            } else {
                at += self.push_first(here);
            }
            if self.tokens.len() >= BLOCK - WORD {
                self.end_block(bits, false);
            }
        }
        for byte in &data[at..] {
            self.push_literal(*byte);
        }
        if last || !self.tokens.is_empty() {
            self.end_block(bits, last);
        }
        self.base += data.len() as u32;
    }

    /// Remembers the place of the word `here`; gives the two before it with the same hash.
    #[inline(always)]
    fn note(&mut self, at: usize, here: u64) -> [u32; 2] {
        // Three bytes of a character, else six bytes.
        let key = if is_character(here) {
            here << 40
        } else {
            here << 16
        };
        let slot = (key.wrapping_mul(0x9E37_79B1_7F4A_7C15) >> (64 - SLOT_BITS)) as usize;
        let places = &mut self.latest[slot];
        let before = *places;
        *places = [self.base + at as u32, before[0]];
        before
    }

    /// Remembers the places where characters begin.
    fn note_all(&mut self, data: &[u8], from: usize, to: usize) {
        for at in from..to {
            let here = word(data, at);
            if !is_continuation(here as u8) {
                self.note(at, here);
            }
        }
    }

    /// The longest match at `at`, where the word is `here`.
    #[inline(always)]
    fn longest(&mut self, data: &[u8], at: usize, here: u64) -> Found {
        let places = self.note(at, here);
        let lowest = (self.base + at as u32)
            .saturating_sub(WINDOW as u32 - 1)
            .max(self.base);
        let mut best = Found::default();
        for place in places {
            if place < lowest || best.length >= LONG_ENOUGH {
                break;
            }
            let from = (place - self.base) as usize;
            let differ = here ^ word(data, from);
            let length = match differ {
                0 => common(data, from, at),
                _ => differ.trailing_zeros() as usize / 8,
            };
            if length > best.length {
                best = Found {
                    length,
                    distance: at - from,
                };
            }
        }
        // The next match begins with a character, so this one ends with one.
        while best.length > 0 && data.get(at + best.length).copied().is_some_and(is_continuation) {
            best.length -= 1;
        }
        best
    }

    /// Takes the first character of a word as literals, or else its first byte; gives how many bytes that is.
    #[inline(always)]
    fn push_first(&mut self, here: u64) -> usize {
        if !is_character(here) {
            self.push_literal(here as u8);
            return 1;
        }
        for byte in &here.to_le_bytes()[..3] {
            self.literals[usize::from(*byte)] += 1;
        }
        self.tokens.push(CHARACTER | here as u32 & 0xFF_FFFF);
        3
    }

    fn push_literal(&mut self, byte: u8) {
        self.literals[usize::from(byte)] += 1;
        self.tokens.push(byte.into());
    }

    fn push_match(&mut self, Found { length, distance }: Found) {
        self.literals[END + 1 + length_code(length).0] += 1;
        self.distances[distance_code(distance as u32 - 1).0] += 1;
        self.tokens
            .push(MATCH | (length as u32) << 16 | (distance as u32 - 1));
    }

    /// Writes the tokens so far as one block.
    fn end_block(&mut self, bits: &mut Bits, last: bool) {
        self.literals[END] += 1;
        if self.distances.iter().all(|count| *count == 0) {
            // Some decoders want a code for distances also where there is no match.
            self.distances[0] = 1;
        }
        let literal_lengths = limited_lengths(&self.literals, 15);
        let distance_lengths = limited_lengths(&self.distances, 15);
        bits.push(last.into(), 1);
        // Dynamic codes.
        bits.push(2, 2);
        push_lengths(bits, &literal_lengths, &distance_lengths);
        let literals = assign(literal_lengths);
        let distances = assign(distance_lengths);
        let literal = |byte: u32| literals[(byte & 0xFF) as usize];
        for token in &self.tokens {
            let token = *token;
            if token & MATCH != 0 {
                let length = length_parts((token >> 16 & 0x1FF) as usize);
                let distance = distance_parts(token & 0xFFFF);
                bits.push_all([
                    literals[END + 1 + length.0],
                    length.1,
                    distances[distance.0],
                    distance.1,
                ]);
            } else if token & CHARACTER != 0 {
                bits.push_all([literal(token), literal(token >> 8), literal(token >> 16)]);
            } else {
                bits.push_all([literal(token)]);
            }
        }
        bits.push_all([literals[END]]);
        self.tokens.clear();
        self.literals.fill(0);
        self.distances.fill(0);
    }
}

/// The eight bytes at a place, the first lowest.
#[inline(always)]
fn word(data: &[u8], at: usize) -> u64 {
    let mut bytes = [0; WORD];
    bytes.copy_from_slice(&data[at..at + WORD]);
    u64::from_le_bytes(bytes)
}

/// Whether a word begins with a character of three bytes.
fn is_character(word: u64) -> bool {
    word & 0xF0 == 0xE0
}

/// Whether a byte is none that a character begins with.
fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// How many bytes at two places are equal, at most [`LONGEST_MATCH`].
fn common(data: &[u8], from: usize, at: usize) -> usize {
    let here = &data[at..data.len().min(at + LONGEST_MATCH)];
    let there = &data[from..from + here.len()];
    let whole = here.len() / WORD * WORD;
    for begin in (0..whole).step_by(WORD) {
        let differ = word(here, begin) ^ word(there, begin);
        if differ != 0 {
            return begin + differ.trailing_zeros() as usize / 8;
        }
    }
    let rest = here[whole..].iter().zip(&there[whole..]);
    whole + rest.take_while(|(a, b)| a == b).count()
}

/// The length code from 257, counted from 0, and the number of extra bits (RFC 1951, 3.2.5).
fn length_code(length: usize) -> (usize, u32) {
    let above = (length - 3) as u32;
    match above {
        0..8 => (above as usize, 0),
        255 => (28, 0),
        _ => {
            // Four codes for each power of two.
            let extra = above.ilog2() - 2;
            ((4 * extra + (above >> extra)) as usize, extra)
        }
    }
}

/// The length code, and the extra bits with their number.
fn length_parts(length: usize) -> (usize, (u16, u8)) {
    let (code, extra) = length_code(length);
    (code, ((length - 3) as u16 & ((1 << extra) - 1), extra as u8))
}

/// The distance code of a distance less one, and the number of extra bits.
fn distance_code(below: u32) -> (usize, u32) {
    if below < 4 {
        return (below as usize, 0);
    }
    // Two codes for each power of two.
    let extra = below.ilog2() - 1;
    ((2 * extra + (below >> extra)) as usize, extra)
}

/// The distance code of a distance less one, and the extra bits with their number.
fn distance_parts(below: u32) -> (usize, (u16, u8)) {
    let (code, extra) = distance_code(below);
    (code, (below as u16 & ((1 << extra) - 1), extra as u8))
}

/// Writes the lengths of both codes, runs shortened (RFC 1951, 3.2.7).
pub(super) fn push_lengths(bits: &mut Bits, literals: &[u8], distances: &[u8]) {
    let used = |lengths: &[u8], least: usize| {
        lengths
            .iter()
            .rposition(|len| *len > 0)
            .map_or(least, |last| (last + 1).max(least))
    };
    let (literal_count, distance_count) = (used(literals, 257), used(distances, 1));
    let mut lengths = [0u8; LITERALS + DISTANCES];
    lengths[..literal_count].copy_from_slice(&literals[..literal_count]);
    lengths[literal_count..literal_count + distance_count].copy_from_slice(&distances[..distance_count]);
    let lengths = &lengths[..literal_count + distance_count];

    // Symbol; extra bits and their number.
    let mut symbols: Vec<(usize, (u16, u8))> = Vec::with_capacity(lengths.len());
    let mut last = None;
    for run in lengths.chunk_by(|a, b| a == b) {
        let (len, mut rest) = (usize::from(run[0]), run.len());
        while rest > 0 {
            let taken = match (len, rest) {
                (0, 11..) => {
                    let taken = rest.min(138);
                    symbols.push((18, (taken as u16 - 11, 7)));
                    taken
                }
                (0, 3..) => {
                    let taken = rest.min(10);
                    symbols.push((17, (taken as u16 - 3, 3)));
                    taken
                }
                (_, 3..) if last == Some(len) => {
                    let taken = rest.min(6);
                    symbols.push((16, (taken as u16 - 3, 2)));
                    taken
                }
                _ => {
                    symbols.push((len, (0, 0)));
                    1
                }
            };
            last = Some(len);
            rest -= taken;
        }
    }
    let mut counts = [0u32; 19];
    for (symbol, ..) in &symbols {
        counts[*symbol] += 1;
    }
    let own_lengths = limited_lengths(&counts, 7);
    let own = assign(own_lengths);
    let own_count = ORDER
        .iter()
        .rposition(|symbol| own_lengths[*symbol] > 0)
        .map_or(4, |last| (last + 1).max(4));
    bits.push(literal_count as u64 - 257, 5);
    bits.push(distance_count as u64 - 1, 5);
    bits.push(own_count as u64 - 4, 4);
    for symbol in &ORDER[..own_count] {
        bits.push(own_lengths[*symbol].into(), 3);
    }
    for (symbol, extra) in symbols {
        bits.push_all([own[symbol], extra]);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    fn there_and_back(data: &[u8]) -> usize {
        let mut bits = Bits::default();
        append(&mut bits, data);
        let stream = bits.finish();
        let mut inflated = Vec::new();
        flate2::read::DeflateDecoder::new(&stream[..])
            .read_to_end(&mut inflated)
            .unwrap();
        assert!(inflated == data, "{} bytes", data.len());
        stream.len()
    }

    proptest! {
        #[test]
        fn anything_comes_back(
            data in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..3000),
                prop::collection::vec(0u8..3, 0..3000),
                prop::collection::vec(prop_oneof!["甲乙", "<w:r>", "</w:r>", "党的"], 0..900).prop_map(|parts| parts.concat().into_bytes()),
            ]
        ) {
            there_and_back(&data);
        }

    }

    #[test]
    fn long_and_far_repeats_come_back() {
        let noise: Vec<u8> = (0..70_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 21) as u8)
            .collect();
        for data in [
            vec![0; 300_000],
            noise.repeat(3),
            [noise[..40_000].to_vec(), vec![1; 600], noise[..40_000].to_vec()].concat(),
            (0..3u32).flat_map(|n| [n as u8; 258]).collect(),
        ] {
            there_and_back(&data);
        }
    }

    #[test]
    fn lengths_and_distances_have_the_codes_of_the_standard() {
        // First length or distance, code, extra bits: from the tables of RFC 1951, 3.2.5.
        for (first, code, extra) in [
            (3, 0, 0),
            (10, 7, 0),
            (11, 8, 1),
            (13, 9, 1),
            (19, 12, 2),
            (67, 20, 4),
            (131, 24, 5),
        ] {
            assert_eq!(length_code(first), (code, extra));
            assert_eq!(length_code(first + (1 << extra) - 1), (code, extra));
        }
        assert_eq!([227, 257, 258].map(length_code), [(27, 5), (27, 5), (28, 0)]);
        for (first, code, extra) in [
            (1, 0, 0),
            (4, 3, 0),
            (5, 4, 1),
            (9, 6, 2),
            (193, 15, 6),
            (1025, 20, 9),
            (16_385, 28, 13),
            (24_577, 29, 13),
        ] {
            assert_eq!(distance_code(first - 1), (code, extra));
            assert_eq!(distance_code(first - 1 + (1 << extra) - 1), (code, extra));
        }
    }

    #[test]
    fn xml_and_prose_are_packed_about_as_well_as_zlib_does() {
        use std::io::Write;
        let text = include_str!("../../../samples/work-conference.txt");
        let xml: String = text
            .lines()
            .map(|line| {
                format!("<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>")
            })
            .collect();
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(xml.as_bytes()).unwrap();
        let theirs = encoder.finish().unwrap().len();
        let ours = there_and_back(xml.as_bytes());
        assert!(ours * 100 <= theirs * 104, "{ours} against {theirs}");
    }
}
