//! The arena: all values of a document in one vector, in the order in which they begin in the text.
//!
//! The first child of a container is thus the node after it, and a node's next sibling is the node after its last
//! descendant. That is all the linking there is, and a walk through the tree is a walk through memory.

use super::pointer;
use crate::source::Span;

#[derive(Default)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    /// Texts that are not spelled as they read (escapes), by the byte at which they begin, ascending. A side table because
    /// hardly any text has escapes: all others are slices of the source and cost nothing.
    pub decoded: Vec<(u32, Box<str>)>,
}

pub(super) struct Node {
    pub span: Span,
    /// With its quotes, hence never empty unless there is no key.
    pub key: Span,
    /// The root is its own parent.
    pub parent: u32,
    /// Position among the parent's children.
    pub index: u32,
    pub data: Data,
}

#[derive(Clone, Copy)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text,
    Array(Children),
    Object(Children),
}

#[derive(Clone, Copy)]
pub(super) struct Children {
    pub len: u32,
    /// The node after the last descendant.
    pub next: u32,
}

/// A value takes at least two bytes of text, so this bounds what a hostile text can cost.
const _: () = assert!(size_of::<Node>() == 40);

impl Tree {
    /// What a key or a text reads, given its span with quotes.
    pub fn text<'t>(&'t self, source: &'t str, span: Span) -> &'t str {
        match self.decoded(span) {
            Some(decoded) => decoded,
            None => between_quotes(source, span),
        }
    }

    pub fn decoded(&self, span: Span) -> Option<&str> {
        let at = self.decoded.binary_search_by_key(&span.start, |&(start, _)| start).ok()?;
        Some(&self.decoded[at].1)
    }

    /// Whether two keys read the same.
    pub fn same(&self, source: &str, one: Span, other: Span) -> bool {
        // Most keys differ in length, and without escapes in the document that is enough to tell.
        let differ = self.decoded.is_empty() && one.len() != other.len();
        !differ && self.text(source, one) == self.text(source, other)
    }

    /// The node after the last descendant of `id`: its next sibling, if it has one.
    pub fn after(&self, id: u32) -> u32 {
        match self.nodes[id as usize].data {
            Data::Array(children) | Data::Object(children) => children.next,
            _ => id + 1,
        }
    }

    pub fn pointer(&self, source: &str, id: u32) -> String {
        let mut path = Vec::new();
        let mut at = id;
        while at != 0 {
            path.push(at);
            at = self.nodes[at as usize].parent;
        }
        let mut text = String::new();
        for id in path.into_iter().rev() {
            let node = &self.nodes[id as usize];
            if node.key.is_empty() {
                pointer::push(&mut text, &node.index.to_string());
            } else {
                pointer::push(&mut text, self.text(source, node.key));
            }
        }
        text
    }
}

pub(super) fn between_quotes(source: &str, span: Span) -> &str {
    source.get(span.start as usize + 1..(span.end as usize).saturating_sub(1)).unwrap_or_default()
}
