//! Running rules over facts.

use super::coverage::Steps;
use super::fault;
use super::load::{Rule, RuleSet};
use super::reported::{Owed, Reported, Surplus};
use super::run::{Failure, Run, Runnable};
use super::terms::Part;
use super::trace::{Tape, Trace, told};
use crate::facts::{Facts, Read, Root};
use crate::finding::{Fault, Finding, Label, Level, Obligation, put_in_order};
use crate::proposal::Tree;
use std::sync::Arc;

/// What the rules make of one proposal.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// In the order of their places, then of the rules' ids.
    pub findings: Vec<Finding>,
    /// Of the rules that failed: what they would have found is not known.
    pub faults: Vec<Fault>,
    /// In the order in which they are due; what has no day comes last.
    pub obligations: Vec<Obligation>,
}

impl RuleSet {
    /// Evaluates every rule that takes part.
    pub fn evaluate(&self, facts: &Facts) -> Evaluation {
        self.run(facts, Run::new(facts), |_, _| {})
    }

    /// The same, and how often each node of each rule was evaluated. Nothing else is otherwise, the limits included.
    pub fn evaluate_counted(&self, facts: &Facts) -> (Evaluation, Vec<Steps>) {
        let mut run = Run::new(facts);
        run.budget.count();
        let mut counted = vec![Steps::default(); self.rules.len()];
        let evaluation = self.run(facts, run, |rule, run| counted[rule] = run.budget.counted());
        (evaluation, counted)
    }

    /// What one rule makes of it, after those before it as in [`RuleSet::evaluate`], and what it did. None where it takes no part.
    pub fn evaluate_traced(&self, facts: &Facts, id: &str) -> Option<(Evaluation, Trace)> {
        let rule = self.evaluated().find(|rule| *rule.id == *id)?;
        let mut run = Run::new(facts);
        // What they do counts against what all may do together.
        for before in self.evaluated().take_while(|before| *before.id != *id) {
            let _ = run.check(runnable(before));
        }
        run.budget.count();
        run.tape = Some(Box::new(Tape::new(&rule.script)));
        let failed = run.check(runnable(rule)).err();
        let steps = run.budget.counted();
        let (frame, cut) = run
            .tape
            .take()
            .map(|tape| (tape.cut, tape.whole()))
            .map_or_else(Default::default, |(cut, frame)| (frame, cut));
        let trace = told((rule, facts), (&frame, cut), &steps, &run.reported, failed.as_ref());
        let mut evaluation = Evaluation::default();
        take(&mut run, facts, rule, failed, &mut evaluation);
        Some((in_order(evaluation, facts), trace))
    }

    fn run<'f>(&'f self, facts: &'f Facts, mut run: Run<'f>, mut ran: impl FnMut(usize, &mut Run<'f>)) -> Evaluation {
        let mut evaluation = Evaluation::default();
        for (number, rule) in self.rules.iter().enumerate().filter(|(_, rule)| rule.part == Part::Evaluated) {
            let failed = run.check(runnable(rule)).err();
            ran(number, &mut run);
            take(&mut run, facts, rule, failed, &mut evaluation);
        }
        in_order(evaluation, facts)
    }
}

/// Takes over what a rule has said.
fn take(run: &mut Run<'_>, facts: &Facts, rule: &Rule, failed: Option<Failure>, into: &mut Evaluation) {
    into.faults.extend(failed.map(|failure| fault(rule, failure)));
    into.obligations.extend(run.owed.drain(..).map(|owed| obligation(facts, rule, owed)));
    let surplus = run.surplus.take().map(Surplus::told);
    into.findings.extend(run.reported.drain(..).chain(surplus).map(|reported| finding(facts, rule, reported)));
}

fn in_order(mut evaluation: Evaluation, facts: &Facts) -> Evaluation {
    put_in_order(&mut evaluation.findings, facts.proposal.place(Tree::ROOT).source.name());
    evaluation.obligations.sort_by(|a, b| (a.due.is_none(), &a.due).cmp(&(b.due.is_none(), &b.due)));
    evaluation
}

fn runnable(rule: &Rule) -> Runnable<'_> {
    Runnable {
        script: rule.script.laid(),
        functions: &rule.functions,
        params: &rule.params,
        ceiling: rule.header.level,
    }
}

fn fault(rule: &Rule, Failure { misuse, at }: Failure) -> Fault {
    let place = fault::place_at(&rule.source, at.map_or((1, 1), |at| rule.script.place(at)));
    fault::of_run(&rule.id, place, misuse)
}

/// Makes a finding of a report: its places are resolved here, once.
fn finding(facts: &Facts, rule: &Rule, reported: Reported) -> Finding {
    let primary = shown(facts, reported.primary, &reported.reasons);
    let (level, blocks_on) = rule.weighed(effective(rule, reported.level));
    Finding {
        rule: Arc::clone(&rule.id),
        level,
        message: reported.message,
        table: reported.table,
        help: Some(reported.help.unwrap_or_else(|| rule.header.help.to_string())),
        pointer: facts.pointer(primary),
        primary: facts.label(primary),
        because: reported
            .reasons
            .into_iter()
            .filter(|&read| facts.is_written(read))
            .map(|read| facts.because(read))
            .collect(),
        related: reported
            .also
            .into_iter()
            // What the gate found out by itself stands in no file that could be shown.
            .filter(|&(read, _)| facts.is_written(read))
            .map(|(read, text)| Label::new(facts.place(read), text))
            .collect(),
        policy: Some(fault::place_at(&rule.source, rule.script.place(reported.at))),
        blocks_on,
        raised: false,
        waived: None,
    }
}

/// Where a finding points. What the gate found out by itself stands in no file that its author could open: then it is what was read last of the
/// proposal.
fn shown(facts: &Facts, primary: Option<Read>, reasons: &[Read]) -> Read {
    let own = |read: &&Read| read.root == Root::Proposal && facts.is_written(**read);
    let known = primary.filter(|read| facts.is_written(*read)).or_else(|| reasons.iter().rev().find(own).copied());
    known.unwrap_or(Read { root: Root::Proposal, node: Tree::ROOT, missing: None })
}

fn obligation(facts: &Facts, rule: &Rule, owed: Owed) -> Obligation {
    Obligation {
        rule: Arc::clone(&rule.id),
        id: owed.id,
        what: owed.what,
        due: owed.due.map(|day| day.to_string()),
        place: facts.place(shown(facts, owed.from, &[])),
    }
}

/// The level of a finding under the configuration: a finding at the rule's own level takes the configured one, a milder one
/// is never raised by it and never stays above it.
pub(super) fn effective(rule: &Rule, reported: Level) -> Level {
    if reported == rule.header.level { rule.level } else { reported.min(rule.level) }
}
