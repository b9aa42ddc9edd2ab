//! Points in time, days, times of day and lengths of time: types of their own, so that no rule can take hours for minutes.

use super::Function;
use crate::policy::fault::misuse;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rhai::{Engine, EvalAltResult};
use std::fmt;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

pub const FUNCTIONS: &[Function] = &[
    Function { signature: "minutes(number) -> duration", doc: "A duration of that many minutes." },
    Function { signature: "hours(number) -> duration", doc: "A duration of that many hours." },
    Function { signature: "days(number) -> duration", doc: "A duration of that many days of 24 hours." },
    Function { signature: "duration.in_minutes", doc: "The whole minutes of a duration." },
    Function { signature: "duration.in_hours", doc: "The whole hours of a duration." },
    Function { signature: "duration.in_days", doc: "The whole days of a duration." },
    Function {
        signature: "+ - * < <= > >= == !=",
        doc: "Durations add, subtract, multiply by a whole number and compare; a point in time plus or minus a duration is a \
              point in time, and two points in time differ by a duration. Anything else is an error, as hours are not minutes.",
    },
    Function {
        signature: "days_before(later, earlier) -> whole number",
        doc: "How many whole days of 24 hours the second point in time lies before the first; negative where it lies after. A \
              date counts from its midnight in UTC.",
    },
    Function {
        signature: "overlaps(start, end, other_start, other_end) -> true or false",
        doc: "Whether two stretches of time meet. Each includes its start and not its end.",
    },
    Function {
        signature: "within(start, end, outer_start, outer_end) -> true or false",
        doc: "Whether the first stretch of time lies wholly in the second.",
    },
    Function {
        signature: "day_of(point, zone) -> date",
        doc: "The calendar day of a point in time in an IANA time zone.",
    },
    Function {
        signature: "weekly(point, zone) -> text",
        doc: "The day of the week of a point in time in an IANA time zone: `monday` to `sunday`.",
    },
];

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Moment(pub Timestamp);

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Day(pub Date);

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct TimeOfDay(pub Time);

/// A length of time, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Length(pub i64);

impl fmt::Display for Moment {
    /// `2026-12-06 02:00 UTC`: what a person compares at a glance.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%d %H:%M UTC"))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%H:%M"))
    }
}

impl fmt::Display for Length {
    /// `3 days 4 h`, `2 h 30 min`, `45 min`: the parts that are not nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let all = self.0.unsigned_abs();
        let (days, hours, minutes) = (all / 1_440, all / 60 % 24, all % 60);
        let days = match days {
            0 => None,
            1 => Some("1 day".to_owned()),
            days => Some(format!("{days} days")),
        };
        let hours = (hours > 0).then(|| format!("{hours} h"));
        let minutes = (minutes > 0 || all == 0).then(|| format!("{minutes} min"));
        f.write_str(&[days, hours, minutes].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

impl Length {
    fn signed(self) -> SignedDuration {
        SignedDuration::from_secs(self.0.saturating_mul(60))
    }
}

pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Moment>("point in time")
        .register_type_with_name::<Day>("date")
        .register_type_with_name::<TimeOfDay>("time of day")
        .register_type_with_name::<Length>("duration")
        .register_fn("to_string", |moment: &mut Moment| moment.to_string())
        .register_fn("to_string", |day: &mut Day| day.to_string())
        .register_fn("to_string", |time: &mut TimeOfDay| time.to_string())
        .register_fn("to_string", |length: &mut Length| length.to_string())
        .register_fn("minutes", Length)
        .register_fn("hours", |hours: i64| times(Length(60), hours))
        .register_fn("days", |days: i64| times(Length(1_440), days))
        .register_get("in_minutes", |length: &mut Length| length.0)
        .register_get("in_hours", |length: &mut Length| length.0 / 60)
        .register_get("in_days", |length: &mut Length| length.0 / 1_440)
        .register_fn("+", |a: Length, b: Length| length(a.0.checked_add(b.0)))
        .register_fn("-", |a: Length, b: Length| length(a.0.checked_sub(b.0)))
        // Without these the engine fails to find them at each use, before it takes the ones above.
        .register_fn("+=", |a: &mut Length, b: Length| length(a.0.checked_add(b.0)).map(|sum| *a = sum))
        .register_fn("-=", |a: &mut Length, b: Length| length(a.0.checked_sub(b.0)).map(|rest| *a = rest))
        .register_fn("*", times)
        .register_fn("*", |times_: i64, a: Length| times(a, times_))
        .register_fn("+", |a: Moment, b: Length| moment(a.0.checked_add(b.signed()).ok()))
        .register_fn("-", |a: Moment, b: Length| moment(a.0.checked_sub(b.signed()).ok()))
        .register_fn("-", |a: Moment, b: Moment| Length(a.0.duration_since(b.0).as_secs().div_euclid(60)))
        .register_fn("days_before", |later: Moment, earlier: Moment| days_between(earlier.0, later.0))
        .register_fn("days_before", |later: Moment, earlier: Day| midnight(earlier).map(|m| days_between(m.0, later.0)))
        .register_fn("days_before", |later: Day, earlier: Day| i64::from((later.0 - earlier.0).get_days()))
        .register_fn("overlaps", |start: Moment, end: Moment, from: Moment, to: Moment| start < to && from < end)
        .register_fn("within", |start: Moment, end: Moment, from: Moment, to: Moment| from <= start && end <= to)
        .register_fn("day_of", |point: Moment, zone: &str| Ok::<_, Box<EvalAltResult>>(Day(local(point, zone)?.date())))
        .register_fn("weekly", |point: Moment, zone: &str| local(point, zone).map(|at| weekday(at.weekday())));
}

fn length(minutes: Option<i64>) -> Result<Length> {
    minutes.map(Length).ok_or_else(too_long)
}

fn times(a: Length, times: i64) -> Result<Length> {
    length(a.0.checked_mul(times))
}

fn moment(point: Option<Timestamp>) -> Result<Moment> {
    point.map(Moment).ok_or_else(too_long)
}

fn too_long() -> Box<EvalAltResult> {
    misuse("policy/overflow", "this time is out of range", "a duration has at most some thousand years")
}

fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    later.duration_since(earlier).as_secs().div_euclid(24 * 60 * 60)
}

fn midnight(day: Day) -> Result<Moment> {
    moment(day.0.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp()))
}

fn local(point: Moment, zone: &str) -> Result<jiff::Zoned> {
    Ok(point.0.to_zoned(time_zone(zone)?))
}

pub(super) fn time_zone(zone: &str) -> Result<TimeZone> {
    TimeZone::get(zone).map_err(|_| {
        let help = "zones are names of the IANA database: \"Europe/Berlin\"";
        misuse("policy/unknown-zone", format!("there is no time zone `{zone}`"), help)
    })
}

pub(super) fn weekday(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday as W;
    match day {
        W::Monday => "monday",
        W::Tuesday => "tuesday",
        W::Wednesday => "wednesday",
        W::Thursday => "thursday",
        W::Friday => "friday",
        W::Saturday => "saturday",
        W::Sunday => "sunday",
    }
}
