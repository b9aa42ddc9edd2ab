//! Rows 15 to 17: what is judged by is read from the base, and a change of it is told.

use super::{Room, Told, rule, valid};
use std::process::Command;

/// A repository whose branch `main` holds a rule, a profile, a configuration and a proposal.
struct Repository {
    room: Room,
}

const QUIET: &str = "rules/quiet.rhai";

impl Repository {
    fn new() -> Self {
        let room = Room::of_rule(rule(""))
            .with("changegate.toml", "[policies]\npaths = [\"rules\"]\nbuiltin = false\n[evidence]\ngithub = \"off\"\n")
            .with("systems/wiki.json", std::fs::read_to_string("examples/systems/wiki.json").unwrap());
        let repository = Self { room };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository.git(&["switch", "--quiet", "--create=upgrade"]);
        repository
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .output()
            .expect("git, with which this repository was cloned");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        Self { room: self.room.with(path, text) }
    }

    fn check(&self, arguments: &[&str]) -> Told {
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .output()
            .unwrap();
        let report = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
        Told { status: output.status.code(), report }
    }
}

/// A rule that denies on the base denies, whatever the branch makes of it.
#[test]
fn row_15_what_is_judged_by_is_that_of_the_base() {
    let denies = rule("deny(\"no\");");
    let repository = Repository::new().with(QUIET, &denies);
    let base = repository.commit("a rule that denies");
    repository.git(&["branch", "--force", "main"]);
    for (path, text) in [
        (QUIET, Some(rule(""))),
        (QUIET, Some("no rule at all".to_owned())),
        (QUIET, None),
        ("changegate.toml", Some("[rules.quiet]\noff = \"it stands in the way of this upgrade\"\n".to_owned())),
        ("changegate.toml", None),
    ] {
        repository.git(&["checkout", "--quiet", "--force", "-B", "upgrade", "main"]);
        match text {
            Some(text) => std::fs::write(repository.room.at(path), text).unwrap(),
            None => std::fs::remove_file(repository.room.at(path)).unwrap(),
        }
        let head = repository.commit("what suits me");
        let told = repository.check(&["--base", "main", "p.json"]).is(1, &["quiet", "trust/changed"]);
        assert_eq!(told.report["base"], serde_json::json!({ "name": "main", "commit": base, "head": head }));
        assert_eq!(told.report["findings"][0]["file"], path);
        assert_eq!(told.report["findings"].as_array().unwrap().len(), 1, "{:#}", told.report["findings"]);
    }
}

#[test]
fn row_15_each_way_to_change_it_is_told_with_its_place() {
    let text = rule("");
    let changed = text.replace("fn check(p) {", "\nfn check(p) { let x = 1;");
    let more = "rules/more/new.rhai";
    for (path, text, message, line) in [
        (
            QUIET,
            Some(changed),
            "`rules/quiet.rhai` is a rule by which changes are judged, and this change modifies it",
            2,
        ),
        (more, Some(text), "`rules/more/new.rhai` is a rule by which changes are judged, and this change adds it", 1),
        (QUIET, None, "`rules/quiet.rhai` is a rule by which changes are judged, and this change removes it", 1),
        (
            "systems/wiki.json",
            None,
            "`systems/wiki.json` is a system profile by which changes are judged, and this change removes it",
            1,
        ),
        (
            "systems/new.json",
            Some("{}".to_owned()),
            "`systems/new.json` is a system profile by which changes are judged, and this change adds it",
            1,
        ),
        (
            "changegate.toml",
            Some("[policies]\npaths = [\"rules\"]\n".to_owned()),
            "`changegate.toml` is the configuration by which changes are judged, and this change modifies it",
            3,
        ),
    ] {
        let repository = Repository::new();
        match text {
            Some(text) => {
                let at = repository.room.at(path);
                std::fs::create_dir_all(at.parent().unwrap()).unwrap();
                std::fs::write(at, text).unwrap();
            }
            None => std::fs::remove_file(repository.room.at(path)).unwrap(),
        }
        repository.commit("what suits me");
        let told = repository.check(&["--base", "main", "p.json"]).is(1, &["trust/changed"]);
        let finding = &told.report["findings"][0];
        assert_eq!((finding["message"].as_str(), finding["line"].as_u64()), (Some(message), Some(line)), "{finding:#}");
    }
    let repository = Repository::new();
    repository.git(&["mv", QUIET, "rules/other.rhai"]);
    repository.commit("another name");
    let told = repository.check(&["--base", "main", "p.json"]).is(1, &["trust/changed"]);
    assert!(told.text().contains("this change moves it from `rules/quiet.rhai`"), "{}", told.text());
}

