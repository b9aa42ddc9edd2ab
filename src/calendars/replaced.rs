//! Which occurrences others stand for, and what is there to take one away and takes none.

use super::event::{Entry, Event};
use super::moment::Moment;
use super::rule::{Budget, Spent};
use super::series::missed;
use super::wrong::{Wrong, Wrongs};
use super::{Limits, TOO_MUCH_WORK};
use crate::source::Span;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// An event that holds, whatever stands for single occurrences of it.
struct Series<'e> {
    number: usize,
    entry: &'e Entry,
    event: &'e Event,
}

/// By the number of an event: which of its occurrences others stand for. An event of an id is there once, and so is what stands for one of
/// its occurrences.
pub(super) fn replaced(entries: &[Entry], wrongs: &mut Wrongs) -> HashMap<usize, HashSet<Timestamp>> {
    let series = series(entries, wrongs);
    let mut aims = Aims::default();
    let mut replaced: HashMap<usize, HashSet<Timestamp>> = HashMap::new();
    let mut alone = HashSet::new();
    for entry in entries {
        let Some(replaces) = &entry.replaces else { continue };
        let of = series.get(&*entry.uid);
        let (moment, span) = match replaces {
            Ok((moment, span)) => (moment, *span),
            Err(wrong) => {
                // Where it is of a series that holds, nobody can tell which occurrence is gone.
                of.into_iter().for_each(|_| wrongs.push(wrong.clone()));
                continue;
            }
        };
        let moment = of.map_or_else(|| Ok(moment.clone()), |of| of.moment(moment, span));
        let Some(key) = wrongs.keep(moment).and_then(|moment| moment.key()) else { continue };
        if let Some(of) = of {
            let message = "this event stands for no occurrence of its series";
            aims.add(of.number, Aim { at: key, span, message, series: Some(of.entry.uid_span) });
        }
        let first = match of {
            Some(of) => replaced.entry(of.number).or_default().insert(key),
            None => alone.insert((&*entry.uid, key)),
        };
        if !first {
            let help = "keep the one that is meant; SEQUENCE does not decide it";
            let message = "another event stands for this occurrence already";
            wrongs.push(Wrong::new("calendar/duplicate-uid", span, message, help));
        }
    }
    for (number, event) in
        entries.iter().enumerate().filter_map(|(number, entry)| Some((number, entry.event.as_ref()?)))
    {
        for &(at, span) in &event.except {
            aims.add(number, Aim { at, span, message: "this EXDATE takes no occurrence away", series: None });
        }
    }
    aims.look(entries, wrongs);
    replaced
}

fn series<'e>(entries: &'e [Entry], wrongs: &mut Wrongs) -> HashMap<&'e str, Series<'e>> {
    let mut seen: HashMap<&str, &Entry> = HashMap::new();
    let mut series = HashMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.replaces.is_none()) {
        let first = seen.insert(&entry.uid, entry);
        if let Some(first) = first.filter(|first| first.event.is_some() || entry.event.is_some()) {
            let help =
                "each event has a UID of its own; what replaces one occurrence of it has a RECURRENCE-ID besides";
            let wrong = Wrong::new("calendar/duplicate-uid", entry.uid_span, "another event has this UID", help);
            wrongs.push(wrong.and(first.uid_span, "the first one is here"));
        }
        if let Some(event) = &entry.event {
            series.insert(&*entry.uid, Series { number, entry, event });
        }
    }
    series
}

impl Series<'_> {
    /// A moment of it, by what a RECURRENCE-ID says.
    fn moment(&self, said: &Moment, span: Span) -> Result<Moment, Wrong> {
        let start = &self.event.start;
        if start.all_day != said.all_day {
            let help = "a RECURRENCE-ID is a day where DTSTART of the series is one, and else a time";
            let message = "this event stands for no occurrence of its series";
            let wrong = Wrong::new("calendar/kinds-differ", span, message, help);
            return Err(wrong.and(self.entry.uid_span, "the series is here"));
        }
        Ok(if said.all_day { start.with(said.civil) } else { said.clone() })
    }
}

/// What is to take an occurrence away, or to stand for it.
struct Aim {
    at: Timestamp,
    span: Span,
    message: &'static str,
    series: Option<Span>,
}

/// All of them, by the number of the event that they aim at.
#[derive(Default)]
struct Aims(BTreeMap<usize, Vec<Aim>>);

impl Aims {
    fn add(&mut self, number: usize, aim: Aim) {
        self.0.entry(number).or_default().push(aim);
    }

    /// Looks whether what is aimed at is there. A window of low risk that somebody has taken out, and that stays open, is worse than one
    /// told. A freeze that stays is seen by whom it stops.
    fn look(self, entries: &[Entry], wrongs: &mut Wrongs) {
        let mut budget = Budget::new(Limits::default().steps);
        for (number, aims) in self.0 {
            let event = entries.get(number).and_then(|entry| entry.event.as_ref());
            let Some(event) = event.filter(|event| event.opens && !wrongs.is_full()) else { continue };
            let missed = match missed(event, aims.iter().map(|aim| aim.at).collect(), &mut budget) {
                Ok(missed) => missed,
                Err(Spent) => {
                    // What is told of one event is so of all that come after it.
                    let span = event.rule.as_ref().map_or(event.place.span, |(_, span)| *span);
                    let help = "end the rule with UNTIL, or take away exceptions that are past";
                    wrongs.push(Wrong::new(TOO_MUCH_WORK.0, span, TOO_MUCH_WORK.1, help));
                    return;
                }
            };
            for aim in aims.iter().filter(|aim| missed.contains(&aim.at)) {
                let help = "write the day and the time at which the occurrence begins, in its zone; else the window stays open then";
                let wrong = Wrong::new("calendar/no-occurrence", aim.span, aim.message, help);
                wrongs.push(match aim.series {
                    Some(series) => wrong.and(series, "the series is here"),
                    None => wrong,
                });
            }
        }
    }
}
