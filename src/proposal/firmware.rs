//! Whether an upgrade brings firmware, whatever it says that it alters.

use super::NodeId;
use super::counted::{counted_by, steps_with_version};
use super::tree::Tree;
use std::collections::HashMap;

/// That an upgrade brings firmware.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firmware {
    /// As a clause: `the change is one of firmware`.
    pub why: String,
    /// The value that says so.
    pub by: NodeId,
}

/// Whether an upgrade brings firmware: it is called so, or a part of it steps between versions of which one is what its component has as firmware.
pub fn firmware(tree: &Tree) -> Option<Firmware> {
    let change = tree.path(&["change"])?;
    if let Some(kind) = tree.get(change, "kind")
        && tree.text(kind) == Some("firmware")
    {
        return Some(Firmware { why: "the change is one of firmware".to_owned(), by: kind });
    }
    let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node, name| tree.text(tree.get(node, name)?);
    let components = items(&["system", "components"]);
    let by_name: HashMap<_, _> = components.iter().filter_map(|&one| Some((text(one, "name")?, one))).collect();
    let is_firmware = |component, part| {
        counted_by(tree, component, &[part]) == Some("firmware")
            || steps_with_version(tree, component, "firmware", part)
    };
    std::iter::once(change).chain(items(&["change", "components"]).iter().copied()).find_map(|part| {
        let to = tree.get(part, "to")?;
        // What names no component is of all.
        let component = match text(part, "component") {
            Some(name) => by_name.get(name).copied().filter(|&one| is_firmware(one, part)),
            None => components.iter().copied().find(|&one| is_firmware(one, part)),
        }?;
        let name = text(component, "name").unwrap_or_default();
        Some(Firmware { why: format!("the change brings new firmware to `{name}`"), by: to })
    })
}
