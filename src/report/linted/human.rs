//! What lints found, for a person at a terminal: each finding with the lines of the rule that it is about.

use super::{LintReport, LintTally, entries, findings};
use crate::finding::Fault;
use crate::lint::Fixed;
use crate::report::human::Human;
use crate::report::tested::word;
use std::io;

impl<W: io::Write> LintReport for Human<W> {
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()> {
        for mended in &fixed.mended {
            let place = self.escaped(&mended.primary.place.to_string());
            let line = format!("  mended  {place}: {}\n", self.escaped(&mended.message));
            self.line(&line)?;
        }
        let findings = findings(fixed);
        entries(fixed, &findings).try_for_each(|entry| self.entry(&entry, None))
    }

    fn end(&mut self, faults: &[Fault], tally: &LintTally) -> io::Result<()> {
        self.faults_of(faults, None)?;
        let outcome = tally.outcome();
        let text = format!("{}  {}\n", self.painted(outcome, &word(outcome).to_uppercase()), tally.told());
        self.block(&text)?;
        self.flush()
    }
}
