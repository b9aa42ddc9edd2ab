//! Calendars: iCalendar texts (RFC 5545) as events with their occurrences in a bounded stretch of time.
//!
//! They come from a pull request as well as from the organisation, and hold what changes may not do or may: so all that can't be read
//! is an error and never passed over, work and memory are bounded, and of two readings the one is taken that freezes longer.
//!
//! - Whole days and local times without a zone are of the zone of the calendar (`X-WR-TIMEZONE`), else of the one handed in, else an error.
//! - A local time that comes twice, or that the clocks skip, begins a freeze at its earlier reading and ends it at its later one; for an event
//!   of the category `low-risk` it is the other way round. The occurrence says so in its `note`.
//! - `TRANSP` says whether somebody is busy and not whether a freeze holds: transparent events are events, and say that they are.
//! - A tentative event is one, a cancelled one is none.
//! - What stands for one occurrence of a series and has no category for the gate has those of its series: only what is cancelled, or says
//!   that it is something else, takes an occurrence out.

mod component;
mod event;
mod line;
mod moment;
mod property;
mod replaced;
mod rule;
mod scope;
mod series;
mod wrong;
mod zone;

pub use event::Category;
pub use scope::{Named, Purpose, Scope, Unmarked, purpose, scope};

use crate::finding::Fault;
use crate::source::{Place, Source, Span};
use event::{Entry, Event, OfSeries};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rule::{Budget, Spent};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use wrong::{Wrong, Wrongs};

/// The most bytes of a text. A calendar of a thousand events has half of it.
const LARGEST: usize = 1 << 20;

/// One text, read.
#[derive(Debug)]
pub struct Calendar {
    source: Arc<Source>,
    entries: Vec<Entry>,
    /// By the number of an event: which of its occurrences others stand for.
    replaced: HashMap<usize, HashSet<Timestamp>>,
}

/// How much an expansion may come to. A limit that is met is an error, and nothing is cut.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most occurrences.
    pub occurrences: usize,
    /// The most days and moments of rules that are looked at.
    pub steps: u64,
}

impl Default for Limits {
    /// 10,000 occurrences, and two million steps: a daily rule from 1900 on, fifty times.
    fn default() -> Self {
        Self { occurrences: 10_000, steps: 2_000_000 }
    }
}

/// An event at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// What people call it, on one line: its SUMMARY, or `unnamed event`.
    pub name: Arc<str>,
    /// Its categories; [`scope()`] reads them.
    pub categories: Arc<[Category]>,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends; that moment no longer belongs to it.
    pub end: Timestamp,
    /// Whether it is one of whole days.
    pub all_day: bool,
    /// Whether it says that nobody is busy then (`TRANSP`).
    pub transparent: bool,
    /// The id of its event.
    pub uid: Arc<str>,
    /// The number of its event in the calendar, in the order of the text.
    pub event: usize,
    /// Where its event stands: the line of its SUMMARY, or its first.
    pub place: Place,
    /// What was decided where its times could be read in two ways.
    pub note: Option<String>,
}

impl Calendar {
    /// Reads a text in which each time has a zone.
    ///
    /// # Errors
    /// As [`Calendar::parse_in`]; besides `calendar/no-zone` for whole days and local times, where the calendar names no zone.
    ///
    /// ```
    /// use changegate::calendars::{Calendar, Limits};
    /// use changegate::source::Source;
    /// use std::sync::Arc;
    ///
    /// let text = "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Berlin\nBEGIN:VEVENT\nUID:1\nSUMMARY:year-end freeze\n\
    ///             DTSTART;VALUE=DATE:20261218\nDTEND;VALUE=DATE:20270104\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n";
    /// let calendar = Calendar::parse(&Arc::new(Source::new("freezes.ics", text))).unwrap();
    /// let (from, to) = ("2028-01-01T00:00:00Z".parse().unwrap(), "2028-07-01T00:00:00Z".parse().unwrap());
    /// let found = calendar.between(from, to, Limits::default()).unwrap();
    /// assert_eq!(found[0].start.to_string(), "2027-12-17T23:00:00Z");
    /// assert_eq!((&*found[0].name, found[0].place.to_string()), ("year-end freeze", "freezes.ics:5:1".to_owned()));
    /// ```
    pub fn parse(source: &Arc<Source>) -> Result<Self, Vec<Fault>> {
        Self::read(source, None, Unmarked::Freeze)
    }

    /// Reads a text; `zone` is that of whole days and local times where the calendar itself names none.
    ///
    /// # Errors
    /// All that is wrong with the text, each with its place, up to twenty.
    pub fn parse_in(source: &Arc<Source>, zone: &TimeZone) -> Result<Self, Vec<Fault>> {
        Self::read(source, Some(zone), Unmarked::Freeze)
    }

