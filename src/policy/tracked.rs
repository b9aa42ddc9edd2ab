//! The facts as a rule sees them: reading a field records that it was read.
//!
//! A leaf becomes a plain value of the script; an object or a list becomes a [`Node`], which knows where it stands. An absent
//! field is `()`, and so is any field of `()`.

use super::fault::{Misuse, misuse};
use super::run::Run;
use super::value::{Day, Length, Moment, TimeOfDay, Value, equal};
use super::walk::Walk;
use crate::facts::{Facts, Read, Reads, Root};
use crate::proposal::problem::nearest;
use crate::proposal::shape::{FieldNumber, Object};
use crate::proposal::{NodeId, Value as Fact};
use jiff::SignedDuration;
use std::rc::Rc;

type Result<T> = std::result::Result<T, Misuse>;

/// An object or a list of the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub root: Root,
    pub id: NodeId,
}

impl Node {
    pub(super) const fn read(self) -> Read {
        Read { root: self.root, node: self.id, missing: None }
    }
}

impl<'f> Run<'f> {
    /// A field of a value.
    pub fn field(&mut self, of: &Value<'f>, name: &'f str) -> Result<Value<'f>> {
        match of {
            Value::Nothing => Ok(Value::Nothing),
            Value::Node(node) => self.field_of_facts(*node, name),
            Value::Params(params) => params
                .get(name)
                .map(Value::of_param)
                .ok_or_else(|| no_parameter(name, params.keys().map(String::as_str))),
            Value::Map(map) => map.entries.get(name).cloned().ok_or_else(|| no_entry(name)),
            Value::Length(length) => match name {
                "in_minutes" => Ok(Value::Count(length.whole(60))),
                "in_hours" => Ok(Value::Count(length.whole(60 * 60))),
                "in_days" => Ok(Value::Count(length.whole(24 * 60 * 60))),
                _ => Err(no_field(of, name)),
            },
            _ => Err(no_field(of, name)),
        }
    }

    /// A field of an object of the facts that somebody can write, by its name; none where it has no such field.
    #[inline]
    pub(super) fn written_field(&mut self, node: Node, name: &[u8]) -> Option<Value<'f>> {
        let Fact::Object(shape, fields) = self.facts.tree(node.root).value(node.id) else { return None };
        let index = shape.field_index(name)?;
        Some(match fields[index] {
            Some(id) => self.present(Node { root: node.root, id }),
            None => self.absent(node, FieldNumber::new(index)),
        })
    }

    /// A field of an object of the facts.
    pub(super) fn field_of_facts(&mut self, node: Node, name: &str) -> Result<Value<'f>> {
        if let Some(value) = self.written_field(node, name.as_bytes()) {
            return Ok(value);
        }
        let facts = self.facts;
        match facts.tree(node.root).value(node.id) {
            Fact::Object(shape, _) => self.derived(node, shape, name),
            Fact::Map(_) => Ok(match facts.tree(node.root).get(node.id, name) {
                Some(id) => self.present(Node { root: node.root, id }),
                None => Value::Nothing,
            }),
            _ => Err(no_field_of_list(name)),
        }
    }

    /// Records a value that is there, and makes a value of the script of it.
    fn present(&mut self, node: Node) -> Value<'f> {
        present(self.facts, &mut self.reads, node)
    }

    fn absent(&mut self, node: Node, field: FieldNumber) -> Value<'f> {
        self.reads.record(Read { missing: Some(field), ..node.read() }, true);
        Value::Nothing
    }

    /// An item of a list of the facts, which is `()` past its end; an item of a list of the rule's own; a field by its name.
    pub fn item(&mut self, of: &Value<'f>, index: &Value<'f>) -> Result<Value<'f>> {
        match (of, index) {
            (Value::Nothing, Value::Count(_) | Value::Text(_)) => Ok(Value::Nothing),
            (Value::Node(node), Value::Count(index)) => {
                let items = self.items_of(*node)?;
                // Rhai counts from the end here, and nothing for an item that is there must not look like its absence.
                let index = usize::try_from(*index).map_err(|_| no_item(items.len(), *index))?;
                let found = items.get(index).copied();
                Ok(found.map_or(Value::Nothing, |id| self.present(Node { root: node.root, id })))
            }
            (Value::Node(node), Value::Text(name)) => self.field_of_facts(*node, name),
            (Value::Map(map), Value::Text(name)) => map.entries.get(&**name).cloned().ok_or_else(|| no_entry(name)),
            (Value::Params(params), Value::Text(name)) => params
                .get(&**name)
                .map(Value::of_param)
                .ok_or_else(|| no_parameter(name, params.keys().map(String::as_str))),
            (Value::List(list), Value::Count(index)) => usize::try_from(*index)
                .ok()
                .and_then(|index| list.items.get(index).cloned())
                .ok_or_else(|| no_item(list.items.len(), *index)),
            (Value::Given(items), Value::Count(index)) => usize::try_from(*index)
                .ok()
                .and_then(|index| items.get(index))
                .map(Value::of_param)
                .ok_or_else(|| no_item(items.len(), *index)),
            (of, index) => {
                let help = "`list[0]` is an item of a list, and `object[\"name\"]` a field of an object";
                Err(misuse("policy/wrong-type", format!("{} has no item by {}", of.kind(), index.kind()), help))
            }
        }
    }

    /// The items of a list, to be walked.
    pub fn walked(&mut self, list: &Value<'f>) -> Result<Walk<'f>> {
        match list {
            // An absent list is walked like an empty one, so that a rule need not ask first.
            Value::Nothing => Ok(Walk::Numbers { next: 0, to: 0 }),
            Value::Node(node) => {
                let items = self.items_of(*node)?;
                if items.is_empty() {
                    self.reads.record(node.read(), true);
                }
                Ok(Walk::Facts { root: node.root, items, next: 0 })
            }
            Value::List(list) => Ok(Walk::Own { list: Rc::clone(list), next: 0 }),
            Value::Given(items) => Ok(Walk::Given { items, next: 0 }),
            Value::Range { from, to } => Ok(Walk::Numbers { next: *from, to: *to }),
            other => Err(no_list(other)),
        }
    }

    /// The number of items of a list of the facts.
    pub fn count_items(&mut self, list: Node) -> Result<i64> {
        self.reads.record(list.read(), true);
        Ok(self.items_of(list)?.len() as i64)
    }

    /// The items of a list of the facts, or the values of a map; an object has none.
    fn items_of(&self, list: Node) -> Result<&'f [NodeId]> {
        match self.facts.tree(list.root).value(list.id) {
            Fact::List(items) | Fact::Map(items) => Ok(items),
            Fact::Object(shape, _) => Err(misuse(
                "policy/wrong-type",
                format!("`{}` is an object and no list", shape.name),
                "read a field of it; whether it is there at all is asked with `== ()`",
            )),
            _ => Ok(&[]),
        }
    }

    /// What was read to get a value. Where that is not known, as of an item of a list that the rule made, it is looked for among
    /// the reads, the last one first, and those first that stand in a file: what the gate found out by itself repeats what a proposal names.
    ///
    /// `but` is a place that is told already: another one of the same value is meant.
    pub fn place_of(&self, value: &Value<'f>, origin: Option<Read>, but: Option<Read>) -> Option<Read> {
        if let Value::Node(node) = value {
            return Some(node.read());
        }
        let known = origin.filter(|read| self.gives(*read, value));
        let given = || self.reads.backwards().filter(|read| Some(*read) != but && self.gives(*read, value));
        known.or_else(|| given().find(|read| self.facts.is_written(*read))).or_else(|| given().next())
    }

    /// Where the proposal has a text first: of more reads than are kept, this is the nearest to the one that is meant.
    pub fn written(&mut self, value: &Value<'f>, but: Option<Read>) -> Result<Option<Read>> {
        let tree = self.facts.tree(Root::Proposal);
        if !self.reads.are_cut() || !matches!(value, Value::Text(_)) {
            return Ok(None);
        }
        self.budget.work(tree.len() / 8)?;
        let mut reads = (0..tree.len()).map(|id| Node { root: Root::Proposal, id: NodeId(id as u32) }.read());
        Ok(reads.find(|read| Some(*read) != but && self.gives(*read, value)))
    }

    /// Whether reading something gives a value.
    pub(super) fn gives(&self, read: Read, value: &Value<'f>) -> bool {
        match self.facts.tree(read.root).value(read.node) {
            _ if read.missing.is_some() => value.is_nothing(),
            Fact::Object(..) | Fact::List(_) | Fact::Map(_) => false,
            leaf => equal(&leaf_value(leaf), value).unwrap_or(false),
        }
    }
}

