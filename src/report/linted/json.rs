//! What lints found, for programs: `changegate.lint/v1`.

use super::{LintReport, LintTally};
use crate::finding;
use crate::lint::Fixed;
use crate::report::by_rule::ByRule;
use crate::report::json::range::Range;
use crate::report::json::shape::Fault;
use crate::report::tested::word;
use serde::Serialize;
use serde_json::{Value, json};
use std::io;

/// Writes for programs, one rule after the other.
#[derive(Debug)]
pub struct JsonLint<W>(ByRule<W>);

impl<W: io::Write> JsonLint<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self(ByRule::new(out, "changegate.lint/v1"))
    }
}

impl<W: io::Write> LintReport for JsonLint<W> {
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()> {
        let findings: Vec<_> = fixed.linted.findings().collect();
        let rule = Rule {
            rule: &fixed.linted.rule,
            file: fixed.source.name(),
            findings: findings.iter().map(|(finding, fixable)| Found::of(finding, *fixable)).collect(),
            mended: fixed.mended.iter().map(|finding| Found::of(finding, true)).collect(),
            faults: fixed.linted.faults.iter().map(Fault::of).collect(),
        };
        self.0.rule(&rule)
    }

    fn end(&mut self, faults: &[finding::Fault], tally: &LintTally) -> io::Result<()> {
        self.0.end(faults, &summary(tally))
    }
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    file: &'a str,
    findings: Vec<Found<'a>>,
    mended: Vec<Found<'a>>,
    faults: Vec<Fault<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    label: &'a str,
    #[serde(flatten)]
    range: Range<'a>,
    fixable: bool,
}

impl<'a> Found<'a> {
    fn of(finding: &'a finding::Finding, fixable: bool) -> Self {
        let finding::Finding { rule, message, help, primary, .. } = finding;
        let range = Range::of(&primary.place);
        Self { code: rule, message, help: help.as_deref(), label: &primary.text, range, fixable }
    }
}

fn summary(tally: &LintTally) -> Value {
    json!({
        "outcome": word(tally.outcome()),
        "rules": tally.rules,
        "findings": tally.findings,
        "fixable": tally.fixable,
        "mended": tally.mended,
        "written": tally.written,
        "faults": tally.faults,
    })
}
