//! How large the step of an upgrade is: as it is stated, and as the versions show.

use super::NodeId;
use super::tree::Tree;
use super::version::{not_before, semver_level};

/// A step from one version to another, of a change or of one component of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The larger of what is stated and what the versions show: one of [`SIZES`].
    pub size: &'static str,
    /// Whether it leads to an earlier version. It is then as large as the same step forward.
    pub backward: bool,
    /// The values that say so.
    pub by: Vec<NodeId>,
}

/// From the smallest; one of which nothing is known comes first, so that anything that is said counts.
pub const SIZES: [&str; 6] = ["unknown", "none", "patch", "minor", "major", "replacement"];

/// The steps of an upgrade: of the change itself, where it names versions or a size, and of its components.
pub fn steps(tree: &Tree) -> Vec<Step> {
    let change = tree.path(&["change"]);
    let parts = tree.path(&["change", "components"]).map(|parts| tree.items(parts)).unwrap_or_default();
    let says_something = |&part: &NodeId| ["from", "to", "size"].iter().any(|name| tree.get(part, name).is_some());
    change.filter(says_something).iter().chain(parts).map(|&part| Step::of(tree, part)).collect()
}

impl Step {
    /// The step of a change or of one component of it. Versions show the size unless their `scheme` is `calendar` or `other`, or
    /// the first number of the target may be a year and no scheme is stated.
    pub fn of(tree: &Tree, part: NodeId) -> Self {
        let field = |name| tree.get(part, name).and_then(|node| Some((tree.text(node)?, node)));
        let (stated, scheme) = (field("size"), field("scheme").map(|(scheme, _)| scheme));
        let versions = field("from").zip(field("to")).filter(|(_, (to, _))| match scheme {
            Some(scheme) => scheme == "semantic",
            None => !not_before(to, "1990"),
        });
        let (shown, backward) =
            versions.map_or(("unknown", false), |((from, _), (to, _))| match semver_level(from, to) {
                "backward" => (semver_level(to, from), true),
                level => (level, false),
            });
        let stated_size = stated.map_or("unknown", |(size, _)| size);
        let by = if place(shown) > place(stated_size) || backward {
            versions.into_iter().flat_map(|((_, from), (_, to))| [from, to]).collect()
        } else {
            stated.map(|(_, node)| node).into_iter().collect()
        };
        Self { size: SIZES[place(shown).max(place(stated_size))], backward, by }
    }
}

/// The place of a size among [`SIZES`].
pub fn place(size: &str) -> usize {
    SIZES.iter().position(|known| *known == size).unwrap_or(0)
}
