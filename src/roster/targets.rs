//! To which versions a proposal takes what it changes.

use crate::proposal::{NodeId, Tree};

/// The components that a proposal changes, each with its version.
#[derive(Debug, Default)]
pub struct Targets {
    /// In order; of no component is the version of a change that names none.
    parts: Box<[Target]>,
}

/// A component, if one is named, and its version.
type Target = (Option<Box<str>>, Box<str>);

impl Targets {
    /// What a proposal says of it.
    pub fn of(tree: &Tree) -> Self {
        let Some(change) = tree.path(&["change"]) else { return Self::default() };
        let text = |at: NodeId, field| tree.get(at, field).and_then(|at| tree.text(at)).map(Box::<str>::from);
        let list = tree.get(change, "components").map(|list| tree.items(list)).unwrap_or_default();
        let all = std::iter::once(change).chain(list.iter().copied());
        let mut parts: Vec<_> = all.filter_map(|part| Some((text(part, "component"), text(part, "to")?))).collect();
        parts.sort_unstable();
        parts.dedup();
        Self { parts: parts.into() }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether something goes to one version here and to another one there. The rule `fleet/one-version` tells what.
    pub fn differ(&self, other: &Self) -> bool {
        let any = self.of_any() || other.of_any();
        self.parts.iter().any(|(component, to)| {
            let from = if any { 0 } else { other.parts.partition_point(|(other, _)| other < component) };
            let same = other.parts[from..].iter().take_while(|(other, _)| any || other == component);
            same.map(|(_, other)| other).any(|other| other != to)
        })
    }

    /// Whether all that is stated is one version, and not of what: it may be of any component.
    fn of_any(&self) -> bool {
        matches!(*self.parts, [(None, _)])
    }
}
