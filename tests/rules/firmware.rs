//! An upgrade of what a component counts beside its version, such as its firmware, has the same life as one of its version.

use crate::good;
use crate::of_each;
use changegate::facts::Phase;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const MODEL: &str = "R640";

/// How the version that changes is written.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// The field of the component.
    field: &'static str,
    /// Whether sites, and the items of the record, name the model in `version`.
    sites_name_model: bool,
    record_names_model: bool,
}

const PLAIN: Form = Form { field: "version", sites_name_model: false, record_names_model: false };

/// A file of `examples/life`, the profile by which it is judged, and how it ended.
#[derive(Debug, Clone, Copy)]
struct Step {
    file: &'static str,
    phase: Phase,
    now: &'static str,
    /// Whether the profile has the new version.
    done: bool,
    outcome: Option<&'static str>,
    /// The version of the record.
    installed: Option<&'static str>,
    /// The rules that deny it.
    denied_by: &'static [&'static str],
}

const NOW: &str = "2027-01-08T09:00:00Z";
const PLAN: Step = Step {
    file: "1-plan",
    phase: Phase::Plan,
    now: "2026-11-21T12:00:00Z",
    done: false,
    outcome: None,
    installed: None,
    denied_by: &[],
};
const DEPLOY: Step = Step { file: "2-deploy", phase: Phase::Deploy, now: "2026-12-06T00:40:00Z", ..PLAN };
const CLOSE: Step = Step { file: "3-close", phase: Phase::Close, now: NOW, done: true, ..PLAN };
const NOT_THERE: Step = Step { done: false, denied_by: &["record/profile-updated"], ..CLOSE };
const OLD_RUNS: Step =
    Step { installed: Some("15.8"), denied_by: &["record/profile-updated", "record/versions-match"], ..CLOSE };
const BACK: Step = Step { done: false, outcome: Some("rolled-back"), installed: Some("15.8"), ..CLOSE };
const NOT_BACK: Step = Step { done: true, denied_by: &["record/profile-updated"], ..BACK };
const ABANDONED: Step = Step { done: false, outcome: Some("abandoned"), ..CLOSE };
const NOT_ABANDONED: Step = Step { done: true, denied_by: &["record/versions-match"], ..ABANDONED };

const LIFE: [Step; 9] = [PLAN, DEPLOY, CLOSE, NOT_THERE, OLD_RUNS, BACK, NOT_BACK, ABANDONED, NOT_ABANDONED];

#[test]
fn what_is_counted_beside_the_version_has_the_same_life() {
    let plain = of_each(&LIFE, |step| told(step, PLAIN));
    for (step, told) in LIFE.iter().zip(&plain) {
        let denied: Vec<_> = told.iter().filter(|one| one.starts_with("deny")).collect();
        let rules = step.denied_by.iter().map(|rule| format!("deny[{rule}]"));
        let only = rules.clone().all(|rule| denied.iter().any(|one| one.starts_with(&rule)));
        let all = denied.iter().all(|one| rules.clone().any(|rule| one.starts_with(&rule)));
        assert!(only && all, "{step:?}: {denied:#?}");
    }
    let forms = ["patch_level", "firmware", "driver"].into_iter().flat_map(|field| {
        [false, true].into_iter().flat_map(move |sites_name_model| {
            [false, true].map(|record_names_model| Form { field, sites_name_model, record_names_model })
        })
    });
    let lives: Vec<_> = forms.flat_map(|form| LIFE.iter().zip(&plain).map(move |life| (form, life))).collect();
    let differ = of_each(&lives, |&(form, (step, plain))| {
        let found = told(step, form);
        (rules(plain) != rules(&found)).then(|| format!("{form:?} {step:?}\n{plain:#?}\n{found:#?}"))
    });
    let differ: Vec<_> = differ.into_iter().flatten().collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The rules that tell something, and how grave it is; how often depends on how much of it is written where.
fn rules(told: &[String]) -> Vec<&str> {
    let mut rules: Vec<_> = told.iter().filter_map(|one| one.split(": ").next()).collect();
    rules.dedup();
    rules
}

fn told(step: &Step, form: Form) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let profile = if step.done { "life/systems/payments-db" } else { "systems/payments-db" };
    fs::write(folder.path().join("payments-db.json"), as_counted(example(profile), form).to_string()).unwrap();
    let gate = good::gate_of(step.phase, step.now, folder.path(), Path::new(""));
    let judgement = gate.judge("proposal.json", proposal(step, form).to_string().into_bytes());
    assert!(judgement.faults.is_empty(), "{:#?}", judgement.faults);
    let findings = judgement.findings.iter();
    let mut told: Vec<_> = findings.map(|one| format!("{}[{}]: {}", one.level, one.rule, one.message)).collect();
    told.sort();
    told
}

fn as_counted(mut profile: Value, form: Form) -> Value {
    let system = &mut profile["system"];
    for component in system["components"].as_array_mut().unwrap() {
        if component["name"] == "database" {
            let version = component["version"].take();
            component["version"] = MODEL.into();
            component[form.field] = version;
        }
    }
    if form.sites_name_model {
        for site in system["sites"].as_array_mut().unwrap() {
            site["versions"] = json!([{ "component": "database", "version": MODEL }]);
        }
    }
    profile
}

fn proposal(step: &Step, form: Form) -> Value {
    let mut proposal = example(&format!("life/{}", step.file));
    if step.phase != Phase::Close {
        return proposal;
    }
    let record = &mut proposal["record"];
    if let Some(outcome) = step.outcome {
        record["outcome"] = outcome.into();
        record["rollback"] = if outcome == "abandoned" { "not-needed" } else { "complete" }.into();
        record["monitoring"]["accepted"] = json!({ "by": "@ada", "reason": "It was taken back in the night, and nothing was lost by that.", "at": "2026-12-20T09:00:00+01:00" });
    }
    for result in record["acceptance"]["results"].as_array_mut().unwrap() {
        result["at"] = "2026-12-06T04:00:00+01:00".into();
    }
    if step.outcome == Some("abandoned") {
        let all = record.as_object_mut().unwrap();
        all.retain(|name, _| !matches!(name.as_str(), "installed" | "monitoring" | "downtime"));
        record["changed_configuration"] = json!([]);
        return proposal;
    }
    for entry in record["installed"].as_array_mut().unwrap() {
        if let Some(version) = step.installed {
            entry["version"] = version.into();
        }
        if form.record_names_model {
            let version = entry["version"].take();
            entry["version"] = MODEL.into();
            entry[form.field] = version;
        }
    }
    proposal
}

fn example(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("examples/{name}.json")).unwrap()).unwrap()
}
