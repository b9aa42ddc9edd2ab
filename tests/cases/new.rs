//! `changegate new rule`: what it writes runs as it is, and nothing is written over.

use super::said;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn changegate(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_changegate")).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn a_new_rule_has_cases_that_run() {
    let folder = tempfile::tempdir().unwrap();
    let (status, told) = said(&changegate(folder.path(), &["new", "rule", "house/change-window"]));
    assert_eq!(status, Some(0), "{told}");
    assert!(
        told.starts_with("wrote policies/house/change-window.rhai\nwrote policies/house/change-window.cases.json\n"),
        "{told}"
    );
    assert!(
        told.contains("paths = [\"policies\"]")
            && told.ends_with("then changegate test policies && changegate lint policies\n"),
        "{told}"
    );
    let whole = ["test", "--coverage", "--fail-under", "100", "--mutate", "policies"];
    let (status, told) = said(&changegate(folder.path(), &whole));
    assert_eq!(status, Some(0), "{told}");
    assert!(told.starts_with("PASSED  2 cases of 1 rule: 2 passed\n"), "{told}");
    // A proposal is judged by it.
    fs::write(folder.path().join("changegate.toml"), "[policies]\npaths = [\"policies\"]\n").unwrap();
    let (_, told) = said(&changegate(folder.path(), &["rules"]));
    assert!(told.contains("house/change-window"), "{told}");
}

/// Profiles that are there are of other systems than that of the cases.
#[test]
fn its_cases_run_beside_profiles() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(&changegate(folder.path(), &["init", "--system", "shop"])).0, Some(0));
    let more = "[policies]\npaths = [\"rules/ours\"]\n[systems]\nrequired = true\n";
    fs::write(folder.path().join("changegate.toml"), more).unwrap();
    let (status, told) = said(&changegate(folder.path(), &["new", "rule", "ticket"]));
    assert_eq!(status, Some(0), "{told}");
    let wrote = "wrote rules/ours/ticket.rhai\nwrote rules/ours/ticket.cases.json\n\nnext: ";
    assert!(told.starts_with(wrote) && told.ends_with("then changegate test && changegate lint\n"), "{told}");
    let (status, told) = said(&changegate(folder.path(), &["test"]));
    assert_eq!(status, Some(0), "{told}");
}

#[test]
fn nothing_is_written_over_and_nothing_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let cases = folder.path().join("policies/a/b.cases.json");
    fs::create_dir_all(cases.parent().unwrap()).unwrap();
    fs::write(&cases, "mine").unwrap();
    let ids = [
        ("a/b", "usage/exists"),
        ("backup/restore-tested", "usage/exists"),
        ("../a", "policy/bad-id"),
        ("/a", "policy/bad-id"),
        ("a//b", "policy/bad-id"),
        ("a/", "policy/bad-id"),
        ("A", "policy/bad-id"),
        ("a b", "policy/bad-id"),
        ("a.rhai", "policy/bad-id"),
        ("a/-b", "policy/bad-id"),
        ("", "policy/bad-id"),
        ("a\n::error::b", "policy/bad-id"),
        ("house/con", "policy/bad-id"),
        ("aux/ticket", "policy/bad-id"),
        ("lpt1", "policy/bad-id"),
        ("proposal/draft", "policy/bad-id"),
        ("trust/changed", "policy/bad-id"),
        ("check/unproposed", "policy/bad-id"),
    ];
    for (id, code) in ids {
        let (status, told) = said(&changegate(folder.path(), &["new", "rule", "--", id]));
        assert!(status == Some(2) && told.contains(code) && !told.contains("\n::error"), "{id}: {told}");
    }
    assert_eq!(fs::read_to_string(&cases).unwrap(), "mine");
    let files = fs::read_dir(cases.parent().unwrap()).unwrap().count();
    assert_eq!((files, fs::read_dir(folder.path()).unwrap().count()), (1, 1));
    // Where the configuration leads out of the folder, nothing is written either.
    fs::write(folder.path().join("changegate.toml"), "[policies]\npaths = [\"../elsewhere\"]\n").unwrap();
    let (status, told) = said(&changegate(folder.path(), &["new", "rule", "c"]));
    assert!(status == Some(2) && told.contains("usage/unwritable"), "{told}");
}

/// What is printed can be pasted where it says, after `init` too, which writes a table of that name.
#[test]
fn what_has_to_be_named_can_be_pasted() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(&changegate(folder.path(), &["init"])).0, Some(0));
    let (_, told) = said(&changegate(folder.path(), &["new", "rule", "house/ticket"]));
    let expected = "\nchangegate.toml has to name its folder in its `[policies]` before anything is judged by it:\n\n  paths = [\"policies\"]\n\n";
    assert!(told.contains(expected), "{told}");
    let config = fs::read_to_string(folder.path().join("changegate.toml")).unwrap();
    let pasted = config.replace("[policies]\n", "[policies]\npaths = [\"policies\"]\n");
    fs::write(folder.path().join("changegate.toml"), pasted).unwrap();
    let (status, told) = said(&changegate(folder.path(), &["rules"]));
    assert!(status == Some(0) && told.contains("house/ticket"), "{told}");
    // Whoever names the folder on the command line as well has each rule once.
    let whole = folder.path().canonicalize().unwrap().join("policies").display().to_string();
    for named in ["policies", "./policies/", &whole] {
        let (status, told) = said(&changegate(folder.path(), &["rules", "--policies", named]));
        assert!(status == Some(0) && told.matches("house/ticket").count() == 1, "{named}: {told}");
    }
    // A file of another name is told by it.
    fs::write(folder.path().join("gate.toml"), "").unwrap();
    let (_, told) = said(&changegate(folder.path(), &["--config", "gate.toml", "new", "rule", "house/other"]));
    assert!(
        told.contains("\ngate.toml has to name its folder before anything is judged by it:\n\n  [policies]\n"),
        "{told}"
    );
}
