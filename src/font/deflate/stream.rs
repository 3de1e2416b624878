//! Deflate for whole streams: pages, character maps, XML.
//!
//! Many short streams make up a file, and general compressors take longer to begin one than to pack it: their tables are
//! large and must be cleared. Here the tables are small, are kept for each thread, and need no clearing, because places
//! count on from one stream to the next. Matches are looked for a few steps back, each block has codes of its own.

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
const SLOT_BITS: u32 = 13;
/// Literals and matches of one block.
const BLOCK: usize = 1 << 14;
const SHORTEST: usize = 4;
const LONGEST_MATCH: usize = 258;
/// Earlier places tried for each match.
const TRIES: usize = 4;
/// From this length on a match is taken without a look at the next byte.
const LONG_ENOUGH: usize = 24;
/// A token that is a match has this bit, its length above the low 16 bits, and its distance less one in them.
const MATCH: u32 = 1 << 31;

thread_local! {
    static MATCHER: RefCell<Matcher> = RefCell::new(Matcher::new());
}

/// Appends `data` to a stream, which it ends.
pub(super) fn append(bits: &mut Bits, data: &[u8]) {
    MATCHER.with_borrow_mut(|matcher| matcher.pack(bits, data));
}

struct Matcher {
    /// For each hash the latest place, counted through all streams.
    latest: Box<[u32]>,
    /// For each place of the window the one before it with the same hash.
    before: Box<[u32]>,
    /// The count at which the stream begins; all places of earlier streams are smaller.
    base: u32,
    tokens: Vec<u32>,
    literals: [u32; LITERALS],
    distances: [u32; DISTANCES],
}

impl Matcher {
    fn new() -> Matcher {
        Matcher {
            latest: vec![0; 1 << SLOT_BITS].into(),
            before: vec![0; WINDOW].into(),
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
            self.latest.fill(0);
            self.before.fill(0);
            self.base = 1;
        }
        let mut at = 0;
        // The match found at the byte before, when that was kept back in the hope of a longer one.
        let mut kept: Option<(usize, usize)> = None;
        while at < data.len() {
            let shortest = kept.map_or(SHORTEST - 1, |(length, _)| length);
            let found = self.longest(data, at, shortest);
            if let (Some((length, distance)), None) = (kept, found) {
                // Nothing longer at this byte: the match of the byte before holds.
                self.push_match(length, distance);
                let end = at - 1 + length;
                for place in at + 1..end {
                    self.note(data, place);
                }
                at = end;
                kept = None;
            } else {
                if kept.is_some() {
                    self.push_literal(data[at - 1]);
                }
                kept = found;
                match found {
                    Some((length, distance)) if length >= LONG_ENOUGH => {
                        self.push_match(length, distance);
                        // What repeats at length repeats from its beginning.
                        for place in at + 1..at + LONG_ENOUGH / 2 {
                            self.note(data, place);
                        }
                        at += length;
                        kept = None;
                    }
                    Some(_) => at += 1,
                    None => {
                        self.push_literal(data[at]);
                        at += 1;
                    }
                }
            }
            if self.tokens.len() >= BLOCK - 2 {
                self.end_block(bits, false);
            }
        }
        if let Some((length, distance)) = kept {
            self.push_match(length, distance);
        }
        if last || !self.tokens.is_empty() {
            self.end_block(bits, last);
        }
        self.base += data.len() as u32;
    }

