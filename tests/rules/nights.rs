//! One upgrade over two nights, by the whole pack: its second night is judged as the first, and nothing of that one is rewritten.

use super::good::gate;
use changegate::facts::Phase;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

const FIRST: &str = "2026-12-06T01:40:00+01:00";
const SECOND: &str = "2026-12-13T01:40:00+01:00";

/// The proposal of `examples/life`, minutes before its first night. The other site follows a week later.
fn in_two_nights() -> Value {
    let mut proposal: Value =
        serde_json::from_str(&fs::read_to_string("examples/life/2-deploy.json").unwrap()).unwrap();
    proposal["window"]["alternatives"] =
        json!([{ "start": "2026-12-13T01:00:00+01:00", "end": "2026-12-13T05:00:00+01:00" }]);
    proposal["freeze"]["end"] = json!("2026-12-13T12:00:00+01:00");
    proposal["change"]["rollout"]["stages"][1]["start"] = json!("2026-12-13T01:50:00+01:00");
    proposal
}

/// What is added minutes before the second night.
fn of_the_second() -> Value {
    let at = |time: &str| json!(format!("2026-12-13T{time}:00+01:00"));
    let reached = |name: &str| json!({ "name": name, "at": at("01:05") });
    let reached = ["@ada", "@hal", "@ida", "@support-desk"].map(reached);
    json!({
        "at": at("01:40"),
        "by": "@ada",
        "backup": { "at": at("01:31"), "location": "s3://backup-frankfurt/payments-db/2026-12-13-final", "verified_at": at("01:38"), "outcome": "passed" },
        "contacts_reached": reached,
        "running": [
            { "component": "database", "site": "berlin-1", "version": "15.8" },
            { "component": "database", "site": "berlin-2", "version": "16.4" },
        ],
    })
}

/// The rules that say something of a proposal, with what they say.
fn told(proposal: &Value, now: &str) -> (BTreeSet<String>, Vec<String>) {
    let judgement =
        gate(Phase::Deploy, now, "examples/systems").judge("proposal.json", proposal.to_string().into_bytes());
    assert!(judgement.faults.is_empty(), "{:#?}", judgement.faults);
    let messages = judgement.findings.iter().map(|found| format!("{} {}", found.pointer, found.message)).collect();
    (judgement.findings.into_iter().map(|found| found.rule.to_string()).collect(), messages)
}

#[test]
fn both_nights_pass_in_silence() {
    let mut proposal = in_two_nights();
    assert_eq!(told(&proposal, FIRST).1, [""; 0]);
    proposal["deploy"]["later"] = json!([of_the_second()]);
    assert_eq!(told(&proposal, SECOND).1, [""; 0]);
}

#[test]
fn what_holds_of_the_first_night_does_not_hold_of_the_second() {
    let (rules, messages) = told(&in_two_nights(), SECOND);
    let wanted = [
        "backup/fresh-at-deploy",
        "inventory/running-as-planned",
        "rollback/decision-owner",
        "support/roles-reachable",
    ];
    assert_eq!(rules.iter().map(String::as_str).collect::<Vec<_>>(), wanted, "{messages:#?}");
}

#[test]
fn a_second_night_without_one_of_them_is_noticed() {
    for lost in ["backup", "contacts_reached", "running"] {
        let mut second = of_the_second();
        second.as_object_mut().unwrap().remove(lost);
        let mut proposal = in_two_nights();
        proposal["deploy"]["later"] = json!([second]);
        assert!(!told(&proposal, SECOND).0.is_empty(), "{lost}");
    }
}
