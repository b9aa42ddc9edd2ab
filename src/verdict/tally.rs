//! What the judgements of a run come to.

use super::{Judgement, OfRun, Outcome};
use crate::codes;
use crate::finding::{Finding, Level};
use crate::roster::Left;

/// Adds up the judgements of a run as they come, so that none has to be kept.
#[derive(Debug, Default)]
pub struct Tally {
    /// Proposals that were judged.
    pub proposals: usize,
    /// Proposals over which the rules were run.
    pub evaluated: usize,
    /// Proposals that are done, and not judged in this phase.
    pub closed: usize,
    /// Proposals that were judged by the rules of their close, though the run is about another phase.
    pub ended: usize,
    /// Proposals that are open, as on the base, and not of the change.
    pub open: usize,
    /// Proposals of which the change brings what later phases add, and that are judged in those.
    pub planned: usize,
    /// Proposals that pass.
    pub passed: usize,
    /// Proposals that are blocked.
    pub blocked: usize,
    /// Proposals that the gate could not judge.
    pub undecided: usize,
    /// Whether something of the change itself denies, and of no one proposal.
    pub denied: bool,
    /// Whether something of waivers or calendars denies, which is no work of the change.
    pub kept: bool,
    /// Whether something of a proposal of the change denies, or of one of a run about no change.
    pub own: bool,
    /// Whether something of a proposal denies that stands on the base, and is no work of the change.
    pub inherited: bool,
    /// Whether it is agreed that the change needs no proposal, so that none is missing.
    pub none_due: bool,
    /// Findings that block.
    pub deny: usize,
    /// Findings that would block, and were let through by a waiver.
    pub waived: usize,
    /// Findings that warn.
    pub warn: usize,
    /// Findings that advise.
    pub info: usize,
    /// Faults of proposals and of the run.
    pub faults: usize,
}

impl Tally {
    /// Adds a judgement with its findings and faults.
    pub fn add(&mut self, judgement: &Judgement) {
        self.proposals += 1;
        self.evaluated += usize::from(judgement.evaluated);
        self.ended += usize::from(judgement.ends);
        match judgement.outcome() {
            Outcome::Pass => match judgement.left {
                Some(Left::Done) => self.closed += 1,
                Some(Left::Open) => self.open += 1,
                Some(Left::Plan) => self.planned += 1,
                None => self.passed += 1,
            },
            Outcome::Blocked => self.blocked += 1,
            Outcome::Undecided => self.undecided += 1,
        }
        if judgement.findings.iter().any(Finding::blocks) {
            *(if judgement.is_inherited() { &mut self.inherited } else { &mut self.own }) = true;
        }
        judgement.findings.iter().for_each(|finding| self.count(finding));
        self.faults += judgement.faults.len();
    }

    fn count(&mut self, finding: &Finding) {
        match finding.level {
            Level::Deny if finding.waived.is_some() => self.waived += 1,
            Level::Deny => self.deny += 1,
            Level::Warn => self.warn += 1,
            Level::Info => self.info += 1,
        }
    }

    /// Adds what was found of the run itself, and belongs to no one proposal.
    pub fn add_of_run(&mut self, of_run: &OfRun) {
        of_run.findings.iter().for_each(|finding| self.count(finding));
        self.add_denied(of_run.findings.iter().filter(|finding| finding.blocks()).map(|finding| &*finding.rule));
        self.faults += of_run.faults.len();
    }

    /// Adds by which rules or codes the run itself is denied.
    pub fn add_denied<'a>(&mut self, codes: impl Iterator<Item = &'a str>) {
        for code in codes {
            *(if codes::is_for_keepers(code) { &mut self.kept } else { &mut self.denied }) = true;
        }
    }

    /// Proposals that were found, and not judged.
    pub const fn left(&self) -> usize {
        self.closed.saturating_add(self.open).saturating_add(self.planned)
    }

    /// Whether nothing was judged though something was due.
    pub const fn is_silent(&self) -> bool {
        self.proposals == 0 && !self.none_due
    }

    /// The outcome of the run. A run that judged nothing though something was due decided nothing.
    ///
    /// ```
    /// use changegate::verdict::{Outcome, Tally};
    /// assert_eq!(Tally::default().outcome(), Outcome::Undecided);
    /// ```
    pub fn outcome(&self) -> Outcome {
        if self.faults > 0 || self.undecided > 0 || self.is_silent() {
            Outcome::Undecided
        } else if self.blocked > 0 || self.denied || self.kept {
            Outcome::Blocked
        } else {
            Outcome::Pass
        }
    }
}
