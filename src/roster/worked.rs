//! When a proposal is worked on, in as little memory as most need: they have one window.

use crate::proposal::WorkWindow;
use jiff::Timestamp;

/// The most windows in which one proposal is held against others: one a week for a year. It has to be bounded, as each stands
/// with every system and every person that the proposal names.
pub const MOST_WINDOWS: usize = 52;

/// Stretches of time in seconds of the Unix epoch, each with its start and without its end, by start. They are apart: those
/// that touched were made one.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Worked {
    /// Nobody says when.
    #[default]
    Never,
    /// In one stretch.
    Once((i64, i64)),
    /// In several.
    Often(Box<[(i64, i64)]>),
}

impl Worked {
    pub fn of(windows: &[WorkWindow]) -> Self {
        let windows = &windows[..windows.len().min(MOST_WINDOWS)];
        Self::joined(windows.iter().map(|window| (window.start.as_second(), up(window.end))).collect())
    }

    /// Of stretches in any order, which may meet.
    pub fn joined(mut windows: Vec<(i64, i64)>) -> Self {
        windows.sort_unstable();
        windows.dedup_by(|next, before| {
            let touches = next.0 <= before.1;
            if touches {
                before.1 = before.1.max(next.1);
            }
            touches
        });
        match windows[..] {
            [] => Self::Never,
            [window] => Self::Once(window),
            _ => Self::Often(windows.into()),
        }
    }

    pub fn windows(&self) -> &[(i64, i64)] {
        match self {
            Self::Never => &[],
            Self::Once(window) => std::slice::from_ref(window),
            Self::Often(windows) => windows,
        }
    }
}

/// The second at which a moment is over: part of one counts as the whole. No moment is before the epoch.
pub fn up(moment: Timestamp) -> i64 {
    moment.as_second() + i64::from(moment.subsec_nanosecond() > 0)
}

#[cfg(test)]
mod tests {
    use super::Worked;

    #[test]
    fn one_window_takes_no_more_room_than_its_two_times_and_whether_it_is_there() {
        assert_eq!(size_of::<Worked>(), size_of::<Option<(i64, i64)>>());
    }

    #[test]
    fn windows_that_touch_are_one() {
        let joined = |windows: &[(i64, i64)]| Worked::joined(windows.to_vec()).windows().to_vec();
        assert_eq!(joined(&[(40, 50), (0, 10), (10, 20), (5, 8), (42, 60)]), [(0, 20), (40, 60)]);
        assert_eq!(joined(&[(11, 20), (0, 10)]), [(0, 10), (11, 20)]);
        assert_eq!(joined(&[]), []);
    }
}
