//! What came of cases, for a person at a terminal: each difference with the lines of the case that it is about.

use super::{State, TestReport, TestTally, failed, score, word};
use crate::cases::Tested;
use crate::finding::Fault;
use crate::report::Verbosity;
use crate::report::counts::count;
use crate::report::entry::Entry;
use crate::report::human::Human;
use std::io;

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
        self.faults_of(&tested.faults, None)
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
        self.block(&text)?;
        self.flush()
    }
}
