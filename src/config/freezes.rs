//! The change freezes of the configuration.

use crate::finding::{Fault, Label};
use crate::proposal::problem::nearest;
use crate::proposal::{Tree, Value};

/// The freezes that do not end after they start: they would freeze nothing, and nobody would notice.
pub fn empty(tree: &Tree) -> Vec<Fault> {
    let freezes = tree.path(&["freezes"]).map(|freezes| tree.items(freezes)).unwrap_or_default();
    let mut faults = Vec::new();
    for &freeze in freezes {
        if let (Some(start), Some(end)) = (tree.get(freeze, "start"), tree.get(freeze, "end"))
            && let (Value::Instant(from), Value::Instant(to)) = (tree.value(start), tree.value(end))
            && to <= from
        {
            let mut fault = Fault::new("config/empty-freeze", "this freeze does not end after it starts")
                .help("correct `start` or `end`; the end is the first moment that no longer belongs to the freeze")
                .at(tree.place(end), "ends here");
            fault.labels.push(Label::new(tree.place(start), "and starts here"));
            faults.push(fault);
        }
    }
    faults
}

/// The systems of freezes that are not among those that there are.
pub fn of_unknown_systems(tree: &Tree, systems: &[&str]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let freezes = tree.path(&["freezes"]).map(|freezes| tree.items(freezes)).unwrap_or_default();
    for &named in freezes.iter().filter_map(|&freeze| tree.get(freeze, "systems")).flat_map(|names| tree.items(names)) {
        let name = tree.text(named).unwrap_or_default();
        if !systems.contains(&name) {
            let help = nearest(name, systems.iter().copied()).map_or_else(
                || "name a system that has a profile".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let fault = Fault::new("config/unknown-system", format!("there is no profile of the system `{name}`"));
            faults.push(fault.help(help).at(tree.place(named), "this freeze would stop nothing"));
        }
    }
    faults
}
