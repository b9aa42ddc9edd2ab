//! The proposals of one run, as far as each has to know the others.
//!
//! Two proposals can each be sound and still collide: both change one system in one night, both count on the same person, each
//! waits for the other. So a first pass over a run reads of each proposal the few values that decide which others
//! concern it. Their texts are not kept, as a fleet may have a hundred thousand; those that concern a proposal are read
//! again when it is judged, by their digests the same as before, and come to its rules as `evidence.proposals`.

mod circle;
mod entry;
mod group;
mod left;
mod people;
mod proposed;
mod seats;
mod targets;
mod worked;

use crate::document::Limits;
use crate::inputs::Input;
use crate::profiles::Profiles;
use crate::proposal::problem::nearest;
pub use entry::{Coming, of_each, valid};
use entry::{Entry, Seen};
use group::Group;
use jiff::Timestamp;
pub use left::{Concern, Left, Packages, Terms};
pub use people::deciders;
pub use proposed::Elsewhere;
use proposed::Proposed;
pub use seats::{Crowded, Seats};
use std::collections::{BTreeMap, HashMap};
use std::thread;
pub use worked::MOST_WINDOWS;

type Groups = HashMap<Box<str>, Group>;

/// The proposals of a run, in the order of its inputs.
#[derive(Debug, Default)]
pub struct Roster {
    seen: Vec<Seen>,
    ids: BTreeMap<Box<str>, Vec<usize>>,
    // What is closed collides with nothing, and is in none of these.
    systems: Groups,
    /// By system: the proposals whose own system needs it.
    needing: Groups,
    /// By system: the proposals of whose system the profile says that this one needs it.
    needed: Groups,
    people: Groups,
    /// By system: those that take it to a version.
    versions: HashMap<Box<str>, Vec<usize>>,
    /// By system, and by the start of their windows: closed ones too, as they count.
    fast_tracks: HashMap<Box<str>, Vec<(i64, usize)>>,
    /// What the proposals with which the change of the run comes propose of packages.
    proposed: Proposed,
    /// What those propose that speak for a step to the letter, as they were there before, and the change leaves them as they are.
    standing: Proposed,
    /// The same of those that the change adds when all is done, and has succeeded.
    recorded: Proposed,
    /// By id: the ids of the circle in which it waits for itself.
    circles: HashMap<Box<str>, Box<[Box<str>]>>,
}

/// Of one id a single other one is too many.
const TWINS: usize = 8;
/// Whoever is shown to count on the same person at the same time is one too many.
const BUSY: usize = 32;
/// Those that need this system are told of it themselves, and not let pass; here they are a warning.
const NEEDING: usize = 16;
/// The nearest before it. A limit on how often the fast track may be taken has to be lower, which the configuration is held to.
pub const FAST_TRACKS: usize = 24;
/// So many others of one system are looked through for other versions.
const LOOKED_THROUGH: usize = 2_000;
/// A run with more has no near names looked for: each would be compared with each.
const MOST_NAMES: usize = 1_000;
/// So many names that are not in the run are told, and the near ones looked for.
const MOST_UNKNOWN: usize = 12;

/// A name in `after` that no valid proposal of the run has.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown<'a> {
    /// The name.
    pub id: &'a str,
    /// What it may have been meant to be.
    pub near: Option<&'a str>,
}

impl Roster {
    /// The roster of a run as of a time. What is no valid proposal, or can't be read, is left out: it is blocked or undecided for
    /// that itself.
    pub fn of(inputs: &[Input], profiles: &Profiles, limits: &Limits, now: Timestamp) -> Self {
        Self::of_a_change(inputs, profiles, limits, now, |_| None)
    }

    /// The same for a run about a change, which comes with some of them: what is proposed of packages is kept as well. Of a run about
    /// none it is none whether a change comes with one.
    pub fn of_a_change(
        inputs: &[Input],
        profiles: &Profiles,
        limits: &Limits,
        now: Timestamp,
        comes_with: impl Fn(&str) -> Option<Coming> + Sync,
    ) -> Self {
        let read = |input: &Input| Seen::of(input, profiles, limits, now, comes_with(&input.name()));
        let mut roster = Self { seen: read_all(inputs, read), ..Self::default() };
        let seen = std::mem::take(&mut roster.seen);
        for (index, seen) in seen.iter().enumerate() {
            if let Some(entry) = &seen.entry {
                roster.add(index, entry, seen.comes);
            }
        }
        roster.seen = seen;
        for groups in [&mut roster.systems, &mut roster.needing, &mut roster.needed, &mut roster.people] {
            groups.values_mut().for_each(Group::sort);
        }
        roster.fast_tracks.values_mut().for_each(|tracks| tracks.sort_unstable());
        roster.circles = roster.circles();
        roster
    }