pub(super) fn present<'f>(facts: &'f Facts, reads: &mut Reads, node: Node) -> Value<'f> {
    match facts.tree(node.root).value(node.id) {
        Fact::Object(..) | Fact::List(_) | Fact::Map(_) => {
            reads.point(node.read());
            Value::Node(node)
        }
        leaf => {
            reads.record(node.read(), true);
            leaf_value(leaf)
        }
    }
}

fn leaf_value(fact: &Fact) -> Value<'_> {
    match fact {
        Fact::Flag(flag) => Value::Flag(*flag),
        Fact::Count(count) => Value::Count(*count),
        Fact::Number(number) => Value::Number(*number),
        Fact::Text(text) => (&**text).into(),
        Fact::Instant(instant) => Value::Moment(Moment(*instant)),
        Fact::Date(date) => Value::Day(Day(*date)),
        Fact::Time(time) => Value::TimeOfDay(TimeOfDay(*time)),
        Fact::Duration(minutes) => Value::Length(Length(SignedDuration::from_secs(minutes.saturating_mul(60)))),
        // The first three are no leaves, and no field that a rule sees is of the last kind.
        Fact::Object(..) | Fact::List(_) | Fact::Map(_) | Fact::Json(_) => Value::Nothing,
    }
}

/// The error of a rule that reads a field which the schema does not have.
pub fn unknown_field(shape: &Object, name: &str) -> Misuse {
    let names = shape.fields.iter().map(|field| field.name).chain(shape.derived.iter().map(|derived| derived.name));
    let help = nearest(name, names).map_or_else(
        || "`changegate schema` prints what there is".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    misuse("policy/unknown-field", format!("`{}` has no field `{name}`", shape.name), help)
}

/// The error of a rule that reads a field of a list.
pub fn no_field_of_list(name: &str) -> Misuse {
    let help = "walk the list with `for`, or take an item of it: `list[0]`; `len(list)` counts them";
    misuse("policy/unknown-field", format!("a list has no field `{name}`"), help)
}

/// The error of a rule that reads a parameter which its header does not declare.
pub fn no_parameter<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Misuse {
    let help = nearest(name, names).map_or_else(
        || "declare it with its default in `params` of the rule's header".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    misuse("policy/unknown-parameter", format!("its header declares no parameter `{name}`"), help)
}

pub fn no_entry(name: &str) -> Misuse {
    misuse(
        "policy/unknown-field",
        format!("a map of the rule has no entry `{name}`"),
        "give it one first: `#{ name: … }`",
    )
}

pub fn no_item(len: usize, index: i64) -> Misuse {
    let items = if len == 1 { "1 item".to_owned() } else { format!("{len} items") };
    misuse(
        "policy/wrong-type",
        format!("there is no item {index} in a list of {items}"),
        "the first item is `list[0]`; ask `len(list)` first",
    )
}

fn no_field(of: &Value<'_>, name: &str) -> Misuse {
    let help = if let Value::Moment(_) = of { FIELDS_OF_MOMENT } else { FIELDS };
    misuse("policy/wrong-type", format!("{} has no field `{name}`", of.kind()), help)
}

/// What has fields.
pub const FIELDS: &str = "objects of the facts have fields, and durations have `in_minutes`, `in_hours` and `in_days`";
/// What to ask of a point in time in place of a field.
pub const FIELDS_OF_MOMENT: &str = "a point in time has no fields: `weekday(point, zone)` tells its day of the week, and `day_of(point, zone)` its date";

pub fn no_list(value: &Value<'_>) -> Misuse {
    misuse("policy/wrong-type", format!("{} is no list", value.kind()), "give it a list of the proposal, or `[…]`")
}
