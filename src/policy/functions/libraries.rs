//! Which parts of the change are libraries of a component, and not the component itself.

use super::packages::{Parts, is_held_at};
use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::version::semver_level;
use crate::proposal::{NodeId, component_packages};
use crate::versions::package_key;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_library(part) -> true or false",
        doc: "Whether a part of the change (`p.change` or one of its components) is a library of the component that it names, and not that component: \
              as its `library` says, where it has a `package_url`; where it says nothing, whether that names another package than that of the component in the \
              profile. What the profile has as a component is no library of another. Where the profile has none, a lockfile has to show it and the part has to begin with another version than the component has. \
              Where a change is judged, what no lockfile pins is no library unless it says so; nor is at the close what `is_pinned` does not tell of, or has at its end the version that the profile has.",
        call: is_library,
    },
    Function {
        signature: "own_parts(change) -> list",
        doc: "Of a change and its `components`, those that are about the component that they name, and not about a library of it (`is_library`). \
              Their versions are versions of the component.",
        call: own_parts,
    },
    Function {
        signature: "profiled_as(part) -> list",
        doc: "The names of the components that have in the profile the package which a part of the change names in its `package_url`.",
        call: profiled_as,
    },
    Function {
        signature: "is_pinned(part) -> true or false",
        doc: "Whether a lockfile or manifest pins the package of a part of the change, as `is_package` tells: otherwise than before, or at the end of \
              the change as before. Of an upgrade that has ended, whether it is pinned at a version of the part, or at one that may have followed since. `()` where that was not looked up, or nothing says which package it is.",
        call: is_pinned,
    },
];

fn is_library<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Flag(false)) };
    Ok(Value::Flag(libraries(run).contains(&part)))
}

fn own_parts<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(change) = argument(args, "`p.change`")? else { return Ok(Value::from_iter([])) };
    let tree = &run.facts.proposal;
    let listed = tree.get(change, "components").map(|list| tree.items(list)).unwrap_or_default();
    run.budget.work(listed.len())?;
    let libraries = libraries(run);
    let own = std::iter::once(change).chain(listed.iter().copied()).filter(|part| !libraries.contains(part));
    Ok(own.map(|id| Value::Node(Node { root: Root::Proposal, id })).collect())
}

fn profiled_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::from_iter([])) };
    let proposal = uncounted(run);
    let text = |name| proposal.tree.text(proposal.tree.get(part, name)?);
    let profile = &proposal.known.parts.get_or_init(|| Parts::of(proposal.tree)).profiled;
    let Some(url) = text("package_url") else { return Ok(Value::from_iter([])) };
    proposal.budget.work(url.len() / 16)?;
    let names = profile.get(&package_key(url)).map(Vec::as_slice).unwrap_or_default();
    proposal.budget.work(names.len())?;
    Ok(names.iter().map(|name| Value::from(name.to_string())).collect())
}

fn is_pinned<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Nothing) };
    let proposal = uncounted(run);
    let (known, facts) = (proposal.known, proposal.facts);
    let url = known.parts.get_or_init(|| Parts::of(proposal.tree)).url(proposal.tree, part);
    let Some(url) = url else { return Ok(Value::Nothing) };
    proposal.budget.work(url.len() / 16)?;
    let shown = known.pinned.get_or_init(|| Pinned::of(facts)).shows(facts, part, &package_key(url));
    Ok(shown.map_or(Value::Nothing, Value::Flag))
}

const PART: &str = "`p.change` or one of its components";

pub(super) fn libraries<'s>(run: &'s mut Run<'_>) -> &'s HashSet<NodeId> {
    let proposal = uncounted(run);
    let (known, facts) = (proposal.known, proposal.facts);
    known.libraries.get_or_init(|| {
        let pinned = known.pinned.get_or_init(|| Pinned::of(facts));
        found(facts, pinned)
    })
}

/// The packages that lockfiles pin, as far as the proposal is about them, by what [`package_key`] makes of their URLs.
#[derive(Debug)]
pub struct Pinned {
    /// None where nobody looked.
    pins: Option<HashMap<String, Vec<NodeId>>>,
    /// Whether no change is known that would show what goes where: the upgrade has ended.
    has_ended: bool,
}

