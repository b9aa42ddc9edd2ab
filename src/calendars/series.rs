//! When an event takes place: its start, what its rule comes to, what RDATE adds, without what EXDATE takes away.

use super::event::{Event, Length};
use super::moment::{Clock, Moment, days_later};
use super::rule::{Bounds, Budget, End, Rule, Spent};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;

/// One start of an event.
#[derive(Debug)]
pub(super) struct Start<'e> {
    pub moment: Moment,
    pub length: &'e Length,
    /// Whether it is there only because the event says that it starts then: the rule does not come to it.
    pub beside_rule: bool,
}

/// The starts of an event that can reach into a stretch of time, by the instants that tell them apart. `gone` are those that other
/// events stand for.
pub(super) fn starts<'e>(
    event: &'e Event,
    from: Timestamp,
    to: Timestamp,
    gone: &HashSet<Timestamp>,
    budget: &mut Budget,
) -> Result<BTreeMap<Timestamp, Start<'e>>, Spent> {
    let mut starts = BTreeMap::new();
    let except: HashSet<_> = event.except.iter().map(|(at, _)| *at).collect();
    budget.spend(1 + except.len() + event.also.len())?;
    let mut add = |moment: Moment, length: &'e Length, beside_rule: bool| {
        if let Some(key) = moment.key().filter(|key| !except.contains(key) && !gone.contains(key)) {
            // What RDATE says of an occurrence says more than the rule does: a period has a length of its own.
            starts.insert(key, Start { moment, length, beside_rule });
        }
    };
    let mut beside_rule = false;
    if let Some((rule, _)) = &event.rule {
        beside_rule = !comes_to(rule, event.start.civil, budget)?;
        // A time that a rule comes to and that does not exist is none, says the standard (section 3.3.10). A freeze holds then all the same,
        // as whoever wrote it may have meant it.
        each(event, rule, from, to, budget, |civil, skipped| {
            if !(skipped && event.opens) {
                add(event.start.with(civil), &event.length, false);
            }
        })?;
    }
    // The standard leaves open what an event is whose rule does not come to its start. It is one for a freeze and none for a window.
    if !(beside_rule && event.opens) {
        add(event.start.clone(), &event.length, beside_rule);
    }
    for (moment, length) in &event.also {
        add(moment.clone(), length.as_ref().unwrap_or(&event.length), false);
    }
    Ok(starts)
}

/// Which of the times aim at no occurrence, while the event goes on around them. Programs that end a series earlier, or begin it later, leave
/// in it what was said of the rest. The rule is walked once, however many times there are.
pub(super) fn missed(
    event: &Event,
    mut aims: BTreeSet<Timestamp>,
    budget: &mut Budget,
) -> Result<BTreeSet<Timestamp>, Spent> {
    budget.spend(1 + event.also.len() + aims.len())?;
    for said in std::iter::once(&event.start).chain(event.also.iter().map(|(moment, _)| moment)) {
        said.key().map(|key| aims.remove(&key));
    }
    let Some((rule, _)) = &event.rule else { return Ok(aims) };
    // A day more on both sides: it may be the first or the last one that is aimed at.
    let day = SignedDuration::from_hours(24);
    let first = event.start.key();
    let last = if let End::Until(until) = rule.end { until.key(&event.start) } else { None };
    aims.retain(|at| {
        first.is_none_or(|first| at.duration_since(first) >= -day)
            && last.is_none_or(|last| at.duration_since(last) <= day)
    });
    let (Some(&from), Some(&to)) = (aims.first(), aims.last()) else { return Ok(aims) };
    each(event, rule, from, to, budget, |civil, _| {
        event.start.with(civil).key().map(|key| aims.remove(&key));
    })?;
    Ok(aims)
}

fn comes_to(rule: &Rule, start: DateTime, budget: &mut Budget) -> Result<bool, Spent> {
    let mut found = false;
    rule.each(Bounds { start, from: start, to: start }, budget, |_| {
        found = true;
        ControlFlow::Break(())
    })?;
    Ok(found)
}

