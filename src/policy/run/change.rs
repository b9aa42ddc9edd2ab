//! Changing variables, and the lists and maps in them.

use super::{Run, Stop};
use crate::policy::fault::{Misuse, misuse};
use crate::policy::script::{At, Node, Op};
use crate::policy::tracked;
use crate::policy::value::{List, Value};

impl<'f> Run<'f> {
    pub(super) fn set(&mut self, op: Option<Op>, target: At, value: At) -> Result<(), Stop> {
        let mut value = self.eval(value)?;
        if let Some(op) = op {
            let now = self.eval(target)?;
            value = self.binary(op, &now, &value)?;
        }
        self.change(target, Change::Put(value))
    }

    /// Changes a variable, or something in one.
    pub(super) fn change(&mut self, target: At, change: Change<'f>) -> Result<(), Stop> {
        let mut steps = Vec::new();
        let mut at = target;
        let slot = loop {
            match self.rule.script.node(at) {
                Node::Field(of, name) => {
                    steps.push(self.text(name).into());
                    at = of;
                }
                Node::Item(of, index) => {
                    steps.push(self.eval(index)?);
                    at = of;
                }
                Node::Local(slot) => break self.base + usize::from(slot),
                // Lowering lets nothing else be assigned to.
                _ => return Ok(()),
            }
        };
        steps.reverse();
        let mut root = std::mem::take(&mut self.slots[slot]);
        self.put(&mut root, &steps, change)?;
        self.slots[slot] = root;
        Ok(())
    }

    /// Changes what stands at the end of some steps into a list or map of the rule's own, and gives how deep that is nested now.
    pub(super) fn put(&mut self, place: &mut Value<'f>, steps: &[Value<'f>], change: Change<'f>) -> Result<u8, Misuse> {
        let Some((step, rest)) = steps.split_first() else { return self.put_here(place, change) };
        match (place, step) {
            (Value::Map(map), Value::Text(key)) => {
                let map = self.budget.own(map)?;
                if !rest.is_empty() && !map.entries.contains_key(&**key) {
                    return Err(tracked::no_entry(key));
                }
                let before = map.entries.len();
                let depth = self.put(map.entries.entry(key.to_string()).or_default(), rest, change)?;
                map.depth = map.depth.max(depth.saturating_add(1));
                if map.entries.len() > before {
                    self.budget.grow_map(map.entries.len(), key.len())?;
                }
                self.budget.nest(map.depth)?;
                Ok(map.depth)
            }
            (Value::List(list), Value::Count(index)) => {
                let list: &mut List<'f> = self.budget.own(list)?;
                let len = list.items.len();
                let item = usize::try_from(*index).ok().and_then(|index| list.items.get_mut(index));
                let depth = self.put(item.ok_or_else(|| tracked::no_item(len, *index))?, rest, change)?;
                list.depth = list.depth.max(depth.saturating_add(1));
                self.budget.nest(list.depth)?;
                Ok(list.depth)
            }
            (place, _) => {
                let help = "a rule can change the lists and maps that it has made; the facts stay as they are";
                Err(misuse("policy/wrong-type", format!("{} can't be changed in this place", place.kind()), help))
            }
        }
    }

    pub(super) fn put_here(&mut self, place: &mut Value<'f>, change: Change<'f>) -> Result<u8, Misuse> {
        match (change, &mut *place) {
            (Change::Put(value), place) => *place = value,
            (Change::Push(value), Value::List(list)) => {
                let list: &mut List<'f> = self.budget.own(list)?;
                self.budget.grow_list(list.items.len() + 1)?;
                list.depth = list.depth.max(value.depth().saturating_add(1));
                self.budget.nest(list.depth)?;
                list.items.push(value);
            }
            (Change::Push(_), place) => {
                let help = "`push` adds to a list that the rule has made: `let found = [];`";
                return Err(misuse("policy/wrong-type", format!("nothing can be added to {}", place.kind()), help));
            }
        }
        Ok(place.depth())
    }
}

/// What is done to a variable, or to something in one.
#[derive(Debug)]
pub(super) enum Change<'f> {
    Put(Value<'f>),
    Push(Value<'f>),
}
