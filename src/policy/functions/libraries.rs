//! Which parts of the change are libraries of a component, and not the component itself.

use super::known::text;
use super::packages::Parts;
use super::pinned::{PART, Pinned};
use super::proposal::{Proposal, argument, uncounted};
use super::windows::value;
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::counted::is_at_end;
use crate::proposal::version::is_same;
use crate::proposal::{NodeId, Tree, component_packages};
use crate::versions::package_key;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_library(part) -> true or false",
        doc: "Whether a part of the change (`p.change` or one of its components) is a library of the component that it names, and not that component: \
              as its `library` says, where it has a `package_url`; where it says nothing, whether that names another package than that of the component in the \
              profile. What the profile has as a component is no library of another. Where the profile has none, a lockfile has to show it and the part has to begin with another version than the component has. \
              Where a change is judged, what no lockfile pins is no library unless it says so; nor is at the close what `is_pinned` does not tell of. There, what the profile has as a version of the component is none either, unless the package is pinned at \
              a version of the part, whatever `library` says.",
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
        signature: "library_meant(item) -> object",
        doc: "The part of the change whose version an item of `record.installed` has instead of that of its component: a library of this component (`is_library`) which begins or ends with it, \
              while of the component itself no version changes. `()` where there is none, and where the item has the same in `from`.",
        call: library_meant,
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

fn library_meant<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(item) = argument(args, "an item of `record.installed`")? else { return Ok(Value::Nothing) };
    let mut proposal = uncounted(run);
    let mut text = |name| proposal.text(Some(item), name);
    let (name, version, from) = (text("component"), text("version"), text("from"));
    let Some((name, version)) = name.zip(version).filter(|_| from != version) else { return Ok(Value::Nothing) };
    let libraries = proposal.libraries_of(name);
    proposal.budget.work(libraries.len())?;
    let meant = libraries.iter().copied().find(|&part| is_at_end(proposal.tree, part, version));
    if meant.is_none() || proposal.version_fields()?.has_step(name) {
        return Ok(Value::Nothing);
    }
    Ok(meant.map_or(Value::Nothing, value))
}

pub(super) fn libraries<'s>(run: &'s mut Run<'_>) -> &'s HashSet<NodeId> {
    uncounted(run).libraries()
}

impl<'s> Proposal<'s> {
    pub fn libraries(&self) -> &'s HashSet<NodeId> {
        let (known, facts) = (self.known, self.facts);
        known.libraries.get_or_init(|| {
            let pinned = known.pinned.get_or_init(|| Pinned::of(facts));
            found(facts, pinned)
        })
    }

    /// Those of a component.
    fn libraries_of(&self, name: &str) -> &'s [NodeId] {
        let (known, tree) = (self.known, self.tree);
        let by_component = known.libraries_of.get_or_init(|| {
            let mut by_component: HashMap<String, Vec<NodeId>> = HashMap::new();
            let mut libraries: Vec<_> = self.libraries().iter().copied().collect();
            libraries.sort_unstable();
            for part in libraries {
                let Some(name) = text(tree, part, "component") else { continue };
                by_component.entry(name.to_owned()).or_default().push(part);
            }
            by_component
        });
        by_component.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

fn found(facts: &Facts, pinned: &Pinned) -> HashSet<NodeId> {
    let tree = &facts.proposal;
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node: NodeId, name: &str| tree.text(tree.get(node, name)?);
    let packages = component_packages(tree);
    let profiled: HashSet<_> = packages.values().map(|url| package_key(url)).collect();
    let running = running(tree);
    let is_one = |&part: &NodeId| -> Option<bool> {
        let key = package_key(text(part, "package_url")?);
        // A component under the name of another one keeps its own versions.
        if profiled.contains(&key) {
            return Some(false);
        }
        let runs = text(part, "component").and_then(|name| running.get(name));
        let is_of_component = |field| {
            let stated = runs.zip(text(part, field));
            stated.is_some_and(|(runs, stated)| runs.iter().any(|runs| is_same(runs, stated)))
        };
        // The component itself is pinned nowhere, and any package may have gone on to larger numbers than its own.
        let is_at_neither = || !pinned.is_at_an_end(facts, part, &key);
        if pinned.has_ended() && is_at_neither() && (is_of_component("from") || is_of_component("to")) {
            return Some(false);
        }
        if let Some(said) = tree.get(part, "library").and_then(|said| tree.flag(said)) {
            return Some(said);
        }
        let shown = pinned.shows(facts, part, &key);
        if let Some(own) = packages.get(text(part, "component")?) {
            return Some(package_key(own) != key && shown != Some(false));
        }
        let is_shown = shown == Some(true) && runs.is_some() && text(part, "from").is_some();
        // By then the profile may tell of the end of the step.
        Some(is_shown && !is_of_component("from") && !(pinned.has_ended() && is_of_component("to")))
    };
    let parts = tree.path(&["change"]).into_iter().chain(items(&["change", "components"]).iter().copied());
    parts.filter(|part| is_one(part) == Some(true)).collect()
}

/// The versions that run, by the profile, of each component that has any there: its own, and those of the sites.
fn running(tree: &Tree) -> HashMap<&str, HashSet<&str>> {
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let of = |site| tree.get(site, "versions").map(|list| tree.items(list)).unwrap_or_default();
    let text = |node, name| tree.get(node, name).and_then(|node| tree.text(node));
    let components = items(&["system", "components"]).iter().map(|one| (one, "name"));
    let lines = items(&["system", "sites"]).iter().flat_map(|&site| of(site)).map(|line| (line, "component"));
    let mut running: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (&one, name) in components.chain(lines) {
        let Some(name) = text(one, name) else { continue };
        let versions =
            ["version", "patch_level", "firmware", "driver"].into_iter().filter_map(|field| text(one, field));
        running.entry(name).or_default().extend(versions);
    }
    running
}
