//! What a proposal proposed where the change began that modifies it or moves it: whoever overwrites one proposes anew.

use crate::document::{Document, Kind, Limits};
use crate::git::{self, Snapshot};
use crate::proposal::model::PROPOSAL;
use crate::proposal::{Tree, component_packages, package_of, read};
use serde_json::{Map, Value};
use std::path::Path;

/// The system and the steps of the proposal that stood in a file, as `evidence.before`. None where there was no valid one that was
/// open: a draft, and what says how it ended, propose nothing.
pub fn stood(began: &Snapshot, path: &Path, limits: &Limits) -> Option<Value> {
    let entry = began.entry(path).ok()?.filter(|entry| entry.kind == git::Kind::File)?;
    let bytes = began.bytes(&entry, limits.bytes as u64).ok()?;
    let document = Document::parse(&path.to_string_lossy(), bytes, limits).ok()?;
    if document.at("/draft").is_some_and(|draft| draft.kind() == Kind::Bool(true)) {
        return None;
    }
    of_proposal(&read(&document, &PROPOSAL).ok()?)
}

fn of_proposal(tree: &Tree) -> Option<Value> {
    if tree.path(&["record", "outcome"]).is_some() {
        return None;
    }
    let system = tree.text(tree.path(&["system", "id"])?)?;
    let components = component_packages(tree);
    let change = tree.path(&["change"]);
    let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    let step = |part| {
        let text = |field| Some((field, tree.text(tree.get(part, field)?)?));
        // Which package a component is that says nothing of it, the profile has.
        let package = package_of(tree, part, &components).map(|url| ("package_url", url));
        let fields = [package, text("component"), text("from"), text("to")];
        let fields = fields.into_iter().flatten().map(|(name, text)| (name.to_owned(), text.into()));
        let mut step = fields.collect::<Map<_, _>>();
        let library = tree.get(part, "library").and_then(|said| tree.flag(said));
        step.extend(library.map(|said| ("library".to_owned(), said.into())));
        Value::Object(step)
    };
    let steps: Vec<_> = change.into_iter().chain(listed.iter().copied()).map(step).collect();
    Some(serde_json::json!({ "system": system, "steps": steps }))
}
