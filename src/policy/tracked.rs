//! The facts as a rule sees them: reading a field records that it was read.
//!
//! A leaf becomes a plain value of the script; an object or a list becomes a [`Node`], which knows where it stands. An absent
//! field is `()`, and so is any field of `()`.

use super::fault::misuse;
use super::functions::time::{Day, Length, Moment, TimeOfDay};
use super::operators::equal;
use super::session::{self, Session};
use crate::facts::{Facts, Read, Reads, Root};
use crate::proposal::problem::nearest;
use crate::proposal::shape::{Fields, Object};
use crate::proposal::{NodeId, Value};
use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Module};
use std::any::TypeId;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// An object or a list of the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub root: Root,
    pub id: NodeId,
}

pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Node>("object or list")
        .register_indexer_get(|node: &mut Node, name: &str| field(*node, name))
        .register_indexer_get(|node: &mut Node, index: i64| item(*node, index))
        .register_indexer_get(|(): &mut (), _: &str| ())
        .register_indexer_get(|(): &mut (), _: i64| ())
        .register_fn("to_string", |node: &mut Node| session::with(|session| written(session, *node)));
    let mut iteration = Module::new();
    // An absent list is walked like an empty one, so that a rule need not ask first.
    iteration.set_iter(TypeId::of::<()>(), |_| Box::new(std::iter::empty()));
    iteration.set_iter_result(TypeId::of::<Node>(), |list| match list.try_cast::<Node>().map(items) {
        Some(Ok(items)) => Box::new(items),
        Some(Err(error)) => Box::new(std::iter::once(Err(error))),
        None => Box::new(std::iter::empty()),
    });
    engine.register_global_module(iteration.into());
}

/// Registers the fields of some names one by one. The indexer can read every field, but the engine asks for a field by its
/// name first, and makes up an error each time that there is none.
pub fn register_fields<'n>(engine: &mut Engine, names: impl Iterator<Item = &'n str>) {
    for name in names {
        let own = name.to_owned();
        engine.register_get(name, move |node: &mut Node| field(*node, &own)).register_get(name, |(): &mut ()| ());
    }
}

/// Reads a field.
fn field(node: Node, name: &str) -> Result<Dynamic> {
    session::with(|session| {
        let Session { facts, reads, .. } = session;
        match facts.tree(node.root).value(node.id) {
            Value::Object(shape, fields) => match shape.field_index(name) {
                Some(index) => Ok(match fields[index] {
                    Some(id) => present(facts, reads, Node { root: node.root, id }),
                    None => absent(reads, node, shape.fields[index].name),
                }),
                None => derived(facts, reads, node, shape, name),
            },
            Value::Map(_) => Ok(match facts.tree(node.root).get(node.id, name) {
                Some(id) => present(facts, reads, Node { root: node.root, id }),
                None => Dynamic::UNIT,
            }),
            _ => Err(misuse(
                "policy/wrong-type",
                format!("a list has no field `{name}`"),
                "walk the list with `for`, or take an item of it: `list[0]`",
            )),
        }
    })?
}

fn derived(facts: &Facts, reads: &mut Reads, node: Node, shape: &'static Object, name: &str) -> Result<Dynamic> {
    match shape.derived.iter().find(|derived| derived.name == name) {
        Some(derived) => Ok((derived.compute)(&mut Own { facts, reads, node }).into()),
        None => Err(unknown_field(shape, name)),
    }
}

