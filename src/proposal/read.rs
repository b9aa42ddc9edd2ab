//! Reading a document by a shape: every problem at once, and a [`Tree`] of typed values where there is none.

use super::problem::{First, Problem, What, expected_object, list_of};
use super::same::same;
use super::scalar::{fits, found, scalar, written, wrong_type};
use super::shape::{Kind, LIST_MAX, Object};
use super::tree::{Key, Node, NodeId, Tree, Value};
use super::unfilled::is_unfilled;
use crate::document::{self, Document};
use crate::finding::Label;
use crate::source::Place;
use std::sync::Arc;

/// Reads a document by its shape.
///
/// # Errors
/// All problems, in the order of the document.
pub fn read(document: &Document, shape: &'static Object) -> Result<Tree, Vec<Problem>> {
    sound(read_layers(document, shape, None))
}

/// Reads a document by its shape as far as it can be read: what has a problem is left out of the tree.
pub fn read_partly(document: &Document, shape: &'static Object) -> (Tree, Vec<Problem>) {
    let (tree, problems) = read_layers(document, shape, None);
    // Of a root that can't be read there is no tree.
    (if tree.nodes.is_empty() { Tree::empty(shape) } else { tree }, problems)
}

/// Reads a proposal with the profile of its system laid under its field `system`. The profile has been read by its own shape
/// before, so that problems found here are the proposal's.
///
/// # Errors
/// All problems of the proposal, in the order of the document.
pub fn read_laid(proposal: &Document, shape: &'static Object, profile: &Document) -> Result<Tree, Vec<Problem>> {
    sound(read_layers(proposal, shape, Some(profile)))
}

fn sound((tree, problems): (Tree, Vec<Problem>)) -> Result<Tree, Vec<Problem>> {
    if problems.is_empty() { Ok(tree) } else { Err(problems) }
}

fn read_layers(document: &Document, shape: &'static Object, profile: Option<&Document>) -> (Tree, Vec<Problem>) {
    let sources =
        [Some(document), profile].into_iter().flatten().map(|document| Arc::clone(document.source())).collect();
    let size = [Some(document), profile].into_iter().flatten().map(Document::size).sum();
    let mut reader = Reader {
        tree: Tree { sources, nodes: Vec::with_capacity(size) },
        problems: First::default(),
        laid: profile.and_then(|profile| profile.root().get(LAID)),
        marked: shape.marked,
    };
    match document.root().get(VERSION).filter(|version| is_other(*version)) {
        // Its fields may be others, and told one by one they would hide what is wrong.
        Some(version) => reader.problem(version, What::OtherVersion { written: written(version) }),
        None => drop(reader.object(shape, Layers { top: Some(document.root()), under: None }, Key::Root, NodeId(0))),
    }
    (reader.tree, reader.problems.told())
}

/// The field of proposals and profiles that says of which version of the format they are.
const VERSION: &str = "changegate";

fn is_other(version: document::Value<'_>) -> bool {
    matches!(version.kind(), document::Kind::Integer(number) if number != 1)
}

/// The field of a proposal that a profile is laid under, and the field of the profile that is laid there.
const LAID: &str = "system";

struct Reader<'d> {
    tree: Tree,
    problems: First,
    laid: Option<document::Value<'d>>,
    /// Whether texts may be marks of what is yet to be filled in.
    marked: bool,
}

/// A value as the proposal has it and as the profile under it has it; at least one is there.
#[derive(Clone, Copy)]
struct Layers<'d> {
    top: Option<document::Value<'d>>,
    under: Option<document::Value<'d>>,
}

impl<'d> Reader<'d> {
    fn problem(&mut self, value: document::Value<'_>, what: What) {
        self.problem_at(value.place(), value, what);
    }

    fn problem_at_key(&mut self, member: document::Value<'_>, what: What) {
        let place = Place { span: member.key_span().unwrap_or(member.span()), ..member.place() };
        self.problem_at(place, member, what);
    }

