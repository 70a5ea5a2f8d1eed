//! Where digits stand in a text.

use std::ops::Range;

/// How many bytes are looked at together: as many as a number has bits.
const BLOCK: usize = 64;

/// The runs of digits of a text, from the first to the last.
pub(super) fn runs(text: &str) -> Vec<Range<usize>> {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    // The last block has room left, so that a run at the end of the text ends in it.
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let (mut runs, mut start, mut inside) = (Vec::with_capacity(BLOCK), None, 0);
    for (at, block) in blocks.iter().chain([&last]).enumerate() {
        let digits = digits(block);
        // Where digits begin and where they end, in turn.
        let mut edges = digits ^ (digits << 1 | inside);
        inside = digits >> (BLOCK - 1);
        while edges != 0 {
            let edge = at * BLOCK + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            match start.take() {
                Some(start) => runs.push(start..edge),
                None => start = Some(edge),
            }
        }
    }
    runs
}

/// A bit for each byte that is a digit, the lowest for the first. The compiler compares sixteen bytes at a time, and one
/// multiplication gathers the answers of eight.
fn digits(bytes: &[u8; BLOCK]) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut answers = [0_u8; BLOCK];
    for (answer, byte) in answers.iter_mut().zip(bytes) {
        *answer = u8::from(byte.is_ascii_digit());
    }
    let (eights, _) = answers.as_chunks::<8>();
    let mut digits = 0;
    for (at, eight) in eights.iter().enumerate() {
        digits |= u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56 << (8 * at);
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_all_digits_and_nothing_else(text in "([a-zæ /:;]{0,70}[0-9]{1,70}){0,4}[å -]{0,5}") {
            let mut rest: Vec<char> = text.chars().map(|char| if char.is_ascii_digit() { ' ' } else { char }).collect();
            for run in runs(&text) {
                prop_assert!(!run.is_empty() && text[run.clone()].bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(!text[..run.start].ends_with(|char: char| char.is_ascii_digit()));
                let from = text[..run.start].chars().count();
                rest.splice(from..from + run.len(), text[run].chars());
            }
            prop_assert_eq!(rest.into_iter().collect::<String>(), text);
        }
    }
}
