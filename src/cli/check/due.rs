//! Whether a change came with the proposal that it needs.

use crate::finding::{Fault, Finding};
use crate::gate::unproposed;
use crate::inputs::NOTHING_TO_JUDGE;
use crate::roster::Terms;
use crate::source::Place;
use crate::verdict::{OfRun, Tally};

/// What is said of a change for which no proposal was judged.
#[derive(Debug, Default)]
pub struct Due {
    /// Where it is agreed that it may come without one, where it may.
    pub agreed: Option<Place>,
    /// Whether the change touches what is judged by, which has owners of its own, and nothing besides but proposals.
    pub is_trusted: bool,
    /// Whether what the change does to proposals may be all that it comes for: else what later phases add speaks for nothing.
    pub is_alone: bool,
    /// The first files that it touches besides, where that is asked.
    pub besides: Vec<String>,
    /// What is told where one is due none the less.
    pub missing: Vec<Fault>,
}

impl Due {
    /// Of which proposals the change may be.
    pub fn terms(&self) -> Terms {
        Terms { may_be_without: self.agreed.is_some() || self.is_trusted, alone: self.is_alone }
    }

    /// Says that none is due, or what is missing, and whether it was agreed that none is. What is done, or of another change, speaks for no change, and
    /// is as good as none, and so is how one ended where the change touches more; what was proposed before, and is carried out by now, speaks for what later
    /// phases add to it. Where git can't tell what the change pins, a proposal may be due.
    pub fn settle(self, tally: &Tally, of_run: &mut OfRun, of_change: &OfRun) -> bool {
        let ended = if self.is_alone { 0 } else { tally.ended };
        if tally.left() + ended < tally.proposals {
            return false;
        }
        let blocks = of_change.findings.iter().any(Finding::blocks);
        let is_known = unproposed::is_known(of_change);
        match self.agreed {
            _ if (tally.planned > 0 || self.is_trusted) && is_known => return true,
            Some(agreed) if is_known => {
                of_run.findings.extend((!blocks).then(|| unproposed::none_due(&agreed)));
                return true;
            }
            // What the change pins otherwise is denied by itself.
            _ if ended > 0 && !blocks => of_run.faults.push(none_of_what_else(&self.besides)),
            _ if tally.left() > 0 && !blocks => of_run.faults.push(none_of_the_change(tally)),
            _ => {}
        }
        of_run.faults.extend(self.missing);
        false
    }
}

/// All that was found is done, or of another change.
fn none_of_the_change(tally: &Tally) -> Fault {
    let left = tally.left();
    let (proposals, are) = if left == 1 { ("proposal", "is") } else { ("proposals", "are") };
    let what = if tally.closed == left { "done, as on the base" } else { "as on the base, and not judged" };
    let message = format!("the change comes with no proposal, and the {left} {proposals} found {are} {what}");
    Fault::new(NOTHING_TO_JUDGE, message).help(
        "add the proposal of the change; one that pins nothing otherwise needs none where `changes.proposal = \"when-pinned\"` says so on the \
         base, and git can tell what it pins",
    )
}

/// What was found is done with this change, which touches more.
fn none_of_what_else(besides: &[String]) -> Fault {
    let first = besides.first().map(|first| format!(": {first}")).unwrap_or_default();
    let others = if besides.len() > 1 { ", and others" } else { "" };
    Fault::new(
        NOTHING_TO_JUDGE,
        format!("the change says of proposals only how they ended, and no proposal is of what else it touches{first}{others}"),
    )
    .help("close an upgrade in a change of its own, with the files that its record shows as proofs and that are new; or add the proposal of what else this one does")
}
