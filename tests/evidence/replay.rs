//! A record is of one change: what the run blocked or left undecided, no replay lets pass.

use super::desk::{Desk, Told};
use super::hub::{Hub, NOW};
use serde_json::{Value, json};
use std::fs;

const PROFILE: &str = "systems/wiki.json";

fn profile() -> String {
    fs::read_to_string("examples/systems/wiki.json").unwrap()
}

/// A change that also touches a profile, and names a report of tests.
fn touching() -> Desk {
    let desk = Desk::in_git().with("changegate.toml", "");
    desk.commit("the base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    assert!(profile().contains("Team wiki"));
    let desk = desk.with(PROFILE, profile().replace("Team wiki", "Our wiki"));
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk
}

fn run(desk: &Desk, arguments: &[&str]) -> Vec<u8> {
    desk.run(&[&NOW[..], arguments].concat()).stdout
}

/// The same proposals, profiles and configuration in a folder without git, with the record.
fn without_git(desk: &Desk, base: &str) -> Desk {
    let other = Desk::new();
    let copied = |path: &str| other.write(path, fs::read(desk.at(path)).unwrap());
    ["p.json", "rec.json"].into_iter().for_each(copied);
    desk.git(&["checkout", "--quiet", base, "--", PROFILE, "changegate.toml"]);
    [PROFILE, "changegate.toml"].into_iter().for_each(copied);
    desk.git(&["checkout", "--quiet", "HEAD", "--", PROFILE, "changegate.toml"]);
    other
}

fn again(desk: &Desk, arguments: &[&str]) -> Told {
    Told::of(&desk.run(&[&["--format", "json", "--evidence", "rec.json"], arguments].concat()))
}

fn record(desk: &Desk) -> Value {
    serde_json::from_slice(&fs::read(desk.at("rec.json")).unwrap()).unwrap()
}

#[test]
fn what_a_change_touches_blocks_in_a_replay_without_git_too() {
    let desk = touching();
    for (format, more) in [("json", &[][..]), ("human", &[]), ("human", &["-v"])] {
        let about = [&["--format", format], more].concat();
        let first = run(&desk, &[&["--base", "main", "--evidence-out", "rec.json"], &about[..]].concat());
        let other = without_git(&desk, "main");
        let second = other.run(&[&["--evidence", "rec.json"], &about[..]].concat());
        assert_eq!(second.status.code(), Some(1));
        let (first, second) = (String::from_utf8(first).unwrap(), String::from_utf8(second.stdout).unwrap());
        assert!(first.contains("trust/changed"), "{first}");
        assert_eq!(first, second);
        other.run(&["--evidence", "rec.json", "--evidence-out", "second.json"]);
        assert_eq!(fs::read(other.at("second.json")).unwrap(), fs::read(desk.at("rec.json")).unwrap());
    }
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    jsonschema::validate(&schema, &record(&desk)).unwrap();
    let touched = &record(&desk)["change"]["value"]["touched"][0];
    assert_eq!((&touched["path"], &touched["kind"]), (&json!(PROFILE), &json!("modified")));
    again(&desk, &["--base", "main"]).is(1, &["trust/changed"]);
}

#[test]
fn a_replay_is_about_the_change_of_the_record() {
    let desk = touching();
    let [base, head] = ["main", "HEAD"].map(|name| desk.git(&["rev-parse", "--short=12", name]));
    run(&desk, &["--evidence-out", "rec.json"]);
    let told = again(&desk, &["--base", "main"]).is(2, &["evidence/other-run"]);
    assert_eq!(
        told.report["faults"][0]["message"],
        format!("the record is of a run about no change, and this run is about the change from {base} to {head}")
    );
    again(&desk, &[]).is(0, &[]);
    run(&desk, &["--base", "main", "--evidence-out", "rec.json"]);
    desk.git(&["commit", "--quiet", "--allow-empty", "--message", "another head"]);
    again(&desk, &["--base", "main"]).is(2, &["evidence/other-run"]);
    desk.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
    again(&desk, &["--base", "main"]).is(1, &["trust/changed"]);
    again(&desk, &["--base", "HEAD"]).is(2, &["evidence/other-run"]);
    again(&desk, &[]).is(1, &["trust/changed"]);
}

/// What is asked of every change is asked of the record of one, though that may not have it.
#[test]
fn a_record_of_a_change_has_what_is_asked_of_every_change() {
    let desk = touching();
    run(&desk, &["--base", "main", "--evidence-out", "rec.json"]);
    let mut record = record(&desk);
    record["entries"].as_array_mut().unwrap().retain(|entry| entry["question"]["ask"] != "changes");
    desk.write("rec.json", record.to_string());
    for about in [&["--base", "main"][..], &[]] {
        again(&desk, about).is(2, &["evidence/not-recorded"]);
    }
}

#[test]
fn a_record_that_does_not_say_which_change_it_is_of_is_refused() {
    let desk = touching();
    run(&desk, &["--base", "main", "--evidence-out", "rec.json"]);
    let sound = record(&desk);
    let refused = |change: Option<Value>, why: &str| {
        let mut record = sound.clone();
        match change {
            Some(change) => record["change"] = change,
            None => drop(record.as_object_mut().unwrap().shift_remove("change")),
        }
        desk.write("rec.json", record.to_string());
        let told = again(&desk, &[]).is(2, &["evidence/record"]);
        let message = told.report["faults"][0]["message"].as_str().unwrap();
        assert!(message.contains(why), "{message}");
    };
    refused(None, "missing field `change`");
    refused(Some(Value::Null), "");
    let mut other = sound["change"].clone();
    other["value"]["touched"] = json!([]);
    refused(Some(other), "what it says of the change does not have its digest");
    let with = |pointer: &str, value: Value| {
        let mut change = sound["change"].clone();
        *change.pointer_mut(pointer).unwrap() = value;
        change["digest"] = json!(changegate::digest::of(change["value"].to_string().as_bytes()));
        Some(change)
    };
    refused(with("/value/head", json!("HEAD")), "what should name a commit does not");
    refused(with("/value/touched/0/kind", json!("praised")), "unknown variant `praised`");
    for (field, value) in [("before", json!(1_u64 << 40)), ("meant", json!(3)), ("lines", json!(["a\nb", "", ""]))] {
        refused(with(&format!("/value/touched/0/excerpt/{field}"), value), "its `excerpt` has no such lines");
    }
}

/// Its entries are empty, and whoever judged by it would judge by nothing.
#[test]
fn a_run_that_came_to_no_judgement_has_no_record_to_judge_by() {
    let desk = touching().with("rules/broken.rhai", "no rule");
    run(&desk, &["--base", "main", "--policies", "rules", "--evidence-out", "rec.json"]);
    assert_eq!(record(&desk)["change"]["state"], "unavailable");
    let told = again(&desk, &[]).is(2, &["evidence/record"]);
    let message = told.report["faults"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("the run came to its end before it was known what the change touches"), "{message}");
}

/// Who has approved what a change touches comes from the record, too.
#[test]
fn what_owners_approved_passes_again_without_git() {
    let profile = profile() + "\n";
    let hub = Hub::new("", &[("CODEOWNERS", "/systems/ @ada\n")], &[(PROFILE, &profile)]).with(|world| world);
    let first = hub.run(&["--format", "json", "--evidence-out", "rec.json"]);
    assert_eq!(first.status.code(), Some(0));
    let other = without_git(&hub.desk, "main");
    let second = other.run(&["--format", "json", "--evidence", "rec.json"]);
    assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&second.stdout));
    assert!(String::from_utf8_lossy(&first.stdout).contains("which `@ada` approved as its owner"));
}
