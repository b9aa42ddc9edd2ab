//! The other proposals of a run, laid into the evidence of one.

use crate::document::{Document, Kind, Limits};
use crate::profiles::Profiles;
use crate::proposal::model::{OTHER_PROPOSAL, PROPOSAL};
use crate::proposal::{Graft, NodeId, Tree, Value, read, read_laid};
use std::sync::Arc;

/// The others that concern a proposal.
#[derive(Debug, Default)]
pub struct Others<'a> {
    /// The name and the bytes of each file.
    pub proposals: Vec<(String, Vec<u8>)>,
    /// The ids of those that wait for each other in a circle, this one first.
    pub circle: &'a [Box<str>],
}

impl Others<'_> {
    /// The evidence with what this proposal has to know of the others. What is no valid proposal is blocked for itself, and says
    /// nothing that could be relied on here.
    pub(super) fn laid_into(&self, evidence: &Arc<Tree>, profiles: &Profiles, limits: &Limits) -> Arc<Tree> {
        if self.proposals.is_empty() && self.circle.is_empty() {
            return Arc::clone(evidence);
        }
        let trees: Vec<_> =
            self.proposals.iter().filter_map(|(name, bytes)| tree(name, bytes, profiles, limits)).collect();
        let mut graft = Graft::onto(evidence);
        let places: Vec<_> = trees.iter().map(|tree| (tree, Tree::ROOT)).collect();
        for (item, tree) in graft.list("proposals", &OTHER_PROPOSAL, &places).into_iter().zip(&trees) {
            fill(&mut graft, item, tree);
        }
        if !self.circle.is_empty() {
            graft.names("circle", self.circle);
        }
        Arc::new(graft.finish())
    }
}

fn tree(name: &str, bytes: &[u8], profiles: &Profiles, limits: &Limits) -> Option<Tree> {
    let document = Document::parse(name, bytes.to_vec(), limits).ok()?;
    let system = document.at("/system/id").map(|id| id.kind());
    let profile = if let Some(Kind::String(system)) = system { profiles.get(system) } else { None };
    match profile.as_ref().map(|profile| profile.document.as_ref()) {
        Some(Ok(profile)) => read_laid(&document, &PROPOSAL, profile).ok(),
        _ => read(&document, &PROPOSAL).ok(),
    }
}

fn fill(graft: &mut Graft, item: NodeId, tree: &Tree) {
    for (field, path) in [
        ("id", ["id"].as_slice()),
        ("system", &["system", "id"]),
        ("component", &["change", "component"]),
        ("environment", &["change", "environment"]),
        ("start", &["window", "start"]),
        ("end", &["window", "end"]),
        ("after", &["after"]),
        ("sites", &["change", "sites"]),
        ("to", &["change", "to"]),
        ("submitted_at", &["submitted_at"]),
    ] {
        graft.copy(item, field, tree, tree.path(path));
    }
    let of_each = |list: &[&str], field: &str| -> Vec<_> {
        let items = tree.path(list).map(|list| tree.items(list)).unwrap_or_default();
        items.iter().filter_map(|&item| tree.get(item, field)).collect()
    };
    graft.texts(item, "depends_on", tree, &of_each(&["system", "dependencies"], "system"), None);
    graft.texts(item, "people", tree, &of_each(&["support", "contacts"], "name"), None);
    if let Some(track) = tree.path(&["fast_track"]) {
        graft.put(item, "fast_track", Value::Flag(true), tree, Some(track));
    }
    let record = tree.path(&["record"]);
    let stage = if record.is_some() { "closed" } else { "proposed" };
    graft.put(item, "stage", Value::Text(stage.into()), tree, record);
    let name = tree.place(Tree::ROOT).source.name().into();
    graft.put(item, "file", Value::Text(name), tree, None);
}
