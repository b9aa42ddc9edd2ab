//! Whether the cases of a rule ask about each of its conditions: where one holds always or never, or is shifted, at least one of them has
//! to end otherwise.

use super::file::{Case, Equal};
use super::run::OneRule;
use super::{Ground, difference};
use crate::facts::{Facts, Phase};
use crate::finding::Finding;
use crate::policy::{Mutant, Rule, RuleSet};
use std::sync::Arc;

/// What became of the mutants of a rule.
#[derive(Debug, Default)]
pub struct Mutation {
    /// So many there are.
    pub mutants: usize,
    /// So many are equal to the rule, with a reason.
    pub equal: usize,
    /// Those that end as the rule does in all cases.
    pub survivors: Vec<Finding>,
    /// Reasons that are of none.
    pub unmet: Vec<Finding>,
}

/// Runs each mutant over all cases that can be judged.
pub(super) fn mutated(rule: &OneRule, ground: &Ground, cases: &[Case], equal: &[Equal]) -> Mutation {
    let own = Phase::ALL.map(|phase| rule.in_phase(phase).map_or_else(Arc::default, mutants));
    let judged: Vec<_> = cases.iter().filter_map(|case| Judged::of(rule, ground, case, &own)).collect();
    let mut met = vec![false; equal.len()];
    let [all, ..] = &own;
    let mut mutation = Mutation { mutants: all.len(), ..Mutation::default() };
    for (number, Mutant { place, change, .. }) in all.iter().enumerate() {
        if !judged.iter().all(|judged| judged.survives(number)) {
            continue;
        }
        // A line that stands in a rule twice is met twice.
        match equal.iter().position(|equal| equal.is(place, change)) {
            Some(known) => {
                met[known] = true;
                mutation.equal += 1;
            }
            None => mutation.survivors.push(difference::survivor(place, change)),
        }
    }
    let unmet = equal.iter().zip(met).filter(|(_, met)| !met).map(|(equal, _)| difference::no_survivor(equal));
    mutation.unmet = unmet.collect();
    mutation
}

type Mutants = Arc<Vec<Mutant>>;

fn mutants(set: &RuleSet) -> Mutants {
    Arc::new(set.rules.first().map(Rule::mutants).unwrap_or_default())
}

/// A case that the rule judges, what it says of it, and the mutants with the parameters of the case.
struct Judged {
    facts: Facts,
    outcome: String,
    mutants: Mutants,
}

impl Judged {
    /// None of what no rule judges. `own` are the mutants with the parameters of the rule, by the phase.
    fn of(rule: &OneRule, ground: &Ground, case: &Case, own: &[Mutants; 3]) -> Option<Self> {
        let (facts, phase) = (case.given.facts(ground).ok()?, case.given.phase);
        if case.params.is_empty() {
            let outcome = outcome(rule.in_phase(phase)?, &facts);
            return Some(Self { facts, outcome, mutants: Arc::clone(&own[phase as usize]) });
        }
        let set = rule.with(&case.params, phase).ok()?;
        Some(Self { outcome: outcome(&set, &facts), mutants: mutants(&set), facts })
    }

    /// Whether a mutant ends as the rule does.
    fn survives(&self, number: usize) -> bool {
        self.mutants.get(number).is_none_or(|mutant| outcome(&mutant.rules, &self.facts) == self.outcome)
    }
}

/// What a rule says of some facts, as one text.
fn outcome(rules: &RuleSet, facts: &Facts) -> String {
    let evaluation = rules.evaluate(facts);
    let findings = evaluation.findings.iter().map(|finding| {
        let also: Vec<_> = finding.related.iter().map(|label| label.place.to_string()).collect();
        format!("{} {} {} {:?} {also:?}", finding.level.as_str(), finding.pointer, finding.message, finding.help)
    });
    let owed = evaluation.obligations.iter().map(|owed| format!("{} {} {:?}", owed.id, owed.what, owed.due));
    let faults = evaluation.faults.iter().map(|fault| fault.code.to_owned());
    findings.chain(owed).chain(faults).collect::<Vec<_>>().join("\n")
}
