//! What a proposal gives to ask of advisories.

use crate::evidence::Question;
use crate::facts::Phase;
use crate::proposal::{NodeId, Tree, is_advisory_id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// So many advisories are asked about; `reason/advisories-exist` denies a proposal that names more.
pub const ADVISED: usize = 100;

/// A package that changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// As the proposal has it.
    pub package_url: String,
    /// The version that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version that shall run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// The questions of a proposal: what is looked up, where it names advisories or is said to close a weakness, and each advisory, that of
/// the fast track first. What was planned has been done at the close, and nothing of this is asked any more.
pub fn asked(proposal: &Tree, phase: Phase) -> Vec<Question> {
    if phase == Phase::Close {
        return Vec::new();
    }
    let text = |path: &[&str]| proposal.path(path).and_then(|node| proposal.text(node));
    let listed = items(proposal, &["reason", "advisories"]).iter().filter_map(|&id| proposal.text(id));
    let ids = text(&["fast_track", "advisory"]).into_iter().chain(listed).filter(|id| is_advisory_id(id));
    let mut seen = BTreeSet::new();
    let ids: Vec<&str> = ids.filter(|id| seen.insert(id.to_ascii_uppercase())).take(ADVISED).collect();
    // That something is named which has not the form of one is told where advisories are looked up.
    let names_any = !items(proposal, &["reason", "advisories"]).is_empty();
    if ids.is_empty() && !names_any && text(&["reason", "class"]) != Some("security") {
        return Vec::new();
    }
    let packages = packages(proposal);
    let advisory = |id: &str| Question::Advisory { id: id.to_owned(), packages: packages.clone() };
    std::iter::once(Question::Advisories).chain(ids.into_iter().map(advisory)).collect()
}

fn items<'t>(proposal: &'t Tree, path: &[&str]) -> &'t [NodeId] {
    proposal.path(path).map(|list| proposal.items(list)).unwrap_or_default()
}

/// The change and its components, as far as each says which package it is; each once.
fn packages(proposal: &Tree) -> Vec<Package> {
    let parts =
        proposal.path(&["change"]).into_iter().chain(items(proposal, &["change", "components"]).iter().copied());
    let mut packages: Vec<Package> = Vec::new();
    for part in parts {
        let field = |name| proposal.get(part, name).and_then(|node| proposal.text(node)).map(str::to_owned);
        let Some(package_url) = field("package_url") else { continue };
        packages.push(Package { package_url, from: field("from"), to: field("to") });
    }
    let mut seen = BTreeSet::new();
    packages.retain(|package| seen.insert(package.clone()));
    packages
}
