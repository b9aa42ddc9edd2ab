//! What a rollback may name, and what it names that there is not.

use super::Args;
use super::proposal::{Proposal, uncounted};
use super::text::in_message;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::NodeId;
use crate::proposal::problem::nearest;
use std::collections::HashSet;

/// See [`super::proposal::FUNCTIONS`].
pub fn unknown_parts<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let names = args.texts(run, 0)?;
    if names.is_empty() {
        return Ok(Value::Given(&[]));
    }
    let proposal = &mut uncounted(run);
    proposal.part_lists();
    let mut seen: HashSet<&str> = HashSet::new();
    Ok(names.iter().filter(|name| !proposal.is_part(name) && seen.insert(name)).cloned().map(Value::Text).collect())
}

/// See [`super::proposal::FUNCTIONS`].
pub fn nearest_part<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(in_message(uncounted(run).nearest_part(args.text(0)?)?))
}

impl<'s> Proposal<'s> {
    /// The lists of what a rollback may name, with the field that has the name; the system itself is one more.
    fn part_lists(&mut self) -> [(&'s [NodeId], &'static str); 5] {
        let (system, inventory) = (self.section("system"), self.section("inventory"));
        self.text(system, "id");
        [
            (system, "components", "name"),
            (inventory, "adds", "name"),
            (system, "data_stores", "name"),
            (system, "dependencies", "system"),
            (system, "dependants", "system"),
        ]
        .map(|(section, list, field)| (self.items(section, list), field))
    }

    fn known_parts(&mut self) -> Result<Vec<&'s str>, Misuse> {
        let lists = self.part_lists();
        let system = self.section("system");
        let mut names: Vec<_> = self.text(system, "id").into_iter().collect();
        for (items, field) in lists {
            self.budget.work(items.len() / 4)?;
            names.extend(items.iter().filter_map(|&item| self.tree.text(self.tree.get(item, field)?)));
        }
        Ok(names)
    }

    fn nearest_part(&mut self, name: &str) -> Result<Option<&'s str>, Misuse> {
        let known = self.known_parts()?;
        // Each is held against the name, letter by letter.
        self.budget.work(known.iter().map(|known| 1 + known.len() / 8).sum())?;
        Ok(nearest(name, known))
    }
}
