//! Running rules over facts.

use super::fault::{self, misuse};
use super::functions::verbs::Report;
use super::load::{Rule, RuleSet};
use super::operators::kind;
use super::reported::{Owed, Reported};
use super::session::{self, Session};
use super::tracked::Node;
use crate::facts::{Facts, Root};
use crate::finding::{Fault, Finding, Label, Level, Obligation, put_in_order};
use crate::proposal::Tree;
use rhai::{Caches, Dynamic, EvalAltResult, Scope};
use std::sync::Arc;

/// What the rules make of one proposal.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// In the order of their places, then of the rules' ids.
    pub findings: Vec<Finding>,
    pub faults: Vec<Fault>,
    /// In the order in which they are due; what has no day comes last.
    pub obligations: Vec<Obligation>,
}

/// Runs the rules of a set on one thread; each thread of a run has its own.
///
/// Calling a function through the engine's front door builds its caches anew at each call, which costs several times what a
/// small rule does. The evaluator keeps a cache per rule, and runs one parsed statement, `check(p)`, with each rule's functions
/// in turn.
#[derive(Debug)]
pub struct Evaluator<'r> {
    set: &'r RuleSet,
    caches: Vec<Caches>,
    scope: Scope<'static>,
}

impl<'r> Evaluator<'r> {
    pub fn new(set: &'r RuleSet) -> Self {
        Self { set, caches: vec![Caches::new(); set.rules.len()], scope: Scope::new() }
    }

    /// Evaluates every rule that takes part.
    pub fn evaluate(&mut self, facts: &Facts) -> Evaluation {
        let Evaluation { mut findings, mut faults, mut obligations } = Evaluation::default();
        session::begin(Session::new(facts.clone()));
        for (rule, caches) in self.set.rules.iter().zip(&mut self.caches) {
            if rule.part != super::terms::Part::Evaluated {
                continue;
            }
            let (reported, owed, failed) = run(self.set, rule, caches, &mut self.scope);
            faults.extend(failed);
            obligations.extend(owed.into_iter().map(|owed| obligation(facts, rule, owed)));
            findings.extend(reported.into_iter().map(|reported| finding(facts, rule, reported)));
        }
        session::end();
        put_in_order(&mut findings, facts.proposal.place(Tree::ROOT).source.name());
        obligations.sort_by(|a, b| (a.due.is_none(), &a.due).cmp(&(b.due.is_none(), &b.due)));
        Evaluation { findings, faults, obligations }
    }
}

fn run(
    set: &RuleSet,
    rule: &Rule,
    caches: &mut Caches,
    scope: &mut Scope<'static>,
) -> (Vec<Reported>, Vec<Owed>, Option<Fault>) {
    let ready = session::with(|session| session.rule(rule.param_values.clone(), rule.header.level));
    let result = ready.and_then(|()| check(set, rule, caches, scope));
    let made = |session: &mut Session| (std::mem::take(&mut session.reported), std::mem::take(&mut session.owed));
    let (reported, owed) = session::with(made).unwrap_or_default();
    let fault = result.err().map(|error| fault::of_run(&rule.id, &rule.source, &error));
    (reported, owed, fault)
}

fn check(
    set: &RuleSet,
    rule: &Rule,
    caches: &mut Caches,
    scope: &mut Scope<'static>,
) -> Result<(), Box<EvalAltResult>> {
    let mut global = set.engine.new_global_runtime_state();
    global.lib.push(Arc::clone(rule.ast.shared_lib()));
    scope.clear();
    scope.push_dynamic("p", Dynamic::from(Node { root: Root::Proposal, id: Tree::ROOT }));
    #[expect(deprecated, reason = "the only way to run statements with caches that are kept")]
    let result = set.engine.eval_statements_raw(&mut global, caches, scope, set.call.statements());
    let value = result?;
    let reported = session::with(|session| !session.reported.is_empty() || !session.owed.is_empty())?;
    if reported || value.is_unit() || value.is::<Report>() {
        return Ok(());
    }
    // `fn check(p) { p.title == "x" }` looks like a rule to whoever comes from another engine, and would deny nothing.
    let message = format!("`check` gives {}, and what it gives is not looked at", kind(&value));
    Err(misuse("policy/lost-value", message, "report with deny, warn or info, and end with `;` or `return;`"))
}

/// Makes a finding of a report: its places are resolved here, once.
fn finding(facts: &Facts, rule: &Rule, reported: Reported) -> Finding {
    let primary =
        reported.primary.unwrap_or(crate::facts::Read { root: Root::Proposal, node: Tree::ROOT, missing: None });
    Finding {
        rule: Arc::clone(&rule.id),
        level: effective(rule, reported.level),
        message: reported.message,
        help: Some(reported.help.unwrap_or_else(|| rule.header.help.clone())),
        pointer: facts.pointer(primary),
        primary: facts.label(primary),
        because: reported
            .reasons
            .into_iter()
            .filter(|&read| facts.is_written(read))
            .map(|read| facts.because(read))
            .collect(),
        related: reported.also.into_iter().map(|(read, text)| Label::new(facts.place(read), text)).collect(),
        policy: Some(fault::place(&rule.source, reported.position)),
    }
}

fn obligation(facts: &Facts, rule: &Rule, owed: Owed) -> Obligation {
    let whole = crate::facts::Read { root: Root::Proposal, node: Tree::ROOT, missing: None };
    Obligation {
        rule: Arc::clone(&rule.id),
        id: owed.id,
        what: owed.what,
        due: owed.due.map(|day| day.to_string()),
        place: facts.place(owed.from.unwrap_or(whole)),
    }
}

/// The level of a finding under the configuration: a finding at the rule's own level takes the configured one, a milder one
/// is never raised by it and never stays above it.
fn effective(rule: &Rule, reported: Level) -> Level {
    if reported == rule.header.level { rule.level } else { reported.min(rule.level) }
}
