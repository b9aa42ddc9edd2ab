//! Proposals that have something in common, by their windows.

/// The proposals on one system, or those that count on one person.
#[derive(Debug, Default)]
pub struct Group {
    /// Start, end and number of those that have a window, by start.
    windows: Vec<(i64, i64, usize)>,
    /// The longest of these windows: none that begins earlier than this before another can meet it.
    longest: i64,
    /// Windows of months, which would make every look-up run over all: they are looked through one by one.
    endless: Vec<(i64, i64, usize)>,
}

/// In seconds: 31 days.
const ENDLESS: i64 = 31 * 24 * 60 * 60;

impl Group {
    pub fn add(&mut self, index: usize, window: Option<(i64, i64)>) {
        match window {
            Some((start, end)) if end - start > ENDLESS => self.endless.push((start, end, index)),
            Some((start, end)) => {
                self.windows.push((start, end, index));
                self.longest = self.longest.max(end - start);
            }
            None => {}
        }
    }

    pub fn sort(&mut self) {
        self.windows.sort_unstable();
    }

    /// Those whose window meets another one, which includes its start and not its end.
    pub fn overlapping(&self, (start, end): (i64, i64)) -> impl Iterator<Item = usize> {
        let from = self.windows.partition_point(|&(own, ..)| own <= start - self.longest);
        let near = self.windows[from..].iter().take_while(move |&&(own, ..)| own < end);
        let endless = self.endless.iter().filter(move |&&(own, ..)| own < end);
        near.chain(endless).filter(move |&&(_, own_end, _)| own_end > start).map(|&(.., index)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::Group;

    fn group(windows: &[(i64, i64)]) -> Group {
        let mut group = Group::default();
        windows.iter().enumerate().for_each(|(index, &window)| group.add(index, Some(window)));
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
    fn one_endless_window_meets_all_and_slows_none() {
        let group = group(&[(0, i64::MAX / 2), (400, 401), (900, 901)]);
        assert_eq!(group.longest, 1);
        assert_eq!(group.overlapping((950, 951)).collect::<Vec<_>>(), [0]);
        assert_eq!(group.overlapping((400, 402)).collect::<Vec<_>>(), [1, 0]);
    }
}
