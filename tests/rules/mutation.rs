//! The cases of a rule ask about each of its conditions: where one holds always or never, or is shifted, at least one of them ends
//! otherwise.

use crate::case::{cases, facts, phase};
use crate::{PackRule, of_each_rule};
use changegate::cases::OneRule;
use changegate::facts::{Facts, Phase};
use changegate::policy::{Mutant, RuleSet};
use std::fs;

/// Mutants that no case can tell from the rule, with the reason: `RULE: LINE [COLUMN IN IT] => CHANGE # REASON`.
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
    let facts: Vec<_> = cases(folder, id).iter().filter_map(|case| Some((phase(case), facts(case)?))).collect();
    let rule = OneRule::new(id, source);
    let expected: Vec<_> = facts.iter().map(|(phase, facts)| outcome(rule.in_phase(*phase), facts)).collect();
    let mutants = Phase::ALL.map(|phase| rule.in_phase(phase).map_or_else(Vec::new, |set| set.rules[0].mutants()));
    let survives = |number: usize| {
        let ends = |(phase, facts): &(Phase, Facts)| outcome(Some(&mutants[*phase as usize][number].rules), facts);
        facts.iter().zip(&expected).all(|(facts, expected)| ends(facts) == *expected)
    };
    let told = |number: usize| {
        let Mutant { place, change, .. } = &mutants[0][number];
        let at = source.position(place.span.start);
        let line = source.text().lines().nth(at.line as usize - 1).unwrap();
        let column = at.column as usize - (line.len() - line.trim_start().len());
        (
            format!("{folder}/{id}.rhai:{}:{}: {change}", at.line, at.column),
            format!("{id}: {} [{column}] => {change}", line.trim()),
        )
    };
    (0..mutants[0].len()).filter(|number| survives(*number)).map(told).collect()
}

/// What a rule says of some facts, as one text.
fn outcome(rules: Option<&RuleSet>, facts: &Facts) -> String {
    let evaluation = rules.expect("a sound rule").evaluate(facts);
    let findings = evaluation.findings.iter().map(|finding| {
        let also: Vec<_> = finding.related.iter().map(|label| label.place.to_string()).collect();
        format!("{} {} {} {:?} {also:?}", finding.level.as_str(), finding.pointer, finding.message, finding.help)
    });
    let owed = evaluation.obligations.iter().map(|owed| format!("{} {} {:?}", owed.id, owed.what, owed.due));
    let faults = evaluation.faults.iter().map(|fault| fault.code.to_owned());
    findings.chain(owed).chain(faults).collect::<Vec<_>>().join("\n")
}
