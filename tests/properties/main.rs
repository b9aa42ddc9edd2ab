//! What holds for any proposal and any rule, whatever is in them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod generate;

use changegate::config::Config;
use changegate::facts::Phase;
use changegate::finding::{Fault, Finding};
use changegate::gate::Gate;
use changegate::policy::{Pack, RuleSet};
use changegate::profiles::Profiles;
use changegate::source::Source;
use changegate::verdict::{Judgement, Outcome};
use generate::{VALID, body, proposal, script, turned};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::Arc;

const HEADER: &str = r#"const RULE = #{ title: "t", why: "w", help: "h", phases: ["plan"], level: "deny" };"#;

fn rule(body: &str) -> String {
    format!("{HEADER}\nfn check(p) {{\n{body}\n}}\n")
}

fn load(texts: &[(String, String)]) -> Result<RuleSet, Vec<Fault>> {
    let of = |(id, text): &(String, String)| {
        (Arc::from(id.as_str()), Arc::new(Source::new(format!("{id}.rhai"), text.clone())))
    };
    let pack = Pack { rules: texts.iter().map(of).collect(), sound: false };
    RuleSet::load(&[pack], &[], Phase::Plan)
}

fn gate(rules: RuleSet) -> Result<Gate, Fault> {
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now)
}

/// Judges on a stack as large as that of the fleet's threads.
fn judge(texts: &[(String, String)], proposal: &[u8]) -> Option<Judgement> {
    std::thread::scope(|scope| {
        let judge = || {
            let gate = gate(load(texts).ok()?).ok()?;
            Some(gate.judge("p.json", proposal.to_vec()))
        };
        std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, judge).unwrap().join().expect("no panic")
    })
}

/// Rules with a number each.
fn numbered(bodies: &[String]) -> Vec<(String, String)> {
    bodies.iter().enumerate().map(|(number, body)| (format!("r{number}"), rule(body))).collect()
}

/// The verdict and what was found, as far as they may not depend on the order of anything.
fn told(judgement: &Judgement) -> (Outcome, Vec<String>, Vec<String>) {
    let finding =
        |finding: &Finding| format!("{} {} {} {}", finding.rule, finding.level, finding.pointer, finding.message);
    let fault = |fault: &Fault| format!("{} {}", fault.code, fault.message);
    let mut findings: Vec<_> = judgement.findings.iter().map(finding).collect();
    let mut faults: Vec<_> = judgement.faults.iter().map(fault).collect();
    findings.sort();
    faults.sort();
    (judgement.outcome(), findings, faults)
}

fn no_panic(judgement: &Judgement) -> bool {
    judgement.faults.iter().all(|fault| fault.code != "internal/panic")
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(400))]

    /// Only a valid proposal passes; a rule that says nothing lets no other one through.
    #[test]
    fn any_bytes_as_a_proposal(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let judgement = judge(&numbered(&[String::new()]), &bytes).unwrap();
        prop_assert!(no_panic(&judgement));
        prop_assert_eq!(judgement.outcome(), Outcome::Blocked);
    }

    /// Text that was a proposal before some bytes of it were replaced.
    #[test]
    fn almost_a_proposal(edits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6)) {
        let mut bytes = VALID.to_string().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let judgement = judge(&numbered(&["deny(\"no\");".to_owned()]), &bytes).unwrap();
        prop_assert!(no_panic(&judgement));
        prop_assert_eq!(judgement.outcome(), Outcome::Blocked);
    }

    /// Any text as a whole file of a rule: it is refused, or it has a header and is run.
    #[test]
    fn any_text_as_a_rule(text in any::<String>(), script in script()) {
        for text in [text.clone(), script.clone(), format!("{HEADER} {text}"), format!("{HEADER} {script}")] {
            if let Err(faults) = load(&[("r".to_owned(), text)]) {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|fault| fault.code.starts_with("policy/")), "{:?}", faults);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(600))]

    /// Tokens in any order as what a rule does.
    #[test]
    fn any_tokens_as_a_check(script in script()) {
        if let Some(judgement) = judge(&numbered(std::slice::from_ref(&script)), VALID.to_string().as_bytes()) {
            prop_assert!(no_panic(&judgement), "{}", script);
            prop_assert!(judgement.faults.iter().all(|fault| fault.code.starts_with("policy/")));
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// What blocked or could not be judged never passes for one rule more; what a rule found stays found.
    #[test]
    fn one_rule_more_never_makes_a_pass(bodies in prop::collection::vec(body(), 1..4), more in body(), proposal in proposal()) {
        let bytes = proposal.to_string();
        let before = judge(&numbered(&bodies), bytes.as_bytes()).unwrap();
        let all: Vec<_> = bodies.iter().cloned().chain([more]).collect();
        let after = judge(&numbered(&all), bytes.as_bytes()).unwrap();
        prop_assert!(after.outcome() >= before.outcome(), "{:?} became {:?}", before.outcome(), after.outcome());
        let (_, before, _) = told(&before);
        let (_, after, _) = told(&after);
        prop_assert!(before.iter().all(|finding| after.contains(finding)));
    }

    /// A rule that fails leaves nothing decided, whatever the others say.
    #[test]
    fn a_failing_rule_is_never_skipped(bodies in prop::collection::vec(body(), 0..3), failing in select(vec!["1 / 0;", "loop { }", "p.id > 1;", "let s = \"ab\"; loop { s += s; }"])) {
        let all: Vec<_> = bodies.into_iter().chain([failing.to_owned()]).collect();
        let judgement = judge(&numbered(&all), VALID.to_string().as_bytes()).unwrap();
        prop_assert_eq!(judgement.outcome(), Outcome::Undecided);
    }

    /// The order of rules and of keys changes neither the verdict nor what is found.
    #[test]
    fn order_does_not_matter(bodies in prop::collection::vec(body(), 1..4), proposal in proposal(), by in 1_usize..5) {
        let mut rules = numbered(&bodies);
        let straight = judge(&rules, turned(&proposal, 0).as_bytes()).unwrap();
        rules.reverse();
        let reversed = judge(&rules, turned(&proposal, by).as_bytes()).unwrap();
        prop_assert_eq!(told(&straight), told(&reversed));
    }

    /// Nor does the order of files, nor what was judged before on the same thread.
    #[test]
    fn files_do_not_see_one_another(bodies in prop::collection::vec(body(), 1..3), proposals in prop::collection::vec(proposal(), 2..4)) {
        let gate = gate(load(&numbered(&bodies)).unwrap()).map_err(|fault| fault.message).unwrap();
        let all = |order: &[usize]| {
            let mut told_of: Vec<_> = order.iter().map(|&at| (at, told(&gate.judge("p.json", proposals[at].to_string().into_bytes())))).collect();
            told_of.sort_by_key(|(at, _)| *at);
            told_of
        };
        let order: Vec<_> = (0..proposals.len()).collect();
        let backwards: Vec<_> = order.iter().rev().copied().collect();
        prop_assert_eq!(all(&order), all(&backwards));
    }
}

/// A run without a rule passes nothing: there is no gate to be had.
#[test]
fn no_gate_without_a_rule() {
    assert!(gate(load(&[]).unwrap()).is_err());
    let other_phase = rule("").replace("\"plan\"", "\"close\"");
    assert!(gate(load(&[("r".to_owned(), other_phase)]).unwrap()).is_err());
}
