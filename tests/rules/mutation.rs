//! The cases of a rule ask about each of its conditions: where one is negated, removed or shifted, at least one of them ends
//! otherwise.

use crate::case::{Case, OneRule, facts, phase};
use crate::{PackRule, of_each_rule};
use changegate::facts::{Facts, Phase};
use changegate::policy::{Mutant, mutants};
use changegate::source::Source;
use std::fs;
use std::sync::Arc;

/// Mutants that no case can tell from the rule, with the reason: `RULE: CONDITION => MUTANT # REASON`.
const EQUAL: &str = "tests/data/equal-mutants.txt";

#[test]
fn every_condition_of_every_rule_is_asked_about() {
    let only = std::env::var("RULES").unwrap_or_default();
    let known = fs::read_to_string(EQUAL).unwrap();
    let known: Vec<_> = known.lines().filter_map(|line| Some(line.split_once(" # ")?.0.trim())).collect();
    let survivors = of_each_rule(survivors_of);
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
    let expected: Vec<_> = outcomes(&OneRule::new(id, source), &facts).collect();
    let survives = |mutant: &Mutant| {
        let source = Arc::new(Source::new(source.name(), mutant.text.clone()));
        outcomes(&OneRule::new(id, &source), &facts).eq(expected.iter().cloned())
    };
    let told = |mutant: Mutant| {
        let at = source.position(mutant.span.start);
        let condition = source.text()[mutant.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
        let put = mutant.put.split_whitespace().collect::<Vec<_>>().join(" ");
        (format!("{folder}/{id}.rhai:{}:{}", at.line, at.column), format!("{id}: {condition} => {put}"))
    };
    mutants(source.text()).into_iter().filter(survives).map(told).collect()
}

/// What a rule says of some facts: one text for each. One that is no rule any more says so.
fn outcomes(rule: &OneRule, facts: &[(Phase, Facts)]) -> impl Iterator<Item = String> {
    facts.iter().map(move |(phase, facts)| {
        let Some(set) = rule.in_phase(*phase) else { return "no rule".to_owned() };
        let evaluation = set.evaluate(facts);
        let findings = evaluation.findings.iter().map(|finding| {
            let also: Vec<_> = finding.related.iter().map(|label| label.place.to_string()).collect();
            format!("{} {} {} {:?} {also:?}", finding.level.as_str(), finding.pointer, finding.message, finding.help)
        });
        let owed = evaluation.obligations.iter().map(|owed| format!("{} {} {:?}", owed.id, owed.what, owed.due));
        let faults = evaluation.faults.iter().map(|fault| fault.code.to_owned());
        findings.chain(owed).chain(faults).collect::<Vec<_>>().join("\n")
    })
}
