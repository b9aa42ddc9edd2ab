//! What the roster keeps of one proposal.

use crate::digest;
use crate::document::{Document, Kind, Limits};
use crate::inputs::Input;
use crate::profiles::Profiles;
use crate::proposal::model::PROPOSAL;
use crate::proposal::{NodeId, Tree, Value, read, read_laid, work_windows};
use crate::roster::left::{Concern, Left};
use crate::roster::people::People;
use crate::roster::proposed::Part;
use crate::roster::targets::Targets;
use crate::roster::worked::{MOST_WINDOWS, Worked};
use jiff::Timestamp;

/// What decides whether a proposal concerns another.
#[derive(Debug, Default)]
pub struct Entry {
    pub id: Box<str>,
    pub system: Box<str>,
    pub worked: Worked,
    /// Whether it is worked on in more windows than are held against others.
    pub more_windows: bool,
    pub after: Box<[Box<str>]>,
    /// The systems that its system needs.
    pub needs: Box<[Box<str>]>,
    /// The systems that need its system, as its own profile says.
    pub dependants: Box<[Box<str>]>,
    pub people: People,
    /// Of a fast track, when its window begins, in seconds of the Unix epoch.
    pub fast_track: Option<i64>,
    pub targets: Targets,
    /// Whether it changes some of the sites of its system and leaves others.
    pub some_sites: bool,
    /// Whether it says that two versions may run side by side.
    pub mixed: bool,
    pub closed: bool,
    /// Whether its record says how it ended, be that still to come.
    pub ended: bool,
    /// Whether it is done, and what it was to bring is in place, as its record says.
    pub in_place: bool,
    /// What it proposes of packages, where the run is about a change.
    pub proposes: Box<[Part]>,
}

/// How a change comes with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coming {
    /// It leaves it as it is.
    #[default]
    Not,
    /// It modifies it or moves it.
    Touched,
    /// It brings what later phases add to it, and leaves its plan as it stood.
    Later,
    /// It adds it.
    Added,
}

/// One input, as it was when the roster was made.
#[derive(Debug, Default)]
pub struct Seen {
    /// None where it could not be read.
    pub digest: Option<String>,
    /// How the change of the run comes with it.
    pub comes: Coming,
    /// Whether that is known.
    pub told: bool,
    /// Why the run does not judge it, where it does not.
    pub left: Option<Left>,
    /// Why it does, where the change leaves it as it is.
    pub concern: Option<Concern>,
    /// None where it is no valid proposal: that one is blocked for itself, and says nothing that could be relied on.
    pub entry: Option<Entry>,
}

impl Seen {
    pub fn of(input: &Input, profiles: &Profiles, limits: &Limits, now: Timestamp, comes: Option<Coming>) -> Self {
        let of_a_change = comes.is_some();
        let comes = comes.unwrap_or_default();
        let told = of_a_change;
        let Ok(bytes) = input.read(limits.bytes) else { return Self { comes, told, ..Self::default() } };
        let digest = Some(digest::of(&bytes));
        let tree = valid(&input.name(), bytes, profiles, limits);
        let entry = tree.and_then(|tree| {
            let proposes = if of_a_change { Part::all_of(&tree) } else { Box::default() };
            Some(Entry { proposes, ..entry(&tree, now)? })
        });
        // What the change brings, or edits, says of itself that it is done; what stands on the base was judged with that.
        let rests = of_a_change && comes == Coming::Not && entry.as_ref().is_some_and(|entry| entry.closed);
        Self { digest, comes, told, left: rests.then_some(Left::Done), concern: None, entry }
    }
}

impl Seen {
    /// Whether the change says how it ended, and leaves its plan as it stood.
    pub fn ends(&self) -> bool {
        self.comes == Coming::Later && self.entry.as_ref().is_some_and(|entry| entry.ended)
    }
}

/// A proposal with the profile of its system laid under it, if it is a valid one.
pub fn valid(name: &str, bytes: Vec<u8>, profiles: &Profiles, limits: &Limits) -> Option<Tree> {
    let document = Document::parse(name, bytes, limits).ok()?;
    let system = document.at("/system/id").map(|id| id.kind());
    let profile = if let Some(Kind::String(system)) = system { profiles.get(system) } else { None };
    match profile.as_ref().map(|profile| profile.document.as_ref()) {
        Some(Ok(profile)) => read_laid(&document, &PROPOSAL, profile).ok(),
        _ => read(&document, &PROPOSAL).ok(),
    }
}

fn entry(tree: &Tree, now: Timestamp) -> Option<Entry> {
    let text = |path: &[&str]| tree.path(path).and_then(|at| tree.text(at)).map(Box::<str>::from);
    let windows = work_windows(tree);
    let main = windows.first().filter(|window| window.stage.is_none());
    let worked = Worked::of(&windows);
    Some(Entry {
        id: text(&["id"])?,
        system: text(&["system", "id"])?,
        more_windows: windows.len() > MOST_WINDOWS,
        after: names(tree, items(tree, &["after"]).iter().copied()),
        needs: names(tree, of_each(tree, &["system", "dependencies"], "system")),
        dependants: names(tree, of_each(tree, &["system", "dependants"], "system")),
        people: People::of(tree, &worked),
        worked,
        fast_track: main.filter(|_| tree.path(&["fast_track"]).is_some()).map(|window| window.start.as_second()),
        targets: Targets::of(tree),
        some_sites: !items(tree, &["change", "sites"]).is_empty(),
        mixed: text(&["compatibility", "mixed_versions", "mode"]).is_some_and(|mode| &*mode == "supported"),
        closed: closed(tree, now),
        ended: tree.path(&["record", "outcome"]).is_some(),
        in_place: closed(tree, now)
            && text(&["record", "outcome"]).is_some_and(|outcome| IN_PLACE.contains(&&*outcome)),
        proposes: Box::default(),
    })
}

/// Whether a proposal is done: its record says how it ended, and that it has ended by now. A record that is begun, or that tells
/// of a time to come, would otherwise take a proposal out of all that it collides with.
///
/// This is the one place that decides it; rules see it as `stage`.
fn closed(tree: &Tree, now: Timestamp) -> bool {
    tree.path(&["record", "outcome"]).is_some() && instant(tree, &["record", "finished_at"]).is_some_and(|at| at <= now)
}

/// The outcomes after which the new version stays.
const IN_PLACE: &[&str] = &["succeeded", "succeeded-with-issues", "repaired-forward"];

fn instant(tree: &Tree, path: &[&str]) -> Option<Timestamp> {
    match tree.value(tree.path(path)?) {
        Value::Instant(instant) => Some(*instant),
        _ => None,
    }
}

fn items<'t>(tree: &'t Tree, path: &[&str]) -> &'t [NodeId] {
    tree.path(path).map(|list| tree.items(list)).unwrap_or_default()
}

/// One field of each object of a list.
pub fn of_each<'t>(tree: &'t Tree, list: &[&str], field: &'t str) -> impl Iterator<Item = NodeId> + 't {
    items(tree, list).iter().filter_map(move |&item| tree.get(item, field))
}

/// Texts, each once: a proposal that repeats one would cost all others their time.
fn names(tree: &Tree, nodes: impl Iterator<Item = NodeId>) -> Box<[Box<str>]> {
    let mut names: Vec<Box<str>> = nodes.filter_map(|at| tree.text(at)).map(Box::from).collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}
