//! Proposals of the past, as the history of the base has them.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const MAIN: &[&str] = &["--now", "2026-11-20T12:00:00Z", "--base", "main"];

/// A fast track of the wiki, whose window opens on 2026-11-21 at 20:00 +01:00.
fn track(id: &str, month_and_day: &str) -> String {
    let text = fs::read_to_string("examples/fast-track.json").unwrap();
    let mut track: Value = serde_json::from_str(&text).unwrap();
    track["id"] = json!(id);
    track["window"]["start"] = json!(format!("2026-{month_and_day}T20:00:00+01:00"));
    track["window"]["end"] = json!(format!("2026-{month_and_day}T21:30:00+01:00"));
    track.to_string()
}

/// A base whose archive was thrown away, and a change that proposes one more fast track.
fn desk() -> Desk {
    let desk = Desk::in_git().with("changegate.toml", "[evidence]\nfiles = \"off\"\n");
    fs::remove_file(desk.at("p.json")).unwrap();
    desk.write("notes.txt", "a");
    desk.commit("first", "2026-07-01T12:00:00Z");
    desk.write("changes/one.json", track("one", "09-01"));
    desk.write("changes/two.json", track("two", "10-01").replace("10-01T20", "10-02T20"));
    desk.commit("two upgrades", "2026-08-30T12:00:00Z");
    desk.write("changes/two.json", track("two", "10-01"));
    desk.commit("another day", "2026-09-15T12:00:00Z");
    desk.write("archive/README.md", "what is done");
    desk.git(&["mv", "changes/two.json", "archive/two.json"]);
    fs::remove_file(desk.at("changes/one.json")).unwrap();
    desk.commit("done", "2026-10-15T12:00:00Z");
    desk.write("changes/current.json", track("three", "11-01"));
    desk.commit("the third", "2026-10-20T12:00:00Z");
    desk.write("changes/current.json", "{}");
    desk.commit("to be written", "2026-11-05T12:00:00Z");
    propose(desk)
}

fn propose(desk: Desk) -> Desk {
    desk.git(&["switch", "--quiet", "--create=change"]);
    desk.write("p.json", track("four", "11-21"));
    desk.commit("the fourth", "2026-11-20T11:00:00Z");
    desk
}

fn check(desk: &Desk, arguments: &[&str]) -> Told {
    Told::of(&desk.run(&[MAIN, &["--format", "json"], arguments].concat()))
}

fn counted(told: &Told) -> Option<&str> {
    let findings = told.report["proposals"][0]["findings"].as_array()?;
    findings.iter().find(|finding| finding["rule"] == "fast-track/not-abused")?["message"].as_str()
}

fn asked(told: &Told) -> Option<&Value> {
    let consulted = told.report["proposals"][0]["consulted"].as_array()?;
    consulted.iter().find(|entry| entry["question"].as_str().is_some_and(|text| text.contains("stood on the base")))
}

#[test]
fn what_was_removed_moved_or_overwritten_counts_as_it_was_last() {
    let desk = desk();
    let commit = |name: &str| desk.git(&["rev-parse", "--short=12", name]);
    let told = check(&desk, &[]);
    assert_eq!(
        counted(&told).unwrap(),
        format!(
            "with this one `wiki` takes the fast track 4 times in 90 days (by git three in changes/current.json of {}, \
             two in changes/two.json of {}, and one in changes/one.json of {}), and 3 are the limit",
            commit("main~1"),
            commit("main~3"),
            commit("main~3")
        )
        .replace(", and one in", " and one in")
    );
    let entry = asked(&told).unwrap();
    assert_eq!(entry["question"], "which proposals of wiki stood on the base since 2026-08-23T00:00:00Z");
    assert_eq!((&entry["state"], &entry["of"]), (&json!("known"), &json!(format!("commit {}", commit("main")))));
}