/// Any workflow could be the one that runs the gate, and could be made to say what suits it.
#[test]
fn row_15_what_runs_the_gate_is_told() {
    for (path, what) in [
        (".github/workflows/gate.yml", Some("a workflow")),
        (".github/workflows/more/gate.sh", Some("a workflow")),
        (".github/actions/gate/action.yml", Some("an action of workflows")),
        (".github/actions/gate/run.sh", Some("an action of workflows")),
        ("action.yml", Some("an action of workflows")),
        ("action.yaml", Some("an action of workflows")),
        (".github/dependabot.yml", None),
        ("docs/.github/workflows/gate.yml", None),
        ("docs/action.yml", None),
        (".github/workflows-old/gate.yml", None),
    ] {
        let repository = Repository::new().with(path, "on: push\njobs: {}\nruns: {}\n");
        repository.commit("what suits me");
        let told = repository.check(&["--base", "main", "p.json"]);
        let Some(what) = what else {
            told.is(0, &[]);
            continue;
        };
        let told = told.is(1, &["trust/changed"]);
        let message = format!("`{path}` is {what} by which changes are judged, and this change adds it");
        assert_eq!(told.report["findings"][0]["message"], message);
    }
    let repository = Repository::new().with(".github/workflows/gate.yml", "on: push\njobs: {}\n");
    repository.commit("the gate");
    repository.git(&["branch", "--force", "main"]);
    repository.git(&["mv", ".github/workflows/gate.yml", "gate.yml"]);
    repository.commit("no gate");
    repository.check(&["--base", "main", "p.json"]).is(1, &["trust/changed"]);
}

/// Who writes a key into a workflow has it printed in no log.
#[test]
fn row_15_excerpts_hold_no_secrets() {
    for line in ["DEPLOY_TOKEN: \"s3cret of ours\"", "password: s3cret", "WHERE: https://u:s3cret@host/"] {
        let gate = ".github/workflows/gate.yml";
        let repository = Repository::new().with(gate, "on: push\njobs: {}\n");
        repository.commit("the gate");
        repository.git(&["branch", "--force", "main"]);
        let repository = repository.with(gate, format!("on: push\nenv:\n  {line}\njobs: {{}}\n"));
        repository.commit("what suits me");
        let told =
            repository.check(&["--base", "main", "--evidence-out", "rec.json", "--report", "human=r.txt", "p.json"]);
        let told = told.is(1, &["trust/changed"]);
        let read = |name: &str| std::fs::read_to_string(repository.room.at(name)).unwrap();
        let all = [told.text(), read("rec.json"), read("r.txt")].concat();
        assert!(read("r.txt").contains("***") && !all.contains("s3cret"), "{all}");
    }
}

/// What others have merged into the base meanwhile is no change of this branch; what does not belong to the trusted side is none either.
#[test]
fn row_15_only_what_the_branch_itself_changes_is_told() {
    let repository = Repository::new()
        .with("src/main.c", "int main;")
        .with("systems/notes/a.json", "{}")
        .with("rules/README.md", "x");
    repository.commit("an upgrade");
    repository.git(&["switch", "--quiet", "main"]);
    let repository = repository.with(QUIET, rule("deny(\"no\");"));
    repository.commit("a stricter rule");
    repository.git(&["switch", "--quiet", "upgrade"]);
    let told = repository.check(&["--base", "main", "p.json"]).is(1, &["quiet"]);
    assert_eq!(told.report["findings"], serde_json::json!([]));
}

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

impl Repository {
    /// A run as GitHub Actions starts it for a pull request from one commit to another.
    fn in_actions(&self, event: &str, base: &str, head: &str, arguments: &[&str]) -> Told {
        let described =
            serde_json::json!({ "number": 7, "pull_request": { "base": { "sha": base }, "head": { "sha": head } } });
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, described.to_string()).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json", "p.json"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_EVENT_NAME", event)
            .env("GITHUB_EVENT_PATH", file.path())
            .output()
            .unwrap();
        Told { status: output.status.code(), report: serde_json::from_slice(&output.stdout).unwrap() }
    }
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
