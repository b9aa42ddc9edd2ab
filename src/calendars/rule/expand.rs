//! Moments of a rule: period by period, each day of it held against the rule, within a budget.

use super::{Frequency, Rule};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::ops::ControlFlow;

/// How much may still be looked at. One step is a day or a moment.
#[derive(Debug, Clone, Copy)]
pub(in crate::calendars) struct Budget {
    left: u64,
}

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calendars) struct Spent;

impl Budget {
    pub const fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    pub fn spend(&mut self, steps: usize) -> Result<(), Spent> {
        self.left = self.left.checked_sub(steps as u64).ok_or(Spent)?;
        Ok(())
    }
}

/// The bounds of an expansion, both of them part of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::calendars) struct Bounds {
    /// Where the rule begins: what it does not say is taken from here.
    pub start: DateTime,
    pub from: DateTime,
    pub to: DateTime,
}

impl Rule {
    /// Hands on the moments of the rule in order, each once, until it is told to stop.
    ///
    /// # Errors
    /// The budget is spent.
    pub fn each(
        &self,
        bounds: Bounds,
        budget: &mut Budget,
        mut take: impl FnMut(DateTime) -> ControlFlow<()>,
    ) -> Result<(), Spent> {
        let filled = self.filled(bounds.start);
        let mut index = filled.first_period(bounds);
        while let Some((first, days)) = filled.period(bounds.start.date(), index) {
            // A year more than the bounds need, which costs little, and no period is missed that begins late in its week.
            if first > bounds.to.date() {
                break;
            }
            budget.spend(days as usize)?;
            if filled.of_period(first, days, bounds, budget, &mut take)?.is_break() {
                break;
            }
            index += 1;
        }
        Ok(())
    }

    /// The same rule with what the start of the event says in its place.
    fn filled(&self, start: DateTime) -> Self {
        let mut rule = self.clone();
        let by_day = !(rule.weeks.is_empty()
            && rule.year_days.is_empty()
            && rule.month_days.is_empty()
            && rule.week_days.is_empty());
        if !by_day {
            match rule.frequency {
                Frequency::Yearly => {
                    if rule.months.is_empty() {
                        rule.months = vec![i16::from(start.month())];
                    }
                    rule.month_days = vec![i16::from(start.day())];
                }
                Frequency::Monthly => rule.month_days = vec![i16::from(start.day())],
                Frequency::Weekly => rule.week_days = vec![(0, start.weekday().to_monday_zero_offset() as u8)],
                Frequency::Daily | Frequency::Hourly => {}
            }
        }
        if rule.hours.is_empty() && rule.frequency > Frequency::Hourly {
            rule.hours = vec![i16::from(start.hour())];
        }
        if rule.minutes.is_empty() {
            rule.minutes = vec![i16::from(start.minute())];
        }
        if rule.seconds.is_empty() {
            rule.seconds = vec![i16::from(start.second())];
        }
        rule
    }

    /// The first period that can hold something of the bounds; counting in intervals from the one of the start.
    fn first_period(&self, bounds: Bounds) -> i64 {
        let (start, from) = (bounds.start.date(), bounds.from.date());
        let days = i64::from((from - start).get_days());
        let periods = match self.frequency {
            Frequency::Yearly => i64::from(from.year()) - i64::from(start.year()),
            Frequency::Monthly => months(from) - months(start),
            Frequency::Weekly => days / 7,
            // Hours are looked at day by day.
            Frequency::Hourly => return (days - 1).max(0),
            Frequency::Daily => days,
        };
        // One earlier, as the bounds may begin in the middle of it.
        (periods / i64::from(self.interval) - 1).max(0)
    }

    /// The first day of a period and how many days it has; none past the end of the calendar.
    fn period(&self, start: Date, index: i64) -> Option<(Date, i32)> {
        let units = index.checked_mul(i64::from(self.interval))?;
        match self.frequency {
            Frequency::Yearly => {
                let first = Date::new(i16::try_from(i64::from(start.year()) + units).ok()?, 1, 1).ok()?;
                Some((first, i32::from(first.days_in_year())))
            }
            Frequency::Monthly => {
                let month = months(start) + units;
                let first = Date::new(i16::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as i8 + 1, 1);
                first.ok().map(|first| (first, i32::from(first.days_in_month())))
            }
            Frequency::Weekly => {
                let first = later(start, -i64::from(self.past_week_start(start)))?;
                Some((later(first, units.checked_mul(7)?)?, 7))
            }
            Frequency::Daily => Some((later(start, units)?, 1)),
            Frequency::Hourly => Some((later(start, index)?, 1)),
        }
    }

