//! Whether an upgrade was given up before anything changed, so that all rules that then ask for less believe it alike.

use super::ended;
use super::libraries::libraries;
use super::proposal::uncounted;
use super::version::is_same;
use super::{Args, Function};
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::Value;
use crate::proposal::NodeId;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "was_abandoned() -> true or false",
    doc: "Whether `record.outcome` is `abandoned`, and the profile does not say otherwise: by it nothing that was to change runs in the version \
          that the upgrade was to bring, neither a component nor what a site lists that the change reaches; nor do lockfiles have a library so, which nobody accepts (`pin_against`, `unaccepted_pin`).",
    call: was_abandoned,
}];

fn was_abandoned<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = uncounted(run);
    let record = proposal.section("record");
    if proposal.text(record, "outcome") != Some("abandoned") {
        return Ok(Value::Flag(false));
    }
    Ok(Value::Flag(!is_in_place(run)? && !ended::are_otherwise(run)?))
}

fn is_in_place(run: &mut Run<'_>) -> Result<bool, Stop> {
    let tree = &run.facts.proposal;
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let of = |node: NodeId, list| tree.get(node, list).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node: NodeId, name| tree.get(node, name).and_then(|node| tree.text(node));
    let (components, sites, reached) =
        (items(&["system", "components"]), items(&["system", "sites"]), items(&["change", "sites"]));
    let listed = items(&["change", "components"]);
    let lines: usize = sites.iter().map(|&site| of(site, "versions").len()).sum();
    run.budget.work(1 + components.len() + sites.len() + reached.len() + listed.len() + lines)?;
    let reached: HashSet<_> = reached.iter().filter_map(|&one| tree.text(one)).collect();
    let is_reached = |site| reached.is_empty() || text(site, "name").is_some_and(|name| reached.contains(name));
    // A library runs in its component, which keeps its version.
    let libraries = libraries(run);
    let parts = tree.path(&["change"]).into_iter().chain(listed.iter().copied());
    let mut brought: HashMap<&str, Vec<(&str, Option<&str>)>> = HashMap::new();
    for part in parts.filter(|part| !libraries.contains(part)) {
        if let Some((name, to)) = text(part, "component").zip(text(part, "to")) {
            brought.entry(name).or_default().push((to, text(part, "from")));
        }
    }
    let is_new = |name: &str, holder: NodeId| {
        let (Some(steps), Some(runs)) = (brought.get(name), text(holder, "version")) else { return false };
        steps.iter().any(|(to, from)| is_same(runs, to) && !from.is_some_and(|from| is_same(runs, from)))
    };
    let lines = || sites.iter().flat_map(|&site| of(site, "versions").iter().map(move |&line| (site, line)));
    let at_sites: HashSet<_> = lines().filter_map(|(_, line)| text(line, "component")).collect();
    let is_there = |node: NodeId, name: Option<&str>| name.is_some_and(|name| is_new(name, node));
    // Where sites differ, the component has the version of one of them.
    let of_system = components.iter().map(|&one| (one, text(one, "name")));
    let mut of_system = of_system.filter(|(_, name)| name.is_some_and(|name| !at_sites.contains(name)));
    let mut of_sites = lines().filter(|&(site, _)| is_reached(site));
    Ok(of_system.any(|(one, name)| is_there(one, name))
        || of_sites.any(|(_, line)| is_there(line, text(line, "component"))))
}
