//! The view on a document: one value and the way to its neighbours.

use super::Document;
use super::tree::{Children, Data, Node};
use crate::source::{Place, Span};
use std::fmt;

/// One value of a [`Document`]; as cheap to copy as a reference.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    id: u32,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'d> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number written without fraction and exponent.
    Integer(i64),
    /// A number written with a fraction or an exponent, even if it is whole; always finite.
    Float(f64),
    /// Unescaped.
    String(&'d str),
    /// An array; [`Value::items`] gives what it holds.
    Array,
    /// An object; [`Value::items`] and [`Value::get`] give what it holds.
    Object,
}

impl<'d> Value<'d> {
    pub(super) const fn new(document: &'d Document, id: u32) -> Self {
        Self { document, id }
    }

    /// What it is; a scalar with its content.
    pub fn kind(self) -> Kind<'d> {
        let node = self.node();
        match node.data {
            Data::Null => Kind::Null,
            Data::Bool(value) => Kind::Bool(value),
            Data::Integer(value) => Kind::Integer(value),
            Data::Float(value) => Kind::Float(value),
            Data::Text => Kind::String(self.text(node.span)),
            Data::Array(_) => Kind::Array,
            Data::Object(_) => Kind::Object,
        }
    }

    /// The value with all that it holds, without its places.
    ///
    /// ```
    /// use changegate::document::{Document, Limits};
    /// let document = Document::parse("a.json", br#"{"a": [1, 2.5]}"#.to_vec(), &Limits::default()).unwrap();
    /// assert_eq!(document.root().to_json(), serde_json::json!({ "a": [1, 2.5] }));
    /// ```
    pub fn to_json(self) -> serde_json::Value {
        match self.kind() {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(flag) => flag.into(),
            Kind::Integer(number) => number.into(),
            Kind::Float(number) => number.into(),
            Kind::String(text) => text.into(),
            Kind::Array => self.items().map(Self::to_json).collect(),
            Kind::Object => {
                let members = self.items().map(|member| (member.key().unwrap_or_default().into(), member.to_json()));
                serde_json::Value::Object(members.collect())
            }
        }
    }

    /// The whole value, with its quotes or brackets.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The span together with its source.
    pub fn place(self) -> Place {
        Place::new(&self.document.source, self.span())
    }

    /// The key, unescaped, if this is a member of an object.
    pub fn key(self) -> Option<&'d str> {
        Some(self.text(self.key_span()?))
    }

    /// The key with its quotes, if this is a member of an object.
    pub fn key_span(self) -> Option<Span> {
        Some(self.node().key).filter(|key| !key.is_empty())
    }

    /// The array or object this lies in; none for the root.
    pub fn parent(self) -> Option<Self> {
        (self.id != 0).then(|| Self::new(self.document, self.node().parent))
    }

    /// The position among the siblings, from 0.
    pub fn index(self) -> usize {
        self.node().index as usize
    }

    /// The children of an array or object in the order of the text; nothing for other values.
    pub fn items(self) -> Items<'d> {
        Items { document: self.document, next: self.id + 1, left: self.len() }
    }

    /// The number of children.
    pub fn len(self) -> usize {
        self.children().map_or(0, |children| children.len as usize)
    }

    /// Whether there are no children; true for all values that are neither array nor object.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The member of an object with this key.
    pub fn get(self, key: &str) -> Option<Self> {
        self.items().find(|item| item.key() == Some(key))
    }

    /// The JSON Pointer (RFC 6901) that leads here: [`Document::at`] takes it back.
    ///
    /// ```
    /// use changegate::document::{Document, Limits};
    /// let document = Document::parse("a.json", br#"{"a/b": [{}, {"c": 1}]}"#.to_vec(), &Limits::default()).unwrap();
    /// let value = document.root().items().next().unwrap().items().nth(1).unwrap().get("c").unwrap();
    /// assert_eq!(value.pointer(), "/a~1b/1/c");
    /// ```
    pub fn pointer(self) -> String {
        self.document.tree.pointer(self.document.source.text(), self.id)
    }

    fn node(self) -> &'d Node {
        &self.document.tree.nodes[self.id as usize]
    }

    fn children(self) -> Option<Children> {
        match self.node().data {
            Data::Array(children) | Data::Object(children) => Some(children),
            _ => None,
        }
    }

    fn text(self, span: Span) -> &'d str {
        self.document.tree.text(self.document.source.text(), span)
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({} at {:?}: {:?})", self.place(), self.pointer(), self.kind())
    }
}

/// The children of a [`Value`].
#[derive(Debug, Clone)]
pub struct Items<'d> {
    document: &'d Document,
    next: u32,
    left: usize,
}

impl<'d> Iterator for Items<'d> {
    type Item = Value<'d>;

    fn next(&mut self) -> Option<Value<'d>> {
        self.left = self.left.checked_sub(1)?;
        let item = Value::new(self.document, self.next);
        self.next = self.document.tree.after(self.next);
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}
