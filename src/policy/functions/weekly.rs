//! Periods that recur every week in a time zone: peak hours, low-risk windows, hours of support.

use super::time::{time_zone, weekday};
use super::{Args, Function};
use crate::policy::budget::Budget;
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

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
    Function {
        signature: "occurrences(period, start, end, zone) -> list",
        doc: "When a period of the proposal or its profile (such as one of `system.peak_periods`) is, as far as it meets a stretch \
              of time: the first ten times in order, each a map with `start`, `end` and `unsure`, which is true where a change \
              of the clocks leaves open when it begins or ends. What a period lacks makes it longer: without `from` or `to` it \
              lasts whole days, without `days` it is every day, without `zone` that of the call is meant.",
        call: super::period::occurrences,
    },
    Function {
        signature: "within_period(period, start, end, zone) -> true or false",
        doc: "Whether a stretch of time lies wholly in such a period, or in several of its occurrences without a gap. What a period lacks \
              makes it shorter: with one of `from` and `to`, or of `start` and `end`, it is never; without either it lasts whole days, \
              without `days` it is every day, without `zone` that of the call is meant.",
        call: super::period::within_period,
    },
];

/// A stretch of time longer than this is not compared, as each of its days would be looked at.
const LONGEST: SignedDuration = SignedDuration::from_hours(400 * 24);

fn meets<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (start, end) = (args.moment(0)?.0, args.moment(1)?.0);
    let weekly = Weekly::of(run, args)?;
    let occurrences = weekly.occurrences(&mut run.budget, start, end, Reading::Longer)?;
    Ok(Value::Flag(occurrences.iter().any(|&(from, to)| start < to && from < end)))
}

fn within<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (start, end) = (args.moment(0)?.0, args.moment(1)?.0);
    let weekly = Weekly::of(run, args)?;
    let occurrences = weekly.occurrences(&mut run.budget, start, end, Reading::Shorter)?;
    Ok(Value::Flag(covers(&occurrences, start, end)))
}

/// A stretch of time, without its end.
pub(in crate::policy) type Stretch = (Timestamp, Timestamp);

/// Times that return every week.
pub(in crate::policy) struct Weekly {
    /// Whether it begins on each day of the week, from Monday on.
    pub days: [bool; 7],
    /// From when to when; whole days where that is not known.
    pub times: Option<(Time, Time)>,
    pub zone: TimeZone,
    /// The first and the last day on which it begins.
    pub season: (Option<Date>, Option<Date>),
}

/// Which reading an ambiguous local time is given: the one that is on the safe side for the question at hand.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::policy) enum Reading {
    Longer,
    Shorter,
}

/// The days of the week that are among some names.
pub(super) fn days_named<'t>(names: impl Iterator<Item = &'t str>) -> [bool; 7] {
    let mut days = [false; 7];
    for name in names {
        for (day, named) in jiff::civil::Weekday::Monday.cycle_forward().zip(&mut days) {
            *named |= name == weekday(day);
        }
    }
    days
}

impl Weekly {
    /// That of the arguments of a call.
    fn of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<Self, Misuse> {
        let days = args.texts(run, 2)?;
        run.budget.work(days.len() / 8)?;
        Ok(Self {
            days: days_named(days.iter().map(|day| &**day)),
            times: Some((args.time_of_day(3)?.0, args.time_of_day(4)?.0)),
            zone: time_zone(args.text(5)?)?,
            season: (None, None),
        })
    }

    /// All occurrences that may meet a stretch of time, in order.
    pub fn occurrences(
        &self,
        budget: &mut Budget,
        start: Timestamp,
        end: Timestamp,
        reading: Reading,
    ) -> Result<Vec<Stretch>, Misuse> {
        let days = self.days(budget, start, end)?;
        Ok(days.into_iter().filter_map(|day| self.on(day, reading)).collect())
    }

    /// The days on which one begins that may meet a stretch of time.
    pub fn days(&self, budget: &mut Budget, start: Timestamp, end: Timestamp) -> Result<Vec<Date>, Misuse> {
        let first = start.to_zoned(self.zone.clone()).date();
        let last = end.to_zoned(self.zone.clone()).date();
        if end.duration_since(start) > LONGEST {
            let help = format!("compare stretches of at most {} days", LONGEST.as_hours() / 24);
            return Err(misuse("policy/overflow", "this stretch of time is too long for a weekly period", help));
        }
        budget.work(2 * first.until(last).map_or(0, |span| span.get_days().unsigned_abs() as usize))?;
        let (opens, closes) = self.season;
        let last = closes.map_or(last, |closes| last.min(closes));
        // One day earlier, for a period that runs past midnight into the first day.
        let mut day = first.saturating_sub(1.day());
        day = opens.map_or(day, |opens| day.max(opens));
        let mut days = Vec::new();
        while day <= last {
            if self.days[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())] {
                days.push(day);
            }
            // The last day of the calendar has no next one, and would be come to for ever.
            let Ok(next) = day.checked_add(1.day()) else { break };
            day = next;
        }
        Ok(days)
    }

    /// The occurrence that begins on a day.
    pub fn on(&self, day: Date, reading: Reading) -> Option<Stretch> {
        let next = day.saturating_add(1.day());
        let Some((from, to)) = self.times else {
            let midnight = |day: Date| day.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp());
            return Some((midnight(day)?, midnight(next)?));
        };
        let end_day = if to > from { day } else { next };
        let start = self.zone.to_ambiguous_timestamp(day.to_datetime(from));
        let end = self.zone.to_ambiguous_timestamp(end_day.to_datetime(to));
        let (start, end) = match reading {
            Reading::Longer => (start.earlier(), end.later()),
            Reading::Shorter => (start.later(), end.earlier()),
        };
        Some((start.ok()?, end.ok()?)).filter(|(start, end)| start < end)
    }
}

/// Whether stretches in order cover one of time without a gap.
pub(super) fn covers(stretches: &[Stretch], start: Timestamp, end: Timestamp) -> bool {
    let mut covered = start;
    for &(from, to) in stretches {
        if from <= covered && covered < to {
            covered = to;
        }
    }
    start < end && covered >= end
}
