//! Every rule of the built-in pack, and of the pack in `examples/policies`, by its cases, which stand beside it:
//! `policies/backup/restore-tested.cases.json`.
//!
//! A case is a base proposal of `examples/`, edits by JSON Pointer, and the findings that the rule must make of it, with
//! level, place and message. Run with `UPDATE=1` to write what was found into the cases; then read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::facts::Phase;
use changegate::gate::Gate;
use changegate::policy::{Evaluator, Pack, RuleSet, pack};
use changegate::profiles::Profiles;
use changegate::proposal::model::EVIDENCE;
use changegate::proposal::read;
use changegate::source::Source;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The time by which cases are judged unless they say otherwise: the day the examples were submitted.
const NOW: &str = "2026-11-21T12:00:00Z";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is special about it, as a sentence.
    name: String,
    /// The file of `examples/` that is edited, without its extension.
    base: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    /// Values to set, by JSON Pointer; objects on the way are made.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    set: BTreeMap<String, Value>,
    /// What to remove, by JSON Pointer, before anything is set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remove: Vec<String>,
    /// What is set in the profile of the system, by JSON Pointer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    profile: BTreeMap<String, Value>,
    /// The freezes that the gate knows of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    freezes: Vec<Value>,
    /// What else it knows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    evidence: BTreeMap<String, Value>,
    /// What must be owed afterwards: its day, and its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owed: Vec<String>,
    expect: Vec<Expected>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    level: String,
    at: String,
    message: String,
}

