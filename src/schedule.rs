//! When changes may not be made, and when they suit: freezes and windows of low risk.
//!
//! They stand in the configuration or in calendars, both of the trusted side. Calendars are read whole when a run begins, so that no fault
//! shows only once it is January; their occurrences are worked out by the month, when a proposal first asks for one, as nobody knows
//! beforehand which times a fleet will ask for. A month is the same for all who ask, so that nothing depends on their order.

mod event;
mod lay;
mod month;
mod read;
mod times;

use crate::calendars::{Calendar, Limits, Purpose, Scope};
use crate::finding::{Fault, Finding};
use crate::proposal::Tree;
pub use event::{Event, configured};
use jiff::Timestamp;
use month::Month;
pub use read::{Known, Settings, would_read};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The freezes and windows of a run. It is shared by all threads of the run.
#[derive(Debug, Default)]
pub struct Schedule {
    /// The windows of the configuration. Its freezes are evidence as they stand.
    configured: Vec<Arc<Event>>,
    calendars: Vec<Marked>,
    /// The calendars that were read, with the digests of their texts.
    pub files: Vec<(String, String)>,
    /// What is told of events that are left out.
    pub left_out: Vec<Finding>,
    months: Mutex<HashMap<Month, Arc<OnceLock<Worked>>>>,
}

/// What stands in a month, or why that can't be told.
type Worked = Result<Vec<Arc<Event>>, Vec<Fault>>;

/// A calendar, and what its events are to the gate.
#[derive(Debug)]
struct Marked {
    calendar: Calendar,
    /// One for each event: none for what is cancelled, or neither a freeze nor a window.
    marks: Vec<Option<Mark>>,
    file: Arc<str>,
}

#[derive(Debug, Clone)]
struct Mark {
    purpose: Purpose,
    scope: Arc<Scope>,
}

impl Schedule {
    /// That of a configuration without calendars: the windows of low risk that it lists.
    pub fn of_configuration(low_risk: &Tree) -> Self {
        let configured = event::configured(low_risk, "low_risk", Purpose::LowRisk);
        Self { configured: configured.into_iter().map(Arc::new).collect(), ..Self::default() }
    }

    /// All freezes and windows of the calendars, and the windows of the configuration, that meet a stretch of time; in the order of their
    /// times.
    ///
    /// # Errors
    /// When calendars can't tell.
    pub fn between(&self, start: Timestamp, end: Timestamp) -> Result<Vec<Arc<Event>>, Vec<Fault>> {
        let mut met = BTreeMap::new();
        for month in month::between(start, end).map_err(Vec::<Fault>::from)? {
            self.gather(month, &mut met)?;
        }
        let configured = self.configured.iter().map(|event| (event.order, event));
        met.extend(configured.map(|(order, event)| (order, Arc::clone(event))));
        Ok(met.into_values().filter(|event| event.meets(start, end)).collect())
    }

    /// Whether nothing is known but what the configuration says of freezes.
    fn is_empty(&self) -> bool {
        self.configured.is_empty() && self.calendars.is_empty()
    }

    /// Adds the events of a month. One that reaches over several is the same in each.
    fn gather(&self, month: Month, met: &mut BTreeMap<event::Order, Arc<Event>>) -> Result<(), Vec<Fault>> {
        if self.calendars.is_empty() {
            return Ok(());
        }
        let mut months = self.months.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = Arc::clone(months.entry(month).or_default());
        drop(months);
        match cell.get_or_init(|| self.work_out(month)) {
            Ok(events) => met.extend(events.iter().map(|event| (event.order, Arc::clone(event)))),
            Err(faults) => return Err(faults.clone()),
        }
        Ok(())
    }

    fn work_out(&self, month: Month) -> Worked {
        let (start, end) = month.bounds();
        let mut events = Vec::new();
        for (index, marked) in self.calendars.iter().enumerate() {
            for occurrence in marked.calendar.between(start, end, Limits::default())? {
                if let Some(mark) = marked.marks.get(occurrence.event).and_then(Option::as_ref) {
                    events.push(Arc::new(Event::of(occurrence, mark, index, &marked.file)));
                }
            }
        }
        Ok(events)
    }

    /// Whether any event of the calendars, whenever it is, opens a window for such changes.
    fn opens_for(&self, system: Option<&str>, environment: &str) -> bool {
        let marks = self.calendars.iter().flat_map(|marked| marked.marks.iter().flatten());
        marks
            .into_iter()
            .any(|mark| mark.purpose == Purpose::LowRisk && event::holds_for(&mark.scope, system, environment))
    }
}
