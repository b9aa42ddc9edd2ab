//! Points in time and lengths as people read them.

use crate::policy::Length;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `2026-12-20 01:00 +01:00`, as findings have it.
pub fn full(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %:z").to_string()
}

/// `2026-12-20 00:00`
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `01:00`
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `Sun 20 Dec`
pub fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %-d %b").to_string()
}

/// `Sun 20 Dec 2026, 01:00 to 04:00`, or with both days where there are two.
pub fn stretch(start: Timestamp, end: Timestamp, zone: &TimeZone) -> String {
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let to_shown = if from.date() == to.date() { to.strftime("%H:%M") } else { to.strftime("%a %-d %b %H:%M") };
    format!("{}, {} to {to_shown}", from.strftime("%a %-d %b %Y"), from.strftime("%H:%M"))
}

/// How the zone is called, with how far it is from UTC then.
pub fn zone_name(at: Timestamp, zone: &TimeZone) -> String {
    let offset = at.to_zoned(zone.clone()).strftime("%:z").to_string();
    zone.iana_name().map_or_else(|| offset.clone(), |name| format!("{name}, {offset}"))
}

/// How long it is between two points in time.
pub fn between(start: Timestamp, end: Timestamp) -> Length {
    Length(end.duration_since(start))
}

/// How long before something it was, as short as it can be told: `139 days`, `5 h`.
pub fn age(length: Length) -> String {
    const HOUR: i64 = 3_600;
    match length.whole(HOUR) {
        hours @ 48.. => format!("{} days", hours / 24),
        hours @ 2.. => format!("{hours} h"),
        _ => length.to_string(),
    }
}
