//! Points in time, days, times of day and lengths of time: types of their own, so that no rule can take hours for minutes.

use super::{Args, BY_SYNTAX, Function};
use crate::policy::arithmetic::{self, moment};
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::value::{Day, Length, Moment, Value};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub const FUNCTIONS: &[Function] = &[
    Function { signature: "seconds(number) -> duration", doc: "A duration of that many seconds.", call: seconds },
    Function { signature: "minutes(number) -> duration", doc: "A duration of that many minutes.", call: minutes },
    Function { signature: "hours(number) -> duration", doc: "A duration of that many hours.", call: hours },
    Function { signature: "days(number) -> duration", doc: "A duration of that many days of 24 hours.", call: days },
    Function {
        signature: "duration.in_minutes",
        doc: "The whole minutes of a duration; of a negative one the next lower number, as for hours and days.",
        call: BY_SYNTAX,
    },
    Function { signature: "duration.in_hours", doc: "The whole hours of a duration.", call: BY_SYNTAX },
    Function { signature: "duration.in_days", doc: "The whole days of a duration.", call: BY_SYNTAX },
    Function {
        signature: "+ - * < <= > >= == !=",
        doc: "Durations add, subtract, multiply by a whole number and compare; a point in time plus or minus a duration is a \
              point in time, and two points in time differ by a duration. Anything else is an error, as hours are not minutes.",
        call: BY_SYNTAX,
    },
    Function {
        signature: "days_before(later, earlier) -> whole number",
        doc: "How many whole days of 24 hours the second point in time lies before the first; negative where it lies after. A \
              date counts from its midnight in UTC.",
        call: days_before,
    },
    Function {
        signature: "overlaps(start, end, other_start, other_end) -> true or false",
        doc: "Whether two stretches of time meet. Each includes its start and not its end.",
        call: overlaps,
    },
    Function {
        signature: "within(start, end, outer_start, outer_end) -> true or false",
        doc: "Whether the first stretch of time lies wholly in the second.",
        call: within,
    },
    Function {
        signature: "stretch_at(stretches, point) -> object",
        doc: "The first of a list of stretches of time of the proposal (such as `window.alternatives`, with `start` and `end`) that holds a \
              point in time; `()` where none does.",
        call: super::period::stretch_at,
    },
    Function {
        signature: "day_of(point, zone) -> date",
        doc: "The calendar day of a point in time in an IANA time zone.",
        call: day_of,
    },
    Function {
        signature: "weekday(point, zone) -> text",
        doc: "The day of the week of a point in time in an IANA time zone: `monday` to `sunday`.",
        call: weekday_of,
    },
];

fn seconds<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Length(Length(SignedDuration::from_secs(args.count(0)?))))
}

fn minutes<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(arithmetic::minutes(Some(args.count(0)?))?)
}

fn hours<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(arithmetic::minutes(args.count(0)?.checked_mul(60))?)
}

fn days<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(arithmetic::minutes(args.count(0)?.checked_mul(1_440))?)
}

fn days_before<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let days = match (args.value(0), args.value(1)) {
        (Value::Moment(later), Value::Moment(earlier)) => days_between(earlier.0, later.0),
        (Value::Moment(later), Value::Day(earlier)) => days_between(midnight(*earlier)?, later.0),
        (Value::Day(later), Value::Day(earlier)) => i64::from((later.0 - earlier.0).get_days()),
        (Value::Moment(_), _) => return Err(args.wrong(1, "a point in time or a date").into()),
        (Value::Day(_), _) => return Err(args.wrong(1, "a date").into()),
        _ => return Err(args.wrong(0, "a point in time or a date").into()),
    };
    Ok(Value::Count(days))
}

fn overlaps<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (start, end, from, to) = (args.moment(0)?, args.moment(1)?, args.moment(2)?, args.moment(3)?);
    Ok(Value::Flag(start < to && from < end))
}

fn within<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (start, end, from, to) = (args.moment(0)?, args.moment(1)?, args.moment(2)?, args.moment(3)?);
    Ok(Value::Flag(from <= start && end <= to))
}

fn day_of<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Day(Day(local(args.moment(0)?, args.text(1)?)?.date())))
}

fn weekday_of<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(weekday(local(args.moment(0)?, args.text(1)?)?.weekday()).into())
}

fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    Length(later.duration_since(earlier)).whole(24 * 60 * 60)
}

fn midnight(day: Day) -> Result<Timestamp, Misuse> {
    let midnight = day.0.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    match moment(midnight)? {
        Value::Moment(Moment(midnight)) => Ok(midnight),
        _ => Ok(Timestamp::UNIX_EPOCH),
    }
}

fn local(point: Moment, zone: &str) -> Result<jiff::Zoned, Misuse> {
    Ok(point.0.to_zoned(time_zone(zone)?))
}

pub(super) fn time_zone(zone: &str) -> Result<TimeZone, Misuse> {
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
