//! When a run of tests began, as its report says.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, offset};
use std::fmt;
use std::ops::RangeInclusive;

/// When a run began, with the offset with which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Began {
    at: Timestamp,
    offset: Offset,
}

/// Where a day ends last.
const LAST: Offset = offset(-12);
/// The years in which a run can have begun. Tools that do not know write the first year there is, or the first of their clock.
const YEARS: RangeInclusive<i16> = 1971..=2199;

impl Began {
    /// Reads date and time. Many writers leave the offset out: then it is as late as it can be anywhere, so that no run is taken for older
    /// than it is.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.parse() {
            Ok(at) => {
                let offset = Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset());
                Self::of(at, offset.filter(|offset| offset.seconds() % 60 == 0).unwrap_or(Offset::UTC))
            }
            Err(_) => Self::of(LAST.to_timestamp(text.parse::<DateTime>().ok()?).ok()?, LAST),
        }
    }

    /// A point in time at which a run can have begun.
    pub fn of(at: Timestamp, offset: Offset) -> Option<Self> {
        YEARS.contains(&offset.to_datetime(at).year()).then_some(Self { at, offset })
    }

    /// The first of two.
    pub fn first(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        one.into_iter().chain(other).min_by_key(|began| began.at)
    }
}

impl fmt::Display for Began {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at.display_with_offset(self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_as_late_as_it_can_be() {
        let told = |text| Began::read(text).map(|began| began.to_string());
        for (text, wanted) in [
            ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00+00:00"),
            (" 2026-11-20T10:00:00.25+05:45", "2026-11-20T10:00:00.25+05:45"),
            ("2026-11-20T10:00:00", "2026-11-20T10:00:00-12:00"),
            ("2026-11-20 10:00:00.123456", "2026-11-20T10:00:00.123456-12:00"),
        ] {
            assert_eq!(told(text).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "0001-01-01T00:00:00",
            "1970-01-01T00:00:00Z",
            "2200-01-01T00:00:00Z",
            "",
            "some day",
            "10:00",
            "1795255200",
            "Fri Nov 20 10:00:00 2026",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_is_the_earlier() {
        let [early, late] = ["2026-11-20T10:00:00+01:00", "2026-11-20T10:00:00Z"].map(Began::read);
        for (one, other) in [(early, late), (late, early), (early, None), (None, early)] {
            assert_eq!(Began::first(one, other), early);
        }
        assert_eq!(Began::first(None, None), None);
    }
}
