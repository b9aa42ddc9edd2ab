//! What of a change is not looked at: `[changes]`. The configuration is of the trusted side, and nobody else may say it.

use super::refused;
use crate::evidence::{Scope, escape};
use crate::finding::Fault;
use crate::proposal::shape::{Kind, LINE, Object, field, object};
use crate::proposal::{NodeId, Tree};

pub(super) static CHANGES: Object = object("changes", "What of a change is not looked at.", &[field(
    "ignore",
    Kind::List(&LINE),
    "Folders and patterns of lockfiles and manifests by which nothing is installed, such as those of tests, from the top of the \
     repository: what they pin is not looked at. In a pattern, `*` is any part of a name and `**` any folders. How many files of a \
     change were left out is told with what was asked.",
)
.examples(&[r#"["docs/**", "tests/fixtures/**"]"#])]);

/// The patterns of what is not looked at, as they are written.
pub(super) fn ignore(tree: &Tree, faults: &mut Vec<Fault>) -> Vec<String> {
    let items = tree.path(&["changes", "ignore"]).map(|list| tree.items(list)).unwrap_or_default();
    let text = |&item: &NodeId| {
        let pattern = tree.text(item)?;
        match sound(pattern) {
            Ok(()) => Some(pattern.to_owned()),
            Err(why) => {
                faults.push(refused(tree, item, "a pattern of paths", &why));
                None
            }
        }
    };
    items.iter().filter_map(text).collect()
}

/// One that can hold no path is misspelt, and one that holds them all would be so easily.
fn sound(pattern: &str) -> Result<(), String> {
    let help = "name folders, or patterns with `*` and `**`, from the top of the repository";
    if let Some(why) = escape(pattern) {
        return Err(format!("{why}; {help}"));
    }
    if pattern.split('/').all(|name| matches!(name, "" | "." | "*" | "**")) {
        return Err(format!("it leaves out everything; {help}, or switch the rules `changed/…` off, with a reason"));
    }
    Scope::parse(pattern).map(drop).map_err(|why| format!("{why}; {help}"))
}
