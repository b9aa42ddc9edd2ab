//! The cases of a rule ask about each of its conditions: where one is negated, removed or shifted, at least one of them ends
//! otherwise.

use crate::case::{Case, facts, phase};
use crate::{PackRule, rules};
use changegate::facts::{Facts, Phase};
use changegate::policy::{Evaluator, Mutant, Pack, RuleSet, mutants};
use changegate::source::Source;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Mutants that no case can tell from the rule, with the reason: `RULE: CONDITION => MUTANT # REASON`.
const EQUAL: &str = "tests/data/equal-mutants.txt";

#[test]
fn every_condition_of_every_rule_is_asked_about() {
    let only = std::env::var("RULES").unwrap_or_default();
    let rules: Vec<_> = rules().into_iter().filter(|(_, (id, _))| id.starts_with(&only)).collect();
    let known = fs::read_to_string(EQUAL).unwrap();
    let known: Vec<_> = known.lines().filter_map(|line| Some(line.split_once(" # ")?.0.trim())).collect();
    let next = AtomicUsize::new(0);
    let survivors: Vec<_> = std::thread::scope(|scope| {
        let work = || {
            let mut survivors = Vec::new();
            while let Some(rule) = rules.get(next.fetch_add(1, Ordering::Relaxed)) {
                survivors.extend(survivors_of(rule));
            }
            survivors
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        // The stack of the gate's own threads.
        let start = |_| std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).unwrap();
        let threads: Vec<_> = (0..threads).map(start).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let mut new: Vec<_> = survivors.iter().filter(|(_, name)| !known.contains(&name.as_str())).collect();
    new.sort();
    let lines: Vec<_> = new.iter().map(|(place, name)| format!("{place}\n    {name}")).collect();
    assert!(new.is_empty(), "{} mutants end as the rule does in all cases:\n{}", new.len(), lines.join("\n"));
    let gone = |name: &&str| name.starts_with(&only) && !survivors.iter().any(|(_, survivor)| survivor == name);
    let gone: Vec<_> = known.into_iter().filter(|name| gone(name)).collect();
    assert!(gone.is_empty(), "{EQUAL} lists what is no survivor any more: {gone:#?}");
}

/// The mutants of a rule that end as it does in all its cases: where, and which.
fn survivors_of((folder, (id, source)): &PackRule) -> Vec<(String, String)> {
    let text = fs::read_to_string(format!("{folder}/{id}.cases.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let facts: Vec<_> = cases.iter().filter_map(|case| Some((phase(case), facts(case)?))).collect();
    let expected: Vec<_> = outcomes(id, source, &facts).expect("a sound rule").collect();
    let survives = |mutant: &Mutant| {
        let source = Arc::new(Source::new(source.name(), mutant.text.clone()));
        // A mutant that is no rule any more would be noticed.
        outcomes(id, &source, &facts).is_some_and(|outcomes| outcomes.eq(expected.iter().cloned()))
    };
    let told = |mutant: Mutant| {
        let at = source.position(mutant.span.start);
        let condition = source.text()[mutant.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
        let put = mutant.put.split_whitespace().collect::<Vec<_>>().join(" ");
        (format!("{folder}/{id}.rhai:{}:{}", at.line, at.column), format!("{id}: {condition} => {put}"))
    };
    mutants(source.text()).into_iter().filter(survives).map(told).collect()
}

/// What a rule says of some facts: one text for each. None where it can't be loaded.
fn outcomes<'a>(
    id: &Arc<str>,
    source: &Arc<Source>,
    facts: &'a [(Phase, Facts)],
) -> Option<impl Iterator<Item = String> + use<'a>> {
    let load = |phase| {
        let pack = Pack { rules: vec![(Arc::clone(id), Arc::clone(source))], sound: false };
        RuleSet::load(&[pack], &[], phase).ok()
    };
    let sets: Vec<_> = Phase::ALL.into_iter().map(|phase| Some((phase, load(phase)?))).collect::<Option<_>>()?;
    Some(facts.iter().map(move |(phase, facts)| {
        let set = sets.iter().find(|(own, _)| own == phase).map(|(_, set)| set).expect("a set for each phase");
        let evaluation = Evaluator::new(set).evaluate(facts);
        let findings = evaluation.findings.iter().map(|finding| {
            let also: Vec<_> = finding.related.iter().map(|label| label.place.to_string()).collect();
            format!("{} {} {} {:?} {also:?}", finding.level.as_str(), finding.pointer, finding.message, finding.help)
        });
        let owed = evaluation.obligations.iter().map(|owed| format!("{} {} {:?}", owed.id, owed.what, owed.due));
        let faults = evaluation.faults.iter().map(|fault| fault.code.to_owned());
        findings.chain(owed).chain(faults).collect::<Vec<_>>().join("\n")
    }))
}
