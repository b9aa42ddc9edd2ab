//! The other proposals of a run, laid into the evidence of one.

use super::exactly::{Changed, is_foreseen};
use crate::document::Limits;
use crate::finding::Fault;
use crate::profiles::Profiles;
use crate::proposal::model::{ELSEWHERE, OTHER_PROPOSAL, SHIFT, TARGET, UNKNOWN, WORK_WINDOW};
use crate::proposal::{Graft, NodeId, Tree, Value, work_windows};
use crate::roster::{Concern, Elsewhere, MOST_WINDOWS, Roster, Unknown, deciders, of_each, valid};
use crate::verdict;
use std::sync::Arc;

/// The others that concern a proposal.
#[derive(Debug, Default)]
pub struct Others<'a> {
    /// In the order of the inputs.
    pub proposals: Vec<Other>,
    /// The ids of those that wait for each other in a circle, this one first.
    pub circle: &'a [Box<str>],
    /// What it comes after that is not there.
    pub unknown: Vec<Unknown<'a>>,
    /// What others that come with the same change propose of packages.
    pub elsewhere: Option<(&'a Roster, usize)>,
    /// Why it can't be judged among the others as they are.
    pub faults: Vec<Fault>,
}

/// One other proposal.
#[derive(Debug)]
pub struct Other {
    /// The name of its file.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// SHA-256 of that.
    pub digest: String,
    /// Whether it is done, as the roster found.
    pub closed: bool,
}

impl Others<'_> {
    /// Whether the proposal itself is done, as the roster found: then it does not speak for the change.
    pub(super) fn is_closed(&self) -> bool {
        self.elsewhere.is_some_and(|(roster, index)| roster.closed(index))
    }

    /// Whether the change says how it ended, and nothing else of it.
    pub(super) fn ends(&self) -> bool {
        self.elsewhere.is_some_and(|(roster, index)| roster.ends(index))
    }

    /// Why it is judged, where the change leaves it as it is.
    pub(super) fn concern(&self) -> Option<Concern> {
        self.elsewhere.and_then(|(roster, index)| roster.concern(index))
    }

    /// Which they are, for the record.
    pub(super) fn shown(&self) -> Vec<verdict::Other> {
        let of = |other: &Other| verdict::Other { file: other.file.clone(), digest: other.digest.clone() };
        self.proposals.iter().map(of).collect()
    }

    /// The evidence with what this proposal has to know of the others.
    pub(super) fn laid_into(&self, evidence: &Arc<Tree>, profiles: &Profiles, limits: &Limits) -> Arc<Tree> {
        let elsewhere = self.elsewhere(evidence);
        let foreseen = self.foreseen(evidence);
        let is_alone = self.proposals.is_empty() && self.circle.is_empty() && self.unknown.is_empty();
        if is_alone && elsewhere.is_empty() && foreseen.is_empty() {
            return Arc::clone(evidence);
        }
        let tree = |other: &Other| Some((valid(&other.file, other.bytes.clone(), profiles, limits)?, other.closed));
        let trees: Vec<_> = self.proposals.iter().filter_map(tree).collect();
        let mut graft = Graft::onto(evidence);
        let places = trees.iter().map(|(tree, _)| Some((tree, Tree::ROOT)));
        for (item, (tree, closed)) in
            graft.list(Tree::ROOT, "proposals", &OTHER_PROPOSAL, places).into_iter().zip(&trees)
        {
            fill(&mut graft, item, tree, *closed);
        }
        let items = graft.list(Tree::ROOT, "unknown_after", &UNKNOWN, self.unknown.iter().map(|_| None));
        for (item, unknown) in items.into_iter().zip(&self.unknown) {
            graft.put(item, "id", Value::Text(unknown.id.into()), None);
            if let Some(near) = unknown.near {
                graft.put(item, "near", Value::Text(near.into()), None);
            }
        }
        if !self.circle.is_empty() {
            graft.names("circle", self.circle);
        }
        for (pin, parts) in elsewhere {
            let items = graft.list(pin, "elsewhere", &ELSEWHERE, parts.iter().map(|_| None));
            for (item, part) in items.into_iter().zip(parts) {
                for (field, text) in [("id", Some(part.id)), ("from", part.from), ("to", part.to), ("size", part.size)]
                {
                    if let Some(text) = text {
                        graft.put(item, field, Value::Text(text.into()), None);
                    }
                }
            }
        }
        for pin in foreseen {
            graft.put(pin, "foreseen", Value::Flag(true), None);
        }
        Arc::new(graft.finish())
    }

    /// What changes to the letter as a proposal says that stands on the base.
    fn foreseen(&self, evidence: &Tree) -> Vec<NodeId> {
        let Some((roster, _)) = self.elsewhere else { return Vec::new() };
        let pins = evidence.get(Tree::ROOT, "changes").map(|list| evidence.items(list)).unwrap_or_default();
        pins.iter().copied().filter(|&pin| is_foreseen(Changed::Laid(evidence, pin), roster)).collect()
    }

    /// What others propose of each package that changed.
    fn elsewhere(&self, evidence: &Tree) -> Vec<(NodeId, Vec<Elsewhere<'_>>)> {
        let Some((roster, index)) = self.elsewhere else { return Vec::new() };
        let pins = evidence.get(Tree::ROOT, "changes").map(|list| evidence.items(list)).unwrap_or_default();
        let text = |pin, field| evidence.text(evidence.get(pin, field)?);
        let of = |&pin: &NodeId| {
            let parts = roster.elsewhere(index, (text(pin, "package_url")?, text(pin, "name")?));
            (!parts.is_empty()).then_some((pin, parts))
        };
        pins.iter().filter_map(of).collect()
    }
}

