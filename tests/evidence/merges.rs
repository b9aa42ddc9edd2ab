//! What was merged into frozen paths, as the history of the repository has it.

use super::desk::{Desk, Told};
use serde_json::json;
use std::process::Command;

/// The freeze begins a day before the window, which opens on the 25th at 18:00.
fn frozen(desk: Desk) -> Desk {
    desk.proposing(
        "/freeze",
        json!({ "start": "2026-11-24T18:00:00Z", "end": "2026-11-26T06:00:00Z", "paths": ["network/**", "deploy"] }),
    )
}

fn desk() -> Desk {
    let desk = frozen(Desk::in_git()).with("network/fw.tf", "a");
    desk.commit("first", "2026-11-20T12:00:00Z");
    desk
}

fn deploy(desk: &Desk, arguments: &[&str]) -> Told {
    let output =
        desk.run(&[&["--phase", "deploy", "--now", "2026-11-25T17:50:00Z", "--format", "json"], arguments].concat());
    Told::of(&output)
}

/// What `freeze/held` says, if anything.
fn held(told: &Told) -> Option<&str> {
    let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["rule"] == "freeze/held")?["message"].as_str()
}

#[test]
fn what_touches_frozen_paths_breaks_the_freeze() {
    let desk = desk();
    desk.write("src/main.c", "x");
    desk.commit("elsewhere", "2026-11-25T10:00:00Z");
    let told = deploy(&desk, &[]);
    assert_eq!(held(&told), None);
    assert_eq!(told.consulted()["state"], "known");
    assert_eq!(told.consulted()["question"], "what was merged into network/**, deploy since 2026-11-24T18:00:00Z");
    desk.write("network/fw.tf", "b");
    desk.commit("firewall: open 5433", "2026-11-25T11:00:00Z");
    assert!(
        held(&deploy(&desk, &[]))
            .unwrap()
            .contains("(firewall: open 5433) was merged into the frozen scope at 2026-11-25")
    );
}

/// A merge brings all of its branch at the time of the merge, however old the commits of that are.
#[test]
fn a_merge_counts_when_it_was_merged() {
    let desk = desk();
    desk.git(&["switch", "--quiet", "--create=old"]);
    desk.write("deploy/a.yml", "x");
    desk.commit("long ago", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "main"]);
    assert_eq!(held(&deploy(&desk, &[])), None);
    desk.git_at("2026-11-25T12:00:00Z", &["merge", "--quiet", "--no-ff", "--message", "Merge old", "old"]);
    assert!(held(&deploy(&desk, &[])).unwrap().contains("(Merge old)"));
}

/// Whoever commits says when; what it stands on says when not.
#[test]
fn a_date_that_is_made_up_hides_nothing() {
    let desk = desk();
    desk.commit("in the freeze", "2026-11-25T10:00:00Z");
    desk.write("network/fw.tf", "b");
    desk.commit("with a date of last year", "2025-11-25T10:00:00Z");
    desk.commit("and one before the epoch of this gate", "1980-01-01T00:00:00Z");
    assert!(held(&deploy(&desk, &[])).unwrap().contains("(with a date of last year)"));
}

#[test]
fn a_freeze_that_is_to_begin_raises_no_question() {
    let told = desk().check(&["--phase", "deploy"]);
    assert_eq!(told.report["proposals"][0]["consulted"], json!([]));
    assert_eq!(desk().check(&[]).report["proposals"][0]["consulted"], json!([]), "in the phase plan");
}

#[test]
fn what_can_not_be_told_is_said_and_undecided_where_it_is_required() {
    let outside = frozen(Desk::new());
    let told = deploy(&outside, &[]).is(2, &["evidence/unavailable"]);
    assert_eq!(told.consulted()["state"], "unavailable");
    assert!(told.consulted()["why"].as_str().unwrap().contains("is in no git repository"), "{told:?}");
    let human = outside.run(&["--phase", "deploy", "--now", "2026-11-25T17:50:00Z"]);
    assert!(String::from_utf8(human.stdout).unwrap().contains("unproven what was merged into network/**, deploy"));
    assert_eq!(human.status.code(), Some(2));
    outside.write("changegate.toml", "[evidence]\ngit = \"optional\"\n");
    assert_eq!(deploy(&outside, &[]).status, Some(1));

    let bad = desk().proposing("/freeze/paths", json!(["a/***"]));
    assert_eq!(deploy(&bad, &[]).consulted()["why"], "`a/***` is no pattern of paths");
    bad.write("changegate.toml", "[evidence]\ngit = \"off\"\n");
    assert_eq!(deploy(&bad, &[]).report["proposals"][0]["consulted"], json!([]));
}

#[test]
fn a_history_that_was_cut_off_tells_what_it_has_and_no_more() {
    let whole = desk();
    whole.write("network/fw.tf", "b");
    whole.commit("firewall: open 5433", "2026-11-25T10:00:00Z");
    let told = shallow(&whole, 1);
    assert_eq!(told.consulted()["state"], "unavailable");
    assert!(told.consulted()["why"].as_str().unwrap().contains("was cut off when it was cloned"), "{told:?}");
    told.is(2, &["evidence/unavailable"]);
    whole.commit("elsewhere", "2026-11-25T11:00:00Z");
    shallow(&whole, 1).is(2, &["evidence/unavailable"]);
    assert!(held(&shallow(&whole, 2)).is_none());
    // The commit before the freeze is there, and so is all of what came after it.
    assert!(held(&shallow(&whole, 3)).unwrap().contains("(firewall: open 5433)"));
    // What can be seen is enough, where more can't.
    whole.write("network/fw.tf", "c");
    whole.commit("firewall: open 5434", "2026-11-25T12:00:00Z");
    assert!(held(&shallow(&whole, 2)).unwrap().contains("(firewall: open 5434)"));
}

fn shallow(whole: &Desk, depth: usize) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let from = format!("file://{}", whole.at("").display());
    let clone = Command::new("git")
        .args(["clone", "--quiet", &format!("--depth={depth}"), &from, "."])
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(clone.success());
    let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "p.json", "--phase", "deploy", "--now", "2026-11-25T17:50:00Z", "--format", "json"])
        .current_dir(&folder)
        .output()
        .unwrap();
    Told::of(&output)
}

/// What a submodule points at is a file like any other, whatever the author of the change has git ignore.
#[test]
fn a_submodule_that_is_ignored_is_not_overlooked() {
    let desk = desk();
    desk.write(".gitmodules", "[submodule \"network\"]\n\tpath = network/rules\n\turl = ../rules\n\tignore = all\n");
    desk.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},network/rules", "1".repeat(40))]);
    desk.git_at("2026-11-20T13:00:00Z", &["commit", "--quiet", "--message", "rules"]);
    desk.git(&["update-index", "--cacheinfo", &format!("160000,{},network/rules", "2".repeat(40))]);
    desk.git_at("2026-11-25T10:00:00Z", &["commit", "--quiet", "--message", "other rules"]);
    assert!(held(&deploy(&desk, &[])).unwrap().contains("(other rules)"));
}

/// With a base, what was merged is that of the base: the branch of the proposal has merged nothing yet.
#[test]
fn with_a_base_the_history_of_the_base_counts() {
    let desk = desk();
    desk.write("changegate.toml", "");
    desk.commit("a gate", "2026-11-20T14:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("network/fw.tf", "b");
    desk.commit("not merged", "2026-11-25T10:00:00Z");
    assert_eq!(held(&deploy(&desk, &["--base", "main"])), None);
    assert!(held(&deploy(&desk, &[])).is_some());
}
