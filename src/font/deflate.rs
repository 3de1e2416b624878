//! Deflate for outlines: each glyph packed by itself, with codes that all glyphs of a face share.
//!
//! Deflating a subset takes longer than all the rest of a PDF. So a glyph is packed once and kept, as bits; a stream with
//! many glyphs is their bits one after the other in a single block (RFC 1951, 3.2.7), behind one table of codes that
//! was made from a sample of the face. Repeats are not looked for: outlines have next to none. A usual subset of 500
//! characters comes to 76 % of its size here; zlib packs it to 70 % at level 6 and to 75 % at level 1, with all its
//! searching.
//!
//! Codes made from a sample serve what else is short and of a kind; all other data is deflated by [`stream`].

mod huffman;
mod stream;
mod sums;

use self::huffman::{assign, lengths};
use self::stream::append;
pub(super) use self::sums::{Sums, sum_of_words};

/// The two bytes a zlib stream begins with (RFC 1950): deflate, 32 kB window, fastest.
pub(super) const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];

/// `data` as a zlib stream.
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(data.len() / 2 + 256);
    stream.extend(ZLIB_HEADER);
    let mut bits = Bits::after(stream);
    append(&mut bits, data);
    let mut stream = bits.finish();
    stream.extend(sums::adler(data).to_be_bytes());
    stream
}

/// `data` as a bare deflate stream, as archives hold it.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut bits = Bits::after(Vec::with_capacity(data.len() / 2 + 256));
    append(&mut bits, data);
    bits.finish()
}

/// Literals and the end of the block; no lengths.
const LITERALS: usize = 257;
/// The literal code that ends a block.
const END: usize = 256;

/// Bits in the order deflate wants them: the lowest of each byte first.
#[derive(Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// The bits that do not fill a byte yet, and their number, less than 8.
    rest: u64,
    rest_len: u32,
}

impl Bits {
    /// Bits that begin with these bytes.
    pub(super) fn after(bytes: Vec<u8>) -> Bits {
        Bits {
            bytes,
            rest: 0,
            rest_len: 0,
        }
    }

    /// Appends the lowest `len` bits of `value`, at most 56; the others are 0.
    #[inline(always)]
    fn push(&mut self, value: u64, len: u32) {
        self.rest |= value << self.rest_len;
        self.rest_len += len;
        // All eight bytes are written and the length counts the whole ones: no branch.
        let end = self.bytes.len() + (self.rest_len / 8) as usize;
        self.bytes.extend_from_slice(&self.rest.to_le_bytes());
        self.bytes.truncate(end);
        self.rest >>= self.rest_len & !7;
        self.rest_len &= 7;
    }

    /// Appends codes or extra bits with their lengths, together at most 56.
    #[inline(always)]
    fn push_all<const N: usize>(&mut self, codes: [(u16, u8); N]) {
        let (mut all, mut all_len) = (0, 0);
        for (code, len) in codes {
            all |= u64::from(code) << all_len;
            all_len += u32::from(len);
        }
        self.push(all, all_len);
    }

    /// Appends a packed glyph.
    pub(super) fn append(&mut self, packed: &Packed) {
        let (words, last) = packed.words.split_at((packed.bits / 32) as usize);
        let begin = self.bytes.len();
        self.bytes.resize(begin + 4 * words.len(), 0);
        for (bytes, word) in self.bytes[begin..].chunks_exact_mut(4).zip(words) {
            self.rest |= u64::from(*word) << self.rest_len;
            bytes.copy_from_slice(&(self.rest as u32).to_le_bytes());
            self.rest >>= 32;
        }
        if let [last] = last {
            self.push((*last).into(), packed.bits % 32);
        }
    }

    /// The bits as a piece, of data with these sums.
    fn packed(self, sums: Sums) -> Packed {
        let bits = 8 * self.bytes.len() as u32 + self.rest_len;
        let mut bytes = self.finish();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        let words = bytes
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
        Packed {
            words: words.collect(),
            bits,
            sums,
        }
    }

    /// The bytes, filled up with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let rest = self.rest.to_le_bytes();
        self.bytes
            .extend_from_slice(&rest[..self.rest_len.div_ceil(8) as usize]);
        self.bytes
    }
}

/// One packed piece of data.
#[derive(Debug)]
pub(super) struct Packed {
    words: Box<[u32]>,
    bits: u32,
    /// The sums of the data before packing.
    pub(super) sums: Sums,
}

impl Packed {
    /// Its size in bytes, about.
    pub(super) fn size(&self) -> usize {
        4 * self.words.len()
    }
}

/// Codes shared by all pieces of a stream.
#[derive(Debug)]
pub(crate) struct Codes {
    /// Bits and their number, by symbol.
    literals: [(u16, u8); LITERALS],
    /// The lengths of the codes as a block tells them.
    header: Packed,
}