fn each(
    event: &Event,
    rule: &Rule,
    from: Timestamp,
    to: Timestamp,
    budget: &mut Budget,
    mut add: impl FnMut(DateTime, bool),
) -> Result<(), Spent> {
    let start = &event.start;
    // Two days more on both sides: no zone is further from UTC, and no clock jumps further.
    let margin = SignedDuration::from_hours(48);
    let local = |at: Timestamp| at.to_zoned(start.zone.clone()).datetime();
    let early = local(from.checked_sub(event.length.at_most().saturating_add(margin)).unwrap_or(Timestamp::MIN));
    let late = local(to.checked_add(margin).unwrap_or(Timestamp::MAX));
    let last = match rule.end {
        End::Until(until) => until.key(start),
        _ => None,
    };
    let most = if let End::Count(count) = rule.end { Some(count) } else { None };
    // What is counted is counted from the first on.
    let bounds = Bounds { start: start.civil, from: if most.is_some() { start.civil } else { early }, to: late };
    let mut counted = 0;
    rule.each(bounds, budget, |civil| {
        let Some(readings) = start.with(civil).readings() else { return ControlFlow::Break(()) };
        if last.is_some_and(|last| readings.earlier > last) {
            return ControlFlow::Break(());
        }
        // What does not exist is not counted.
        let skipped = readings.clock == Clock::SkipsIt;
        if civil >= early {
            add(civil, skipped);
        }
        counted += u32::from(!skipped);
        if most == Some(counted) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// From when to when, half-open, and what was decided where that could be read in two ways.
#[derive(Debug, PartialEq)]
pub(super) struct Taken {
    pub start: Timestamp,
    pub end: Timestamp,
    pub notes: Vec<String>,
}

/// Reads a start in the way that freezes longer; none where it is out of range.
pub(super) fn taken(event: &Event, start: &Start<'_>) -> Option<Taken> {
    let begins = start.moment.readings()?;
    let (earliest, latest, ends_at) = ends(event, start)?;
    let (mut from, mut to) = if event.opens { (begins.later, earliest) } else { (begins.earlier, latest) };
    if to <= from {
        // A window that would be none: both of its ends are read in the same way. A day that a zone left out has no length in any way.
        (from, to) = if event.opens { (begins.later, latest) } else { (begins.earlier, latest) };
    }
    let mut notes = Vec::new();
    if start.beside_rule {
        notes.push("the rule of the event does not come to its start, which counts all the same".to_owned());
    }
    notes.extend(said(&start.moment, begins.clock, from));
    match ends_at {
        Some((moment, clock)) if clock != Clock::ShowsOnce => notes.extend(said(&moment, clock, to)),
        _ if earliest != latest && begins.clock == Clock::ShowsOnce => {
            notes
                .push(format!("the clocks change in it: it could end at {earliest} or at {latest}, and {to} is taken"));
        }
        _ => {}
    }
    (from < to).then_some(Taken { start: from, end: to, notes })
}

fn said(moment: &Moment, clock: Clock, taken: Timestamp) -> Option<String> {
    let what = match clock {
        Clock::ShowsOnce => return None,
        Clock::ShowsTwice => "comes twice",
        Clock::SkipsIt => "does not exist",
    };
    let (day, time, zone) = (moment.civil.date(), moment.civil.time(), moment.zone.iana_name().unwrap_or("its zone"));
    Some(format!("{time} on {day} {what} in {zone}, and {taken} is taken"))
}

/// The earliest and the latest end, and the clock at it where it is a time of its own.
type Ends = (Timestamp, Timestamp, Option<(Moment, Clock)>);

fn ends(event: &Event, start: &Start<'_>) -> Option<Ends> {
    let begins = start.moment.readings()?;
    let at = |moment: Moment, seconds: SignedDuration| {
        let readings = moment.readings()?;
        let (earlier, later) = (readings.earlier.checked_add(seconds).ok()?, readings.later.checked_add(seconds).ok()?);
        Some((earlier, later, Some((moment, readings.clock))))
    };
    match start.length {
        Length::For(duration) => {
            let moment = start.moment.with(days_later(start.moment.civil, duration.days)?);
            let (earlier, later, clock) = at(moment, SignedDuration::from_secs(duration.seconds))?;
            // Hours after a time that is told already need not be told again.
            Some((earlier, later, clock.filter(|_| duration.days > 0 && duration.seconds == 0)))
        }
        // Days are as long as they are, and the first occurrence ends when the event says.
        Length::Until { end, .. } if start.moment.civil == event.start.civil && !end.all_day => {
            at(end.clone(), SignedDuration::ZERO)
        }
        Length::Until { civil, exact, .. } => {
            let local = start.moment.with(start.moment.civil.checked_add(*civil).ok()?);
            let (earlier, later, clock) = at(local, SignedDuration::ZERO)?;
            if start.moment.all_day {
                return Some((earlier, later, clock));
            }
            // The standard has it that each occurrence is as long by the stopwatch as the first; what a calendar shows is the same hour.
            let (short, long) = (begins.earlier.checked_add(*exact).ok()?, begins.later.checked_add(*exact).ok()?);
            Some((earlier.min(short), later.max(long), clock))
        }
    }
}
