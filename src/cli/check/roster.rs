//! Which of the proposals of a run are judged, and which others concern each.

use super::Due;
use crate::evidence::{Comes, Entry, Kept};
use crate::facts::Phase;
use crate::gate::Gate;
use crate::inputs::Input;
use crate::roster::{Coming, Roster};
use std::sync::Arc;

/// The roster of a run, and what was asked for it.
pub fn roster_of(gate: &Gate, inputs: &[Input], due: &Due) -> (Roster, Vec<Arc<Entry>>) {
    let comes = |file: &str| {
        let Comes { told, added, kept, .. } = gate.sources.are_of_a_change().then(|| gate.sources.comes_with(file))?;
        Some(match (told?, kept) {
            _ if added => Coming::Added,
            (false, _) => Coming::Not,
            (true, Some(Kept::Plan)) => Coming::Later,
            (true, _) => Coming::Touched,
        })
    };
    let mut roster = Roster::of_a_change(inputs, &gate.profiles, &gate.limits, gate.now, comes);
    if gate.phase != Phase::Plan {
        return (roster, Vec::new());
    }
    let (pinned, consulted) = gate.pinned_by_the_change();
    // Where nobody can tell, each may be of the change.
    if let Some(pinned) = pinned {
        roster.leave(&pinned, &due.terms());
    }
    (roster, consulted)
}
