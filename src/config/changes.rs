//! Which changes need a proposal, and what of them is not looked at: `[changes]`. The configuration is of the trusted side, and nobody else may
//! say it.

use super::refused;
use crate::evidence::{Scope, escape};
use crate::finding::Fault;
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};
use crate::proposal::{NodeId, Tree};
use crate::source::Place;

pub(super) static CHANGES: Object = object("changes", CHANGES_DOC, &[field(
    "proposal",
    Kind::Choice(PROPOSAL),
    "Which changes need a proposal: `always`, or `when-pinned`. With the former a run is undecided that finds none; of a change, what is done and \
     stands on the base is none. With the latter a change passes that comes with no proposal where there is no other to \
     judge, if git tells that it pins no package otherwise, and if it touches no file that `proposals.paths` names; patterns on the \
     command line have to name something all the same. always when left out.",
)
.examples(&[r#""when-pinned""#]), field(
    "ignore",
    Kind::List(&LINE),
    "Folders and patterns of lockfiles and manifests by which nothing is installed, such as those of tests, from the top of the \
     repository: what they pin is not looked at. In a pattern, `*` is any part of a name and `**` any folders. How many files of a \
     change were left out is told with what was asked.",
)
.examples(&[r#"["docs/**", "tests/fixtures/**"]"#])]);

pub(super) const CHANGES_DOC: &str = "Which changes need a proposal, and what of them is not looked at.";

const WHEN_PINNED: &str = "when-pinned";

const PROPOSAL: &[Choice] = &[
    choice("always", "Each: a run that finds none is undecided, also beside what is done and stands on the base."),
    choice(WHEN_PINNED, "Those that pin packages otherwise."),
];

/// Where it is said that a change which pins nothing otherwise needs no proposal.
pub(super) fn when_pinned(tree: &Tree) -> Option<Place> {
    let said = tree.path(&["changes", "proposal"]).filter(|&said| tree.text(said) == Some(WHEN_PINNED))?;
    Some(tree.place(said))
}

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
