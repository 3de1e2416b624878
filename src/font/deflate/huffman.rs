//! Huffman codes as deflate wants them (RFC 1951, 3.2.2).

/// The longest code deflate allows, in bits.
pub(super) const LONGEST: u8 = 15;

/// The lengths of a Huffman code, none above `longest`, for symbols that occur so often; 0 for those that do not occur.
///
/// A single symbol gets one bit, as decoders expect.
pub(super) fn limited_lengths<const N: usize>(counts: &[u32; N], longest: u8) -> [u8; N] {
    let mut lengths = [0u8; N];
    // Rarest first; equal ones by symbol, so that the same counts give the same code.
    let mut leaves: Vec<(u32, usize)> = Vec::with_capacity(N);
    leaves.extend(
        counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(symbol, count)| (*count, symbol)),
    );
    leaves.sort_unstable();
    match leaves.len() {
        0 => return lengths,
        1 => {
            lengths[leaves[0].1] = 1;
            return lengths;
        }
        _ => {}
    }
    loop {
        let depths = depths(&leaves);
        if depths.iter().all(|depth| *depth <= longest) {
            for ((_, symbol), depth) in leaves.iter().zip(depths) {
                lengths[*symbol] = depth;
            }
            return lengths;
        }
        // Bring the rare nearer to the frequent until the longest code is short enough; the order stays.
        for (count, _) in &mut leaves {
            *count = *count / 2 + 1;
        }
    }
}

/// How deep each leaf stands in the Huffman tree; leaves come rarest first.
///
/// Inner nodes are made in the order of their counts too, so that the two smallest are always at the front of one of two
/// queues.
fn depths(leaves: &[(u32, usize)]) -> Vec<u8> {
    let count = leaves.len();
    // Leaves, then inner nodes: the count of each, and the node above it.
    let mut counts: Vec<u32> = leaves.iter().map(|(count, _)| *count).collect();
    let mut above = vec![0u32; 2 * count - 1];
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
            above[next] = node as u32;
        }
        counts.push(sum);
    }
    let mut depths = vec![0u8; 2 * count - 1];
    for node in (0..2 * count - 2).rev() {
        depths[node] = depths[above[node] as usize].saturating_add(1);
    }
    depths.truncate(count);
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
        let leaves: Vec<(u32, usize)> = counts.iter().copied().zip(0..).collect();
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
