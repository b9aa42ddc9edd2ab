//! Rows 5 and 15: from where what is judged, and what is judged by, is read.

use super::repository::{QUIET, Repository};
use super::{rule, valid};
use std::process::Command;

/// What lists and explains rules shows those that judge.
#[test]
fn row_15_other_commands_show_the_rules_of_the_base() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", QUIET]);
    let repository = repository.with("rules/other.rhai", rule(""));
    repository.commit("another rule");
    let told = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(arguments)
            .current_dir(repository.room.at("."))
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, rules) = told(&["rules", "--base", "main"]);
    assert!(status == Some(0) && rules.contains("quiet") && !rules.contains("other"), "{rules}");
    assert!(told(&["rules"]).1.contains("other"));
    assert_eq!(told(&["explain", "--base", "main", "quiet"]).0, Some(0));
    assert_eq!(told(&["explain", "--base", "main", "other"]).0, Some(2));
}

/// A pack outside of the repository is the operator's own, whatever the base holds.
#[test]
fn row_15_a_pack_outside_of_the_repository_is_read_where_it_lies() {
    let repository = Repository::new();
    repository.commit("an upgrade");
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("own.rhai"), rule("deny(\"no\");")).unwrap();
    let own = outside.path().to_str().unwrap();
    repository.check(&["--base", "main", "--policies", own, "p.json"]).is(1, &["own"]);
}

/// Nothing of the trusted side is read from the work tree, and nothing behind a link of the base.
#[test]
fn row_15_neither_the_work_tree_nor_a_link_is_read() {
    let repository = Repository::new().with("changegate.toml", "not toml").with("systems/wiki.json", "not json");
    repository.check(&["--base", "main", "p.json"]).is(0, &[]);

    #[cfg(unix)]
    for (name, to) in
        [("rules/link.rhai", "quiet.rhai"), ("systems/link.json", "wiki.json"), ("changegate.toml", "rules/quiet.rhai")]
    {
        let repository = Repository::new();
        let _ = std::fs::remove_file(repository.room.at(name));
        std::os::unix::fs::symlink(to, repository.room.at(name)).unwrap();
        repository.commit("a link");
        repository.git(&["branch", "--force", "main"]);
        let told = repository.check(&["--base", "main", "p.json"]);
        assert_eq!(told.status, Some(2), "{name}: {:#}", told.report);
        assert!(told.text().contains("symbolic link"), "{name}: {}", told.text());
    }
}

/// Row 5: of what is judged, too, the commit is read and not the work tree.
#[test]
fn row_05_what_is_judged_is_what_is_committed() {
    let denies = rule("deny_when(p.title == \"no\", \"no\");");
    let repository = Repository::new().with(QUIET, denies);
    repository.commit("a rule that denies");
    repository.git(&["branch", "--force", "main"]);
    let mut no = valid();
    no["title"] = "no".into();
    let repository = repository.with("p.json", no.to_string()).with("changes/new.json", no.to_string());
    for pattern in ["p.json", ".", "*.json", "./p.json"] {
        let told = repository.check(&["--base", "main", pattern]).is(0, &[]);
        assert_eq!(told.report["proposals"].as_array().unwrap().len(), 1, "{pattern}");
    }
    let told = repository.check(&["--base", "main", "changes"]).is(2, &["check/nothing-to-judge"]);
    assert!(told.text().contains("names no file of commit"), "{}", told.text());
    repository.commit("and now it is committed");
    std::fs::remove_file(repository.room.at("p.json")).unwrap();
    repository.check(&["--base", "main", "p.json"]).is(1, &["quiet"]);
    let told = repository.check(&["--base", "main", "**/*.JSON"]).is(1, &["quiet"]);
    assert_eq!(told.report["proposals"].as_array().unwrap().len(), 2);
}

