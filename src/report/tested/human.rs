//! What came of cases, for a person at a terminal: each difference with the lines of the case that it is about.

use super::{Covered, State, TestReport, TestTally, failed, gaps, score, word};
use crate::cases::Tested;
use crate::finding::Fault;
use crate::policy::Coverage;
use crate::report::Verbosity;
use crate::report::counts::count;
use crate::report::entry::Entry;
use crate::report::human::Human;
use std::io;

/// So many branches of a rule that were never taken are told; the others are counted.
const MOST_BRANCHES: usize = 20;
/// Characters of the line in which one of them stands.
const LONGEST_LINE: usize = 100;

impl<W: io::Write> TestReport for Human<W> {
    fn rule(&mut self, tested: &Tested, updated: bool) -> io::Result<()> {
        let verbose = self.verbosity() == Verbosity::Verbose;
        if verbose {
            self.line(&format!("{}: {}\n", self.escaped(&tested.rule), count(tested.cases.len(), "case")))?;
        }
        for case in &tested.cases {
            let state = State::of(case, updated);
            if state == State::Updated || state == State::Passed && verbose {
                let (name, place) = (self.escaped(&case.case.name), self.escaped(&case.case.place.to_string()));
                self.line(&format!("  {}  {place}: {name}\n", state.as_str()))?;
            }
        }
        for lack in &tested.lacks {
            self.entry(&Entry::of_finding(lack), None)?;
        }
        for case in &tested.cases {
            if State::of(case, updated) == State::Failed {
                case.differences.iter().try_for_each(|found| self.entry(&failed(found), Some(&tested.file)))?;
            }
            self.faults_of(&case.faults, Some(&tested.file))?;
        }
        for survivor in tested.mutation.iter().flat_map(|mutation| mutation.survivors.iter().chain(&mutation.unmet)) {
            self.entry(&failed(survivor), None)?;
        }
        self.faults_of(&tested.faults, None)?;
        match &tested.coverage {
            Some(coverage) => self.coverage(coverage),
            None => Ok(()),
        }
    }

    fn end(&mut self, faults: &[Fault], tally: &TestTally) -> io::Result<()> {
        self.faults_of(faults, None)?;
        let outcome = tally.outcome();
        let mut text = format!("{}  {}\n", self.painted(outcome, &word(outcome).to_uppercase()), tally.told());
        if let Some(score) = score(tally.mutants, tally.equal, tally.survivors) {
            let TestTally { mutants, equal, survivors, .. } = tally;
            let told = format!("{mutants}: {survivors} not noticed, {equal} equal, score {score} %");
            self.row(&mut text, "mutants", &told);
        }
        if let Some(covered) = tally.coverage {
            self.row(&mut text, "coverage", &covered.told());
        }
        if let Some(below) = tally.told_below() {
            self.row(&mut text, "too low", &below);
        }
        self.block(&text)?;
        self.flush()
    }
}

impl<W: io::Write> Human<W> {
    /// Where a rule has gaps. Of one that has none there is little to say.
    fn coverage(&mut self, coverage: &Coverage) -> io::Result<()> {
        let covered = Covered::of(coverage);
        let verbosity = self.verbosity();
        if verbosity == Verbosity::Quiet || covered.is_whole() && verbosity != Verbosity::Verbose {
            return Ok(());
        }
        let mut text = format!("{}: {}\n", self.escaped(coverage.source.name()), covered.told());
        let lines = gaps::lines(coverage);
        if !lines.is_empty() {
            self.row(&mut text, "not run", &gaps::in_words(&lines));
        }
        let branches = gaps::branches(coverage);
        for (at, way) in branches.iter().take(MOST_BRANCHES) {
            let line = coverage.source.text().lines().nth(at.line as usize - 1).unwrap_or_default();
            let told = format!(
                "{}:{} {}: {}",
                at.line,
                at.column,
                way.turn.never(),
                self.shortened(line.trim(), LONGEST_LINE)
            );
            self.row(&mut text, "branch", &told);
        }
        if let Some(more) = branches.len().checked_sub(MOST_BRANCHES).filter(|more| *more > 0) {
            self.row(&mut text, "", &format!("{more} more"));
        }
        self.block(&text)
    }
}
