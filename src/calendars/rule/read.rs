//! A text to a rule. What the standard forbids or leaves open is refused, as programs read it in different ways.

use super::part::{self, Misread, week_day};
use super::{End, Frequency, Rule, Until};
use crate::calendars::moment::{date, date_time};
use crate::calendars::property::Property;
use crate::calendars::wrong::{Wrong, shown};
use jiff::civil::Weekday;
use std::ops::Range;

/// The parts that a rule can have.
const PARTS: [&str; 14] = [
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

type Parts<'t> = [Option<(&'t str, usize)>; PARTS.len()];

impl Rule {
    /// Reads the value of an RRULE.
    pub fn read(property: &Property<'_>) -> Result<Self, Wrong> {
        let rule = parts(property.value()).and_then(|parts| of_parts(&parts)).and_then(|rule| rule.checked());
        rule.map_err(|(at, message)| {
            let at = if at.is_empty() { property.value_span() } else { property.within(at) };
            let help = "a rule is `FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T225959Z`, as RFC 5545 has it in section 3.3.10";
            Wrong::new("calendar/bad-rule", at, message, help)
        })
    }

    /// Combinations that the standard excludes, and those that are read in different ways.
    fn checked(self) -> Result<Self, Misread> {
        let yearly = self.frequency == Frequency::Yearly;
        let nth = self.week_days.iter().any(|(nth, _)| *nth != 0);
        let by_anything =
            [&self.months, &self.weeks, &self.year_days, &self.month_days].iter().any(|list| !list.is_empty())
                || [&self.hours, &self.minutes, &self.seconds].iter().any(|list| !list.is_empty())
                || !self.week_days.is_empty();
        let wrong = if !self.weeks.is_empty() && !yearly {
            "BYWEEKNO goes with FREQ=YEARLY alone"
        } else if !self.weeks.is_empty() && nth {
            "with BYWEEKNO the days of BYDAY have no numbers"
        } else if !self.weeks.is_empty() && self.week_days.is_empty() {
            "BYWEEKNO without BYDAY is one day of the week for some programs, and all seven for others: name the days"
        } else if nth && self.frequency < Frequency::Monthly {
            "the days of BYDAY have numbers with FREQ=MONTHLY and FREQ=YEARLY alone"
        } else if !self.month_days.is_empty() && self.frequency == Frequency::Weekly {
            "BYMONTHDAY does not go with FREQ=WEEKLY"
        } else if !self.year_days.is_empty()
            && matches!(self.frequency, Frequency::Daily | Frequency::Weekly | Frequency::Monthly)
        {
            "BYYEARDAY goes with FREQ=YEARLY and FREQ=HOURLY alone"
        } else if !self.positions.is_empty() && !by_anything {
            "BYSETPOS chooses from what another BY... part gives, and there is none"
        } else {
            return Ok(self);
        };
        Err((0..0, wrong.to_owned()))
    }
}

fn parts(text: &str) -> Result<Parts<'_>, Misread> {
    let mut parts: Parts<'_> = [None; PARTS.len()];
    let mut at = 0;
    // Some programs end a rule with a semicolon.
    for part in text.strip_suffix(';').unwrap_or(text).split(';') {
        let range = at..at + part.len();
        at = range.end + 1;
        let Some((name, value)) = part.split_once('=') else {
            return Err((range, format!("`{}` is no part of a rule: it has no `=`", shown(part))));
        };
        let known = PARTS.iter().position(|known| known.eq_ignore_ascii_case(name));
        match known.and_then(|index| parts.get_mut(index)) {
            None => return Err((range, format!("there is no part `{}` of a rule", shown(name)))),
            Some(Some(_)) => return Err((range, format!("{} stands twice", name.to_ascii_uppercase()))),
            Some(free) => *free = Some((value, range.start + name.len() + 1)),
        }
    }
    Ok(parts)
}

fn of_parts(parts: &Parts<'_>) -> Result<Rule, Misread> {
    let [
        freq,
        until,
        count,
        interval,
        second,
        minute,
        hour,
        day,
        month_day,
        year_day,
        week,
        month,
        position,
        week_start,
    ] = *parts;
    let list = |part: Option<(&str, usize)>, least, most| match part {
        Some((text, at)) => part::numbers(text, at, least, most),
        None => Ok(Vec::new()),
    };
    Ok(Rule {
        frequency: frequency(freq)?,
        interval: interval.map_or(Ok(1), |part| whole(part, 9_999))? as i32,
        end: end(until, count)?,
        week_start: first_of_week(week_start)?,
        months: list(month, 1, 12)?,
        weeks: list(week, -53, 53)?,
        year_days: list(year_day, -366, 366)?,
        month_days: list(month_day, -31, 31)?,
        week_days: day.map_or(Ok(Vec::new()), |(text, at)| part::week_days(text, at))?,
        hours: list(hour, 0, 23)?,
        minutes: list(minute, 0, 59)?,
        seconds: list(second, 0, 59)?,
        positions: list(position, -366, 366)?,
    })
}

fn frequency(part: Option<(&str, usize)>) -> Result<Frequency, Misread> {
    let (text, at) = part.ok_or_else(|| (0..0, "FREQ is missing".to_owned()))?;
    match text.to_ascii_uppercase().as_str() {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        "HOURLY" => Ok(Frequency::Hourly),
        "MINUTELY" | "SECONDLY" => {
            Err((range(text, at), "what comes every minute or every second is not expanded".to_owned()))
        }
        _ => Err((range(text, at), format!("there is no frequency `{}`", shown(text)))),
    }
}

fn end(until: Option<(&str, usize)>, count: Option<(&str, usize)>) -> Result<End, Misread> {
    match (until, count) {
        (Some((text, at)), Some(_)) => {
            Err((range(text, at), "a rule has UNTIL or COUNT, and this one has both".to_owned()))
        }
        (None, None) => Ok(End::Never),
        (None, Some(part)) => Ok(End::Count(whole(part, 1_000_000)?)),
        (Some((text, at)), None) => {
            let utc = text.strip_suffix('Z').and_then(date_time).map(Until::Utc);
            let until = utc.or_else(|| date_time(text).map(Until::Local)).or_else(|| date(text).map(Until::Day));
            until.map(End::Until).ok_or_else(|| (range(text, at), format!("`{}` is no day and no time", shown(text))))
        }
    }
}

fn first_of_week(part: Option<(&str, usize)>) -> Result<Weekday, Misread> {
    let Some((text, at)) = part else { return Ok(Weekday::Monday) };
    let day = week_day(text).and_then(|day| Weekday::from_monday_zero_offset(day as i8).ok());
    day.ok_or_else(|| (range(text, at), "a day such as `MO` belongs here".to_owned()))
}

/// A number from 1.
fn whole((text, at): (&str, usize), most: u32) -> Result<u32, Misread> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| digits && (1..=most).contains(number));
    number.ok_or_else(|| (range(text, at), format!("a number from 1 to {most} belongs here")))
}

fn range(text: &str, at: usize) -> Range<usize> {
    at..at + text.len()
}
