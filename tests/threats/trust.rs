//! Row 15: a change of what is judged by has no force, and is told.

use super::repository::{QUIET, Repository};
use super::rule;

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
