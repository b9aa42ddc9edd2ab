//! Reports of what lints found in rules: the formats that have room for it, each fed one rule after the other.

mod human;
mod json;

pub use json::JsonLint;

use super::counts::count;
use super::entry::Entry;
use super::tested::word;
use super::{GitHub, Sarif};
use crate::finding::{Fault, Finding};
use crate::lint::Fixed;
use crate::verdict::{Outcome, Whose};
use std::io;

/// A format in which is told what lints found.
pub trait LintReport {
    /// Tells of one rule, and of what was mended in it.
    ///
    /// # Errors
    /// When the sink can't be written to; so of the other.
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()>;
    /// Ends with what belongs to no one rule.
    fn end(&mut self, faults: &[Fault], tally: &LintTally) -> io::Result<()>;
}

/// What came of all rules.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct LintTally {
    /// The rules that were looked through.
    pub rules: usize,
    /// What was found in them, and is left.
    pub findings: usize,
    /// How much of that can be mended.
    pub fixable: usize,
    /// What was mended, or would be.
    pub mended: usize,
    /// Whether that was written.
    pub written: bool,
    /// Why there may be more.
    pub faults: usize,
}

impl LintTally {
    /// Adds what came of a rule.
    pub fn add(&mut self, fixed: &Fixed) {
        self.rules += 1;
        self.faults += fixed.linted.faults.len();
        self.mended += fixed.mended.len();
        for (_, fixable) in fixed.linted.findings() {
            self.findings += 1;
            self.fixable += usize::from(fixable);
        }
    }

    /// What that comes to. Where no rule was looked through, nothing is known of any.
    pub fn outcome(&self) -> Outcome {
        if self.faults > 0 || self.rules == 0 {
            Outcome::Undecided
        } else if self.findings > 0 || self.mended > 0 && !self.written {
            Outcome::Blocked
        } else {
            Outcome::Pass
        }
    }

    /// `3 findings in 2 rules, of which 1 can be mended by --fix; 1 error`.
    fn told(&self) -> String {
        let mut told = format!("{} in {}", count(self.findings, "finding"), count(self.rules, "rule"));
        if self.fixable > 0 {
            told.push_str(&format!(", of which {} can be mended by --fix", self.fixable));
        }
        if self.mended > 0 {
            let would = if self.written { "" } else { "would be " };
            told.push_str(&format!("; {} {would}mended", self.mended));
        }
        if self.faults > 0 {
            told.push_str(&format!("; {}", count(self.faults, "error")));
        }
        told
    }
}

impl<W: io::Write> LintReport for Sarif<W> {
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()> {
        let findings = findings(fixed);
        self.add(entries(fixed, &findings), Whose::Change, Some(fixed.source.name()));
        Ok(())
    }

    fn end(&mut self, faults: &[Fault], tally: &LintTally) -> io::Result<()> {
        self.of_lints();
        self.add(faults.iter().map(Entry::of_fault), Whose::Run, None);
        self.close(tally.outcome(), word(tally.outcome()))
    }
}

impl<W: io::Write> LintReport for GitHub<W> {
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()> {
        let findings = findings(fixed);
        self.add(entries(fixed, &findings), Whose::Change, Some(fixed.source.name()));
        Ok(())
    }

    fn end(&mut self, faults: &[Fault], tally: &LintTally) -> io::Result<()> {
        self.add(faults.iter().map(Entry::of_fault), Whose::Run, None);
        self.close(word(tally.outcome()), "the report for people has them all")
    }
}

fn findings(fixed: &Fixed) -> Vec<Finding> {
    fixed.linted.findings().map(|(finding, _)| finding).collect()
}

/// What is left of a rule: faults first.
fn entries<'a>(fixed: &'a Fixed, findings: &'a [Finding]) -> impl Iterator<Item = Entry<'a>> {
    fixed.linted.faults.iter().map(Entry::of_fault).chain(findings.iter().map(Entry::of_finding))
}
