//! Rows 15 to 17: which commits are the base and the head.

use super::repository::{QUIET, Repository};
use super::{Room, rule, valid};

#[test]
fn row_16_a_base_without_configuration() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "changegate.toml"]);
    repository.commit("no gate yet");
    repository.git(&["branch", "--force", "main"]);
    let repository = repository.with("changegate.toml", "[policies]\npaths = [\"rules\"]\nbuiltin = false\n");
    repository.commit("a gate");
    let told = repository.check(&["--base", "main", "p.json"]).is(2, &["trust/no-base-policy"]);
    assert!(told.text().contains("changegate init"), "{}", told.text());
}

#[test]
fn row_17_commits_that_are_not_there() {
    let repository = Repository::new();
    for name in ["nowhere", "main^{tree}", "main:p.json", "--all", "-h", "main..upgrade", "", "\u{1b}[31m", "HEAD~9"] {
        repository.check(&[&format!("--base={name}"), "p.json"]).is(2, &["trust/no-commit"]);
    }
    let room = Room::of_rule(rule(""));
    room.check(&["--base", "main", "p.json"]).is(2, &["trust/no-repository"]);
}

#[test]
fn row_17_a_history_that_was_cut_off() {
    let repository = Repository::new();
    for number in 0..4 {
        repository.commit(&format!("change {number}"));
    }
    repository.git(&["switch", "--quiet", "main"]);
    repository.commit("another");
    let whole = repository.room.at(".").canonicalize().unwrap();
    let clone = Repository { room: Room::new() };
    let url = format!("file://{}", whole.display());
    clone.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=upgrade", &url, "clone"]);
    let told = clone.check(&["-C", "clone", "--base", "origin/main", "p.json"]).is(2, &["trust/no-merge-base"]);
    assert!(told.text().contains("fetch-depth: 0"), "{}", told.text());

    // Two histories that have nothing in common.
    repository.git(&["switch", "--quiet", "--orphan", "upgrade2"]);
    let repository = repository.with("p.json", valid().to_string());
    repository.commit("from nothing");
    repository.check(&["--base", "main", "p.json"]).is(2, &["trust/no-merge-base"]);
}

/// In GitHub Actions nobody has to name the base, and nobody can forget it.
#[test]
fn row_15_the_base_of_the_event() {
    let repository = Repository::new().with(QUIET, rule("let x = 1;"));
    let head = repository.commit("what suits me");
    let base = repository.git(&["rev-parse", "main"]);
    for event in ["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"] {
        let told = repository.in_actions(event, &base, &head, &[]).is(1, &["trust/changed"]);
        assert_eq!(told.report["base"], serde_json::json!({ "name": base, "commit": base, "head": head }));
    }
    let told = repository.in_actions("pull_request", &base, &head, &["--base", "main"]).is(1, &["trust/changed"]);
    assert_eq!(told.report["base"]["name"], "main");
    let told = repository.in_actions("push", &base, &head, &[]).is(0, &[]);
    assert_eq!(told.report["base"], serde_json::Value::Null);
    repository.in_actions("pull_request", "main", &head, &[]).is(2, &["trust/event"]);
    repository.in_actions("pull_request", &"0".repeat(40), &head, &[]).is(2, &["trust/no-commit"]);
}

/// Of such an event the default branch is checked out, and not what it is about.
#[test]
fn row_15_an_event_without_a_base() {
    let repository = Repository::new().with(QUIET, rule("let x = 1;"));
    let head = repository.commit("what suits me");
    let base = repository.git(&["rev-parse", "main"]);
    for event in ["issue_comment", "workflow_run", "issues", "check_suite", "status", "new_event", "", "pulls"] {
        let told = repository.in_actions(event, &base, &head, &[]).is(2, &["trust/event"]);
        let help = told.report["faults"][0]["help"].as_str().unwrap();
        assert!(help.contains("pull_request_target") && help.contains("--base") && help.contains("--pr"), "{help}");
        repository.in_actions(event, &base, &head, &["--base", "main"]).is(1, &["trust/changed"]);
    }
    let told = repository.in_actions("issue_comment", &base, &head, &[]);
    assert_eq!(
        told.report["faults"][0]["message"],
        "the event `issue_comment` names no base, and what is checked out for it is the default branch and no pull request"
    );
    for event in ["push", "schedule", "workflow_dispatch", "release", "deployment"] {
        repository.in_actions(event, &base, &head, &[]).is(0, &[]);
    }
}

/// What is checked out is the pull request, or the merge of it into the base, and nothing else.
#[test]
fn row_17_another_head_than_that_of_the_event() {
    let repository = Repository::new().with("notes.txt", "one");
    let earlier = repository.commit("one");
    let repository = repository.with("notes.txt", "two");
    let head = repository.commit("two");
    let base = repository.git(&["rev-parse", "main"]);
    repository.in_actions("pull_request", &base, &head, &[]).is(0, &[]);
    repository.git(&["switch", "--quiet", "--detach", &earlier]);
    let told = repository.in_actions("pull_request", &base, &head, &[]).is(2, &["trust/other-head"]);
    assert!(told.text().contains(&head[..12]) && told.text().contains(&earlier[..12]), "{}", told.text());

    // The merge that the code host makes: its second parent is the head.
    repository.git(&["switch", "--quiet", "--detach", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--no-edit", &head]);
    let told = repository.in_actions("pull_request", &base, &head, &[]).is(0, &[]);
    assert_eq!(told.report["base"]["head"], head);
    repository.in_actions("pull_request", &base, &earlier, &[]).is(2, &["trust/other-head"]);
    // One that was made the other way round is another thing.
    repository.git(&["switch", "--quiet", "--detach", &head]);
    repository.git(&["commit", "--quiet", "--allow-empty", "--message", "more"]);
    repository.git(&[
        "merge",
        "--quiet",
        "--no-ff",
        "--no-edit",
        "--strategy=ours",
        "--allow-unrelated-histories",
        &earlier,
        "main",
    ]);
    repository.in_actions("pull_request", &base, &head, &[]).is(2, &["trust/other-head"]);
}
