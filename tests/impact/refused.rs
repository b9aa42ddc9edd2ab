//! What can't be worked out is no impact that is nothing.

use crate::desk::{CONFIG, Desk, NOW};
use std::fs;

#[track_caller]
fn refused(desk: &Desk, arguments: &[&str], says: &[&str]) {
    let (status, text) = desk.said(&[&["--base", "main", "--now", NOW], arguments].concat());
    assert_eq!(status, Some(2), "{text}");
    for said in says {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_side_that_does_not_load_leaves_it_undecided() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", "fn check(p) {");
    refused(&desk, &[], &["policy/header", "(of the work tree)"]);
    desk.commit("Broken", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    let commit = desk.git(&["rev-parse", "--short=12", "main"]);
    desk.write("changegate.toml", "bad = [");
    refused(&desk, &[], &["policy/header", &format!("(of {commit})"), "config/syntax", "(of the work tree)"]);
}

#[test]
fn a_side_without_rules_leaves_it_undecided() {
    let desk = Desk::new();
    desk.write("changegate.toml", "[policies]\nbuiltin = false\n");
    refused(&desk, &[], &["policy/no-rule-applied"]);
    let off = |rule: &str| format!("[rules.\"house/{rule}\"]\noff = {{ reason = \"we are in a hurry\" }}\n");
    desk.write("changegate.toml", format!("{CONFIG}{}{}", off("long"), off("ticket")));
    refused(&desk, &[], &["policy/no-rule-applied", "(of the work tree)"]);
}

#[test]
fn no_proposal_is_no_answer() {
    let desk = Desk::new();
    refused(&desk, &["nothing"], &["check/nothing-to-judge"]);
    refused(&desk, &["nothing", "--history"], &["check/nothing-to-judge"]);
    fs::remove_dir_all(desk.at("changes")).unwrap();
    refused(&desk, &[], &["check/nothing-to-judge"]);
}

#[test]
fn proposals_over_which_no_rule_ran_are_no_answer() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.at("changes")).unwrap();
    desk.write("changes/bad.json", "{}");
    refused(&desk, &[], &["check/nothing-decided", "1 is decided by neither side"]);
    refused(&desk, &["--format", "markdown"], &["nothing-decided"]);
    refused(&desk, &["--format", "json"], &["\"outcome\": \"undecided\"", "check/nothing-decided"]);
}

#[test]
fn a_side_after_that_decides_nothing_is_no_answer() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", crate::desk::rule("deny", 20, "[][9];"));
    refused(&desk, &[], &["check/nothing-decided", "decided 3 by the side before, and decide none by the side after"]);
    refused(&desk, &["--history"], &["check/nothing-decided"]);
    // The other way round there is something to tell.
    desk.commit("Broken", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    desk.write("policies/house/long.rhai", crate::desk::rule("deny", 20, crate::desk::LONG));
    assert_eq!(desk.run(&["--base", "main", "--now", NOW]).status.code(), Some(0));
}

#[test]
fn outside_of_a_repository_there_is_no_commit_to_compare_with() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.at(".git")).unwrap();
    refused(&desk, &[], &["trust/no-repository"]);
    let desk = Desk::new();
    refused(&desk, &["--head", "nowhere"], &["trust/no-commit"]);
}

#[test]
fn what_neither_side_can_judge_is_not_told_as_unchanged() {
    let desk = Desk::new();
    // More proposals meet in one window than are looked at.
    for number in 0..60 {
        desk.propose(&format!("many-{number}"), number);
    }
    refused(&desk, &[], &["check/nothing-decided", "63 are decided by neither side"]);
    fs::remove_file(desk.at("changes/short.json")).unwrap();
    assert_eq!(desk.run(&["--base", "main", "--history"]).status.code(), Some(0));
}