    fn problem_at(&mut self, place: Place, value: document::Value<'_>, what: What) {
        self.problems.add(place, |place| Problem { what, place, pointer: value.pointer(), related: Vec::new() });
    }

    /// Adds a node with its place, and gives its id; the value of a container is filled in when its children are known.
    fn node(&mut self, layers: Layers<'d>, value: Value, key: Key, parent: NodeId) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        // What only the profile says, the profile is the place of; what the proposal says too, stands in the proposal.
        let (source, written) = match layers {
            Layers { top: Some(top), .. } => (0, Some(top)),
            Layers { under, .. } => (1, under),
        };
        let span = written.map(document::Value::span).unwrap_or_default();
        let key_span = written.and_then(document::Value::key_span).unwrap_or(span);
        self.tree.nodes.push(Node { value, key, parent, source, span, key_span });
        id
    }

    fn value(&mut self, kind: &'static Kind, layers: Layers<'d>, key: Key, parent: NodeId) -> Option<NodeId> {
        if let Some(mark) = layers.top.or(layers.under).filter(|written| self.marked && is_unfilled(*written)) {
            let field = if let Key::Field(field) = key { Some(field) } else { None };
            self.problem(mark, What::Unfilled { expected: kind, field });
            return None;
        }
        match kind {
            Kind::Object(shape) => self.object(shape, layers, key, parent),
            _ => {
                self.contradiction(layers);
                let written = layers.top.or(layers.under)?;
                match kind {
                    Kind::List(item) => self.list(item, layers, written, key, parent),
                    Kind::Map(value) => self.map(value, layers, written, key, parent),
                    Kind::Edits => {
                        self.keys_are_places(written);
                        self.map(&Kind::Json, layers, written, key, parent)
                    }
                    Kind::Plain if matches!(written.kind(), document::Kind::Array) => {
                        self.list(&Kind::Plain, layers, written, key, parent)
                    }
                    _ => match scalar(kind, written) {
                        Ok(value) => Some(self.node(layers, value, key, parent)),
                        Err(what) => {
                            self.problem(written, what);
                            None
                        }
                    },
                }
            }
        }
    }

    /// A proposal may repeat of its system what the profile says, and nothing else; more would let a pull request make its
    /// system less critical than it is.
    fn contradiction(&mut self, layers: Layers<'d>) {
        let (Some(top), Some(under)) = (layers.top, layers.under) else { return };
        if !same(top, under) {
            let what = What::ContradictsProfile { written: written(top), profile: written(under) };
            let related = vec![Label::new(under.place(), "the profile says this")];
            self.problems.add(top.place(), |place| Problem { what, place, pointer: top.pointer(), related });
        }
    }

    fn object(&mut self, shape: &'static Object, layers: Layers<'d>, key: Key, parent: NodeId) -> Option<NodeId> {
        let not_object =
            [layers.top, layers.under].into_iter().flatten().find(|v| !matches!(v.kind(), document::Kind::Object));
        if let Some(value) = not_object {
            self.problem(value, wrong_type(expected_object(&key), value));
            return None;
        }
        let id = self.node(layers, Value::Map(Box::default()), key, parent);
        let mut fields = vec![None; shape.fields.len()].into_boxed_slice();
        let both = layers.top.is_some() && layers.under.is_some();
        let (top, under) = (self.members(shape, layers.top), self.members(shape, layers.under));
        for (index, field) in shape.fields.iter().enumerate() {
            let laid = self.laid.filter(|_| matches!(self.tree.node(id).key, Key::Root) && field.name == LAID);
            let layers = Layers { top: top[index], under: under[index].or(laid) };
            if let (true, Some(own), None) = (both, layers.top, layers.under) {
                // What the profile is silent about is no room for the pull request to fill: an owner, a lower criticality.
                self.problem_at_key(own, What::BelongsInProfile { name: field.name });
            }
            if layers.top.or(layers.under).is_some() {
                fields[index] = self.value(&field.kind, layers, Key::Field(field), id);
            } else if field.required {
                self.missing(self.tree.head(id), id, field);
            }
        }
        self.tree.nodes[id.0 as usize].value = Value::Object(shape, fields);
        Some(id)
    }

