//! The most important of many, where a place takes no more than so many.

use super::entry::Weight;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Keeps so many, the heaviest first and those of one weight in the order in which they came, and counts what it left out.
#[derive(Debug)]
pub(super) struct Foremost<T> {
    most: usize,
    kept: BTreeMap<(Reverse<Weight>, usize), T>,
    seen: usize,
}

impl<T> Foremost<T> {
    pub const fn new(most: usize) -> Self {
        Self { most, kept: BTreeMap::new(), seen: 0 }
    }

    /// Makes and keeps one, where there is room for its weight; a lighter one gives way.
    pub fn add(&mut self, weight: Weight, make: impl FnOnce() -> T) {
        let at = (Reverse(weight), self.seen);
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
    use super::{Foremost, Weight};

    #[test]
    fn the_heaviest_are_kept_in_their_order() {
        let mut foremost = Foremost::new(3);
        for (weight, name) in [
            (Weight::Note, 'a'),
            (Weight::Warning, 'b'),
            (Weight::Error, 'c'),
            (Weight::Note, 'd'),
            (Weight::Error, 'e'),
            (Weight::Warning, 'f'),
        ] {
            foremost.add(weight, || name);
        }
        assert_eq!(foremost.kept().collect::<String>(), "ceb");
        assert_eq!(foremost.left_out(), 3);
    }

    #[test]
    fn of_nothing_all_is_left_out() {
        let mut none = Foremost::new(0);
        none.add(Weight::Error, || ());
        assert_eq!((none.kept().count(), none.left_out()), (0, 1));
    }
}