/// In a folder of the repository, patterns are from there.
#[test]
fn row_05_patterns_are_from_the_folder_in_which_the_gate_runs() {
    let repository = Repository::new();
    let text = std::fs::read_to_string(repository.room.at("p.json")).unwrap();
    let repository = repository
        .with("team/changegate.toml", "[policies]\npaths = [\"rules\"]\nbuiltin = false\n")
        .with("team/rules/quiet.rhai", rule(""))
        .with("team/changes/.hidden/a.json", &text)
        .with("team/changes/.b.json", &text)
        .with("team/changes/c.json", &text);
    repository.commit("a team of its own");
    repository.git(&["branch", "--force", "main"]);
    let told = repository.check(&["-C", "team", "--base", "main", "changes"]).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["file"], "changes/c.json");
    assert_eq!(told.report["skipped"], serde_json::json!(["changes/.b.json", "changes/.hidden/"]));
    let told = repository.check(&["-C", "team", "--base", "main", "changes/.*/*.json", "changes/.b.json"]).is(0, &[]);
    assert_eq!(told.report["proposals"].as_array().unwrap().len(), 2);
}

/// Nobody may hide proposals behind a link, nor have other files read by one.
#[cfg(unix)]
#[test]
fn row_05_links_of_a_commit_are_refused() {
    use std::os::unix::fs::symlink;
    for (to, name, codes) in [
        ("/etc/passwd", "changes/a.json", &["input/path-escape"][..]),
        ("../p.json", "changes/a.json", &["input/path-escape"]),
        ("../team", "changes/folder", &["input/path-escape"]),
        ("/etc", "changes/folder", &["input/path-escape"]),
        ("../../..", "changes/folder", &["input/path-escape"]),
        ("../p.json", "changes/README", &[]),
    ] {
        let repository = Repository::new().with("team/x.txt", "x");
        let text = std::fs::read_to_string(repository.room.at("p.json")).unwrap();
        let repository = repository.with("changes/sound.json", text);
        symlink(to, repository.room.at(name)).unwrap();
        repository.commit("a link");
        repository.git(&["branch", "--force", "main"]);
        let told = repository.check(&["--base", "main", "changes"]);
        told.is(if codes.is_empty() { 0 } else { 2 }, codes);
    }
}

/// The gate may run in a folder of the repository; its paths are from there.
#[test]
fn the_gate_in_a_folder_of_a_repository() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "-r", "--cached", "."]);
    let sub = repository.room.at("sub");
    std::fs::create_dir(&sub).unwrap();
    for name in ["rules", "systems", "changegate.toml", "p.json"] {
        std::fs::rename(repository.room.at(name), sub.join(name)).unwrap();
    }
    repository.commit("all in a folder");
    repository.git(&["branch", "--force", "main"]);
    std::fs::write(sub.join(QUIET), rule("let x = 1;")).unwrap();
    std::fs::write(repository.room.at("changegate.toml"), "another").unwrap();
    repository.commit("a rule");
    let told = repository.check(&["-C", "sub", "--base", "main", "p.json"]).is(1, &["trust/changed"]);
    assert_eq!(told.report["findings"].as_array().unwrap().len(), 1, "{:#}", told.report["findings"]);
    assert_eq!(told.report["findings"][0]["file"], "sub/rules/quiet.rhai");
}

/// A calendar of the base freezes, whatever the branch makes of it.
#[test]
fn row_15_calendars_are_those_of_the_base() {
    let event = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:freeze\nDTSTART:20261101T000000Z\nDTEND:20270101T000000Z\nEND:VEVENT\nEND:VCALENDAR\n";
    let denies = rule("for freeze in evidence.freezes { deny(`${freeze.name} until ${freeze.end}`); }");
    let config = "[policies]\npaths = [\"rules\"]\nbuiltin = false\n[calendars]\nfiles = [\"calendars\"]\n";
    let repository =
        Repository::new().with(QUIET, denies).with("calendars/a.ics", event).with("changegate.toml", config);
    repository.commit("a freeze");
    repository.git(&["branch", "--force", "main"]);
    repository.check(&["--base", "main", "p.json"]).is(1, &["quiet"]);
    for (path, text) in [("calendars/a.ics", event.replace("2027", "2026")), ("calendars/b.ics", event.to_owned())] {
        repository.git(&["checkout", "--quiet", "--force", "-B", "upgrade", "main"]);
        std::fs::write(repository.room.at(path), text).unwrap();
        repository.commit("what suits me");
        let told = repository.check(&["--base", "main", "p.json"]).is(1, &["quiet", "trust/changed"]);
        assert_eq!(told.findings().len(), 1, "{:#}", told.report);
        let message = told.report["findings"][0]["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("`{path}` is a calendar by which changes are judged")), "{message}");
    }
}
