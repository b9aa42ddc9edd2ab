//! The words of which a text can be made that is a commonplace and nothing else.

use super::commonplaces::{COMMONPLACES, TRIMMINGS};
use crate::proposal::filler::FILLERS;

/// As many bits that a word of some 240 has one in seventy of being taken for another.
const BITS: usize = 1 << 14;

/// The bit of each word, laid down by the compiler: a run on one proposal asks some hundred texts, and should not pay for a set of words.
static SEEN: [u64; BITS / 64] = {
    let mut seen = [0; BITS / 64];
    let mut list = 0;
    while list < 3 {
        let phrases = [COMMONPLACES, FILLERS, TRIMMINGS][list];
        let mut at = 0;
        while at < phrases.len() {
            lay_down(phrases[at].as_bytes(), &mut seen);
            at += 1;
        }
        list += 1;
    }
    seen
};

/// Sets the bit of each word of a phrase.
const fn lay_down(phrase: &[u8], seen: &mut [u64; BITS / 64]) {
    let mut start = 0;
    let mut end = 0;
    while end <= phrase.len() {
        if end == phrase.len() || phrase[end] == b' ' {
            let bit = bit(phrase, start, end);
            seen[bit / 64] |= 1 << (bit % 64);
            start = end + 1;
        }
        end += 1;
    }
}

/// Where the bit of a word is, by the hash of Fowler, Noll and Vo.
const fn bit(text: &[u8], start: usize, end: usize) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = start;
    while at < end {
        hash = (hash ^ text[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    (hash ^ (hash >> 32)) as usize % BITS
}

/// Whether a word may be one of those. It says no of most others, and never of one of them.
pub(super) fn may_be(word: &str) -> bool {
    let bit = bit(word.as_bytes(), 0, word.len());
    SEEN[bit / 64] >> (bit % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::super::commonplaces::{COMMONPLACES, TRIMMINGS};
    use super::{FILLERS, SEEN, may_be};

    #[test]
    fn each_word_is_known_and_few_others_are() {
        let phrases = COMMONPLACES.iter().chain(FILLERS).chain(TRIMMINGS);
        assert!(phrases.flat_map(|phrase| phrase.split(' ')).all(may_be));
        assert!(SEEN.iter().map(|bits| bits.count_ones()).sum::<u32>() < 300);
        let others = ["replica", "postgres", "failover", "checksum", "switchover", "maintenance", "Überprüfung"];
        assert!(others.iter().filter(|word| may_be(word)).count() <= 1);
    }
}
