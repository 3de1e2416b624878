//! Huffman codes as deflate wants them (RFC 1951, 3.2.2).

/// The longest code deflate allows, in bits.
pub(super) const LONGEST: u8 = 15;

/// More symbols than any code has.
const MOST: usize = 288;

/// The lengths of a Huffman code, none above `longest`, for symbols that occur so often; 0 for those that do not occur.
///
/// A single symbol gets one bit, as decoders expect.
pub(super) fn limited_lengths<const N: usize>(counts: &[u32; N], longest: u8) -> [u8; N] {
    let mut lengths = [0u8; N];
    // Rarest first; equal ones by symbol, so that the same counts give the same code.
    let mut leaves = [0u64; MOST];
    let mut used = 0;
    for (symbol, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        leaves[used] = u64::from(*count) << 16 | symbol as u64;
        used += 1;
    }
    let leaves = &mut leaves[..used];
    leaves.sort_unstable();
    let symbol = |leaf: u64| (leaf & 0xFFFF) as usize;
    match leaves {
        [] => return lengths,
        [only] => {
            lengths[symbol(*only)] = 1;
            return lengths;
        }
        _ => {}
    }
    loop {
        let depths = depths(leaves);
        if depths[..used].iter().all(|depth| *depth <= longest) {
            for (leaf, depth) in leaves.iter().zip(depths) {
                lengths[symbol(*leaf)] = depth;
            }
            return lengths;
        }
        // Bring the rare nearer to the frequent until the longest code is short enough; the order stays.
        for leaf in &mut *leaves {
            *leaf = ((*leaf >> 16) / 2 + 1) << 16 | (*leaf & 0xFFFF);
        }
    }
}

/// How deep each leaf stands in the Huffman tree; leaves, with their counts above the low 16 bits, come rarest first.
///
/// Inner nodes are made in the order of their counts too, so that the two smallest are always at the front of one of two
/// queues.
fn depths(leaves: &[u64]) -> [u8; 2 * MOST] {
    let count = leaves.len();
    // Leaves, then inner nodes: the count of each, and the node above it.
    let mut counts = [0u64; 2 * MOST];
    for (place, leaf) in counts.iter_mut().zip(leaves) {
        *place = leaf >> 16;
    }
    let mut above = [0u16; 2 * MOST];
    let (mut leaf, mut inner) = (0, count);
    for node in count..2 * count - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            let next = if leaf < count && (inner >= node || counts[leaf] <= counts[inner]) {
                leaf += 1;
                leaf - 1
            } else {
                inner += 1;
                inner - 1
            };
            sum += counts[next];
            above[next] = node as u16;
        }
        counts[node] = sum;
    }
    let mut depths = [0u8; 2 * MOST];
    for node in (0..2 * count - 2).rev() {
        depths[node] = depths[usize::from(above[node])].saturating_add(1);
    }
    depths
}

/// The lengths of a Huffman code for symbols that occur so often; each occurs at least once.
pub(super) fn lengths<const N: usize>(counts: [u32; N]) -> [u8; N] {
    limited_lengths(&counts, LONGEST)
}

/// The codes of these lengths (RFC 1951, 3.2.2), turned round to be written lowest bit first.
pub(super) fn assign<const N: usize>(lengths: [u8; N]) -> [(u16, u8); N] {
    let mut counts = [0u16; LONGEST as usize + 1];
    for len in &lengths {
        counts[usize::from(*len)] += 1;
    }
    let mut next = [0u16; LONGEST as usize + 1];
    let mut code = 0u16;
    for len in 1..next.len() {
        next[len] = code;
        code = code.wrapping_add(counts[len]) << 1;
    }
    lengths.map(|len| {
        if len == 0 {
            return (0, 0);
        }
        let code = &mut next[usize::from(len)];
        let turned = code.reverse_bits() >> (16 - len);
        *code += 1;
        (turned, len)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_lengths_keep_the_limit() {
        // Fibonacci numbers make the deepest tree.
        let mut counts = [1u32; 40];
        for i in 2..40 {
            counts[i] = counts[i - 1] + counts[i - 2];
        }
        let leaves = counts.map(|count| u64::from(count) << 16);
        assert!(depths(&leaves).into_iter().max() > Some(LONGEST));
        let lengths = lengths(counts);
        assert!(lengths.iter().all(|len| (1..=LONGEST).contains(len)));
        let used: u32 = lengths.iter().map(|len| 1 << (LONGEST - len)).sum();
        assert_eq!(used, 1 << LONGEST);
    }

    #[test]
    fn symbols_that_do_not_occur_have_no_code() {
        assert_eq!(limited_lengths(&[0, 5, 0], 7), [0, 1, 0]);
        assert_eq!(limited_lengths(&[1, 0, 2, 4], 7), [2, 0, 2, 1].map(|len: u8| len));
        assert_eq!(assign([2, 0, 2, 1]), [(0b01, 2), (0, 0), (0b11, 2), (0, 1)]);
    }
}
