//! The change freezes of the configuration.

use crate::finding::{Fault, Label};
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
