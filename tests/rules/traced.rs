//! Whoever looks on changes nothing: each rule says in its cases what it says without being traced, and each verdict has its reasons.

use crate::case::{cases, facts, phase};
use crate::{PackRule, of_each_rule};
use changegate::cases::OneRule;
use changegate::policy::Told;

#[test]
fn a_rule_that_is_traced_says_what_it_says_otherwise() {
    let wrong = of_each_rule(wrong_with);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong_with((folder, (id, source)): &PackRule) -> Vec<String> {
    let rule = OneRule::new(id, source);
    let mut wrong = Vec::new();
    // All of them take minutes; `RULES=family/name` has all of one rule.
    let one_of = if std::env::var_os("RULES").is_some() { 1 } else { 9 };
    for case in cases(folder, id).into_iter().step_by(one_of) {
        let (Some(facts), Some(rules)) = (facts(&case), rule.in_phase(phase(&case))) else { continue };
        let untraced = rules.evaluate(&facts);
        let (traced, trace) = rules.evaluate_traced(&facts, id).expect("it takes part");
        let mut is_wrong = |what: &str| wrong.push(format!("{id}: {}: {what}", case.name));
        if format!("{untraced:?}") != format!("{traced:?}") {
            is_wrong("it says something else");
        }
        let notes = || trace.lines.iter().flat_map(|line| &line.notes);
        let told = notes().filter(|note| matches!(note.kind, Told::Says(..))).count();
        // What is said in some turns of many is told of a few.
        if (told == 0) != untraced.findings.is_empty() {
            is_wrong("its reports are not at their lines");
        }
        let reports = trace.why.iter().any(|why| why.so.reports());
        if trace.why.is_empty() || reports && untraced.findings.is_empty() {
            is_wrong("nothing says why");
        }
        let has_line = |number| trace.lines.iter().any(|line| line.number == number);
        if !trace.why.iter().all(|why| has_line(why.line)) {
            is_wrong("a reason is in none of its lines");
        }
        if trace.lines.iter().all(|line| line.times != Some(1)) {
            is_wrong("no line ran");
        }
    }
    wrong
}
