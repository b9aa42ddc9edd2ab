//! Periods that recur every week in a time zone: peak hours, low-risk windows, hours of support.

use super::time::{time_zone, weekday};
use super::{Args, Function};
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::value::{Text, TimeOfDay, Value};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "meets_weekly(start, end, days, from, to, zone) -> true or false",
        doc: "Whether a stretch of time meets a period that recurs weekly: on the listed days of the week (`monday` …) from one \
              time of day to another in a zone. A period whose end is not after its start runs past midnight. Where a clock \
              change makes a time ambiguous, the period is taken to be the longer one.",
        call: meets,
    },
    Function {
        signature: "within_weekly(start, end, days, from, to, zone) -> true or false",
        doc: "Whether a stretch of time lies wholly in one occurrence of such a period, or in several that follow each other \
              without a gap. Where a clock change makes a time ambiguous, the period is taken to be the shorter one.",
        call: within,
    },
];

/// A stretch of time longer than this is not compared, as each of its days would be looked at.
const LONGEST_DAYS: i32 = 400;

fn meets<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let (start, end) = (args.moment(0)?.0, args.moment(1)?.0);
    let occurrences = Period::of(run, &args)?.occurrences(run, start, end, Reading::Longer)?;
    Ok(Value::Flag(occurrences.iter().any(|&(from, to)| start < to && from < end)))
}

fn within<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let (start, end) = (args.moment(0)?.0, args.moment(1)?.0);
    let occurrences = Period::of(run, &args)?.occurrences(run, start, end, Reading::Shorter)?;
    Ok(Value::Flag(covers(&occurrences, start, end)))
}

struct Period<'f> {
    days: Vec<Text<'f>>,
    from: TimeOfDay,
    to: TimeOfDay,
    zone: TimeZone,
}

/// Which reading an ambiguous local time is given: the one that is on the safe side for the question at hand.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Longer,
    Shorter,
}

impl<'f> Period<'f> {
    /// That of the arguments of a call.
    fn of(run: &mut Run<'f>, args: &Args<'f>) -> Result<Self, Misuse> {
        Ok(Self {
            days: args.texts(run, 2)?,
            from: args.time_of_day(3)?,
            to: args.time_of_day(4)?,
            zone: time_zone(args.text(5)?)?,
        })
    }

    /// All occurrences that may meet a stretch of time, in order.
    fn occurrences(
        &self,
        run: &mut Run<'f>,
        start: Timestamp,
        end: Timestamp,
        reading: Reading,
    ) -> Result<Vec<(Timestamp, Timestamp)>, Misuse> {
        let first = start.to_zoned(self.zone.clone()).date();
        let last = end.to_zoned(self.zone.clone()).date();
        if first.until(last).map_or(i32::MAX, |span| span.get_days()) > LONGEST_DAYS {
            let help = format!("compare stretches of at most {LONGEST_DAYS} days");
            return Err(misuse("policy/overflow", "this stretch of time is too long for a weekly period", help));
        }
        run.budget.work(
            first.until(last).map_or(0, |span| span.get_days().unsigned_abs() as usize) * (2 + self.days.len() / 8),
        )?;
        let mut occurrences = Vec::new();
        // One day earlier, for a period that runs past midnight into the first day.
        let mut day = first.saturating_sub(1.day());
        loop {
            if self.days.iter().any(|name| **name == *weekday(day.weekday())) {
                occurrences.extend(self.on(day, reading));
            }
            // The last day of the calendar has no next one, and would be come to for ever.
            match day.checked_add(1.day()) {
                Ok(next) if next <= last => day = next,
                _ => return Ok(occurrences),
            }
        }
    }

    /// The occurrence that begins on a day.
    fn on(&self, day: Date, reading: Reading) -> Option<(Timestamp, Timestamp)> {
        let end_day = if self.to.0 > self.from.0 { day } else { day.saturating_add(1.day()) };
        let start = self.zone.to_ambiguous_timestamp(day.to_datetime(self.from.0));
        let end = self.zone.to_ambiguous_timestamp(end_day.to_datetime(self.to.0));
        let (start, end) = match reading {
            Reading::Longer => (start.earlier(), end.later()),
            Reading::Shorter => (start.later(), end.earlier()),
        };
        Some((start.ok()?, end.ok()?)).filter(|(start, end)| start < end)
    }
}

/// Whether stretches in order cover one of time without a gap.
fn covers(stretches: &[(Timestamp, Timestamp)], start: Timestamp, end: Timestamp) -> bool {
    let mut covered = start;
    for &(from, to) in stretches {
        if from <= covered && covered < to {
            covered = to;
        }
    }
    start < end && covered >= end
}
