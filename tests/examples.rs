//! The examples do what they are shown for: well-made proposals pass in silence, and what history shows to be wrong is blocked for
//! the reason that history gave.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use serde_json::Value;
use std::fs;
use std::process::Command;

const NOW: &str = "2026-11-21T12:00:00Z";

/// Well-made proposals of twenty kinds: the file, the phase, the time of the judgement, and what is special about it.
const SILENT: [(&str, &str, &str, &str); 20] = [
    ("examples/routine-patch.json", "plan", NOW, "the patch of a small tool, in thirty lines"),
    ("examples/fast-track.json", "plan", NOW, "an emergency against a known weakness, with what it leaves out owed"),
    ("examples/closed-patch.json", "close", "2026-11-27T12:00:00+01:00", "a patch that is done, with its record"),
    ("examples/life/3-close.json", "close", CLOSED, "a critical database, from its plan to its record"),
    ("examples/migrations/software.json", "plan", NOW, "another product, with the tickets of five years"),
    ("examples/migrations/hardware.json", "plan", NOW, "new servers of a production line"),
    ("examples/migrations/data.json", "plan", NOW, "data of health, into another encoding"),
    ("examples/migrations/cloud.json", "plan", NOW, "a move into a cloud, in phases"),
    ("examples/migrations/platform.json", "plan", NOW, "another operating system, before the end of its support"),
    (
        "examples/incidents/gitlab-2017-as-should.json",
        "plan",
        "2017-01-31T22:55:00Z",
        "an emergency outside the fast track",
    ),
    (
        "examples/incidents/knight-2012-as-should.json",
        "plan",
        "2012-07-26T20:00:00-04:00",
        "a feature, on one of eight servers after the other",
    ),
    ("examples/incidents/tsb-2018-as-should.json", "plan", "2018-04-19T12:00:00+01:00", "a bank, customer by customer"),
    (
        "examples/incidents/datadog-2023-as-should.json",
        "plan",
        "2023-03-13T12:00:00Z",
        "a security update of all hosts, by region",
    ),
    (
        "examples/incidents/reddit-pi-day-as-should.json",
        "plan",
        "2023-03-13T12:00:00Z",
        "a minor step of Kubernetes, which only a restore takes back",
    ),
    (
        "examples/incidents/crowdstrike-channel-file-as-should.json",
        "plan",
        "2024-07-18T12:00:00Z",
        "content for millions of endpoints",
    ),
    (
        "examples/incidents/facebook-backbone-as-should.json",
        "plan",
        "2021-10-03T12:00:00Z",
        "a network on which the way back depends",
    ),
    (
        "examples/incidents/azure-leap-day-as-should.json",
        "plan",
        "2012-02-29T12:00:00Z",
        "a fix in the midst of a rollout",
    ),
    ("tests/data/silent/library-bump.json", "plan", NOW, "a library of an internal report, with values measured later"),
    ("tests/data/silent/mobile-client.json", "plan", NOW, "an app on phones that are not always there, in stages"),
    (
        "tests/data/silent/certificate-rotation.json",
        "plan",
        NOW,
        "a certificate, whose versions are the bundles of a month",
    ),
];

/// The same in other phases of their lives.
const STAGES: [(&str, &str, &str, &str); 4] = [
    ("examples/payments-db.json", "plan", NOW, "the database before"),
    ("examples/closed-patch.json", "plan", NOW, "the patch before"),
    ("examples/life/1-plan.json", "plan", NOW, "the first of three"),
    ("examples/life/2-deploy.json", "deploy", "2026-12-06T01:40:00+01:00", "the second of three"),
];

const CLOSED: &str = "2027-01-08T10:00:00+01:00";

/// By which profiles one is judged; those of what is closed say what runs now.
fn config(file: &str, phase: &str) -> &'static str {
    if phase == "close" {
        "examples/life/closed.toml"
    } else if file.starts_with("examples/incidents/") {
        "examples/incidents/changegate.toml"
    } else if file.starts_with("tests/") {
        "tests/data/silent/silent.toml"
    } else {
        "examples/silent.toml"
    }
}

/// What is often planned badly, and the family of rules that says so.
const BLOCKED: &[(&str, &str)] = &[
    ("examples/migrations/software-blocked.json", "migration/"),
    ("examples/migrations/hardware-blocked.json", "migration/"),
    ("examples/migrations/data-blocked.json", "migration/"),
    ("examples/migrations/cloud-blocked.json", "migration/"),
    ("examples/migrations/platform-blocked.json", "migration/"),
];

#[test]
fn well_made_proposals_pass_in_silence() {
    let mut wrong = Vec::new();
    for (file, phase, now, special) in SILENT.into_iter().chain(STAGES) {
        let report = report(&["--now", now, "--phase", phase, "--config", config(file, phase), file]);
        if report["outcome"] != "pass" || !findings(&report).is_empty() {
            wrong.push(format!("{file} in phase {phase}, {special}: {:#?}", findings(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn badly_planned_migrations_are_blocked_for_reasons_of_their_kind() {
    for (file, family) in BLOCKED {
        let report = report(&["--now", NOW, "--config", "examples/silent.toml", file]);
        assert_eq!(report["outcome"], "blocked", "{file}");
        let denials = findings(&report).into_iter().filter(|finding| finding.starts_with("deny "));
        let denials: Vec<_> = denials.collect();
        assert!(denials.iter().any(|finding| finding.starts_with(&format!("deny {family}"))), "{file}: {denials:#?}");
    }
}

/// Eight incidents: the plan as it was run, and as it should have been.
#[test]
fn incidents_are_blocked_for_the_reason_that_history_gave() {
    let cases: Value = serde_json::from_str(&fs::read_to_string("examples/incidents/cases.json").unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let (file, now) = (case["file"].as_str().unwrap(), case["now"].as_str().unwrap());
        let report = report(&["--now", now, "--config", "examples/incidents/changegate.toml", file]);
        let mut rules: Vec<_> = findings(&report)
            .iter()
            .filter_map(|finding| finding.strip_prefix("deny ")?.split(':').next().map(str::to_owned))
            .collect();
        rules.sort();
        rules.dedup();
        let expected: Vec<_> = case["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap()).collect();
        let silent = file.ends_with("-as-should.json");
        if report["outcome"] != case["outcome"] || rules != expected || silent && !findings(&report).is_empty() {
            wrong.push(format!("{file}: {} by {rules:?}\n{:#?}", report["outcome"], findings(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cases.as_array().unwrap().len(), 16, "eight pairs");
}

fn report(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    let output = command.args(["check", "--format", "json"]).args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All findings and faults, as `deny rule: message`.
fn findings(report: &Value) -> Vec<String> {
    let proposals = report["proposals"].as_array().unwrap();
    let found = proposals.iter().flat_map(|proposal| proposal["findings"].as_array().unwrap());
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let found = found
        .map(|finding| format!("{} {}: {}", text(finding, "level"), text(finding, "rule"), text(finding, "message")));
    let faults = proposals.iter().flat_map(|proposal| proposal["faults"].as_array().unwrap());
    let faults = faults.chain(report["faults"].as_array().unwrap());
    found.chain(faults.map(|fault| format!("fault {}: {}", text(fault, "code"), text(fault, "message")))).collect()
}
