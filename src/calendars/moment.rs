//! Days, times and durations (RFC 5545, section 3.3): a moment is what a clock and a calendar on the wall show, in a zone.

use super::property::{Property, unread};
use super::wrong::Wrong;
use super::zone;
use crate::source::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The years in which an event can be. What is written outside of them is a slip, and near the end of the calendar nothing could be
/// added to it.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A day, or a time of a day, in a zone.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// Midnight for a day.
    pub civil: DateTime,
    pub zone: TimeZone,
    pub all_day: bool,
}

/// When a moment is, of which there can be two readings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Readings {
    pub earlier: Timestamp,
    pub later: Timestamp,
    pub clock: Clock,
}

/// What a clock does at a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    ShowsOnce,
    ShowsTwice,
    SkipsIt,
}

impl Moment {
    /// The same on another day or time.
    pub fn with(&self, civil: DateTime) -> Self {
        Self { civil, ..self.clone() }
    }

    /// When it is. A day begins at its first instant, of which there is one; none where it is out of range.
    pub fn readings(&self) -> Option<Readings> {
        let ambiguous = self.zone.to_ambiguous_zoned(self.civil);
        let clock = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => Clock::ShowsOnce,
            AmbiguousOffset::Fold { .. } => Clock::ShowsTwice,
            AmbiguousOffset::Gap { .. } => Clock::SkipsIt,
        };
        if self.all_day {
            let first = ambiguous.compatible().ok()?.timestamp();
            return Some(Readings { earlier: first, later: first, clock: Clock::ShowsOnce });
        }
        let earlier = ambiguous.clone().earlier().ok()?.timestamp();
        Some(Readings { earlier, later: ambiguous.later().ok()?.timestamp(), clock })
    }

    /// The instant by which occurrences are told apart: that of RFC 5545, section 3.3.5, the first of two and past a gap.
    pub fn key(&self) -> Option<Timestamp> {
        self.zone.to_ambiguous_zoned(self.civil).compatible().ok().map(|zoned| zoned.timestamp())
    }
}

/// How long something takes: days by the calendar, the rest by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration {
    pub days: i32,
    pub seconds: i64,
}

impl Duration {
    /// What it is at most.
    pub fn at_most(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.days) * 25).saturating_add(SignedDuration::from_secs(self.seconds))
    }
}

/// Whether the values of a property are days.
fn is_day(property: &Property<'_>) -> Result<bool, Wrong> {
    match property.param("VALUE")? {
        None => Ok(false),
        Some((kind, _)) if kind.eq_ignore_ascii_case("DATE-TIME") => Ok(false),
        Some((kind, _)) if kind.eq_ignore_ascii_case("DATE") => Ok(true),
        Some((kind, span)) => {
            Err(unread(property, kind, span, "the kind of a moment is `VALUE=DATE` or `VALUE=DATE-TIME`"))
        }
    }
}

/// One moment of a property. `default` is the zone of what names none.
pub(super) fn moment(
    property: &Property<'_>,
    text: &str,
    span: Span,
    default: Option<&TimeZone>,
) -> Result<Moment, Wrong> {
    of_kind(property, text, span, default, is_day(property)?)
}

/// The same where it is known whether it is a day.
pub(super) fn of_kind(
    property: &Property<'_>,
    text: &str,
    span: Span,
    default: Option<&TimeZone>,
    all_day: bool,
) -> Result<Moment, Wrong> {
    let (local, utc) = text.strip_suffix('Z').map_or((text, false), |local| (local, true));
    let civil = if all_day { date(text).map(|day| day.at(0, 0, 0, 0)) } else { date_time(local) };
    let civil = civil.ok_or_else(|| {
        let help = if all_day {
            "a day is `20261218`"
        } else {
            "a time is `20261218T180000`, in UTC with a `Z` after it; a day needs `VALUE=DATE`"
        };
        unread(property, text, span, help)
    })?;
    if !YEARS.contains(&civil.year()) {
        let message = format!("`{text}` is out of range");
        return Err(Wrong::new("calendar/out-of-range", span, message, "events are in the years 1900 to 2199"));
    }
    Ok(Moment { civil, zone: zone_of(property, utc, span, default)?, all_day })
}

fn zone_of(property: &Property<'_>, utc: bool, span: Span, default: Option<&TimeZone>) -> Result<TimeZone, Wrong> {
    let named = property.param("TZID")?.map(|(name, span)| zone::zone(name, span)).transpose()?;
    match (named, utc) {
        (Some(_), true) => {
            let help = "take away the `Z`, or the `TZID`";
            Err(Wrong::new("calendar/bad-value", span, "this time is in UTC and in another zone", help))
        }
        (None, true) => Ok(TimeZone::UTC),
        (Some(zone), false) => Ok(zone),
        (None, false) => default.cloned().ok_or_else(|| {
            let help = "name it with `TZID`, or that of the calendar with `X-WR-TIMEZONE`";
            Wrong::new("calendar/no-zone", span, "nothing says in which time zone this is", help)
        }),
    }
}

