//! The proposals of one run, as far as each has to know the others.
//!
//! Two proposals can each be sound and still collide: both change one system in one night, both count on the same person, each
//! waits for the other. So a first pass over a run of several reads of each proposal the few values that decide which others
//! concern it. Their texts are not kept, as a fleet may have a hundred thousand; those that concern a proposal are read
//! again when it is judged, and come to its rules as `evidence.proposals`.

mod circle;
mod group;

use crate::document::{self, Document, Kind, Limits};
use crate::inputs::Input;
use crate::profiles::Profiles;
use crate::proposal::shape::LIST_MAX;
use crate::proposal::{handle, time};
use group::Group;
use std::collections::{BTreeSet, HashMap};
use std::thread;

/// The proposals of a run, in the order of its inputs.
#[derive(Debug, Default)]
pub struct Roster {
    entries: Vec<Option<Entry>>,
    ids: HashMap<Box<str>, Vec<usize>>,
    systems: HashMap<Box<str>, Group>,
    people: HashMap<Box<str>, Group>,
    /// The systems that a system needs.
    needs: HashMap<Box<str>, Box<[Box<str>]>>,
    /// For each proposal that waits for itself, by way of others: the circle.
    circles: HashMap<usize, Box<[Box<str>]>>,
}

/// What decides whether a proposal concerns another.
#[derive(Debug)]
struct Entry {
    id: Box<str>,
    system: Box<str>,
    /// In seconds of the Unix epoch.
    window: Option<(i64, i64)>,
    after: Box<[Box<str>]>,
    /// The systems that the proposal itself says its system needs.
    needs: Box<[Box<str>]>,
    people: Box<[Box<str>]>,
    fast_track: bool,
    /// Whether it changes some of the sites of its system.
    sites: bool,
}

/// How many others a proposal is shown, at most; those that collide come first, and what is past this is left out.
const MOST: usize = 48;

impl Roster {
    /// The roster of a run. What is no proposal, or can't be read, is left out: it is blocked or undecided for that itself.
    /// Standard input can be read once, and is left out too.
    pub fn of(inputs: &[Input], profiles: &Profiles, limits: &Limits) -> Self {
        if inputs.len() < 2 {
            return Self::default();
        }
        let mut roster = Self { entries: read_all(inputs, limits), ..Self::default() };
        for (index, entry) in roster.entries.iter().enumerate() {
            let Some(entry) = entry else { continue };
            roster.ids.entry(entry.id.clone()).or_default().push(index);
            roster.systems.entry(entry.system.clone()).or_default().add(index, entry.window, entry.fast_track);
            for person in &entry.people {
                roster.people.entry(person.clone()).or_default().add(index, entry.window, false);
            }
            if !roster.needs.contains_key(&entry.system) {
                roster.needs.insert(entry.system.clone(), needs(profiles, &entry.system));
            }
        }
        roster.systems.values_mut().chain(roster.people.values_mut()).for_each(Group::sort);
        roster.circles = circle::circles(&roster.entries, &roster.ids);
        roster
    }

    /// The inputs that concern one of them, in their order.
    pub fn others(&self, index: usize) -> Vec<usize> {
        let Some(Some(entry)) = self.entries.get(index) else { return Vec::new() };
        let mut others = BTreeSet::new();
        let mut add = |found: &mut dyn Iterator<Item = usize>| {
            found.filter(|&other| other != index).take(MOST).for_each(|other| {
                if others.len() < MOST {
                    others.insert(other);
                }
            });
        };
        let named = |id: &str| self.ids.get(id).map(Vec::as_slice).unwrap_or_default().iter().copied();
        add(&mut named(&entry.id));
        // What collides comes first: nobody can crowd it out by a long `after`.
        let needed = self.needs.get(&entry.system).into_iter().flatten().chain(&entry.needs);
        for system in std::iter::once(&entry.system).chain(needed) {
            if let Some((group, window)) = self.systems.get(system).zip(entry.window) {
                add(&mut group.overlapping(window));
            }
        }
        for person in &entry.people {
            if let Some((group, window)) = self.people.get(person).zip(entry.window) {
                add(&mut group.overlapping(window));
            }
        }
        entry.after.iter().for_each(|id| add(&mut named(id)));
        if let Some(group) = self.systems.get(&entry.system) {
            if entry.fast_track {
                add(&mut group.fast_tracks());
            }
            if entry.sites {
                add(&mut group.nearest(entry.window));
            }
        }
        others.into_iter().collect()
    }

    /// The ids of the proposals that wait for each other in a circle, this one first; empty where it is in none.
    pub fn circle(&self, index: usize) -> &[Box<str>] {
        self.circles.get(&index).map(|circle| &**circle).unwrap_or_default()
    }
}

/// Reads all inputs over all cores; what each gives does not depend on the others.
fn read_all(inputs: &[Input], limits: &Limits) -> Vec<Option<Entry>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = inputs.len().div_ceil(threads).max(1);
    let read_some = |some: &[Input]| some.iter().map(|input| entry(input, limits)).collect::<Vec<_>>();
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

fn entry(input: &Input, limits: &Limits) -> Option<Entry> {
    if matches!(input, Input::Standard) {
        return None;
    }
    let document = Document::parse("", input.read(limits.bytes).ok()?, limits).ok()?;
    let at = |pointer: &str| document.at(pointer);
    let instant = |pointer| at(pointer).and_then(text).and_then(|text| time::instant(&text));
    let closed = at("/record").is_some();
    let window =
        instant("/window/start").zip(instant("/window/end")).map(|(start, end)| (start.as_second(), end.as_second()));
    Some(Entry {
        id: at("/id").and_then(text)?,
        system: at("/system/id").and_then(text)?,
        // What is done collides with nothing.
        window: window.filter(|(start, end)| start < end && !closed),
        after: names(at("/after"), text)?,
        needs: names(at("/system/dependencies"), |dependency| text(dependency.get("system")?))?,
        people: names(at("/support/contacts"), |contact| Some(handle(&text(contact.get("name")?)?).into()))?,
        fast_track: at("/fast_track").is_some(),
        sites: at("/change/sites").is_some(),
    })
}

/// The systems that a system needs, as its profile says.
fn needs(profiles: &Profiles, system: &str) -> Box<[Box<str>]> {
    let profile = profiles.get(system);
    let Some(Ok(document)) = profile.as_ref().map(|profile| profile.document.as_ref()) else { return Box::default() };
    let dependencies = document.at("/system/dependencies").into_iter().flat_map(document::Value::items);
    dependencies.filter_map(|dependency| text(dependency.get("system")?)).collect()
}

/// The names in a list, each once. None where the list is longer than a proposal may have it: that one is blocked, and would
/// cost all others their time.
fn names<'d>(
    list: Option<document::Value<'d>>,
    name: impl Fn(document::Value<'d>) -> Option<Box<str>>,
) -> Option<Box<[Box<str>]>> {
    let items: Vec<_> = list.into_iter().flat_map(document::Value::items).take(LIST_MAX + 1).collect();
    let names: BTreeSet<_> = items.iter().filter_map(|&item| name(item)).collect();
    (items.len() <= LIST_MAX).then(|| names.into_iter().collect())
}

fn text(value: document::Value<'_>) -> Option<Box<str>> {
    match value.kind() {
        Kind::String(text) => Some(text.into()),
        _ => None,
    }
}
