//! What a proposal has to know of freezes and windows, put where rules see it.

use super::event::{Order, holds_for};
use super::month::{self, Month};
use super::times::{Stretch, times};
use super::{Event, Schedule};
use crate::calendars::Purpose;
use crate::finding::Fault;
use crate::proposal::model::{FREEZE_PERIOD, LOW_RISK_PERIOD};
use crate::proposal::shape::{LIST_MAX, Object};
use crate::proposal::{Graft, NodeId, Tree, Value};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// For so many months before and after a window the nearest one of low risk is looked for: what comes once a year is found.
const NEAR: i32 = 12;

type Events = BTreeMap<Order, Arc<Event>>;

impl Schedule {
    /// The evidence with the freezes and windows that a proposal has to know of.
    ///
    /// # Errors
    /// When calendars can't tell.
    pub fn laid_into(&self, evidence: &Arc<Tree>, proposal: &Tree) -> Result<Arc<Tree>, Vec<Fault>> {
        if self.is_empty() {
            return Ok(Arc::clone(evidence));
        }
        let times = times(proposal);
        let mut found = Events::new();
        for &(start, end) in &times {
            for month in month::between(start, end).map_err(Vec::<Fault>::from)? {
                self.gather(month, &mut found)?;
            }
        }
        let is_met = |event: &Event| times.iter().any(|&(start, end)| event.meets(start, end));
        let (freezes, mut low_risk): (Events, Events) = found
            .into_iter()
            .filter(|(_, event)| is_met(event))
            .partition(|(_, event)| event.purpose == Purpose::Freeze);
        let (system, environment) = (text(proposal, &["system", "id"]), text(proposal, &["change", "environment"]));
        let environment = environment.unwrap_or("production");
        low_risk.extend(self.nearest(times.first(), system, environment)?);
        low_risk.extend(self.configured.iter().map(|event| (event.order, Arc::clone(event))));
        low_risk.retain(|_, event| holds_for(&event.scope, system, environment));
        if freezes.len() > LIST_MAX || low_risk.len() > LIST_MAX {
            return Err(too_many().into());
        }
        if freezes.is_empty() && low_risk.is_empty() {
            return Ok(Arc::clone(evidence));
        }
        let mut graft = Graft::onto(evidence);
        add(&mut graft, "freezes", &FREEZE_PERIOD, &freezes);
        add(&mut graft, "low_risk", &LOW_RISK_PERIOD, &low_risk);
        Ok(Arc::new(graft.finish()))
    }

    /// The next window of the calendars that begins with or after a time, or else the last one before it: that there are any, and where to
    /// move to.
    fn nearest(
        &self,
        time: Option<&Stretch>,
        system: Option<&str>,
        environment: &str,
    ) -> Result<Option<(Order, Arc<Event>)>, Vec<Fault>> {
        let Some(&(at, _)) = time.filter(|_| self.opens_for(system, environment)) else { return Ok(None) };
        let suits = |event: &Event| event.purpose == Purpose::LowRisk && holds_for(&event.scope, system, environment);
        let begins_after = |(start, ..): &Order, at: Timestamp| *start >= at;
        let ways = (0..=NEAR).map(|months| (months, true)).chain((-NEAR..=0).rev().map(|months| (months, false)));
        for (months, ahead) in ways {
            let month = Month::of(at).later(months);
            let mut found = Events::new();
            if month.is_known() {
                self.gather(month, &mut found)?;
            }
            found.retain(|order, event| suits(event) && begins_after(order, at) == ahead);
            let nearest = if ahead { found.pop_first() } else { found.pop_last() };
            if nearest.is_some() {
                return Ok(nearest);
            }
        }
        Ok(None)
    }
}

fn text<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t str> {
    tree.text(tree.path(path)?)
}

fn too_many() -> Fault {
    Fault::new(
        "calendar/too-many-occurrences",
        format!("more than {LIST_MAX} events of the calendars meet the times of this proposal"),
    )
    .help("let the events of the calendars come less often, or correct the window of the proposal")
}

fn add(graft: &mut Graft, list: &str, shape: &'static Object, events: &Events) {
    let items = graft.extend(list, shape, events.values().map(|event| &event.place));
    for (item, event) in items.into_iter().zip(events.values()) {
        fill(graft, item, event);
    }
}

fn fill(graft: &mut Graft, item: NodeId, event: &Event) {
    let Event { place, scope, .. } = event;
    graft.put_at(item, "name", Value::Text((*event.name).into()), place);
    // They were worked out, and stand nowhere as they are.
    graft.put(item, "start", Value::Instant(event.start), None);
    graft.put(item, "end", Value::Instant(event.end), None);
    graft.put(item, "origin", Value::Text((*event.origin).into()), None);
    if let Some(note) = &event.note {
        graft.put(item, "note", Value::Text(note.as_str().into()), None);
    }
    for (field, names) in [
        ("systems", &scope.systems),
        ("environments", &scope.environments),
        ("exempt_urgencies", &scope.exempt_urgencies),
    ] {
        if !names.is_empty() {
            graft.texts_at(item, field, place, names.iter().map(|named| (&*named.name, &named.place)));
        }
    }
    if let Some(exempt) = scope.fast_track_exempt {
        graft.put_at(item, "fast_track_exempt", Value::Flag(exempt), place);
    }
}
