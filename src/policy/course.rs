//! The course of an upgrade in time, as reports draw it: its windows with their parts, what else is on then, and what was done before.
//!
//! All of it is read as rules read it, by the same functions, so that a picture can't tell another time than a finding does. What of it is
//! wrong no picture decides: that is told by the findings, which name the same places.

mod before;
mod meanwhile;

use super::functions::parts::{PARTS, ROLLBACK, taken};
use super::length::Length;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::proposal::{NodeId, Tree, Value, WorkWindow, work_windows};
use crate::source::Place;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Of more windows nobody looks at a picture.
const MOST_WINDOWS: usize = 12;

/// When an upgrade is worked on, and what is to be known of these times.
#[derive(Debug, Clone)]
pub struct Course {
    /// The system that it changes, by its id; hostile text like all names.
    pub system: Option<String>,
    /// The environment that it names.
    pub environment: Option<String>,
    /// The zone by which the people at work count hours.
    pub zone: TimeZone,
    /// The time by which it is judged.
    pub now: Timestamp,
    /// When it is worked on; of many windows those first that findings name.
    pub windows: Vec<Slot>,
    /// How many more windows there are.
    pub further: usize,
    /// What is on at these times, by kind and then by time.
    pub meanwhile: Vec<Meanwhile>,
    /// What was done beforehand, and what is to come, by time.
    pub points: Vec<Point>,
}

/// A window in which it is worked on.
#[derive(Debug, Clone)]
pub struct Slot {
    /// `window`, or one of its alternatives: `window.alternatives[0]`.
    pub path: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// What is done in it, in its order, as far as it says how long that takes.
    pub parts: Vec<Part>,
    /// Until when a rollback can be decided.
    pub decision: Option<Point>,
    /// Where it stands.
    pub place: Place,
}

/// What is done in a window.
#[derive(Debug, Clone)]
pub struct Part {
    /// `final backup`
    pub name: String,
    /// How long it takes.
    pub length: Length,
    /// Whether the plan of the rollback says so, and the window less.
    pub as_planned: bool,
    /// Where that stands.
    pub place: Place,
}

/// Something that is on around a window.
#[derive(Debug, Clone)]
pub struct Meanwhile {
    /// What it is.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// From when, as far as it is around a window.
    pub start: Timestamp,
    /// Until when, likewise.
    pub end: Timestamp,
    /// Where it stands; what findings say of it names this place, or one within.
    pub place: Place,
}

/// What is on around a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A freeze of the organisation.
    Freeze,
    /// A time in which the system is busy.
    Peak,
    /// A time that suits changes of it.
    LowRisk,
    /// The freeze of other changes that the proposal asks for.
    Asked,
    /// The window of another proposal of the run that concerns this one.
    Other,
    /// When it was carried out, as its record says.
    Run,
}

/// Something that has one time.
#[derive(Debug, Clone)]
pub struct Point {
    /// What it is.
    pub mark: Mark,
    /// Whose it is, or what it is called; empty where it needs no name.
    pub name: String,
    /// When it is.
    pub at: Timestamp,
    /// Where it stands.
    pub place: Place,
}

/// What has one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The proposal was submitted.
    Submitted,
    /// Somebody approved.
    Approval,
    /// A restore was tested.
    RestoreTest,
    /// A backup was checked to be whole.
    IntegrityCheck,
    /// The last backup before the upgrade.
    Backup,
    /// The tests were done.
    Tests,
    /// The test under load.
    LoadTest,
    /// The rollback was rehearsed.
    Rehearsal,
    /// People are told.
    Notice,
    /// A stage begins.
    Stage,
    /// The latest moment to decide on a rollback.
    Decision,
    /// The old version is no longer supported.
    EndOfSupport,
}

impl Course {
    /// That of a proposal of which this was found.
    pub fn of(facts: &Facts, findings: &[Finding]) -> Self {
        let tree = &*facts.proposal;
        let all = work_windows(tree);
        let number = all.len();
        let windows: Vec<_> = foremost(tree, all, findings).iter().map(|window| slot(tree, window)).collect();
        let named = |path: &[&str]| tree.path(path).and_then(|node| tree.text(node)).map(str::to_owned);
        Self {
            system: named(&["system", "id"]),
            environment: named(&["change", "environment"]),
            zone: facts.zone(),
            now: facts.now,
            meanwhile: meanwhile::around(facts, &windows),
            points: before::points(facts),
            further: number - windows.len(),
            windows,
        }
    }
}

/// Of many windows those first that are denied, in the order in which they stand.
fn foremost(tree: &Tree, all: Vec<WorkWindow>, findings: &[Finding]) -> Vec<WorkWindow> {
    if all.len() <= MOST_WINDOWS {
        return all;
    }
    let denied: Vec<&Place> =
        findings.iter().filter(|finding| finding.blocks()).map(|finding| &finding.primary.place).collect();
    let is_denied = |window: &WorkWindow| {
        let place = tree.place(window.node);
        denied.iter().any(|at| place.holds(at))
    };
    let (mut first, mut rest): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(_, one)| is_denied(one));
    first.append(&mut rest);
    first.truncate(MOST_WINDOWS);
    first.sort_by_key(|(at, _)| *at);
    first.into_iter().map(|(_, window)| window).collect()
}

fn slot(tree: &Tree, window: &WorkWindow) -> Slot {
    let first = window.stage.is_none();
    // Preparation and the final backup are done once, before what follows.
    let done = PARTS.iter().filter(|name| first || !matches!(**name, "preparation" | "final_backup"));
    let decision = tree.path(&["window", "latest_rollback_decision"]).filter(|_| first);
    Slot {
        path: tree.dotted(window.node),
        start: window.start,
        end: window.end,
        parts: done.filter_map(|name| part(tree, name)).collect(),
        decision: decision.and_then(|node| point(tree, node, Mark::Decision, "")),
        place: tree.place(window.node),
    }
}

fn part(tree: &Tree, name: &'static str) -> Option<Part> {
    let own = tree.path(&["window", name]);
    let planned = tree.path(&["rollback", "duration"]).filter(|_| name == ROLLBACK);
    let length = |node: Option<NodeId>| match node.map(|node| tree.value(node)) {
        Some(Value::Duration(minutes)) => Length::of_minutes(*minutes),
        _ => None,
    };
    let (taken, as_planned) = taken(length(own), length(planned))?;
    let place = tree.place(if as_planned { planned } else { own }?);
    Some(Part { name: name.replace('_', " "), length: taken, as_planned, place })
}

fn point(tree: &Tree, node: NodeId, mark: Mark, name: &str) -> Option<Point> {
    let at = instant(tree, Some(node))?;
    Some(Point { mark, name: name.to_owned(), at, place: tree.place(node) })
}

fn instant(tree: &Tree, node: Option<NodeId>) -> Option<Timestamp> {
    match tree.value(node?) {
        Value::Instant(at) => Some(*at),
        _ => None,
    }
}
