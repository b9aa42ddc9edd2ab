//! The first five minutes: `init` writes a proposal that is blocked, and what the findings say is enough to make it pass.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PROPOSAL: &str = "changes/first-upgrade-of-my-system.json";

#[test]
fn a_first_proposal_is_blocked_and_then_passes() {
    let folder = tempfile::tempdir().unwrap();
    let written = run(folder.path(), &["init"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let blocked = run(folder.path(), &["check", "-q"]);
    assert_eq!(blocked.status.code(), Some(1), "{blocked:?}");
    let rules: Vec<_> =
        lines(&blocked).iter().filter_map(|line| line.split(['[', ']']).nth(1).map(str::to_owned)).collect();
    let expected = [
        "proposal/draft",
        "backup/restore-tested",
        "rollback/plan-present",
        "window/fits-rollback",
        "window/decision-time",
        "approvals/quorum",
    ];
    assert_eq!(rules, expected);

    // What each of them says is to be done, in the same order; the times are taken from what the file and the findings say.
    let text = fs::read_to_string(folder.path().join(PROPOSAL)).unwrap();
    let submitted = value(&text, "\"submitted_at\": \"");
    let tested = value(&text, "\"integrity_check\": { \"at\": \"");
    let mended = text
        .replace("  \"draft\": true,\n", "")
        .replace("\"restore_time\": 15", &format!("\"restore_time\": 15,\n    \"restore_test\": {{ \"at\": \"{tested}\", \"outcome\": \"passed\", \"duration\": 15 }}"))
        .replace("restore backup if needed", "@author stops the service, installs version 1.4.1 from the mirror, starts it and opens three pages")
        .replace("T20:00:00Z\", \"zone\"", "T20:30:00Z\", \"zone\"")
        .replace("\"approvals\": []", &format!("\"approvals\": [{{ \"by\": \"@owner\", \"role\": \"owner\", \"at\": \"{submitted}\" }}]"));
    fs::write(folder.path().join(PROPOSAL), mended).unwrap();
    let passed = run(folder.path(), &["check"]);
    assert_eq!(passed.status.code(), Some(0), "{}", String::from_utf8_lossy(&passed.stdout));
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("changegate.toml"), "# mine\n").unwrap();
    let written = run(folder.path(), &["init"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let told = String::from_utf8_lossy(&written.stdout).into_owned();
    assert!(told.contains("wrote systems/my-system.json\n"), "{told}");
    assert!(told.contains("kept  changegate.toml, which was there\n"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("changegate.toml")).unwrap(), "# mine\n");
    let before = fs::read(folder.path().join(PROPOSAL)).unwrap();
    let refused = run(folder.path(), &["init"]);
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("usage/exists") && told.contains("changegate init --system NAME"), "{told}");
    assert_eq!(fs::read(folder.path().join(PROPOSAL)).unwrap(), before);
}

#[test]
fn a_further_system_gets_its_own_files() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init"]).status.code(), Some(0));
    let first = fs::read(folder.path().join(PROPOSAL)).unwrap();
    assert_eq!(run(folder.path(), &["init", "--system", "wiki"]).status.code(), Some(0));
    for file in ["systems/wiki.json", "changes/first-upgrade-of-wiki.json", "systems/my-system.json"] {
        assert!(folder.path().join(file).exists(), "{file}");
    }
    assert_eq!(fs::read(folder.path().join(PROPOSAL)).unwrap(), first);
    // Both are judged, each with its profile: they are drafts, and nothing else keeps them from being read.
    let judged = run(folder.path(), &["check", "-q"]);
    assert_eq!(judged.status.code(), Some(1), "{judged:?}");
    assert_eq!(lines(&judged).iter().filter(|line| line.contains("proposal/draft")).count(), 2);
}

#[test]
fn files_go_where_the_configuration_looks_for_them() {
    for (pattern, written) in [
        ("upgrades/2026/**/*.json", "upgrades/2026/first-upgrade-of-wiki.json"),
        ("upgrades", "upgrades/first-upgrade-of-wiki.json"),
        ("upgrades/next.json", "upgrades/first-upgrade-of-wiki.json"),
        ("*.json", "first-upgrade-of-wiki.json"),
        ("../*.json", "first-upgrade-of-wiki.json"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let config = format!("[systems]\npath = \"profiles\"\n[proposals]\npaths = [\"{pattern}\"]\n");
        fs::write(folder.path().join("changegate.toml"), config).unwrap();
        assert_eq!(run(folder.path(), &["init", "--system", "wiki"]).status.code(), Some(0));
        assert!(folder.path().join(written).exists() && folder.path().join("profiles/wiki.json").exists(), "{pattern}");
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("changegate.toml"), "[systems\n").unwrap();
    assert_eq!(run(folder.path(), &["init"]).status.code(), Some(2), "where they belong is not known");
    assert!(!folder.path().join("systems").exists());
    let written = run(folder.path(), &["init", "--config", "other.toml"]);
    assert_eq!(written.status.code(), Some(0));
    let told = String::from_utf8_lossy(&written.stdout).into_owned();
    let next = format!("next: changegate -C {} check --config other.toml\n", folder.path().display());
    assert!(told.ends_with(&next), "the next command judges by what was written: {told}");
    assert!(folder.path().join("other.toml").exists() && folder.path().join("systems").exists());
}

#[test]
fn the_system_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "--system", "wiki"]).status.code(), Some(0));
    assert!(folder.path().join("systems/wiki.json").exists());
    for name in
        ["../wiki", "", " ", "@ada", "wi:ki", "a@b", "-", ".wiki", "a b", "a/b", "CON", "nul.old", "Lpt9", "com1"]
    {
        let folder = tempfile::tempdir().unwrap();
        let refused = run(folder.path(), &["init", &format!("--system={name}")]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("error[usage/system]"), "{name}: {refused:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
    }
    for name in ["console", "com10", "w.i_k-i+1", "COM", "Wiki"] {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(folder.path(), &["init", "--system", name]).status.code(), Some(0), "{name}");
    }
}

/// Neither a link nor a configuration has files written elsewhere, and where one can't be written none is.
#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_folder() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    for name in ["systems", "changes"] {
        let folder = tempfile::tempdir().unwrap();
        symlink(outside.path(), folder.path().join(name)).unwrap();
        refused(folder.path(), &format!("`{name}` is a symbolic link"));
    }
    for path in ["../elsewhere", outside.path().to_str().unwrap(), "a/../../elsewhere"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("changegate.toml"), format!("[systems]\npath = \"{path}\"\n")).unwrap();
        refused(folder.path(), "outside the folder");
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("systems"), "").unwrap();
    refused(folder.path(), "`systems` is no folder");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    // A link that stays inside is a folder like others.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("profiles")).unwrap();
    symlink("profiles", folder.path().join("systems")).unwrap();
    assert_eq!(run(folder.path(), &["init", "--system", "wiki"]).status.code(), Some(0));
    assert!(folder.path().join("profiles/wiki.json").exists());
}

fn refused(folder: &Path, why: &str) {
    let before = fs::read_dir(folder).unwrap().count();
    let output = run(folder, &["init", "--system", "wiki"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    // The message may be wrapped anywhere.
    let told = String::from_utf8_lossy(&output.stderr).replace("\n  │ ", " ");
    assert!(told.contains("usage/unwritable") && told.contains(why), "{told}");
    assert_eq!(fs::read_dir(folder).unwrap().count(), before, "{told}");
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_changegate"))
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("COLUMNS", "400")
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.contains(": deny[")).map(str::to_owned).collect()
}

fn value<'t>(text: &'t str, before: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split('"').next()).unwrap()
}
