//! Huffman codes as deflate wants them (RFC 1951, 3.2.2).

/// The longest code deflate allows, in bits.
pub(super) const LONGEST: u8 = 15;

/// The lengths of a Huffman code for symbols that occur so often; each occurs at least once.
pub(super) fn lengths<const N: usize>(mut counts: [u32; N]) -> [u8; N] {
    loop {
        let lengths = unlimited_lengths(&counts);
        if lengths.iter().all(|len| *len <= LONGEST) {
            return lengths;
        }
        // Bring the rare nearer to the frequent until the longest code is short enough.
        counts = counts.map(|count| count / 2 + 1);
    }
}

fn unlimited_lengths<const N: usize>(counts: &[u32; N]) -> [u8; N] {
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;
    // The symbols, then the inner nodes of the tree in the order they are made; each knows the one above it.
    let mut above = vec![0; 2 * N - 1];
    let mut heap: BinaryHeap<Reverse<(u32, usize)>> = counts
        .iter()
        .enumerate()
        .map(|(symbol, count)| Reverse((*count, symbol)))
        .collect();
    for node in N..2 * N - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            if let Some(Reverse((count, below))) = heap.pop() {
                sum += count;
                above[below] = node;
            }
        }
        heap.push(Reverse((sum, node)));
    }
    let mut depths = vec![0u8; 2 * N - 1];
    for node in (0..2 * N - 2).rev() {
        depths[node] = depths[above[node]].saturating_add(1);
    }
    std::array::from_fn(|symbol| depths[symbol])
}

/// The codes of these lengths (RFC 1951, 3.2.2), turned round to be written lowest bit first.
pub(super) fn assign<const N: usize>(lengths: [u8; N]) -> [(u16, u8); N] {
    let mut next = [0u16; LONGEST as usize + 1];
    let mut code = 0;
    for len in 1..=LONGEST {
        next[usize::from(len)] = code;
        let count = lengths.iter().filter(|other| **other == len).count() as u16;
        code = (code + count) << 1;
    }
    lengths.map(|len| {
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
        assert!(unlimited_lengths(&counts).into_iter().max() > Some(LONGEST));
        let lengths = lengths(counts);
        assert!(lengths.iter().all(|len| (1..=LONGEST).contains(len)));
        let used: u32 = lengths.iter().map(|len| 1 << (LONGEST - len)).sum();
        assert_eq!(used, 1 << LONGEST);
    }
}
