//! A repository with two rules of its own and some proposals, whose rules are changed.

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub const NOW: &str = "2026-11-20T12:00:00Z";

/// By what is judged at first: titles of ten characters are the longest, and a warning says that there is no ticket.
pub const CONFIG: &str = "[policies]\npaths = [\"policies\"]\nbuiltin = false\n";

pub fn rule(level: &str, most: u32, body: &str) -> String {
    format!(
        "const RULE = #{{ title: \"A title\", why: \"A test.\", help: \"mend it\", phases: [\"plan\"], level: \"{level}\", \
         params: #{{ most: {most} }} }};\nfn check(p) {{ {body} }}\n"
    )
}

pub const LONG: &str = "if len(p.title) > params.most { deny(`${p.title} is too long`, p.title); }";
pub const TICKET: &str = "if p.ticket == () { warn(\"no ticket\"); } if params.most < 0 { deny(\"never\"); }";

pub struct Desk(TempDir);

impl Desk {
    /// The branch `work`, begun from `main`, with the proposals `short`, `longer` and `longest` by their titles.
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.git(&["init", "--quiet", "--initial-branch=main"]);
        desk.write("changegate.toml", CONFIG);
        desk.write("policies/house/long.rhai", rule("deny", 20, LONG));
        desk.write("policies/house/ticket.rhai", rule("deny", 0, TICKET));
        for (name, length) in [("short", 10), ("longer", 30), ("longest", 60)] {
            desk.propose(name, length);
        }
        desk.commit("The gate", NOW);
        desk.git(&["switch", "--quiet", "--create", "work"]);
        desk
    }

    pub fn propose(&self, name: &str, length: usize) {
        self.write(&format!("changes/{name}.json"), proposal(name, &"a".repeat(length)).to_string());
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_at(NOW, arguments)
    }

    #[track_caller]
    pub fn git_at(&self, now: &str, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", now)
            .env("GIT_AUTHOR_DATE", now)
            .current_dir(&self.0)
            .output()
            .expect("git, with which this repository was cloned");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn commit(&self, message: &str, now: &str) {
        self.git(&["add", "--all"]);
        self.git_at(now, &["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
        command.current_dir(&self.0).arg("impact").args(arguments);
        for name in ["ACTIONS", "EVENT_NAME", "EVENT_PATH", "REPOSITORY", "REF", "API_URL", "TOKEN"] {
            command.env_remove(format!("GITHUB_{name}"));
        }
        let plain = [("COLUMNS", "100"), ("LC_ALL", "C.UTF-8"), ("NO_COLOR", "1")];
        command.env_remove("CLICOLOR_FORCE").envs(plain).envs(variables.iter().copied()).output().unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(&[], arguments)
    }

    /// What is told to a person, and the exit status.
    pub fn said(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        let text = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
        (output.status.code(), text)
    }

    /// What is told to programs of the work tree beside `main`.
    #[track_caller]
    pub fn told(&self, arguments: &[&str]) -> Value {
        let of = ["--base", "main", "--now", NOW, "--format", "json"];
        told(&self.run(&[&of, arguments].concat()))
    }
}

#[track_caller]
pub fn told(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

pub fn proposal(id: &str, title: &str) -> Value {
    let mut patch: Value = serde_json::from_slice(&fs::read("examples/routine-patch.json").unwrap()).unwrap();
    patch["id"] = json!(id);
    patch["title"] = json!(title);
    patch.as_object_mut().unwrap().remove("$schema");
    patch
}

/// How many verdicts flip: to pass, to blocked, to undecided.
pub fn flips(told: &Value) -> [u64; 3] {
    ["loosened", "tightened", "undecided"].map(|name| told["summary"][name].as_u64().unwrap())
}

/// What is told of a rule.
#[track_caller]
pub fn of<'v>(told: &'v Value, list: &str, rule: &str) -> &'v Value {
    let found = told[list].as_array().unwrap().iter().find(|one| one["rule"] == rule);
    found.unwrap_or_else(|| panic!("{list} has no {rule}: {:#}", told[list]))
}
