//! Proposals of the past.

use crate::desk::{Desk, LONG, NOW, flips, of, rule};
use serde_json::json;
use std::fs;

#[test]
fn each_version_that_came_with_a_commit_is_judged_those_that_are_gone_included() {
    let desk = Desk::new();
    desk.propose("gone", 30);
    desk.commit("A proposal", "2026-11-21T12:00:00Z");
    desk.propose("gone", 25);
    desk.commit("Edited", "2026-11-22T12:00:00Z");
    fs::remove_file(desk.at("changes/gone.json")).unwrap();
    // What is elsewhere, or was there before under another name, is not told again.
    desk.write("notes/x.json", "{}");
    fs::copy(desk.at("changes/short.json"), desk.at("changes/copy.json")).unwrap();
    desk.commit("Done", "2026-11-23T12:00:00Z");
    desk.write("policies/house/long.rhai", rule("deny", 27, LONG));
    let told = desk.told(&["--history"]);
    assert_eq!((&told["corpus"], &told["summary"]["proposals"]), (&json!("history"), &json!(5)));
    assert_eq!(flips(&told), [1, 0, 0]);
    let example = &of(&told, "rules", "house/long")["loosened"]["examples"][0];
    assert_eq!(example["file"], "changes/gone.json");
    assert_eq!(example["commit"], desk.git(&["rev-parse", "--short=12", "HEAD~1"]));
    let (_, text) = desk.said(&["--base", "main", "--history"]);
    assert!(text.contains("5 versions of proposals: 1 passes now that did not"), "{text}");
}

#[test]
fn each_is_judged_as_of_its_commit_and_in_its_phase() {
    let desk = Desk::new();
    desk.propose("later", 11);
    desk.commit("Later", "2026-11-28T12:00:00Z");
    let mut record = crate::desk::proposal("ended", "aaa");
    record["record"] = json!({ "outcome": "succeeded" });
    desk.write("changes/ended.json", record.to_string());
    desk.commit("Ended", "2026-11-29T12:00:00Z");
    desk.write("policies/house/when.rhai", rule("deny", 0, "deny(`judged in ${phase} as of ${now}`);"));
    let said = |told: &serde_json::Value| -> Vec<String> {
        let examples = of(told, "rules", "house/when")["tightened"]["examples"].as_array().unwrap();
        examples
            .iter()
            .map(|one| format!("{} {}", one["file"].as_str().unwrap(), one["message"].as_str().unwrap()))
            .collect()
    };
    let output =
        desk.run(&["--base", "main", "--history", "--format", "json", "changes/later.json", "changes/ended.json"]);
    let told = crate::desk::told(&output);
    assert_eq!(said(&told).len(), 1, "{told:#}");
    assert!(said(&told)[0].contains("as of 2026-11-28 13:00"), "{:?}", said(&told));
    let ended = told["summary"]["proposals"].as_u64();
    // No rule here is of the phase close, so that one is decided by neither side.
    assert_eq!((ended, &told["summary"]["decided"]), (Some(2), &json!(1)));
    let output = desk.run(&[
        "--base",
        "main",
        "--history",
        "--now",
        "2026-12-24T00:00:00Z",
        "--format",
        "json",
        "changes/later.json",
    ]);
    assert!(said(&crate::desk::told(&output))[0].contains("as of 2026-12-24"));
    let output = desk.run(&["--base", "main", "--history", "--phase", "plan", "--format", "json"]);
    assert_eq!(crate::desk::told(&output)["summary"]["decided"], 5);
}

#[test]
fn a_history_that_was_cut_off_is_no_history() {
    let desk = Desk::new();
    desk.commit("One more", NOW);
    desk.git(&["switch", "--quiet", "main"]);
    let from = format!("file://{}", desk.at("").display());
    desk.git(&["clone", "--quiet", "--depth=1", "--branch=work", &from, "shallow"]);
    let (status, text) = desk.said(&["-C", "shallow", "--base", "HEAD", "--history"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("was cut off when it was cloned") && text.contains("fetch-depth: 0"), "{text}");
}

#[test]
fn a_folder_below_the_top_of_the_repository_has_its_own_history() {
    let desk = Desk::new();
    desk.git(&["mv", "changes", "part"]);
    fs::create_dir_all(desk.at("below")).unwrap();
    for name in ["part", "policies", "changegate.toml"] {
        fs::rename(desk.at(name), desk.at("below").join(if name == "part" { "changes" } else { name })).unwrap();
    }
    desk.commit("Below", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    desk.write("below/policies/house/long.rhai", rule("deny", 40, LONG));
    let told = desk.told(&["-C", "below", "--history"]);
    assert_eq!((flips(&told), &told["summary"]["proposals"]), ([1, 0, 0], &json!(3)));
}
