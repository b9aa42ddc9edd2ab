//! How large the step of an upgrade is.

use super::{Decisive, here};
use crate::proposal::NodeId;
use crate::proposal::tree::Tree;
use crate::proposal::version::semver_level;

/// The largest step of the upgrade, as it is stated and as the versions say, whichever is larger.
pub(super) fn largest(tree: &Tree) -> (&'static str, Vec<Decisive>) {
    let change = tree.path(&["change"]);
    let parts = tree.path(&["change", "components"]).map(|parts| tree.items(parts)).unwrap_or_default();
    let steps = change.into_iter().chain(parts.iter().copied());
    let largest = steps.filter_map(|part| step(tree, part)).max_by_key(|(size, _)| order(size));
    largest.unwrap_or_else(|| ("unknown", vec![Decisive { node: change.unwrap_or(Tree::ROOT), missing: Some("size") }]))
}

/// The step of one component; none where nothing says anything of it.
fn step(tree: &Tree, part: NodeId) -> Option<(&'static str, Vec<Decisive>)> {
    let field = |name| tree.get(part, name).and_then(|node| Some((tree.text(node)?, here(node))));
    let stated = field("size")
        .map(|(size, node)| (SIZES.into_iter().find(|&known| known == size).unwrap_or("unknown"), vec![node]));
    let counted = !matches!(field("scheme"), Some(("calendar" | "other", _)));
    let computed = match (field("from"), field("to")) {
        (Some((from, old)), Some((to, new))) if counted => {
            let level = semver_level(from, to);
            Some((if level == "none" { "patch" } else { level }, vec![old, new]))
        }
        _ => None,
    };
    match (stated, computed) {
        // Versions that say nothing leave it to what is stated.
        (Some(stated), Some((level, _))) if level == "unknown" || order(level) <= order(stated.0) => Some(stated),
        (_, Some(computed)) => Some(computed),
        (stated, None) => stated,
    }
}

/// From the smallest; a step back and one that can't be told are no small ones.
const SIZES: [&str; 6] = ["patch", "minor", "major", "replacement", "backward", "unknown"];

fn order(size: &str) -> usize {
    SIZES.iter().position(|&known| known == size).unwrap_or(SIZES.len())
}
