//! What stood in the file of a proposal where the change began that modifies it or moves it: whoever overwrites one proposes anew, and who
//! adds to it how it went does not.

use crate::document::{self, Document, Kind, Limits};
use crate::git::{self, Snapshot};
use crate::proposal::model::PROPOSAL;
use crate::proposal::{Tree, component_packages, package_of, read};
use serde_json::{Map, Value};
use std::path::Path;

/// What the phases after the plan add to a proposal.
const LATER: [&str; 2] = ["deploy", "record"];

/// A valid proposal that stood there.
#[derive(Debug)]
pub struct Stood {
    document: Document,
    tree: Tree,
}

impl Stood {
    /// None where there was no valid one, or a draft, which proposes nothing.
    pub fn at(began: &Snapshot, path: &Path, limits: &Limits) -> Option<Self> {
        let entry = began.entry(path).ok()?.filter(|entry| entry.kind == git::Kind::File)?;
        let bytes = began.bytes(&entry, limits.bytes as u64).ok()?;
        let document = Document::parse(&path.to_string_lossy(), bytes, limits).ok()?;
        if document.at("/draft").is_some_and(|draft| draft.kind() == Kind::Bool(true)) {
            return None;
        }
        let tree = read(&document, &PROPOSAL).ok()?;
        Some(Self { document, tree })
    }

    /// The system and the steps that it proposed, as `evidence.before`. None where it said how it ended.
    pub fn proposed(&self) -> Option<Value> {
        let tree = &self.tree;
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

    /// What a text makes of it; none where its plan is another one, or where it no longer says how it ended.
    pub fn kept_by(&self, path: &str, bytes: Vec<u8>, limits: &Limits) -> Option<Kept> {
        let now = Document::parse(path, bytes, limits).ok()?;
        let ended = |document: &Document| document.at("/record/outcome").is_some();
        if !is_same_of(self.document.root(), now.root(), |key| !LATER.contains(&key)) {
            return None;
        }
        let is_whole = is_same_of(self.document.root(), now.root(), |key| LATER.contains(&key));
        match (is_whole, ended(&self.document) && !ended(&now)) {
            (true, _) => Some(Kept::Whole),
            (false, true) => None,
            (false, false) => Some(Kept::Plan),
        }
    }
}

/// What is as it was, however it is laid out and wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All of it.
    Whole,
    /// All but what later phases add.
    Plan,
}

impl Kept {
    /// The word for it in a record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Plan => "plan",
        }
    }
}

/// Whether two objects have the same under the keys that are meant.
fn is_same_of(one: document::Value<'_>, other: document::Value<'_>, is_meant: impl Fn(&str) -> bool) -> bool {
    let is_meant = |item: &document::Value<'_>| item.key().is_some_and(&is_meant);
    let finds = |item: document::Value<'_>| {
        let other = item.key().and_then(|key| other.get(key));
        other.is_some_and(|other| is_same(item, other))
    };
    one.items().filter(is_meant).count() == other.items().filter(is_meant).count()
        && one.items().filter(is_meant).all(finds)
}

/// Whether two values are the same; the order of keys says nothing.
fn is_same(one: document::Value<'_>, other: document::Value<'_>) -> bool {
    one.kind() == other.kind()
        && one.len() == other.len()
        && match one.kind() {
            Kind::Object => is_same_of(one, other, |_| true),
            _ => one.items().zip(other.items()).all(|(one, other)| is_same(one, other)),
        }
}
