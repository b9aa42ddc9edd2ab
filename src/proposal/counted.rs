//! In which field of a component the version stands that a step is about.

use super::NodeId;
use super::tree::Tree;
use super::version::is_same;

/// What a component may be counted by, in the order in which it is looked for.
pub const FIELDS: [&str; 4] = ["version", "patch_level", "firmware", "driver"];

/// Which of [`FIELDS`] of a component is at an end of one of some steps: the first that has come to where one leads, or else the first; none,
/// where none is.
pub fn counted_by(tree: &Tree, component: NodeId, steps: &[NodeId]) -> Option<&'static str> {
    let has = |field: &str, meant: &dyn Fn(NodeId, &str) -> bool| {
        text(tree, component, field).is_some_and(|runs| steps.iter().any(|&part| meant(part, runs)))
    };
    let field = FIELDS.into_iter().find(|field| has(field, &|part, runs| is_end_of(tree, part, runs)));
    field.or_else(|| FIELDS.into_iter().find(|field| has(field, &|part, runs| is_at_end(tree, part, runs))))
}

/// Whether a version is the one to which a part of the change leads, and not the one from which.
pub fn is_end_of(tree: &Tree, part: NodeId, runs: &str) -> bool {
    is_at(tree, part, "to", runs) && !is_at(tree, part, "from", runs)
}

/// Whether a version is one of those between which a part of the change steps.
pub fn is_at_end(tree: &Tree, part: NodeId, runs: &str) -> bool {
    ["from", "to"].iter().any(|end| is_at(tree, part, end, runs))
}

/// Whether `field` of a component and its version have one number, and take one step: either may be written down before the other.
pub fn steps_with_version(tree: &Tree, component: NodeId, field: &str, part: NodeId) -> bool {
    [field, "version"].iter().all(|field| text(tree, component, field).is_some_and(|runs| is_at_end(tree, part, runs)))
}

fn is_at(tree: &Tree, part: NodeId, end: &str, runs: &str) -> bool {
    text(tree, part, end).is_some_and(|end| is_same(runs, end))
}

fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