    /// Remembers a place; gives the one before it with the same hash.
    fn note(&mut self, data: &[u8], at: usize) -> u32 {
        let Some(&[a, b, c, d]) = data.get(at..at + SHORTEST) else {
            return 0;
        };
        let key = u32::from_le_bytes([a, b, c, d]);
        let slot = (key.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS)) as usize;
        let place = self.base + at as u32;
        let before = std::mem::replace(&mut self.latest[slot], place);
        self.before[place as usize % WINDOW] = before;
        before
    }

    /// The longest match at `at` that is longer than `shortest`: length and distance.
    fn longest(&mut self, data: &[u8], at: usize, shortest: usize) -> Option<(usize, usize)> {
        let mut place = self.note(data, at);
        let lowest = self
            .base
            .max((self.base + at as u32).saturating_sub(WINDOW as u32 - 1));
        let here = &data[at..data.len().min(at + LONGEST_MATCH)];
        let mut best = None;
        let mut length = shortest;
        for _ in 0..TRIES {
            if place < lowest || length >= here.len() {
                break;
            }
            let from = (place - self.base) as usize;
            if data[from + length] == here[length] {
                let common = common(&data[from..], here);
                if common > length {
                    length = common;
                    best = Some((common, at - from));
                    if common >= LONG_ENOUGH {
                        break;
                    }
                }
            }
            place = self.before[place as usize % WINDOW];
        }
        best
    }

    fn push_literal(&mut self, byte: u8) {
        self.literals[usize::from(byte)] += 1;
        self.tokens.push(byte.into());
    }

    fn push_match(&mut self, length: usize, distance: usize) {
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
        bits.push(u32::from(last), 1);
        // Dynamic codes.
        bits.push(2, 2);
        push_lengths(bits, &literal_lengths, &distance_lengths);
        let literals = assign(literal_lengths);
        let distances = assign(distance_lengths);
        for token in &self.tokens {
            if token & MATCH == 0 {
                let (code, len) = literals[*token as usize];
                bits.push(code.into(), len.into());
            } else {
                let (symbol, extra, extra_len) = length_parts((*token >> 16 & 0x1FF) as usize);
                let (code, len) = literals[END + 1 + symbol];
                let len = u32::from(len);
                bits.push(u32::from(code) | extra << len, len + extra_len);
                let (symbol, extra, extra_len) = distance_parts(*token & 0xFFFF);
                let (code, len) = distances[symbol];
                let len = u32::from(len);
                bits.push(u32::from(code) | extra << len, len + extra_len);
            }
        }
        let (code, len) = literals[END];
        bits.push(code.into(), len.into());
        self.tokens.clear();
        self.literals.fill(0);
        self.distances.fill(0);
    }
}

/// How many bytes at the beginning are equal.
fn common(a: &[u8], b: &[u8]) -> usize {
    let mut length = 0;
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        let word = |bytes: &[u8]| {
            u64::from_le_bytes([
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
            ])
        };
        let differ = word(x) ^ word(y);
        if differ != 0 {
            return length + differ.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length
        + a[length..]
            .iter()
            .zip(&b[length..])
            .take_while(|(a, b)| a == b)
            .count()
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

fn length_parts(length: usize) -> (usize, u32, u32) {
    let (code, extra) = length_code(length);
    (code, (length as u32 - 3) & ((1 << extra) - 1), extra)
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

fn distance_parts(below: u32) -> (usize, u32, u32) {
    let (code, extra) = distance_code(below);
    (code, below & ((1 << extra) - 1), extra)
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

    // Symbol, extra bits, their number.
    let mut symbols: Vec<(usize, u32, u32)> = Vec::with_capacity(lengths.len());
    let mut last = None;
    for run in lengths.chunk_by(|a, b| a == b) {
        let (len, mut rest) = (usize::from(run[0]), run.len());
        while rest > 0 {
            let taken = match (len, rest) {
                (0, 11..) => {
                    let taken = rest.min(138);
                    symbols.push((18, taken as u32 - 11, 7));
                    taken
                }
                (0, 3..) => {
                    let taken = rest.min(10);
                    symbols.push((17, taken as u32 - 3, 3));
                    taken
                }
                (_, 3..) if last == Some(len) => {
                    let taken = rest.min(6);
                    symbols.push((16, taken as u32 - 3, 2));
                    taken
                }
                _ => {
                    symbols.push((len, 0, 0));
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
    bits.push(literal_count as u32 - 257, 5);
    bits.push(distance_count as u32 - 1, 5);
    bits.push(own_count as u32 - 4, 4);
    for symbol in &ORDER[..own_count] {
        bits.push(own_lengths[*symbol].into(), 3);
    }
    for (symbol, extra, extra_len) in symbols {
        let (code, len) = own[symbol];
        let len = u32::from(len);
        bits.push(u32::from(code) | extra << len, len + extra_len);
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
