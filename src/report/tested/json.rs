//! What came of cases, for programs: `changegate.test/v1`.

use super::{Covered, Percent, Share, State, TestReport, TestTally, score, word};
use crate::cases::{self, Tested, TestedCase};
use crate::finding;
use crate::policy;
use crate::report::by_rule::ByRule;
use crate::report::json::shape::{Fault, Finding};
use serde::Serialize;
use serde_json::{Value, json};
use std::io;

/// Writes for programs, one rule after the other.
#[derive(Debug)]
pub struct JsonTests<W>(ByRule<W>);

impl<W: io::Write> JsonTests<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self(ByRule::new(out, "changegate.test/v1"))
    }
}

impl<W: io::Write> TestReport for JsonTests<W> {
    fn rule(&mut self, tested: &Tested, updated: bool) -> io::Result<()> {
        self.0.rule(&Rule::of(tested, updated))
    }

    fn end(&mut self, faults: &[finding::Fault], tally: &TestTally) -> io::Result<()> {
        self.0.end(faults, &summary(tally))
    }
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    file: &'a str,
    cases: Vec<Case<'a>>,
    mutation: Option<Mutation<'a>>,
    coverage: Option<Coverage<'a>>,
    warnings: Vec<Finding<'a>>,
    faults: Vec<Fault<'a>>,
}

impl<'a> Rule<'a> {
    fn of(tested: &'a Tested, updated: bool) -> Self {
        Self {
            rule: &tested.rule,
            file: &tested.file,
            cases: tested.cases.iter().map(|case| Case::of(case, updated)).collect(),
            mutation: tested.mutation.as_ref().map(Mutation::of),
            coverage: tested.coverage.as_ref().map(Coverage::of),
            warnings: tested.lacks.iter().map(Finding::of).collect(),
            faults: tested.faults.iter().map(Fault::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct Mutation<'a> {
    mutants: usize,
    equal: usize,
    score: Option<f64>,
    survivors: Vec<Finding<'a>>,
    unmet: Vec<Finding<'a>>,
}

impl<'a> Mutation<'a> {
    fn of(mutation: &'a cases::Mutation) -> Self {
        let cases::Mutation { mutants, equal, survivors, unmet } = mutation;
        let score = score(*mutants, *equal, survivors.len());
        let told = |findings: &'a [finding::Finding]| findings.iter().map(Finding::of).collect();
        Self { mutants: *mutants, equal: *equal, score, survivors: told(survivors), unmet: told(unmet) }
    }
}

#[derive(Serialize)]
struct Coverage<'a> {
    file: &'a str,
    lines: Value,
    branches: Value,
    not_run: Vec<u32>,
    not_taken: Vec<Branch>,
}

#[derive(Serialize)]
struct Branch {
    line: u32,
    column: u32,
    branch: &'static str,
}

impl<'a> Coverage<'a> {
    fn of(coverage: &'a policy::Coverage) -> Self {
        let (lines, branches) = shares(Covered::of(coverage));
        let never = coverage.ways.iter().filter(|way| way.times == 0);
        let branch = |way: &policy::Way| {
            let at = way.place.start();
            Branch { line: at.line, column: at.column, branch: way.turn.as_str() }
        };
        Self {
            file: coverage.source.name(),
            lines,
            branches,
            not_run: coverage.lines.iter().filter(|(_, times)| **times == 0).map(|(line, _)| *line).collect(),
            not_taken: never.map(branch).collect(),
        }
    }
}

fn shares(Covered { lines, branches }: Covered) -> (Value, Value) {
    let share = |share: Share, met: &str| json!({ "found": share.found, met: share.met, "percent": share.percent() });
    (share(lines, "run"), share(branches, "taken"))
}

#[derive(Serialize)]
struct Case<'a> {
    name: &'a str,
    line: u32,
    outcome: &'static str,
    differences: Vec<Finding<'a>>,
    found: Vec<Finding<'a>>,
    owed: &'a [String],
    faults: Vec<Fault<'a>>,
}

impl<'a> Case<'a> {
    fn of(tested: &'a TestedCase, updated: bool) -> Self {
        Self {
            name: &tested.case.name,
            line: tested.case.place.start().line,
            outcome: State::of(tested, updated).as_str(),
            differences: tested.differences.iter().map(Finding::of).collect(),
            found: tested.found.findings.iter().map(Finding::of).collect(),
            owed: &tested.found.owed,
            faults: tested.faults.iter().map(Fault::of).collect(),
        }
    }
}

fn summary(tally: &TestTally) -> Value {
    json!({
        "outcome": word(tally.outcome()),
        "rules": tally.rules,
        "cases": tally.cases,
        "passed": tally.passed,
        "failed": tally.failed,
        "updated": tally.updated,
        "undecided": tally.undecided,
        "mutants": tally.mutants,
        "equal": tally.equal,
        "survivors": tally.survivors,
        "unmet": tally.unmet,
        "score": score(tally.mutants, tally.equal, tally.survivors),
        "coverage": tally.coverage.map(shares).map(|(lines, branches)| json!({ "lines": lines, "branches": branches })),
        "fail_under": tally.fail_under.map(Percent::value),
        "warnings": tally.warnings,
    })
}
