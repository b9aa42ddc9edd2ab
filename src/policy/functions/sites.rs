//! Where a change is made, so that all rules ask for the same sites.

use super::proposal::{Proposal, argument, uncounted};
use super::{Args, Function};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::NodeId;
use std::collections::HashSet;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "changed_sites(component) -> list",
    doc: "The names of the sites at which a component is changed, one of `system.components` or `inventory.adds`, or with `()` the system: \
          those of `change.sites` at which it runs. Where the change names none, it is all at which it runs; those of the system, where \
          that is not stated; and of these the ones in the environment that is changed, or all, where none is known to be in it.",
    call: changed_sites,
}];

fn changed_sites<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let component = argument(args, "a component of the proposal")?;
    let sites = uncounted(run).changed_sites(component)?;
    Ok(sites.into_iter().map(|site| Value::from(site.to_owned())).collect())
}

impl<'s> Proposal<'s> {
    fn changed_sites(&mut self, component: Option<NodeId>) -> Result<Vec<&'s str>, Misuse> {
        let (change, system) = (self.section("change"), self.section("system"));
        let chosen = self.names(change)?;
        let own = self.names(component)?;
        if !chosen.is_empty() {
            let own: HashSet<_> = own.into_iter().collect();
            let there: Vec<_> = chosen.iter().copied().filter(|site| own.contains(site)).collect();
            // One that runs at none of them by the profile is changed all the same, as the change says.
            return Ok(if there.is_empty() { chosen } else { there });
        }
        let known = self.items(system, "sites");
        self.budget.work(1 + known.len() / 4)?;
        let environment = self.text(change, "environment").unwrap_or("production").to_lowercase();
        let field = |site, name| self.tree.get(site, name).and_then(|node| self.tree.text(node));
        let is_other =
            |site: &&NodeId| field(**site, "environment").is_some_and(|own| own.to_lowercase() != environment);
        let name = |site: &NodeId| field(*site, "name");
        let others: HashSet<_> = known.iter().filter(is_other).filter_map(name).collect();
        let all = if own.is_empty() { known.iter().filter_map(name).collect() } else { own };
        let there: Vec<_> = all.iter().copied().filter(|site| !others.contains(site)).collect();
        Ok(if there.is_empty() { all } else { there })
    }

    /// What stands in `sites`.
    fn names(&mut self, at: Option<NodeId>) -> Result<Vec<&'s str>, Misuse> {
        let items = self.items(at, "sites");
        self.budget.work(1 + items.len() / 4)?;
        Ok(items.iter().filter_map(|&item| self.tree.text(item)).collect())
    }
}
