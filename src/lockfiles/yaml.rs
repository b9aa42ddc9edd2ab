//! YAML as a tree whose nodes know their places.
//!
//! granit-parser gives events, and so leaves the tree to us: it counts depth in blocks as well as in brackets, never resolves an alias,
//! tells the byte of each event, and takes a time that grows with the text (saphyr-parser, from which it came, read 200,000 `- `
//! inside one another). Here an alias is a second way to the same node. How many nodes a walk over all ways would meet is counted while
//! the tree is built, and has a bound.

use super::{Unread, quoted, text};
use crate::source::Source;
use granit_parser::{Event, Parser, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How many values aliases may stand for, beyond those that are written; a bomb stands for billions.
const MOST_VALUES: usize = 1_000_000;

/// And how many bytes of text.
const MOST_BYTES: usize = 16 << 20;

/// The documents of a text.
#[derive(Debug)]
pub(super) struct Yaml<'t> {
    source: &'t Source,
    nodes: Vec<Stored<'t>>,
    documents: Vec<usize>,
}

#[derive(Debug)]
struct Stored<'t> {
    start: usize,
    /// Its values and their bytes, with all below it as often as it is met.
    size: [usize; 2],
    data: Data<'t>,
}

#[derive(Debug)]
enum Data<'t> {
    Scalar(Cow<'t, str>),
    List(Vec<usize>),
    Map(Vec<(usize, usize)>),
}

/// One node; as cheap to copy as a reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'y> {
    yaml: &'y Yaml<'y>,
    id: usize,
}

impl<'t> Yaml<'t> {
    /// Reads all documents of a text.
    pub fn parse(source: &'t Source) -> Result<Self, Unread> {
        let mut builder = Builder {
            yaml: Self { source, nodes: Vec::new(), documents: Vec::new() },
            open: Vec::new(),
            anchors: HashMap::new(),
        };
        for event in Parser::new_from_str(source.text()) {
            let (event, span) = event.map_err(|error| {
                let byte = error.marker().byte_offset().and_then(|byte| u32::try_from(byte).ok());
                Unread::told(byte.map(|byte| source.position(byte)), &format!("it is no YAML: {}", error.info()))
            })?;
            builder.event(event, span)?;
        }
        Ok(builder.yaml)
    }

    /// The outermost node of each document.
    pub fn documents(&self) -> impl Iterator<Item = Node<'_>> {
        self.documents.iter().map(|&id| Node { yaml: self, id })
    }

    /// The only document.
    pub fn single(&self) -> Result<Node<'_>, Unread> {
        let mut documents = self.documents();
        let first = documents.next().ok_or_else(|| Unread::whole("it is empty"))?;
        match documents.next() {
            Some(second) => Err(second.unread("a second document")),
            None => Ok(first),
        }
    }
}

struct Builder<'t> {
    yaml: Yaml<'t>,
    open: Vec<Open>,
    anchors: HashMap<usize, usize>,
}

/// A list or map that is not closed yet.
struct Open {
    anchor: usize,
    start: usize,
    /// Of a map: keys and values in turn.
    children: Vec<usize>,
    /// Of a map.
    keys: Option<HashSet<String>>,
}