    fn add(&mut self, index: usize, entry: &Entry, comes: Coming) {
        self.ids.entry(entry.id.clone()).or_default().push(index);
        if let Some(start) = entry.fast_track {
            self.fast_tracks.entry(entry.system.clone()).or_default().push((start, index));
        }
        match (entry.closed, comes) {
            // An emergency is recorded when it is over. What was given up or brought back brings nothing.
            (true, Coming::Added) if entry.in_place => self.recorded.add(index, &entry.proposes),
            (false, Coming::Not | Coming::Later) => self.standing.add(index, &entry.proposes),
            (false, _) => self.proposed.add(index, &entry.proposes),
            (true, _) => {}
        }
        if entry.closed {
            return;
        }
        if !entry.targets.is_empty() {
            self.versions.entry(entry.system.clone()).or_default().push(index);
        }
        let windows = entry.worked.windows();
        let add_in =
            |groups: &mut Groups, name: &str, windows| groups.entry(name.into()).or_default().add(index, windows);
        let add = |groups: &mut Groups, name: &str| add_in(groups, name, windows);
        add(&mut self.systems, &entry.system);
        entry.needs.iter().for_each(|system| add(&mut self.needing, system));
        entry.dependants.iter().for_each(|system| add(&mut self.needed, system));
        entry.people.named(&entry.worked).for_each(|(name, windows)| add_in(&mut self.people, name, windows));
    }

    /// What was read of an input, as its digest; none where it could not be read.
    pub fn digest(&self, index: usize) -> Option<&str> {
        self.seen.get(index)?.digest.as_deref()
    }

    /// Whether a proposal is worked on in more than [`MOST_WINDOWS`] windows, and there are others that it could meet in one of them.
    pub fn has_more_windows(&self, index: usize) -> bool {
        self.seen.len() > 1 && self.entry(index).is_some_and(|entry| entry.more_windows)
    }