    fn of_period(
        &self,
        first: Date,
        days: i32,
        bounds: Bounds,
        budget: &mut Budget,
        take: &mut impl FnMut(DateTime) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Spent> {
        let days: Vec<Date> =
            (0..days).filter_map(|day| later(first, i64::from(day))).filter(|day| self.has(*day)).collect();
        if days.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let hours = if self.frequency == Frequency::Hourly { self.hours_of(bounds.start, first) } else { Vec::new() };
        // Each hour is a period by itself, from which BYSETPOS chooses; of all else there is one.
        let sets: Vec<&[i16]> =
            if self.frequency == Frequency::Hourly { hours.chunks(1).collect() } else { vec![&self.hours] };
        for hours in sets {
            let set = Set { days: &days, hours, minutes: &self.minutes, seconds: &self.seconds };
            for index in set.chosen(&self.positions) {
                budget.spend(1)?;
                let Some(moment) = set.at(index).filter(|at| *at >= bounds.start && *at >= bounds.from) else {
                    continue;
                };
                if moment > bounds.to || take(moment).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The hours of a day that an hourly rule comes to.
    fn hours_of(&self, start: DateTime, day: Date) -> Vec<i16> {
        let before = i64::from((day - start.date()).get_days()) * 24 - i64::from(start.hour());
        let met = |hour: &i16| (before + i64::from(*hour)).rem_euclid(i64::from(self.interval)) == 0;
        (0..24).filter(met).filter(|hour| self.hours.is_empty() || self.hours.contains(hour)).collect()
    }

    /// Whether a day is one of the rule.
    fn has(&self, day: Date) -> bool {
        let (year, month) = (i32::from(day.day_of_year()), i32::from(day.day()));
        listed(&self.months, i32::from(day.month()), 13)
            && listed(&self.year_days, year, i32::from(day.days_in_year()))
            && listed(&self.month_days, month, i32::from(day.days_in_month()))
            && self.has_week_day(day)
            && self.has_week(day)
    }

    fn has_week_day(&self, day: Date) -> bool {
        let of_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
        let (at, of) = if of_month {
            (i32::from(day.day()), i32::from(day.days_in_month()))
        } else {
            (i32::from(day.day_of_year()), i32::from(day.days_in_year()))
        };
        let (nth, last) = ((at - 1) / 7 + 1, -((of - at) / 7 + 1));
        let week_day = day.weekday().to_monday_zero_offset() as u8;
        let named =
            |nth: i32| i16::try_from(nth).is_ok_and(|nth| self.week_days.binary_search(&(nth, week_day)).is_ok());
        self.week_days.is_empty() || [0, nth, last].into_iter().any(named)
    }

    /// Weeks belong to the year in which they have four days or more.
    fn has_week(&self, day: Date) -> bool {
        if self.weeks.is_empty() {
            return true;
        }
        let Some(fourth) = later(day, 3 - i64::from(self.past_week_start(day))) else { return false };
        let week = i32::from((fourth.day_of_year() - 1) / 7 + 1);
        let weeks = week + i32::from((fourth.days_in_year() - fourth.day_of_year()) / 7);
        listed(&self.weeks, week, weeks)
    }

    /// How many days of its week are before a day.
    fn past_week_start(&self, day: Date) -> i8 {
        (day.weekday().to_monday_zero_offset() - self.week_start.to_monday_zero_offset()).rem_euclid(7)
    }
}

/// Days and times of a period, of which each day has each time. It is counted and not laid out: a year has 31 million seconds.
struct Set<'r> {
    days: &'r [Date],
    hours: &'r [i16],
    minutes: &'r [i16],
    seconds: &'r [i16],
}

impl Set<'_> {
    fn len(&self) -> usize {
        self.days.len() * self.hours.len() * self.minutes.len() * self.seconds.len()
    }

    fn at(&self, index: usize) -> Option<DateTime> {
        let (index, second) = split(index, self.seconds)?;
        let (index, minute) = split(index, self.minutes)?;
        let (index, hour) = split(index, self.hours)?;
        Some(self.days.get(index)?.at(hour, minute, second, 0))
    }

    /// The places that positions from 1, or from -1 at the end, stand for; all without positions.
    fn chosen(&self, positions: &[i16]) -> Box<dyn Iterator<Item = usize>> {
        let len = self.len();
        if positions.is_empty() {
            return Box::new(0..len);
        }
        let place = |position: &i16| match usize::from(position.unsigned_abs()) {
            back if *position < 0 => len.checked_sub(back),
            on => Some(on - 1).filter(|at| *at < len),
        };
        let mut chosen: Vec<_> = positions.iter().filter_map(place).collect();
        chosen.sort_unstable();
        chosen.dedup();
        Box::new(chosen.into_iter())
    }
}

fn split(index: usize, list: &[i16]) -> Option<(usize, i8)> {
    let value = list.get(index % list.len().max(1))?;
    Some((index / list.len(), i8::try_from(*value).ok()?))
}

/// Whether a list is empty, or has a number, counted from the front or from the back.
fn listed(list: &[i16], number: i32, of: i32) -> bool {
    let has = |number: i32| i16::try_from(number).is_ok_and(|number| list.binary_search(&number).is_ok());
    list.is_empty() || has(number) || has(number - of - 1)
}

fn months(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

fn later(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}
