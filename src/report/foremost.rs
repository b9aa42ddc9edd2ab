//! The most important of many, where a place takes no more than so many.

use std::collections::BTreeMap;

/// Keeps so many, those of the first rank first and those of one rank in the order in which they came, and counts what it left out.
#[derive(Debug)]
pub(super) struct Foremost<R, T> {
    most: usize,
    kept: BTreeMap<(R, usize), T>,
    seen: usize,
}

impl<R: Ord, T> Foremost<R, T> {
    pub const fn new(most: usize) -> Self {
        Self { most, kept: BTreeMap::new(), seen: 0 }
    }

    /// Makes and keeps one, where there is room for its rank; one of a later rank gives way.
    pub fn add(&mut self, rank: R, make: impl FnOnce() -> T) {
        let at = (rank, self.seen);
        self.seen += 1;
        if self.kept.len() == self.most {
            if self.kept.last_key_value().is_none_or(|(last, _)| *last < at) {
                return;
            }
            self.kept.pop_last();
        }
        self.kept.insert(at, make());
    }

    /// How many there were.
    pub const fn seen(&self) -> usize {
        self.seen
    }

    /// How many were left out.
    pub fn left_out(&self) -> usize {
        self.seen - self.kept.len()
    }

    /// Those that were kept, in their order.
    pub fn kept_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.kept.values_mut()
    }

    /// The same, to be read.
    pub fn kept(&self) -> impl Iterator<Item = &T> {
        self.kept.values()
    }
}

#[cfg(test)]
mod tests {
    use super::Foremost;

    #[test]
    fn those_of_the_first_rank_are_kept_in_their_order() {
        let mut foremost = Foremost::new(3);
        for (rank, name) in [(3, 'a'), (2, 'b'), (1, 'c'), (3, 'd'), (1, 'e'), (2, 'f')] {
            foremost.add(rank, || name);
        }
        assert_eq!(foremost.kept().collect::<String>(), "ceb");
        assert_eq!(foremost.left_out(), 3);
    }

    #[test]
    fn of_nothing_all_is_left_out() {
        let mut none = Foremost::new(0);
        none.add(1, || ());
        assert_eq!((none.kept().count(), none.left_out()), (0, 1));
    }
}