    /// Reads a text of which some events may be none of ours: what they are that do not say it, says `unmarked`.
    ///
    /// # Errors
    /// As [`Calendar::parse_in`]; but of what is no event to the gate, only what hides that.
    pub fn read(source: &Arc<Source>, zone: Option<&TimeZone>, unmarked: Unmarked) -> Result<Self, Vec<Fault>> {
        let mut wrongs = Wrongs::default();
        if source.text().len() > LARGEST {
            let message = format!("this calendar is larger than {LARGEST} bytes");
            let help = "export freezes and windows alone, or the years that matter";
            return Err(Wrong::new("calendar/too-large", Span::default(), message, help).into_fault(source).into());
        }
        let parts = component::components(source.text(), &mut wrongs);
        let zone = parts.zone.as_ref().or(zone);
        let of_series = OfSeries::read(&parts.events, source, unmarked);
        let mut entries = Vec::new();
        for component in &parts.events {
            if wrongs.is_full() {
                break;
            }
            entries.extend(Entry::read(component, source, zone, unmarked, &of_series, &mut wrongs));
        }
        let replaced = replaced::replaced(&entries, &mut wrongs);
        if wrongs.is_empty() {
            Ok(Self { source: Arc::clone(source), entries, replaced })
        } else {
            Err(wrongs.into_faults(source))
        }
    }

    /// The occurrences that meet the stretch from `start` to `end`, half-open, by their starts. Each is whole, also where it reaches
    /// over the stretch.
    ///
    /// # Errors
    /// `calendar/too-many-occurrences` and `calendar/too-much-work` where a limit is met, at the rule that met it;
    /// `calendar/empty-stretch` where the end is not after the start.
    pub fn between(&self, start: Timestamp, end: Timestamp, limits: Limits) -> Result<Vec<Occurrence>, Vec<Fault>> {
        if end <= start {
            let message = format!("there is no time between {start} and {end}");
            return Err(Fault::new("calendar/empty-stretch", message)
                .help("ask for a time that ends after it starts")
                .into());
        }
        let (mut budget, none) = (Budget::new(limits.steps), HashSet::new());
        let mut found = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(event) = &entry.event else { continue };
            let gone = self.replaced.get(&index).unwrap_or(&none);
            let starts = series::starts(event, start, end, gone, &mut budget);
            let starts = starts.map_err(|Spent| self.met(event, TOO_MUCH_WORK))?;
            for at in starts.values() {
                let Some(taken) = series::taken(event, at).filter(|taken| taken.start < end && taken.end > start)
                else {
                    continue;
                };
                if found.len() == limits.occurrences {
                    return Err(self.met(event, TOO_MANY));
                }
                found.push(occurrence(index, &entry.uid, event, at.moment.all_day, taken));
            }
        }
        found.sort_by_key(|occurrence| (occurrence.start, occurrence.end, occurrence.place.span));
        Ok(found)
    }

    /// The categories of each event, in the order of the text; none for one that is cancelled or no business of the gate.
    pub fn categories(&self) -> impl Iterator<Item = Option<&[Category]>> {
        self.entries.iter().map(|entry| Some(&*entry.event.as_ref()?.categories))
    }

    /// The categories of events that are no business of the gate, and would be but for how that is written, with the words that they
    /// nearly are; in the order of the text.
    pub fn left_out(&self) -> impl Iterator<Item = (&Category, &'static str)> {
        let nearly = self.entries.iter().filter_map(|entry| entry.nearly.as_ref());
        nearly.filter_map(|category| Some((category, scope::word(scope::nearly(&category.text)?))))
    }

    fn met(&self, event: &Event, (code, message): (&'static str, &str)) -> Vec<Fault> {
        let span = event.rule.as_ref().map_or(event.place.span, |(_, span)| *span);
        let help = "end the rule with UNTIL, let it come less often, or ask for a shorter time";
        Wrong::new(code, span, message, help).into_fault(&self.source).into()
    }
}

const TOO_MUCH_WORK: (&str, &str) = (
    "calendar/too-much-work",
    "working out when the events of this calendar take place takes more steps than are allowed",
);
const TOO_MANY: (&str, &str) =
    ("calendar/too-many-occurrences", "the events of this calendar take place more often than is allowed");

fn occurrence(index: usize, uid: &Arc<str>, event: &Event, all_day: bool, taken: series::Taken) -> Occurrence {
    Occurrence {
        name: Arc::clone(&event.name),
        categories: Arc::clone(&event.categories),
        start: taken.start,
        end: taken.end,
        all_day,
        transparent: event.transparent,
        uid: Arc::clone(uid),
        event: index,
        place: event.place.clone(),
        note: (!taken.notes.is_empty()).then(|| taken.notes.join("; ")),
    }
}
