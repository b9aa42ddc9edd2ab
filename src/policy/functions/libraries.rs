//! Which parts of the change are libraries of a component, and not the component itself.

use super::packages::Parts;
use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree, component_packages};
use crate::versions::package_key;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_library(part) -> true or false",
        doc: "Whether a part of the change (`p.change` or one of its components) is a library of the component that it names, and not that component: \
              as its `library` says, where it has a `package_url`; where it says nothing, whether that names another package than that of the component in the \
              profile. What the profile has as a component is no library of another. Where the profile has none, a lockfile has to show it and the part has to begin with another version than the component has. \
              Where a change is judged, what no lockfile pins is no library unless it says so.",
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
              the change as before. `()` where that was not looked up, or nothing says which package it is.",
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
    let text = |name| proposal.tree.text(proposal.tree.get(part, name)?);
    let profile = &known.parts.get_or_init(|| Parts::of(proposal.tree)).profile;
    let url = text("package_url").or_else(|| profile.get(text("component")?).map(|url| &**url));
    let Some((url, pinned)) = url.zip(known.pinned.get_or_init(|| Pinned::of(facts)).keys.as_ref()) else {
        return Ok(Value::Nothing);
    };
    proposal.budget.work(url.len() / 16)?;
    Ok(Value::Flag(pinned.contains(&package_key(url))))
}

const PART: &str = "`p.change` or one of its components";

pub(super) fn libraries<'s>(run: &'s mut Run<'_>) -> &'s HashSet<NodeId> {
    let proposal = uncounted(run);
    let (known, facts) = (proposal.known, proposal.facts);
    known.libraries.get_or_init(|| {
        let pinned = known.pinned.get_or_init(|| Pinned::of(facts));
        found(&facts.proposal, pinned)
    })
}

/// The packages that lockfiles pin, as far as the proposal is about them, by what [`package_key`] makes of their URLs.
#[derive(Debug)]
pub struct Pinned {
    /// None where nobody looked.
    keys: Option<HashSet<String>>,
}

impl Pinned {
    fn of(facts: &Facts) -> Self {
        let evidence = &facts.evidence;
        let items = |name: &str| evidence.path(&[name]).map(|list| evidence.items(list)).unwrap_or_default();
        let url = |&item: &NodeId| Some(package_key(evidence.text(evidence.get(item, "package_url")?)?));
        let is_there =
            |&&item: &&NodeId| evidence.get(item, "pins").is_some_and(|pins| !evidence.items(pins).is_empty());
        let keys = evidence
            .path(&["changes"])
            .map(|_| items("changes").iter().chain(items("pinned").iter().filter(is_there)).filter_map(url).collect());
        Self { keys }
    }
}

fn found(tree: &Tree, pinned: &Pinned) -> HashSet<NodeId> {
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
        if let Some(own) = packages.get(name) {
            return Some(package_key(own) != key && pinned.keys.as_ref().is_none_or(|keys| keys.contains(&key)));
        }
        let from = text(part, "from")?;
        let runs = ["version", "patch_level", "firmware", "driver"].map(|field| text(component, field));
        let is_shown = pinned.keys.as_ref().is_some_and(|keys| keys.contains(&key));
        Some(is_shown && runs[0].is_some() && !runs.contains(&Some(from)))
    };
    let parts = tree.path(&["change"]).into_iter().chain(items(&["change", "components"]).iter().copied());
    parts.filter(|part| is_one(part) == Some(true)).collect()
}