    /// What valid proposals propose of a package, by its URL and its name, that are not done and were there before.
    pub fn standing(&self, package: (&str, &str)) -> impl Iterator<Item = Elsewhere<'_>> {
        self.standing.all(package, |other| self.entry(other).map(|entry| (&*entry.id, &*entry.proposes)))
    }

    /// The same of those that are done, have succeeded, and were not there before.
    pub fn recorded(&self, package: (&str, &str)) -> impl Iterator<Item = Elsewhere<'_>> {
        self.recorded.all(package, |other| self.entry(other).map(|entry| (&*entry.id, &*entry.proposes)))
    }

    /// What others that come with the change propose of a package, by its URL and its name.
    pub fn elsewhere(&self, index: usize, package: (&str, &str)) -> Vec<Elsewhere<'_>> {
        if self.proposed.is_empty() {
            return Vec::new();
        }
        self.proposed.elsewhere(index, package, |other| self.entry(other).map(|entry| (&*entry.id, &*entry.proposes)))
    }

    /// Whether a proposal is done. It is decided when the roster is made, by what was read then.
    pub fn closed(&self, index: usize) -> bool {
        self.entry(index).is_some_and(|entry| entry.closed)
    }

    fn entry(&self, index: usize) -> Option<&Entry> {
        self.seen.get(index)?.entry.as_ref()
    }

    /// The others that concern one. What a proposal says of its own end does not spare it: it is held against the others as
    /// long as it is judged.
    pub fn others(&self, index: usize) -> Seats {
        let mut seats = Seats::default();
        let Some(entry) = self.entry(index) else { return seats };
        let named = |id: &str| self.ids.get(id).map(Vec::as_slice).unwrap_or_default().iter().copied();
        seats.first(index, TWINS, named(&entry.id));
        seats.each(index, "are named by its `after`", entry.after.iter().flat_map(|id| named(id)));
        let windows = entry.worked.windows();
        seats.each(index, "change its system in one of its windows", meeting(&self.systems, &entry.system, windows));
        let needed = entry.needs.iter().flat_map(|system| meeting(&self.systems, system, windows));
        let needed = needed.chain(meeting(&self.needed, &entry.system, windows));
        seats.each(index, "change systems that it needs in one of its windows", needed);
        let needing = entry.dependants.iter().flat_map(|system| meeting(&self.systems, system, windows));
        seats.first(index, NEEDING, meeting(&self.needing, &entry.system, windows).chain(needing));
        let counted = entry.people.counted(&entry.worked);
        seats.first(index, BUSY, counted.flat_map(|(name, windows)| meeting(&self.people, name, windows)));
        self.seat_fast_tracks(&mut seats, index, entry);
        self.seat_versions(&mut seats, index, entry);
        seats
    }

    fn seat_fast_tracks(&self, seats: &mut Seats, index: usize, entry: &Entry) {
        let Some(start) = entry.fast_track else { return };
        let tracks = self.fast_tracks.get(&entry.system).map(Vec::as_slice).unwrap_or_default();
        let before = &tracks[..tracks.partition_point(|&(other, _)| other <= start)];
        seats.first(index, FAST_TRACKS, before.iter().rev().map(|&(_, other)| other));
    }

    /// Those that take the same system to another version. One that changes all sites leaves none behind.
    fn seat_versions(&self, seats: &mut Seats, index: usize, entry: &Entry) {
        const WHAT: &str = "take its system to other versions";
        if !entry.some_sites || entry.mixed || entry.targets.is_empty() {
            return;
        }
        let all = self.versions.get(&entry.system).map(Vec::as_slice).unwrap_or_default();
        let other_version =
            |other: &usize| self.entry(*other).is_some_and(|other| other.targets.differ(&entry.targets));
        seats.each(index, WHAT, all.iter().copied().take(LOOKED_THROUGH).filter(other_version));
        if all.len() > LOOKED_THROUGH && !seats.crowded.iter().any(|crowded| crowded.what == WHAT) {
            seats.crowded.push(Crowded { seats: LOOKED_THROUGH, what: WHAT });
        }
    }

    /// The ids of the proposals that wait for each other in a circle, this one first; empty where it is in none.
    pub fn circle(&self, index: usize) -> &[Box<str>] {
        let entry = self.entry(index).filter(|entry| !entry.closed);
        entry.and_then(|entry| self.circles.get(&entry.id)).map(|circle| &**circle).unwrap_or_default()
    }

    /// Circles are made of ids. Of several proposals with one id each waits, so that no twin can hide another; what is closed
    /// waits for nothing.
    fn circles(&self) -> HashMap<Box<str>, Box<[Box<str>]>> {
        let ids: Vec<_> = self.ids.keys().collect();
        let numbers: HashMap<_, _> = ids.iter().enumerate().map(|(number, &id)| (id, number)).collect();
        let edges = self.ids.values().map(|indices| {
            let open = indices.iter().filter_map(|&index| self.entry(index)).filter(|entry| !entry.closed);
            let mut after: Vec<usize> =
                open.flat_map(|entry| &entry.after).filter_map(|id| numbers.get(id)).copied().collect();
            after.sort_unstable();
            after.dedup();
            after
        });
        let circles = circle::circles(&edges.collect::<Vec<_>>());
        let names = |circle: Vec<usize>| circle.into_iter().map(|number| ids[number].clone()).collect();
        circles.into_iter().map(|(at, circle)| (ids[at].clone(), names(circle))).collect()
    }

    /// The names in the `after` of one that no valid proposal of the run has; of many the first.
    pub fn unknown(&self, index: usize) -> Vec<Unknown<'_>> {
        let after = self.entry(index).map(|entry| &*entry.after).unwrap_or_default();
        let known =
            || self.ids.keys().take(if self.ids.len() > MOST_NAMES { 0 } else { MOST_NAMES }).map(AsRef::as_ref);
        let unknown = after.iter().filter(|id| !self.ids.contains_key(*id)).take(MOST_UNKNOWN);
        unknown.map(|id| Unknown { id, near: nearest(id, known()) }).collect()
    }
}

/// Those of one group with a window that meets one of some windows.
fn meeting<'r>(groups: &'r Groups, name: &str, windows: &'r [(i64, i64)]) -> impl Iterator<Item = usize> + use<'r> {
    let group = groups.get(name).into_iter();
    group.flat_map(move |group| windows.iter().flat_map(move |&window| group.overlapping(window)))
}

/// Reads all inputs over all cores; what each gives does not depend on the others.
fn read_all<T: Send>(inputs: &[Input], read: impl Fn(&Input) -> T + Sync) -> Vec<T> {
    if let [input] = inputs {
        return vec![read(input)];
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = inputs.len().div_ceil(threads).max(1);
    let read_some = |some: &[Input]| some.iter().map(&read).collect::<Vec<_>>();
    thread::scope(|scope| {
        let parts: Vec<_> = inputs
            .chunks(share)
            // Where no thread can be started, this one does its part.
            .map(|some| (some, thread::Builder::new().spawn_scoped(scope, move || read_some(some)).ok()))
            .collect();
        let done = |(some, thread): (&[Input], Option<thread::ScopedJoinHandle<'_, _>>)| match thread {
            Some(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            None => read_some(some),
        };
        parts.into_iter().flat_map(done).collect()
    })
}
