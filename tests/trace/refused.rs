//! What can't be traced is no pass, and says so.

use super::{folder, run, said};
use std::fs;

const PASSES: &str = "fn check(p) { if p.title == () { deny(\"x\"); } }";

#[test]
fn a_rule_that_there_is_not_may_be_a_slip() {
    let folder = folder(PASSES);
    let (status, text) = said(&run(folder.path(), &["a/rula", "p.json"]));
    assert_eq!(status, Some(2));
    assert!(text.contains("usage/unknown-rule") && text.contains("did you mean `a/rule`?"), "{text}");
}

#[test]
fn what_is_meant_is_a_rule_and_no_family() {
    let folder = folder(PASSES);
    let policies = folder.path().join("policies");
    fs::create_dir(policies.join("changed")).unwrap();
    for to in ["a/change-window.rhai", "changed/once.rhai"] {
        fs::copy(policies.join("a/rule.rhai"), policies.join(to)).unwrap();
    }
    let (_, text) = said(&run(folder.path(), &["change-window", "p.json"]));
    assert!(text.contains("did you mean `a/change-window`?"), "{text}");
    let (_, text) = said(&run(folder.path(), &["change", "p.json"]));
    assert!(!text.contains("did you mean `changed`?"), "{text}");
}

#[test]
fn a_rule_of_another_phase_is_not_run() {
    let folder = folder(PASSES);
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json", "--phase", "close"]));
    assert_eq!(status, Some(2), "{text}");
    // Without a rule that takes part nothing is judged at all.
    assert!(text.contains("policy/no-rule-applied") || text.contains("usage/rule-not-run"), "{text}");
    fs::write(
        folder.path().join("policies/a/other.rhai"),
        fs::read_to_string(folder.path().join("policies/a/rule.rhai")).unwrap().replace("[\"plan\"]", "[\"close\"]"),
    )
    .unwrap();
    let (status, text) = said(&run(folder.path(), &["a/other", "p.json"]));
    assert_eq!(status, Some(2));
    assert!(text.contains("usage/rule-not-run") && text.contains("`--phase close`"), "{text}");
    assert!(text.contains("UNDECIDED"), "{text}");
}

#[test]
fn a_rule_that_is_switched_off_is_not_run() {
    let folder = folder(PASSES);
    fs::write(
        folder.path().join("policies/a/other.rhai"),
        fs::read_to_string(folder.path().join("policies/a/rule.rhai")).unwrap(),
    )
    .unwrap();
    let settings = "[rules.\"a/rule\"]\noff = { reason = \"we have none of those here\" }\n";
    fs::write(folder.path().join("changegate.toml"), settings).unwrap();
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("usage/rule-not-run") && text.contains("we have none of those"), "{text}");
}

#[test]
fn a_rule_is_traced_over_one_proposal() {
    let folder = folder(PASSES);
    fs::create_dir(folder.path().join("many")).unwrap();
    for name in ["a.json", "b.json"] {
        fs::copy(folder.path().join("p.json"), folder.path().join("many").join(name)).unwrap();
    }
    let (status, text) = said(&run(folder.path(), &["a/rule", "many"]));
    assert!(status == Some(2) && text.contains("usage/one-proposal"), "{text}");
    let (status, text) = said(&run(folder.path(), &["a/rule", "none.json"]));
    assert_eq!(status, Some(2), "{text}");
}

#[test]
fn a_proposal_that_is_not_valid_is_told_as_a_check_tells_it() {
    let folder = folder(PASSES);
    fs::write(folder.path().join("p.json"), "{ \"changegate\": 1, \"titel\": \"x\" }").unwrap();
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert_eq!(status, Some(1));
    assert!(text.contains("proposal/unknown-field") && text.contains("BLOCKED"), "{text}");
}
