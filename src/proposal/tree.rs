//! A document that was read by its shape: typed values that know where they were written.

use super::shape::{Field, FieldNumber, Object};
use crate::source::{Place, Source, Span};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::sync::Arc;

/// A node of one [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The values of a proposal (with its profile laid under), of the evidence, or of the configuration. Node 0 is the root.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) nodes: Vec<Node>,
}

/// A value, how its parent calls it, and where it stands.
#[derive(Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// How its parent calls it.
    pub key: Key,
    /// The value that holds it; the root is its own parent.
    pub parent: NodeId,
    pub(super) source: u16,
    pub(super) span: Span,
    /// The key, quotes included; the value's own span where there is none.
    pub(super) key_span: Span,
}

/// How a node is called by its parent.
#[derive(Debug)]
pub enum Key {
    /// It is the root, which has no parent.
    Root,
    /// A field of an object of the model.
    Field(&'static Field),
    /// An entry of a map, whose keys its author chooses.
    Entry(Box<str>),
    /// An item of a list, by its place from 0.
    Item(u32),
}

/// A value, checked and of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number, within the range of its field and in the unit that the model names.
    Count(i64),
    /// A number that may have a fraction, likewise.
    Number(f64),
    /// Texts, names, zones, digests and the words of a choice.
    Text(Box<str>),
    /// A point in time.
    Instant(Timestamp),
    /// A day of the calendar.
    Date(Date),
    /// A time of day, in a zone that stands elsewhere.
    Time(Time),
    /// In minutes.
    Duration(i64),
    /// A list, in the order of the document.
    List(Box<[NodeId]>),
    /// One place per field of the shape, in its order.
    Object(&'static Object, Box<[Option<NodeId>]>),
    /// A map from names to values of one kind, in the order of the document.
    Map(Box<[NodeId]>),
    /// Any value, as it stands in the document.
    Json(Box<serde_json::Value>),
}

impl Key {
    pub(super) fn copy(&self) -> Self {
        match self {
            Self::Root => Self::Root,
            Self::Field(field) => Self::Field(field),
            Self::Entry(name) => Self::Entry(name.clone()),
            Self::Item(index) => Self::Item(*index),
        }
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Tree {
    /// The id of the root.
    pub const ROOT: NodeId = NodeId(0);

    /// A tree that holds nothing, of a shape that requires nothing.
    pub fn empty(shape: &'static Object) -> Self {
        let fields = vec![None; shape.fields.len()].into_boxed_slice();
        let root = Node {
            value: Value::Object(shape, fields),
            key: Key::Root,
            parent: Self::ROOT,
            source: 0,
            span: Span::default(),
            key_span: Span::default(),
        };
        Self { sources: vec![Arc::new(Source::new("", ""))], nodes: vec![root] }
    }

    /// One field of the root as a tree of its own, whose root has that field and no other; an empty one where it is absent.
    pub fn cut(mut self, name: &str, shape: &'static Object) -> Self {
        let mut cut = Self::empty(shape);
        let (Some(top), Some(index)) = (self.path(&[name]), shape.field_index(name)) else { return cut };
        let from = top.0 as usize;
        let to = (from + 1..self.len()).find(|&id| self.nodes[id].parent.0 < top.0).unwrap_or(self.len());
        // What was at `top` comes to stand right after the new root.
        let moved = |id: &mut NodeId| id.0 = (id.0 + 1).saturating_sub(top.0);
        for mut node in self.nodes.drain(from..to) {
            moved(&mut node.parent);
            match &mut node.value {
                Value::List(items) | Value::Map(items) => items.iter_mut().for_each(moved),
                Value::Object(_, fields) => fields.iter_mut().flatten().for_each(moved),
                _ => {}
            }
            cut.nodes.push(node);
        }
        cut.sources = self.sources;
        cut.nodes[1].parent = Self::ROOT;
        if let Value::Object(_, fields) = &mut cut.nodes[0].value {
            fields[index] = Some(NodeId(1));
        }
        cut
    }

    /// A node of this tree.
    ///
    /// # Panics
    /// When the id is that of a larger tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The value of a node.
    pub fn value(&self, id: NodeId) -> &Value {
        &self.node(id).value
    }

    /// The number of nodes; their ids are the numbers below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has no node, not even a root: one that was read has.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Where a value stands.
    pub fn place(&self, id: NodeId) -> Place {
        let node = self.node(id);
        Place::new(&self.sources[usize::from(node.source)], node.span)
    }

    /// Where something that is absent from a value should be pointed at: its key, or for a root and for items of a list the
    /// bracket that opens it. A whole object of forty lines underlined helps nobody.
    pub fn head(&self, id: NodeId) -> Place {
        let node = self.node(id);
        let span = if matches!(node.key, Key::Field(_) | Key::Entry(_)) {
            node.key_span
        } else if matches!(node.value, Value::Object(..) | Value::List(_) | Value::Map(_)) {
            Span { start: node.span.start, end: node.span.start + u32::from(!node.span.is_empty()) }
        } else {
            node.span
        };
        Place::new(&self.sources[usize::from(node.source)], span)
    }

    /// JSON Pointer (RFC 6901).
    pub fn pointer(&self, id: NodeId) -> String {
        let mut names = Vec::new();
        let mut at = id;
        loop {
            let node = self.node(at);
            match &node.key {
                Key::Root => break,
                Key::Field(field) => names.push(escape_pointer(field.name)),
                Key::Entry(name) => names.push(escape_pointer(name)),
                Key::Item(index) => names.push(index.to_string()),
            }
            at = node.parent;
        }
        names.iter().rev().fold(String::new(), |pointer, name| pointer + "/" + name)
    }

    /// The same by names, for people: `window.alternatives[0]`.
    pub fn dotted(&self, id: NodeId) -> String {
        let node = self.node(id);
        let before = || self.dotted(node.parent);
        let name = match &node.key {
            Key::Root => return String::new(),
            Key::Item(index) => return format!("{}[{index}]", before()),
            Key::Field(field) => field.name,
            Key::Entry(name) => name,
        };
        if node.parent == Self::ROOT { name.to_owned() } else { format!("{}.{name}", before()) }
    }

    /// The value of a field of an object, if it is there.
    ///
    /// Names that the shape does not have are absent: whoever takes names from outside asks the shape first.
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        match self.value(id) {
            Value::Object(shape, fields) => fields[shape.field_index(name)?],
            Value::Map(entries) => entries
                .iter()
                .copied()
                .find(|&entry| matches!(&self.node(entry).key, Key::Entry(key) if **key == *name)),
            _ => None,
        }
    }

    /// Which field of an object a name is, whether it is there or not.
    pub fn field_number(&self, id: NodeId, name: &str) -> Option<FieldNumber> {
        let Value::Object(shape, _) = self.value(id) else { return None };
        shape.field_index(name).map(FieldNumber::new)
    }

    /// The name of a field of an object.
    pub fn field_name(&self, id: NodeId, field: FieldNumber) -> Option<&'static str> {
        let Value::Object(shape, _) = self.value(id) else { return None };
        shape.fields.get(field.index()).map(|field| field.name)
    }

    /// The value at the end of a path of field names from the root.
    pub fn path(&self, names: &[&str]) -> Option<NodeId> {
        names.iter().try_fold(Self::ROOT, |at, name| self.get(at, name))
    }

    /// The text of a node; none where it is no text.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth of a node; none where it is no flag.
    pub fn flag(&self, id: NodeId) -> Option<bool> {
        match self.value(id) {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The items of a list or the entries of a map; nothing for any other value.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.value(id) {
            Value::List(items) | Value::Map(items) => items,
            _ => &[],
        }
    }

    /// The value as it was written, for a person: shortened to some eighty characters and one line.
    pub fn written(&self, id: NodeId) -> String {
        let place = self.place(id);
        shorten(place.text())
    }
}

/// One line of at most eighty characters.
fn shorten(text: &str) -> String {
    const MOST: usize = 80;
    let mut line = String::new();
    for (count, character) in
        text.split_whitespace().flat_map(|word| [" ", word]).skip(1).flat_map(str::chars).enumerate()
    {
        if count == MOST {
            line.push('…');
            break;
        }
        line.push(character);
    }
    line
}

fn escape_pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
