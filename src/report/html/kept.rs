//! What a report has room for: the most important proposals, whatever comes after them.

use crate::finding::Level;
use crate::verdict::{Judgement, Outcome, Whose};
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
            Outcome::Pass if judgement.left.is_some() => Self::Closed,
            Outcome::Pass => Self::Passes,
        }
    }
}

/// By which proposals are sorted: by need, of these what is nearest to the change, then as they came.
pub type Order = (Reverse<Need>, Whose, usize);

/// What is larger than such a part of the room is passed over where it has no place, and says nothing of what comes after it.
const LARGE: usize = 16;

/// Keeps what there is room for, those of the greatest need first, and counts what it has left out.
#[derive(Debug)]
pub struct Kept<T> {
    room: usize,
    taken: usize,
    all: BTreeMap<Order, (usize, T)>,
    /// The foremost that had no place: nothing behind it has one.
    end: Option<Order>,
    left_out: usize,
}

impl<T> Kept<T> {
    /// With room for so much, in whatever sizes are counted.
    pub const fn new(room: usize) -> Self {
        Self { room, taken: 0, all: BTreeMap::new(), end: None, left_out: 0 }
    }

    /// Whether one of this order may be kept, as far as that can be told before it is made.
    pub fn takes(&self, order: Order) -> bool {
        self.end.is_none_or(|end| order < end)
    }

    /// Counts one that is not even made.
    pub fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// Takes one in, and says whether: what is less needed gives way to it, and nothing for one that has no place all the same.
    pub fn add(&mut self, order: Order, size: usize, one: T) -> bool {
        if !self.takes(order) || !self.can_hold(order, size) {
            self.left_out += 1;
            if size <= self.room / LARGE {
                self.end_at(order);
            }
            return false;
        }
        self.taken += size;
        self.all.insert(order, (size, one));
        while self.taken > self.room {
            let Some((last, (size, _))) = self.all.pop_last() else { break };
            self.taken -= size;
            self.left_out += 1;
            self.end_at(last);
        }
        true
    }

    /// Whether there is room for one beside those that are needed more.
    fn can_hold(&self, order: Order, size: usize) -> bool {
        let mut taken = self.taken + size;
        for (_, (behind, _)) in self.all.range(order..).rev() {
            if taken <= self.room {
                break;
            }
            taken -= behind;
        }
        taken <= self.room
    }

    fn end_at(&mut self, order: Order) {
        self.end = Some(self.end.map_or(order, |end| end.min(order)));
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
    use super::{Kept, Need, Whose};
    use std::cmp::Reverse;

    /// Those of these needs and sizes that are kept of a room of 32, and how many are left out.
    fn kept(all: &[(Need, usize)]) -> (Vec<usize>, usize) {
        let mut kept = Kept::new(32);
        for (at, (need, size)) in all.iter().enumerate() {
            let order = (Reverse(*need), Whose::Change, at);
            if kept.takes(order) {
                kept.add(order, *size, at);
            } else {
                kept.leave_out();
            }
        }
        (kept.iter().map(|(_, at)| *at).collect(), kept.left_out())
    }

    #[test]
    fn what_is_needed_most_is_kept() {
        use Need::{Blocked, Closed, Passes, Undecided};
        let all = [(Passes, 10), (Blocked, 10), (Closed, 10), (Undecided, 10), (Blocked, 10), (Passes, 2)];
        assert_eq!(kept(&all), (vec![3, 1, 4], 3));
    }

    /// It would have all others give way, and then itself.
    #[test]
    fn what_is_larger_than_the_room_takes_nothing_from_others() {
        use Need::{Blocked, Passes, Undecided};
        assert_eq!(kept(&[(Blocked, 16), (Undecided, 33), (Passes, 16)]), (vec![0, 2], 1));
        assert_eq!(kept(&[(Undecided, 20), (Passes, 12), (Blocked, 13)]), (vec![0, 1], 1));
    }

    /// A page of thousands makes none of them in vain.
    #[test]
    fn what_is_behind_what_had_no_place_is_not_even_made() {
        let order = |need, at| (Reverse(need), Whose::Change, at);
        let mut kept = Kept::new(32);
        (0..17).for_each(|at| {
            kept.add(order(Need::Blocked, at), 2, ());
        });
        assert_eq!((kept.len(), kept.left_out()), (16, 1));
        assert!(!kept.takes(order(Need::Blocked, 17)) && !kept.takes(order(Need::Passes, 18)));
        assert!(kept.takes(order(Need::Undecided, 19)));
    }
}
