//! A thousand approvals against a thousand reviews: each is held against the others, and the verdict stays decided and quick.

use crate::case::facts;
use changegate::facts::Phase;
use changegate::finding::Finding;
use changegate::policy::{RuleSet, builtin};
use changegate::proposal::shape::LIST_MAX;
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

/// What is found of a proposal that claims these approvals, of which a code host tells these reviews.
fn found(approvals: Vec<Value>, reviews: Vec<Value>) -> Vec<Finding> {
    found_of("payments-db", approvals, reviews)
}

fn found_of(base: &str, approvals: Vec<Value>, reviews: Vec<Value>) -> Vec<Finding> {
    let case = json!({
        "name": "a crowd", "base": format!("examples/{base}.json"),
        "set": { "/approvals": approvals },
        "evidence": {
            "pull": { "repository": "acme/payments", "number": 42, "head": "77aa001", "stage": "open" },
            "reviews": reviews,
        },
    });
    let judged = move || {
        let facts = facts(&serde_json::from_value(case).unwrap()).expect("a valid proposal");
        let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap();
        let began = Instant::now();
        let evaluation = rules.evaluate(&facts);
        assert!(evaluation.faults.is_empty(), "{:#?}", evaluation.faults);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        evaluation.findings.into_iter().filter(|finding| finding.rule.starts_with("approvals/")).collect()
    };
    thread::Builder::new().stack_size(16 << 20).spawn(judged).unwrap().join().unwrap()
}

fn approval(index: usize, role: &str) -> Value {
    json!({ "by": format!("@u{index}"), "role": role, "at": "2026-11-20T15:00:00+01:00" })
}

fn review(index: usize, state: &str, role: &str) -> Value {
    json!({ "by": format!("@u{index}"), "state": state, "counts": true, "roles": [role] })
}

fn all<T>(each: impl Fn(usize) -> T) -> Vec<T> {
    (0..LIST_MAX).map(each).collect()
}

fn messages(findings: &[Finding], rule: &str) -> Vec<String> {
    findings.iter().filter(|finding| &*finding.rule == rule).map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_thousand_approvals_are_confirmed() {
    // The last first, so that each is looked for at the other end.
    let findings =
        found(all(|index| approval(index, "owner")), all(|index| review(LIST_MAX - 1 - index, "approved", "owner")));
    assert_eq!(messages(&findings, "approvals/verified"), [""; 0]);
    // Haste is no cheaper to judge.
    found_of(
        "fast-track",
        all(|index| approval(index, "security")),
        all(|index| review(LIST_MAX + index, "approved", "owner")),
    );
}

#[test]
fn a_thousand_approvals_of_others_are_told() {
    let findings =
        found(all(|index| approval(index, "owner")), all(|index| review(LIST_MAX + index, "approved", "owner")));
    let told = messages(&findings, "approvals/verified");
    assert!(told[0].starts_with("1000 approvals claimed, 0 confirmed: "), "{told:?}");
    let findings = found(all(|index| approval(index, "security")), all(|index| review(index, "approved", "owner")));
    let told = messages(&findings, "approvals/verified");
    assert!(told[0].starts_with("1000 approvals claimed, 0 confirmed: "), "{told:?}");
}

#[test]
fn a_thousand_objections_are_told() {
    let findings = found(
        all(|index| approval(index, "owner")),
        all(|index| review(LIST_MAX + index, "changes-requested", "owner")),
    );
    let told = messages(&findings, "approvals/verified");
    // What is claimed and not confirmed, and the first twenty who object.
    assert_eq!(told.len(), 21, "{told:?}");
    assert!(told.contains(&"`@u1019` has asked for changes, and has not taken that back".to_owned()), "{told:?}");
}
