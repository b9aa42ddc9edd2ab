//! Periods as a profile writes them: weekly ones, in a season or always, and single stretches of time.

use super::Args;
use super::proposal::{Proposal, argument, uncounted};
use super::time::time_zone;
use super::weekly::{Reading, Stretch, Weekly, covers, days_named};
use crate::facts::Root;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::{Map, Moment, Text, Value};
use crate::proposal::{NodeId, Value as Fact};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::rc::Rc;

/// More times than these nobody looks at.
const MOST_OCCURRENCES: usize = 10;

/// When a period is.
pub(in crate::policy) enum Period {
    /// From one point in time to another; one that is not stated is infinitely far.
    Once(Option<Timestamp>, Option<Timestamp>),
    Weekly(Weekly),
}

/// See [`super::weekly::FUNCTIONS`].
pub fn occurrences<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(period) = argument(args, "a period of the proposal")? else { return Ok(Value::from_iter([])) };
    let (start, end, zone) = (args.moment(1)?.0, args.moment(2)?.0, args.text(3)?);
    let found = uncounted(run).occurrences(period, (start, end), zone)?;
    let shown = |((from, to), unsure)| {
        let entries = [
            (Text::Borrowed("start"), Value::Moment(Moment(from))),
            (Text::Borrowed("end"), Value::Moment(Moment(to))),
            (Text::Borrowed("unsure"), Value::Flag(unsure)),
        ];
        Value::Map(Rc::new(Map { entries: entries.into(), depth: 1 }))
    };
    Ok(found.into_iter().map(shown).collect())
}

/// See [`super::weekly::FUNCTIONS`].
pub fn within_period<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(period) = argument(args, "a period of the proposal")? else { return Ok(Value::Flag(false)) };
    let stretch = (args.moment(1)?.0, args.moment(2)?.0);
    let zone = args.text(3)?;
    Ok(Value::Flag(uncounted(run).lies_within(period, stretch, zone)?))
}

/// See [`super::time::FUNCTIONS`].
pub fn stretch_at<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(list) = argument(args, "a list of the proposal")? else { return Ok(Value::Nothing) };
    let point = args.moment(1)?.0;
    let tree = &*run.facts.proposal;
    let stretches = tree.items(list);
    run.budget.work(1 + stretches.len() / 16)?;
    let instant = |at: NodeId, name: &str| match tree.get(at, name).map(|at| tree.value(at)) {
        Some(Fact::Instant(instant)) => Some(*instant),
        _ => None,
    };
    let holds = |at: &&NodeId| {
        let stretch = instant(**at, "start").zip(instant(**at, "end"));
        stretch.is_some_and(|(start, end)| start <= point && point < end)
    };
    let Some(&id) = stretches.iter().find(holds) else { return Ok(Value::Nothing) };
    let found = Value::Node(Node { root: Root::Proposal, id });
    for name in ["start", "end"] {
        run.field(&found, name)?;
    }
    Ok(found)
}

impl Proposal<'_> {
    /// A period that stands in the proposal. Read as the longer one, half a stretch has no other end, and a list of no days means
    /// every day; read as the shorter one, the first says nothing and the second is never.
    pub(in crate::policy) fn period(&mut self, at: NodeId, zone: &str, reading: Reading) -> Result<Period, Misuse> {
        let at = Some(at);
        let (start, end) = (self.instant(at, "start"), self.instant(at, "end"));
        let longer = reading == Reading::Longer;
        if if longer { start.is_some() || end.is_some() } else { start.is_some() && end.is_some() } {
            return Ok(Period::Once(start, end));
        }
        let times = self.time(at, "from").zip(self.time(at, "to"));
        let zone = time_zone(self.text(at, "zone").unwrap_or(zone))?;
        let list = self.get(at, "days");
        let names = list.map(|list| self.tree.items(list)).unwrap_or_default();
        let any = list.is_none() || longer && names.is_empty();
        let days = if any { [true; 7] } else { days_named(names.iter().filter_map(|&name| self.tree.text(name))) };
        self.budget.work(names.len() / 8)?;
        let season = (self.date(at, "first"), self.date(at, "last"));
        Ok(Period::Weekly(Weekly { days, times, zone, season }))
    }

    /// The first times of a period as far as they meet a stretch of time, and whether its reading is unsure.
    pub(in crate::policy) fn occurrences(
        &mut self,
        period: NodeId,
        (start, end): Stretch,
        zone: &str,
    ) -> Result<Vec<(Stretch, bool)>, Misuse> {
        let part = |(from, to): Stretch| Some((from.max(start), to.min(end))).filter(|(from, to)| from < to);
        let weekly = match self.period(period, zone, Reading::Longer)? {
            Period::Once(from, to) => {
                let once = part((from.unwrap_or(Timestamp::MIN), to.unwrap_or(Timestamp::MAX)));
                return Ok(once.map(|once| (once, false)).into_iter().collect());
            }
            Period::Weekly(weekly) => weekly,
        };
        let days = weekly.days(self.budget, start, end)?;
        let met = |day: Date| {
            let whole = weekly.on(day, Reading::Longer)?;
            Some((part(whole)?, weekly.on(day, Reading::Shorter) != Some(whole)))
        };
        Ok(days.into_iter().filter_map(met).take(MOST_OCCURRENCES).collect())
    }

    /// Whether a stretch of time lies wholly in a period, or in several of its occurrences without a gap.
    fn lies_within(&mut self, period: NodeId, (start, end): Stretch, zone: &str) -> Result<bool, Misuse> {
        let halves = [("start", "end"), ("from", "to")].map(|(one, other)| {
            let there = |name| self.tree.get(period, name).is_some();
            there(one) != there(other)
        });
        match self.period(period, zone, Reading::Shorter)? {
            // Of half a stretch nobody can tell how long it lasts.
            _ if halves.contains(&true) => Ok(false),
            Period::Once(Some(from), Some(to)) => Ok(from <= start && start < end && end <= to),
            Period::Once(..) => Ok(false),
            Period::Weekly(weekly) => {
                let occurrences = weekly.occurrences(self.budget, start, end, Reading::Shorter)?;
                Ok(covers(&occurrences, start, end))
            }
        }
    }

    fn time(&mut self, at: Option<NodeId>, name: &str) -> Option<Time> {
        match self.tree.value(self.get(at, name)?) {
            Fact::Time(time) => Some(*time),
            _ => None,
        }
    }

    fn date(&mut self, at: Option<NodeId>, name: &str) -> Option<Date> {
        match self.tree.value(self.get(at, name)?) {
            Fact::Date(date) => Some(*date),
            _ => None,
        }
    }
}
