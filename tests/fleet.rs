//! Proposals that are judged in one run know of each other.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A proposal for the database of payments, with an id of its own and some values changed.
fn proposal(id: &str, changes: &[(&str, Value)]) -> Value {
    let mut proposal: Value = serde_json::from_str(&fs::read_to_string("examples/payments-db.json").unwrap()).unwrap();
    proposal["id"] = id.into();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        proposal.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    proposal
}

/// The report of a run over some files.
fn report(files: &[(&str, Value)]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("changes")).unwrap();
    fs::create_dir_all(folder.path().join("systems")).unwrap();
    fs::copy("examples/systems/payments-db.json", folder.path().join("systems/payments-db.json")).unwrap();
    for (name, proposal) in files {
        fs::write(folder.path().join("changes").join(name), serde_json::to_string_pretty(proposal).unwrap()).unwrap();
    }
    judged(folder.path())
}

fn judged(folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    command.arg("-C").arg(folder).args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json", "changes"]);
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

/// What the rules on several proposals say of each, by file.
fn told(report: &Value) -> Vec<String> {
    let mut told = Vec::new();
    for proposal in report["proposals"].as_array().unwrap() {
        for finding in proposal["findings"].as_array().unwrap() {
            let rule = finding["rule"].as_str().unwrap();
            if rule.starts_with("fleet/") || rule == "window/no-overlap" || rule == "fast-track/not-abused" {
                let see = finding["related"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|label| format!(" (see {}:{})", label["file"].as_str().unwrap(), label["line"]));
                told.push(format!("{}: {rule}{}", proposal["file"].as_str().unwrap(), see.collect::<String>()));
            }
        }
    }
    told
}

const OTHER_NIGHT: [(&str, &str); 3] = [
    ("/window/start", "2026-12-07T01:00:00+01:00"),
    ("/window/end", "2026-12-07T05:00:00+01:00"),
    ("/window/latest_rollback_decision", "2026-12-07T04:10:00+01:00"),
];

fn other_night() -> Vec<(&'static str, Value)> {
    OTHER_NIGHT.iter().map(|&(pointer, value)| (pointer, json!(value))).collect()
}

#[test]
fn two_windows_that_meet_are_told_to_both_with_the_place_in_the_other() {
    let found = report(&[("a.json", proposal("a", &[])), ("b.json", proposal("b", &[]))]);
    assert_eq!(found["outcome"], "blocked");
    let told = told(&found);
    for (one, other) in [("a", "b"), ("b", "a")] {
        let start = format!("changes/{one}.json: window/no-overlap (see changes/{other}.json:");
        assert!(told.iter().any(|line| line.starts_with(&start)), "{told:#?}");
        let people = format!("changes/{one}.json: fleet/people-once (see changes/{other}.json:");
        assert!(told.iter().any(|line| line.starts_with(&people)), "{told:#?}");
    }
}

#[test]
fn what_lies_apart_is_not_told() {
    assert_eq!(told(&report(&[("a.json", proposal("a", &[])), ("b.json", proposal("b", &other_night()))])), [""; 0]);
}

#[test]
fn proposals_that_wait_for_each_other_are_told_the_circle() {
    let files: Vec<_> = [("a", "b"), ("b", "c"), ("c", "a")]
        .map(|(id, after)| (format!("{id}.json"), proposal(id, &[("/after", json!([after]))])))
        .into();
    let found = report(&files.iter().map(|(name, proposal)| (name.as_str(), proposal.clone())).collect::<Vec<_>>());
    let messages = found.to_string();
    for circle in ["a after b after c after a", "b after c after a after b", "c after a after b after c"] {
        assert!(messages.contains(&format!("it waits for itself: {circle}")), "{circle}");
    }
}

#[test]
fn one_id_in_two_files_is_told_to_both() {
    let found = report(&[("a.json", proposal("a", &[])), ("b.json", proposal("a", &other_night()))]);
    assert_eq!(
        told(&found),
        [
            "changes/a.json: fleet/unique-id (see changes/b.json:123)",
            "changes/b.json: fleet/unique-id (see changes/a.json:123)"
        ]
        .map(|line| line.to_owned())
        .map(|line| line.replace("123", &line_of_id()))
    );
}

fn line_of_id() -> String {
    let text = serde_json::to_string_pretty(&proposal("a", &[])).unwrap();
    (text.lines().position(|line| line.starts_with("  \"id\"")).unwrap() + 1).to_string()
}

#[test]
fn what_is_done_or_is_no_proposal_collides_with_nothing() {
    let done = proposal("done", &[("/record", json!({ "outcome": "succeeded" }))]);
    // All that decides whether it concerns the other one is there, and one field is none of the schema.
    let broken = proposal("broken", &[("/nonsense", json!(1))]);
    let found = report(&[("a.json", proposal("a", &[])), ("broken.json", broken), ("done.json", done)]);
    assert!(!told(&found).iter().any(|line| line.starts_with("changes/a.json")), "{found:#}");
}
