//! Whether a change came with the proposal that it needs.

use crate::finding::{Fault, Finding};
use crate::gate::unproposed;
use crate::inputs::NOTHING_TO_JUDGE;
use crate::source::Place;
use crate::verdict::{OfRun, Tally};

/// What is said of a change for which no proposal was judged.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// Where it is agreed that it may come without one, where it may.
    pub(super) agreed: Option<Place>,
    /// What is told where one is due none the less.
    pub(super) missing: Vec<Fault>,
}

impl Due {
    /// Says that none is due, or what is missing, and whether it was agreed that none is. What is done speaks for no change, and is as good as
    /// none. Where git can't tell what the change pins, one may be due.
    pub(super) fn settle(self, tally: &Tally, of_run: &mut OfRun, of_change: &OfRun) -> bool {
        if tally.closed < tally.proposals {
            return false;
        }
        let blocks = of_change.findings.iter().any(Finding::blocks);
        match self.agreed {
            Some(agreed) if unproposed::is_known(of_change) => {
                of_run.findings.extend((!blocks).then(|| unproposed::none_due(&agreed)));
                return true;
            }
            // What the change pins otherwise is denied by itself.
            _ if tally.closed > 0 && !blocks => of_run.faults.push(only_done(tally.closed)),
            _ => {}
        }
        of_run.faults.extend(self.missing);
        false
    }
}

/// All that was found is done.
fn only_done(closed: usize) -> Fault {
    let (proposals, are) = if closed == 1 { ("proposal", "is") } else { ("proposals", "are") };
    Fault::new(
        NOTHING_TO_JUDGE,
        format!("the change comes with no proposal, and the {closed} {proposals} found {are} done, as on the base"),
    )
    .help(
        "add the proposal of the change; one that pins nothing otherwise needs none where `changes.proposal = \"when-pinned\"` says so on the \
         base, and git can tell what it pins",
    )
}
