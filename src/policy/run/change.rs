//! Variables, and changing the lists and maps in them.

use super::{Run, Slot, Stop};
use crate::facts::Read;
use crate::policy::budget::{self, DEEPEST};
use crate::policy::fault::{Misuse, impossible, misuse};
use crate::policy::script::{At, Node, Op};
use crate::policy::tracked;
use crate::policy::value::{List, Value};
use arrayvec::ArrayVec;

impl<'f> Run<'f> {
    /// Where the value of a node that was just evaluated was read.
    pub(super) fn origin(&self, at: At) -> Option<Read> {
        match self.rule.script.node(at) {
            Node::Field(..) | Node::Item(..) => self.reads.last(),
            Node::Local(slot) => self.slots[self.base + usize::from(slot)].origin,
            _ => None,
        }
    }

    /// Puts a value into a variable of the running function.
    pub(super) fn put_slot(&mut self, slot: u16, value: Value<'f>, origin: Option<Read>) {
        self.slots[self.base + usize::from(slot)] = Slot { value, origin };
    }

    #[inline(never)]
    pub(super) fn set(&mut self, op: Option<Op>, target: At, value: At) -> Result<(), Stop> {
        let mut value = self.eval(value)?;
        let mut steps = Steps::new_const();
        let slot = self.target(target, &mut steps)?;
        if let Some(op) = op {
            let mut now = self.slots[slot].value.clone();
            for step in &steps {
                now = self.item(&now, step)?;
            }
            value = self.binary(op, &now, &value)?;
        }
        self.change(slot, &steps, Change::Put(value))
    }

    /// Adds an item to a list.
    #[inline(never)]
    pub(super) fn push(&mut self, target: At, value: At) -> Result<(), Stop> {
        let value = self.eval(value)?;
        let mut steps = Steps::new_const();
        let slot = self.target(target, &mut steps)?;
        self.change(slot, &steps, Change::Push(value))
    }

    /// The variable that is changed, and the way to what is changed in it: the expressions in that are evaluated once, here.
    fn target(&mut self, target: At, steps: &mut Steps<'f>) -> Result<usize, Stop> {
        let mut at = target;
        loop {
            let step = match self.rule.script.node(at) {
                Node::Field(of, name) => {
                    at = of;
                    self.text(name).into()
                }
                Node::Item(of, index) => {
                    at = of;
                    self.eval(index)?
                }
                Node::Local(slot) => {
                    steps.reverse();
                    return Ok(self.base + usize::from(slot));
                }
                _ => return Err(impossible("it assigns to what is no variable").into()),
            };
            // Nothing that a rule has made is nested as deep.
            steps.try_push(step).map_err(|_| budget::too_deep())?;
        }
    }

    fn change(&mut self, slot: usize, steps: &[Value<'f>], change: Change<'f>) -> Result<(), Stop> {
        self.changed = self.changed.min(slot);
        let mut root = std::mem::take(&mut self.slots[slot].value);
        self.put(&mut root, steps, change)?;
        self.slots[slot] = Slot { value: root, origin: None };
        Ok(())
    }

    /// Changes what stands at the end of some steps into a list or map of the rule's own, and gives how deep that is nested now.
    fn put(&mut self, place: &mut Value<'f>, steps: &[Value<'f>], change: Change<'f>) -> Result<u8, Misuse> {
        if let Value::Given(items) = place {
            let list = Value::of_given(items);
            self.budget.weigh(&list)?;
            *place = list;
        }
        let Some((step, rest)) = steps.split_first() else { return self.put_here(place, change) };
        match (place, step) {
            (Value::Map(map), Value::Text(key)) => {
                let map = self.budget.own(map)?;
                if !rest.is_empty() && !map.entries.contains_key(&**key) {
                    return Err(tracked::no_entry(key));
                }
                let before = map.entries.len();
                let depth = self.put(map.entries.entry(key.clone()).or_default(), rest, change)?;
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

    fn put_here(&mut self, place: &mut Value<'f>, change: Change<'f>) -> Result<u8, Misuse> {
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

/// The way from a variable to something in it. It is lent and not handed on, as it has room for the longest.
type Steps<'f> = ArrayVec<Value<'f>, { DEEPEST as usize }>;

/// What is done to a variable, or to something in one.
#[derive(Debug)]
enum Change<'f> {
    Put(Value<'f>),
    Push(Value<'f>),
}
