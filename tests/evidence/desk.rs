//! A repository with a proposal in it, and the gate that judges it.

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A folder with a routine patch in `p.json`, which passes.
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let patch: Value = serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
        desk.with("p.json", patch.to_string())
            .with("systems/wiki.json", fs::read_to_string("examples/systems/wiki.json").unwrap())
    }

    /// The same in a git repository.
    pub fn in_git() -> Self {
        let desk = Self::new();
        desk.git(&["init", "--quiet", "--initial-branch=main"]);
        desk
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Sets a value of the proposal.
    pub fn proposing(self, pointer: &str, value: Value) -> Self {
        let mut patch: Value = serde_json::from_str(&fs::read_to_string(self.at("p.json")).unwrap()).unwrap();
        let (above, name) = pointer.rsplit_once('/').unwrap();
        let mut object = &mut patch;
        for name in above.split('/').skip(1) {
            object = object.as_object_mut().unwrap().entry(name).or_insert_with(|| json!({}));
        }
        object[name] = value;
        self.with("p.json", patch.to_string())
    }

    /// Names a file as the report of its tests.
    pub fn with_report(self, path: &str) -> Self {
        self.proposing("/testing/report", json!({ "kind": "test-run", "file": path }))
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_at("2026-11-20T12:00:00Z", arguments)
    }

    /// Has git believe that it is some time.
    #[track_caller]
    pub fn git_at(&self, now: &str, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", now)
            .env("GIT_AUTHOR_DATE", now)
            .current_dir(&self.folder)
            .output()
            .expect("git, with which this repository was cloned");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn commit(&self, message: &str, now: &str) {
        self.git(&["add", "--all"]);
        self.git_at(now, &["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(&[], arguments)
    }

    /// A run with these variables, and without those of whatever runs the tests.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        self.run_of(&["p.json"], variables, arguments)
    }

    /// A run of these proposals; without any, of those that the configuration names.
    pub fn run_of(&self, proposals: &[&str], variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
        command.arg("check").args(proposals).args(arguments).current_dir(&self.folder).env_remove("CLICOLOR_FORCE");
        for name in ["ACTIONS", "EVENT_NAME", "EVENT_PATH", "REPOSITORY", "REF", "API_URL", "TOKEN"] {
            command.env_remove(format!("GITHUB_{name}"));
        }
        command.env_remove("GH_TOKEN").envs(variables.iter().copied()).output().unwrap()
    }

    /// Judges in the days before its window.
    pub fn check(&self, arguments: &[&str]) -> Told {
        Told::of(&self.run(&[&["--now", "2026-11-24T12:00:00Z", "--format", "json"], arguments].concat()))
    }
}

impl Desk {
    /// What is said to a person of what the configuration names.
    pub fn run_of_all(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run_of(&[], &[], arguments).stdout).unwrap()
    }

    /// Judges what the configuration names.
    pub fn check_configured(&self, arguments: &[&str]) -> Told {
        Told::of(&self.run_of(&[], &[], &[&["--format", "json"], arguments].concat()))
    }
}

/// What a run says.
#[derive(Debug)]
pub struct Told {
    pub status: Option<i32>,
    pub report: Value,
}

impl Told {
    pub fn of(output: &Output) -> Self {
        let report = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
        Self { status: output.status.code(), report }
    }

    /// Asserts the exit status and its causes.
    #[track_caller]
    pub fn is(self, status: i32, causes: &[&str]) -> Self {
        assert_eq!(self.report["exit"]["causes"], json!(causes), "{:#}", self.report["proposals"]);
        assert_eq!(self.status, Some(status), "{:#}", self.report);
        self
    }

    /// The first thing that was asked, and what came back.
    pub fn consulted(&self) -> &Value {
        &self.report["proposals"][0]["consulted"][0]
    }

    /// The message of the first finding of a rule.
    #[track_caller]
    pub fn message(&self, rule: &str) -> &str {
        let messages = self.messages(rule);
        messages.first().copied().unwrap_or_else(|| panic!("no {rule} in {:#?}", self.report))
    }

    /// All that a rule says, in the order of the report.
    pub fn messages(&self, rule: &str) -> Vec<&str> {
        let findings = self.report["proposals"][0]["findings"].as_array().unwrap();
        let those = findings.iter().filter(|finding| finding["rule"] == rule);
        those.map(|finding| finding["message"].as_str().unwrap()).collect()
    }
}