impl Codes {
    /// Codes that suit data like this sample. Any data can be packed with them.
    pub(crate) fn from_sample<'a>(sample: impl Iterator<Item = &'a [u8]>) -> Codes {
        let mut counts = [1; LITERALS];
        for byte in sample.flatten() {
            counts[usize::from(*byte)] += 1;
        }
        let lengths = lengths(counts);
        let mut header = Bits::default();
        // One code for distances, which is not used; some decoders want one.
        stream::push_lengths(&mut header, &lengths, &[1]);
        Codes {
            literals: assign(lengths),
            header: header.packed(Sums::of(&[])),
        }
    }

    /// Begins a block of a stream, its last one or not: its header with these codes.
    pub(super) fn begin(&self, bits: &mut Bits, last: bool) {
        bits.push(last.into(), 1);
        // Dynamic codes.
        bits.push(2, 2);
        bits.append(&self.header);
    }

    /// Ends the block.
    pub(super) fn end(&self, bits: &mut Bits) {
        bits.push_all([self.literals[END]]);
    }

    /// Packs a piece; its length counts as rounded up to whole words, filled with zeros.
    pub(super) fn pack(&self, data: &[u8]) -> Packed {
        let mut padded = data.to_vec();
        padded.resize(data.len().next_multiple_of(4), 0);
        self.pack_as_it_is(&padded)
    }

    /// Packs a piece that may end inside a word.
    pub(super) fn pack_as_it_is(&self, data: &[u8]) -> Packed {
        let mut bits = Bits::after(Vec::with_capacity(data.len()));
        self.push(&mut bits, data);
        bits.packed(Sums::of(data))
    }

    /// Appends data as they are to a block that was begun.
    pub(super) fn push(&self, bits: &mut Bits, data: &[u8]) {
        let code = |byte: u8| self.literals[usize::from(byte)];
        let mut threes = data.chunks_exact(3);
        for three in &mut threes {
            bits.push_all([code(three[0]), code(three[1]), code(three[2])]);
        }
        for byte in threes.remainder() {
            bits.push_all([code(*byte)]);
        }
    }

    /// `data` as a zlib stream with these codes, without a search for repeats: for short data of which the sample was
    /// like, such as character maps.
    pub(crate) fn zlib(&self, data: &[u8]) -> Vec<u8> {
        let mut stream = Vec::with_capacity(data.len() + 256);
        stream.extend(ZLIB_HEADER);
        let mut bits = Bits::after(stream);
        self.begin(&mut bits, true);
        self.push(&mut bits, data);
        self.end(&mut bits);
        let mut stream = bits.finish();
        stream.extend(sums::adler(data).to_be_bytes());
        stream
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    fn unpacked(pieces: &[Vec<u8>], codes: &Codes) -> Vec<u8> {
        let mut bits = Bits::after(vec![0x78, 0x01]);
        codes.begin(&mut bits, true);
        let mut sums = Sums::of(&[]);
        for piece in pieces {
            let packed = codes.pack(piece);
            sums = sums.then(packed.sums);
            bits.append(&packed);
        }
        codes.end(&mut bits);
        let mut stream = bits.finish();
        stream.extend(sums.adler().to_be_bytes());
        let mut data = Vec::new();
        // The decoder compares the checksum.
        flate2::read::ZlibDecoder::new(&stream[..])
            .read_to_end(&mut data)
            .unwrap();
        data
    }

    fn padded(pieces: &[Vec<u8>]) -> Vec<u8> {
        let mut data = Vec::new();
        for piece in pieces {
            data.extend(piece);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        data
    }

    proptest! {
        #[test]
        fn streams_without_repeats_inflate(data in prop::collection::vec(any::<u8>(), 0..3000)) {
            let codes = Codes::from_sample(std::iter::once(&b"0123456789ABCDEF<>"[..]));
            let mut inflated = Vec::new();
            flate2::read::ZlibDecoder::new(&codes.zlib(&data)[..]).read_to_end(&mut inflated).unwrap();
            prop_assert_eq!(&inflated, &data);
        }

        #[test]
        fn zlib_streams_inflate(data in prop::collection::vec(any::<u8>(), 0..5000)) {
            let mut inflated = Vec::new();
            flate2::read::ZlibDecoder::new(&zlib(&data)[..]).read_to_end(&mut inflated).unwrap();
            prop_assert_eq!(&inflated, &data);
        }

        #[test]
        fn blocks_of_different_codes_follow_each_other(data in prop::collection::vec(any::<u8>(), 0..2000)) {
            let (one, other) = (Codes::from_sample(std::iter::once(&data[..])), Codes::from_sample(std::iter::empty()));
            let packed = other.pack(b"end.");
            let mut bits = Bits::after(ZLIB_HEADER.to_vec());
            one.begin(&mut bits, false);
            one.push(&mut bits, &data);
            one.end(&mut bits);
            other.begin(&mut bits, true);
            bits.append(&packed);
            other.end(&mut bits);
            let mut stream = bits.finish();
            stream.extend(Sums::of(&data).then(packed.sums).adler().to_be_bytes());
            let mut inflated = Vec::new();
            flate2::read::ZlibDecoder::new(&stream[..]).read_to_end(&mut inflated).unwrap();
            prop_assert_eq!(&inflated[..], &[&data[..], b"end."].concat()[..]);
        }

        #[test]
        fn any_pieces_come_back(
            pieces in prop::collection::vec(prop::collection::vec(prop_oneof![0u8..4, any::<u8>()], 0..600), 0..8),
            sample in prop::collection::vec(any::<u8>(), 0..50),
        ) {
            let codes = Codes::from_sample(std::iter::once(&sample[..]));
            prop_assert_eq!(unpacked(&pieces, &codes), padded(&pieces));
        }
    }

    #[test]
    fn long_pieces_come_back() {
        let noise: Vec<u8> = (0..40_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        let pieces = vec![vec![0; 100_000], noise.repeat(2), vec![7]];
        let codes = Codes::from_sample(std::iter::empty());
        assert!(unpacked(&pieces, &codes) == padded(&pieces));
    }
}
