//! What a report has room for: the most important proposals, whatever comes after them.

use crate::finding::Level;
use crate::verdict::{Judgement, Outcome};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How much a proposal needs to be seen, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Closed,
    Passes,
    /// It passes, and something is said of it.
    Remarks,
    Blocked,
    Undecided,
}

impl Need {
    pub fn of(judgement: &Judgement) -> Self {
        match judgement.outcome() {
            Outcome::Undecided => Self::Undecided,
            Outcome::Blocked => Self::Blocked,
            Outcome::Pass if judgement.findings.iter().any(|finding| finding.level > Level::Info) => Self::Remarks,
            Outcome::Pass if judgement.closed => Self::Closed,
            Outcome::Pass => Self::Passes,
        }
    }
}

/// By which proposals are sorted: by need, then as they came.
pub type Order = (Reverse<Need>, usize);

/// Keeps what there is room for, those of the greatest need first, and counts what it has left out.
#[derive(Debug)]
pub struct Kept<T> {
    room: usize,
    taken: usize,
    all: BTreeMap<Order, (usize, T)>,
    left_out: usize,
}

impl<T> Kept<T> {
    /// With room for so much, in whatever sizes are counted.
    pub const fn new(room: usize) -> Self {
        Self { room, taken: 0, all: BTreeMap::new(), left_out: 0 }
    }

    /// Whether one of this order would be kept, as far as that can be told before it is made.
    pub fn takes(&self, order: Order) -> bool {
        self.taken < self.room || self.all.last_key_value().is_none_or(|(last, _)| *last > order)
    }

    /// Counts one that is not even made.
    pub fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// Takes one in; what is least needed gives way.
    pub fn add(&mut self, order: Order, size: usize, one: T) {
        self.taken += size;
        self.all.insert(order, (size, one));
        while self.taken > self.room {
            let Some((_, (size, _))) = self.all.pop_last() else { break };
            self.taken -= size;
            self.left_out += 1;
        }
    }

    pub fn get(&self, order: Order) -> Option<&T> {
        self.all.get(&order).map(|(_, one)| one)
    }

    pub fn iter(&self) -> impl Iterator<Item = (Order, &T)> {
        self.all.iter().map(|(order, (_, one))| (*order, one))
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub const fn left_out(&self) -> usize {
        self.left_out
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Need};
    use std::cmp::Reverse;

    #[test]
    fn what_is_needed_most_is_kept() {
        let mut kept = Kept::new(8);
        for (at, (need, size)) in
            [(Need::Passes, 4), (Need::Blocked, 4), (Need::Closed, 2), (Need::Undecided, 4), (Need::Blocked, 9)]
                .into_iter()
                .enumerate()
        {
            let order = (Reverse(need), at);
            if kept.takes(order) {
                kept.add(order, size, at);
            } else {
                kept.leave_out();
            }
        }
        assert_eq!(kept.iter().map(|(_, at)| *at).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(kept.left_out(), 3);
        assert!(!kept.takes((Reverse(Need::Passes), 9)) && kept.takes((Reverse(Need::Undecided), 9)));
    }
}