    /// The members of an object by the index of their field; those of no field are problems.
    fn members(
        &mut self,
        shape: &'static Object,
        object: Option<document::Value<'d>>,
    ) -> Box<[Option<document::Value<'d>>]> {
        let mut members = vec![None; shape.fields.len()].into_boxed_slice();
        let Some(object) = object else { return members };
        // Authors keep to the order of the schema more often than not.
        let mut next = 0;
        let mut unknown = Vec::new();
        for member in object.items() {
            let name = member.key().unwrap_or_default();
            let expected = shape.fields.get(next).filter(|field| field.name == name).map(|_| next);
            match expected.or_else(|| shape.field_index(name)) {
                Some(index) => {
                    members[index] = Some(member);
                    next = index + 1;
                }
                None => unknown.push(member),
            }
        }
        if !unknown.is_empty() {
            let here = shape.fields.iter().zip(&members).filter(|(_, member)| member.is_some());
            let here: Arc<[_]> = here.map(|(field, _)| field.name).collect();
            for member in unknown {
                let name = member.key().unwrap_or_default().to_owned();
                self.problem_at_key(member, What::UnknownField { name, shape, here: Arc::clone(&here) });
            }
        }
        members
    }

    fn missing(&mut self, place: Place, object: NodeId, field: &'static super::shape::Field) {
        let example = field.examples.first().copied();
        let what = What::MissingField { name: field.name, doc: field.doc, example };
        let tree = &self.tree;
        self.problems.add(place, |place| Problem { what, place, pointer: tree.pointer(object), related: Vec::new() });
    }

    fn list(
        &mut self,
        item: &'static Kind,
        layers: Layers<'d>,
        list: document::Value<'d>,
        key: Key,
        parent: NodeId,
    ) -> Option<NodeId> {
        if !matches!(list.kind(), document::Kind::Array) {
            self.problem(list, What::WrongType { expected: list_of(&key), found: found(list), written: written(list) });
            return None;
        }
        let most = if let Kind::Object(shape) = item { shape.most } else { LIST_MAX };
        if list.len() > most {
            self.problem(list, What::TooLong { most, found: list.len(), of: "items" });
            return None;
        }
        let id = self.node(layers, Value::Flag(false), key, parent);
        let items = self.children(item, layers, list, id, |value| Key::Item(value.index() as u32));
        self.tree.nodes[id.0 as usize].value = Value::List(items);
        Some(id)
    }

    fn map(
        &mut self,
        kind: &'static Kind,
        layers: Layers<'d>,
        map: document::Value<'d>,
        key: Key,
        parent: NodeId,
    ) -> Option<NodeId> {
        if !matches!(map.kind(), document::Kind::Object) {
            self.problem(map, What::WrongType { expected: list_of(&key), found: found(map), written: written(map) });
            return None;
        }
        let id = self.node(layers, Value::Flag(false), key, parent);
        let entries = self.children(kind, layers, map, id, |value| Key::Entry(value.key().unwrap_or_default().into()));
        self.tree.nodes[id.0 as usize].value = Value::Map(entries);
        Some(id)
    }

    fn keys_are_places(&mut self, edits: document::Value<'d>) {
        for edit in edits.items().filter(|edit| !fits(&Kind::Pointer, edit.key().unwrap_or_default())) {
            let written = format!("\"{}\"", edit.key().unwrap_or_default());
            self.problem_at_key(edit, What::Malformed { expected: &Kind::Pointer, written });
        }
    }

    fn children(
        &mut self,
        kind: &'static Kind,
        layers: Layers<'d>,
        container: document::Value<'d>,
        parent: NodeId,
        key: impl Fn(document::Value<'d>) -> Key,
    ) -> Box<[NodeId]> {
        let layered = |child| match layers.top {
            Some(_) => Layers { top: Some(child), under: None },
            None => Layers { top: None, under: Some(child) },
        };
        container.items().filter_map(|child| self.value(kind, layered(child), key(child), parent)).collect()
    }
}