impl Pinned {
    fn of(facts: &Facts) -> Self {
        let evidence = &facts.evidence;
        let list = |name: &str| evidence.path(&[name]).map(|list| evidence.items(list));
        let (changes, pinned) = (list("changes"), list("pinned"));
        let key = |item: NodeId| Some(package_key(evidence.text(evidence.get(item, "package_url")?)?));
        let pins = |item: NodeId| evidence.get(item, "pins").map(|pins| evidence.items(pins)).unwrap_or_default();
        let changed = changes.unwrap_or_default().iter().filter_map(|&item| Some((key(item)?, Vec::new())));
        let held = pinned.unwrap_or_default().iter().filter(|&&item| !pins(item).is_empty());
        let held = held.filter_map(|&item| Some((key(item)?, pins(item).to_vec())));
        Self { pins: changes.or(pinned).map(|_| changed.chain(held).collect()), has_ended: changes.is_none() }
    }

    /// Whether lockfiles show a part of the change as a package of this key.
    fn shows(&self, facts: &Facts, part: NodeId, key: &str) -> Option<bool> {
        let pins = self.pins.as_ref()?.get(key);
        Some(pins.is_some_and(|pins| !self.has_ended || pins.iter().any(|&pin| may_be_of(facts, part, pin))))
    }
}

/// Whether a package that is pinned so after the upgrade may be what a part of it was about: it is at a version of the part, or at one to which it has gone
/// on since. What has versions of another kind, or only earlier ones, was not.
fn may_be_of(facts: &Facts, part: NodeId, pin: NodeId) -> bool {
    let (tree, evidence) = (&facts.proposal, &facts.evidence);
    let stated = |name| tree.text(tree.get(part, name)?);
    let Some(to) = stated("to") else { return false };
    if [Some(to), stated("from")].into_iter().flatten().any(|stated| is_held_at(evidence, pin, stated)) {
        return true;
    }
    let text = |name| evidence.text(evidence.get(pin, name)?);
    let tag = to.split('@').next().unwrap_or(to);
    let mut names = ["version", "called"].into_iter().filter_map(text);
    let is_later = |name| name == tag || matches!(semver_level(tag, name), "patch" | "minor" | "major");
    names.any(is_later)
        || is_fingerprint(to) && (text("digest").is_some() || text("version").is_some_and(is_fingerprint))
}

/// Whether a version is a commit or a digest, which nothing orders.
fn is_fingerprint(version: &str) -> bool {
    let hex = version.rsplit([':', '@']).next().unwrap_or(version);
    hex.len() >= 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn found(facts: &Facts, pinned: &Pinned) -> HashSet<NodeId> {
    let tree = &facts.proposal;
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node: NodeId, name: &str| tree.text(tree.get(node, name)?);
    let packages = component_packages(tree);
    let profiled: HashSet<_> = packages.values().map(|url| package_key(url)).collect();
    let components: HashMap<_, _> =
        items(&["system", "components"]).iter().filter_map(|&one| Some((text(one, "name")?, one))).collect();
    let is_one = |&part: &NodeId| -> Option<bool> {
        let key = package_key(text(part, "package_url")?);
        // A component under the name of another one keeps its own versions.
        if profiled.contains(&key) {
            return Some(false);
        }
        if let Some(said) = tree.get(part, "library").and_then(|said| tree.flag(said)) {
            return Some(said);
        }
        let name = text(part, "component")?;
        let component = *components.get(name)?;
        let shown = pinned.shows(facts, part, &key);
        if let Some(own) = packages.get(name) {
            return Some(package_key(own) != key && shown != Some(false));
        }
        let from = text(part, "from")?;
        let runs = ["version", "patch_level", "firmware", "driver"].map(|field| text(component, field));
        // By then the profile may tell of the end of the step.
        let runs_end = pinned.has_ended && runs.contains(&text(part, "to"));
        Some(shown == Some(true) && runs[0].is_some() && !runs.contains(&Some(from)) && !runs_end)
    };
    let parts = tree.path(&["change"]).into_iter().chain(items(&["change", "components"]).iter().copied());
    parts.filter(|part| is_one(part) == Some(true)).collect()
}
