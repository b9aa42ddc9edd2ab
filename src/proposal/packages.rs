//! Which package of an ecosystem a part of the change is about.

use super::{NodeId, Tree};
use std::collections::HashMap;

/// The package URLs of the components of the system, by their names.
pub fn component_packages(tree: &Tree) -> HashMap<&str, &str> {
    let components = tree.path(&["system", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    let package = |&component: &NodeId| Some((text(tree, component, "name")?, text(tree, component, "package_url")?));
    components.iter().filter_map(package).collect()
}

/// The package URL of the change or one of its components: its own; where it has none, that of the component that it names.
pub fn package_of<'t>(tree: &'t Tree, part: NodeId, components: &HashMap<&str, &'t str>) -> Option<&'t str> {
    text(tree, part, "package_url").or_else(|| components.get(text(tree, part, "component")?).copied())
}

fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
