//! Fields that are derived from others: what they are computed from counts as read.

use super::fault::Misuse;
use super::run::Run;
use super::tracked::{Node, present, unknown_field};
use super::value::Value;
use crate::facts::{Facts, Read, Reads};
use crate::proposal::shape::{FieldNumber, Fields, Object};
use crate::proposal::{NodeId, Value as Fact};

impl<'f> Run<'f> {
    /// A field that is derived from others of an object.
    pub fn derived(&mut self, node: Node, shape: &'static Object, name: &str) -> Result<Value<'f>, Misuse> {
        match shape.derived.iter().find(|derived| derived.name == name) {
            Some(derived) => {
                Ok(Value::Flag((derived.compute)(&mut Own { facts: self.facts, reads: &mut self.reads, node })))
            }
            None => Err(unknown_field(shape, name)),
        }
    }
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
        let Fact::Object(shape, fields) = tree.value(self.node.id) else { return None };
        let index = shape.field_index(name)?;
        match fields[index] {
            Some(id) => {
                let _recorded = present(self.facts, self.reads, Node { root: self.node.root, id });
                Some(id)
            }
            None => {
                self.reads.record(Read { missing: Some(FieldNumber::new(index)), ..self.node.read() }, true);
                None
            }
        }
    }
}

impl Fields for Own<'_> {
    fn text(&mut self, field: &str) -> Option<&str> {
        let id = self.read(field)?;
        self.facts.tree(self.node.root).text(id)
    }

    fn has_items(&mut self, field: &str) -> bool {
        let found = self.read(field);
        found.is_some_and(|id| !self.facts.tree(self.node.root).items(id).is_empty())
    }
}
