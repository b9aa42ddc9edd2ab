//! Proposals that have something in common, by the windows in which they are worked on.

/// The proposals on one system, or those that count on one person.
///
/// Which windows meet another one is asked of a search tree that lies in the sorted list itself: the middle of a stretch of the
/// list is the root of that stretch, and knows which window of the stretch ends last. So a few long windows, or many that are over,
/// cost a look-up nothing.
#[derive(Debug, Default)]
pub struct Group {
    windows: Vec<Window>,
}

/// A window of a proposal. One proposal may have several, which do not touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    start: i64,
    end: i64,
    /// The number of the proposal.
    index: u32,
    /// The place of the window that ends last among those of the stretch whose middle this is.
    last: u32,
}

impl Group {
    pub fn add(&mut self, index: usize, windows: &[(i64, i64)]) {
        let window = |&(start, end): &(i64, i64)| Window { start, end, index: index as u32, last: 0 };
        self.windows.extend(windows.iter().map(window));
    }

    /// Has to be called once all are there, and before any is looked for.
    pub fn sort(&mut self) {
        self.windows.sort_unstable();
        self.windows.shrink_to_fit();
        self.find_last(0, self.windows.len());
    }

    fn find_last(&mut self, from: usize, to: usize) -> Option<u32> {
        if from == to {
            return None;
        }
        let middle = from.midpoint(to);
        let around = [self.find_last(from, middle), self.find_last(middle + 1, to)];
        let end = |&at: &u32| self.windows[at as usize].end;
        let last = around.into_iter().flatten().chain([middle as u32]).max_by_key(end)?;
        self.windows[middle].last = last;
        Some(last)
    }

    /// The proposals with a window that meets another one, which includes its start and not its end; by the starts of theirs, and
    /// as often as they have such windows.
    pub fn overlapping(&self, other: (i64, i64)) -> impl Iterator<Item = usize> {
        let next = move |after: usize| self.first(0, self.windows.len(), after, other);
        std::iter::successors(next(0), move |&at| next(at + 1)).map(|at| self.windows[at].index as usize)
    }

    /// The first in a stretch of the list that meets a window and does not stand before some place.
    fn first(&self, from: usize, to: usize, after: usize, (start, end): (i64, i64)) -> Option<usize> {
        if from >= to || to <= after {
            return None;
        }
        let middle = from.midpoint(to);
        let window = &self.windows[middle];
        if self.windows[window.last as usize].end <= start {
            return None;
        }
        let before = self.first(from, middle, after, (start, end));
        if before.is_some() || window.start >= end {
            return before;
        }
        if middle >= after && window.end > start {
            return Some(middle);
        }
        self.first(middle + 1, to, after, (start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::Group;
    use proptest::prelude::*;

    fn group(windows: &[(i64, i64)]) -> Group {
        let mut group = Group::default();
        windows.iter().enumerate().for_each(|(index, &window)| group.add(index, &[window]));
        group.sort();
        group
    }

    #[test]
    fn windows_that_touch_do_not_meet() {
        let group = group(&[(0, 10), (10, 20), (20, 30), (5, 25), (12, 13)]);
        assert_eq!(group.overlapping((10, 20)).collect::<Vec<_>>(), [3, 1, 4]);
        assert_eq!(group.overlapping((30, 40)).count(), 0);
        assert_eq!(group.overlapping((25, 26)).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_long_window_is_found_from_its_end() {
        assert_eq!(group(&[(0, 1_000), (400, 401), (900, 901)]).overlapping((950, 951)).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn each_window_of_one_is_found() {
        let mut group = Group::default();
        group.add(7, &[(0, 10), (20, 30)]);
        group.sort();
        assert_eq!(group.overlapping((25, 26)).collect::<Vec<_>>(), [7]);
        assert_eq!(group.overlapping((9, 21)).collect::<Vec<_>>(), [7, 7]);
    }

    /// Long ones that are not over, and as many that are: looked through one by one, this would not end.
    #[test]
    fn long_windows_slow_none() {
        let count = 200_000;
        let group = group(&(0..count).map(|at| (at, at + if at == 0 { 2 * count } else { 1 })).collect::<Vec<_>>());
        for at in 1..count {
            assert_eq!(group.overlapping((at, at + 1)).collect::<Vec<_>>(), [0, at as usize]);
        }
    }

    proptest! {
        #[test]
        fn all_that_meet_are_found(
            windows in prop::collection::vec((0..60_i64, 1..30_i64).prop_map(|(start, length)| (start, start + length)), 0..40),
            (start, length) in (0..60_i64, 1..20_i64),
        ) {
            let end = start + length;
            let meets = |&(_, &(own, own_end)): &(usize, &(i64, i64))| own < end && own_end > start;
            let mut met: Vec<_> = windows.iter().enumerate().filter(meets).map(|(index, &window)| (window, index)).collect();
            met.sort_unstable();
            let found: Vec<_> = group(&windows).overlapping((start, end)).collect();
            prop_assert_eq!(found, met.into_iter().map(|(_, index)| index).collect::<Vec<_>>());
        }
    }
}
