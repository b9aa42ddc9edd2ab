//! What a rollback may name, and what it names that there is not.

use super::Args;
use super::proposal::{Proposal, proposal};
use super::text::in_message;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::problem::nearest;
use std::collections::HashSet;
use std::rc::Rc;

/// See [`super::proposal::FUNCTIONS`].
pub fn unknown_parts<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let names = args.texts(run, 0)?;
    if names.is_empty() {
        return Ok(Value::List(Rc::default()));
    }
    let mut known: HashSet<&str> = proposal(run)?.known_parts()?.into_iter().collect();
    Ok(names.iter().filter(|name| known.insert(name)).cloned().map(Value::Text).collect())
}

/// See [`super::proposal::FUNCTIONS`].
pub fn nearest_part<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    Ok(in_message(proposal(run)?.nearest_part(args.text(0)?)?))
}

impl<'s> Proposal<'s> {
    fn known_parts(&mut self) -> Result<Vec<&'s str>, Misuse> {
        let (system, inventory) = (self.section("system"), self.section("inventory"));
        let lists = [
            (system, "components", "name"),
            (inventory, "adds", "name"),
            (system, "data_stores", "name"),
            (system, "dependencies", "system"),
            (system, "dependants", "system"),
        ];
        let mut names: Vec<_> = self.text(system, "id").into_iter().collect();
        for (section, list, field) in lists {
            let items = self.items(section, list);
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
