//! The cases of the pack run each line and each branch of it, or `tests/data/never-run.txt` says why none can.

use crate::case::ground;
use crate::{PackRule, of_each_rule};
use changegate::cases::{Asked, test};
use changegate::files::Files;
use changegate::source::Source;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A part of a rule: `inventory/sites-left | if compared > 300000 { | never holds`.
type Part = String;

#[test]
fn the_cases_run_each_line_and_each_branch_of_every_rule() {
    let mut known = known();
    let mut wrong = Vec::new();
    for part in of_each_rule(never_run) {
        match known.get_mut(&part).filter(|times| **times > 0) {
            Some(times) => *times -= 1,
            None => wrong.push(format!("no case runs {part}")),
        }
    }
    let only = std::env::var("RULES").unwrap_or_default();
    let left = known.iter().filter(|(part, times)| **times > 0 && part.starts_with(&only));
    wrong.extend(left.map(|(part, _)| format!("it is run, or there is none: {part}")));
    assert!(wrong.is_empty(), "see `changegate test policies --coverage`\n{}", wrong.join("\n"));
}

/// What no case can run, with how often it stands in its rule.
fn known() -> BTreeMap<Part, usize> {
    let mut known = BTreeMap::new();
    for line in fs::read_to_string("tests/data/never-run.txt").unwrap().lines() {
        let (part, reason) = line.split_once(" # ").unwrap_or_default();
        assert!(!reason.is_empty(), "a part of a rule, ` # ` and a reason: {line}");
        *known.entry(part.to_owned()).or_insert(0) += 1;
    }
    known
}

/// The branches of a rule that no case takes, and the lines that none runs. What lies in another gap is none of its own.
fn never_run((_, rule): &PackRule) -> Vec<Part> {
    let asked = Asked { coverage: true, ..Asked::default() };
    let tested = test(&Files::folder(Path::new("")), ground(), rule, &asked);
    assert!(tested.faults.is_empty(), "{:#?}", tested.faults);
    // To be counted changes nothing about what a rule says.
    assert!(tested.cases.iter().all(|case| case.differences.is_empty() && case.faults.is_empty()), "{}", rule.0);
    let coverage = tested.coverage.expect("coverage is asked for");
    let part = |line: u32, what: &str| format!("{} | {} | {what}", rule.0, text(&coverage.source, line));
    let never = coverage.ways.iter().filter(|way| way.reached > 0 && way.times == 0);
    let branches: Vec<_> = never.map(|way| part(way.place.start().line, way.turn.never())).collect();
    let lines = coverage.lines.iter().filter(|(_, times)| **times == 0);
    // A line that never runs stands in a branch that is never taken, or in a function that nobody calls.
    let lines = lines.filter(|_| branches.is_empty()).map(|(line, _)| part(*line, "never runs"));
    let lines: Vec<_> = lines.collect();
    [branches, lines].concat()
}

fn text(source: &Source, line: u32) -> &str {
    source.text().lines().nth(line as usize - 1).unwrap_or_default().trim()
}