fn fill(graft: &mut Graft, item: NodeId, tree: &Tree, closed: bool) {
    for (field, path) in [
        ("id", ["id"].as_slice()),
        ("system", &["system", "id"]),
        ("component", &["change", "component"]),
        ("environment", &["change", "environment"]),
        ("environments", &["system", "environments"]),
        ("start", &["window", "start"]),
        ("end", &["window", "end"]),
        ("after", &["after"]),
        ("sites", &["change", "sites"]),
        ("from", &["change", "from"]),
        ("to", &["change", "to"]),
        ("library", &["change", "library"]),
        ("submitted_at", &["submitted_at"]),
        ("outcome", &["record", "outcome"]),
    ] {
        graft.copy(item, field, tree, tree.path(path));
    }
    for (field, list, of) in [
        ("depends_on", ["system", "dependencies"], "system"),
        ("needed_by", ["system", "dependants"], "system"),
        ("people", ["support", "contacts"], "name"),
    ] {
        graft.texts(item, field, tree, &of_each(tree, &list, of).collect::<Vec<_>>(), None);
    }
    fill_times(graft, item, tree);
    let parts = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    let items = graft.list(item, "components", &TARGET, parts.iter().map(|&part| Some((tree, part))));
    for (item, &part) in items.into_iter().zip(parts) {
        for field in ["component", "from", "to", "library"] {
            graft.copy(item, field, tree, tree.get(part, field));
        }
    }
    let place = |path: &[&str]| tree.path(path).map(|node| (tree, node));
    if let Some(track) = place(&["fast_track"]) {
        graft.put(item, "fast_track", Value::Flag(true), Some(track));
    }
    let stage = if closed { "closed" } else { "proposed" };
    graft.put(item, "stage", Value::Text(stage.into()), place(&["record"]));
    let name = tree.place(Tree::ROOT).source.name().into();
    graft.put(item, "file", Value::Text(name), None);
}

/// When it is worked on, and when its people are to be there.
fn fill_times(graft: &mut Graft, item: NodeId, tree: &Tree) {
    let windows = work_windows(tree);
    // One with more of them is undecided for itself.
    let windows = &windows[..windows.len().min(MOST_WINDOWS)];
    let items = graft.list(item, "windows", &WORK_WINDOW, windows.iter().map(|window| Some((tree, window.node))));
    for (item, window) in items.into_iter().zip(windows) {
        graft.put(item, "at", Value::Text(tree.dotted(window.node).into()), Some((tree, window.node)));
        for field in ["start", "end"] {
            graft.copy(item, field, tree, tree.get(window.node, field));
        }
    }
    let contacts = tree.path(&["support", "contacts"]).map(|list| tree.items(list)).unwrap_or_default();
    let deciders: Vec<_> = deciders(tree).collect();
    let all = contacts.iter().chain(&deciders).map(|&node| Some((tree, node)));
    let items = graft.list(item, "shifts", &SHIFT, all);
    let (of_contacts, of_deciders) = items.split_at(contacts.len());
    for (&item, &contact) in of_contacts.iter().zip(contacts) {
        for field in ["name", "from", "to"] {
            graft.copy(item, field, tree, tree.get(contact, field));
        }
    }
    for (&item, &decider) in of_deciders.iter().zip(&deciders) {
        graft.copy(item, "name", tree, Some(decider));
    }
}