/// The error of a rule that reads a field which the schema does not have.
pub fn unknown_field(shape: &Object, name: &str) -> Box<EvalAltResult> {
    let names = shape.fields.iter().map(|field| field.name).chain(shape.derived.iter().map(|derived| derived.name));
    let help = nearest(name, names).map_or_else(
        || "`changegate schema` prints what there is".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    misuse("policy/unknown-field", format!("`{}` has no field `{name}`", shape.name), help)
}

/// Records a value that is there, and makes a value of the script of it.
fn present(facts: &Facts, reads: &mut Reads, node: Node) -> Dynamic {
    let value = facts.tree(node.root).value(node.id);
    let read = Read { root: node.root, node: node.id, missing: None };
    match value {
        Value::Object(..) | Value::List(_) | Value::Map(_) => {
            reads.point(read);
            Dynamic::from(node)
        }
        leaf => {
            reads.record(read, true);
            leaf_value(leaf)
        }
    }
}

fn absent(reads: &mut Reads, node: Node, name: &'static str) -> Dynamic {
    reads.record(Read { root: node.root, node: node.id, missing: Some(name) }, true);
    Dynamic::UNIT
}

fn leaf_value(value: &Value) -> Dynamic {
    match value {
        Value::Flag(flag) => (*flag).into(),
        Value::Count(count) => (*count).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => ImmutableString::from(&**text).into(),
        Value::Instant(instant) => Dynamic::from(Moment(*instant)),
        Value::Date(date) => Dynamic::from(Day(*date)),
        Value::Time(time) => Dynamic::from(TimeOfDay(*time)),
        Value::Duration(minutes) => Dynamic::from(Length(*minutes)),
        Value::Object(..) | Value::List(_) | Value::Map(_) => Dynamic::UNIT,
    }
}

/// What was read to get a value. A leaf is a plain value that does not know where it came from, so it is looked for among the
/// reads, the last one first: right after a field was read it is the last, and a variable was read before.
///
/// `but` is a place that is told already: another one of the same value is meant.
pub fn place_of(session: &Session, value: &Dynamic, but: Option<Read>) -> Option<Read> {
    if let Some(node) = value.read_lock::<Node>() {
        return Some(Read { root: node.root, node: node.id, missing: None });
    }
    let last = session.reads.last();
    last.iter().chain(session.reads.reasons().iter().rev()).copied().filter(|read| Some(*read) != but).find(|read| {
        let tree = session.facts.tree(read.root);
        match tree.value(read.node) {
            _ if read.missing.is_some() => value.is_unit(),
            Value::Object(..) | Value::List(_) | Value::Map(_) => false,
            leaf => equal(&leaf_value(leaf), value).unwrap_or(false),
        }
    })
}

/// An item of a list; `()` past its end.
fn item(node: Node, index: i64) -> Result<Dynamic> {
    session::with(|session| {
        let Session { facts, reads, .. } = session;
        let found =
            usize::try_from(index).ok().and_then(|index| facts.tree(node.root).items(node.id).get(index).copied());
        found.map_or(Dynamic::UNIT, |id| present(facts, reads, Node { root: node.root, id }))
    })
}

/// The items of a list, to be walked. Each is recorded when it is come to, so that a finding made in a loop points at the
/// item it is about.
pub fn items(list: Node) -> Result<impl Iterator<Item = Result<Dynamic>>> {
    let ids = session::with(|Session { facts, reads, .. }| {
        let items = facts.tree(list.root).items(list.id).to_vec();
        if items.is_empty() {
            reads.record(Read { root: list.root, node: list.id, missing: None }, true);
        }
        items
    })?;
    session::work(ids.len() / 8)?;
    Ok(ids.into_iter().map(move |id| {
        session::with(|Session { facts, reads, .. }| present(facts, reads, Node { root: list.root, id }))
    }))
}

/// The number of items of a list.
pub fn len(list: Node) -> Result<i64> {
    session::with(|Session { facts, reads, .. }| {
        reads.record(Read { root: list.root, node: list.id, missing: None }, true);
        facts.tree(list.root).items(list.id).len() as i64
    })
}

fn written(session: &Session, node: Node) -> String {
    session.facts.tree(node.root).written(node.id)
}

/// The fields of one object, for a value derived from them.
struct Own<'s> {
    facts: &'s Facts,
    reads: &'s mut Reads,
    node: Node,
}

impl Own<'_> {
    fn read(&mut self, name: &str) -> Option<NodeId> {
        let tree = self.facts.tree(self.node.root);
        let Value::Object(shape, fields) = tree.value(self.node.id) else { return None };
        let index = shape.field_index(name)?;
        match fields[index] {
            Some(id) => {
                let _recorded = present(self.facts, self.reads, Node { root: self.node.root, id });
                Some(id)
            }
            None => {
                let _recorded = absent(self.reads, self.node, shape.fields[index].name);
                None
            }
        }
    }
}

impl Fields for Own<'_> {
    fn text(&mut self, field: &str) -> Option<String> {
        let id = self.read(field)?;
        self.facts.tree(self.node.root).text(id).map(str::to_owned)
    }

    fn texts(&mut self, field: &str) -> Vec<String> {
        let Some(id) = self.read(field) else { return Vec::new() };
        let tree = self.facts.tree(self.node.root);
        tree.items(id).iter().filter_map(|&item| tree.text(item)).map(str::to_owned).collect()
    }
}
