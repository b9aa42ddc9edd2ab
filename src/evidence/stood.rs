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
            Value::Object(fields.collect::<Map<_, _>>())
        };
        let steps: Vec<_> = change.into_iter().chain(listed.iter().copied()).map(step).collect();
        Some(serde_json::json!({ "system": system, "steps": steps }))
    }

    /// All that it said before anything of it was done.
    pub fn plan(&self) -> Vec<String> {
        planned(&self.document)
    }
}

/// The same of what stands there now; none where that is no JSON.
pub fn plan(path: &str, bytes: Vec<u8>, limits: &Limits) -> Option<Vec<String>> {
    Some(planned(&Document::parse(path, bytes, limits).ok()?))
}

/// Each key with the text of its value: whoever writes the same otherwise has written something else.
fn planned(document: &Document) -> Vec<String> {
    let text = document.source().text();
    let one = |value: document::Value<'_>| {
        let key = value.key().filter(|key| !LATER.contains(key))?;
        let span = value.span();
        Some(format!("{key} {}", &text[span.start as usize..span.end as usize]))
    };
    document.root().items().filter_map(one).collect()
}
