//! Where a change is made, so that all rules ask for the same sites.

use super::proposal::{Proposal, argument, uncounted};
use super::windows::value;
use super::{Args, Function};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::NodeId;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "changed_sites(component) -> list",
        doc: "The names of the sites at which a component is changed, one of `system.components` or `inventory.adds`, or with a part of the change the one that it names, or with `()` the system: \
              those of `change.sites` at which it runs. Where the change names none, it is all at which it runs; those of the system, where \
              that is not stated; and of these the ones in the environment that is changed, or all, where none is known to be in it.",
        call: changed_sites,
    },
    Function {
        signature: "sites_of_change() -> list",
        doc: "The names of the sites at which anything is changed, each once: of each of the `changed_parts` those of the component that it \
              names, as `changed_sites` tells them.",
        call: sites_of_change,
    },
    Function {
        signature: "changed_parts() -> list",
        doc: "What is changed: each of `change.components`, and `p.change` itself, but where it does no more than list these.",
        call: changed_parts,
    },
    Function {
        signature: "cut_over_in_parts() -> true or false",
        doc: "Whether the cutover of a migration leaves an old side that serves while the new one already does: `migration.cutover.strategy` is \
              `phased` or `parallel-run`.",
        call: cut_over_in_parts,
    },
];

fn changed_sites<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let component = argument(args, "a component of the proposal, or a part of its change")?;
    let mut proposal = uncounted(run);
    let is_part = component.is_some_and(|part| proposal.tree.field_number(part, "component").is_some());
    let own = if is_part { proposal.own_sites(component)? } else { proposal.names(component)? };
    Ok(names(proposal.reach()?.of(own)))
}

fn sites_of_change<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(names(uncounted(run).sites_of_change()?))
}

fn changed_parts<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(uncounted(run).changed_parts()?.into_iter().map(value).collect())
}

fn cut_over_in_parts<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = uncounted(run);
    let migration = proposal.section("migration");
    let cutover = proposal.get(migration, "cutover");
    Ok(Value::Flag(matches!(proposal.text(cutover, "strategy"), Some("phased" | "parallel-run"))))
}

pub(super) fn names<'f>(sites: Vec<&str>) -> Value<'f> {
    sites.into_iter().map(|site| Value::from(site.to_owned())).collect()
}

/// Which sites the change reaches.
pub(super) struct Reach<'s> {
    /// Those that it names; where it names none, those of the system.
    sites: Vec<&'s str>,
    /// Where it names them, the same to be looked up.
    chosen: HashSet<&'s str>,
    /// Those of other environments, where it names none.
    others: HashSet<&'s str>,
}

impl<'s> Reach<'s> {
    /// What it reaches of a component that runs at these sites, or, where none is stated, of the system.
    pub fn of(&self, own: Vec<&'s str>) -> Vec<&'s str> {
        let all = if own.is_empty() { self.sites.clone() } else { own };
        if self.chosen.is_empty() {
            let there: Vec<_> = all.iter().copied().filter(|site| !self.others.contains(site)).collect();
            return if there.is_empty() { all } else { there };
        }
        let own: HashSet<_> = all.into_iter().collect();
        let there: Vec<_> = self.sites.iter().copied().filter(|site| own.contains(site)).collect();
        // One that runs at none of them by the profile is changed all the same, as the change says.
        if there.is_empty() { self.sites.clone() } else { there }
    }
}

impl<'s> Proposal<'s> {
    pub(super) fn reach(&mut self) -> Result<Reach<'s>, Misuse> {
        let (change, system) = (self.section("change"), self.section("system"));
        let sites = self.names(change)?;
        if !sites.is_empty() {
            let chosen = sites.iter().copied().collect();
            return Ok(Reach { sites, chosen, others: HashSet::new() });
        }
        let known = self.items(system, "sites");
        self.budget.work(1 + known.len() / 4)?;
        let environment = self.text(change, "environment").unwrap_or("production").to_lowercase();
        let field = |site, name| self.tree.get(site, name).and_then(|node| self.tree.text(node));
        let is_other =
            |site: &&NodeId| field(**site, "environment").is_some_and(|own| own.to_lowercase() != environment);
        let name = |site: &NodeId| field(*site, "name");
        let others = known.iter().filter(is_other).filter_map(name).collect();
        Ok(Reach { sites: known.iter().filter_map(name).collect(), chosen: HashSet::new(), others })
    }

    fn sites_of_change(&mut self) -> Result<Vec<&'s str>, Misuse> {
        let reach = self.reach()?;
        let components = self.items(self.tree.path(&["system"]), "components");
        self.budget.work(1 + components.len() / 4)?;
        let name = |component| self.tree.text(self.tree.get(component, "name")?);
        let named: HashMap<_, _> = components.iter().filter_map(|&one| Some((name(one)?, one))).collect();
        let mut of = Vec::new();
        let mut asked = HashSet::new();
        for part in self.changed_parts()? {
            let component = self.text(Some(part), "component").and_then(|name| named.get(name).copied());
            let own = if asked.insert(component) { self.names(component)? } else { continue };
            // Of many components that state no sites, the system is asked once.
            if own.is_empty() && component.is_some() && !asked.insert(None) {
                continue;
            }
            self.budget.work(1 + (own.len() + reach.sites.len()) / 4)?;
            of.extend(reach.of(own));
        }
        let mut told = HashSet::new();
        of.retain(|site| told.insert(*site));
        Ok(of)
    }

    pub(super) fn changed_parts(&mut self) -> Result<Vec<NodeId>, Misuse> {
        let Some(change) = self.section("change") else { return Ok(Vec::new()) };
        let listed = self.items(Some(change), "components");
        self.budget.work(1 + listed.len() / 4)?;
        let component = self.text(Some(change), "component");
        let name = |part| self.tree.text(self.tree.get(part, "component")?);
        let is_listed = || component.is_none() || listed.iter().any(|&part| name(part) == component);
        let only_lists = !listed.is_empty() && self.tree.get(change, "to").is_none() && is_listed();
        Ok((!only_lists).then_some(change).into_iter().chain(listed.iter().copied()).collect())
    }

    /// Where the component runs that a part of the change names; nothing where that is not stated.
    pub(super) fn own_sites(&mut self, part: Option<NodeId>) -> Result<Vec<&'s str>, Misuse> {
        self.items(self.tree.path(&["system"]), "components");
        let component = self.text(part, "component").and_then(|name| self.component(name));
        self.names(component)
    }

    /// What stands in `sites`.
    pub(super) fn names(&mut self, at: Option<NodeId>) -> Result<Vec<&'s str>, Misuse> {
        let items = self.items(at, "sites");
        self.budget.work(1 + items.len() / 4)?;
        Ok(items.iter().filter_map(|&item| self.tree.text(item)).collect())
    }
}
