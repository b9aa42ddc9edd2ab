//! A tree made of parts of others: what one proposal has to know of another is a fact like any other, and keeps the place
//! where it was written.

use super::shape::Object;
use super::tree::{Key, Node, NodeId, Tree, Value};
use crate::source::{Place, Source, Span};
use std::sync::{Arc, LazyLock};

/// A tree under construction.
#[derive(Debug)]
pub struct Graft {
    tree: Tree,
}

/// Where a node of a graft was written.
#[derive(Clone, Copy)]
enum Stem<'t> {
    Nowhere,
    Node(&'t Tree, NodeId),
    Place(&'t Place),
}

impl<'t> From<Option<(&'t Tree, NodeId)>> for Stem<'t> {
    fn from(node: Option<(&'t Tree, NodeId)>) -> Self {
        node.map_or(Self::Nowhere, |(tree, node)| Self::Node(tree, node))
    }
}

/// Where that stands which is written nowhere.
fn nowhere() -> Arc<Source> {
    static NOWHERE: LazyLock<Arc<Source>> = LazyLock::new(|| Arc::new(Source::new("", "")));
    Arc::clone(&NOWHERE)
}

fn empty(shape: &'static Object) -> Value {
    Value::Object(shape, vec![None; shape.fields.len()].into_boxed_slice())
}

/// The most texts that one tree is made of: its nodes count them in two bytes.
const MOST_SOURCES: usize = 65_535;

impl Graft {
    /// Begins with a copy of a tree.
    pub fn onto(base: &Tree) -> Self {
        let nodes =
            base.nodes.iter().map(|node| Node { value: node.value.clone(), key: node.key.copy(), ..*node }).collect();
        Self { tree: Tree { sources: base.sources.clone(), nodes } }
    }

    /// The tree with all that was added.
    pub fn finish(self) -> Tree {
        self.tree
    }

    /// Gives the root each field that another tree of the same shape has, with its places.
    pub fn adopt(&mut self, from: &Tree) {
        let Value::Object(shape, fields) = from.value(Tree::ROOT) else { return };
        let (shape, present) = (*shape, fields.iter().enumerate());
        for (index, node) in present.filter_map(|(index, node)| Some((index, (*node)?))) {
            let copy = self.deep(Key::Field(&shape.fields[index]), Tree::ROOT, from, node);
            if let Value::Object(_, fields) = &mut self.tree.nodes[0].value {
                fields[index] = Some(copy);
            }
        }
    }

    /// A copy of a node with all below it. Trees are read with a limit on depth.
    fn deep(&mut self, key: Key, parent: NodeId, from: &Tree, node: NodeId) -> NodeId {
        let id = self.node(from.value(node).clone(), key, parent, Stem::Node(from, node));
        let mut copied = from.value(node).clone();
        match &mut copied {
            Value::List(items) | Value::Map(items) => {
                items.iter_mut().for_each(|item| *item = self.deep(from.node(*item).key.copy(), id, from, *item));
            }
            Value::Object(_, fields) => {
                for field in fields.iter_mut().flatten() {
                    *field = self.deep(from.node(*field).key.copy(), id, from, *field);
                }
            }
            _ => {}
        }
        self.tree.nodes[id.0 as usize].value = copied;
        id
    }

    /// Adds a list to a field of an object, with one object of a shape for each of some places, which may be nowhere; gives the
    /// new objects.
    pub fn list<'t>(
        &mut self,
        object: NodeId,
        field: &str,
        shape: &'static Object,
        places: impl IntoIterator<Item = Option<(&'t Tree, NodeId)>>,
    ) -> Vec<NodeId> {
        self.items(object, field, Stem::Nowhere, places.into_iter().map(|place| (empty(shape), place.into())))
    }