#[test]
fn every_rule_does_what_its_cases_say() {
    let mut wrong = Vec::new();
    // While one family is worked on, `RULES=impact/` judges it alone.
    let only = std::env::var("RULES").unwrap_or_default();
    for (folder, (id, source)) in rules().into_iter().filter(|(_, (id, _))| id.starts_with(&only)) {
        let path = Path::new(folder).join(format!("{id}.cases.json"));
        let Ok(text) = fs::read_to_string(&path) else {
            wrong.push(format!("{id}: there is no {}", path.display()));
            continue;
        };
        let mut cases: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let pack = Pack { rules: vec![(Arc::clone(&id), source)], sound: false };
        for case in &mut cases {
            let (found, owed) = judge(&pack, case);
            if owed != case.owed {
                wrong.push(format!("{id}: {}\n  expected to be owed {:?}\n  found {owed:?}", case.name, case.owed));
                case.owed = owed;
            }
            if found != case.expect {
                wrong.push(format!(
                    "{id}: {}\n  expected {}\n  found    {}",
                    case.name,
                    serde_json::to_string(&case.expect).unwrap(),
                    serde_json::to_string(&found).unwrap()
                ));
                case.expect = found;
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
        if !cases.iter().any(|case| case.expect.is_empty()) {
            wrong.push(format!("{id}: no case passes"));
        }
        if !cases.iter().any(|case| !case.expect.is_empty() || !case.owed.is_empty()) {
            wrong.push(format!("{id}: no case fails"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a fast track may leave out is left out by other rules, which ask `fast_track_holds`; and `fast-track/eligible` tells what
/// is wrong. How severe is severe enough is a parameter of that rule alone.
#[test]
fn a_fast_track_holds_where_it_is_not_denied() {
    let probe = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan", "deploy"], level: "info" };
        fn check(p) { if fast_track_holds() { info("it holds"); } }
    "#;
    let source = Arc::new(Source::new("probe.rhai".to_owned(), probe.to_owned()));
    let pack = Pack { rules: vec![(Arc::from("a/probe"), source)], sound: false };
    let cases = fs::read_to_string("policies/fast-track/eligible.cases.json").unwrap();
    let cases: Vec<Case> = serde_json::from_str(&cases).unwrap();
    let asks = |case: &Case| case.base == "fast-track" && !case.remove.iter().any(|removed| removed == "/fast_track");
    let severe = |case: &Case| !case.expect.iter().any(|found| found.message.contains("the fast track begins at"));
    let mut held = 0;
    for case in cases.iter().filter(|case| asks(case) && severe(case)) {
        let holds = judge(&pack, case).0.iter().any(|found| found.message == "it holds");
        assert_eq!(holds, case.expect.is_empty(), "{}", case.name);
        held += usize::from(holds);
    }
    assert!(held > 0, "no case passes");
}

/// The folder of a pack, and a rule of it: its id and its text.
type PackRule = (&'static str, (Arc<str>, Arc<Source>));

/// All rules with the folder of their pack.
fn rules() -> Vec<PackRule> {
    let examples = pack(Path::new(""), Path::new("examples/policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    // From the folder, so that a rule can be worked on without building anything; that the same are built in holds
    // tests/architecture.rs.
    let built_in = pack(Path::new(""), Path::new("policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    let built_in = built_in.rules.into_iter().map(|rule| ("policies", rule));
    built_in.chain(examples.rules.into_iter().map(|rule| ("examples/policies", rule))).collect()
}

#[test]
fn every_cases_file_has_its_rule() {
    let files: Vec<_> = rules().into_iter().map(|(folder, (id, _))| format!("{folder}/{id}.cases.json")).collect();
    let mut folders = vec![PathBuf::from("policies"), PathBuf::from("examples/policies")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(path) = path.to_str().filter(|path| path.ends_with(".cases.json")) {
                assert!(files.iter().any(|known| known == path), "{path} belongs to no rule");
            }
        }
    }
}

fn judge(pack: &Pack, case: &Case) -> (Vec<Expected>, Vec<String>) {
    let mut proposal: Value =
        serde_json::from_str(&fs::read_to_string(format!("examples/{}.json", case.base)).unwrap()).unwrap();
    for pointer in &case.remove {
        remove(&mut proposal, pointer, &case.name);
    }
    for (pointer, value) in case.set.iter().filter(|(pointer, _)| !of_the_system(pointer)) {
        set(&mut proposal, pointer, value, &case.name);
    }
    let phase = case.phase.as_deref().map_or(Phase::Plan, |phase| Phase::parse(phase).expect("a phase"));
    let rules = RuleSet::load(std::slice::from_ref(pack), &[], phase).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let config = Config::none();
    let now = case.now.as_deref().unwrap_or(NOW).parse().expect("a time");
    let profiles = profiles(&proposal, case);
    let mut gate =
        Gate::new(rules, profiles.1, &config, phase, Some(now), now).unwrap_or_else(|fault| panic!("{fault:?}"));
    gate.evidence = Arc::new(evidence(case));
    let judgement = gate.judge(&mut Evaluator::new(&gate.rules), "case.json", proposal.to_string().into_bytes());
    assert!(judgement.faults.is_empty(), "{}: {:#?}", case.name, judgement.faults);
    let owed = judgement.obligations.iter();
    let owed = owed.map(|owed| format!("{} {}: {}", owed.due.as_deref().unwrap_or("-"), owed.id, owed.what)).collect();
    let expected = judgement.findings.into_iter().map(|finding| Expected {
        level: finding.level.to_string(),
        at: finding.pointer,
        message: if finding.rule.starts_with("proposal/") {
            format!("[{}] {}", finding.rule, finding.message)
        } else {
            finding.message
        },
    });
    (expected.collect(), owed)
}

/// What is true of a system stands in its profile, not in the proposal.
fn of_the_system(pointer: &str) -> bool {
    pointer.starts_with("/system/") && pointer != "/system/id"
}

/// The profile of the proposal's system from `examples/systems`, edited; the folder has to outlive the run.
fn profiles(proposal: &Value, case: &Case) -> (tempfile::TempDir, Profiles) {
    let folder = tempfile::tempdir().unwrap();
    let system = proposal["system"]["id"].as_str().unwrap_or_default();
    if let Ok(text) = fs::read_to_string(format!("examples/systems/{system}.json")) {
        let mut profile: Value = serde_json::from_str(&text).unwrap();
        let of_the_system = case.set.iter().filter(|(pointer, _)| of_the_system(pointer));
        for (pointer, value) in case.profile.iter().chain(of_the_system) {
            if value.is_null() {
                remove(&mut profile, pointer, &case.name);
            } else {
                set(&mut profile, pointer, value, &case.name);
            }
        }
        fs::write(folder.path().join(format!("{system}.json")), profile.to_string()).unwrap();
    }
    let profiles = Profiles::of(folder.path(), Path::new(""), false, Limits::default()).unwrap();
    (folder, profiles)
}

fn evidence(case: &Case) -> changegate::proposal::Tree {
    let mut evidence = serde_json::json!(case.evidence);
    evidence["freezes"] = case.freezes.clone().into();
    let text = evidence.to_string();
    let document = Document::parse("evidence.json", text.into_bytes(), &Limits::default()).unwrap();
    read(&document, &EVIDENCE).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn remove(document: &mut Value, pointer: &str, case: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let removed = match document.pointer_mut(parent) {
        Some(Value::Object(map)) => map.remove(name),
        Some(Value::Array(items)) => {
            name.parse().ok().filter(|index| *index < items.len()).map(|index: usize| items.remove(index))
        }
        _ => None,
    };
    assert!(removed.is_some(), "{case}: there is nothing at {pointer} to remove");
}

fn set(document: &mut Value, pointer: &str, value: &Value, case: &str) {
    let mut at = document;
    let mut names = pointer.split('/').skip(1).peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none();
        at = match at {
            Value::Object(map) => map.entry(name).or_insert_with(|| Value::Object(serde_json::Map::new())),
            Value::Array(items) => {
                let index: usize = if name == "-" { items.len() } else { name.parse().expect("an index") };
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index).unwrap_or_else(|| panic!("{case}: {pointer} is past the end"))
            }
            _ => panic!("{case}: {pointer} runs through a value that has no fields"),
        };
        if last {
            *at = value.clone();
        }
    }
}
