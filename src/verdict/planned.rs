//! When a proposal takes place: what whoever is on call has to know of an upgrade that may go ahead, and afterwards when it did.

use crate::facts::Facts;
use crate::proposal::{Value, work_windows};
use jiff::Timestamp;

/// The system of a proposal and its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The system that it changes, by its id; hostile text.
    pub system: Option<String>,
    /// The zone by which the people at work count hours.
    pub zone: Option<String>,
    /// When it is worked on, from when to when, by that zone: `2026-12-20T01:00:00+01:00`.
    pub windows: Vec<(String, String)>,
    /// Until when a rollback can be decided.
    pub decide_by: Option<String>,
    /// From when to when it was carried out, by its record.
    pub ran: Option<(String, String)>,
}

impl Planned {
    /// That of a proposal.
    pub fn of(facts: &Facts) -> Self {
        let tree = &*facts.proposal;
        let zone = facts.zone();
        let told = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let at = |path: &[&str]| match tree.value(tree.path(path)?) {
            Value::Instant(at) => Some(told(*at)),
            _ => None,
        };
        Self {
            system: tree.path(&["system", "id"]).and_then(|id| tree.text(id)).map(str::to_owned),
            windows: work_windows(tree).iter().map(|window| (told(window.start), told(window.end))).collect(),
            decide_by: at(&["window", "latest_rollback_decision"]),
            ran: at(&["record", "started_at"]).zip(at(&["record", "finished_at"])),
            zone: zone.iana_name().map(str::to_owned),
        }
    }
}
