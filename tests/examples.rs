//! The examples do what they are shown for: well-made proposals pass in silence, and what history shows to be wrong is blocked for
//! the reason that history gave.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use serde_json::Value;
use std::fs;
use std::process::Command;

const NOW: &str = "2026-11-21T12:00:00Z";

/// Well-made proposals: the file, the phase and the time of the judgement. Those that are closed have profiles that say what runs now.
const SILENT: &[(&str, &str, &str)] = &[
    ("examples/routine-patch.json", "plan", NOW),
    ("examples/payments-db.json", "plan", NOW),
    ("examples/fast-track.json", "plan", NOW),
    ("examples/closed-patch.json", "plan", NOW),
    ("examples/closed-patch.json", "close", "2026-11-27T12:00:00+01:00"),
    ("examples/life/1-plan.json", "plan", NOW),
    ("examples/life/2-deploy.json", "deploy", "2026-12-06T01:40:00+01:00"),
    ("examples/life/3-close.json", "close", "2027-01-08T10:00:00+01:00"),
    ("examples/migrations/software.json", "plan", NOW),
    ("examples/migrations/hardware.json", "plan", NOW),
    ("examples/migrations/data.json", "plan", NOW),
    ("examples/migrations/cloud.json", "plan", NOW),
    ("examples/migrations/platform.json", "plan", NOW),
];

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
    for (file, phase, now) in SILENT {
        let config = if *phase == "close" { "examples/life/closed.toml" } else { "examples/silent.toml" };
        let report = report(&["--now", now, "--phase", phase, "--config", config, file]);
        if report["outcome"] != "pass" || !findings(&report).is_empty() {
            wrong.push(format!("{file} in phase {phase}: {:#?}", findings(&report)));
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
