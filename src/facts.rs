//! Everything a rule may see, and the record of what it did see.

mod reads;

use crate::finding::{Because, Label};
use crate::proposal::scale::Decisive;
use crate::proposal::shape::FieldNumber;
use crate::proposal::tree::{Key, Tree};
use crate::proposal::{NodeId, Scaled, Value};
use crate::source::Place;
use jiff::Timestamp;
use jiff::tz::TimeZone;
pub use reads::Reads;
use std::fmt;
use std::sync::Arc;

/// When in its life an upgrade is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The pull request that proposes it.
    Plan,
    /// Minutes before it is carried out.
    Deploy,
    /// Afterwards, before it may be called done.
    Close,
}

impl Phase {
    /// All of them, in the order of an upgrade's life.
    pub const ALL: [Self; 3] = [Self::Plan, Self::Deploy, Self::Close];

    /// The word for it in rules, reports and arguments.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Deploy => "deploy",
            Self::Close => "close",
        }
    }

    /// ```
    /// assert_eq!(changegate::facts::Phase::parse("close"), Some(changegate::facts::Phase::Close));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == text)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a rule may see of one proposal.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The proposal with its profile laid under; `p` in a rule.
    pub proposal: Arc<Tree>,
    /// What the gate found out by itself; `evidence` in a rule.
    pub evidence: Arc<Tree>,
    /// How much the upgrade has to show; `scale` and `strict` in a rule.
    pub scale: Arc<Scaled>,
    /// The time by which is judged.
    pub now: Timestamp,
    /// When in its life the upgrade is judged; `phase` in a rule.
    pub phase: Phase,
}

/// Which of the trees a node is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Root {
    /// The proposal, with its profile laid under.
    Proposal,
    /// The evidence.
    Evidence,
}

/// A value that was read, or the absence of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The tree that it is of.
    pub root: Root,
    /// The value, or the object that lacks the field.
    pub node: NodeId,
    /// The field that was asked for and is absent.
    pub missing: Option<FieldNumber>,
}

impl Read {
    fn of(&Decisive { node, missing }: &Decisive) -> Self {
        Self { root: Root::Proposal, node, missing }
    }
}

impl Facts {
    /// The tree of a root.
    pub fn tree(&self, root: Root) -> &Tree {
        match root {
            Root::Proposal => &self.proposal,
            Root::Evidence => &self.evidence,
        }
    }

    /// The time zone in which the people at work count hours: that of the window, or of the system. UTC where neither says.
    pub fn zone(&self) -> TimeZone {
        let paths: [&[&str]; 2] = [&["window", "zone"], &["system", "zone"]];
        let named = paths.into_iter().find_map(|path| self.proposal.text(self.proposal.path(path)?));
        named.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
    }

    /// JSON Pointer of what was read; of an absent field, of where it would be.
    pub fn pointer(&self, read: Read) -> String {
        let pointer = self.tree(read.root).pointer(read.node);
        match self.missing(read) {
            Some(name) => format!("{pointer}/{name}"),
            None => pointer,
        }
    }

    /// The name of the field that was asked for and is absent.
    fn missing(&self, read: Read) -> Option<&'static str> {
        self.tree(read.root).field_name(read.node, read.missing?)
    }

    /// Where to point for what was read: at the value, or for an absent field at its nearest present parent.
    pub fn place(&self, read: Read) -> Place {
        let tree = self.tree(read.root);
        let container = matches!(tree.value(read.node), Value::Object(..) | Value::List(_) | Value::Map(_));
        if container { tree.head(read.node) } else { tree.place(read.node) }
    }

    /// The label of a finding's primary place.
    pub fn label(&self, read: Read) -> Label {
        let tree = self.tree(read.root);
        let text = match (self.missing(read), &tree.node(read.node).key) {
            (Some(name), Key::Root) => format!("`{name}` is missing here"),
            (Some(name), _) => format!("`{name}` is missing in here"),
            (None, Key::Field(field)) => format!("this `{}`", field.name),
            (None, Key::Item(_)) => "this item".to_owned(),
            (None, Key::Entry(_) | Key::Root) => "this".to_owned(),
        };
        Label::new(self.place(read), text)
    }

    /// What made the upgrade be of its scale.
    pub fn scaled_by(&self) -> impl Iterator<Item = Read> {
        self.scale.because.iter().map(Read::of)
    }

    /// What made it be judged strictly, or not.
    pub fn strict_by(&self) -> impl Iterator<Item = Read> {
        self.scale.strict_because.iter().map(Read::of)
    }

    /// Whether a value stands in some file: what the gate found out by itself need not, nor does the absence of such.
    pub fn is_written(&self, read: Read) -> bool {
        !self.tree(read.root).place(read.node).source.name().is_empty()
    }

    /// What was read, as a reason for a finding.
    pub fn because(&self, read: Read) -> Because {
        let value = if read.missing.is_some() { None } else { Some(self.tree(read.root).written(read.node)) };
        Because { pointer: self.pointer(read), value, place: self.place(read) }
    }
}