impl<'t> Builder<'t> {
    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Unread> {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => {
                Err(self.unread(range.start, "a tag, by which a value may be another than is written"))
            }
            Event::Scalar(text, _, anchor, _) => self.node(range.start, anchor, Data::Scalar(text)),
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(&id) => self.child(id, range.start),
                None => Err(self.unread(range.start, "an alias for what it lies in")),
            },
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open { anchor, start: range.start, children: Vec::new(), keys: None });
                Ok(())
            }
            Event::MappingStart(_, anchor, _) => {
                let keys = Some(HashSet::new());
                self.open.push(Open { anchor, start: range.start, children: Vec::new(), keys });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let data = match open.keys {
                    None => Data::List(open.children),
                    Some(_) => Data::Map(open.children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()),
                };
                self.node(open.start, open.anchor, data)
            }
            _ => Ok(()),
        }
    }

    fn node(&mut self, start: usize, anchor: usize, data: Data<'t>) -> Result<(), Unread> {
        let mut size = [1, if let Data::Scalar(text) = &data { text.len() } else { 0 }];
        let children: &mut dyn Iterator<Item = usize> = match &data {
            Data::Scalar(_) => &mut std::iter::empty(),
            Data::List(items) => &mut items.iter().copied(),
            Data::Map(pairs) => &mut pairs.iter().flat_map(|&(key, value)| [key, value]),
        };
        for child in children.filter_map(|id| self.yaml.nodes.get(id)) {
            size = [size[0].saturating_add(child.size[0]), size[1].saturating_add(child.size[1])];
        }
        // An escape may be shorter than what it stands for, but not by half.
        let written = [self.yaml.nodes.len(), self.yaml.source.text().len() * 2];
        if size[0] > written[0] + 1 + MOST_VALUES || size[1] > written[1] + MOST_BYTES {
            return Err(self.unread(start, "aliases that stand for more than a million values"));
        }
        let id = self.yaml.nodes.len();
        self.yaml.nodes.push(Stored { start, size, data });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        self.child(id, start)
    }

    /// A node takes its place in the innermost list or map that is open.
    fn child(&mut self, id: usize, start: usize) -> Result<(), Unread> {
        let source = self.yaml.source;
        let Some(open) = self.open.last_mut() else {
            self.yaml.documents.push(id);
            return Ok(());
        };
        if let Some(keys) = &mut open.keys
            && open.children.len().is_multiple_of(2)
        {
            let Some(Data::Scalar(key)) = self.yaml.nodes.get(id).map(|node| &node.data) else {
                return Err(text::unread(source, start, "a key that is no text"));
            };
            if key == "<<" {
                return Err(text::unread(source, start, "`<<`, which some programs merge and others do not"));
            }
            if !keys.insert(key.to_string()) {
                return Err(text::unread(source, start, format!("the key {} is used twice in one map", quoted(key))));
            }
        }
        open.children.push(id);
        Ok(())
    }

    fn unread(&self, byte: usize, why: impl Into<String>) -> Unread {
        text::unread(self.yaml.source, byte, why)
    }
}

impl<'y> Node<'y> {
    fn stored(self) -> Option<&'y Stored<'y>> {
        self.yaml.nodes.get(self.id)
    }

    /// The text of a scalar, whatever its type would be.
    pub fn scalar(self) -> Option<&'y str> {
        match &self.stored()?.data {
            Data::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The members of a map in the order of the text, as key and value.
    pub fn members(self) -> Option<impl Iterator<Item = (Node<'y>, Node<'y>)>> {
        match &self.stored()?.data {
            Data::Map(pairs) => Some(pairs.iter().map(move |&(key, value)| (self.other(key), self.other(value)))),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(self) -> Option<impl Iterator<Item = Node<'y>>> {
        match &self.stored()?.data {
            Data::List(items) => Some(items.iter().map(move |&id| self.other(id))),
            _ => None,
        }
    }

    /// The value under a key.
    pub fn get(self, key: &str) -> Option<Self> {
        self.members()?.find(|(name, _)| name.scalar() == Some(key)).map(|(_, value)| value)
    }

    /// The text under a key, if there is one.
    pub fn text(self, key: &str) -> Result<Option<&'y str>, Unread> {
        let Some(found) = self.get(key) else { return Ok(None) };
        found.scalar().map(Some).ok_or_else(|| found.unread(format!("`{key}` is no text")))
    }

    /// The text under a key that has to be there, and not empty.
    pub fn needed(self, key: &str) -> Result<&'y str, Unread> {
        let text = self.text(key)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| self.unread(format!("an entry without `{key}`")))
    }

    /// Whether nothing is written where a value could be.
    pub fn is_null(self) -> bool {
        matches!(self.scalar(), Some("" | "~" | "null"))
    }

    /// The line on which it begins.
    pub fn line(self) -> u32 {
        text::line(self.yaml.source, self.stored().map_or(0, |node| node.start))
    }

    /// An error at its beginning.
    pub fn unread(self, why: impl Into<String>) -> Unread {
        text::unread(self.yaml.source, self.stored().map_or(0, |node| node.start), why)
    }

    const fn other(self, id: usize) -> Self {
        Self { yaml: self.yaml, id }
    }
}
