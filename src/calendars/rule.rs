//! What a recurrence rule is (RFC 5545, section 3.3.10); `read` makes one of its text, `expand` moments of it.

mod expand;
mod part;
mod read;

pub(super) use expand::{Bounds, Budget, Spent};

use super::moment::Moment;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// When an event comes again.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: i32,
    pub end: End,
    week_start: Weekday,
    months: Vec<i16>,
    weeks: Vec<i16>,
    year_days: Vec<i16>,
    month_days: Vec<i16>,
    /// With which of its kind in the month or year, from the end if negative; 0 for all.
    week_days: Vec<(i16, u8)>,
    hours: Vec<i16>,
    minutes: Vec<i16>,
    seconds: Vec<i16>,
    positions: Vec<i16>,
}

/// How often something comes. Every minute or second is refused: no freeze and no window needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// Where a rule ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Never,
    /// After so many.
    Count(u32),
    /// The last is at this moment or before.
    Until(Until),
}

/// The last moment of a rule, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Day(jiff::civil::Date),
    Local(jiff::civil::DateTime),
    Utc(jiff::civil::DateTime),
}

impl Until {
    /// The instant of it, for an event that begins at `start`; none where it is past all that could be asked for.
    pub fn key(self, start: &Moment) -> Option<Timestamp> {
        let zone = start.zone.clone();
        match self {
            Self::Day(day) => start.with(day.at(0, 0, 0, 0)).key(),
            // Of two readings the later one lets one more occurrence in.
            Self::Local(time) => zone.to_ambiguous_zoned(time).later().ok().map(|zoned| zoned.timestamp()),
            Self::Utc(time) => TimeZone::UTC.to_timestamp(time).ok(),
        }
    }
}