#[test]
fn without_a_base_nobody_is_asked_and_that_is_told() {
    let desk = desk();
    let tracks = [("a", "09-01"), ("b", "10-01"), ("c", "11-01")];
    for (id, day) in tracks {
        desk.write(&format!("{id}.json"), track(id, day));
    }
    let told =
        Told::of(&desk.run(&["a.json", "b.json", "c.json", "--now", "2026-11-20T12:00:00Z", "--format", "json"]));
    let of = told.report["proposals"].as_array().unwrap().iter().find(|one| one["id"] == "four").unwrap();
    assert_eq!(of["consulted"], json!([]));
    let findings = of["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == "fast-track/not-abused").unwrap();
    assert!(finding["message"].as_str().unwrap().contains("4 times in 90 days (in this run alone), and"), "{finding}");
}

#[test]
fn what_is_no_proposal_or_lies_elsewhere_is_passed_over() {
    let desk = desk();
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("elsewhere/a.json", track("elsewhere", "11-02"));
    desk.write("changes/b.json", "[".repeat(500));
    desk.write("changes/c.txt", track("a-text", "11-02"));
    desk.write("changes/d.json", track("shop", "11-02").replace("\"wiki\"", "\"shop\""));
    desk.write("changes/e.json", track("no id at all", "11-02").replace("no id at all", "\\u001b[2J"));
    desk.write("changes/f.json", track("no-time", "11-02").replace("2026-11-02T20:00:00+01:00", "soon"));
    desk.commit("others", "2026-11-10T12:00:00Z");
    desk.git(&["switch", "--quiet", "change"]);
    let told = check(&desk, &["--evidence-out", "rec.json"]);
    assert!(counted(&told).unwrap().contains(" 4 times "), "{told:?}");
    let record: Value = serde_json::from_slice(&fs::read(desk.at("rec.json")).unwrap()).unwrap();
    let entries = record["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["question"]["ask"] == "earlier").unwrap();
    let ids: Vec<_> =
        entry["answer"]["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["three", "two", "one"]);
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    jsonschema::validate(&schema, &record).unwrap();
}

#[test]
fn a_record_of_it_leads_to_the_same_bytes() {
    let desk = desk();
    let first = desk.run(&[MAIN, &["--format", "json", "--evidence-out", "../rec.json"]].concat());
    desk.git(&["branch", "--quiet", "kept", "main"]);
    let again = desk.run(&[MAIN, &["--format", "json", "--evidence", "../rec.json"]].concat());
    assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&again.stdout));
    assert!(String::from_utf8_lossy(&first.stdout).contains("by git three"));
    fs::remove_file(desk.at("../rec.json")).unwrap();
}

#[test]
fn a_clone_that_was_cut_off_is_undecided_where_git_is_required() {
    let whole = desk();
    let depth = "--depth=3";
    let folder = whole.at("clone");
    let from = format!("file://{}", whole.at(".").display());
    let output = Command::new("git")
        .args(["clone", "--quiet", "--no-single-branch", depth, "--branch=change", &from, "clone"])
        .current_dir(whole.at("."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let run = || {
        let base = ["-C", "clone", "--base", "origin/main", "--now", "2026-11-20T12:00:00Z", "--format", "json"];
        Told::of(&whole.run(&base))
    };
    let told = run().is(2, &["evidence/unavailable"]);
    let entry = asked(&told).unwrap();
    assert_eq!(entry["state"], "unavailable");
    assert!(entry["why"].as_str().unwrap().contains("was cut off when it was cloned"), "{entry}");
    assert!(folder.exists());
}

#[test]
fn off_and_other_phases_ask_nobody() {
    let desk = desk();
    assert_eq!(asked(&check(&desk, &["--phase", "deploy"])), None);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("changegate.toml", "[evidence]\nfiles = \"off\"\ngit = \"off\"\n");
    desk.commit("off", "2026-11-10T12:00:00Z");
    desk.git(&["switch", "--quiet", "change"]);
    assert_eq!(asked(&check(&desk, &[])), None);
}
