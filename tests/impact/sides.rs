//! How the two sides are named.

use crate::desk::{self, CONFIG, Desk, LONG, NOW, flips, rule};
use serde_json::json;

#[test]
fn the_work_tree_is_compared_with_where_the_branch_began() {
    let desk = Desk::new();
    // What others merge meanwhile is no work of this branch.
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("policies/house/long.rhai", rule("deny", 5, LONG));
    desk.commit("Tighter", NOW);
    desk.git(&["switch", "--quiet", "work"]);
    assert_eq!(flips(&desk.told(&[])), [0, 0, 0]);
    desk.write("policies/house/long.rhai", rule("deny", 40, LONG));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &told["after"]["commit"]), ([1, 0, 0], &json!(null)));
    assert_eq!(told["before"]["name"], "main");
    // What is not committed is of no commit.
    assert_eq!(flips(&desk.told(&["--head", "work"])), [0, 0, 0]);
    desk.commit("Looser", NOW);
    let told = desk.told(&["--head", "work"]);
    assert_eq!((flips(&told), &told["after"]["commit"]), ([1, 0, 0], &json!(desk.git(&["rev-parse", "work"]))));
}

#[test]
fn the_default_branch_of_origin_is_the_base_where_nobody_says_another() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 40, LONG));
    let (status, text) = desk.said(&["--now", NOW]);
    assert_eq!(status, Some(2));
    assert!(text.contains("usage/base") && text.contains("changegate impact --base main"), "{text}");
    desk.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let told = desk::told(&desk.run(&["--now", NOW, "--format", "json"]));
    assert_eq!(flips(&told), [1, 0, 0]);
}

#[test]
fn in_a_pull_request_its_ends_are_the_sides() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 40, LONG));
    desk.commit("Looser", NOW);
    let (base, head) = (desk.git(&["rev-parse", "main"]), desk.git(&["rev-parse", "work"]));
    let event = json!({ "number": 7, "pull_request": { "number": 7, "base": { "sha": base, "ref": "main" }, "head": { "sha": head } } });
    desk.write("event.json", event.to_string());
    // What a step before has left in the work tree is no part of the pull request.
    desk.write("policies/house/long.rhai", rule("deny", 5, LONG));
    let path = desk.at("event.json").display().to_string();
    let variables =
        [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_EVENT_PATH", path.as_str())];
    let told = desk::told(&desk.run_with(&variables, &["--now", NOW, "--format", "json"]));
    assert_eq!(
        (flips(&told), &told["after"]["commit"], &told["before"]["commit"]),
        ([1, 0, 0], &json!(head), &json!(base))
    );
}

#[test]
fn an_event_that_checks_out_something_else_is_no_pull_request() {
    let desk = Desk::new();
    desk.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "issue_comment")];
    let output = desk.run_with(&variables, &["--now", NOW]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("trust/event") && text.contains("--head COMMIT"), "{text}");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(desk.run_with(&variables, &["--now", NOW, "--base", "main"]).status.code(), Some(0));
}

#[test]
fn two_files_or_folders_are_compared_without_git() {
    let desk = Desk::new();
    std::fs::remove_dir_all(desk.at(".git")).unwrap();
    desk.write("old.toml", format!("{CONFIG}[rules.\"house/long\".params]\nmost = 100\n"));
    let told = desk::told(&desk.run(&["--old-config", "old.toml", "--now", NOW, "--format", "json"]));
    assert_eq!(flips(&told), [0, 2, 0]);
    assert_eq!(told["before"]["configuration"]["file"], "old.toml");
    desk.write("plain.toml", "[policies]\nbuiltin = false\n");
    desk.write("old/house/long.rhai", rule("deny", 40, LONG));
    let told = desk::told(&desk.run(&[
        "--config",
        "plain.toml",
        "--policies",
        "policies",
        "--old-policies",
        "old",
        "--now",
        NOW,
        "--format",
        "json",
    ]));
    assert_eq!((flips(&told), &told["before"]["policies"]), ([0, 1, 0], &json!(["old"])));
    // Both would be two ways to say which side is the one before.
    assert_eq!(desk.run(&["--old-config", "old.toml", "--base", "main"]).status.code(), Some(2));
}

#[test]
fn a_profile_that_is_another_is_told_and_counts() {
    let desk = Desk::new();
    let profile = std::fs::read_to_string("examples/systems/wiki.json").unwrap();
    desk.write("changegate.toml", "[systems]\npath = \"systems\"\n");
    desk.write("systems/wiki.json", &profile);
    for name in ["longer", "longest"] {
        std::fs::remove_file(desk.at(&format!("changes/{name}.json"))).unwrap();
    }
    desk.commit("Profiles", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    let mut profile: serde_json::Value = serde_json::from_str(&profile).unwrap();
    profile["system"]["criticality"] = json!("critical");
    desk.write("systems/wiki.json", profile.to_string());
    // By then it has been approved.
    let now = "2026-11-21T12:00:00Z";
    let told = desk::told(&desk.run(&["--base", "main", "--now", now, "--format", "json"]));
    assert_eq!((flips(&told), &told["differences"]), ([0, 1, 0], &json!([])));
    assert_eq!(told["besides"], json!([{ "what": "profile", "file": "systems/wiki.json", "difference": "changed" }]));
}
