//! The threats of the threat model, each with its exact input, through the real program: exit status and code.
//!
//! Row 8 (work without end) stands in `tests/hostile.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::new_without_default, reason = "a test")]

mod base;
mod commits;
mod input;
mod packs;
mod paths;
mod reports;
mod repository;
mod rules;
#[cfg(unix)]
mod spelled;
mod terminal;
mod trust;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub const HEADER: &str = r#"const RULE = #{ title: "t", why: "w", help: "h", phases: ["plan"], level: "deny" };"#;

/// A folder to run in, with one rule that has nothing to say.
#[derive(Debug)]
pub struct Room {
    folder: TempDir,
}

impl Room {
    pub fn new() -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap() };
        room.with("rules/quiet.rhai", format!("{HEADER} fn check(p) {{ }}"))
    }

    /// One with the rule, and a proposal that is valid.
    pub fn of_rule(rule: impl AsRef<str>) -> Self {
        Self::new().with("rules/quiet.rhai", rule.as_ref()).with("p.json", valid().to_string())
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--no-builtin", "--policies", "rules", "--now", "2026-11-21T12:00:00Z"])
            .args(arguments)
            .current_dir(&self.folder)
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap()
    }

    pub fn check(&self, arguments: &[&str]) -> Told {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        let report = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
        Told { status: output.status.code(), report }
    }
}

/// What a run says.
#[derive(Debug)]
pub struct Told {
    pub status: Option<i32>,
    pub report: Value,
}

impl Told {
    pub fn causes(&self) -> BTreeSet<&str> {
        self.report["exit"]["causes"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
    }

    /// Asserts the exit status, in the report and of the process, and all codes.
    #[track_caller]
    pub fn is(self, status: i32, codes: &[&str]) -> Self {
        assert_eq!(self.causes(), codes.iter().copied().collect(), "{:#}", self.report);
        assert_eq!(self.status, Some(status), "{:#}", self.report);
        assert_eq!(self.report["exit"]["status"], status);
        self
    }

    pub fn findings(&self) -> Vec<Value> {
        let proposals = self.report["proposals"].as_array().unwrap();
        proposals.iter().flat_map(|proposal| proposal["findings"].as_array().unwrap().clone()).collect()
    }

    pub fn text(&self) -> String {
        self.report.to_string()
    }
}

/// A proposal that is valid without any profile.
pub fn valid() -> Value {
    serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap()
}

/// A rule of a body.
pub fn rule(body: &str) -> String {
    format!("{HEADER}\nfn check(p) {{\n    {body}\n}}\n")
}
