//! Reports of the cases of rules: one renderer per file, each fed one rule after the other.

mod covered;
pub(super) mod gaps;
mod human;
mod json;
mod junit;
mod lcov;

pub use covered::{Covered, Percent, Share};
pub use json::JsonTests;
pub use junit::JUnitTests;
pub(super) use lcov::begins as lcov_begins;
pub use lcov::write as write_lcov;

use super::counts::count;
use super::entry::Entry;
use crate::cases::{Tested, TestedCase};
use crate::finding::{Fault, Finding};
use crate::verdict::Outcome;
use std::io;

/// A format in which is told what came of cases.
pub trait TestReport {
    /// Tells of one rule; `updated` is whether what was found was written into its cases.
    ///
    /// # Errors
    /// When the sink can't be written to; so of the other.
    fn rule(&mut self, tested: &Tested, updated: bool) -> io::Result<()>;
    /// Ends with what belongs to no one rule.
    fn end(&mut self, faults: &[Fault], tally: &TestTally) -> io::Result<()>;
}

/// What came of all cases.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct TestTally {
    /// The rules that were looked at, with cases or without.
    pub rules: usize,
    /// The cases that were run.
    pub cases: usize,
    /// Those that ended as they should.
    pub passed: usize,
    /// Those that ended otherwise.
    pub failed: usize,
    /// Those that did, and into which was written what was found.
    pub updated: usize,
    /// Those of which can't be told how they end.
    pub undecided: usize,
    /// The mutants of all rules, where that was asked.
    pub mutants: usize,
    /// Those of them that are equal to their rules, with a reason.
    pub equal: usize,
    /// Those that no case notices.
    pub survivors: usize,
    /// Reasons for which mutants would be equal that there are not.
    pub unmet: usize,
    /// What of all rules the cases ran, where that was asked.
    pub coverage: Option<Covered>,
    /// How much of their lines and of their branches has to run.
    pub fail_under: Option<Percent>,
    /// What rules or their cases lack.
    pub warnings: usize,
    /// Why there may be more cases than were run.
    pub faults: usize,
}

impl TestTally {
    /// Adds what came of a rule; `updated` is whether what was found was written into its cases.
    pub fn add(&mut self, tested: &Tested, updated: bool) {
        self.rules += 1;
        self.warnings += tested.lacks.len();
        self.faults += tested.faults.len();
        if let Some(mutation) = &tested.mutation {
            self.mutants += mutation.mutants;
            self.equal += mutation.equal;
            self.survivors += mutation.survivors.len();
            self.unmet += mutation.unmet.len();
        }
        if let (Some(sum), Some(coverage)) = (&mut self.coverage, &tested.coverage) {
            sum.add(Covered::of(coverage));
        }
        for case in &tested.cases {
            self.cases += 1;
            match State::of(case, updated) {
                State::Passed => self.passed += 1,
                State::Failed => self.failed += 1,
                State::Updated => self.updated += 1,
                State::Undecided => self.undecided += 1,
            }
        }
    }

    /// What that comes to. Where nothing was run, nothing is tested.
    pub fn outcome(&self) -> Outcome {
        if self.faults > 0 || self.undecided > 0 || self.cases == 0 {
            Outcome::Undecided
        } else if self.failed > 0 || self.survivors + self.unmet > 0 || self.below().next().is_some() {
            Outcome::Blocked
        } else {
            Outcome::Pass
        }
    }

    /// What is below the share that has to run, what it is called, and that share.
    pub(super) fn below(&self) -> impl Iterator<Item = (&'static str, Share, Percent)> {
        let (covered, least) = self.coverage.zip(self.fail_under).unzip();
        let shares =
            covered.into_iter().flat_map(|Covered { lines, branches }| [("lines", lines), ("branches", branches)]);
        let shares = shares.filter_map(move |(what, share)| Some((what, share, least?)));
        shares.filter(|(_, share, least)| share.is_below(*least))
    }

    /// `lines by 1.6, branches by 8 under the 100 % of --fail-under`; none where it is enough.
    pub(super) fn told_below(&self) -> Option<String> {
        let below: Vec<_> = self.below().collect();
        let (.., least) = below.first()?;
        let parts: Vec<_> =
            below.iter().map(|(what, share, least)| format!("{what} by {}", share.lacks(*least))).collect();
        Some(format!("{} under the {least} of --fail-under", parts.join(", ")))
    }

    /// `3 cases of 1 rule: 1 failed, 2 passed`.
    fn told(&self) -> String {
        let parts = [
            (self.undecided, State::Undecided),
            (self.failed, State::Failed),
            (self.updated, State::Updated),
            (self.passed, State::Passed),
        ];
        let parts = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, state)| format!("{number} {}", state.as_str()));
        let parts: Vec<_> = parts.collect();
        let colon = if parts.is_empty() { "" } else { ": " };
        format!("{} of {}{colon}{}", count(self.cases, "case"), count(self.rules, "rule"), parts.join(", "))
    }
}

/// The share of what cases notice, in percent, to a tenth that is no more than it is; none where there is nothing to notice.
fn score(mutants: usize, equal: usize, survivors: usize) -> Option<f64> {
    let found = mutants.saturating_sub(equal);
    Share { found, met: found.saturating_sub(survivors) }.percent()
}

/// How a case ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Passed,
    Failed,
    Updated,
    Undecided,
}

impl State {
    const fn of(case: &TestedCase, updated: bool) -> Self {
        match (case.faults.is_empty(), case.differences.is_empty()) {
            (false, _) => Self::Undecided,
            (_, true) => Self::Passed,
            _ if updated => Self::Updated,
            _ => Self::Failed,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Updated => "updated",
            Self::Undecided => "undecided",
        }
    }
}

/// A difference, as it is told: a test has failed, and nothing is denied.
fn failed(difference: &Finding) -> Entry<'_> {
    Entry { word: "failed", ..Entry::of_finding(difference) }
}

/// What an outcome is called of tests and lints: nothing is blocked by them.
pub(super) const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "passed",
        Outcome::Blocked => "failed",
        Outcome::Undecided => "undecided",
    }
}
