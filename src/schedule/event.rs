//! One freeze or window, at one time.

use super::Mark;
use crate::calendars::{Named, Occurrence, Purpose, Scope};
use crate::proposal::{NodeId, Tree, Value};
use crate::source::Place;
use jiff::Timestamp;
use std::sync::Arc;

/// By when events are sorted, and by what those of one time are: their start and end, the calendar and the number in it.
pub(super) type Order = (Timestamp, Timestamp, usize, usize);

/// A freeze, or a window of low risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Which of the two.
    pub purpose: Purpose,
    /// What people call it; text of others.
    pub name: Arc<str>,
    /// Why there is one, where that is known.
    pub reason: Option<String>,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends; that moment no longer belongs to it.
    pub end: Timestamp,
    /// Whether it is one of whole days.
    pub all_day: bool,
    /// For what it holds.
    pub scope: Arc<Scope>,
    /// Where it was read.
    pub origin: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// How its times were read where the clocks change.
    pub note: Option<String>,
    pub(super) order: Order,
}

impl Event {
    pub(super) fn of(occurrence: Occurrence, mark: &Mark, calendar: usize, file: &Arc<str>) -> Self {
        let order = (occurrence.start, occurrence.end, calendar, occurrence.event);
        Self {
            purpose: mark.purpose,
            name: occurrence.name,
            reason: None,
            start: occurrence.start,
            end: occurrence.end,
            all_day: occurrence.all_day,
            scope: Arc::clone(&mark.scope),
            origin: Arc::clone(file),
            place: occurrence.place,
            note: occurrence.note,
            order,
        }
    }

    /// Whether it meets a stretch of time, half-open.
    pub fn meets(&self, start: Timestamp, end: Timestamp) -> bool {
        self.start < end && start < self.end
    }
}

/// The events of the configuration in a list of the root: `freezes` or `low_risk`. The model requires all that is taken here.
pub fn configured(tree: &Tree, list: &str, purpose: Purpose) -> Vec<Event> {
    let items = tree.path(&[list]).map(|items| tree.items(items)).unwrap_or_default();
    items.iter().enumerate().filter_map(|(index, &item)| of_node(tree, item, purpose, index)).collect()
}

fn of_node(tree: &Tree, item: NodeId, purpose: Purpose, index: usize) -> Option<Event> {
    let node = |name: &str| tree.get(item, name);
    let text = |name: &str| tree.text(node(name)?);
    let instant = |name: &str| match tree.value(node(name)?) {
        Value::Instant(at) => Some(*at),
        _ => None,
    };
    let names = |list: &str| {
        let named = |&name: &NodeId| Some(Named { name: tree.text(name)?.to_owned(), place: tree.place(name) });
        node(list).map(|list| tree.items(list)).unwrap_or_default().iter().filter_map(named).collect()
    };
    let scope = Scope {
        purpose: Some(purpose),
        systems: names("systems"),
        environments: names("environments"),
        exempt_urgencies: names("exempt_urgencies"),
        fast_track_exempt: node("fast_track_exempt").and_then(|flag| tree.flag(flag)),
    };
    let place = tree.place(node("name")?);
    let (start, end) = (instant("start")?, instant("end")?);
    Some(Event {
        purpose,
        name: text("name")?.into(),
        reason: text("reason").map(str::to_owned),
        start,
        end,
        all_day: false,
        scope: Arc::new(scope),
        origin: text("origin").unwrap_or(place.source.name()).into(),
        place,
        note: text("note").map(str::to_owned),
        // Behind those of calendars that take place at the same time.
        order: (start, end, usize::MAX, index),
    })
}

/// Whether a window suits changes of a system in an environment. Where it is not known which system that is, those that name systems do not.
pub(super) fn holds_for(scope: &Scope, system: Option<&str>, environment: &str) -> bool {
    let of_system = scope.systems.is_empty() || scope.systems.iter().any(|named| Some(&*named.name) == system);
    let same = |named: &Named| named.name.to_lowercase() == environment.to_lowercase();
    of_system && (scope.environments.is_empty() || scope.environments.iter().any(same))
}