    /// Adds objects of a shape to a list of the root, behind those that it has: one for each of some places; gives the new ones.
    pub fn extend<'p>(
        &mut self,
        field: &str,
        shape: &'static Object,
        places: impl IntoIterator<Item = &'p Place>,
    ) -> Vec<NodeId> {
        let mut places = places.into_iter().peekable();
        let Some(&first) = places.peek() else { return Vec::new() };
        let there = self.tree.get(Tree::ROOT, field);
        let Some(list) = there.or_else(|| self.at(Tree::ROOT, field, Value::List(Box::default()), Stem::Place(first)))
        else {
            return Vec::new();
        };
        let mut items = self.tree.items(list).to_vec();
        let old = items.len();
        for place in places {
            items.push(self.node(empty(shape), Key::Item(items.len() as u32), list, Stem::Place(place)));
        }
        let new = items[old..].to_vec();
        self.tree.nodes[list.0 as usize].value = Value::List(items.into());
        new
    }

    /// Gives a field of an object a value that stands at a place of no tree.
    pub fn put_at(&mut self, object: NodeId, field: &str, value: Value, place: &Place) {
        self.at(object, field, value, Stem::Place(place));
    }

    /// The same for an object in a list of the root.
    pub fn put_into(&mut self, list: &str, item: usize, field: &str, value: Value, place: &Place) {
        let list = self.tree.get(Tree::ROOT, list).map(|list| self.tree.items(list));
        if let Some(&object) = list.and_then(|items| items.get(item)) {
            self.put_at(object, field, value, place);
        }
    }

    /// Gives a field of an object a list of texts that stand at places of no tree.
    pub fn texts_at<'p>(
        &mut self,
        object: NodeId,
        field: &str,
        whole: &Place,
        texts: impl Iterator<Item = (&'p str, &'p Place)>,
    ) {
        let texts = texts.map(|(text, place)| (Value::Text(text.into()), Stem::Place(place)));
        self.items(object, field, Stem::Place(whole), texts);
    }

    /// Gives a field of an object the value that stands elsewhere, if it stands there.
    pub fn copy(&mut self, object: NodeId, field: &str, from: &Tree, node: Option<NodeId>) {
        let Some(node) = node else { return };
        match from.value(node) {
            Value::List(items) => self.texts(object, field, from, items, Some(node)),
            leaf => self.put(object, field, leaf.clone(), Some((from, node))),
        }
    }

    /// Gives a field of an object a value that was made of one that stands elsewhere, or of what stands nowhere.
    pub fn put(&mut self, object: NodeId, field: &str, value: Value, place: Option<(&Tree, NodeId)>) {
        self.at(object, field, value, place.into());
    }

    /// Gives a field of an object a list of what stands in several places.
    pub fn texts(&mut self, object: NodeId, field: &str, from: &Tree, items: &[NodeId], whole: Option<NodeId>) {
        let place = whole.or(items.first().copied()).map(|node| (from, node));
        let items = items.iter().map(|&item| (from.value(item).clone(), Stem::Node(from, item)));
        self.items(object, field, place.into(), items);
    }

    /// Gives a field of the root a list of texts that stand nowhere.
    pub fn names(&mut self, field: &str, names: &[Box<str>]) {
        let names = names.iter().map(|name| (Value::Text(name.clone()), Stem::Nowhere));
        self.items(Tree::ROOT, field, Stem::Nowhere, names);
    }

    /// Gives a field of an object a list of values, each with its place; gives its items.
    fn items<'t>(
        &mut self,
        object: NodeId,
        field: &str,
        place: Stem<'_>,
        values: impl Iterator<Item = (Value, Stem<'t>)>,
    ) -> Vec<NodeId> {
        let Some(list) = self.at(object, field, Value::List(Box::default()), place) else { return Vec::new() };
        let item = |(index, (value, place))| self.node(value, Key::Item(index as u32), list, place);
        let items: Vec<_> = values.enumerate().map(item).collect();
        self.tree.nodes[list.0 as usize].value = Value::List(items.clone().into());
        items
    }

    fn at(&mut self, object: NodeId, field: &str, value: Value, place: Stem<'_>) -> Option<NodeId> {
        let Value::Object(shape, _) = self.tree.value(object) else { return None };
        let (shape, index) = (*shape, shape.field_index(field)?);
        let id = self.node(value, Key::Field(&shape.fields[index]), object, place);
        if let Value::Object(_, fields) = &mut self.tree.nodes[object.0 as usize].value {
            fields[index] = Some(id);
        }
        Some(id)
    }

    fn node(&mut self, value: Value, key: Key, parent: NodeId, place: Stem<'_>) -> NodeId {
        let (source, span, key_span) = match place {
            Stem::Node(from, node) => {
                let own = from.node(node);
                (self.source(&from.sources[usize::from(own.source)]), own.span, own.key_span)
            }
            Stem::Place(place) => (self.source(&place.source), place.span, place.span),
            Stem::Nowhere => (self.source(&nowhere()), Span::default(), Span::default()),
        };
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node { value, key, parent, source, span, key_span });
        id
    }

    fn source(&mut self, source: &Arc<Source>) -> u16 {
        let sources = &mut self.tree.sources;
        let known = sources.iter().position(|known| Arc::ptr_eq(known, source)).unwrap_or_else(|| {
            sources.push(Arc::clone(source));
            sources.len() - 1
        });
        debug_assert!(known < MOST_SOURCES, "callers graft fewer trees");
        known as u16
    }
}
