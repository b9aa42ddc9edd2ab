//! Whether an upgrade was given up before anything changed, so that all rules that then ask for less believe it alike.

use super::ended;
use super::proposal::{argument, uncounted};
use super::since::Accepted;
use super::version_field::version_fields;
use super::{Args, Function};
use crate::facts::Root;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree};
use std::collections::HashSet;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "was_abandoned() -> true or false",
        doc: "Whether `record.outcome` is `abandoned`, and neither the profile nor lockfiles say otherwise: `left_in_place` is empty, and of no library a lockfile has the version that the upgrade was to bring (`pin_against`), which nobody accepts (`unaccepted_pin`).",
        call: was_abandoned,
    },
    Function {
        signature: "left_in_place() -> list",
        doc: "What by the profile runs in the version that the change was to bring, and did not run before: components, and `versions` of the sites that the change reaches, which stand for the \
              component that they name. Left out is what `record.monitoring.accepted` accepts as brought by another upgrade since: an owner, a business owner, operations or the change authority, \
              and no author, once this one had ended, with a reason that names the version. In which field each has that version tells `version_field`.",
        call: left_in_place,
    },
    Function {
        signature: "why_in_place(holder) -> text",
        doc: "Of one of `left_in_place`, what runs where, and why that may not be, as a clause.",
        call: why_in_place,
    },
    Function {
        signature: "abandoned_but() -> text",
        doc: "For the end of a message: why it is not believed that the upgrade was abandoned, with the first of `left_in_place` or the first pin that speaks against it. An empty text where it is believed, or `record.outcome` is something else.",
        call: abandoned_but,
    },
];

fn was_abandoned<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(is_abandoned(run) && objected(run)?.is_empty() && ended::otherwise(run)?.is_none()))
}

fn left_in_place<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let holders = objected(run)?.into_iter();
    Ok(holders.map(|(holder, _)| Value::Node(Node { root: Root::Proposal, id: holder.at })).collect())
}

fn why_in_place<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(at) = argument(args, "one of `left_in_place`")? else { return Ok(Value::Nothing) };
    let all = objected(run)?;
    let tree = &run.facts.proposal;
    Ok(all.iter().find(|(holder, _)| holder.at == at).map_or(Value::Nothing, |one| clause(tree, one).into()))
}

fn abandoned_but<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    if !is_abandoned(run) {
        return Ok("".into());
    }
    let all = objected(run)?;
    let why = match all.first() {
        Some(one) => Some(clause(&run.facts.proposal, one)),
        None => ended::otherwise(run)?,
    };
    Ok(why.map_or_else(String::new, |why| format!("; that it was abandoned is not believed, as {why}")).into())
}

fn is_abandoned(run: &mut Run<'_>) -> bool {
    let mut proposal = uncounted(run);
    let record = proposal.section("record");
    proposal.text(record, "outcome") == Some("abandoned")
}

/// What is in place and not accepted, with why not.
fn objected<'f>(run: &mut Run<'f>) -> Result<Vec<(Holder<'f>, String)>, Stop> {
    let holders = in_place(run)?;
    if holders.is_empty() {
        return Ok(Vec::new());
    }
    let accepted = Accepted::of(run)?;
    run.budget.work(holders.len() * accepted.work())?;
    let refused = |holder: Holder<'f>| accepted.refuses(&[holder.version]).map(|why| (holder, why));
    Ok(holders.into_iter().filter_map(refused).collect())
}

fn clause(tree: &Tree, (Holder { name, version, site, at: _ }, why): &(Holder<'_>, String)) -> String {
    let place = site.and_then(|site| tree.text(tree.get(site, "name")?));
    let place = place.map(|name| format!(" at `{name}`")).unwrap_or_default();
    format!("by the profile `{name}` runs {version}{place}, which the upgrade was to bring, and {why}")
}

/// What runs in the version that the upgrade was to bring.
struct Holder<'t> {
    name: &'t str,
    version: &'t str,
    /// Where it is one of `versions` of a site.
    site: Option<NodeId>,
    /// It, or the component.
    at: NodeId,
}

fn in_place<'f>(run: &mut Run<'f>) -> Result<Vec<Holder<'f>>, Stop> {
    let tree = &run.facts.proposal;
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let of = |node: NodeId, list| tree.get(node, list).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node: NodeId, name| tree.get(node, name).and_then(|node| tree.text(node));
    let (components, sites, reached) =
        (items(&["system", "components"]), items(&["system", "sites"]), items(&["change", "sites"]));
    let lines: usize = sites.iter().map(|&site| of(site, "versions").len()).sum();
    run.budget.work(1 + components.len() + sites.len() + reached.len() + lines)?;
    let reached: HashSet<_> = reached.iter().filter_map(|&one| tree.text(one)).collect();
    let is_reached = |site| reached.is_empty() || text(site, "name").is_some_and(|name| reached.contains(name));
    let fields = version_fields(run);
    let lines = || sites.iter().flat_map(|&site| of(site, "versions").iter().map(move |&line| (site, line)));
    let tells = |line: NodeId| text(line, "component").filter(|_| fields.of(tree, line).is_some());
    let at_sites: HashSet<_> = lines().filter_map(|(_, line)| tells(line)).collect();
    // Where sites differ, the component has the version of one of them.
    let of_system = components.iter().filter_map(|&one| Some((text(one, "name")?, None, one)));
    let of_system = of_system.filter(|(name, ..)| !at_sites.contains(name));
    let of_sites = lines().filter(|&(site, _)| is_reached(site));
    let of_sites = of_sites.filter_map(|(site, line)| Some((text(line, "component")?, Some(site), line)));
    let there = |(name, site, at)| Some(Holder { name, version: fields.brought(tree, at)?, site, at });
    Ok(of_sites.chain(of_system).filter_map(there).collect())
}
