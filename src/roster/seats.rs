//! How many others a proposal is shown. Each kind of relation has seats of its own, so that none can crowd out another.

use std::collections::BTreeSet;

/// The others that a proposal is shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// In the order of the inputs.
    pub shown: BTreeSet<usize>,
    /// How there are more that would have to be looked at, in words that follow `other proposals of this run`.
    pub crowded: Vec<Crowded>,
}

/// A relation with more proposals than seats.
#[derive(Debug, PartialEq, Eq)]
pub struct Crowded {
    /// How many there are at the most.
    pub seats: usize,
    /// What they have in common, in words.
    pub what: &'static str,
}

/// Where one that is not shown could be the one that counts, and so the proposal can't be judged without it.
pub const EACH_COUNTS: usize = 48;

impl Seats {
    /// Seats those of whom each may matter by itself. Each is counted once, however often it is named.
    pub fn each(&mut self, own: usize, what: &'static str, others: impl IntoIterator<Item = usize>) {
        if !self.first(own, EACH_COUNTS, others) {
            self.crowded.push(Crowded { seats: EACH_COUNTS, what });
        }
    }

    /// Seats the first so many; whether those were all. For relations in which those that are shown say what all would say.
    pub fn first(&mut self, own: usize, most: usize, others: impl IntoIterator<Item = usize>) -> bool {
        let mut seated = BTreeSet::new();
        for other in others {
            if other == own || seated.contains(&other) {
                continue;
            }
            if seated.len() == most {
                return false;
            }
            seated.insert(other);
            self.shown.insert(other);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{EACH_COUNTS, Seats};

    #[test]
    fn what_is_named_again_takes_no_second_seat() {
        let mut seats = Seats::default();
        seats.each(0, "again", std::iter::repeat_n(1, 100).chain(0..=EACH_COUNTS));
        assert_eq!((seats.shown.len(), seats.crowded.len()), (EACH_COUNTS, 0));
        seats.each(0, "one too many", 0..=EACH_COUNTS + 1);
        assert_eq!((seats.shown.len(), seats.crowded.len()), (EACH_COUNTS, 1));
    }

    #[test]
    fn relations_do_not_share_their_seats() {
        let mut seats = Seats::default();
        assert!(!seats.first(0, 2, 1..10));
        assert!(seats.first(0, 2, 10..12));
        assert_eq!(seats.shown.into_iter().collect::<Vec<_>>(), [1, 2, 10, 11]);
    }
}