/// `20261218`.
pub(super) fn date(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<i16>().ok());
    if !digits {
        return None;
    }
    Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok()
}

/// `20261218T180000`.
pub(super) fn date_time(text: &str) -> Option<DateTime> {
    let (day, clock) = text.split_once('T')?;
    let digits = clock.len() == 6 && clock.bytes().all(|byte| byte.is_ascii_digit());
    let number = |range: std::ops::Range<usize>| clock.get(range).and_then(|digits| digits.parse::<i8>().ok());
    if !digits {
        return None;
    }
    Some(date(day)?.to_datetime(Time::new(number(0..2)?, number(2..4)?, number(4..6)?, 0).ok()?))
}

/// `P1DT12H`, `PT90M` or `P2W`. The longest is some ten years.
pub(super) fn duration(text: &str) -> Option<Duration> {
    const MOST: i64 = 4_000 * 86_400;
    let mut rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut days, mut seconds, mut last) = (0_i64, 0_i64, 0);
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T').filter(|_| !in_time) {
            (rest, in_time) = (time, true);
            last = last.max(2);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest.get(..digits).filter(|digits| digits.len() <= 9)?.parse().ok()?;
        // The order of the parts, so that none stands twice and none before its place.
        let (order, unit) = match (rest.as_bytes().get(digits)?, in_time) {
            (b'W', false) => (9, &mut days),
            (b'D', false) => (1, &mut days),
            (b'H', true) => (3, &mut seconds),
            (b'M', true) => (4, &mut seconds),
            (b'S', true) => (5, &mut seconds),
            _ => return None,
        };
        if order <= last || (order == 9 && last > 0) {
            return None;
        }
        *unit += number * [1, 1, 1, 3600, 60, 1, 1, 1, 1, 7].get(order)?;
        last = order;
        rest = rest.get(digits + 1..)?;
    }
    let complete = last != 0 && last != 2 && days * 86_400 + seconds <= MOST;
    complete.then_some(Duration { days: i32::try_from(days).ok()?, seconds })
}

/// A moment some days later by the calendar.
pub(super) fn days_later(civil: DateTime, days: i32) -> Option<DateTime> {
    civil.checked_add(i64::from(days).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let of = |text| duration(text).map(|duration| (duration.days, duration.seconds));
        assert_eq!(of("P15DT5H0M20S"), Some((15, 18_020)));
        assert_eq!(of("P7W"), Some((49, 0)));
        assert_eq!(of("+PT90M"), Some((0, 5400)));
        assert_eq!(of("PT0S"), Some((0, 0)));
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "PT1",
            "1D",
            "-P1D",
            "P1DT",
            "P1W1D",
            "P1D1W",
            "PT1M1H",
            "P1H",
            "PT1D",
            "P1Y",
            "P1D1D",
            "PTT1H",
            "P1.5D",
            "P9999999999D",
            "P4001D",
            "PT1HT1M",
            "p1d",
            "P１D",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_times() {
        assert!(date("20260228").is_some() && date_time("20261218T235959").is_some());
        for text in ["20260229", "2026-02-28", "2026022", "", "+2026022", "２026022"] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["20261218T240000", "20261218T235960", "20261218 180000", "20261218T1800", "20261218T18000０"] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }

    fn at(zone: &str, civil: &str) -> Readings {
        let moment = Moment { civil: civil.parse().unwrap(), zone: TimeZone::get(zone).unwrap(), all_day: false };
        moment.readings().unwrap()
    }

    #[test]
    fn a_clock_that_jumps_gives_two_readings() {
        for (zone, civil, earlier, later, clock) in [
            ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", Clock::SkipsIt),
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", Clock::ShowsTwice),
            ("America/New_York", "2026-03-08T02:30", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z", Clock::SkipsIt),
            ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", Clock::ShowsTwice),
            ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:15:00Z", "2026-10-03T15:45:00Z", Clock::SkipsIt),
            (
                "Australia/Lord_Howe",
                "2026-04-05T01:45",
                "2026-04-04T14:45:00Z",
                "2026-04-04T15:15:00Z",
                Clock::ShowsTwice,
            ),
            ("Europe/Berlin", "2026-06-01T02:30", "2026-06-01T00:30:00Z", "2026-06-01T00:30:00Z", Clock::ShowsOnce),
        ] {
            let readings = Readings { earlier: earlier.parse().unwrap(), later: later.parse().unwrap(), clock };
            assert_eq!(at(zone, civil), readings, "{zone} {civil}");
        }
    }

    #[test]
    fn a_day_begins_where_its_midnight_does_not_exist() {
        let day = |zone: &str, civil: &str| {
            let moment = Moment { civil: civil.parse().unwrap(), zone: TimeZone::get(zone).unwrap(), all_day: true };
            moment.readings().unwrap().earlier.to_string()
        };
        assert_eq!(day("Africa/Cairo", "2026-04-24T00:00"), "2026-04-23T22:00:00Z");
        assert_eq!(day("America/Havana", "2026-11-01T00:00"), "2026-11-01T04:00:00Z");
    }
}
