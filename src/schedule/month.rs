//! Months of the calendar in UTC: the pieces in which occurrences are worked out and kept.

use crate::finding::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(i32);

/// The first and the last month for which calendars are worked out: events are of these years.
const FIRST: Month = Month(1900 * 12);
const LAST: Month = Month(2199 * 12 + 11);

/// So many months are worked out for one stretch of time: ten years, and no upgrade takes as long.
const MOST: i32 = 120;

impl Month {
    /// The month of a point in time.
    pub fn of(at: Timestamp) -> Self {
        let date = at.to_zoned(TimeZone::UTC).date();
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// So many months later.
    pub const fn later(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Whether anything can take place in it.
    pub fn is_known(self) -> bool {
        (FIRST..=LAST).contains(&self)
    }

    /// Its first moment, and that of the next one.
    pub fn bounds(self) -> (Timestamp, Timestamp) {
        (self.begins(), self.later(1).begins())
    }

    fn begins(self) -> Timestamp {
        let (year, month) = (self.0.div_euclid(12), self.0.rem_euclid(12) + 1);
        let first = i16::try_from(year).ok().zip(i8::try_from(month).ok());
        let first = first.and_then(|(year, month)| Date::new(year, month, 1).ok());
        first.and_then(|first| first.to_zoned(TimeZone::UTC).ok()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

/// The months that a stretch of time meets, without those before anything that calendars can hold.
///
/// # Errors
/// When they are more than are worked out, or come after all that is.
pub fn between(start: Timestamp, end: Timestamp) -> Result<impl Iterator<Item = Month>, Fault> {
    let last_moment = end.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(end).max(start);
    let (first, last) = (Month::of(start).max(FIRST), Month::of(last_moment));
    if last > LAST || last.0 - first.0 >= MOST {
        let message = format!("no calendar is looked through for the time from {start} to {end}");
        return Err(Fault::new("calendar/stretch-too-long", message).help(
            "correct the times of the proposal: a calendar is looked through for ten years, and up to the year 2199",
        ));
    }
    Ok((first.0..=last.0).map(Month))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    fn months(start: &str, end: &str) -> Option<Vec<String>> {
        let months = between(start.parse().unwrap(), end.parse().unwrap()).ok()?;
        Some(months.map(|month| month.bounds().0.to_string()[..7].to_owned()).collect())
    }

    #[test]
    fn a_stretch_meets_the_months_that_it_reaches_into() {
        assert_eq!(months("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z").unwrap(), ["2026-12"]);
        assert_eq!(months("2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z").unwrap(), ["2026-12", "2027-01"]);
        assert_eq!(months("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z").unwrap(), ["2026-12"]);
        assert_eq!(months("-009999-01-02T01:59:59Z", "1800-01-01T00:00:00Z").unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_too_long_or_too_late_is_no_stretch() {
        assert_eq!(months("2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z").unwrap().len(), 120);
        assert_eq!(months("2026-01-01T00:00:00Z", "2036-01-01T00:00:01Z"), None);
        assert_eq!(months("2199-12-31T00:00:00Z", "2200-01-01T00:00:01Z"), None);
        assert_eq!(months("9999-01-01T00:00:00Z", "9999-12-30T22:00:00Z"), None);
    }
}
